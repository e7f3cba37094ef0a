// Receipts for tests: plausible ones, made the way the register makes them.
#pragma once

#include <string>
#include <vector>

#include "core/orders/receipt.h"

namespace tests {

inline constexpr core::Instant noon{std::chrono::milliseconds{1'795'272'245'000}};  // 14:44:05 UTC

inline core::Uuid uuid_of(std::uint8_t n) {
  core::Uuid id;
  id.bytes[0] = 0x01;
  id.bytes[6] = 0x70;
  id.bytes[8] = 0x80;
  id.bytes[15] = n;
  return id;
}

inline core::LineItem item(std::string title, std::int64_t minor, core::Quantity quantity = {},
                           std::int64_t basis_points = 700) {
  core::LineItem line;
  line.title = std::move(title);
  line.unit_price = {minor, core::eur};
  line.quantity = quantity;
  line.tax_rate = {basis_points};
  line.tax_code = basis_points == 700 ? "reduced" : "standard";
  return line;
}

inline core::Order order_of(std::vector<core::LineItem> lines) {
  core::Order order;
  order.id = {uuid_of(1)};
  order.number = "T1-000123";
  order.channel = "till";
  order.stage = core::Stage::open;
  order.created = noon - std::chrono::seconds{115};
  order.placed = noon;
  order.version = 1;
  order.cashier = "Jana Wolf";
  for (core::LineItem& line : lines) {
    line.id = {uuid_of(static_cast<std::uint8_t>(10 + order.lines.size()))};
    order.lines.push_back(std::move(line));
  }
  return order;
}

inline core::Payment cash(std::int64_t minor, std::int64_t given_minor) {
  core::Payment payment;
  payment.id = {uuid_of(100)};
  payment.amount = {minor, core::eur};
  payment.given = {given_minor, core::eur};
  payment.at = noon;
  payment.version = 1;
  return payment;
}

inline core::Payment card(std::int64_t minor) {
  core::Payment payment = cash(minor, minor);
  payment.id = {uuid_of(101)};
  payment.tender = core::Tender::card;
  payment.reference = "Visa •••• 4242 · 081522";
  return payment;
}

// The receipt for `payments` of this order after `paid_before`.
inline core::Receipt receipt_of(core::Order order, std::vector<core::Payment> payments,
                                std::int64_t paid_before = 0) {
  core::Receipt receipt;
  receipt.id = {uuid_of(200)};
  receipt.number = 482;
  receipt.code = "T1-R000482";
  receipt.till = "T1";
  receipt.cashier = order.cashier;
  receipt.started = order.created;
  receipt.finished = noon;
  receipt.totals = core::price(order);
  receipt.paid_before = {paid_before, order.currency};
  receipt.amount = receipt.change = core::Money{0, order.currency};
  for (const core::Payment& payment : payments) {
    receipt.amount += payment.amount;
    receipt.change += payment.change();
  }
  receipt.still_due = receipt.totals.total - receipt.paid_before - receipt.amount;
  const bool completes = receipt.still_due.is_zero();
  if (paid_before != 0) receipt.kind = core::ReceiptKind::balance;
  if (!completes) receipt.kind = core::ReceiptKind::deposit;
  std::vector<core::TaxLine> already;
  if (paid_before != 0) {
    already = core::taxes_of_part(receipt.totals, receipt.paid_before, {}, false);
  }
  receipt.taxes = core::taxes_of_part(receipt.totals, receipt.amount, already, completes);
  receipt.payments = std::move(payments);
  receipt.order = std::move(order);
  receipt.order.payments = receipt.payments;
  return receipt;
}

// Cheese by weight, two loaves, a book: both German rates.
inline core::Receipt plain_sale() {
  core::LineItem cheese = item("Bergkäse 12 Monate", 2490, {252});
  cheese.unit = core::Unit::kilogram;
  core::Order order = order_of({cheese, item("Bauernbrot", 490, core::pieces(2)),
                                item("Riesling trocken Mosel 0,75 l", 890, {}, 1900)});
  return receipt_of(order, {cash(2497, 5000)});
}

// A weighed and overridden line, a line with a reason, an order discount, a note.
inline core::Receipt discounted_sale() {
  core::LineItem cheese = item("Bergkäse 12 Monate", 2190, {252});
  cheese.unit = core::Unit::kilogram;
  cheese.regular_price = core::Money{2490, core::eur};
  core::LineItem oil = item("Olivenöl nativ extra 0,5 l", 1290, core::pieces(3));
  oil.discount = core::Discount{core::DiscountKind::percent, 1000, "Aktion Herbst"};
  core::LineItem book = item("Krimi: Das stille Tal", 1400);
  book.discount = core::Discount{core::DiscountKind::amount, 200, "Mängelexemplar"};
  book.note = "als Geschenk verpackt";
  core::Order order = order_of({cheese, oil, book});
  order.discount = core::Discount{core::DiscountKind::percent, 500, "Stammkunde"};
  order.customer = {"Petra Brandt", "brandt@post.example", ""};
  const core::Money total = core::price(order).total;
  return receipt_of(order, {card(total.minor)});
}

inline core::Order crate_of_wine() {
  return order_of({item("Riesling trocken Mosel 0,75 l", 890, core::pieces(12), 1900),
                   item("Bergkäse am Stück", 4320)});
}

inline core::Receipt deposit() {
  return receipt_of(crate_of_wine(), {cash(5000, 5000)});
}

inline core::Receipt balance() {
  core::Receipt receipt = receipt_of(crate_of_wine(), {card(10'000)}, 5000);
  receipt.code = "T1-R000490";
  return receipt;
}

// A loaf and a voucher of the till's own, which it has just issued; half of it was paid with
// another one.
inline core::Receipt voucher_sale() {
  core::LineItem sold = item("Gutschein", 2500, {}, 0);
  sold.tax_code = core::not_taxable;
  sold.voucher = "GV23456789ABCDL";
  core::Payment by_voucher = cash(490, 490);
  by_voucher.tender = core::Tender::gift_card;
  by_voucher.id = {uuid_of(102)};
  by_voucher.reference = "•••• P3RT";
  core::Receipt receipt =
      receipt_of(order_of({item("Bauernbrot", 490), sold}), {by_voucher, cash(2500, 2500)});
  const core::Money zero{0, core::eur};
  receipt.vouchers = {{"GVXXXXXXXXXP3RT", by_voucher.id, zero - core::Money{490, core::eur},
                       core::Money{1510, core::eur}},
                      {sold.voucher, {}, {2500, core::eur}, {2500, core::eur}}};
  // The first instant of 2030 in Berlin.
  receipt.vouchers[1].expires = core::Instant{std::chrono::seconds{1'893'452'400}};
  receipt.vouchers[1].is_new = true;
  return receipt;
}

// A shop in Zürich: 5 Rappen are the smallest coin.
inline core::Receipt rounded_sale() {
  core::Order order = order_of({item("Ruchbrot", 387, {}, 260), item("Kaffee", 1299, {}, 810)});
  order.currency = core::chf;
  for (core::LineItem& line : order.lines) line.unit_price.currency = core::chf;
  const core::Money due = core::price(order).total;
  order.cash_rounding = core::cash_rounding(due, 5);
  core::Payment payment = cash((due + order.cash_rounding).minor, 2000);
  payment.amount.currency = payment.given.currency = core::chf;
  core::Receipt receipt = receipt_of(order, {payment});
  receipt.shop.name = "Feinkost Zürich";
  receipt.shop.city = "8001 Zürich";
  receipt.shop.tax_number = "CHE-123.456.789 MWST";
  receipt.shop.currency = core::chf;
  receipt.shop.time_zone = "Europe/Zurich";
  return receipt;
}

}  // namespace tests
