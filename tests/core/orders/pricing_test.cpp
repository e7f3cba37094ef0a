#include "core/orders/pricing.h"

#include <doctest/doctest.h>

#include <random>

#include "core/orders/receipt.h"

using namespace core;

namespace {

LineItem item(std::int64_t cents, std::int64_t thousandths, std::int64_t rate) {
  LineItem line;
  line.unit_price = {cents, eur};
  line.quantity = {thousandths};
  line.tax_rate = {rate};
  return line;
}

Order cart(std::vector<LineItem> lines) {
  Order order;
  order.lines = std::move(lines);
  return order;
}

// A cart as no shop would have it: every mixture that the rules allow.
Order any_cart(std::mt19937_64& random) {
  const auto to = [&](std::int64_t most) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most + 1));
  };
  static constexpr std::int64_t rates[] = {0, 260, 550, 700, 810, 1000, 1900, 2000, 2500};
  Order order;
  order.tax_mode = to(3) == 0 ? TaxMode::added : TaxMode::included;
  for (std::int64_t n = to(5); n >= 0; --n) {
    order.lines.push_back(item(to(1) ? to(2000) : to(100'000),
                               to(2) ? 1000 * (1 + to(4)) : 1 + to(5000), rates[to(8)]));
    if (to(3) == 0) {
      order.lines.back().discount = to(1) ? Discount{DiscountKind::percent, to(10'000), ""}
                                          : Discount{DiscountKind::amount, to(3000), ""};
    }
  }
  if (to(2) == 0) {
    order.discount = to(1) ? Discount{DiscountKind::percent, to(10'000), ""}
                           : Discount{DiscountKind::amount, to(20'000), ""};
  }
  if (to(4) == 0) order.extras.push_back({"Versand", {to(900), eur}, {1900}});
  return order;
}

}  // namespace

TEST_CASE("pricing: the example of the German export format comes out to the cent") {
  Order order = cart({item(1797, 1000, 700), item(1290, 1000, 1900)});
  order.discount = Discount{DiscountKind::percent, 1000, "Aktion"};
  const Totals totals = price(order);
  CHECK(totals.order_discount.minor == 309);
  CHECK(totals.lines[0].order_discount.minor == 180);
  CHECK(totals.lines[1].order_discount.minor == 129);
  REQUIRE(totals.taxes.size() == 2);
  CHECK(totals.taxes[0].gross.minor == 1161);
  CHECK(totals.taxes[0].tax.minor == 185);
  CHECK(totals.taxes[1].gross.minor == 1617);
  CHECK(totals.taxes[1].tax.minor == 106);
  CHECK(totals.total.minor == 2778);
}

TEST_CASE("pricing: tax is taken out of the sum of its rate, not out of each line") {
  std::vector<LineItem> lines(3, item(105, 1000, 700));
  const Totals totals = price(cart(lines));
  CHECK(totals.tax.minor == 21);  // three times 0.0687 would be 0.21, three times 0.07 too
  CHECK(price(cart(std::vector<LineItem>(7, item(10, 1000, 700)))).tax.minor == 5);
}

TEST_CASE("pricing: a tax that is added comes on top of the total") {
  Order order = cart({item(1000, 1000, 825)});
  order.tax_mode = TaxMode::added;
  CHECK(price(order).total.minor == 1083);
}

TEST_CASE("pricing: a discount is never more than what it is taken from") {
  Order order = cart({item(500, 1000, 1900)});
  order.lines[0].discount = Discount{DiscountKind::amount, 900, ""};
  CHECK(price(order).total.minor == 0);
}

TEST_CASE("pricing: cash is rounded to the step of the country") {
  CHECK(cash_rounding({1232, chf}, 5).minor == -2);
  CHECK(cash_rounding({1233, chf}, 5).minor == 2);
  CHECK(cash_rounding({1250, eur}, 100).minor == 50);
  CHECK(cash_rounding({1232, eur}, 0).minor == 0);
}

TEST_CASE("pricing: the sums hold for a million carts") {
  const std::uint64_t seed = 20'261'121;
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 1'000'000; ++i) {
    const Order order = any_cart(random);
    const Totals totals = price(order);
    ensure_conserved(order, totals);
    bool holds = true;
    Money gross{0, eur};
    for (const TaxLine& line : totals.taxes) {
      gross += line.gross;
      holds = holds && line.net + line.tax == line.gross;
    }
    for (const LineTotal& line : totals.lines) holds = holds && line.final().minor >= 0;
    if (!holds || gross != totals.total) FAIL("cart " << i << " does not add up");
  }
}

TEST_CASE("receipt: the taxes of deposit and balance are together those of the order") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const Order order = any_cart(random);
    const Totals totals = price(order);
    if (totals.total.minor < 2) continue;
    const Money first{1 + static_cast<std::int64_t>(
                              random() % static_cast<std::uint64_t>(totals.total.minor - 1)),
                      eur};
    const auto deposit = taxes_of_part(totals, first, {}, false);
    const auto balance = taxes_of_part(totals, totals.total - first, deposit, true);
    Money tax{0, eur};
    Money gross{0, eur};
    for (const auto& part : {deposit, balance}) {
      for (const TaxLine& line : part) {
        tax += line.tax;
        gross += line.gross;
      }
    }
    REQUIRE(tax == totals.tax);
    REQUIRE(gross == totals.total);
  }
}
