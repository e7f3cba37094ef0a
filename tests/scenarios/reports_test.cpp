// What the report of a day says, told as a shopkeeper would try it. The letters and numbers
// are those of the scenarios that others got wrong (issue 19).
#include <doctest/doctest.h>

#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "tests/support/report_shop.h"

namespace report_scenarios {

using namespace tests;
using core::ReportPart;

TEST_CASE("S20: a sale after midnight belongs to the evening before, where the day begins at 4") {
  ReportShop shop;
  shop.at("2026-11-21 23:50");
  shop.sells({{"Late dinner", "40.00"}});
  shop.at("2026-11-22 00:20");
  shop.sells({{"Nightcap", "25.00"}});

  CHECK(turnover(shop.report("2026-11-21")) == "40.00");
  CHECK(turnover(shop.report("2026-11-22")) == "25.00");

  shop.till.must(core::ChangeSetting{"reports.day_start", "4"});
  CHECK(turnover(shop.report("2026-11-21")) == "65.00");
  CHECK(turnover(shop.report("2026-11-22")) == "0.00");
  CHECK(shop.report("2026-11-22").is_empty());
  CHECK(said(shop.report("2026-11-21"), ReportPart::hour, "23") == "40.00");
  CHECK(said(shop.report("2026-11-21"), ReportPart::hour, "00") == "25.00");
  check_sums(shop.report("2026-11-21"));
}

TEST_CASE("S20: the day is the shop's, not that of London") {
  ReportShop shop;
  // Half past midnight in Berlin is the evening before in UTC, summer and winter.
  shop.at("2026-11-21 00:30");
  shop.sells({{"Bread", "3.00"}});
  CHECK(turnover(shop.report("2026-11-21")) == "3.00");
  CHECK(turnover(shop.report("2026-11-20")) == "0.00");
}

TEST_CASE("R14: what is sold and all comes back is told as both, by tender, too") {
  ReportShop shop;
  const core::Order cash = shop.sells({{"Scarf", "15.00"}});
  const core::Order card = shop.sells_by_card({{"Gloves", "10.00"}});
  shop.gives_back(cash);
  shop.gives_back(card, core::Tender::card);

  const core::Report day = shop.report("2026-11-21");
  const core::ReportRow total = day.all(ReportPart::total);
  CHECK(total.taken == shop.money("25.00"));
  CHECK(total.given_back == shop.money("-25.00"));
  CHECK(turnover(day) == "0.00");
  CHECK(day.sales() == 2);
  CHECK(total.refunds == 2);
  CHECK(*day.average() == shop.money("12.50"));
  CHECK(said(day, ReportPart::tender, "cash") == "15.00 -15.00 = 0.00");
  CHECK(said(day, ReportPart::tender, "card") == "10.00 -10.00 = 0.00");
  CHECK(said(day, ReportPart::article, "Scarf") == "15.00 -15.00 = 0.00");
  CHECK(tax(day, "1900") == "0.00");
  check_sums(day);
}

TEST_CASE("R14: what comes back another day is that day's") {
  ReportShop shop;
  shop.at("2026-11-20 12:00");
  const core::Order sold = shop.sells({{"Scarf", "15.00"}, {"Gloves", "10.00"}});
  shop.at("2026-11-21 12:00");
  shop.gives_back(sold, 0, 1);
  CHECK(turnover(shop.report("2026-11-20")) == "25.00");
  CHECK(turnover(shop.report("2026-11-21")) == "-15.00");
  CHECK(shop.report("2026-11-21").sales() == 0);
  CHECK(turnover(shop.report("2026-11-20", "2026-11-21")) == "10.00");
  check_sums(shop.report("2026-11-21"));
}

TEST_CASE("A1: an article that is renamed, dearer and taxed otherwise changes no past day") {
  ReportShop shop;
  const auto put = [&](const char* name, std::int64_t price, const char* rate,
                       const char* category) {
    core::Variant variant;
    variant.product_title = name;
    variant.sku = "A-1";
    variant.barcodes = {"4000003000011"};
    variant.price = {price, core::eur};
    variant.tax_code = rate;
    variant.category = category;
    core::Transaction transaction(shop.till.database());
    core::put_product(shop.till.database(), {"a-1", name, {variant}}, "test");
    REQUIRE(transaction.commit());
  };
  put("Old candle", 1000, "standard", "Candles");
  shop.at("2026-11-20 12:00");
  shop.till.scan("4000003000011");
  shop.till.scan("4000003000011");
  shop.exact_cash();
  const core::Report before = shop.report("2026-11-20");

  put("New candle", 1200, "reduced", "Gifts");
  shop.at("2026-11-21 12:00");
  shop.till.scan("4000003000011");
  shop.exact_cash();

  const core::Report day = shop.report("2026-11-20");
  CHECK(day == before);
  CHECK(turnover(day) == "20.00");
  CHECK(tax(day, "1900") == "3.19");
  CHECK(tax(day, "700").empty());
  CHECK(said(day, ReportPart::article, "Old candle") == "20.00");
  CHECK(said(day, ReportPart::category, "Candles") == "20.00");
  // Over both days it is one article, under its new name, in two categories.
  const core::Report both = shop.report("2026-11-20", "2026-11-21");
  CHECK(both[ReportPart::article].size() == 1);
  CHECK(said(both, ReportPart::article, "New candle") == "32.00");
  CHECK(said(both, ReportPart::category, "Candles") == "20.00");
  CHECK(said(both, ReportPart::category, "Gifts") == "12.00");
  check_sums(both);
}

TEST_CASE("S4, S5: tenders are net of change, which is always off the cash") {
  ReportShop shop;
  shop.ring_up({{"Coat", "749.00"}});
  shop.cash("1000.00");
  shop.ring_up({{"Hat", "97.00"}});
  shop.card("50.00");
  shop.cash("50.00");
  const core::Report day = shop.report("2026-11-21");
  CHECK(said(day, ReportPart::tender, "cash") == "796.00");
  CHECK(said(day, ReportPart::tender, "card") == "50.00");
  check_sums(day);
}

TEST_CASE("S7: a card sale that is given back in cash") {
  ReportShop shop;
  const core::Order sold = shop.sells_by_card({{"Lamp", "50.00"}});
  shop.gives_back(sold);
  const core::Report day = shop.report("2026-11-21");
  CHECK(said(day, ReportPart::tender, "card") == "50.00");
  CHECK(said(day, ReportPart::tender, "cash") == "0.00 -50.00 = -50.00");
  CHECK(turnover(day) == "0.00");
  check_sums(day);
}

TEST_CASE("S17: rounding is a line of its own, and in no tax") {
  ReportShop shop("CHF", "5");
  shop.sells({{"Chocolate", "9.98"}});
  shop.sells({{"Tea", "4.99"}});
  const core::Report day = shop.report("2026-11-21");
  CHECK(turnover(day) == "14.97");
  CHECK(said(day, ReportPart::rounding) == "0.03");
  CHECK(said(day, ReportPart::tender, "cash") == "15.00");
  check_sums(day);
}

TEST_CASE("S18: the rounding of a sale goes back with its refund") {
  ReportShop shop("CHF", "5");
  const core::Order sold = shop.sells({{"Chocolate", "1.98"}});
  shop.gives_back(sold);
  const core::Report day = shop.report("2026-11-21");
  CHECK(said(day, ReportPart::tender, "cash") == "2.00 -2.00 = 0.00");
  CHECK(turnover(day) == "0.00");
  CHECK(day.all(ReportPart::rounding).sum() == shop.money("0.00"));
  CHECK(day.all(ReportPart::total).given_back == shop.money("-1.98"));
  check_sums(day);
}

TEST_CASE("S19: card and cash with rounding, and all of it given back") {
  ReportShop shop("CHF", "5");
  shop.ring_up({{"Fondue", "27.93"}});
  shop.card("20.00");
  shop.exact_cash();
  const core::Report sold = shop.report("2026-11-21");
  CHECK(turnover(sold) == "27.93");
  CHECK(said(sold, ReportPart::tender, "card") == "20.00");
  CHECK(said(sold, ReportPart::tender, "cash") == "7.95");
  CHECK(said(sold, ReportPart::rounding) == "0.02");
  check_sums(sold);
  shop.gives_back(shop.order());
  const core::Report back = shop.report("2026-11-21");
  CHECK(turnover(back) == "0.00");
  CHECK(back.all(ReportPart::rounding).sum() == shop.money("0.00"));
  check_sums(back);
}

TEST_CASE("S21: who is paid has sold it, whoever filled the cart") {
  ReportShop shop;
  for (const char* name : {"Ada", "Ben"}) {
    shop.till.must(
        core::AddCashier{name, core::Role::manager, name[0] == 'A' ? "1111" : "2222", ""});
    if (name[0] == 'A') {
      shop.till.must(core::SignIn{shop.till.now().staff.front().row, "1111"});
    }
  }
  shop.ring_up({{"Honey", "6.00"}});
  shop.till.must(core::SignOut{});
  shop.till.must(core::SignIn{shop.till.now().staff.back().row, "2222"});
  shop.exact_cash();
  const core::Report day = shop.report("2026-11-21");
  CHECK(said(day, ReportPart::cashier, "Ben") == "6.00");
  CHECK(said(day, ReportPart::cashier, "Ada").empty());
}

TEST_CASE("R5, R6, R8: a discount of the order is in every article, and goes back with it") {
  ReportShop shop;
  shop.ring_up({{"Vase", "6.00"}, {"Flowers", "4.00", "reduced"}});
  shop.till.must(
      core::DiscountOrder{core::Discount{core::DiscountKind::percent, 1000, "Goodwill"}});
  shop.exact_cash();
  const core::Order sold = shop.order();
  const core::Report day = shop.report("2026-11-21");
  CHECK(turnover(day) == "9.00");
  CHECK(said(day, ReportPart::article, "Vase") == "5.40");
  CHECK(said(day, ReportPart::article, "Flowers") == "3.60");
  CHECK(day.all(ReportPart::discount).sum() == shop.money("-1.00"));
  CHECK(day[ReportPart::discount].front().key == "Goodwill");
  shop.gives_back(sold, 0, 1);
  CHECK(said(shop.report("2026-11-21"), ReportPart::article, "Vase") == "5.40 -5.40 = 0.00");
  check_sums(shop.report("2026-11-21"));
}

TEST_CASE("a deposit counts on its day with its tax, the rest on the day that it is paid") {
  ReportShop shop;
  shop.at("2026-11-19 12:00");
  shop.ring_up({{"Sofa", "80.00"}, {"Book", "20.00", "reduced"}});
  shop.cash("60.00");
  shop.till.must(core::LeavePartiallyPaid{});
  const core::Order order = shop.order();
  shop.at("2026-11-21 12:00");
  shop.till.must(core::CollectPayment{order.id});
  shop.exact_cash();

  const core::Report first = shop.report("2026-11-19"), last = shop.report("2026-11-21");
  CHECK(turnover(first) == "60.00");
  CHECK(first.sales() == 1);
  CHECK(said(first, ReportPart::article, "Sofa") == "48.00");
  CHECK(said(first, ReportPart::article, "Book") == "12.00");
  CHECK(tax(first, "1900") == "7.66");
  CHECK(turnover(last) == "40.00");
  CHECK(last.sales() == 0);
  CHECK(said(last, ReportPart::article, "Sofa") == "32.00");
  const core::Report both = shop.report("2026-11-19", "2026-11-21");
  CHECK(said(both, ReportPart::article, "Sofa") == "80.00");
  CHECK(tax(both, "1900") == "12.77");
  CHECK(tax(both, "700") == "1.31");
  // The goods are counted once.
  CHECK(both[ReportPart::article].front().quantity == core::pieces(1));
  for (const core::Report& report : {first, last, both}) check_sums(report);
}

TEST_CASE("R11: of a part payment all that was paid comes back, and no more") {
  ReportShop shop;
  shop.ring_up({{"Table", "100.00"}});
  shop.cash("60.00");
  shop.till.must(core::LeavePartiallyPaid{});
  shop.gives_back(shop.order());
  const core::Report day = shop.report("2026-11-21");
  CHECK(turnover(day) == "0.00");
  CHECK(said(day, ReportPart::tender, "cash") == "60.00 -60.00 = 0.00");
  check_sums(day);
}

TEST_CASE("voided lines and carts are told from the journal, by the day they were voided") {
  ReportShop shop;
  shop.ring_up({{"Pot, at 5.00, blue", "30.00", "standard", 2}, {"Pan", "20.00"}});
  const auto lines = shop.till.now().order.lines;
  shop.till.must(core::VoidLine{lines[1].id, "Wrong price"});
  shop.exact_cash();
  shop.ring_up({{"Spoon", "7.00"}});
  shop.till.must(core::VoidOrder{"Customer changed their mind"});
  const core::Report day = shop.report("2026-11-21");
  CHECK(day.all(ReportPart::voided_line).sales == 1);
  CHECK(day.all(ReportPart::voided_line).sum() == shop.money("-20.00"));
  CHECK(day.all(ReportPart::voided_cart).sales == 1);
  CHECK(day.all(ReportPart::voided_cart).sum() == shop.money("-7.00"));
  CHECK(turnover(day) == "60.00");
  shop.at("2026-11-22 09:00");
  CHECK(shop.report("2026-11-22").is_empty());
}

TEST_CASE("a price changed by hand is told with what it cost the shop") {
  ReportShop shop;
  shop.till.scan(riesling);
  shop.till.must(core::OverridePrice{shop.till.now().last_line, shop.money("7.00"), "dented"});
  shop.exact_cash();
  const core::Report day = shop.report("2026-11-21");
  CHECK(turnover(day) == "7.00");
  CHECK(day.all(ReportPart::price_change).sum() == shop.money("-1.90"));
}

TEST_CASE("a payment that was taken back before the sale was done is in no tender") {
  ReportShop shop;
  shop.ring_up({{"Bowl", "30.00"}});
  shop.other("Transfer", "10.00");
  shop.till.must(core::UndoTender{shop.till.now().order.payments.back().id});
  shop.exact_cash();
  const core::Report day = shop.report("2026-11-21");
  CHECK(said(day, ReportPart::tender, "Transfer").empty());
  CHECK(said(day, ReportPart::tender, "cash") == "30.00");
  check_sums(day);
}

TEST_CASE("S22: a wrong tender put right moves the money and no turnover, and no day before") {
  ReportShop shop;
  shop.at("2026-11-20 23:30");
  const core::Order sold = shop.sells_by_card({{"Cake", "25.00"}});
  shop.at("2026-11-21 00:10");
  shop.till.must(core::CorrectTender{sold.id, {}, core::Tender::cash, "", "was cash"});
  const core::Report first = shop.report("2026-11-20"), last = shop.report("2026-11-21");
  CHECK(said(first, ReportPart::tender, "card") == "25.00");
  CHECK(said(last, ReportPart::tender, "card") == "-25.00");
  CHECK(said(last, ReportPart::tender, "cash") == "25.00");
  CHECK(turnover(first) == "25.00");
  CHECK(turnover(last) == "0.00");
  const core::Report both = shop.report("2026-11-20", "2026-11-21");
  CHECK(said(both, ReportPart::tender, "card") == "0.00");
  CHECK(said(both, ReportPart::tender, "cash") == "25.00");
  CHECK(both.sales() == 1);
  CHECK(both.all(ReportPart::correction).sales == 1);
  for (const core::Report& report : {first, last, both}) check_sums(report);
}

TEST_CASE("cash that moves without a sale, X and Z are in no report, Z and report agree") {
  ReportShop shop;
  shop.till.must(core::OpenShift{shop.money("100.00")});
  const core::Order sold = shop.sells({{"Rug", "80.00"}, {"Mat", "9.90", "reduced"}});
  shop.sells_by_card({{"Bell", "12.00"}});
  shop.gives_back(sold, 1, 1);
  shop.till.must(core::MoveCash{core::CashMoveKind::paid_out, shop.money("12.50"), "stamps"});
  shop.till.must(core::PrintInterimReport{});
  shop.till.must(core::CountDrawer{shop.money("167.50")});
  shop.till.must(core::CloseShift{shop.money("0.00"), "right"});
  const core::Report day = shop.report("2026-11-21");
  const core::Shift shift = core::shifts(shop.till.database(), 1).front();
  const core::ShiftReport z = core::report_of(shop.till.database(), shift);
  CHECK(turnover(day) == "92.00");
  CHECK(day.turnover() == z.turnover());
  CHECK(day.sales() == z.sales);
  CHECK(day.all(ReportPart::total).given_back == -z.given_back);
  CHECK(day.all(ReportPart::tender).sum() == z.turnover() + z.rounding);
  REQUIRE(z.taxes.size() == day[ReportPart::tax].size());
  for (std::size_t i = 0; i < z.taxes.size(); ++i) {
    CHECK(z.taxes[i].tax == day[ReportPart::tax][i].tax);
    CHECK(z.taxes[i].gross == day[ReportPart::tax][i].sum());
  }
  check_sums(day);
}

TEST_CASE("V1, V2: a voucher is no turnover when it is sold, and its goods are when it is spent") {
  ReportShop shop;
  shop.till.must(core::SellVoucher{shop.money("50.00"), "V4711AB"});
  shop.exact_cash();
  const core::Report sold = shop.report("2026-11-21");
  CHECK(turnover(sold) == "0.00");
  CHECK(sold[ReportPart::tax].empty());
  CHECK(sold.all(ReportPart::voucher).sum() == shop.money("50.00"));
  CHECK(said(sold, ReportPart::tender, "cash") == "50.00");
  check_sums(sold);
  shop.ring_up({{"Vase", "30.00"}, {"Book", "20.00", "reduced"}});
  shop.till.must(core::TakeVoucher{"V4711AB", shop.money("50.00")});
  const core::Report day = shop.report("2026-11-21");
  CHECK(turnover(day) == "50.00");
  CHECK(tax(day, "1900") == "4.79");
  CHECK(tax(day, "700") == "1.31");
  CHECK(said(day, ReportPart::tender, "gift_card") == "50.00");
  check_sums(day);
}

TEST_CASE("a clock that was set back loses and doubles nothing") {
  ReportShop shop;
  shop.at("2026-11-20 10:00");
  shop.sells({{"One", "1.00"}});
  shop.at("2026-11-23 10:00");
  shop.sells({{"Two", "2.00"}});
  while (!shop.till.till().rest()) {
  }
  // The battery is flat: it is the 20th again, twice.
  shop.at("2026-11-20 12:00");
  shop.sells({{"Four", "4.00"}});
  shop.at("2026-11-20 11:00");
  shop.sells({{"Eight", "8.00"}});
  shop.at("2026-11-24 10:00");
  shop.sells({{"Sixteen", "16.00"}});
  for (int rests = 0; rests < 2; ++rests) {
    CHECK(turnover(shop.report("2026-11-20")) == "13.00");
    CHECK(turnover(shop.report("2026-11-21")) == "0.00");
    CHECK(turnover(shop.report("2026-11-23")) == "2.00");
    CHECK(turnover(shop.report("2026-11-24")) == "16.00");
    CHECK(turnover(shop.report("2026-11-01", "2026-11-30")) == "31.00");
    while (!shop.till.till().rest()) {
    }
  }
}

TEST_CASE("a day is compared with the same weekday of the week before, as far as it has come") {
  ReportShop shop;
  shop.at("2026-11-14 10:00");
  shop.sells({{"Morning", "10.00"}});
  shop.at("2026-11-14 17:00");
  shop.sells({{"Evening", "100.00"}});
  shop.at("2026-11-21 11:00");
  shop.sells({{"Morning", "15.00"}});
  const core::ReportPage today = shop.page("2026-11-21");
  CHECK(turnover(today.before) == "110.00");
  REQUIRE(today.before_so_far);
  CHECK(turnover(*today.before_so_far) == "10.00");
  CHECK(core::change_from(today.compared().turnover(), today.report.turnover())->basis_points ==
        5000);
  // The next morning it is over, and measured against the whole day.
  shop.at("2026-11-22 09:00");
  CHECK_FALSE(shop.page("2026-11-21").before_so_far);
}

TEST_CASE("what the platform took for online orders stands apart from the till's turnover") {
  ReportShop shop;
  core::Order order;
  order.id = {core::uuid_from("01935f10-0000-7000-8000-000000000001").value_or(core::Uuid{})};
  order.number = "#1047";
  order.channel = "online";
  order.stage = core::Stage::open;
  order.currency = core::eur;
  order.placed = shop.till.clock.now() - std::chrono::hours(2);
  core::LineItem line;
  line.id = {core::uuid_from("01935f10-0000-7000-8000-000000000002").value_or(core::Uuid{})};
  line.title = "Gift box";
  line.unit_price = {3000, core::eur};
  line.tax_rate = {1900};
  order.lines.push_back(line);
  core::Payment paid;
  paid.id = {core::uuid_from("01935f10-0000-7000-8000-000000000003").value_or(core::Uuid{})};
  paid.tender = core::Tender::other;
  paid.amount = paid.given = {2000, core::eur};
  paid.at = order.placed;
  order.payments.push_back(paid);
  shop.till.must(core::ReceiveOrder{order});
  // The rest is paid at the counter when it is picked up: that has a receipt.
  shop.till.must(core::CollectPayment{order.id});
  shop.exact_cash();
  const core::Report day = shop.report("2026-11-21");
  CHECK(turnover(day) == "10.00");
  CHECK(said(day, ReportPart::channel, "online") == "10.00");
  CHECK(said(day, ReportPart::online, "online") == "20.00");
  CHECK(said(day, ReportPart::article, "Gift box") == "10.00");
  check_sums(day);
}

TEST_CASE("what sells and does not last is told, the scarcest first") {
  ReportShop shop;
  const auto put = [&](const char* name, const char* code, std::int64_t stock) {
    core::Variant variant;
    variant.product_title = name;
    variant.sku = name;
    variant.barcodes = {code};
    variant.price = {100, core::eur};
    variant.stock = core::pieces(stock);
    core::Transaction transaction(shop.till.database());
    core::put_product(shop.till.database(), {name, name, {variant}}, "test");
    REQUIRE(transaction.commit());
  };
  put("Plenty", "4000003000028", 100);
  put("Few", "4000003000035", 4);
  put("None left", "4000003000042", 1);
  for (const char* code : {"4000003000028", "4000003000035", "4000003000042"}) shop.till.scan(code);
  shop.exact_cash();
  const auto low = shop.page("2026-11-21").low;
  REQUIRE(low.size() == 2);
  CHECK(low[0].name == "None left");
  CHECK(low[0].left == core::pieces(0));
  CHECK(low[1].name == "Few");
}

TEST_CASE("a cashier sees no report unless a manager lets him in, and only until he leaves") {
  ReportShop shop;
  shop.sells({{"Salt", "1.00"}});
  shop.till.must(core::AddCashier{"Mia", core::Role::manager, "1111", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.front().row, "1111"});
  CHECK(shop.till.now().may_see_reports);
  shop.till.must(core::AddCashier{"Tom", core::Role::cashier, "2222", ""});
  shop.till.must(core::SignOut{});
  CHECK_FALSE(shop.till.now().may_see_reports);
  const auto tom = shop.till.now().staff.back().row;
  shop.till.must(core::SignIn{tom, "2222"});
  CHECK_FALSE(shop.till.now().may_see_reports);
  CHECK(shop.till.refused(core::OpenReports{}).kind == core::RefusalKind::needs_approval);
  const core::ReportAsk ask = shop.page("2026-11-21").asked;
  CHECK(shop.till.refused(core::PrintReport{ask}).kind == core::RefusalKind::needs_approval);
  CHECK(shop.till.refused(core::OpenReports{}, "9999").text != "");
  shop.till.must(core::OpenReports{}, "1111");
  CHECK(shop.till.now().may_see_reports);
  const auto effects = shop.till.must(core::PrintReport{ask});
  REQUIRE(find_effect<core::PrintReportSlip>(effects));
  CHECK(turnover(find_effect<core::PrintReportSlip>(effects)->page.report) == "1.00");
  shop.till.must(core::SignOut{});
  shop.till.must(core::SignIn{tom, "2222"});
  CHECK_FALSE(shop.till.now().may_see_reports);
}

TEST_CASE("tips are in the tenders and by cashier, and in no turnover") {
  ReportShop shop;
  shop.till.must(core::AddOpenItem{"Soup", {4000, core::eur}, "standard"});
  shop.till.must(core::TakeCash{{5000, core::eur}, {1000, core::eur}});
  const core::Report report = shop.page("2026-11-21").report;
  CHECK(turnover(report) == "40.00");
  CHECK(core::to_plain(report.all(core::ReportPart::tip).sum()) == "10.00");
  CHECK(core::to_plain(report.all(core::ReportPart::tender).sum()) == "50.00");
}

}  // namespace report_scenarios
