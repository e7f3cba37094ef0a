// The card terminal's own day beside the till's: what differs is told payment by payment.
#include "core/store/outbox_store.h"
#include "core/store/terminal_day_store.h"
#include "tests/scenarios/shop_day.h"

using core::CardBooking;
using core::Mismatch;
using core::Tender;
using tests::ShopDay;

namespace {

// The terminal lists these amounts, and says their sum.
core::TerminalDay lists(ShopDay& shop, const std::vector<std::string>& amounts) {
  core::TerminalDay day{.is_closed = true, .total = shop.money("0"), .bookings = {{}}};
  for (const std::string& amount : amounts) {
    day.bookings->push_back({shop.money(amount), "", "Visa", ""});
    *day.total += shop.money(amount);
  }
  return day;
}

core::TerminalComparison compared(ShopDay& shop) {
  const auto latest = core::shifts(shop.till.database(), 1);
  REQUIRE(latest.size() == 1);
  const auto comparison = core::terminal_day_of(shop.till.database(), latest.front().row);
  REQUIRE(comparison);
  return *comparison;
}

std::string z_text(ShopDay& shop) {
  const auto rows = core::receipt_rows(shop.till.database(), 0, 1);
  const auto receipt = core::load_receipt(shop.till.database(), rows.front().row);
  REQUIRE(receipt->kind == core::ReceiptKind::z_report);
  return core::day_text(shop.till.database(), *receipt);
}

}  // namespace

TEST_CASE(
    "S16: the terminal has 97 where the till has 100, -3.00 stands beside card, and Z closes") {
  ShopDay shop;
  shop.open("50.00");
  shop.sell_by(Tender::card, "60.00");
  shop.sell_by(Tender::card, "40.00");
  shop.sell_cash("10.00");
  shop.till.must(core::TerminalDayEnded{lists(shop, {"60.00", "37.00"})});
  const auto z = shop.close("60.00");
  CHECK(shop.tender(z, Tender::card) == "100.00");
  CHECK(shop.closing_difference(z) == "0.00");
  const auto comparison = compared(shop);
  CHECK(shop.text(comparison.ours) == "100.00");
  CHECK(shop.text(comparison.theirs) == "97.00");
  CHECK(shop.text(comparison.difference()) == "-3.00");
  REQUIRE(comparison.differences.size() == 2);  // both ways
  CHECK(comparison.differences[0].kind == Mismatch::only_till);
  CHECK(shop.text(comparison.differences[0].difference()) == "-40.00");
  CHECK(comparison.differences[1].kind == Mismatch::only_terminal);
  CHECK(shop.text(comparison.differences[1].difference()) == "37.00");
  CHECK(shop.text(comparison.unexplained()) == "0.00");
  CHECK(z_text(shop).find("terminal here 10000 there 9700") != std::string::npos);
  shop.check_books();
}

TEST_CASE("S16: the same payment with another amount is one difference") {
  ShopDay shop;
  shop.open("0.00");
  const std::vector<CardBooking> ours{{shop.money("40.00"), "trace=2", "Visa", "T1-000002"}};
  const core::TerminalDay day{.is_closed = true,
                              .bookings = {{{shop.money("42.00"), "trace=2", "Visa", ""}}}};
  const auto comparison = core::compare(day, ours, {}, core::eur);
  REQUIRE(comparison.differences.size() == 1);
  CHECK(comparison.differences[0].kind == Mismatch::other_amount);
  CHECK(comparison.differences[0].order == "T1-000002");
  CHECK(shop.text(comparison.difference()) == "2.00");
  CHECK(shop.text(comparison.unexplained()) == "0.00");
}

TEST_CASE("S16: a terminal that says only its sum leaves what no payment explains") {
  ShopDay shop;
  shop.open("0.00");
  shop.sell_by(Tender::card, "12.50");
  shop.till.must(core::TerminalDayEnded{{.is_closed = true, .total = shop.money("20.00")}});
  const auto comparison = compared(shop);
  CHECK(shop.text(comparison.difference()) == "7.50");
}

TEST_CASE("S16: where both agree nothing is listed, and money back counts against") {
  ShopDay shop;
  shop.open("100.00");
  shop.sell_by(Tender::card, "30.00");
  shop.sell_by(Tender::card, "30.00");
  shop.till.must(core::TerminalDayEnded{lists(shop, {"30.00", "30.00"})});
  CHECK(compared(shop).differences.empty());
  CHECK(compared(shop).difference().is_zero());
  shop.close("100.00");
  shop.check_books();
}

TEST_CASE("S16: a terminal that is not reached leaves the comparison open, and Z closes") {
  ShopDay shop;
  shop.open("10.00");
  shop.sell_by(Tender::card, "8.00");
  shop.till.must(core::EndTerminalDay{});
  shop.till.must(core::TerminalDayEnded{{.says = "The card terminal cannot be reached."}});
  shop.close("10.00");
  CHECK(compared(shop).is_open);
  CHECK(z_text(shop).find("terminal not compared") != std::string::npos);
  shop.open("10.00");
  shop.sell_by(Tender::card, "5.00");
  // Its next day has both: it is compared with all that was booked since the last one.
  shop.till.must(core::TerminalDayEnded{lists(shop, {"8.00", "5.00"})});
  shop.close("10.00");
  CHECK(compared(shop).difference().is_zero());
  CHECK(shop.text(compared(shop).ours) == "13.00");
  shop.check_books();
}

TEST_CASE("S16: a terminal without a day is compared by what it said of each payment") {
  ShopDay shop;
  shop.open("0.00");
  const auto card = [&](const std::string& amount, const std::string& booked) {
    shop.put_in_cart(amount);
    const auto effects = shop.till.must(core::StartCard{shop.money(amount)});
    const auto* asked = tests::find_effect<core::AuthorizeCard>(effects);
    REQUIRE(asked);
    core::CardResult result{core::CardPhase::approved, shop.money(booked), "ok", "Visa"};
    result.ticket = "tender=" + amount;
    result.tip = shop.money(booked) - shop.money(amount);
    shop.till.must(core::CardAnswered{asked->attempt.id, result});
  };
  card("60.00", "60.00");
  card("38.00", "40.00");  // two of it a tip
  shop.till.must(core::TerminalDayEnded{{.is_closed = true, .says = "It closes no day."}});
  const auto z = shop.close("0.00");
  CHECK(compared(shop).differences.empty());
  CHECK(shop.text(compared(shop).ours) == "100.00");
  CHECK(shop.text(compared(shop).theirs) == "100.00");
  CHECK(compared(shop).says == "It closes no day.");
  shop.check_books();
}

TEST_CASE("S16: a Z report without a terminal's day says what it always said") {
  ShopDay shop;
  shop.open("10.00");
  shop.sell_cash("5.00");
  shop.close("15.00");
  CHECK(z_text(shop).find("terminal") == std::string::npos);
}

TEST_CASE("S16: a day end waits for a card payment that is not settled") {
  ShopDay shop;
  shop.open("10.00");
  shop.put_in_cart("5.00");
  shop.till.must(core::StartCard{shop.money("5.00")});
  shop.till.refused(core::EndTerminalDay{});
}

TEST_CASE(
    "count: the journal has one entry for each change of the count, however often it was tapped") {
  ShopDay shop;
  shop.open("100.00");
  for (const char* tapped : {"50.00", "70.00", "90.00", "99.00"}) {
    core::CountDrawer count{shop.money(tapped)};
    count.is_settled = false;
    shop.till.must(count);
  }
  core::JournalSearch counted;
  counted.kind = "drawer counted";
  CHECK(core::find_entries(shop.till.database(), counted).empty());
  shop.till.must(core::CloseShift{shop.money("0"), "one is missing"});
  const auto entries = core::find_entries(shop.till.database(), counted);
  REQUIRE(entries.size() == 1);
  CHECK(entries.front().content == "99.00");
}

TEST_CASE("count: both counts stay on record where it was counted twice") {
  ShopDay shop;
  shop.open("100.00");
  shop.count("90.00");
  shop.count("90.00");
  shop.count("100.00");
  shop.till.must(core::CloseShift{shop.money("0"), ""});
  core::JournalSearch counted;
  counted.kind = "drawer counted";
  const auto entries = core::find_entries(shop.till.database(), counted);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].content == "100.00");
  CHECK(entries[1].content == "90.00");
}

TEST_CASE("Z report: it is mailed to the owner, once to each address, and blocks nothing") {
  ShopDay shop;
  shop.till.must(core::ChangeSetting{"mails.z_report", "owner@example.de, tax@example.de"});
  shop.open("10.00");
  shop.close("10.00");
  auto rows = core::outbox_page(shop.till.database(), 0, 10);
  REQUIRE(rows.size() == 2);
  for (const core::OutboxRow& row : rows) {
    CHECK(row.kind == core::OutboxKind::mail_z_report);
    CHECK(row.order_row == 0);
    CHECK(row.receipt_row > 0);
  }
  CHECK(shop.till.now().counts.outbox_waiting == 2);
  shop.till.must(core::OutboxAnswered{{{rows.front().row, core::OutboxFate::done, "", {}, {}}}});
  CHECK(shop.till.now().counts.outbox_waiting == 1);
  shop.till.must(core::ChangeSetting{"mail.kind", "none"});
  shop.open("10.00");
  shop.close("10.00");
  CHECK(core::outbox_page(shop.till.database(), 0, 10).size() == 2);
}

TEST_CASE("tip: what is said at the till is asked of the terminal, and is no turnover") {
  for (const auto& [price, tip] : {std::pair("38.00", "2.00"), std::pair("7.45", "0.55")}) {
    ShopDay shop;
    shop.open("100.00");
    shop.put_in_cart(price);
    const auto effects = shop.till.must(core::StartCard{shop.money(price), shop.money(tip)});
    const auto* asked = tests::find_effect<core::AuthorizeCard>(effects);
    REQUIRE(asked);
    CHECK(asked->attempt.amount == shop.money(price) + shop.money(tip));
    shop.till.reopen();  // a power cut: what was asked for is on disk
    shop.till.must(core::CardAnswered{
        asked->attempt.id, {core::CardPhase::approved, asked->attempt.amount, "ok", "Visa"}});
    const auto x = shop.x();
    CHECK(shop.text(x.report.turnover()) == price);
    CHECK(shop.text(x.report.tips) == tip);
    shop.check_books();
  }
}
