// The commands, one function each; core/register.cpp calls them by type.
#pragma once

#include "core/commands.h"
#include "core/till/till.h"

namespace core {

Handled carry_out(Till& till, const SignIn& command);
Handled carry_out(Till& till, const SignOut& command);
Handled carry_out(Till& till, const AddCashier& command);
Handled carry_out(Till& till, const AddVariant& command);
Handled carry_out(Till& till, const Scan& command);
Handled carry_out(Till& till, const AddOpenItem& command);
Handled carry_out(Till& till, const ChangeQuantity& command);
Handled carry_out(Till& till, const OverridePrice& command);
Handled carry_out(Till& till, const DiscountLine& command);
Handled carry_out(Till& till, const DiscountOrder& command);
Handled carry_out(Till& till, const NoteLine& command);
Handled carry_out(Till& till, const SetCustomer& command);
Handled carry_out(Till& till, const VoidLine& command);
Handled carry_out(Till& till, const VoidOrder& command);
Handled carry_out(Till& till, const ParkOrder& command);
Handled carry_out(Till& till, const RecallOrder& command);
Handled carry_out(Till& till, const TakeCash& command);
Handled carry_out(Till& till, const TakeOther& command);
Handled carry_out(Till& till, const UndoTender& command);
Handled carry_out(Till& till, const StartCard& command);
Handled carry_out(Till& till, const CancelCard& command);
Handled carry_out(Till& till, const CardAnswered& command);
Handled carry_out(Till& till, const AskTerminal& command);
Handled carry_out(Till& till, const ResolveCard& command);
Handled carry_out(Till& till, const DismissCard& command);
Handled carry_out(Till& till, const LeavePartiallyPaid& command);
Handled carry_out(Till& till, const CollectPayment& command);
Handled carry_out(Till& till, const StopCollecting& command);
Handled carry_out(Till& till, const NextSale& command);
Handled carry_out(Till& till, const PrintAgain& command);
Handled carry_out(Till& till, const EmailReceipt& command);
Handled carry_out(Till& till, const OpenDrawerByHand& command);
Handled carry_out(Till& till, const MarkSeen& command);
Handled carry_out(Till& till, const PrintAnswered& command);
Handled carry_out(Till& till, const RetryPrint& command);
Handled carry_out(Till& till, const DropPrint& command);
Handled carry_out(Till& till, const MailPrint& command);
Handled carry_out(Till& till, const OutboxAnswered& command);
Handled carry_out(Till& till, const Resend& command);
Handled carry_out(Till& till, const SyncNow& command);
Handled carry_out(Till& till, const ReceiveOrder& command);
Handled carry_out(Till& till, const ReceiveCatalogue& command);
Handled carry_out(Till& till, const ChangeSetting& command);
Handled carry_out(Till& till, const CapturePayment& command);
Handled carry_out(Till& till, const VoidAuthorization& command);
Handled carry_out(Till& till, const FulfilOrder& command);
Handled carry_out(Till& till, const MarkReady& command);
Handled carry_out(Till& till, const HandOver& command);
Handled carry_out(Till& till, const CancelFulfilment& command);
Handled carry_out(Till& till, const ArchiveOrder& command);
Handled carry_out(Till& till, const ReopenOrder& command);
Handled carry_out(Till& till, const CancelOrder& command);
Handled carry_out(Till& till, const RefundOrder& command);
Handled carry_out(Till& till, const SetOrderCustomer& command);
Handled carry_out(Till& till, const NoteOrder& command);
Handled carry_out(Till& till, const ResendMail& command);
Handled carry_out(Till& till, const PrintPackingSlip& command);
Handled carry_out(Till& till, const DropIntent& command);
Handled carry_out(Till& till, const BulkCommand& command);
Handled carry_out(Till& till, const ApplyRules& command);
Handled carry_out(Till& till, const SetDownload& command);
Handled carry_out(Till& till, const ReceiveOrders& command);
Handled carry_out(Till& till, const CardReached& command);
Handled carry_out(Till& till, const PutOffCard& command);
Handled carry_out(Till& till, const TakeUpCard& command);
Handled carry_out(Till& till, const RefundToCard& command);
Handled carry_out(Till& till, const QueueTerminalSlip& command);
Handled carry_out(Till& till, const TerminalSlipAnswered& command);
Handled carry_out(Till& till, const ServeTerminal& command);
Handled carry_out(Till& till, const PrintBegins& command);
Handled carry_out(Till& till, const PrintStopped& command);
Handled carry_out(Till& till, const PrintElsewhere& command);
Handled carry_out(Till& till, const TryDevice& command);
Handled carry_out(Till& till, const ChangeCashier& command);
Handled carry_out(Till& till, const RemoveCashier& command);
Handled carry_out(Till& till, const TurnPrices& command);
Handled carry_out(Till& till, const NoteGuesses& command);
Handled carry_out(Till& till, const ClockSeen& command);
Handled carry_out(Till& till, const TrustClock& command);
Handled carry_out(Till& till, const RetryTerminalSlip& command);
Handled carry_out(Till& till, const DropTerminalSlip& command);
Handled carry_out(Till& till, const OpenShift& command);
Handled carry_out(Till& till, const MoveCash& command);
Handled carry_out(Till& till, const CountDrawer& command);
Handled carry_out(Till& till, const CloseShift& command);
Handled carry_out(Till& till, const PrintInterimReport& command);
Handled carry_out(Till& till, const PrintDayReceiptAgain& command);
Handled carry_out(Till& till, const CorrectTender& command);
Handled carry_out(Till& till, const SaveArticle& command);
Handled carry_out(Till& till, const RemoveArticle& command);
Handled carry_out(Till& till, const CountStock& command);
Handled carry_out(Till& till, const MoveStock& command);
Handled carry_out(Till& till, const SaveCustomer& command);
Handled carry_out(Till& till, const MergeCustomers& command);
Handled carry_out(Till& till, const RemoveCustomer& command);
Handled carry_out(Till& till, const BillTo& command);
Handled carry_out(Till& till, const LeaveOutAddress& command);
Handled carry_out(Till& till, const NotePutAside& command);
Handled carry_out(Till& till, const TryAsideAgain& command);
Handled carry_out(Till& till, const SellVoucher& command);
Handled carry_out(Till& till, const TopUpVoucher& command);
Handled carry_out(Till& till, const TakeVoucher& command);
Handled carry_out(Till& till, const BlockVoucher& command);
Handled carry_out(Till& till, const UnblockVoucher& command);
Handled carry_out(Till& till, const PayOutVoucher& command);
Handled carry_out(Till& till, const OpenReports& command);
Handled carry_out(Till& till, const PrintReport& command);
Handled carry_out(Till& till, const SigningBegins& command);
Handled carry_out(Till& till, const SigningAnswered& command);
Handled carry_out(Till& till, const SigningOverdue& command);
Handled carry_out(Till& till, const SigningDeviceSeen& command);
Handled carry_out(Till& till, const SigningDeviceAway& command);
Handled carry_out(Till& till, const AdoptSigningDevice& command);
Handled carry_out(Till& till, const TestSigningDevice& command);
Handled carry_out(Till& till, const SigningArchived& command);

// What the terminal is asked about an attempt whose answer was lost.
ProbeCard question_about(const Till& till, CardAttempt attempt);

}  // namespace core
