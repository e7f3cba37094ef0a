// Training: a new hand learns the till, and nothing of it counts. The name of G1 is that of
// the list of scenarios.
#include "core/store/catalogue_store.h"
#include "tests/scenarios/shop_day.h"
#include "tests/support/report_shop.h"

using core::Tender;
using tests::ShopDay;

namespace {

core::RefundOrder all_back(ShopDay& shop, core::OrderId id) {
  core::RefundOrder back{id};
  back.reason = "practised";
  back.tender = Tender::cash;
  const auto order = core::find_order(shop.till.database(), id);
  REQUIRE(order);
  for (const core::LineItem& line : order->lines) {
    back.lines.push_back({line.id, line.quantity, {0, core::eur}, true});
  }
  return back;
}

std::int64_t outbox_rows(ShopDay& shop) {
  auto query = shop.till.database().query("SELECT count(*) FROM outbox");
  return query.next() ? query.integer(0) : -1;
}

std::int64_t stock_of(ShopDay& shop, const char* barcode) {
  const auto variant = core::find_by_barcode(shop.till.database(), barcode);
  REQUIRE(variant);
  return variant->stock ? variant->stock->thousandths : 0;
}

}  // namespace

TEST_CASE("G1: a training sale and its void are in no sum, no stock and no outbox") {
  for (const std::string price : {"12.00", "7.35"}) {
    ShopDay shop;
    shop.open("100.00");
    const std::int64_t pushed = outbox_rows(shop);
    shop.till.must(core::StartTraining{});
    CHECK(shop.till.now().training);
    const auto sold = shop.sell_cash(price);
    shop.till.must(all_back(shop, sold));
    shop.till.must(core::EndTraining{});
    const auto x = shop.x();
    CHECK(x.report.trainings == 2);
    CHECK(x.report.sales == 0);
    CHECK(x.report.refunds == 0);
    CHECK(x.report.tenders.empty());
    CHECK(shop.text(x.report.turnover()) == "0.00");
    CHECK(shop.expected(x) == "100.00");
    CHECK(outbox_rows(shop) == pushed);
    const auto z = shop.close("100.00");
    CHECK(shop.closing_difference(z) == "0.00");
    CHECK(z.shift.z_number == 1);
    shop.check_books();
  }
}

TEST_CASE("training: its receipts stand in the one gapless count and in the journal") {
  ShopDay shop;
  shop.open("50.00");
  shop.sell_cash("5.00");
  shop.till.must(core::StartTraining{});
  shop.sell_cash("8.00");
  shop.till.must(core::EndTraining{});
  shop.sell_cash("3.00");
  const auto rows = core::receipt_rows(shop.till.database(), 0, 3);
  REQUIRE(rows.size() == 3);
  CHECK(rows[1].kind == "training");
  CHECK(rows[2].row + 1 == rows[1].row);
  CHECK(rows[1].row + 1 == rows[0].row);
  const auto receipt = core::load_receipt(shop.till.database(), rows[1].row);
  REQUIRE(receipt);
  CHECK(shop.text(receipt->amount) == "8.00");
  CHECK(shop.text(shop.x().report.turnover()) == "8.00");
  shop.check_books();
}

TEST_CASE("training: the drawer stays shut, no card terminal hears of it, nothing is mailed") {
  ShopDay shop;
  shop.till.must(core::StartTraining{});
  shop.put_in_cart("9.90");
  const core::Effects cash = shop.till.must(core::TakeCash{shop.money("20.00")});
  CHECK(tests::find_effect<core::OpenDrawer>(cash) == nullptr);
  CHECK(shop.text(shop.till.now().done->change) == "10.10");
  shop.put_in_cart("4.50");
  const core::Effects card = shop.till.must(core::StartCard{shop.money("4.50")});
  CHECK(tests::find_effect<core::AuthorizeCard>(card) == nullptr);
  CHECK(tests::find_effect<core::WakeSync>(card) == nullptr);
  CHECK_FALSE(shop.till.now().attempt);
  const core::Effects drawer = shop.till.must(core::OpenDrawerByHand{"to look"});
  CHECK(tests::find_effect<core::OpenDrawer>(drawer) == nullptr);
  CHECK_FALSE(shop.till.now().shift);
}

TEST_CASE("training: goods stay on the shelf") {
  ShopDay shop;
  const auto krimi = core::find_by_barcode(shop.till.database(), tests::krimi);
  REQUIRE(krimi);
  shop.till.must(core::CountStock{krimi->id.row, core::pieces(10), "counted"});
  const std::int64_t before = stock_of(shop, tests::krimi);
  shop.till.must(core::StartTraining{});
  shop.till.scan(tests::krimi);
  const auto sold = shop.pay_cash();
  CHECK(stock_of(shop, tests::krimi) == before);
  shop.till.must(all_back(shop, sold));
  CHECK(stock_of(shop, tests::krimi) == before);
}

TEST_CASE("training: what is voided and looked into there is not counted on the Z report") {
  ShopDay shop;
  shop.open("0.00");
  shop.till.must(core::StartTraining{});
  shop.put_in_cart("5.00");
  shop.till.must(core::VoidLine{shop.till.now().order.lines.front().id, "learning"});
  shop.put_in_cart("6.00");
  shop.till.must(core::VoidOrder{"learning"});
  shop.till.must(core::OpenDrawerByHand{"learning"});
  shop.till.must(core::EndTraining{});
  shop.till.must(core::OpenDrawerByHand{"change for the meter"});
  const core::ShiftEvents events = shop.x().report.events;
  CHECK(events.voided_lines == 0);
  CHECK(events.voided_carts == 0);
  CHECK(events.no_sales == 1);
  core::JournalSearch practised;
  practised.kind = "training: void order";
  CHECK(core::find_entries(shop.till.database(), practised).size() == 1);
}

TEST_CASE("training: what books something is refused, and what was rung up before stays") {
  ShopDay shop;
  shop.open("20.00");
  const auto real = shop.sell_cash("5.00");
  shop.put_in_cart("2.00");
  shop.till.refused(core::StartTraining{});  // a customer is being served
  shop.pay_cash();
  shop.till.must(core::StartTraining{});
  shop.till.refused(core::MoveCash{core::CashMoveKind::paid_out, shop.money("5.00"), "stamps"});
  shop.till.refused(core::CountDrawer{shop.money("27.00")});
  shop.till.refused(core::CloseShift{});
  shop.till.refused(core::ParkOrder{});
  shop.till.refused(core::SellVoucher{shop.money("10.00")});
  shop.till.refused(all_back(shop, real));
  shop.put_in_cart("1.00");
  shop.till.refused(core::EndTraining{});
  shop.pay_cash();
  const auto practised = shop.till.now().done->order;
  shop.till.must(core::EndTraining{});
  shop.till.refused(all_back(shop, practised));
  CHECK(shop.text(shop.x().report.turnover()) == "7.00");
}

TEST_CASE("training: it does not begin while a card payment is unclear, for its money is real") {
  ShopDay shop;
  shop.put_in_cart("5.00");
  const auto effects = shop.till.must(core::StartCard{shop.money("5.00")});
  const auto attempt = tests::find_effect<core::AuthorizeCard>(effects)->attempt.id;
  shop.till.must(core::CardAnswered{attempt, {core::CardPhase::unknown, {}, "silent", ""}});
  shop.till.must(core::PutOffCard{attempt});
  shop.till.refused(core::StartTraining{});
}

TEST_CASE("training: it goes on after a power cut, with its cart") {
  ShopDay shop;
  shop.till.must(core::StartTraining{});
  shop.put_in_cart("3.00");
  shop.till.reopen();
  CHECK(shop.till.now().training);
  CHECK(shop.till.now().order.lines.size() == 1);
  shop.pay_cash();
  shop.till.must(core::EndTraining{});
  shop.till.reopen();
  CHECK_FALSE(shop.till.now().training);
  shop.check_books();
}

TEST_CASE("training: a cashier needs approval to turn it on and off") {
  ShopDay shop;
  shop.till.must(core::AddCashier{"Anna", core::Role::manager, "1111", ""});
  shop.till.must(core::SignIn{1, "1111"});
  shop.till.must(core::AddCashier{"Nina", core::Role::cashier, "2222", ""});
  shop.till.must(core::SignIn{2, "2222"});
  CHECK(shop.till.refused(core::StartTraining{}).kind == core::RefusalKind::needs_approval);
  shop.till.must(core::StartTraining{}, "1111");
  shop.sell_cash("2.00");
  shop.till.must(core::EndTraining{}, "1111");
  CHECK_FALSE(shop.till.now().training);
}

TEST_CASE("training: the reports of the day and the list of closings know nothing of it") {
  tests::ReportShop shop;
  shop.sells({{"Bread", "10.00"}});
  shop.till.must(core::StartTraining{});
  shop.sells({{"Bread", "99.00"}});
  shop.till.must(core::EndTraining{});
  CHECK(tests::turnover(shop.report("2026-11-21")) == "10.00");
  tests::check_sums(shop.report("2026-11-21"));
  shop.till.must(core::CountDrawer{shop.money("10.00")});
  shop.till.must(core::CloseShift{shop.money("0"), ""});
  const auto closed = core::closed_shifts(shop.till.database(), 1);
  REQUIRE(closed.size() == 1);
  CHECK(core::to_plain(closed.front().turnover) == "10.00");
  CHECK(core::to_plain(closed.front().difference) == "0.00");
}
