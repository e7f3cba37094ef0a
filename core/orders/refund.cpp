#include "core/orders/refund.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/orders/account.h"
#include "core/orders/pricing.h"
#include "core/orders/receipt.h"

namespace core {

namespace {

const LineItem* find_line(const Order& order, LineId id) {
  const auto at = std::find_if(order.lines.begin(), order.lines.end(),
                               [&](const LineItem& line) { return line.id == id; });
  return at == order.lines.end() ? nullptr : &*at;
}

// What the line cost in all, tax included.
Money cost(const Order& order, const Totals& totals, const LineItem& line) {
  const auto at = static_cast<std::size_t>(&line - order.lines.data());
  const Money sum = totals.lines[at].final();
  return order.tax_mode == TaxMode::added ? sum + share_of(sum, line.tax_rate) : sum;
}

// The share of the next `quantity` behind `taken`, so that all shares sum to the whole.
Money share(const Order& order, const Totals& totals, const LineItem& line, Quantity quantity,
            Quantity taken = {0}) {
  const Money whole = cost(order, totals, line);
  const std::int64_t all = line.quantity.thousandths;
  const std::int64_t before =
      all - refundable_quantity(order, line).thousandths + taken.thousandths;
  const std::int64_t after = before + quantity.thousandths;
  return {scale_rounded(whole.minor, after, all) - scale_rounded(whole.minor, before, all),
          order.currency};
}

// What the extras cost in all, tax included.
Money extras_cost(const Order& order) {
  Money sum{0, order.currency};
  for (const ExtraCharge& extra : order.extras) {
    sum += extra.amount;
    if (order.tax_mode == TaxMode::added) sum += share_of(extra.amount, extra.tax_rate);
  }
  return sum;
}

// What the order comes to without the vouchers that it sells; with them, where it sells no more.
Totals totals_of_goods(const Order& order) {
  Order goods = order;
  std::erase_if(goods.lines, is_owed_for);
  const Totals totals = price(goods);
  return totals.taxes.empty() ? price(order) : totals;
}

// What all that has gone back was worth, coins left aside.
Money worth_refunded(const Order& order) {
  Money rounding{0, order.currency};
  for (const Refund& refund : order.refunds) rounding += refund.rounding;
  Money sum{0, order.currency};
  for (const Payment& payment : order.payments) {
    if (payment.kind == TransactionKind::refund && stands(order, payment)) sum += payment.amount;
  }
  return sum - rounding;
}

// Whether nothing of the order is left after this, and nobody named another sum.
bool takes_all(const Order& order, const RefundWish& wish) {
  if (wish.amount.minor != 0 || (wish.lines.empty() && !wish.with_extras)) return false;
  if (!wish.with_extras && refundable_extras(order).minor > 0) return false;
  return std::all_of(order.lines.begin(), order.lines.end(), [&](const LineItem& line) {
    const Quantity left = refundable_quantity(order, line);
    return left.thousandths == 0 ||
           std::any_of(wish.lines.begin(), wish.lines.end(), [&](const RefundedLine& wanted) {
             return wanted.line == line.id && wanted.quantity == left && wanted.amount.minor == 0;
           });
  });
}

// The nearest amount in coins; not above `most` where the wish itself is not.
Money in_coins(Money wanted, Money most, std::int64_t coin) {
  Money given = round_to_step(wanted, coin);
  if (given > most && wanted <= most) given.minor -= coin;
  return given;
}

Result<RefundedLine, std::string_view> planned_line(const Order& order, const Totals& totals,
                                                    const RefundedLine& wanted) {
  const LineItem* line = find_line(order, wanted.line);
  if (!line || wanted.quantity.thousandths <= 0 || wanted.amount.minor < 0) {
    return tl::unexpected(std::string_view("This quantity is not possible."));
  }
  if (wanted.quantity > refundable_quantity(order, *line)) {
    return tl::unexpected(std::string_view("This is more than was bought."));
  }
  RefundedLine planned = wanted;
  const Money whole = share(order, totals, *line, wanted.quantity);
  planned.amount = {wanted.amount.minor > 0 ? wanted.amount.minor : whole.minor, order.currency};
  if (planned.amount > whole) {
    return tl::unexpected(std::string_view("This is more than was paid for it."));
  }
  return planned;
}

}  // namespace

RefundWish all_of(const Order& order, bool restock) {
  RefundWish all{.with_extras = true};
  for (const LineItem& line : order.lines) {
    const Quantity left = refundable_quantity(order, line);
    if (left.thousandths > 0) all.lines.push_back({line.id, left, {0, order.currency}, restock});
  }
  return all;
}

Money refundable_extras(const Order& order) {
  const Money zero{0, order.currency};
  const Totals totals = price(order);
  Money left = totals.total - totals.rounding - worth_refunded(order);
  for (const LineItem& line : order.lines) {
    const Quantity open = refundable_quantity(order, line);
    if (open.thousandths > 0) left -= share(order, totals, line, open);
  }
  return std::max(zero, std::min({left, extras_cost(order), refundable_sum(order)}));
}

Result<RefundPlan, std::string_view> plan_refund(const Order& order, const RefundWish& wish) {
  const Totals totals = price(order);
  const Money left = refundable_sum(order);
  RefundPlan plan{{}, {0, order.currency}, {0, order.currency}};
  for (const RefundedLine& wanted : wish.lines) {
    const auto planned = planned_line(order, totals, wanted);
    if (!planned) return tl::unexpected(planned.error());
    const bool is_twice = std::any_of(plan.lines.begin(), plan.lines.end(),
                                      [&](const auto& other) { return other.line == wanted.line; });
    if (is_twice) return tl::unexpected(std::string_view("This quantity is not possible."));
    plan.amount += planned->amount;
    plan.lines.push_back(*planned);
  }
  if (wish.with_extras) plan.amount += refundable_extras(order);
  if (left.minor == 0 && plan.amount.minor > 0 && order.refunds.empty()) {
    return tl::unexpected(std::string_view("This is more than was paid."));
  }
  if (takes_all(order, wish)) plan.amount = left;
  if (wish.amount.minor != 0) plan.amount.minor = wish.amount.minor;
  Money worth = plan.amount;
  plan.amount = in_coins(worth - wish.to_voucher, left - wish.to_voucher, wish.coin);
  plan.amount += wish.to_voucher;
  if (wish.amount.minor < 0 || (plan.lines.empty() && plan.amount.minor <= 0)) {
    const bool is_over = wish.amount.minor == 0 && left.minor == 0 && !order.refunds.empty();
    return tl::unexpected(std::string_view(is_over ? "Everything has been given back already."
                                                   : "This amount is not possible."));
  }
  if (plan.amount > left) return tl::unexpected(std::string_view("This is more than was paid."));
  // With the last of the money goes the rounding that the sale brought.
  if (plan.amount == left || takes_all(order, wish)) worth = left - open_rounding(order);
  plan.rounding = plan.amount - worth;
  return plan;
}

bool were_goods_sold(const Order& order, std::int64_t version) {
  if (order.goods_along || order.channel != "till") return true;
  for (std::int64_t then = 1; then < version; ++then) {
    if (owed(as_of(order, then)).minor <= 0) return true;
  }
  return false;
}

bool lets_claim_off(const Order& order) {
  return order.goods_along && paid_sum(order).minor <= 0;
}

Result<Money, std::string_view> worth_back(const Order& order, LineId id, Quantity taken,
                                           Quantity quantity) {
  const LineItem* line = find_line(order, id);
  if (!line || quantity.thousandths <= 0) {
    return tl::unexpected(std::string_view("This quantity is not possible."));
  }
  const Quantity left = refundable_quantity(order, *line);
  if (taken.thousandths + quantity.thousandths > left.thousandths) {
    return tl::unexpected(std::string_view("This is more than was bought."));
  }
  return share(order, price(order), *line, quantity, taken);
}

Money card_left(const Order& order, TransactionId card) {
  Money left{0, order.currency};
  for (const Payment& payment : order.payments) {
    if (payment.id == card && payment.tender == Tender::card &&
        payment.kind == TransactionKind::sale && payment.state == TransactionState::success) {
      left += payment.amount;
    } else if (payment.original == card && payment.state == TransactionState::success) {
      left -= payment.amount;
    }
  }
  return left;
}

std::string refund_mark(const Refund& refund) {
  return "#" + to_text(refund.id).substr(24);
}

std::vector<TaxLine> refund_taxes(const Order& order, const Refund& refund) {
  Money rest = refund.worth();
  std::vector<TaxLine> taxes;
  const auto add = [&](Taxed taxed, Money gross) {
    sum_for(taxes, taxed, order.currency).gross -= gross;
  };
  const bool is_of_goods = were_goods_sold(order, refund.version);
  const auto add_lines = [&](bool vouchers) {
    for (const RefundedLine& part : refund.lines) {
      const LineItem* line = find_line(order, part.line);
      if (!line || !is_of_goods || is_owed_for(*line) != vouchers) continue;
      if (rest < part.amount && !lets_claim_off(order)) continue;
      add(line->taxed(), part.amount);
      rest -= part.amount;
    }
  };
  // What is for a voucher goes back with it, and whole: the rest is for goods.
  add_lines(true);
  add_lines(false);
  if (rest.minor > 0) {
    const Totals totals = is_of_goods ? totals_of_goods(order) : price(order);
    for (const TaxLine& line : taxes_of_part(totals, rest, {}, false)) {
      add(line.taxed(), line.gross);
    }
  }
  for (TaxLine& line : taxes) {
    line.tax = tax_inside(line.gross, line.rate);
    line.net = line.gross - line.tax;
  }
  return taxes;
}

RefundNote note_on(const Order& order, const Refund& refund, const Payment* payment) {
  RefundNote note{refund.amount};
  note.recipient = order.customer.name.empty() ? order.customer.email : order.customer.name;
  note.approver = refund.approver;
  note.reason = refund.reason;
  if (!payment) return note;
  note.tender = payment->tender;
  if (payment->tender == Tender::card && !payment->reference.empty()) {
    note.recipient = payment->reference;
  }
  return note;
}

namespace {

constexpr char between = '|';

// A part of a note never holds what stands between two of them.
std::string part(std::string_view text) {
  std::string safe(text);
  std::replace(safe.begin(), safe.end(), between, '/');
  return safe;
}

}  // namespace

std::string to_text(const RefundNote& note) {
  return fmt::format("{}|{}|{}|{}|{}", to_plain(note.amount), word(note.tender),
                     part(note.recipient), part(note.approver), note.reason);
}

std::optional<RefundNote> refund_note_from(std::string_view text, Currency currency) {
  std::array<std::string_view, 4> parts;
  for (std::string_view& one : parts) {
    const std::size_t end = text.find(between);
    if (end == text.npos) return {};
    one = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  const auto amount = parse_plain(parts[0], currency);
  if (!amount) return {};
  for (const Tender tender : {Tender::cash, Tender::card, Tender::gift_card, Tender::other}) {
    if (word(tender) != parts[1]) continue;
    return RefundNote{*amount, tender, std::string(parts[2]), std::string(parts[3]),
                      std::string(text)};
  }
  return {};
}

}  // namespace core
