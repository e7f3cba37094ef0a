// Vouchers onto the cart and back to their holders' pockets; what becomes of them in a sale
// is in settle_vouchers.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/add_line.h"
#include "core/commands/all.h"
#include "core/commands/place.h"
#include "core/commands/returns.h"
#include "core/commands/settle_vouchers.h"
#include "core/commands/shift_work.h"
#include "core/store/catalogue_store.h"
#include "core/store/voucher_store.h"

namespace core {

namespace {

constexpr std::size_t shortest_number = 4, longest_number = 40;

Refusal voucher_is_not_known(std::string_view number) {
  return refuse("This voucher is not known here.", number, RefusalKind::not_found);
}

std::optional<Refusal> cannot_be_worth(Money amount) {
  if (amount.minor > 0 && amount.minor <= largest_minor) return {};
  return refuse("This amount is not possible.");
}

// Of a card that is printed already.
std::optional<Refusal> cannot_have_number(Till& till, const std::string& number) {
  if (number.size() < shortest_number || number.size() > longest_number ||
      has_control_character(number)) {
    return refuse("This number is not possible.", number);
  }
  if (is_number_taken(till.database, number)) {
    return refuse("This voucher has been sold already.", number);
  }
  if (find_by_barcode(till.database, number) || find_by_sku(till.database, number)) {
    return refuse("A product has this code.", number);
  }
  return {};
}

LineItem voucher_line(const Till& till, std::string title, Money amount, std::string number) {
  LineItem line;
  line.title = std::move(title);
  line.unit_price = {amount.minor, till.settings.shop.currency};
  line.tax_code = not_taxable;
  line.gift_card = true;
  line.voucher = std::move(number);
  return line;
}

// What such vouchers of this one's rate have paid of the order already.
Money paid_at_its_rate(Till& till, const Order& order, const Voucher& voucher) {
  for (const TaxedBefore& sum : taxed_before(till, order)) {
    if (sum.taxed == voucher.taxed()) return sum.all;
  }
  return {0, order.currency};
}

std::optional<Refusal> is_no_longer_good(Till& till, const Voucher& voucher) {
  if (voucher.is_blocked) return refuse("This voucher is blocked.");
  if (!has_expired(voucher, till.now())) return {};
  const std::string& rule = till.settings.vouchers.expired;
  if (rule == "refuse") return refuse("This voucher has expired.");
  return rule == "approval" ? forbidden(till, Permission::manage_vouchers) : std::nullopt;
}

// Why nothing can be taken from it for the order; nothing: something can.
std::optional<Refusal> has_nothing_for(Till& till, const Order& order, const Voucher& voucher,
                                       Money most) {
  if (voucher.value.currency != order.currency) {
    return refuse("This voucher is of another currency.");
  }
  if (auto no = is_no_longer_good(till, voucher)) return no;
  const auto holds = holds_of(till.database, order.row, order.currency);
  const bool is_here = std::any_of(holds.begin(), holds.end(), [&](const VoucherHold& hold) {
    return hold.voucher == voucher.row;
  });
  if (is_here) return refuse("This voucher pays for this sale already.");
  if (voucher.balance.is_zero()) return refuse("Nothing is left on this voucher.");
  if (voucher.available().minor <= 0) {
    return refuse("What is on this voucher is held for another cart.",
                  voucher.holders.empty() ? "" : voucher.holders.front());
  }
  if (most.minor > 0) return {};
  return refuse(voucher.kind == VoucherKind::single_purpose
                    ? std::string_view("This voucher is for goods of another tax rate.")
                    : std::string_view("A voucher cannot be bought with a voucher."));
}

}  // namespace

Handled carry_out(Till& till, const SellVoucher& command) {
  if (auto no = cannot_be_worth(command.amount)) return tl::unexpected(*no);
  std::string number = plain_voucher_number(command.number);
  if (number.empty()) {
    number = new_voucher_number(till);
  } else if (auto no = cannot_have_number(till, number)) {
    return tl::unexpected(*no);
  }
  std::string title = command.title.empty() ? "Voucher" : command.title;
  LineItem line = voucher_line(till, std::move(title), command.amount, std::move(number));
  if (!command.tax_code.empty()) {
    if (!is_tax_code(till.settings.money.rates, command.tax_code)) {
      return tl::unexpected(refuse("There is no such tax rate.", command.tax_code));
    }
    // Where tax is added, what is on it would not be what it cost.
    if (till.settings.money.tax_mode == TaxMode::added) {
      return tl::unexpected(refuse("Where tax is added, vouchers are for goods of any rate."));
    }
    line.tax_code = command.tax_code;
  }
  return add_line(till, std::move(line));
}

Handled carry_out(Till& till, const TopUpVoucher& command) {
  if (auto no = cannot_be_worth(command.amount)) return tl::unexpected(*no);
  const auto voucher = find_voucher(till.database, plain_voucher_number(command.number));
  if (!voucher) return tl::unexpected(voucher_is_not_known(command.number));
  if (auto no = is_no_longer_good(till, *voucher)) return tl::unexpected(*no);
  std::string title = command.title.empty() ? "Voucher top-up" : command.title;
  LineItem line = voucher_line(till, std::move(title), command.amount, voucher->number);
  line.tops_up = true;
  if (voucher->kind == VoucherKind::single_purpose) line.tax_code = voucher->tax_code;
  return add_line(till, std::move(line));
}

Handled carry_out(Till& till, const TakeVoucher& command) {
  if (till.training) return tl::unexpected(refuse("This cannot be done in training."));
  if (auto no = cannot_tender(till)) return tl::unexpected(*no);
  const auto voucher = find_voucher(till.database, plain_voucher_number(command.number));
  if (!voucher) return tl::unexpected(voucher_is_not_known(command.number));
  const Order& order = till.in_hand();
  if (auto no = cannot_take_back(till, order)) return tl::unexpected(*no);
  const Money most =
      redeemable(order, price(order), *voucher, paid_at_its_rate(till, order, *voucher));
  if (auto no = has_nothing_for(till, order, *voucher, most)) return tl::unexpected(*no);
  const Money wanted = {command.amount.minor, order.currency};
  if (wanted.minor < 0) return tl::unexpected(refuse("This amount is not possible."));
  if (wanted > voucher->available()) {
    return tl::unexpected(refuse("There is less on this voucher."));
  }
  if (wanted > most) return tl::unexpected(refuse("This is more than the voucher may pay here."));
  Payment payment;
  payment.id = {till.ids.next(till.now())};
  payment.tender = Tender::gift_card;
  payment.amount = payment.given = wanted.is_zero() ? std::min(most, voucher->available()) : wanted;
  payment.reference = masked_number(voucher->number);
  Work work(till);
  if (has_expired(*voucher, till.now())) {
    NewEntry entry{voucher->row,
                   VoucherEvent::accepted_expired,
                   {0, order.currency},
                   till.now(),
                   till.actor()};
    if (till.approver) entry.approver = till.approver->name;
    entry.order_row = order.row;
    insert_entry(till.database, entry);
  }
  insert_hold(till.database, {payment.id, voucher->row, order.row, payment.amount});
  work.note("voucher taken", order.number,
            fmt::format("{} of {}", to_plain(payment.amount), payment.reference));
  return take_payment(till, work, payment, {0, order.currency});
}

namespace {

// An entry of its own, without an order. Inside a transaction.
void enter(Till& till, Work& work, const Voucher& voucher, NewEntry entry) {
  entry.voucher = voucher.row;
  entry.at = till.now();
  entry.actor = till.actor();
  entry.amount.currency = voucher.value.currency;
  if (till.approver) entry.approver = till.approver->name;
  work.note(fmt::format("voucher {}", word(entry.event)), masked_number(voucher.number),
            fmt::format("{}: {}", to_plain(entry.amount), entry.reason));
  insert_entry(till.database, entry);
}

Handled change_state(Till& till, const Voucher& voucher, VoucherEvent event,
                     std::string_view reason) {
  NewEntry entry;
  entry.event = event;
  entry.reason = trim(reason);
  Work work(till);
  enter(till, work, voucher, std::move(entry));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return Effects{};
}

// The voucher that somebody who may is about to change for a reason.
Result<Voucher, Refusal> voucher_to_change(Till& till, std::string_view number,
                                           std::string_view reason) {
  if (auto no = forbidden(till, Permission::manage_vouchers)) return tl::unexpected(*no);
  auto voucher = find_voucher(till.database, plain_voucher_number(number));
  if (!voucher) return tl::unexpected(voucher_is_not_known(number));
  if (trim(reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  return std::move(*voucher);
}

}  // namespace

Handled carry_out(Till& till, const BlockVoucher& command) {
  const auto voucher = voucher_to_change(till, command.number, command.reason);
  if (!voucher) return tl::unexpected(voucher.error());
  if (voucher->is_blocked) return tl::unexpected(refuse("This voucher is blocked."));
  return change_state(till, *voucher, VoucherEvent::blocked, command.reason);
}

Handled carry_out(Till& till, const UnblockVoucher& command) {
  const auto voucher = voucher_to_change(till, command.number, command.reason);
  if (!voucher) return tl::unexpected(voucher.error());
  if (!voucher->is_blocked) return tl::unexpected(refuse("This voucher is not blocked."));
  return change_state(till, *voucher, VoucherEvent::unblocked, command.reason);
}

// A card that can be cashed at any time would be money and no voucher, so the shop has to
// say that it does (haufe, UStG section 3 marginal 18).
Handled carry_out(Till& till, const PayOutVoucher& command) {
  if (till.settings.vouchers.payout != "on") {
    return tl::unexpected(refuse("Vouchers are not paid out here."));
  }
  const auto voucher = voucher_to_change(till, command.number, command.reason);
  if (!voucher) return tl::unexpected(voucher.error());
  if (voucher->is_blocked) return tl::unexpected(refuse("This voucher is blocked."));
  const Money rest = voucher->available();
  if (rest.minor <= 0) return tl::unexpected(refuse("Nothing is left on this voucher."));
  if (auto no =
          beyond_limit(till, &RoleLimits::cash_out, rest.minor, Permission::manage_vouchers)) {
    return tl::unexpected(*no);
  }
  CashMovement movement;
  movement.kind = CashMoveKind::voucher_payout;
  movement.amount = -rest;
  movement.reason = fmt::format("{}, {}", masked_number(voucher->number), trim(command.reason));
  NewEntry entry;
  entry.event = VoucherEvent::paid_out;
  entry.amount = -rest;
  entry.reason = trim(command.reason);
  if (till.approver) movement.approver = till.approver->name;
  Work work(till);
  Effects effects{OpenDrawer{}};
  begin_shift_if_none(till, work, effects);
  const Receipt receipt = write_cash_movement(till, work, movement, effects);
  entry.receipt_row = receipt.row;
  enter(till, work, *voucher, std::move(entry));
  print_day_receipt(till, receipt, effects);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return effects;
}

}  // namespace core
