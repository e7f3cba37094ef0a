// The commands, one function each; core/register.cpp calls them by type.
#pragma once

#include "core/commands.h"
#include "core/till.h"

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
Handled carry_out(Till& till, const OutboxAnswered& command);
Handled carry_out(Till& till, const Resend& command);
Handled carry_out(Till& till, const SyncNow& command);
Handled carry_out(Till& till, const ReceiveOrder& command);
Handled carry_out(Till& till, const ChangeSetting& command);
Handled carry_out(Till& till, const ChangeCashier& command);
Handled carry_out(Till& till, const RemoveCashier& command);

}  // namespace core
