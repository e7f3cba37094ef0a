// Cash and other tenders, leaving an order partly paid, collecting the rest.
#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/place.h"
#include "core/commands/returns.h"
#include "core/commands/settle_vouchers.h"
#include "core/commands/signing_steps.h"
#include "core/orders/account.h"
#include "core/orders/exchange.h"
#include "core/store/order_store.h"

namespace core {

Handled carry_out(Till& till, const TakeCash& command) {
  if (auto no = cannot_tender(till)) return tl::unexpected(*no);
  if (auto no = cannot_take_back(till, till.in_hand())) return tl::unexpected(*no);
  const Currency currency = till.in_hand().currency;
  const Money rest = owed(till.in_hand());
  const Money rounding = cash_rounding(rest, till.settings.money.cash_step);
  const Money owed = rest + rounding;
  const Money given{command.given.minor, currency};
  if (given.minor < 0 || given.minor > largest_minor || (given.is_zero() && !owed.is_zero())) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  if (owed.minor < 0) return tl::unexpected(refuse("This is to be given back."));
  const Money tip{command.tip.minor, currency};
  if (tip.minor < 0 || (tip.minor > 0 && given < owed + tip)) {
    return tl::unexpected(refuse("This is not enough for what is due and the tip."));
  }
  Payment payment;
  payment.tender = Tender::cash;
  payment.given = given;
  payment.amount = std::min(given, owed);
  payment.tip = tip;
  Work work(till);
  return take_payment(till, work, payment, given >= owed ? rounding : Money{0, currency});
}

Handled carry_out(Till& till, const TakeOther& command) {
  if (auto no = cannot_tender(till)) return tl::unexpected(*no);
  if (command.tender != Tender::other && command.tender != Tender::gift_card) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  const Order& order = till.in_hand();
  if (auto no = cannot_take_back(till, order)) return tl::unexpected(*no);
  if (command.amount.minor <= 0 || command.amount > owed(order)) {
    return tl::unexpected(refuse("This is more than is still due."));
  }
  if (command.tender == Tender::gift_card) {
    if (is_voucher_of_ours(till, command.label)) {
      return carry_out(till, TakeVoucher{command.label, command.amount});
    }
    if (auto no = cannot_take_paper(till, command.label, command.amount)) {
      return tl::unexpected(*no);
    }
  }
  Payment payment;
  payment.tender = command.tender;
  payment.amount = payment.given = {command.amount.minor, order.currency};
  payment.label = trim(command.label);
  Work work(till);
  return take_payment(till, work, payment, {0, order.currency});
}

Handled carry_out(Till& till, const UndoTender& command) {
  if (auto no = cannot_tender(till)) return tl::unexpected(*no);
  Order order = till.in_hand();
  const auto taken =
      std::find_if(order.payments.begin(), order.payments.end(),
                   [&](const Payment& payment) { return payment.id == command.payment; });
  if (taken == order.payments.end() || taken->version <= order.version || !stands(order, *taken) ||
      taken->tender == Tender::card) {
    return tl::unexpected(refuse("This payment cannot be taken back here."));
  }
  const bool was_cash = taken->tender == Tender::cash;
  Work work(till);
  give_back_tender(till, work, order, command.payment);
  update_order(till.database, order, price(order));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  (till.collecting ? till.collecting : till.draft) = std::move(order);
  return was_cash ? Effects{OpenDrawer{}} : Effects{};
}

Handled carry_out(Till& till, const LeavePartiallyPaid& command) {
  if (auto no = cannot_tender(till)) return tl::unexpected(*no);
  Order order = till.in_hand();
  if (takes_back(order)) {
    return tl::unexpected(refuse("What comes back is settled at once, with what is bought."));
  }
  const bool paid_now =
      std::any_of(order.payments.begin(), order.payments.end(), [&](const Payment& payment) {
        return payment.version > order.version && payment.kind == TransactionKind::sale &&
               stands(order, payment);
      });
  if (!paid_now) {
    return tl::unexpected(refuse("Nothing has been paid yet: park it instead."));
  }
  if (order.version == 0) {
    const bool sells = std::ranges::any_of(order.lines, sells_voucher);
    if (sells && command.goods_along == true) {
      return tl::unexpected(refuse("A voucher is handed over when all is paid."));
    }
    const bool usually = till.settings.receipts.partly_paid == "goods_along";
    order.goods_along = !sells && command.goods_along.value_or(usually);
  }
  Work work(till);
  Placed placed = place(till, work, std::move(order));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  keep_placed(till, placed);
  // The drawer opened when the cash was taken.
  std::erase_if(placed.effects,
                [](const Effect& effect) { return std::holds_alternative<OpenDrawer>(effect); });
  return std::move(placed.effects);
}

Handled carry_out(Till& till, const CollectPayment& command) {
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  if (till.attempt && holds_order(till.attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  if (till.draft && has_tenders(*till.draft)) {
    return tl::unexpected(
        refuse("Part of it is paid already: finish it, or take the payment back first."));
  }
  auto order = find_order(till.database, command.order);
  if (!order || order->version == 0 || order->stage != Stage::open) {
    return tl::unexpected(refuse("This order is not open.", "", RefusalKind::not_found));
  }
  if (still_owed(*order, price(*order).total).minor <= 0) {
    return tl::unexpected(refuse("This order is paid already."));
  }
  if (auto no = needs_device(till)) return tl::unexpected(*no);
  Effects effects;
  Work work(till);
  const bool is_other = till.collecting && till.collecting->id != order->id;
  if (is_other) abort_signing(till, work, *till.collecting, effects);
  begin_signing(till, *order, effects);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.collecting = std::move(order);
  till.collecting_since = till.now();
  till.last.reset();
  ++till.revision;
  return effects;
}

Handled carry_out(Till& till, const StopCollecting&) {
  if (till.attempt && holds_order(till.attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  if (till.collecting) {
    const Order& order = *till.collecting;
    for (const Payment& payment : order.payments) {
      if (payment.version > order.version && stands(order, payment)) {
        return tl::unexpected(
            refuse("Part of it is paid already: finish it, or take the payment back first."));
      }
    }
  }
  Effects effects;
  if (till.collecting) {
    Work work(till);
    abort_signing(till, work, *till.collecting, effects);
    if (auto failed = work.commit()) return tl::unexpected(*failed);
  }
  till.collecting.reset();
  ++till.revision;
  return effects;
}

}  // namespace core
