// One cart with lines in both directions: the difference is paid or given back. The names
// are those of the list of scenarios.
#include <map>
#include <random>

#include "core/orders/account.h"
#include "core/orders/case_lines.h"
#include "core/orders/exchange.h"
#include "core/orders/refund.h"
#include "core/store/catalogue_store.h"
#include "core/store/outbox_store.h"
#include "core/store/voucher_store.h"
#include "core/vouchers/voucher_number.h"
#include "tests/scenarios/shop_day.h"

using core::Tender;
using tests::ShopDay;

namespace {

core::Order order_of(ShopDay& shop, core::OrderId id) {
  auto order = core::find_order(shop.till.database(), id);
  REQUIRE(order);
  return *order;
}

core::TakeBack wish_to_bring(ShopDay& shop, core::OrderId id, const std::string& quantity = "1",
                             std::size_t line = 0, core::Shelf shelf = core::Shelf::restock) {
  const auto wanted = core::parse_quantity(quantity);
  REQUIRE(wanted);
  return {id, {{order_of(shop, id).lines.at(line).id, *wanted, shelf}}, "too small"};
}

void bring_back(ShopDay& shop, core::OrderId id, const std::string& quantity = "1",
                std::size_t line = 0, core::Shelf shelf = core::Shelf::restock) {
  shop.till.must(wish_to_bring(shop, id, quantity, line, shelf));
}

// Above 0: to pay; below 0: to give back.
std::string due(ShopDay& shop) {
  return shop.text(shop.till.now().due);
}

void give_back_to_card(ShopDay& shop, const std::string& amount) {
  core::GiveBack back{Tender::card, shop.money(amount)};
  const core::Effects effects = shop.till.must(back);
  const auto* asked = tests::find_effect<core::AuthorizeCard>(effects);
  REQUIRE(asked);
  CHECK(asked->attempt.kind == core::CardKind::refund);
  CHECK(shop.text(asked->attempt.amount) == amount);
  shop.till.must(core::CardAnswered{
      asked->attempt.id, {core::CardPhase::approved, shop.money(amount), "ok", "Visa •••• 4242"}});
}

core::Receipt last_receipt(ShopDay& shop) {
  const auto rows = core::receipt_rows(shop.till.database(), 0, 1);
  REQUIRE(rows.size() == 1);
  const auto receipt = core::find_receipt_by_code(shop.till.database(), rows.front().code);
  REQUIRE(receipt);
  return *receipt;
}

std::size_t receipts(ShopDay& shop) {
  return core::receipt_rows(shop.till.database(), 0, 1000).size();
}

std::string tax_at(const std::vector<core::TaxLine>& taxes, std::int64_t basis_points) {
  for (const core::TaxLine& line : taxes) {
    if (line.rate.basis_points == basis_points) return core::to_plain(line.tax);
  }
  return "none";
}

core::Variant stocked(ShopDay& shop, const std::string& name, std::int64_t minor,
                      const std::string& code, std::int64_t pieces) {
  core::Variant variant;
  variant.product_title = variant.sku = name;
  variant.price = {minor, core::eur};
  variant.tax_code = "standard";
  variant.barcodes = {code};
  variant.stock = core::pieces(pieces);
  core::Transaction transaction(shop.till.database());
  core::put_product(shop.till.database(), {name, name, {variant}}, "test");
  REQUIRE(transaction.commit());
  return *core::find_by_barcode(shop.till.database(), code);
}

std::string stock_of(ShopDay& shop, const std::string& code) {
  const auto variant = core::find_by_barcode(shop.till.database(), code);
  REQUIRE(variant);
  return core::to_plain(variant->stock.value_or(core::Quantity{0}));
}

}  // namespace

TEST_CASE("X1: 50 back and 80 new are 30 to pay, on one receipt") {
  ShopDay shop;
  const auto old = shop.sell_cash("50.00");
  const std::size_t before = receipts(shop);
  bring_back(shop, old);
  CHECK(due(shop) == "-50.00");
  shop.put_in_cart("80.00");
  CHECK(due(shop) == "30.00");
  const auto fresh = shop.pay_cash();
  CHECK(receipts(shop) == before + 1);
  const core::Receipt receipt = last_receipt(shop);
  CHECK(receipt.kind == core::ReceiptKind::exchange);
  CHECK(shop.text(receipt.amount) == "30.00");
  CHECK(tax_at(receipt.taxes, 1900) == "4.79");
  const auto x = shop.x();
  CHECK(shop.text(x.report.sold) == "130.00");
  CHECK(shop.text(x.report.given_back) == "50.00");
  CHECK(shop.tender(x, Tender::cash) == "80.00");
  CHECK(shop.tender(x, Tender::other) == "0.00");
  CHECK(payment_word(order_of(shop, old), price(order_of(shop, old)).total) == "refunded");
  CHECK(payment_word(order_of(shop, fresh), price(order_of(shop, fresh)).total) == "paid");
  shop.check_books();
}

TEST_CASE("X1: the refund and the sale that a platform is told of name each other") {
  ShopDay shop;
  const auto old = shop.sell_cash("50.00");
  bring_back(shop, old);
  shop.put_in_cart("80.00");
  const auto fresh = shop.pay_cash();
  const core::Order sale = core::as_sale(order_of(shop, fresh));
  CHECK(sale.returns.empty());
  REQUIRE(sale.payments.size() == 2);
  CHECK(shop.text(sale.payments.front().amount) == "50.00");
  CHECK(sale.payments.front().label == "exchange");
  CHECK(sale.payments.front().reference == order_of(shop, old).number);
  CHECK(shop.text(owed(sale)) == "0.00");
  const core::Order back = order_of(shop, old);
  REQUIRE(back.refunds.size() == 1);
  CHECK(back.payments.back().label == "exchange");
  CHECK(back.payments.back().reference == sale.number);
  CHECK(shop.text(owed(back, price(back).total)) == "0.00");
}

TEST_CASE("X2: goods for goods take no money and still have a receipt") {
  ShopDay shop;
  stocked(shop, "Shirt L", 1000, "4000001000101", 5);
  stocked(shop, "Shirt XXL", 1000, "4000001000102", 5);
  shop.till.scan("4000001000101");
  const auto old = shop.pay_cash();
  CHECK(stock_of(shop, "4000001000101") == "4");
  bring_back(shop, old);
  shop.till.scan("4000001000102");
  CHECK(due(shop) == "0.00");
  shop.till.must(core::GiveBack{});
  const core::Receipt receipt = last_receipt(shop);
  CHECK(receipt.kind == core::ReceiptKind::exchange);
  CHECK(shop.text(receipt.amount) == "0.00");
  CHECK(receipt.payments.empty());
  CHECK(tax_at(receipt.taxes, 1900) == "0.00");
  CHECK(stock_of(shop, "4000001000101") == "5");
  CHECK(stock_of(shop, "4000001000102") == "4");
  shop.check_books();
}

TEST_CASE("X3: a book of 7 % against a pen of 19 % moves tax and no money") {
  ShopDay shop;
  const auto book = shop.sell_cash("20.00", "reduced");
  bring_back(shop, book);
  shop.put_in_cart("20.00");
  CHECK(due(shop) == "0.00");
  shop.till.must(core::TakeCash{shop.money("0")});
  const core::Receipt receipt = last_receipt(shop);
  CHECK(tax_at(receipt.taxes, 700) == "-1.31");
  CHECK(tax_at(receipt.taxes, 1900) == "3.19");
  shop.check_books();
}

TEST_CASE("X4: after an exchange the new goods can come back, the old ones cannot") {
  ShopDay shop;
  const auto old = shop.sell_cash("50.00");
  bring_back(shop, old);
  shop.put_in_cart("80.00");
  const auto fresh = shop.pay_cash();
  CHECK(shop.till.refused(wish_to_bring(shop, old)).text == "This is more than was bought.");
  shop.give_back_cash(fresh);
  CHECK(shop.text(order_of(shop, fresh).refunds.back().amount) == "80.00");
  const auto x = shop.x();
  CHECK(shop.text(x.report.turnover()) == "0.00");
  CHECK(shop.tender(x, Tender::cash) == "0.00");
  shop.check_books();
}

TEST_CASE("S15: 150 sold, 250 back, the difference to the card") {
  ShopDay shop;
  shop.open("80.00");
  const auto old = shop.sell_by(Tender::card, "250.00");
  bring_back(shop, old);
  shop.put_in_cart("150.00");
  CHECK(due(shop) == "-100.00");
  give_back_to_card(shop, "100.00");
  const auto z = shop.close("80.00");
  CHECK(shop.tender(z, Tender::card) == "150.00");
  CHECK(shop.closing_difference(z) == "0.00");
  CHECK(shop.tender(z, Tender::cash) == "0.00");
  CHECK(shop.text(card_left(order_of(shop, old), order_of(shop, old).payments.front().id)) ==
        "150.00");
  shop.check_books();
}

TEST_CASE("R3: what was a refund does not come back once more") {
  ShopDay shop;
  const auto id = shop.sell_cash("12.00");
  shop.give_back_cash(id);
  const core::Refusal no = shop.till.refused(wish_to_bring(shop, id));
  CHECK(no.text == "This is more than was bought.");
  CHECK(shop.till.now().order.returns.empty());
}

TEST_CASE("R15: what is damaged is not for sale again") {
  ShopDay shop;
  stocked(shop, "Jug", 700, "4000001000103", 10);
  shop.till.scan("4000001000103");
  shop.till.must(core::ChangeQuantity{shop.till.now().order.lines.front().id, core::pieces(3)});
  const auto id = shop.pay_cash();
  const auto line = order_of(shop, id).lines.front().id;
  shop.till.must(core::TakeBack{id,
                                {{line, core::pieces(1), core::Shelf::restock},
                                 {line, core::pieces(1), core::Shelf::damaged}},
                                "one is chipped"});
  CHECK(due(shop) == "-14.00");
  shop.till.must(core::GiveBack{});
  CHECK(stock_of(shop, "4000001000103") == "8");
  const core::Order order = order_of(shop, id);
  CHECK(refundable_quantity(order, order.lines.front()) == core::pieces(1));
  std::int64_t damaged = 0;
  for (const core::RefundedLine& back : order.refunds.back().lines) {
    if (back.damaged) damaged += back.quantity.thousandths / 1000;
  }
  CHECK(damaged == 1);
  shop.check_books();
}

TEST_CASE("exchange: each unit has the price that was paid, the last one the left cents") {
  ShopDay shop;
  shop.put_in_cart("10.00");
  shop.till.must(core::ChangeQuantity{shop.till.now().order.lines.front().id, core::pieces(3)});
  shop.till.must(core::DiscountOrder{core::Discount{core::DiscountKind::amount, 100, "last day"}});
  const auto id = shop.pay_cash();
  core::Money sum{0, core::eur};
  for (int i = 0; i < 3; ++i) {
    bring_back(shop, id);
    const core::Money amount = shop.till.now().order.returns.back().amount;
    CHECK((shop.text(amount) == "9.66" || shop.text(amount) == "9.67"));
    sum += amount;
  }
  CHECK(shop.text(sum) == "29.00");
  shop.till.refused(wish_to_bring(shop, id));
  shop.till.must(core::GiveBack{});
  shop.check_books();
}

TEST_CASE("exchange: a till that was killed comes back with its lines of both directions") {
  ShopDay shop;
  const auto id = shop.sell_cash("50.00");
  bring_back(shop, id);
  shop.put_in_cart("20.00");
  const core::Order before = shop.till.now().order;
  shop.till.reopen();
  CHECK(shop.till.now().order.returns == before.returns);
  CHECK(due(shop) == "-30.00");
  shop.till.must(core::ParkOrder{});
  shop.till.reopen();
  REQUIRE(shop.till.now().parked.size() == 1);
  CHECK(shop.till.now().parked[0].pieces == 2);  // one each way
  CHECK(shop.text(shop.till.now().parked[0].total) == "-30.00");
  shop.till.must(core::RecallOrder{before.id});
  CHECK(due(shop) == "-30.00");
  shop.till.must(core::GiveBack{Tender::cash, shop.money("10.00")});
  shop.till.reopen();
  CHECK(due(shop) == "-20.00");
  shop.till.must(core::GiveBack{});
  CHECK(shop.tender(shop.x(), Tender::cash) == "20.00");
  shop.check_books();
}

TEST_CASE("exchange: a terminal that fell silent is asked, and the card is paid once") {
  ShopDay shop;
  const auto id = shop.sell_by(Tender::card, "50.00");
  bring_back(shop, id);
  shop.put_in_cart("20.00");
  shop.till.must(core::GiveBack{Tender::card});
  shop.till.reopen();
  const core::Snapshot now = shop.till.now();
  REQUIRE(now.attempt);
  CHECK(now.attempt->phase == core::CardPhase::unknown);
  shop.till.refused(core::GiveBack{});
  shop.till.refused(core::RefundOrder{id, {}, "again", Tender::cash, {}, shop.money("30.00")});
  shop.till.must(core::CardAnswered{
      now.attempt->id, {core::CardPhase::approved, shop.money("30.00"), "ok", "Visa •••• 4242"}});
  CHECK(last_receipt(shop).kind == core::ReceiptKind::exchange);
  CHECK(shop.tender(shop.x(), Tender::card) == "20.00");
  shop.check_books();
}

TEST_CASE("exchange: what has come back elsewhere meanwhile is not paid for") {
  ShopDay shop;
  const auto id = shop.sell_cash("50.00");
  bring_back(shop, id);
  shop.give_back_cash(id);
  CHECK(shop.till.refused(core::GiveBack{}).text == "More of this has come back meanwhile.");
  shop.till.must(core::VoidLine{shop.till.now().order.returns.front().id, "back already"});
  CHECK(shop.till.now().order.returns.empty());
  shop.check_books();
}

TEST_CASE("exchange: what a voucher has paid is not handed out in cash") {
  ShopDay shop;
  shop.till.must(core::SellVoucher{shop.money("30.00")});
  const std::string number = shop.till.now().order.lines.front().voucher;
  shop.pay_cash();
  shop.put_in_cart("50.00");
  shop.till.must(core::TakeVoucher{number});
  const auto id = shop.pay_cash();
  bring_back(shop, id);
  shop.put_in_cart("10.00");
  CHECK(due(shop) == "-40.00");
  CHECK(shop.till.refused(core::GiveBack{}).text ==
        "What was paid by voucher goes back onto the voucher.");
  shop.till.must(core::GiveBack{Tender::cash, shop.money("10.00")});
  shop.till.must(core::GiveBack{Tender::gift_card});
  CHECK(shop.text(core::find_voucher(shop.till.database(), number)->balance) == "30.00");
  shop.check_books();
}

namespace {

// Goods for 50.00 that a voucher has paid.
struct VoucherSale : ShopDay {
  VoucherSale() {
    till.must(core::SellVoucher{money("50.00")});
    number = till.now().order.lines.front().voucher;
    pay_cash();
    put_in_cart("50.00");
    sold = till.now().order.id;
    till.must(core::TakeVoucher{number});
  }
  // They come back, and others are bought for them; what they cost more is paid in cash.
  core::OrderId exchange(core::OrderId goods, const std::string& price) {
    bring_back(*this, goods);
    put_in_cart(price);
    const core::OrderId bought = till.now().order.id;
    if (till.now().due.is_zero()) {
      till.must(core::GiveBack{});
    } else {
      pay_cash();
    }
    return bought;
  }
  std::string on_vouchers() {
    core::Money sum{0, core::eur};
    for (const core::Voucher& each : core::vouchers(till.database(), 100)) {
      sum += each.balance;
    }
    return text(sum);
  }
  std::string number;
  core::OrderId sold;
};

constexpr const char* not_in_cash = "What was paid by voucher goes back onto the voucher.";

}  // namespace

TEST_CASE("exchange: what a voucher has paid is no cash after an exchange, nor after two") {
  VoucherSale shop;
  const auto second = shop.exchange(shop.sold, "50.00");
  const auto third = shop.exchange(second, "50.00");
  bring_back(shop, third);
  CHECK(shop.till.refused(core::GiveBack{}).text == not_in_cash);
  shop.till.must(core::GiveBack{Tender::gift_card});
  CHECK(shop.on_vouchers() == "50.00");
  CHECK(shop.expected(shop.x()) == "50.00");
  shop.check_books();
}

TEST_CASE("exchange: what was paid in cash beside the voucher is cash again, and no more") {
  VoucherSale shop;
  const auto second = shop.exchange(shop.sold, "60.00");
  CHECK(shop.expected(shop.x()) == "60.00");
  core::RefundOrder back{second};
  back.reason = "does not fit";
  back.tender = Tender::cash;
  back.lines = {{order_of(shop, second).lines[0].id, core::pieces(1), {0, core::eur}, false}};
  CHECK(shop.till.refused(back).text == not_in_cash);
  back.to_voucher = shop.money("49.99");
  CHECK(shop.till.refused(back).text == not_in_cash);
  back.to_voucher = shop.money("50.00");
  shop.till.must(back);
  CHECK(shop.on_vouchers() == "50.00");
  CHECK(shop.expected(shop.x()) == "50.00");
  shop.check_books();
}

TEST_CASE("exchange: what was handed out as a voucher is bound no more") {
  VoucherSale shop;
  bring_back(shop, shop.sold);
  shop.put_in_cart("20.00");
  const auto cheap = shop.till.now().order.id;
  CHECK(shop.till.refused(core::GiveBack{}).text == not_in_cash);
  shop.till.must(core::GiveBack{Tender::gift_card});
  CHECK(shop.on_vouchers() == "30.00");
  bring_back(shop, cheap);
  CHECK(shop.till.refused(core::GiveBack{}).text == not_in_cash);
  shop.till.must(core::GiveBack{Tender::gift_card});
  CHECK(shop.on_vouchers() == "50.00");
  CHECK(shop.expected(shop.x()) == "50.00");
  shop.check_books();
}

TEST_CASE("exchange: more than was bought becomes a store credit") {
  ShopDay shop;
  const auto id = shop.sell_cash("50.00");
  bring_back(shop, id);
  shop.put_in_cart("15.00");
  shop.till.must(core::GiveBack{Tender::gift_card});
  const core::Receipt receipt = last_receipt(shop);
  REQUIRE(receipt.vouchers.size() == 1);
  CHECK(shop.text(receipt.vouchers.front().amount) == "35.00");
  CHECK(receipt.vouchers.front().is_new);
  CHECK(shop.text(shop.x().report.vouchers.credit) == "35.00");
  CHECK(shop.tender(shop.x(), Tender::cash) == "50.00");
  shop.check_books();
}

TEST_CASE("exchange: in Swiss francs the difference is handed out in coins") {
  ShopDay shop(core::chf, 5);
  const auto id = shop.sell_cash("24.95");
  bring_back(shop, id);
  shop.put_in_cart("12.62");
  CHECK(due(shop) == "-12.33");
  shop.till.must(core::GiveBack{});
  const core::Receipt receipt = last_receipt(shop);
  CHECK(shop.text(receipt.amount) == "-12.35");
  CHECK(shop.text(shop.x().report.rounding) == "-0.02");
  shop.check_books();
}

TEST_CASE("exchange: what becomes a voucher is tendered by nobody") {
  ShopDay shop;
  const auto id = shop.sell_cash("10.00");
  bring_back(shop, id);
  shop.till.must(core::GiveBack{Tender::gift_card});
  const core::Receipt receipt = last_receipt(shop);
  CHECK(shop.text(core::tendered(receipt)) == "0.00");
  CHECK(shop.text(core::gross_of(core::business_case_lines(receipt), core::eur)) == "0.00");
  CHECK(shop.text(shop.x().report.tendered) == "10.00");
  shop.check_books();
}

TEST_CASE("exchange: what a voucher of one rate has paid is taxed once, for other goods or again") {
  ShopDay shop;
  shop.till.must(core::SellVoucher{shop.money("60.00"), "CARD4711", "standard"});
  shop.pay_cash();
  shop.put_in_cart("60.00");
  const auto id = shop.till.now().order.id;
  shop.till.must(core::TakeVoucher{"CARD4711"});
  bring_back(shop, id);
  SUBCASE("other goods") {
    shop.put_in_cart("80.00");
    CHECK(due(shop) == "20.00");
    shop.pay_cash();
    CHECK(tax_at(last_receipt(shop).taxes, 1900) == "3.19");
    CHECK(shop.text(shop.x().report.turnover()) == "80.00");
  }
  SUBCASE("back onto it") {
    CHECK_FALSE(shop.till.till().handle(core::GiveBack{}));
    shop.till.must(core::GiveBack{Tender::gift_card});
    CHECK(tax_at(last_receipt(shop).taxes, 1900) == "0.00");
    CHECK(shop.text(shop.x().report.turnover()) == "60.00");
    CHECK(shop.text(core::find_voucher(shop.till.database(), "CARD4711")->balance) == "60.00");
  }
  CHECK(shop.text(shop.x().report.rounding) == "0.00");
  shop.check_books();
}

TEST_CASE("exchange: the cents that coins took or let off are neither left over nor missing") {
  for (const char* price : {"9.98", "9.97"}) {
    CAPTURE(price);
    ShopDay shop(core::currency_from("CHF"), 5);
    const auto id = shop.sell_cash(price);
    bring_back(shop, id);
    shop.put_in_cart(price);
    CHECK(due(shop) == "0.00");
    shop.till.must(core::GiveBack{});
    const core::Order old = order_of(shop, id);
    CHECK(shop.text(core::refundable_sum(old)) == "0.00");
    CHECK(payment_word(old, core::price(old).total) == "refunded");
    shop.check_books();
  }
}

TEST_CASE("exchange: nothing of it stays open") {
  ShopDay shop;
  const auto id = shop.sell_cash("50.00");
  bring_back(shop, id);
  shop.put_in_cart("80.00");
  shop.till.must(core::TakeCash{shop.money("10.00")});
  shop.till.refused(core::LeavePartiallyPaid{});
  shop.till.refused(wish_to_bring(shop, id));
  CHECK(due(shop) == "20.00");
  shop.pay_cash();
  shop.check_books();
}

TEST_CASE("return without receipt: small in cash, larger as a credit, with a name") {
  ShopDay shop;
  const core::Variant jug = stocked(shop, "Jug", 700, "4000001000103", 4);
  const auto unproven = [&](const std::string& price, std::int64_t pieces = 1) {
    return core::TakeBackUnproven{
        jug.id.row,           "",         "", core::pieces(pieces), shop.money(price),
        core::Shelf::restock, "a present"};
  };
  CHECK(shop.till.refused(unproven("7.01")).text == "Without a receipt today's price is the most.");
  shop.till.must(unproven("0"));
  CHECK(due(shop) == "-7.00");
  shop.till.must(core::GiveBack{});
  CHECK(stock_of(shop, "4000001000103") == "5");
  CHECK(shop.text(shop.x().report.given_back) == "7.00");
  CHECK(tax_at(last_receipt(shop).taxes, 1900) == "-1.12");

  shop.till.must(unproven("5.50", 4));
  CHECK(shop.till.refused(core::GiveBack{}).text ==
        "Please give the customer's name: this comes back without a receipt.");
  shop.till.must(core::SetCustomer{core::Customer{"Jule Harms", "", "", 0}});
  CHECK(shop.till.refused(core::GiveBack{}).text ==
        "Without a receipt so much is given as a voucher only.");
  shop.till.must(core::GiveBack{Tender::gift_card});
  const core::Receipt receipt = last_receipt(shop);
  REQUIRE(receipt.vouchers.size() == 1);
  CHECK(shop.text(receipt.vouchers.front().amount) == "22.00");
  CHECK(receipt.vouchers.front().holder == "Jule Harms");
  CHECK(shop.text(shop.x().report.vouchers.credit) == "22.00");
  CHECK(shop.tender(shop.x(), Tender::cash) == "-7.00");

  CHECK(shop.till.refused(unproven("7.00", 15)).text ==
        "Without a receipt this is more than may come back.");
  shop.till.must(core::ChangeSetting{"returns.without_receipt", "off"});
  shop.till.refused(unproven("0"));
  shop.check_books();
}

TEST_CASE("return without receipt: a right of its own") {
  ShopDay shop;
  shop.till.must(core::AddCashier{"Anna", core::Role::manager, "1111", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.front().row, "1111"});
  shop.till.must(core::AddCashier{"Berta", core::Role::cashier, "2222", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.back().row, "2222"});
  core::TakeBackUnproven cup{
      0, "Cup", "standard", core::pieces(1), shop.money("5.00"), core::Shelf::nowhere, "chipped"};
  CHECK(shop.till.refused(cup).kind == core::RefusalKind::needs_approval);
  shop.till.must(cup, "1111");
  CHECK(shop.till.now().order.returns.front().approver == "Anna");
  shop.till.must(core::VoidLine{shop.till.now().order.returns.front().id, "keeps it"});
  cup.reason = " ";
  shop.till.refused(cup, "1111");
}

namespace {

// What the till's shop owns and owes, told by nobody but its receipts.
struct Books {
  core::Money cash, tenders, turnover;
};

Books books_of(ShopDay& shop) {
  const auto x = shop.x();
  Books books{{0, core::eur}, {0, core::eur}, x.report.turnover()};
  for (const core::TenderSum& sum : x.report.tenders) {
    books.tenders += sum.net();
    if (sum.tender == Tender::cash) books.cash += sum.net();
  }
  return books;
}

}  // namespace

TEST_CASE("exchange: whatever comes and goes, money, goods and quantities are conserved") {
  for (unsigned seed = 1; seed <= 25; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto number = [&](std::int64_t from, std::int64_t to) {
      return std::uniform_int_distribution<std::int64_t>(from, to)(random);
    };
    ShopDay shop;
    const std::vector<std::string> codes{"4000001000201", "4000001000202", "4000001000203"};
    std::map<std::string, std::int64_t> sold;  // less what came back
    for (std::size_t i = 0; i < codes.size(); ++i) {
      stocked(shop, "Article " + std::to_string(i), number(1, 2'000), codes[i], 1000);
    }
    std::vector<core::OrderId> orders;
    core::Money cash{0, core::eur};  // as it went over the counter
    for (int cart = 0; cart < 8; ++cart) {
      const std::int64_t scans = number(0, 4);
      for (std::int64_t i = 0; i < scans; ++i) {
        const std::string& code = codes[static_cast<std::size_t>(number(0, 2))];
        shop.till.scan(code);
        ++sold[code];
      }
      if (scans > 0 && number(0, 1) == 1) {
        shop.till.must(core::DiscountOrder{
            core::Discount{core::DiscountKind::percent, number(1, 2000), "regular"}});
      }
      if (!orders.empty()) {
        const auto at = static_cast<std::size_t>(number(0, std::ssize(orders) - 1));
        const core::OrderId id = orders[at];
        const core::Order source = order_of(shop, id);
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
          const std::int64_t most = refundable_quantity(source, source.lines[i]).thousandths / 1000;
          const std::int64_t pieces = number(0, most + 1);
          if (pieces == 0) continue;
          const core::TakeBack wish = wish_to_bring(shop, id, std::to_string(pieces), i);
          if (pieces > most) {
            shop.till.refused(wish);
          } else if (shop.till.till().handle(wish)) {  // refused: nothing was paid for it
            sold[source.lines[i].barcode] -= pieces;
          }
        }
      }
      const core::Snapshot now = shop.till.now();
      if (now.order.lines.empty() && now.order.returns.empty()) continue;
      if (number(0, 1) == 1) shop.till.reopen();
      cash += now.due;
      if (now.due.minor < 0) {
        shop.till.must(core::GiveBack{});
      } else {
        shop.till.must(core::TakeCash{now.due});
      }
      if (!now.order.lines.empty()) orders.push_back(now.order.id);
    }
    const Books books = books_of(shop);
    CHECK(shop.text(books.cash) == shop.text(cash));
    CHECK(shop.text(books.tenders) == shop.text(cash));
    CHECK(shop.text(books.turnover) == shop.text(cash));
    shop.check_books();
    for (const std::string& code : codes) {
      CHECK(stock_of(shop, code) == std::to_string(1000 - sold[code]));
    }
    for (const core::OrderId id : orders) {
      const core::Order order = order_of(shop, id);
      CHECK(owed(order, price(order).total).minor == 0);
      for (const core::LineItem& line : order.lines) {
        CHECK(returned_quantity(order, line) <= line.quantity);
      }
    }
  }
}
