// Nothing that was keyed is lost: a voided line stays with who, when and why, a cart that is
// given up has a number of its own, and what comes back names what it was sold by.
#include <doctest/doctest.h>

#include "core/orders/case_lines.h"
#include "tests/scenarios/shop_day.h"

using namespace core;
using namespace tests;

namespace {

Receipt newest_receipt(ShopDay& shop) {
  const auto rows = receipt_rows(shop.till.database(), 0, 1);
  REQUIRE(rows.size() == 1);
  return *load_receipt(shop.till.database(), rows.front().row);
}

}  // namespace

TEST_CASE("kept lines: a voided line is not sold, and stays with who, when and why") {
  ShopDay shop;
  shop.open("100.00");
  shop.put_in_cart("12.00");
  shop.put_in_cart("3.00");
  const LineId voided = shop.till.now().order.lines.at(0).id;
  shop.till.must(VoidLine{voided, "keyed by mistake"});
  CHECK(shop.till.now().due == euros(300));
  shop.till.reopen();
  const OrderId id = shop.pay_cash();
  const auto order = find_order(shop.till.database(), id);
  CHECK(order->lines.size() == 1);
  REQUIRE(order->voided.size() == 1);
  CHECK(order->voided[0].line.id == voided);
  CHECK(order->voided[0].line.unit_price == euros(1200));
  CHECK(order->voided[0].reason == "keyed by mistake");
  CHECK(order->voided[0].who == "till");
  CHECK(order->voided[0].at == shop.till.clock.now());
  const Receipt receipt = newest_receipt(shop);
  CHECK(receipt.amount == euros(300));
  CHECK(gross_of(business_case_lines(receipt), eur) == euros(300));
  CHECK(shop.x().report.events.voided_lines == 1);
  CHECK_FALSE(shop.till.database().execute("DELETE FROM voided_lines"));
  CHECK_FALSE(shop.till.database().execute("UPDATE voided_lines SET reason = ''"));
  shop.till.database().forget_error();
  shop.check_books();
}

TEST_CASE("kept lines: a cart that is given up has a number, its lines and no money") {
  ShopDay shop;
  shop.open("50.00");
  shop.put_in_cart("12.00");
  shop.put_in_cart("3.00");
  shop.till.must(VoidLine{shop.till.now().order.lines.at(1).id, "not wanted"});
  shop.till.must(VoidOrder{"changed their mind"});
  const Receipt aborted = newest_receipt(shop);
  CHECK(aborted.kind == ReceiptKind::aborted);
  CHECK(aborted.code == "T1-R000002");
  CHECK(aborted.order.lines.size() == 1);
  CHECK(aborted.order.voided.size() == 1);
  CHECK(aborted.amount == euros(0));
  CHECK(business_case_lines(aborted).empty());
  CHECK(receipts_of(shop.till.database(), ReceiptsOf::aborted, 9).size() == 1);
  shop.sell_cash("5.00");
  const ShiftDocument day = shop.close("55.00");
  CHECK(day.report.sales == 1);
  CHECK(shop.text(day.report.turnover()) == "5.00");
  CHECK(day.report.last_code == "T1-R000003");
  shop.check_books();
}

TEST_CASE("kept lines: a cart that was emptied line by line is given up with them") {
  ShopDay shop;
  shop.put_in_cart("12.00");
  shop.till.must(VoidLine{shop.till.now().last_line, "not wanted"});
  shop.till.must(VoidOrder{"left"});
  const Receipt aborted = newest_receipt(shop);
  CHECK(aborted.kind == ReceiptKind::aborted);
  CHECK(aborted.order.lines.empty());
  CHECK(aborted.order.voided.size() == 1);
  CHECK(shop.till.refused(Scan{aborted.code}).text == "This cart was given up.");
  shop.check_books();
}

TEST_CASE("kept lines: a refund names the receipt whose goods it takes back") {
  ShopDay shop;
  const OrderId sold = shop.sell_cash("20.00");
  const std::string code = newest_receipt(shop).code;
  shop.give_back_cash(sold);
  CHECK(newest_receipt(shop).reverses == code);
  shop.check_books();
}

TEST_CASE("kept lines: money back to a card without goods has a receipt, by the order's taxes") {
  ShopDay shop;
  shop.till.must(ChangeSetting{"fiscal.device", "software"});
  shop.till.must(ChangeSetting{"shop.country", "DE"});
  shop.put_in_cart("119.00", "standard");
  shop.put_in_cart("10.70", "reduced");
  const OrderId id = shop.pay_by(Tender::card, "129.70");
  const auto order = find_order(shop.till.database(), id);
  const Effects effects = shop.till.must(
      RefundToCard{id, order->payments.front().id, euros(1297), CardKind::refund, "came too late"});
  const auto* asked = find_effect<AuthorizeCard>(effects);
  REQUIRE(asked);
  shop.till.must(
      CardAnswered{asked->attempt.id, {CardPhase::approved, euros(1297), "ok", "Visa •••• 4242"}});
  const Receipt back = newest_receipt(shop);
  CHECK(back.kind == ReceiptKind::refund);
  CHECK(back.amount == euros(-1297));
  CHECK(shop.text(back.taxes.at(0).gross) == "-11.90");
  CHECK(shop.text(back.taxes.at(1).gross) == "-1.07");
  CHECK(gross_of(business_case_lines(back), eur) == euros(-1297));
  CHECK(shop.tender(shop.x(), Tender::card) == "116.73");
  shop.check_books();
}
