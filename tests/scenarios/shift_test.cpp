// The shift and the drawer: what others got wrong, with the right numbers. The names
// are those of the list of scenarios.
#include "core/store/answers.h"
#include "tests/scenarios/shop_day.h"

using core::Tender;
using tests::ShopDay;

TEST_CASE("S1: an opening that is short is short once") {
  ShopDay shop;
  shop.open("100.00");
  shop.close("100.00");
  shop.open("50.00");
  shop.sell_cash("10.00");
  const auto z = shop.close("60.00");
  CHECK(shop.opening_difference(z) == "-50.00");
  CHECK(shop.expected(z) == "60.00");
  CHECK(shop.closing_difference(z) == "0.00");
  shop.check_books();
}

TEST_CASE("S2: an opening that is over is no loss") {
  ShopDay shop;
  shop.open("50.00");
  shop.close("50.00");
  shop.open("100.00");
  const auto z = shop.close("100.00");
  CHECK(shop.opening_difference(z) == "50.00");
  CHECK(shop.expected(z) == "100.00");
  CHECK(shop.closing_difference(z) == "0.00");
}

TEST_CASE("S3: what is left in the drawer is the next shift's, what is dropped is not") {
  ShopDay shop;
  shop.open("100.00");
  shop.sell_cash("70.00");
  shop.close("170.00");
  shop.open("100.00");
  const auto second = shop.close("100.00");
  CHECK(shop.opening_difference(second) == "-70.00");
  CHECK(shop.expected(second) == "100.00");
  CHECK(shop.closing_difference(second) == "0.00");

  ShopDay other;
  other.open("100.00");
  other.sell_cash("70.00");
  const auto first = other.close("170.00", "70.00");
  CHECK(other.text(first.shift.left()) == "100.00");
  other.open("100.00");
  CHECK(other.opening_difference(other.x()) == "0.00");
  other.check_books();
}

TEST_CASE("S4: change is no takings") {
  ShopDay shop;
  shop.open("500.00");
  shop.put_in_cart("749.00");
  shop.till.must(core::TakeCash{shop.money("1000.00")});
  CHECK(shop.text(shop.till.now().done->change) == "251.00");
  CHECK(shop.expected(shop.x()) == "1249.00");
  CHECK(shop.tender(shop.x(), Tender::cash) == "749.00");
}

TEST_CASE("S5: change comes off the cash, never off the card") {
  ShopDay shop;
  shop.open("100.00");
  shop.put_in_cart("97.00");
  shop.pay_by(Tender::card, "50.00");
  shop.till.must(core::TakeCash{shop.money("50.00")});
  CHECK(shop.text(shop.till.now().done->change) == "3.00");
  CHECK(shop.tender(shop.x(), Tender::card) == "50.00");
  CHECK(shop.tender(shop.x(), Tender::cash) == "47.00");
}

TEST_CASE("S6: only cash lies in the drawer") {
  ShopDay shop;
  shop.open("100.00");
  const auto order = shop.sell_cash("30.00");
  shop.sell_by(Tender::card, "45.00");
  shop.sell_by(Tender::other, "12.00");
  shop.give_back_cash(order, "7.50");
  CHECK(shop.expected(shop.x()) == "122.50");
  shop.check_books();
}

TEST_CASE("S7: a card sale that is given back in cash") {
  ShopDay shop;
  shop.open("80.00");
  const auto order = shop.sell_by(Tender::card, "50.00");
  shop.give_back_cash(order);
  CHECK(shop.tender(shop.x(), Tender::card) == "50.00");
  CHECK(shop.tender(shop.x(), Tender::cash) == "-50.00");
  CHECK(shop.expected(shop.x()) == "30.00");
}

TEST_CASE("S8: cash moves without a sale") {
  ShopDay shop;
  shop.open("80.00");
  shop.paid_in("20.00", "change");
  shop.paid_out("12.50", "stamps");
  const auto x = shop.x();
  CHECK(shop.expected(x) == "87.50");
  CHECK(x.report.moves.size() == 3);  // with the float
  CHECK(x.report.sales == 0);
}

TEST_CASE("S9: out and in again are two moves, and the count is what is kept") {
  ShopDay shop;
  shop.open("100.00");
  shop.sell_cash("391.00");
  shop.paid_out("480.00", "to the bank, closed");
  shop.paid_in("480.00", "back from the bank");
  CHECK(shop.expected(shop.x()) == "491.00");
  CHECK(shop.text(shop.x().report.paid_in()) == "480.00");
  CHECK(shop.text(shop.x().report.paid_out()) == "480.00");
  const auto z = shop.close("490.00");
  CHECK(shop.closing_difference(z) == "-1.00");
  CHECK(shop.text(z.shift.left()) == "490.00");
}

TEST_CASE("S10: two shifts of a day do not run into each other") {
  ShopDay shop;
  shop.open("200.00");
  shop.sell_cash("350.00");
  shop.paid_out("50.00", "window cleaner");
  const auto first = shop.close("500.00", "300.00");
  shop.open("200.00");
  shop.sell_cash("120.00");
  shop.paid_out("20.00", "flowers");
  CHECK(shop.expected(shop.x()) == "300.00");
  const auto second = shop.close("300.00");
  CHECK(first.shift.z_number == 1);
  CHECK(second.shift.z_number == 2);
  CHECK(shop.text(first.report.cash_sales() + second.report.cash_sales()) == "470.00");
  CHECK(shop.text(first.report.paid_out() + second.report.paid_out()) == "70.00");
  CHECK(shop.text(first.shift.dropped + second.shift.dropped) == "300.00");
  shop.check_books();
}

TEST_CASE("S11: a large difference closes, and is on record") {
  ShopDay shop;
  shop.open("180.00");
  const auto z = shop.close("100.00");
  CHECK(shop.closing_difference(z) == "-80.00");
  CHECK(z.shift.state == core::ShiftState::closed);
  const auto moves = z.report.moves;
  CHECK(moves.back().movement.kind == core::CashMoveKind::difference);
  CHECK(shop.text(moves.back().movement.amount) == "-80.00");
  CHECK(shop.text(z.report.paid_out()) == "0.00");
}

TEST_CASE("S12: a count survives that the till is killed, and is never made the expected sum") {
  ShopDay shop;
  shop.open("250.00");
  shop.count("248.50");
  shop.till.reopen();
  const auto shift = shop.till.now().shift;
  REQUIRE(shift);
  CHECK(shift->state == core::ShiftState::closing);
  REQUIRE(shift->counted);
  CHECK(shop.text(*shift->counted) == "248.50");
  shop.till.must(core::CloseShift{shop.money("0"), ""});
  CHECK(shop.closing_difference(shop.z()) == "-1.50");
}

TEST_CASE("S13: zero is a count") {
  ShopDay shop;
  shop.open("40.00");
  shop.till.refused(core::CloseShift{shop.money("0"), ""});
  const auto z = shop.close("0.00");
  CHECK(shop.closing_difference(z) == "-40.00");
  CHECK(shop.text(z.shift.left()) == "0.00");
}

TEST_CASE("S14: two tills count for themselves") {
  ShopDay a, b;
  a.open("2000.00");
  b.open("2000.00");
  a.sell_cash("300.00");
  a.close("2300.00");
  b.sell_cash("100.00");
  CHECK(b.expected(b.x()) == "2100.00");
}

TEST_CASE("S17: cash rounding is its own sum") {
  ShopDay shop(core::chf, 5);
  shop.open("100.00");
  shop.sell_cash("9.98");
  shop.sell_cash("4.99");
  const auto x = shop.x();
  CHECK(shop.text(x.report.turnover()) == "14.97");
  CHECK(shop.text(x.report.rounding) == "0.03");
  CHECK(shop.tender(x, Tender::cash) == "15.00");
  shop.check_books();
}

TEST_CASE("S18: a rounded sale is given back as it was paid") {
  ShopDay shop(core::chf, 5);
  shop.open("100.00");
  const auto order = shop.sell_cash("1.98");
  CHECK(shop.tender(shop.x(), Tender::cash) == "2.00");
  shop.give_back_cash(order);
  CHECK(shop.tender(shop.x(), Tender::cash) == "0.00");
  CHECK(shop.text(shop.x().report.rounding) == "0.00");
  shop.check_books();
}

TEST_CASE("S19: the rounding of a split sale lies on its cash") {
  ShopDay shop(core::chf, 5);
  shop.open("100.00");
  shop.put_in_cart("27.93");
  shop.pay_by(Tender::card, "20.00");
  shop.pay_cash();
  CHECK(shop.tender(shop.x(), Tender::cash) == "7.95");
  CHECK(shop.text(shop.x().report.rounding) == "0.02");
  shop.check_books();
}

TEST_CASE("S20: past midnight it is still the same shift") {
  ShopDay shop;
  shop.till.clock.set(core::Instant{std::chrono::milliseconds{1'795'301'400'000}});  // 23:50
  shop.open("100.00");
  shop.sell_cash("40.00");
  shop.till.clock.advance(std::chrono::minutes{30});
  shop.sell_cash("25.00");
  const auto z = shop.close("165.00");
  CHECK(shop.text(z.report.turnover()) == "65.00");
  CHECK(z.shift.z_number == 1);
}

TEST_CASE("S21, S23: the receipt says who was paid, the Z report who opened and who closed") {
  ShopDay shop;
  shop.till.must(core::AddCashier{"Anna", core::Role::manager, "1111", ""});
  const auto anna = shop.till.now().staff.front().row;
  shop.till.must(core::SignIn{anna, "1111"});
  shop.till.must(core::AddCashier{"Berta", core::Role::cashier, "2222", ""});
  const auto berta = shop.till.now().staff.back().row;
  shop.open("100.00");
  shop.put_in_cart("20.00");
  shop.till.must(core::SignIn{berta, "2222"});
  shop.pay_cash();
  const auto z = shop.close("120.00");
  REQUIRE(z.report.cashiers.size() == 1);
  CHECK(z.report.cashiers.front().cashier == "Berta");
  CHECK(shop.text(z.report.cashiers.front().turnover) == "20.00");
  CHECK(z.shift.opened_by == "Anna");
  CHECK(z.shift.closed_by == "Berta");
}

TEST_CASE("S22: a wrong tender is put right by one more record, and turnover counts once") {
  ShopDay shop;
  shop.open("100.00");
  const auto order = shop.sell_by(Tender::card, "25.00");
  shop.till.must(core::CorrectTender{order, {}, Tender::cash, "", "was cash"});
  const auto x = shop.x();
  CHECK(shop.tender(x, Tender::card) == "0.00");
  CHECK(shop.tender(x, Tender::cash) == "25.00");
  CHECK(shop.text(x.report.turnover()) == "25.00");
  CHECK(x.report.corrections == 1);
  CHECK(x.report.sales == 1);
  CHECK(shop.expected(x) == "125.00");
  const auto corrected = core::find_order(shop.till.database(), order);
  REQUIRE(corrected);
  CHECK(payment_word(*corrected, price(*corrected).total) == "paid");
  // Once more is the way back; a closed shift is closed.
  shop.till.must(core::CorrectTender{order, {}, Tender::card, "", "it was a card"});
  CHECK(shop.tender(shop.x(), Tender::card) == "25.00");
  shop.close("100.00");
  shop.till.refused(core::CorrectTender{order, {}, Tender::cash, "", "too late"});
  shop.check_books();
}

TEST_CASE("a shift that nobody opened begins with the first sale, and says so") {
  ShopDay shop;
  shop.open("50.00");
  shop.close("50.00");
  shop.sell_cash("10.00");
  const auto x = shop.x();
  CHECK(x.shift.opened_itself);
  CHECK(shop.text(x.shift.opening) == "50.00");
  CHECK(shop.expected(x) == "60.00");
  shop.till.refused(core::OpenShift{shop.money("50.00")});
}

TEST_CASE("the country changes between two shifts only") {
  ShopDay shop;
  shop.till.must(core::ChangeSetting{"shop.country", "AT"});
  shop.sell_cash("12.00");
  CHECK(shop.till.refused(core::ChangeSetting{"shop.country", "CH"}).text ==
        "Close the shift first: what it has sold was taxed by the country as it is.");
  shop.close("12.00");
  shop.till.must(core::ChangeSetting{"shop.country", "CH"});
  CHECK(shop.till.now().settings.shop.country == "CH");
}

TEST_CASE("what was voided before a shift that opens itself is on its Z report") {
  ShopDay shop;
  shop.open("10.00");
  shop.close("10.00");
  shop.put_in_cart("2.00");
  shop.put_in_cart("3.00");
  shop.till.must(core::VoidLine{shop.till.now().order.lines.front().id, "keyed by mistake"});
  shop.till.must(core::OpenDrawerByHand{"change for the meter"});
  shop.pay_cash();
  CHECK(shop.x().report.events.voided_lines == 1);
  CHECK(shop.x().report.events.no_sales == 1);
  shop.close("13.00");
  shop.put_in_cart("4.00");
  shop.till.must(core::VoidOrder{"changed their mind"});
  CHECK(shop.x().report.events.voided_carts == 1);
  CHECK(shop.x().report.events.voided_lines == 0);
}

TEST_CASE("a manager approves a difference above the limit") {
  ShopDay shop;
  shop.till.must(core::ChangeSetting{"shift.difference_limit", "500"});
  shop.till.must(core::AddCashier{"Anna", core::Role::manager, "1111", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.front().row, "1111"});
  shop.till.must(core::AddCashier{"Berta", core::Role::cashier, "2222", ""});
  shop.open("100.00");
  shop.till.must(core::SignIn{shop.till.now().staff.back().row, "2222"});
  shop.count("94.99");
  const core::Refusal no = shop.till.refused(core::CloseShift{shop.money("0"), ""});
  CHECK(no.kind == core::RefusalKind::needs_approval);
  CHECK(shop.till.now().shift);
  shop.till.must(core::CloseShift{shop.money("0"), ""}, "1111");
  CHECK(shop.z().shift.approver == "Anna");
  CHECK(shop.z().shift.closed_by == "Berta");
}

TEST_CASE("only a card payment that nobody knows the end of keeps a shift open") {
  ShopDay shop;
  shop.open("100.00");
  shop.sell_cash("5.00");
  shop.put_in_cart("12.00");
  shop.till.must(core::ParkOrder{});
  shop.put_in_cart("30.00");
  const core::Effects effects = shop.till.must(core::StartCard{shop.money("30.00")});
  const auto id = tests::find_effect<core::AuthorizeCard>(effects)->attempt.id;
  shop.till.must(core::CardAnswered{id, {core::CardPhase::unknown, {}, "line lost", ""}});
  shop.count("105.00");
  shop.till.refused(core::CloseShift{shop.money("0"), ""});
  shop.till.must(core::ResolveCard{id, core::CardVerdict::not_paid, "asked the terminal"});
  shop.till.must(core::CloseShift{shop.money("0"), ""});
  CHECK(shop.till.now().parked.size() == 1);
  shop.check_books();
}

TEST_CASE("what is taken out at the closing lies in the drawer") {
  ShopDay shop;
  shop.open("100.00");
  shop.count("100.00");
  shop.till.refused(core::CloseShift{shop.money("100.01"), ""});
  shop.till.refused(core::MoveCash{core::CashMoveKind::paid_out, shop.money("5.00"), " "});
  shop.till.refused(core::MoveCash{core::CashMoveKind::paid_in, shop.money("0"), "nothing"});
  shop.till.refused(core::MoveCash{core::CashMoveKind::difference, shop.money("5"), "mine"});
  shop.till.refused(core::CountDrawer{shop.money("-1")});
  shop.till.refused(core::OpenShift{shop.money("1")});
}

TEST_CASE("an X report does not move the number of the Z report, and stays what it was") {
  ShopDay shop;
  shop.open("100.00");
  shop.sell_cash("10.00");
  shop.till.must(core::PrintInterimReport{});
  const auto rows = core::receipt_rows(shop.till.database(), 0, 1);
  REQUIRE(rows.front().kind == "X report");
  const auto receipt = core::load_receipt(shop.till.database(), rows.front().row);
  REQUIRE(receipt);
  const std::string said = core::day_text(shop.till.database(), *receipt);
  shop.sell_cash("20.00");
  const auto z = shop.close("130.00");
  CHECK(z.shift.z_number == 1);
  CHECK(core::day_text(shop.till.database(), *receipt) == said);
  shop.check_books();
}

TEST_CASE("every receipt of the day has a number of one count") {
  ShopDay shop;
  shop.open("100.00");
  shop.sell_cash("10.00");
  shop.paid_out("2.00", "milk");
  shop.till.must(core::PrintInterimReport{});
  shop.close("107.00", "57.00");
  std::vector<std::string> kinds;
  for (const auto& row : core::receipt_rows(shop.till.database(), 0, 100)) {
    kinds.insert(kinds.begin(), row.kind);
  }
  const std::vector<std::string> told{"cash movement", "sale",          "cash movement", "X report",
                                      "cash movement", "cash movement", "Z report"};
  CHECK(kinds == told);
  shop.check_books();
}

TEST_CASE("a closed shift, its beginning and cash movements never change") {
  ShopDay shop;
  shop.open("100.00");
  const auto tries = [&](const char* sql) { return shop.till.database().execute(sql).has_value(); };
  CHECK_FALSE(tries("UPDATE shifts SET opening = 1"));
  shop.close("100.00");
  CHECK_FALSE(tries("UPDATE shifts SET counted = 1"));
  CHECK_FALSE(tries("DELETE FROM shifts"));
  CHECK_FALSE(tries("UPDATE cash_movements SET amount = 1"));
  CHECK_FALSE(tries("DELETE FROM cash_movements"));
}

TEST_CASE("T1: a tip in cash is no turnover, and lies in the drawer") {
  ShopDay shop;
  shop.open("100.00");
  shop.put_in_cart("40.00");
  shop.till.refused(core::TakeCash{shop.money("45.00"), shop.money("10.00")});
  shop.till.must(core::TakeCash{shop.money("50.00"), shop.money("10.00")});
  CHECK(shop.text(shop.till.now().done->change) == "0.00");
  const auto x = shop.x();
  CHECK(shop.text(x.report.turnover()) == "40.00");
  CHECK(shop.text(x.report.tips) == "10.00");
  CHECK(shop.tender(x, Tender::cash) == "50.00");
  CHECK(shop.expected(x) == "150.00");
  shop.check_books();
}

TEST_CASE("T2: a tip at the terminal is paid out in cash") {
  ShopDay shop;
  shop.open("100.00");
  shop.put_in_cart("38.00");
  const core::Effects effects = shop.till.must(core::StartCard{shop.money("38.00")});
  core::CardResult result{core::CardPhase::approved, shop.money("40.00"), "ok", "Visa •••• 4242"};
  result.tip = shop.money("2.00");
  shop.till.must(
      core::CardAnswered{tests::find_effect<core::AuthorizeCard>(effects)->attempt.id, result});
  shop.till.must(core::MoveCash{core::CashMoveKind::tip_payout, shop.money("2.00"), "Berta"});
  const auto x = shop.x();
  CHECK(shop.tender(x, Tender::card) == "40.00");
  CHECK(shop.text(x.report.turnover()) == "38.00");
  CHECK(shop.text(x.report.tips) == "2.00");
  CHECK(shop.expected(x) == "98.00");
  shop.check_books();
}

TEST_CASE("a wrong tender takes its tip along") {
  ShopDay shop;
  shop.open("100.00");
  shop.put_in_cart("40.00");
  const auto order = shop.till.now().order.id;
  shop.till.must(core::TakeCash{shop.money("45.00"), shop.money("5.00")});
  shop.till.must(core::CorrectTender{order, {}, Tender::card, "", "was a card"});
  const auto x = shop.x();
  CHECK(shop.tender(x, Tender::cash) == "0.00");
  CHECK(shop.tender(x, Tender::card) == "45.00");
  CHECK(shop.text(x.report.tips) == "5.00");
  CHECK(shop.expected(x) == "100.00");
  shop.check_books();
}

TEST_CASE("T3: what comes back is what the goods cost, without the tip") {
  ShopDay shop;
  shop.open("100.00");
  shop.put_in_cart("40.00");
  const auto order = shop.till.now().order.id;
  shop.till.must(core::TakeCash{shop.money("45.00"), shop.money("5.00")});
  shop.give_back_cash(order);
  const auto x = shop.x();
  CHECK(shop.tender(x, Tender::cash) == "5.00");
  CHECK(shop.text(x.report.tips) == "5.00");
  CHECK(shop.text(x.report.turnover()) == "0.00");
  shop.check_books();
}

TEST_CASE("the list of closings says what their Z reports say, and a scan shows one") {
  ShopDay shop;
  shop.open("100.00");
  const auto order = shop.sell_cash("30.00");
  shop.sell_by(Tender::card, "45.00");
  shop.give_back_cash(order, "7.50");
  const auto first = shop.close("121.00", "21.00");
  shop.open("100.00");
  shop.put_in_cart("12.30");
  shop.till.must(core::SellVoucher{shop.money("50.00")});
  shop.pay_cash();
  const auto second = shop.close("162.30");
  const auto answer = core::answer(shop.till.database(), core::AskClosings{});
  const auto& found = std::get<core::FoundClosings>(answer);
  REQUIRE(found.rows.size() == 2);
  const core::ShiftDocument* days[] = {&second, &first};
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(found.rows[i].shift == days[i]->shift);
    CHECK(found.rows[i].turnover == days[i]->report.turnover());
    CHECK(shop.text(found.rows[i].difference) == shop.closing_difference(*days[i]));
  }
  REQUIRE(found.chosen);
  CHECK(found.chosen->shift.z_number == 2);
  CHECK(found.chosen->report == second.report);
  const auto older = core::answer(shop.till.database(), core::AskClosings{30, 1});
  const auto& chosen = std::get<core::FoundClosings>(older).chosen;
  REQUIRE(chosen);
  CHECK(chosen->report == first.report);
  CHECK(chosen->receipt.kind == core::ReceiptKind::z_report);
  const auto effects = shop.till.must(core::Scan{chosen->receipt.code});
  const auto* shown = tests::find_effect<core::ShowDayReceipt>(effects);
  REQUIRE(shown);
  CHECK(shown->receipt.row == chosen->receipt.row);
}

TEST_CASE("the first float of all differs from nothing") {
  ShopDay shop;
  shop.open("150.00");
  CHECK(shop.opening_difference(shop.x()) == "0.00");
}
