// Changes of the open cart as a whole: discount, customer, void, park, recall.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/check_discount.h"
#include "core/commands/placed_order.h"
#include "core/commands/settle_vouchers.h"
#include "core/commands/shift_work.h"
#include "core/commands/signing_steps.h"
#include "core/commands/tax_keys.h"
#include "core/store/customer_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"

namespace core {

namespace {

constexpr std::size_t longest_name = 200;

// Ends the draft as parked or cancelled.
void set_aside(Till& till, Order order, Stage stage) {
  order.stage = stage;
  update_order(till.database, order, price(order));
}

// A cart that is given up has a number of its own, and keeps its lines.
void write_aborted(Till& till, Work& work, const Order& order, Effects& effects) {
  begin_shift_if_none(till, work, effects);
  Receipt receipt;
  receipt.id = {new_id(till)};
  receipt.kind = ReceiptKind::aborted;
  receipt.shop = till.settings.shop;
  receipt.till = till.settings.till.id;
  receipt.cashier = till.actor();
  receipt.cashier_number = till.cashier_number();
  receipt.started = order.created;
  receipt.finished = till.now();
  receipt.order = order;
  complete_receipt(receipt);
  insert_receipt(till.database, receipt);
  work.note(receipt);
  sign_receipt(till, work, receipt, effects);
}

// What was begun and is not sold: a receipt of its own where it had lines.
void end_unsold(Till& till, Work& work, const Order& order, Effects& effects) {
  const bool has_lines = !order.lines.empty() || !order.voided.empty();
  if (has_lines && !till.is_practice) {
    write_aborted(till, work, order, effects);
  } else {
    abort_signing(till, work, order, effects);
  }
}

// Whoever is in hand, parked or cancelled: the cart is empty again.
void clear_cart(Till& till) {
  till.draft.reset();
  till.last_line = {};
  till.parked = load_parked(till.database);
}

}  // namespace

Handled carry_out(Till& till, const DiscountOrder& command) {
  if (auto fixed = cart_is_fixed(till)) return tl::unexpected(*fixed);
  if (!till.has_order()) return tl::unexpected(refuse("The cart is empty."));
  Order order = cart_copy(till);
  order.discount.reset();
  const Totals before = price(order);
  const Money base = discountable(order, before);
  if (command.discount) {
    // There may be nothing in it but vouchers.
    if (base.minor <= 0) return tl::unexpected(refuse("This discount is not possible."));
    if (auto no = check_discount(*command.discount, base)) return tl::unexpected(*no);
    Order wanted = order;
    wanted.discount = command.discount;
    if (auto no = may_let_off(till, wanted)) return tl::unexpected(*no);
  }
  Work work(till);
  if (command.discount) {
    work.note("discount", order.number,
              fmt::format("order: {}, {}", to_plain(discount_of(base, *command.discount)),
                          command.discount->reason));
  }
  order.discount = command.discount;
  update_order(till.database, order, price(order));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  keep_cart(till, std::move(order));
  return Effects{};
}

Handled carry_out(Till& till, const SetCustomer& command) {
  if (till.attempt && holds_order(till.attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  Customer customer = command.customer;
  customer.name = trim(customer.name);
  customer.email = trim(customer.email);
  if (!customer.email.empty() && !is_email(customer.email)) {
    return tl::unexpected(refuse("This is not an e-mail address.", customer.email));
  }
  if (customer.name.size() > longest_name ||
      customer.name.find_first_of("\r\n") != std::string::npos) {
    return tl::unexpected(refuse("This name is not possible."));
  }
  if (customer.record != 0) {
    const auto record = find_customer(till.database, customer.record);
    const bool is_there = record && record->state == CustomerState::here;
    customer.record = is_there ? record->id : 0;
  }
  Order order = till.collecting ? *till.collecting : cart_copy(till);
  order.customer = std::move(customer);
  Work work(till);
  begin_if_new(till, order);
  update_order(till.database, order, price(order));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.last.reset();
  (till.collecting ? till.collecting : till.draft) = std::move(order);
  return Effects{};
}

Handled carry_out(Till& till, const VoidOrder& command) {
  if (auto fixed = cart_is_tied(till)) return tl::unexpected(*fixed);
  if (!till.draft) return Effects{};
  if (till.has_order()) {
    if (auto no = forbidden(till, Permission::void_order)) return tl::unexpected(*no);
  }
  Work work(till);
  work.note("void order", till.draft->number,
            fmt::format("{} lines, {}, {}", till.draft->lines.size(),
                        to_plain(price(*till.draft).total), command.reason));
  Order order = *till.draft;
  for (const VoucherPart& part : voucher_parts(order)) {
    give_back_tender(till, work, order, part.payment);
  }
  keep_tax_keys(till, order);
  set_aside(till, order, Stage::cancelled);
  Effects effects;
  end_unsold(till, work, order, effects);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  clear_cart(till);
  return effects;
}

Handled carry_out(Till& till, const ParkOrder&) {
  if (auto fixed = cart_is_tied(till)) return tl::unexpected(*fixed);
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  if (!till.has_order()) return tl::unexpected(refuse("The cart is empty."));
  Work work(till);
  set_aside(till, *till.draft, Stage::parked);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  clear_cart(till);
  return Effects{};
}

Handled carry_out(Till& till, const RecallOrder& command) {
  if (auto fixed = cart_is_tied(till)) return tl::unexpected(*fixed);
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  auto order = find_order(till.database, command.order);
  if (!order || order->stage != Stage::parked) {
    return tl::unexpected(refuse("This cart is no longer parked.", "", RefusalKind::not_found));
  }
  Work work(till);
  Effects effects;
  if (till.draft) {
    const bool is_left = !till.has_order();
    set_aside(till, *till.draft, is_left ? Stage::cancelled : Stage::parked);
    if (is_left) end_unsold(till, work, *till.draft, effects);
  }
  order->stage = Stage::draft;
  update_order(till.database, *order, price(*order));
  name_draft(till.database, *order);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  clear_cart(till);
  const auto open = std::find_if(till.put_off.begin(), till.put_off.end(),
                                 [&](const CardAttempt& put) { return put.order == order->id; });
  if (open != till.put_off.end()) {
    till.attempt = std::move(*open);
    till.put_off.erase(open);
  }
  till.draft = std::move(order);
  till.last.reset();
  return effects;
}

}  // namespace core
