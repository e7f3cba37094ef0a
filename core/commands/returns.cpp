// Goods that come back with a sale: lines with a minus of the open cart, and the
// difference that is handed out when they give more than is bought.
#include "core/commands/returns.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/add_line.h"
#include "core/commands/all.h"
#include "core/commands/counter_refund.h"
#include "core/commands/place.h"
#include "core/commands/placed_order.h"
#include "core/commands/steps.h"
#include "core/orders/account.h"
#include "core/orders/exchange.h"
#include "core/orders/refund.h"
#include "core/store/catalogue_store.h"
#include "core/store/intents.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/till_store.h"
#include "core/store/voucher_store.h"

namespace core {

namespace {

// The orders whose goods come back, in the order of the lines.
std::vector<OrderId> sources_of(const Order& cart) {
  std::vector<OrderId> sources;
  for (const ReturnLine& line : cart.returns) {
    if (line.kind != ReturnKind::of_receipt) continue;
    if (std::ranges::find(sources, line.order) == sources.end()) sources.push_back(line.order);
  }
  return sources;
}

Quantity already_in(const Order& cart, LineId line) {
  Quantity sum{0};
  for (const ReturnLine& other : cart.returns) {
    if (other.line == line && other.kind == ReturnKind::of_receipt) {
      sum.thousandths += other.quantity.thousandths;
    }
  }
  return sum;
}

Money given_for(const Order& cart, OrderId source) {
  Money sum{0, cart.currency};
  for (const ReturnLine& line : cart.returns) {
    if (line.kind == ReturnKind::of_receipt && line.order == source) sum += line.amount;
  }
  return sum;
}

Money given_for(const Order& cart, ReturnKind kind) {
  Money sum{0, cart.currency};
  for (const ReturnLine& line : cart.returns) {
    if (line.kind == kind) sum += line.amount;
  }
  return sum;
}

// As it will be when all that is asked of a platform has come true.
std::optional<Order> source_of(Till& till, OrderId id) {
  auto order = find_order(till.database, id);
  if (!order || order->version == 0) return {};
  return is_master_of(till, *order) ? *order : foreseen(till.database, *order);
}

std::string approver_of(const Till& till) {
  return till.approver ? till.approver->name : "";
}

// What its goods may give in all: what was paid, and the cents that coins let off.
Money exchangeable_sum(const Order& source) {
  const Money let_off = std::min(Money{0, source.currency}, open_rounding(source));
  return refundable_sum(source) - let_off;
}

Result<ReturnLine, Refusal> line_back(const Order& cart, const Order& source,
                                      const LineBack& wanted) {
  const auto sold = std::ranges::find(source.lines, wanted.line, &LineItem::id);
  if (sold == source.lines.end()) return tl::unexpected(refuse("This quantity is not possible."));
  if (sells_voucher(*sold)) {
    return tl::unexpected(refuse("A voucher is given back on the page of its order."));
  }
  if (sold->unit == Unit::piece && !wanted.quantity.is_whole()) {
    return tl::unexpected(refuse("This product is sold by the piece."));
  }
  const auto worth =
      worth_back(source, wanted.line, already_in(cart, wanted.line), wanted.quantity);
  if (!worth) return tl::unexpected(refuse(worth.error()));
  if (worth->minor <= 0) return tl::unexpected(refuse("Nothing was paid for it."));
  ReturnLine line;
  line.order = source.id;
  line.line = sold->id;
  line.order_number = source.number;
  line.variant = sold->variant;
  line.title = sold->title;
  line.sku = sold->sku;
  line.unit = sold->unit;
  line.quantity = wanted.quantity;
  line.amount = *worth;
  line.tax_code = sold->tax_code;
  line.tax_rate = sold->tax_rate;
  line.tax_key = sold->tax_key;
  line.shelf = wanted.shelf;
  line.category = sold->category;
  return line;
}

// Writes the lines that the cart has got, which is the open one from then on. `turned`: a
// line that was rung up as sold and is none.
Handled keep_returns(Till& till, Order cart, std::size_t first, std::string_view reason,
                     LineId turned = {}) {
  Work work(till);
  if (!turned.is_nil()) {
    delete_line(till.database, cart, turned);
    const auto its = std::ranges::find(cart.lines, turned, &LineItem::deposit_for);
    if (its != cart.lines.end()) delete_line(till.database, cart, its->id);
    std::erase_if(cart.lines, [&](const LineItem& line) {
      return line.id == turned || line.deposit_for == turned;
    });
  }
  begin_if_new(till, cart);
  for (std::size_t i = first; i < cart.returns.size(); ++i) {
    ReturnLine& line = cart.returns[i];
    if (line.id.is_nil()) line.id = {new_id(till)};
    if (line.reason.empty()) line.reason = trim(reason);
    save_return(till.database, cart, line);
    work.note("return", cart.number,
              fmt::format("{} x {}, {}{}{}: {}", to_plain(line.quantity), line.title,
                          to_plain(line.amount), line.order_number.empty() ? "" : " of ",
                          line.order_number, line.reason));
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.last_line = cart.returns.back().id;
  till.last.reset();
  keep_cart(till, std::move(cart));
  return Effects{};
}

}  // namespace

std::optional<Refusal> cannot_take_back(Till& till, const Order& cart) {
  for (const OrderId id : sources_of(cart)) {
    const auto source = source_of(till, id);
    if (!source) return refuse("This order is not there.", "", RefusalKind::not_found);
    for (const ReturnLine& line : cart.returns) {
      if (line.order != id) continue;
      const auto sold = std::ranges::find(source->lines, line.line, &LineItem::id);
      const bool is_there = sold != source->lines.end() &&
                            already_in(cart, line.line) <= refundable_quantity(*source, *sold);
      if (!is_there) return refuse("More of this has come back meanwhile.", line.title);
    }
    if (given_for(cart, id) > exchangeable_sum(*source)) {
      return refuse("More money has been given back meanwhile.", source->number);
    }
  }
  const std::int64_t named_above = till.settings.returns.name_above;
  if (given_for(cart, ReturnKind::without_receipt).minor > named_above &&
      cart.customer.name.empty()) {
    return refuse("Please give the customer's name: this comes back without a receipt.");
  }
  return {};
}

Handled carry_out(Till& till, const TakeBack& command) {
  if (auto fixed = cart_is_fixed(till)) return tl::unexpected(*fixed);
  if (auto no = needs_device(till)) return tl::unexpected(*no);
  auto placed = placed_order(till, command.order, Permission::refund);
  if (!placed) return tl::unexpected(placed.error());
  const Order& source = placed->later;
  if (source.currency != till.settings.shop.currency) {
    return tl::unexpected(refuse("This order is in another currency."));
  }
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  if (command.lines.empty()) return tl::unexpected(refuse("This quantity is not possible."));
  Order cart = cart_copy(till);
  const std::size_t first = cart.returns.size();
  for (const LineBack& wanted : command.lines) {
    auto line = line_back(cart, source, wanted);
    if (!line) return tl::unexpected(line.error());
    line->approver = approver_of(till);
    cart.returns.push_back(std::move(*line));
  }
  if (given_for(cart, source.id) > exchangeable_sum(source)) {
    return tl::unexpected(refuse("This is more than was paid."));
  }
  return keep_returns(till, std::move(cart), first, command.reason);
}

namespace {

std::optional<Refusal> may_take_unproven(const Till& till, Money sum) {
  const ReturnSettings& rules = till.settings.returns;
  if (rules.without_receipt == "off") return refuse("Nothing comes back here without a receipt.");
  if (sum.minor > rules.limit) {
    return refuse("Without a receipt this is more than may come back.",
                  to_plain({rules.limit, sum.currency}));
  }
  return forbidden(till, rules.without_receipt == "allowed" ? Permission::sell
                                                            : Permission::return_without_receipt);
}

}  // namespace

namespace {

// The line of the cart that was meant to come back, as what is wanted of it.
Result<TakeBackUnproven, Refusal> turned(const Till& till, TakeBackUnproven wanted) {
  if (!till.draft) return tl::unexpected(refuse("The cart is empty."));
  const auto line = std::ranges::find(till.draft->lines, wanted.instead_of, &LineItem::id);
  if (line == till.draft->lines.end()) {
    return tl::unexpected(refuse("This line is no longer there.", "", RefusalKind::not_found));
  }
  if (sells_voucher(*line)) {
    return tl::unexpected(refuse("A voucher is given back on the page of its order."));
  }
  wanted.variant = line->variant;
  wanted.title = line->title;
  wanted.tax_code = line->tax_code;
  wanted.quantity = line->quantity;
  wanted.price = line->unit_price;
  return wanted;
}

}  // namespace

Handled carry_out(Till& till, const TakeBackUnproven& said) {
  if (auto fixed = cart_is_fixed(till)) return tl::unexpected(*fixed);
  if (auto no = needs_device(till)) return tl::unexpected(*no);
  TakeBackUnproven command = said;
  if (!said.instead_of.is_nil()) {
    auto line = turned(till, said);
    if (!line) return tl::unexpected(line.error());
    command = std::move(*line);
  }
  ReturnLine line;
  line.kind = ReturnKind::without_receipt;
  line.quantity = command.quantity;
  line.shelf = command.shelf;
  Money price{command.price.minor, till.settings.shop.currency};
  if (command.variant != 0) {
    const auto variant = find_variant(till.database, {command.variant});
    if (!variant) {
      return tl::unexpected(refuse("This product is no longer there.", "", RefusalKind::not_found));
    }
    if (variant->gift_card) {
      return tl::unexpected(refuse("A voucher is given back on the page of its order."));
    }
    if (price.minor > variant->price.minor) {
      return tl::unexpected(
          refuse("Without a receipt today's price is the most.", to_plain(variant->price)));
    }
    if (price.minor == 0) price.minor = variant->price.minor;
    line.variant = command.variant;
    line.title = name_of(*variant);
    line.sku = variant->sku;
    line.unit = variant->unit;
    line.tax_code = variant->tax_code;
    line.category = variant->category;
  } else {
    line.title = trim(command.title);
    line.tax_code = command.tax_code;
    line.shelf = Shelf::nowhere;
    if (line.title.empty()) return tl::unexpected(refuse("Please give it a name."));
  }
  if (price.minor <= 0 || price.minor > largest_minor) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  const std::int64_t wanted = command.quantity.thousandths;
  if (wanted <= 0 || wanted > largest_thousandths ||
      (line.unit == Unit::piece && !command.quantity.is_whole())) {
    return tl::unexpected(refuse("This quantity is not possible."));
  }
  if (trim(command.reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  Order cart = cart_copy(till);
  const Taxed taxed = taxed_today(till, line.tax_code);
  line.tax_rate = taxed.rate;
  line.tax_key = taxed.key;
  line.amount = price_of(price, line.quantity);
  if (cart.tax_mode == TaxMode::added) line.amount += share_of(line.amount, line.tax_rate);
  const Money sum = given_for(cart, ReturnKind::without_receipt) + line.amount;
  if (auto no = may_take_unproven(till, sum)) return tl::unexpected(*no);
  line.approver = approver_of(till);
  const std::size_t first = cart.returns.size();
  cart.returns.push_back(std::move(line));
  return keep_returns(till, std::move(cart), first, command.reason, command.instead_of);
}

namespace {

// A source of what comes back, and what of it vouchers have paid.
struct Source {
  Order order;
  Money given;    // for its goods
  Money in_cash;  // of that, what no voucher has paid
};

std::vector<Source> load_sources(Till& till, const Order& cart) {
  std::vector<Source> sources;
  for (const OrderId id : sources_of(cart)) {
    auto order = source_of(till, id);
    if (!order) continue;
    const Money given = given_for(cart, id);
    const Money free =
        std::max(Money{0, cart.currency}, refundable_sum(*order) - only_by_voucher(*order));
    sources.push_back({std::move(*order), given, std::min(given, free)});
  }
  return sources;
}

// What of what is given may leave as money, in all. What comes back without a receipt
// becomes a store credit but for small sums.
Money payable(const Till& till, const Order& cart, const std::vector<Source>& sources) {
  Money sum = given_for(cart, ReturnKind::deposit);
  const Money unproven = given_for(cart, ReturnKind::without_receipt);
  if (unproven.minor <= till.settings.returns.cash_limit) sum += unproven;
  for (const Source& source : sources) sum += source.in_cash;
  return sum;
}

// What the cart has paid out already to a card.
Money paid_out_to(const Order& cart, TransactionId card) {
  Money sum{0, cart.currency};
  for (const Payment& payment : cart.payments) {
    const bool is_out = payment.kind == TransactionKind::payout && stands(cart, payment);
    if (is_out && payment.original == card) sum += payment.amount;
  }
  return sum;
}

Money card_left_of(const Order& cart, const Source& source, TransactionId card) {
  return std::min(source.given, card_left(source.order, card)) - paid_out_to(cart, card);
}

// A card payment that so much can go back to: the one that was named, else the first.
TransactionId card_for(const Order& cart, const std::vector<Source>& sources, TransactionId named,
                       Money amount) {
  for (const Source& source : sources) {
    for (const Payment& payment : source.order.payments) {
      const bool is_card = payment.tender == Tender::card && payment.kind == TransactionKind::sale;
      if (!is_card || (!named.is_nil() && payment.id != named)) continue;
      if (card_left_of(cart, source, payment.id) >= amount) return payment.id;
    }
  }
  return {};
}

Handled give_to_card(Till& till, const std::vector<Source>& sources, Money amount,
                     TransactionId named) {
  const Order& cart = till.in_hand();
  if (till.settings.terminal.kind == "none") {
    return tl::unexpected(refuse("No card terminal is set up."));
  }
  if (auto latched = terminal_is_latched(till)) return tl::unexpected(*latched);
  const TransactionId card = card_for(cart, sources, named, amount);
  if (card.is_nil()) return tl::unexpected(refuse("This is more than was paid by this card."));
  CardAttempt attempt;
  attempt.id = {new_id(till)};
  attempt.order = cart.id;
  attempt.order_number = cart.number;
  attempt.amount = amount;
  attempt.kind = CardKind::refund;
  attempt.started = till.now();
  attempt.original = card;
  if (const auto paid = attempt_of_payment(till.database, card)) {
    attempt.original_ticket = paid->ticket;
  }
  attempt.last_ticket = last_ticket(till.database);
  Work work(till);
  work.note("card refund requested", to_text(attempt.id),
            fmt::format("{} for {}", to_plain(attempt.amount), cart.number));
  insert_attempt(till.database, cart.row, attempt);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.attempt = attempt;
  return Effects{AuthorizeCard{attempt}};
}

// Onto the vouchers that had paid, and the rest onto a new store credit: all that is left.
Handled give_to_vouchers(Till& till, const std::vector<Source>& sources, Money amount) {
  Order cart = till.in_hand();
  std::vector<VoucherReturn> returns;
  Money left = amount;
  const auto add = [&](std::vector<VoucherReturn> more) {
    for (VoucherReturn& back : more) {
      left -= back.payment.amount;
      returns.push_back(std::move(back));
    }
  };
  for (const Source& source : sources) {
    const Money part = std::min({left, source.given, voucher_part(source.order)});
    if (part.minor > 0) add(returns_to_vouchers(till, source.order, part, {0, cart.currency}));
  }
  if (left.minor > 0) add(returns_to_vouchers(till, cart, {0, cart.currency}, left));
  Work work(till);
  for (VoucherReturn& back : returns) {
    back.payment.kind = TransactionKind::payout;
    back.payment.version = cart.version + 1;
    insert_payment(till.database, cart, back.payment);
    cart.payments.push_back(back.payment);
  }
  Placed placed = place(till, work, std::move(cart), std::move(returns));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  keep_placed(till, placed);
  return std::move(placed.effects);
}

}  // namespace

Handled carry_out(Till& till, const GiveBack& command) {
  if (auto no = cannot_tender(till)) return tl::unexpected(*no);
  const Order& cart = till.in_hand();
  if (!takes_back(cart)) return tl::unexpected(refuse("There is nothing to give back."));
  if (auto no = cannot_take_back(till, cart)) return tl::unexpected(*no);
  const Money zero{0, cart.currency};
  const Money open = -owed(cart);
  if (open.minor < 0) return tl::unexpected(refuse("There is still something to pay."));
  const bool is_cash = command.tender == Tender::cash;
  const Money rounding = is_cash ? cash_rounding(-open, till.settings.money.cash_step) : zero;
  const Money most = open - rounding;
  Payment payment;
  payment.kind = TransactionKind::payout;
  payment.tender = command.tender;
  payment.amount = command.amount.is_zero() ? most : Money{command.amount.minor, cart.currency};
  payment.given = payment.amount;
  payment.label = trim(command.label);
  if (payment.amount.minor < 0 || payment.amount > most) {
    return tl::unexpected(refuse("This is more than is to be given back."));
  }
  const bool is_whole = payment.amount == most;
  if (payment.amount.is_zero()) {
    Work work(till);
    return take_payment(till, work, payment, is_whole ? rounding : zero);
  }
  const std::vector<Source> sources = load_sources(till, cart);
  if (command.tender == Tender::gift_card) {
    if (!is_whole) return tl::unexpected(refuse("Give the other part first, then the voucher."));
    return give_to_vouchers(till, sources, payment.amount);
  }
  if (paid_out_sum(cart) + std::min(payment.amount, open) > payable(till, cart, sources)) {
    return tl::unexpected(given_for(cart, ReturnKind::without_receipt).minor >
                                  till.settings.returns.cash_limit
                              ? refuse("Without a receipt so much is given as a voucher only.")
                              : refuse("What was paid by voucher goes back onto the voucher."));
  }
  if (command.tender == Tender::card) {
    return give_to_card(till, sources, payment.amount, command.original);
  }
  Work work(till);
  return take_payment(till, work, payment, is_whole ? rounding : zero);
}

Handled book_card_payout(Till& till, Work& work, const CardAttempt& attempt,
                         const CardResult& result) {
  Payment back;
  back.id = {new_id(till)};
  back.kind = TransactionKind::payout;
  back.tender = Tender::card;
  back.amount = back.given = {result.amount.minor, attempt.amount.currency};
  back.reference = result.reference;
  back.original = attempt.original;
  if (result.is_requested) back.label = "requested, not yet confirmed by the bank";
  note_attempt_payment(till.database, attempt.id, back.id);
  auto done = take_payment(till, work, back, {0, attempt.amount.currency});
  if (done) till.attempt.reset();
  return done;
}

namespace {

// What is handed out goes to the orders that had sold the goods: to the one whose card or
// voucher it went back to, else to each as far as it bears money.
class Payouts {
 public:
  explicit Payouts(const Order& sale) {
    for (const Payment& payment : sale.payments) {
      if (payment.kind == TransactionKind::payout && stands(sale, payment)) {
        left_.push_back(payment);
      }
    }
  }

  // Up to `most` of it for one order.
  std::vector<Payment> take(const Source& source, Money most) {
    std::vector<Payment> parts;
    Money in_cash = source.in_cash;
    for (Payment& payment : left_) {
      const bool names_one = !payment.original.is_nil();
      const bool is_its = std::ranges::any_of(
          source.order.payments, [&](const Payment& own) { return own.id == payment.original; });
      if (names_one && !is_its) continue;
      const Money room = names_one ? most : std::min(most, in_cash);
      Payment part = payment;
      part.amount = part.given = std::min(room, payment.amount);
      if (part.amount.minor <= 0) continue;
      payment.amount -= part.amount;
      most -= part.amount;
      in_cash -= part.amount;
      parts.push_back(std::move(part));
    }
    return parts;
  }

 private:
  std::vector<Payment> left_;
};

Step return_step(Till& till, const Order& sale, const Source& source, Payouts& payouts) {
  Refund refund;
  refund.id = {new_id(till)};
  refund.amount = source.given;
  refund.at = till.now();
  for (const ReturnLine& line : sale.returns) {
    if (line.kind != ReturnKind::of_receipt || line.order != source.order.id) continue;
    refund.lines.push_back({line.line, line.quantity, line.amount, line.shelf == Shelf::restock,
                            line.shelf == Shelf::damaged});
    refund.reason = line.reason;
    refund.approver = line.approver;
  }
  std::vector<Payment> parts = payouts.take(source, refund.amount);
  Money exchanged = refund.amount;
  for (const Payment& part : parts) exchanged -= part.amount;
  if (exchanged.minor > 0) {
    Payment payment;
    payment.id = {new_id(till)};
    payment.tender = Tender::other;
    payment.amount = payment.given = exchanged;
    payment.label = exchange_label;
    payment.reference = sale.number;
    parts.push_back(std::move(payment));
  }
  Step step{OutboxKind::refund};
  step.reason = refund.reason;
  for (Payment& part : parts) {
    part.kind = TransactionKind::refund;
    part.at = till.now();
    refund.payments.push_back(part.id);
    if (step.payment) {
      step.more_payments.push_back(std::move(part));
    } else {
      step.payment = std::move(part);
    }
  }
  step.refund = std::move(refund);
  return step;
}

}  // namespace

void bind_returns(Till& till, Order& sale) {
  const bool is_proven =
      given_for(sale, ReturnKind::without_receipt).minor <= till.settings.returns.cash_limit;
  for (ReturnLine& line : sale.returns) {
    const bool is_bound = line.kind == ReturnKind::without_receipt && !is_proven;
    line.bound = is_bound ? line.amount : Money{0, sale.currency};
  }
  for (const Source& source : load_sources(till, sale)) {
    Money left = source.given - source.in_cash;
    for (ReturnLine& line : sale.returns) {
      if (line.order != source.order.id || line.kind != ReturnKind::of_receipt) continue;
      line.bound = std::min(left, line.amount);
      left -= line.bound;
    }
  }
  for (const ReturnLine& line : sale.returns) {
    if (!line.bound.is_zero()) save_return(till.database, sale, line);
  }
}

void book_returns(Till& till, Work& work, const Order& sale) {
  Payouts payouts(sale);
  for (Source& source : load_sources(till, sale)) {
    auto order = find_order(till.database, source.order.id);
    if (!order) continue;
    Step step = return_step(till, sale, source, payouts);
    take_fact(till, work, *order, std::move(step), {});
    add_to_timeline(till, *order, "taken back in exchange", sale.number, till.actor());
    if (!is_master_of(till, *order)) queue_counter_refund(till, *order);
    follow_rules(till, work, *order);
  }
  for (const ReturnLine& line : sale.returns) {
    if (line.kind == ReturnKind::of_receipt || line.variant == 0) continue;
    if (line.shelf == Shelf::restock) change_stock(till.database, {line.variant}, line.quantity);
  }
}

}  // namespace core
