#include "core/commands/training.h"

#include <algorithm>
#include <type_traits>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/commands/signing_steps.h"
#include "core/orders/refund.h"
#include "core/store/fulfilment_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/till_store.h"

namespace core {

namespace {

template <class Said, class... Kinds>
constexpr bool is_any_of = (std::is_same_v<Said, Kinds> || ...);

// What a new hand learns.
template <class Said>
constexpr bool is_practised =
    is_any_of<Said, AddVariant, Scan, AddOpenItem, ChangeQuantity, OverridePrice, DiscountLine,
              DiscountOrder, NoteLine, VoidLine, VoidOrder, TakeCash, TakeOther, UndoTender,
              StartCard, OpenDrawerByHand, RefundOrder, PrintAgain>;

// What goes on beside it: who is at the till, how it is set up, and what the world answers.
template <class Said>
constexpr bool is_as_always =
    is_any_of<Said, StartTraining, EndTraining, SignIn, SignInByBadge, SignOut, SetBadge, SaveRole,
              RemoveRole, TakeOverCart, AddCashier, ChangeCashier, RemoveCashier, NoteGuesses,
              ChangeSetting, NextSale, OpenReports, OpenRecord, PrintReport, MarkSeen, CardReached,
              CardAnswered, CancelCard, AskTerminal, ResolveCard, DismissCard, PrintBegins,
              PrintAnswered, PrintStopped, PrintElsewhere, RetryPrint, DropPrint, MailPrint,
              QueueTerminalSlip, TerminalSlipAnswered, RetryTerminalSlip, DropTerminalSlip,
              ServeTerminal, TerminalDayEnded, TryDevice, OutboxAnswered, Resend, SyncNow,
              ReceiveOrder, ReceiveOrders, ReceiveCatalogue, NotePutAside, TryAsideAgain,
              ApplyRules, TurnPrices, ClockSeen, TrustClock, SigningBegins, SigningAnswered,
              SigningOverdue, SigningDeviceSeen, SigningSetsTime, SigningDeviceAway,
              AdoptSigningDevice, TestSigningDevice, SigningArchived>;

// The drawer stays shut, whatever was practised.
Effects without_drawer(Effects effects) {
  std::erase_if(effects,
                [](const Effect& effect) { return std::holds_alternative<OpenDrawer>(effect); });
  return effects;
}

Handled practise(Till& till, const auto& said) {
  till.is_practice = true;
  auto handled = carry_out(till, said);
  till.is_practice = false;
  if (!handled) return handled;
  return without_drawer(std::move(*handled));
}

Handled switch_training(Till& till, bool on) {
  if (auto no = forbidden(till, Permission::train)) return tl::unexpected(*no);
  if (till.training == on) return Effects{};
  if (auto no = is_in_the_middle(till)) return tl::unexpected(*no);
  Work work(till);
  work.note(on ? "training begun" : "training ended", till.actor());
  save_training(till.database, on);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.training = on;
  till.last.reset();
  till.refunded.reset();
  return Effects{};
}

// Of a training order: as many versions as it has receipts.
std::int64_t last_version(const Order& order) {
  std::int64_t last = order.version;
  for (const Payment& payment : order.payments) last = std::max(last, payment.version);
  for (const Refund& refund : order.refunds) last = std::max(last, refund.version);
  return last;
}

}  // namespace

std::optional<Refusal> is_in_the_middle(const Till& till) {
  if (till.has_order()) return refuse("Please finish the open cart first.");
  // Its money is real, whenever its answer comes.
  const bool is_unclear = till.attempt && holds_order(till.attempt->phase);
  if (is_unclear || !till.put_off.empty()) return refuse("A card payment is not settled yet.");
  return {};
}

Handled handle_in_training(Till& till, const Command& command) {
  return command.visit([&](const auto& said) -> Handled {
    using Said = std::decay_t<decltype(said)>;
    if constexpr (is_practised<Said>) {
      return practise(till, said);
    } else if constexpr (is_as_always<Said>) {
      return carry_out(till, said);
    } else {
      return tl::unexpected(refuse("This cannot be done in training."));
    }
  });
}

Receipt write_training_receipt(Till& till, Work& work, const Order& order, Effects& effects) {
  Order kept = order;
  kept.version = 0;
  update_order(till.database, kept, price(kept));
  Receipt receipt;
  receipt.id = {new_id(till)};
  receipt.kind = ReceiptKind::training;
  receipt.shop = till.settings.shop;
  receipt.till = till.settings.till.id;
  receipt.cashier = till.actor();
  receipt.finished = till.now();
  receipt.order = order;
  receipt.started = gives_back(receipt) ? till.now() : order.created;
  complete_receipt(receipt);
  receipt.taxes = gives_back(receipt) ? refund_taxes(order, order.refunds.back())
                                      : taxes_of_part(receipt.totals, receipt.amount, {}, true);
  insert_receipt(till.database, receipt);
  work.note(receipt);
  sign_receipt(till, work, receipt, effects);
  if (till.settings.till.receipts == "always" && till.settings.printer.kind != "none") {
    hand_out(till, print_job(till, receipt, SlipForm::original), effects);
  }
  return receipt;
}

Handled refund_in_training(Till& till, const RefundOrder& command) {
  if (auto no = forbidden(till, Permission::refund)) return tl::unexpected(*no);
  auto order = find_order(till.database, command.order);
  if (!order || order->stage != Stage::training) {
    return tl::unexpected(refuse("This cannot be done in training."));
  }
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  order->version = last_version(*order);
  const auto coin = coin_of(command.tender, till.settings.money.cash_step);
  const auto plan = plan_refund(*order, {command.lines, command.with_extras, command.amount, coin});
  if (!plan) return tl::unexpected(refuse(plan.error()));
  if (auto no = beyond_limit(till, &RoleLimits::refund, plan->amount.minor, Permission::refund)) {
    return tl::unexpected(*no);
  }
  Refund refund;
  refund.id = {new_id(till)};
  refund.lines = plan->lines;
  refund.amount = plan->amount;
  refund.rounding = plan->rounding;
  refund.reason = trim(command.reason);
  refund.at = till.now();
  refund.version = ++order->version;
  if (till.approver) refund.approver = till.approver->name;
  Payment payment;
  payment.id = {new_id(till)};
  payment.kind = TransactionKind::refund;
  payment.tender = command.tender;
  payment.amount = payment.given = plan->amount;
  payment.at = till.now();
  payment.version = order->version;
  refund.payments = {payment.id};

  Work work(till);
  insert_payment(till.database, *order, payment);
  insert_refund(till.database, *order, refund, Standing::fact);
  order->payments.push_back(std::move(payment));
  order->refunds.push_back(std::move(refund));
  Effects effects;
  write_training_receipt(till, work, *order, effects);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return effects;
}

Handled carry_out(Till& till, const StartTraining&) {
  return switch_training(till, true);
}

Handled carry_out(Till& till, const EndTraining&) {
  return switch_training(till, false);
}

}  // namespace core
