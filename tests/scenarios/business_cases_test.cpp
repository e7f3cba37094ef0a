// What each receipt is in business: a row of the table that the tax office reads closings by,
// each with its numbers. Goods, discounts, parts paid, vouchers, tips and what comes back.
#include <doctest/doctest.h>

#include <random>

#include "core/orders/case_lines.h"
#include "core/orders/refund.h"
#include "core/shift/cash_case.h"
#include "tests/scenarios/shop_day.h"

using namespace core;
using namespace tests;

namespace {

std::vector<Receipt> receipts_of(ShopDay& shop, OrderId id) {
  const auto order = find_order(shop.till.database(), id);
  REQUIRE(order);
  std::vector<Receipt> all;
  for (const std::int64_t row : receipts_of_order(shop.till.database(), order->row)) {
    all.push_back(*load_receipt(shop.till.database(), row));
  }
  return all;
}

// "goods 1900#1 119.00; discount 1900#1 -11.90".
std::string cases_of(const Receipt& receipt) {
  std::string text;
  for (const CaseLine& line : business_case_lines(receipt)) {
    if (!text.empty()) text += "; ";
    text += std::string(word(line.business_case)) + " " + to_text(line.taxed) + " " +
            to_plain(line.gross);
  }
  return text;
}

// Left with `paid` of it, in cash; then the rest.
OrderId sell_in_parts(ShopDay& shop, const std::string& paid, bool goods_along) {
  const OrderId id = shop.till.now().order.id;
  shop.till.must(TakeCash{shop.money(paid)});
  shop.till.must(LeavePartiallyPaid{goods_along});
  shop.till.must(CollectPayment{id});
  shop.pay_cash();
  return id;
}

std::string sum_of(const ShiftReport& report, BusinessCase business_case) {
  Money sum{0, report.currency};
  for (const CaseSum& one : report.cases) {
    if (one.business_case == business_case) sum += one.gross;
  }
  return to_plain(sum);
}

void german(ShopDay& shop) {
  shop.till.must(ChangeSetting{"fiscal.device", "software"});
  shop.till.must(ChangeSetting{"shop.country", "DE"});
}

}  // namespace

TEST_CASE("business cases: a sale is its goods, and what was let off each of them") {
  ShopDay shop;
  german(shop);
  shop.put_in_cart("17.97", "reduced");
  shop.put_in_cart("12.90", "standard");
  shop.till.must(DiscountOrder{Discount{DiscountKind::percent, 1000, "regular"}});
  const Receipt sale = receipts_of(shop, shop.pay_cash()).front();
  CHECK(cases_of(sale) ==
        "goods 700#2 17.97; discount 700#2 -1.80; goods 1900#1 12.90; discount 1900#1 -1.29");
  const auto lines = business_case_lines(sale);
  CHECK(to_plain(lines[0].net) == "16.79439");
  CHECK(to_plain(lines[0].tax) == "1.17561");
  CHECK(to_plain(lines[3].tax) == "-0.20597");
  CHECK(to_plain(gross_of(lines, eur)) == "27.78");
}

TEST_CASE("business cases: goods that stay are a down payment until all is paid") {
  ShopDay shop;
  german(shop);
  shop.open("0");
  shop.put_in_cart("119.00", "standard");
  shop.put_in_cart("10.70", "reduced");
  const auto receipts = receipts_of(shop, sell_in_parts(shop, "50.00", false));
  REQUIRE(receipts.size() == 2);
  CHECK(cases_of(receipts[0]) == "down payment 1900#1 45.88; down payment 700#2 4.12");
  CHECK(cases_of(receipts[1]) ==
        "goods 1900#1 119.00; goods 700#2 10.70; down payment released 1900#1 -45.88; "
        "down payment released 700#2 -4.12");
  const ShiftReport report = shop.close("129.70").report;
  CHECK(sum_of(report, BusinessCase::goods) == "129.70");
  CHECK(sum_of(report, BusinessCase::down_payment) == "50.00");
  CHECK(sum_of(report, BusinessCase::down_payment_released) == "-50.00");
  shop.check_books();
}

TEST_CASE("business cases: goods that go along are sold at once, and the rest is owed for") {
  ShopDay shop;
  german(shop);
  shop.open("0");
  shop.put_in_cart("119.00", "standard");
  shop.put_in_cart("10.70", "reduced");
  const auto receipts = receipts_of(shop, sell_in_parts(shop, "50.00", true));
  REQUIRE(receipts.size() == 2);
  CHECK(cases_of(receipts[0]) == "goods 1900#1 119.00; goods 700#2 10.70; receivable 0#5 -79.70");
  CHECK(to_plain(receipts[0].taxes.at(0).gross) == "119.00");
  CHECK(cases_of(receipts[1]) == "receivable released 0#5 79.70");
  CHECK(receipts[1].taxes.empty());
  const ShiftReport report = shop.x().report;
  CHECK(to_plain(report.turnover()) == "129.70");
  CHECK(to_plain(report.receivables) == "0.00");
  CHECK(to_plain(report.rounding) == "0.00");
  shop.check_books();
}

TEST_CASE("business cases: whether goods go along is said once, and a setting says it first") {
  ShopDay shop;
  shop.till.must(ChangeSetting{"receipts.partly_paid", "goods_along"});
  shop.put_in_cart("100.00");
  const OrderId id = shop.till.now().order.id;
  shop.till.must(TakeCash{shop.money("60.00")});
  shop.till.must(LeavePartiallyPaid{});
  const auto order = find_order(shop.till.database(), id);
  CHECK(order->goods_along);
  CHECK(fulfilment_word(*order) == "fulfilled");
  // A later part does not ask again.
  shop.till.must(CollectPayment{id});
  shop.till.must(TakeCash{shop.money("10.00")});
  shop.till.must(LeavePartiallyPaid{false});
  CHECK(find_order(shop.till.database(), id)->goods_along);
  CHECK(cases_of(receipts_of(shop, id).back()) == "receivable released 0#5 10.00");
  shop.check_books();
}

TEST_CASE("business cases: what comes back takes back its own case and key") {
  ShopDay shop;
  german(shop);
  shop.put_in_cart("119.00", "standard");
  const OrderId sold = shop.pay_cash();
  shop.give_back_cash(sold);
  CHECK(cases_of(receipts_of(shop, sold).back()) == "goods 1900#1 -119.00");
  // Paid in part only, and the goods had stayed: it was a down payment.
  shop.put_in_cart("100.00", "standard");
  const OrderId begun = shop.till.now().order.id;
  shop.till.must(TakeCash{shop.money("60.00")});
  shop.till.must(LeavePartiallyPaid{false});
  shop.give_back_cash(begun);
  CHECK(cases_of(receipts_of(shop, begun).back()) == "down payment released 1900#1 -60.00");
  // The same with goods that had gone along: the claim of 40 is let off.
  shop.put_in_cart("100.00", "standard");
  const OrderId taken = shop.till.now().order.id;
  shop.till.must(TakeCash{shop.money("60.00")});
  shop.till.must(LeavePartiallyPaid{true});
  shop.give_back_cash(taken);
  CHECK(cases_of(receipts_of(shop, taken).back()) ==
        "goods 1900#1 -100.00; receivable released 0#5 40.00");
  shop.check_books();
}

TEST_CASE("business cases: a voucher is sold and redeemed as a line in Germany") {
  ShopDay shop;
  german(shop);
  shop.till.must(SellVoucher{shop.money("50.00"), "", ""});
  const OrderId sold = shop.pay_cash();
  const std::string number = shop.till.now().done->vouchers.at(0).number;
  CHECK(cases_of(receipts_of(shop, sold).front()) == "voucher sold 0#5 50.00");
  shop.put_in_cart("30.00", "standard");
  shop.put_in_cart("20.00", "reduced");
  const OrderId bought = shop.till.now().order.id;
  shop.till.must(TakeVoucher{number});
  const Receipt receipt = receipts_of(shop, bought).front();
  CHECK(cases_of(receipt) == "goods 1900#1 30.00; goods 700#2 20.00; voucher redeemed 0#5 -50.00");
  CHECK(to_plain(tendered(receipt)) == "0.00");
  shop.check_books();
}

namespace {

// Goods for 10 and a voucher for 90, not yet paid for.
OrderId put_voucher_in_cart(ShopDay& shop) {
  german(shop);
  shop.put_in_cart("10.00", "reduced");
  shop.till.must(SellVoucher{shop.money("90.00"), "", ""});
  return shop.till.now().order.id;
}

}  // namespace

TEST_CASE("business cases: what is paid for a voucher sells it, in whatever parts") {
  ShopDay shop;
  put_voucher_in_cart(shop);
  const auto receipts = receipts_of(shop, sell_in_parts(shop, "50.00", false));
  REQUIRE(receipts.size() == 2);
  CHECK(cases_of(receipts[0]) == "down payment 700#2 5.00; voucher sold 0#5 45.00");
  CHECK(cases_of(receipts[1]) ==
        "goods 700#2 10.00; voucher sold 0#5 90.00; down payment released 700#2 -5.00; "
        "voucher sold 0#5 -45.00");
  const ShiftReport report = shop.x().report;
  CHECK(to_plain(report.turnover()) == "10.00");
  CHECK(to_plain(report.vouchers.sold) == "90.00");
  shop.check_books();
}

TEST_CASE("business cases: a part of a voucher that is given back was no turnover") {
  for (const char* amount : {"0", "50.00", "20.00"}) {  // 0: all lines, and what was paid
    CAPTURE(amount);
    ShopDay shop;
    const OrderId begun = put_voucher_in_cart(shop);
    shop.till.must(TakeCash{shop.money("50.00")});
    shop.till.must(LeavePartiallyPaid{false});
    shop.give_back_cash(begun, amount);
    CHECK(cases_of(receipts_of(shop, begun).back()) ==
          (std::string_view(amount) == "20.00"
               ? "down payment released 700#2 -2.00; voucher sold 0#5 -18.00"
               : "down payment released 700#2 -5.00; voucher sold 0#5 -45.00"));
    shop.check_books();
  }
}

TEST_CASE("business cases: money without goods is taken off the goods, and off no voucher") {
  ShopDay shop;
  const OrderId sold = put_voucher_in_cart(shop);
  shop.pay_cash();
  shop.give_back_cash(sold, "1.00");
  CHECK(cases_of(receipts_of(shop, sold).back()) == "goods 700#2 -1.00");
  shop.check_books();
}

TEST_CASE("business cases: of less money than was paid a voucher has all that it cost") {
  ShopDay shop;
  const OrderId sold = put_voucher_in_cart(shop);
  shop.pay_cash();
  RefundOrder back{sold, all_of(*find_order(shop.till.database(), sold), false).lines, "scratched"};
  back.amount = shop.money("89.00");
  CHECK(shop.till.refused(back).text == "A voucher is given back as a whole.");
  back.amount = shop.money("95.00");
  shop.till.must(back);
  const Receipt receipt = receipts_of(shop, sold).back();
  CHECK(cases_of(receipt) == "goods 700#2 -10.00; voucher sold 0#5 -90.00; goods 700#2 5.00");
  REQUIRE(receipt.taxes.size() == 2);
  CHECK(to_plain(receipt.taxes[0].gross) == "-5.00");
  CHECK(to_plain(receipt.taxes[1].gross) == "-90.00");
  shop.check_books();
}

TEST_CASE("business cases: paper of before the till is redeemed as any voucher is") {
  ShopDay shop;
  german(shop);
  shop.put_in_cart("20.00", "reduced");
  const OrderId sold = shop.till.now().order.id;
  shop.till.must(TakeOther{Tender::gift_card, shop.money("5.00"), "paper 12"});
  shop.pay_cash();
  CHECK(cases_of(receipts_of(shop, sold).front()) ==
        "goods 700#2 20.00; voucher redeemed 0#5 -5.00");
  CHECK(to_plain(shop.x().report.vouchers.redeemed) == "5.00");
  shop.check_books();
}

TEST_CASE("business cases: a voucher for goods of one rate is taxed once") {
  ShopDay shop;
  german(shop);
  shop.till.must(SellVoucher{shop.money("60.00"), "", "standard"});
  const OrderId sold = shop.pay_cash();
  const std::string number = shop.till.now().done->vouchers.at(0).number;
  const auto sale = business_case_lines(receipts_of(shop, sold).front());
  REQUIRE(sale.size() == 1);
  CHECK(sale[0].business_case == BusinessCase::taxed_voucher_sold);
  CHECK(to_plain(sale[0].tax) == "9.57983");
  shop.put_in_cart("75.00", "standard");
  const OrderId bought = shop.till.now().order.id;
  shop.till.must(TakeVoucher{number});
  shop.pay_cash();
  CHECK(cases_of(receipts_of(shop, bought).front()) ==
        "goods 1900#1 75.00; taxed voucher redeemed 1900#1 -60.00");
  shop.check_books();
}

TEST_CASE("business cases: in Austria an untaxed voucher pays as cash does") {
  ShopDay shop;
  shop.till.must(ChangeSetting{"shop.country", "AT"});
  shop.till.must(SellVoucher{shop.money("100.00"), "", ""});
  const OrderId sold = shop.pay_cash();
  const std::string number = shop.till.now().done->vouchers.at(0).number;
  CHECK(cases_of(receipts_of(shop, sold).front()) == "voucher sold 0#4 100.00");
  shop.put_in_cart("100.00", "reduced");
  const OrderId bought = shop.till.now().order.id;
  shop.till.must(TakeVoucher{number});
  const Receipt receipt = receipts_of(shop, bought).front();
  CHECK(cases_of(receipt) == "goods 1000#2 100.00");
  CHECK(to_plain(tendered(receipt)) == "100.00");
}

TEST_CASE("business cases: tips are the staff's without tax, or the house's with it") {
  for (const bool house : {false, true}) {
    ShopDay shop;
    german(shop);
    shop.till.must(ChangeSetting{"receipts.tips", house ? "house" : "staff"});
    shop.put_in_cart("40.00");
    const OrderId id = shop.till.now().order.id;
    shop.till.must(TakeCash{shop.money("50.00"), shop.money("10.00")});
    CHECK(cases_of(receipts_of(shop, id).front()) ==
          (house ? "goods 1900#1 40.00; tip for the house 1900#1 10.00"
                 : "goods 1900#1 40.00; tip for staff 0#5 10.00"));
    shop.check_books();
  }
}

TEST_CASE("business cases: what coins make of a sum is a case of its own") {
  ShopDay shop(chf, 5);
  shop.till.must(ChangeSetting{"shop.country", "CH"});
  shop.put_in_cart("9.98");
  CHECK(cases_of(receipts_of(shop, shop.pay_cash()).front()) ==
        "goods 810#1 9.98; rounding 0#4 0.02");
  shop.check_books();
}

TEST_CASE("business cases: cash that moves has one, and moves no turnover") {
  CHECK(business_case_line({CashMoveKind::safe_drop, euros(-5000), "", ""}).business_case ==
        BusinessCase::money_transit);
  CHECK(business_case_line({CashMoveKind::difference, euros(-115), "", ""}).gross == euros(-115));
}

TEST_CASE("business cases: of random days the lines are what was tendered, case by case") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    std::mt19937 dice(seed);
    const auto up_to = [&](int most) { return std::uniform_int_distribution<int>(0, most)(dice); };
    ShopDay shop(eur, up_to(2) == 0 ? 5 : 0);
    const char* countries[] = {"DE", "AT", ""};
    shop.till.must(ChangeSetting{"fiscal.device", "software"});
    shop.till.must(ChangeSetting{"shop.country", countries[up_to(2)]});
    shop.till.must(ChangeSetting{"receipts.tips", up_to(1) == 0 ? "staff" : "house"});
    if (up_to(3) == 0) shop.till.must(ChangeSetting{"tax.mode", "added"});
    std::vector<OrderId> sold, begun;
    std::vector<std::string> numbers;
    for (int step = 0; step < 60; ++step) {
      shop.till.clock.advance(std::chrono::minutes(7));
      const int what = up_to(9);
      if (what == 0) {
        shop.till.must(SellVoucher{euros(100 + up_to(9000)), "", ""});
        shop.pay_cash();
        numbers.push_back(shop.till.now().done->vouchers.at(0).number);
        continue;
      }
      if (what == 1 && !begun.empty()) {
        if (shop.till.till().handle(CollectPayment{begun.back()})) {
          shop.pay_cash();
          sold.push_back(begun.back());
        }
        begun.pop_back();
        continue;
      }
      if (what <= 3 && !(sold.empty() && begun.empty())) {
        const auto& from = sold.empty() || (!begun.empty() && up_to(2) == 0) ? begun : sold;
        RefundOrder refund{
            from[static_cast<std::size_t>(up_to(static_cast<int>(from.size()) - 1))]};
        const auto order = find_order(shop.till.database(), refund.order);
        refund.reason = "brought back";
        refund.tender = up_to(3) == 0 ? Tender::gift_card : Tender::cash;
        if (up_to(2) == 0) {
          refund.amount = euros(1 + up_to(400));
        } else {
          refund.lines = {{order->lines.front().id, pieces(1), {0, eur}, false}};
        }
        // More than was paid is refused, and is no refund.
        [[maybe_unused]] const auto handled = shop.till.till().handle(refund);
        continue;
      }
      for (int lines = 1 + up_to(2); lines > 0; --lines) {
        const char* codes[] = {"standard", "reduced", "zero"};
        shop.till.must(AddOpenItem{"Goods", euros(1 + up_to(9999)), codes[up_to(2)]});
        if (up_to(2) == 0) {
          shop.till.must(ChangeQuantity{shop.till.now().last_line, pieces(1 + up_to(3))});
        }
      }
      if (up_to(3) == 0) {
        shop.till.must(DiscountOrder{Discount{DiscountKind::percent, 1 + up_to(1500), "nice"}});
      }
      const OrderId id = shop.till.now().order.id;
      if (!numbers.empty() && up_to(3) == 0) {
        [[maybe_unused]] const auto taken = shop.till.till().handle(TakeVoucher{numbers.back()});
        numbers.pop_back();
        if (shop.till.now().done) {
          sold.push_back(id);
          continue;
        }
      }
      const Money due = shop.till.now().due;
      if (due.minor > 1 && up_to(3) == 0) {
        shop.till.must(TakeOther{Tender::other, euros(1 + up_to(static_cast<int>(due.minor) - 2)),
                                 "Transfer"});
        shop.till.must(LeavePartiallyPaid{up_to(1) == 0});
        begun.push_back(id);
        continue;
      }
      const Money coins = due + cash_rounding(due, shop.till.now().settings.money.cash_step);
      const Money tip = up_to(4) == 0 ? euros(50 * up_to(9)) : euros(0);
      shop.till.must(TakeCash{coins + tip, tip});
      sold.push_back(id);
    }
    for (std::int64_t row = 1;; ++row) {
      const auto receipt = load_receipt(shop.till.database(), row);
      if (!receipt) break;
      CAPTURE(receipt->code);
      CAPTURE(cases_of(*receipt));
      Money tenders{0, eur};
      for (const Payment& payment : receipt->payments) {
        tenders += payment.kind == TransactionKind::refund ? -payment.amount
                                                           : payment.amount + payment.tip;
      }
      const auto lines = business_case_lines(*receipt);
      if (!has_order(receipt->kind)) continue;
      CHECK(gross_of(lines, eur) == tendered(*receipt));
      for (const CaseLine& line : lines) {
        FineAmount whole = line.net;
        whole += line.tax;
        CHECK(whole == fine(line.gross));
        const bool is_rounded =
            line.business_case == BusinessCase::rounding && std::abs(line.gross.minor) > 2;
        CHECK_FALSE(is_rounded);
      }
    }
    shop.check_books();
  }
}
