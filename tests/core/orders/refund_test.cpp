#include "core/orders/refund.h"

#include <doctest/doctest.h>

#include "core/orders/account.h"
#include "core/orders/pricing.h"
#include "core/orders/receive.h"
#include "core/store/aside_store.h"
#include "core/store/journal.h"
#include "core/store/order_store.h"
#include "tests/support/receipts.h"
#include "tests/support/till_driver.h"

namespace refund_tests {

using namespace core;
using tests::TillDriver;

namespace {

constexpr const char* barcode = "4000002000012";

Money cents(std::int64_t minor) {
  return {minor, eur};
}

// A till that hands out no coin below `step`, and has sold one thing for cash.
struct CashSale {
  TillDriver till;
  OrderId id;

  CashSale(std::int64_t price, std::int64_t step) {
    till.must(ChangeSetting{"tax.cash_step", std::to_string(step)});
    till.add_product("Alpkäse", price, "reduced", barcode);
    till.scan(barcode);
    till.must(TakeCash{cents(100'000)});
    id = till.now().done->order;
  }
  Order order() { return *find_order(till.database(), id); }
  void refund(Tender tender, RefundWish wish) {
    till.must(RefundOrder{id, wish.lines, "exchange", tender, {}, wish.amount, wish.with_extras});
  }
};

// Two jars and their parcel, paid at the platform.
Order shipped_order() {
  Order order;
  order.version = 1;
  order.stage = Stage::open;
  order.channel = "online";
  order.currency = eur;
  LineItem line;
  line.id = {tests::uuid_of(1)};
  line.title = "Feigensenf";
  line.unit_price = cents(495);
  line.quantity = pieces(2);
  line.tax_rate = {700};
  order.lines.push_back(line);
  order.extras.push_back({"Versand", cents(490), {700}});
  Payment paid;
  paid.id = {tests::uuid_of(2)};
  paid.tender = Tender::other;
  paid.amount = paid.given = cents(1480);
  order.payments.push_back(paid);
  return order;
}

}  // namespace

TEST_CASE("refund: what was rounded in cash goes back in coins, and the order is refunded") {
  struct Case {
    std::int64_t price, step, paid;
  };
  for (const Case& c : {Case{1232, 5, 1230}, Case{1233, 5, 1235}, Case{198, 5, 200},
                        Case{1249, 100, 1200}, Case{1230, 5, 1230}, Case{1232, 0, 1232}}) {
    CAPTURE(c.price);
    CashSale sale(c.price, c.step);
    REQUIRE(paid_sum(sale.order()) == cents(c.paid));
    sale.refund(Tender::cash, all_of(sale.order(), true));
    const Order order = sale.order();
    CHECK(order.payments.back().amount == cents(c.paid));
    CHECK(order.refunds.back().worth() == cents(c.price));
    CHECK(payment_status(order, price(order).total) == PaymentStatus::refunded);
    CHECK(still_owed(order, price(order).total).is_zero());
    CHECK(refundable_sum(order).is_zero());
    CHECK(std::holds_alternative<JournalSound>(verify_journal(sale.till.database())));
    const auto again =
        sale.till.refused(RefundOrder{sale.id, {}, "again", Tender::cash, {}, {}, true});
    CHECK(again.text == "Everything has been given back already.");
  }
}

TEST_CASE("refund: parts in cash are coins each, and together what was paid") {
  TillDriver till;
  till.must(ChangeSetting{"tax.cash_step", "5"});
  till.add_product("Alpkäse", 333, "reduced", barcode);
  for (int i = 0; i < 3; ++i) till.scan(barcode);
  till.must(TakeCash{cents(10'000)});
  const OrderId id = till.now().done->order;
  const LineId line = find_order(till.database(), id)->lines[0].id;
  Money sum = cents(0);
  for (int i = 0; i < 3; ++i) {
    till.must(RefundOrder{id, {{line, pieces(1), {}, false}}, "exchange", Tender::cash});
    const Money given = find_order(till.database(), id)->refunds.back().amount;
    CHECK(given.minor % 5 == 0);
    sum += given;
  }
  CHECK(sum == cents(1000));
  const Order order = *find_order(till.database(), id);
  CHECK(payment_status(order, price(order).total) == PaymentStatus::refunded);
}

TEST_CASE("refund: cash for what was partly paid otherwise is coins, never more than was paid") {
  TillDriver till;
  till.must(ChangeSetting{"tax.cash_step", "5"});
  till.add_product("Alpkäse", 2793, "reduced", barcode);
  till.scan(barcode);
  till.must(TakeOther{Tender::other, cents(2001), "TWINT"});
  till.must(TakeCash{cents(10'000)});
  const OrderId id = till.now().done->order;
  Order order = *find_order(till.database(), id);
  const Money paid = paid_sum(order);
  RefundWish all = all_of(order, false);
  till.must(RefundOrder{id, all.lines, "exchange", Tender::cash, {}, {}, true});
  order = *find_order(till.database(), id);
  CHECK(order.refunds.back().amount.minor % 5 == 0);
  CHECK(order.refunds.back().amount <= paid);
  CHECK(payment_status(order, price(order).total) == PaymentStatus::refunded);
}

TEST_CASE("refund: all of an order takes its shipping along, some lines leave it") {
  Order order = shipped_order();
  CHECK(plan_refund(order, all_of(order, false))->amount == cents(1480));
  const RefundedLine both{order.lines[0].id, pieces(2), {}, false};
  CHECK(plan_refund(order, {{both}})->amount == cents(990));
  CHECK(plan_refund(order, {{both}, true})->amount == cents(1480));
  CHECK(refundable_extras(order) == cents(490));
  // Of which a part has gone back already.
  Refund refund;
  refund.id = {tests::uuid_of(3)};
  refund.amount = cents(500);
  refund.reason = "goodwill";
  Payment back = order.payments[0];
  back.id = {tests::uuid_of(4)};
  back.kind = TransactionKind::refund;
  back.amount = cents(500);
  order.payments.push_back(back);
  order.refunds.push_back(refund);
  CHECK(plan_refund(order, all_of(order, false))->amount == cents(980));
}

TEST_CASE("refund: what is owed is never what was given back") {
  Order order = shipped_order();
  const Money total = price(order).total;
  CHECK(still_owed(order, total).is_zero());
  Payment back = order.payments[0];
  back.id = {tests::uuid_of(4)};
  back.kind = TransactionKind::refund;
  order.payments.push_back(back);
  CHECK(paid_sum(order).is_zero());
  CHECK(still_owed(order, total).is_zero());
  order.payments.pop_back();
  order.payments[0].amount = cents(480);
  CHECK(still_owed(order, total) == cents(1000));
  order.stage = Stage::cancelled;
  CHECK(still_owed(order, total).is_zero());
}

TEST_CASE("refund: what an edit at the platform leaves unpaid is owed") {
  Order order = shipped_order();
  const Money total = price(order).total;
  Payment authorized = order.payments[0];
  authorized.kind = TransactionKind::authorization;
  Payment released = authorized;
  released.id = {tests::uuid_of(4)};
  released.kind = TransactionKind::void_;
  released.original = authorized.id;
  order.payments = {authorized, released};
  CHECK(payment_status(order, total) == PaymentStatus::voided);
  CHECK(still_owed(order, total) == total);
  order.upstream_payment = "voided";
  CHECK(still_owed(order, total).is_zero());
}

namespace {

Order arriving() {
  Order order = shipped_order();
  order.id = {tests::uuid_of(9)};
  order.number = "1001";
  order.delivery = Delivery::counter;
  order.placed = order.created = Instant{std::chrono::hours{24 * 365 * 56}};
  return order;
}

// Given back without goods, by a refund that says so and by its payment, if it tells one.
void give_back(Order& order, std::uint8_t n, std::int64_t minor, bool tells_payment = true) {
  Refund refund;
  refund.id = {tests::uuid_of(n)};
  refund.amount = cents(minor);
  refund.version = order.version;
  if (tells_payment) {
    Payment back = order.payments[0];
    back.id = {tests::uuid_of(static_cast<std::uint8_t>(n + 100))};
    back.kind = TransactionKind::refund;
    back.amount = back.given = cents(minor);
    order.payments.push_back(back);
  }
  order.refunds.push_back(refund);
}

OrderRow listed(TillDriver& till) {
  return order_page(till.database(), {.text = "1001"}).rows.at(0);
}

}  // namespace

TEST_CASE("refund: an order that was refunded twice is listed with nothing, never with less") {
  Order order = arriving();
  give_back(order, 11, 1480);
  CHECK(cost_now(order, price(order).total).is_zero());
  give_back(order, 12, 1480);
  CHECK(cost_now(order, price(order).total).is_zero());
  CHECK(account_of(order).now().is_zero());
  TillDriver till;
  till.must(ReceiveOrder{order});
  CHECK(listed(till).total.is_zero());
}

TEST_CASE("refund: a total that an older program listed below nothing is no break of the journal") {
  Order order = arriving();
  order.credited = cents(2000);
  TillDriver till;
  till.must(ReceiveOrder{order});
  till.must(RefundOrder{order.id, {}, "exchange", Tender::cash, {}, cents(1480)});
  const auto is_sound = [&] {
    return std::holds_alternative<JournalSound>(verify_journal(till.database()));
  };
  CHECK(listed(till).total.is_zero());
  CHECK(is_sound());
  till.database().execute("UPDATE orders SET total = -2000 WHERE number = '1001'");
  CHECK(is_sound());
  till.database().execute("UPDATE orders SET total = -1999 WHERE number = '1001'");
  CHECK_FALSE(is_sound());
}

TEST_CASE("refund: an order of which more was given back than was paid is taken for a person") {
  for (const char* kind : {"folder", "medusa", "shopify"}) {
    CAPTURE(kind);
    Order twice = arriving();
    twice.upstream_id = "order_1";
    give_back(twice, 11, 1480);
    TillDriver till;
    till.must(ChangeSetting{"upstream.kind", kind});
    till.must(ReceiveOrder{twice});
    CHECK(listed(till).attention.empty());
    give_back(twice, 12, 1000);
    twice.version = 2;
    till.must(ReceiveOrder{twice});
    CHECK(listed(till).attention == "24.80 were given back, and only 14.80 were paid.");
    const Order taken = *find_order(till.database(), twice.id);
    CHECK(taken.refunds.size() == 2);
    CHECK(refunded_sum(taken) == cents(2480));
  }
}

TEST_CASE("refund: too much was given back by what is told of it, and a failed one is none") {
  // One that tells none of its payments cannot have had more than it costs.
  Order silent = arriving();
  silent.payments.clear();
  give_back(silent, 11, 1480, false);
  CHECK(given_back_beyond(silent).empty());
  give_back(silent, 12, 1, false);
  CHECK(given_back_beyond(silent) == "14.81 were given back, and the order costs 14.80.");
  // A refund that failed there and was made again is one.
  Order again = arriving();
  give_back(again, 11, 1480);
  give_back(again, 12, 1480);
  for (std::size_t i = 0; i < 2; ++i) again.refunds[i].payments = {again.payments[i + 1].id};
  again.payments[1].state = TransactionState::failure;
  CHECK(given_back_beyond(again).empty());
}

TEST_CASE("refund: what was given back here and by the platform as well is for a person") {
  TillDriver till;
  Order order = arriving();
  till.must(ReceiveOrder{order});
  till.must(RefundOrder{order.id, {}, "exchange", Tender::cash, {}, cents(1480)});
  give_back(order, 11, 1480);
  order.version = 9;
  till.must(ReceiveOrder{order});
  CHECK(listed(till).attention == "29.60 were given back, and only 14.80 were paid.");
}

TEST_CASE("refund: what the timeline keeps of one is read back as it was") {
  const RefundNote note{cents(990), Tender::cash, "Jule|Harms", "Lena", "damaged: lid | label"};
  const auto read = refund_note_from(to_text(note), eur);
  REQUIRE(read);
  CHECK(read->amount == note.amount);
  CHECK(read->recipient == "Jule/Harms");
  CHECK(read->approver == "Lena");
  CHECK(read->reason == note.reason);
  CHECK_FALSE(refund_note_from("damaged", eur));
  CHECK_FALSE(refund_note_from("9.90", eur));
}

TEST_CASE("refund: the till tells what it paid out last, and the timeline who got it") {
  CashSale sale(1232, 5);
  sale.refund(Tender::cash, all_of(sale.order(), false));
  const auto told = sale.till.now().refunded;
  REQUIRE(told);
  CHECK(told->order == sale.id);
  CHECK(told->note.amount == cents(1230));
  CHECK(told->note.tender == Tender::cash);
  const auto note = refund_note_from(sale.order().timeline.back().detail, eur);
  REQUIRE(note);
  CHECK(note->amount == cents(1230));
  CHECK(note->reason == "exchange");
}

TEST_CASE("put aside: what could not be taken is counted by name until it is gone") {
  TillDriver till;
  const NotePutAside two{
      "folder", {{"a.json", "Field \"number\" is missing"}, {"b.json", "x"}}, true};
  till.must(two);
  CHECK(till.now().counts.put_aside == 2);
  const auto revision = till.till().revision();
  till.must(two);
  CHECK(till.till().revision() == revision);  // what has not changed is not written
  till.must(TryAsideAgain{"folder", "a.json"});
  CHECK(put_aside(till.database())[0].is_wanted != put_aside(till.database())[1].is_wanted);
  till.must(NotePutAside{"folder", {{"b.json", "x"}}, true});
  CHECK(till.now().counts.put_aside == 1);
  CHECK(till.now().counts.aside_name == "b.json");
  // What a platform puts aside adds to the rest, and goes when it was read again.
  till.must(NotePutAside{"shopify", {{"#9", "no", till.clock.now()}}});
  CHECK(till.now().counts.put_aside == 2);
  till.must(TryAsideAgain{"shopify", "#9"});
  till.must(NotePutAside{"shopify", {}, false, true});
  CHECK(till.now().counts.put_aside == 1);
}

TEST_CASE("settings: a time zone that nobody knows is refused, and the old one stays") {
  TillDriver till;
  const auto no = till.refused(ChangeSetting{"shop.time_zone", "Europe/Zurih"});
  CHECK(no.detail.find("Europe/Zurih") != std::string::npos);
  till.refused(ChangeSetting{"shop.time_zone", ""});
  CHECK(till.now().settings.shop.time_zone == "Europe/Berlin");
  till.must(ChangeSetting{"shop.time_zone", "Europe/Zurich"});
  till.must(ChangeSetting{"shop.time_zone", "UTC"});
}

TEST_CASE("terminal slips: one that waits counts like a receipt, and a person ends it") {
  TillDriver till;
  const auto before = till.now().counts.prints_waiting;
  till.must(QueueTerminalSlip{{0, {}, SlipCopy::merchant, true, {{"BELEG", true, false, true}}}});
  CHECK(till.now().counts.prints_waiting == before + 1);
  till.must(TerminalSlipAnswered{1, PrintFate::unsure, "The cable was pulled."});
  CHECK(till.now().counts.prints_waiting == before + 1);
  CHECK(till.now().counts.print_trouble == "The cable was pulled.");
  till.must(RetryTerminalSlip{1});
  till.must(TerminalSlipAnswered{1, PrintFate::sent, ""});
  CHECK(till.now().counts.prints_waiting == before);
  till.must(QueueTerminalSlip{{0, {}, SlipCopy::customer, false, {}}});
  till.must(DropTerminalSlip{2});
  CHECK(till.now().counts.prints_waiting == before);
}

}  // namespace refund_tests
