// Everything the till can be told. A command is a value: the screens, the
// command line, the devices' workers and the sync thread post them; the
// register alone carries them out, each as one transaction.
#pragma once

#include "core/base/one_of.h"
#include "core/cards/card_commands.h"
#include "core/catalogue/article_commands.h"
#include "core/customers/customer_commands.h"
#include "core/fiscal/signing_commands.h"
#include "core/orders/cart_commands.h"
#include "core/orders/placed_order_commands.h"
#include "core/orders/return_commands.h"
#include "core/orders/tender_commands.h"
#include "core/printing/print_commands.h"
#include "core/reports/report_commands.h"
#include "core/settings/settings_commands.h"
#include "core/shift/shift_commands.h"
#include "core/staff/staff_commands.h"
#include "core/upstream/upstream_commands.h"
#include "core/vouchers/voucher_commands.h"

namespace core {

using Command =
    OneOf<SignIn, SignOut, AddCashier, AddVariant, Scan, AddOpenItem, ChangeQuantity, OverridePrice,
          DiscountLine, DiscountOrder, NoteLine, SetCustomer, VoidLine, VoidOrder, ParkOrder,
          RecallOrder, TakeCash, TakeOther, UndoTender, StartCard, CancelCard, CardAnswered,
          AskTerminal, ResolveCard, DismissCard, LeavePartiallyPaid, CollectPayment, StopCollecting,
          NextSale, PrintAgain, EmailReceipt, OpenDrawerByHand, MarkSeen, PrintAnswered, RetryPrint,
          DropPrint, OutboxAnswered, Resend, SyncNow, ReceiveOrder, ChangeSetting, CapturePayment,
          VoidAuthorization, FulfilOrder, MarkReady, HandOver, CancelFulfilment, ArchiveOrder,
          ReopenOrder, CancelOrder, RefundOrder, SetOrderCustomer, NoteOrder, ResendMail,
          PrintPackingSlip, DropIntent, BulkCommand, ApplyRules, SetDownload, ReceiveOrders,
          ReceiveCatalogue, CardReached, PutOffCard, RefundToCard, QueueTerminalSlip,
          TerminalSlipAnswered, ServeTerminal, PrintBegins, PrintStopped, PrintElsewhere, MailPrint,
          TryDevice, ChangeCashier, RemoveCashier, TakeUpCard, TurnPrices, NoteGuesses, ClockSeen,
          TrustClock, NotePutAside, TryAsideAgain, RetryTerminalSlip, DropTerminalSlip, OpenShift,
          MoveCash, CountDrawer, CloseShift, PrintInterimReport, PrintDayReceiptAgain,
          CorrectTender, SaveArticle, RemoveArticle, CountStock, MoveStock, SellVoucher,
          TopUpVoucher, TakeVoucher, BlockVoucher, UnblockVoucher, PayOutVoucher, OpenReports,
          PrintReport, PrintLabels, StartTraining, EndTraining, OpenRecord, EndTerminalDay,
          TerminalDayEnded, SignInByBadge, SetBadge, SaveRole, RemoveRole, TakeOverCart, TakeBack,
          TakeBackUnproven, GiveBack, TakeEmpties, TakeDepositSlip, ScanEmpties, SetDeposit,
          SaveCustomer, MergeCustomers, RemoveCustomer, BillTo, LeaveOutAddress, SigningBegins,
          SigningAnswered, SigningOverdue, SigningDeviceSeen, SigningSetsTime, SigningDeviceAway,
          AdoptSigningDevice, TestSigningDevice, SigningArchived>;

}  // namespace core
