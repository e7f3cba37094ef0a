// A shop with orders, for the tests of the screens that show them: what the
// till publishes and what the store has answered, as values.
#pragma once

#include <string>
#include <utility>

#include "pos/desk/scene.h"
#include "tests/support/receipts.h"

namespace tests {

inline const pos::Words& english() {
  static const pos::Words words(pos::Language::english);
  return words;
}

struct OrdersScene {
  core::Snapshot till;
  pos::Found found;
  pos::Devices devices;
  const pos::Words* words = &english();
  int width = 1280, height = 800;
  std::string pictures;
  core::Instant instant = noon + std::chrono::minutes(1);  // 15:45 in Berlin

  pos::Scene scene() const {
    return {till,   found,   devices,
            *words, instant, core::local_time(instant, till.settings.shop.time_zone),
            width,  height,  pictures};
  }
};

inline core::Money cents(std::int64_t minor) {
  return {minor, core::eur};
}

struct RowSpec {
  std::string number, channel, customer, stage, payment, fulfilment, sync, reason;
  std::int64_t pieces, total, paid;
  int minutes_ago;
  bool is_new;
};

inline core::OrderRow order_row(std::uint8_t n, const RowSpec& spec) {
  core::OrderRow row;
  row.id = {uuid_of(n)};
  row.row = n;
  row.number = spec.number;
  row.channel = spec.channel;
  row.customer = spec.customer;
  row.stage = spec.stage;
  row.payment = spec.payment;
  row.fulfilment = spec.fulfilment;
  row.sync = spec.sync;
  row.reason = spec.reason;
  row.pieces = spec.pieces;
  row.total = cents(spec.total);
  row.paid = cents(spec.paid);
  row.placed = noon - std::chrono::minutes(spec.minutes_ago);
  row.is_new = spec.is_new;
  return row;
}

// Rows of every kind: new, waiting, partly paid, refused, unclear, of another
// system's words, refunded, archived, of yesterday and of last year.
inline std::vector<core::OrderRow> order_rows() {
  const std::vector<RowSpec> specs{
      {"#1047", "online", "Henrike Vogt", "open", "authorized", "unfulfilled", "done", "", 7, 8640,
       0, 3, true},
      {"T1-000482", "till", "Marlene Brandt", "open", "paid", "fulfilled", "waiting", "", 7, 4783,
       4783, 1, false},
      {"T1-000479", "till", "Paul Ahrens", "open", "partially_paid", "unfulfilled", "done", "", 4,
       11250, 4000, 46, false},
      {"#1044", "online", "Café Sonntag", "open", "paid", "unfulfilled", "refused",
       "The house number is missing.", 12, 16420, 16420, 144, false},
      {"#1045", "online", "Jonas Petersen", "open", "paid", "unfulfilled", "done", "", 1, 2800,
       2800, 92, false},
      {"#1041", "marketplace", "Buchclub Nord", "open", "paid", "partially_fulfilled", "done", "",
       5, 9300, 9300, 280, false},
      {"T1-000478", "till", "", "open", "partially_refunded", "fulfilled", "done", "", 3, 1230, 830,
       292, false},
      {"T1-000477", "till", "", "open", "paid", "fulfilled", "unclear", "", 2, 990, 990, 1460,
       false},
      {"#1039", "online", "Theodora Wagner-Lichtenfels zu Hohenbuchau", "open", "expired",
       "request_declined", "done", "", 120, 123456789, 0, 3000, false},
      {"#1038", "online", "Ada Krüger", "archived", "refunded", "partly_packed", "done", "", 1,
       4500, 0, 600'000, false}};
  std::vector<core::OrderRow> rows;
  for (const RowSpec& spec : specs) {
    rows.push_back(order_row(static_cast<std::uint8_t>(rows.size() + 1), spec));
  }
  return rows;
}

inline void fill_orders(OrdersScene& box, std::int64_t total = 248) {
  box.found.orders.page = {{.limit = 128}, order_rows(), total};
  box.found.orders.counts = {248, 3, 2, 5, 1, 1, 12};
  box.devices.sync = {pos::ui::State::ok, "Everything is in sync", true};
}

// An order of the till that is partly paid, with its deposit receipt.
inline core::OrderDetail till_detail() {
  core::OrderDetail detail;
  core::Order& order = detail.order;
  order =
      order_of({item("Trüffelhonig 120 g", 1280, core::pieces(2)),
                item("Olivenöl nativ extra 0,5 l", 1290), item("Bergkäse 12 Monate", 2490, {252}),
                item("Riesling trocken Mosel 0,75 l", 890, core::pieces(2), 1900)});
  order.lines[0].sku = "TRH-120";
  order.lines[1].sku = "OEL-050";
  order.lines[3].sku = "WEI-017";
  order.lines[2].unit = core::Unit::kilogram;
  order.lines[1].discount = core::Discount{core::DiscountKind::percent, 1000, "Regular customer"};
  order.number = "T1-000479";
  order.id = {uuid_of(3)};
  order.channel = "till";
  order.stage = core::Stage::open;
  order.version = 1;
  order.placed = noon - std::chrono::minutes(46);
  order.customer = {"Paul Ahrens", "ahrens@example.de", ""};
  order.note = "Picks it up on Saturday.";
  order.payments = {cash(2000, 2000), card(1500)};
  for (core::Payment& payment : order.payments) payment.at = order.placed;
  order.timeline = {{order.placed, "order placed", order.number, "Jana Wolf"},
                    {order.placed, "part payment received", "35.00", "Jana Wolf"},
                    {order.placed, "receipt mailed", "ahrens@example.de", "Jana Wolf"},
                    {noon, "packed by robot", "shelf 7", "warehouse"}};
  detail.totals = core::price(order);
  detail.payment = "partially_paid";
  detail.fulfilment = "unfulfilled";
  detail.sync = "done";
  core::Receipt receipt = receipt_of(order, order.payments);
  receipt.row = 7;
  receipt.code = "T1-R000479";
  detail.receipts = {receipt};
  detail.foreseen = order;
  return detail;
}

// A new order of the online shop.
inline core::OrderDetail online_detail() {
  core::OrderDetail detail = till_detail();
  core::Order& order = detail.order;
  order.id = {uuid_of(1)};
  order.number = "#1047";
  order.channel = "online";
  order.is_new = true;
  order.note.clear();
  order.customer = {"Henrike Vogt", "h.vogt@example.de", ""};
  order.extras = {{"Versand, Paket", cents(490), {1900}}};
  order.placed = noon - std::chrono::minutes(3);
  order.lines[1].discount.reset();
  detail.totals = core::price(order);
  order.payments = {card(detail.totals.total.minor)};
  order.payments[0].kind = core::TransactionKind::authorization;
  order.timeline = {{order.placed, "order received", "online", "till"},
                    {order.placed, "payment authorised", "86.40", "shop"}};
  detail.payment = "authorized";
  detail.receipts.clear();
  detail.foreseen = order;
  return detail;
}

// Slips that wait, rows that were refused, are unclear, wait, are done.
inline void fill_outbox(OrdersScene& box) {
  const auto row = [&](std::int64_t n, core::OutboxState state, std::string reason) {
    core::OutboxRow one;
    one.row = n;
    one.order = {uuid_of(static_cast<std::uint8_t>(n))};
    one.order_number = "T1-00048" + std::to_string(n);
    one.version = 1;
    one.state = state;
    one.reason = std::move(reason);
    one.created = noon - std::chrono::minutes(n);
    one.not_before = one.created;
    return one;
  };
  auto& rows = box.found.outbox.rows;
  using enum core::OutboxState;
  rows = {row(1, refused, "The house number is missing."),
          row(2, unclear, ""),
          row(3, waiting, "The network is gone"),
          row(4, waiting, ""),
          row(5, sending, ""),
          row(6, done, "")};
  rows[0].attempts = 1;
  rows[2].attempts = 3;
  rows[2].not_before = box.instant + std::chrono::minutes(4);
  rows[3].kind = core::OutboxKind::mail_receipt;
  rows[3].recipient = "theodora.wagner-lichtenfels@feinkost-hohenbuchau.example";
  rows[4].version = 2;
  box.found.outbox.counts = {3, 2, 1};
  core::PrintJob job;
  job.row = 11;
  job.receipt_row = 7;
  job.created = noon;
  job.state = core::PrintState::refused;
  job.reason = "The printer's cutter is stuck.";
  box.found.prints.rows.push_back({job, till_detail().receipts[0]});
  job.row = 12;
  job.state = core::PrintState::unsure;
  job.reason = "The printer's cable came off.";
  box.found.prints.rows.push_back({job, till_detail().receipts[0]});
  job.row = 13;
  job.state = core::PrintState::waiting;
  job.reason = "The printer is out of paper.";
  box.found.prints.rows.push_back({job, till_detail().receipts[0]});
}

}  // namespace tests
