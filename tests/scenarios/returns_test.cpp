// What comes back: never more than was sold, never more than was paid, and the parts
// are the whole. The names are those of the list of scenarios.
#include "core/orders/account.h"
#include "core/orders/refund.h"
#include "core/store/catalogue_store.h"
#include "tests/scenarios/shop_day.h"

using core::Tender;
using tests::ShopDay;

namespace {

struct Part {
  std::size_t line = 0;
  std::string quantity;
  bool restock = false;
};

core::RefundOrder back(ShopDay& shop, core::OrderId id, const std::vector<Part>& parts,
                       Tender tender = Tender::cash) {
  const auto order = core::find_order(shop.till.database(), id);
  REQUIRE(order);
  core::RefundOrder refund{id};
  refund.reason = "brought back";
  refund.tender = tender;
  for (const Part& part : parts) {
    const auto quantity = core::parse_quantity(part.quantity);
    REQUIRE(quantity);
    refund.lines.push_back(
        {order->lines.at(part.line).id, *quantity, {0, order->currency}, part.restock});
  }
  return refund;
}

// Gives it back, and says how much that was.
std::string give_back(ShopDay& shop, core::OrderId id, const std::vector<Part>& parts) {
  shop.till.must(back(shop, id, parts));
  const auto order = core::find_order(shop.till.database(), id);
  REQUIRE(order);
  return shop.text(order->refunds.back().amount);
}

std::string left_to_return(ShopDay& shop, core::OrderId id, std::size_t line) {
  const auto order = core::find_order(shop.till.database(), id);
  REQUIRE(order);
  return core::to_plain(refundable_quantity(*order, order->lines.at(line)));
}

void percent_off_order(ShopDay& shop, std::int64_t basis_points) {
  shop.till.must(
      core::DiscountOrder{core::Discount{core::DiscountKind::percent, basis_points, "regular"}});
}

void pieces_of_last_line(ShopDay& shop, std::int64_t pieces) {
  shop.till.must(core::ChangeQuantity{shop.till.now().order.lines.back().id, core::pieces(pieces)});
}

}  // namespace

TEST_CASE("R1: what came back is no more to come back") {
  ShopDay shop;
  shop.put_in_cart("3.00");
  pieces_of_last_line(shop, 6);
  const auto order = shop.pay_cash();
  CHECK(give_back(shop, order, {{0, "2"}}) == "6.00");
  CHECK(give_back(shop, order, {{0, "1"}}) == "3.00");
  CHECK(left_to_return(shop, order, 0) == "3");
}

TEST_CASE("R2: the third return of two is refused") {
  ShopDay shop;
  shop.put_in_cart("8.00");
  pieces_of_last_line(shop, 2);
  const auto order = shop.pay_cash();
  for (int day = 0; day < 2; ++day) {
    CHECK(give_back(shop, order, {{0, "1"}}) == "8.00");
    shop.till.clock.advance(std::chrono::hours{24});
  }
  shop.till.refused(back(shop, order, {{0, "1"}}));
}

TEST_CASE("R4: by weight in two halves") {
  ShopDay shop;
  shop.till.add_product("Ham", 899, "reduced", "4000001000051", core::Unit::kilogram);
  const auto ham = core::find_by_barcode(shop.till.database(), "4000001000051");
  REQUIRE(ham);
  shop.till.must(core::AddVariant{ham->id.row, core::Quantity{1000}});
  const auto order = shop.pay_cash();
  CHECK(give_back(shop, order, {{0, "0.5"}}) == "4.50");
  CHECK(give_back(shop, order, {{0, "0.5"}}) == "4.49");
}

TEST_CASE("R5: what was paid, not what it cost in the list") {
  ShopDay shop;
  shop.put_in_cart("50.00");
  pieces_of_last_line(shop, 2);
  percent_off_order(shop, 1000);
  const auto order = shop.pay_cash();
  CHECK(give_back(shop, order, {{0, "1"}}) == "45.00");
  CHECK(give_back(shop, order, {{0, "1"}}) == "45.00");
}

TEST_CASE("R6: each line's share of the order's discount") {
  ShopDay shop;
  shop.put_in_cart("6.00");
  shop.put_in_cart("4.00");
  percent_off_order(shop, 1000);
  const auto order = shop.pay_cash();
  CHECK(give_back(shop, order, {{0, "1"}}) == "5.40");
  CHECK(give_back(shop, order, {{1, "1"}}) == "3.60");
}

TEST_CASE("R7: a fixed discount keeps its sign") {
  ShopDay shop;
  shop.put_in_cart("80.00");
  shop.till.must(
      core::DiscountOrder{core::Discount{core::DiscountKind::amount, 1500, "last piece"}});
  const auto order = shop.pay_cash();
  CHECK(give_back(shop, order, {{0, "1"}}) == "65.00");
}

TEST_CASE("R8: one by one they are the whole") {
  ShopDay shop;
  shop.put_in_cart("10.00");
  pieces_of_last_line(shop, 3);
  shop.till.must(core::DiscountOrder{core::Discount{core::DiscountKind::amount, 100, "scratch"}});
  const auto order = shop.pay_cash();
  core::Money sum{0, core::eur};
  for (int piece = 0; piece < 3; ++piece) {
    const std::string amount = give_back(shop, order, {{0, "1"}});
    CHECK((amount == "9.66" || amount == "9.67"));
    sum += shop.money(amount);
  }
  CHECK(shop.text(sum) == "29.00");
}

TEST_CASE("R9: what was given is no refund") {
  ShopDay shop;
  shop.put_in_cart("2584.00");
  const auto id = shop.till.now().order.id;
  shop.till.must(core::TakeCash{shop.money("2600.00")});
  CHECK(give_back(shop, id, {{0, "1"}}) == "2584.00");
}

TEST_CASE("R10: the tax inside comes back, never recomputed from the net") {
  ShopDay shop;
  shop.till.must(core::ChangeSetting{"tax.rates", "standard=2000;reduced=1000"});
  const auto id = shop.sell_cash("9.99");
  CHECK(give_back(shop, id, {{0, "1"}}) == "9.99");
  CHECK(shop.text(shop.x().report.taxes.front().tax) == "0.00");
  const auto order = core::find_order(shop.till.database(), id);
  CHECK(shop.text(refund_taxes(*order, order->refunds.front()).front().tax) == "-1.67");
}

TEST_CASE("R11: of a part payment no more than was paid, and the claim is released") {
  ShopDay shop;
  shop.put_in_cart("100.00");
  const auto id = shop.till.now().order.id;
  shop.till.must(core::TakeCash{shop.money("60.00")});
  shop.till.must(core::LeavePartiallyPaid{});
  CHECK(give_back(shop, id, {{0, "1"}}) == "60.00");
  const auto order = core::find_order(shop.till.database(), id);
  CHECK(shop.text(still_owed(*order, price(*order).total)) == "0.00");
  shop.till.refused(core::CollectPayment{id});
  shop.check_books();
}

TEST_CASE("R12: settled later in cash, it may all come back in cash") {
  ShopDay shop;
  shop.put_in_cart("80.00");
  const auto id = shop.till.now().order.id;
  shop.till.must(core::TakeCash{shop.money("10.00")});
  shop.till.must(core::LeavePartiallyPaid{});
  shop.till.clock.advance(std::chrono::hours{48});
  shop.till.must(core::CollectPayment{id});
  shop.pay_cash();
  CHECK(give_back(shop, id, {{0, "1"}}) == "80.00");
  shop.check_books();
}

TEST_CASE("R14: sales and refunds stand apart, and the net is nothing") {
  ShopDay shop;
  const auto first = shop.sell_cash("15.00");
  const auto second = shop.sell_cash("10.00");
  shop.give_back_cash(first);
  shop.give_back_cash(second);
  const auto x = shop.x();
  CHECK(shop.text(x.report.sold) == "25.00");
  CHECK(shop.text(x.report.given_back) == "25.00");
  CHECK(shop.text(x.report.turnover()) == "0.00");
  CHECK(shop.tender(x, Tender::cash) == "0.00");
  shop.check_books();
}

TEST_CASE("R16: a void brings the goods back once") {
  ShopDay shop;
  core::Variant variant;
  variant.product_title = variant.sku = "Cup";
  variant.price = {500, core::eur};
  variant.tax_code = "standard";
  variant.barcodes = {"4000001000099"};
  variant.stock = core::pieces(15);
  {
    core::Transaction transaction(shop.till.database());
    core::put_product(shop.till.database(), {"Cup", "Cup", {variant}}, "test");
    REQUIRE(transaction.commit());
  }
  const auto stock = [&] {
    const auto cup = core::find_by_barcode(shop.till.database(), "4000001000099");
    REQUIRE(cup);
    return core::to_plain(cup->stock.value_or(core::Quantity{0}));
  };
  shop.till.scan("4000001000099");
  pieces_of_last_line(shop, 3);
  const auto order = shop.pay_cash();
  CHECK(stock() == "12");
  CHECK(give_back(shop, order, {{0, "3", true}}) == "15.00");
  CHECK(stock() == "15");
  shop.till.refused(back(shop, order, {{0, "3", true}}));
  CHECK(stock() == "15");
}

TEST_CASE("A2: a barcode is the whole code, never a part of one") {
  ShopDay shop;
  core::Variant numbered, coded;
  numbered.product_title = numbered.sku = "22";
  coded.product_title = coded.sku = "Coded";
  coded.barcodes = {"22"};
  numbered.price = coded.price = {100, core::eur};
  numbered.tax_code = coded.tax_code = "standard";
  {
    core::Transaction transaction(shop.till.database());
    core::put_product(shop.till.database(), {"numbered", "22", {numbered}}, "test");
    core::put_product(shop.till.database(), {"coded", "Coded", {coded}}, "test");
    REQUIRE(transaction.commit());
  }
  shop.till.scan("22");
  CHECK(shop.till.now().order.lines.back().sku == "Coded");
  shop.till.refused(core::Scan{"0000"});
}

TEST_CASE("A3: two discounts count together, and no two people share a PIN") {
  ShopDay shop;
  shop.till.must(core::AddCashier{"Anna", core::Role::manager, "1111", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.front().row, "1111"});
  shop.till.refused(core::AddCashier{"Berta", core::Role::cashier, "1111", ""});
  shop.till.must(core::AddCashier{"Berta", core::Role::cashier, "2222", ""});
  const core::Cashier berta = shop.till.now().staff.back();
  shop.till.refused(core::ChangeCashier{berta, "1111"});
  shop.till.must(core::ChangeCashier{berta, "2222"});
  shop.till.must(core::SignIn{berta.row, "2222"});
  shop.put_in_cart("100.00");
  const auto line = shop.till.now().order.lines.front().id;
  const auto percent = [](std::int64_t points) {
    return core::Discount{core::DiscountKind::percent, points, "regular"};
  };
  shop.till.must(core::DiscountLine{line, percent(2000)});
  const core::Refusal no = shop.till.refused(core::DiscountOrder{percent(500)});
  CHECK(no.kind == core::RefusalKind::needs_approval);
  shop.till.must(core::DiscountOrder{percent(500)}, "1111");
  CHECK(shop.text(shop.till.now().totals.total) == "76.00");
  // The other way round as well.
  shop.till.must(core::DiscountLine{line, std::nullopt});
  CHECK(shop.till.refused(core::DiscountLine{line, percent(2000)}).kind ==
        core::RefusalKind::needs_approval);
  shop.till.must(core::DiscountLine{line, percent(1500)});
}

TEST_CASE("A4: a refund above what a cashier may names both, and stays the cashier's") {
  ShopDay shop;
  shop.till.must(core::AddCashier{"Anna", core::Role::manager, "1111", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.front().row, "1111"});
  shop.till.must(core::AddCashier{"Berta", core::Role::cashier, "2222", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.back().row, "2222"});
  const auto id = shop.sell_cash("30.00");
  CHECK(shop.till.refused(back(shop, id, {{0, "1"}})).kind == core::RefusalKind::needs_approval);
  shop.till.must(back(shop, id, {{0, "1"}}), "1111");
  const auto order = core::find_order(shop.till.database(), id);
  CHECK(order->refunds.back().approver == "Anna");
  CHECK(shop.till.now().cashier->name == "Berta");
  const auto rows = core::receipt_rows(shop.till.database(), 0, 1);
  CHECK(rows.front().cashier == "Berta");
}
