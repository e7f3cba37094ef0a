#include "core/tax/tax.h"

#include <doctest/doctest.h>

#include "core/catalogue/catalogue_columns.h"
#include "core/settings/settings.h"
#include "core/store/order_store.h"
#include "core/tax/country.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

TEST_CASE("tax: a rate holds from its first day to its last") {
  Settings settings;
  REQUIRE(apply(settings, "tax.rates",
                "standard=1900;reduced=700;standard=1600@2020-07-01..2020-12-31|Gesenkt"));
  const auto& rates = settings.money.rates;
  CHECK(rate_on(rates, "standard", "2020-06-30").basis_points == 1900);
  CHECK(rate_on(rates, "standard", "2020-07-01").basis_points == 1600);
  CHECK(rate_on(rates, "standard", "2020-12-31").basis_points == 1600);
  CHECK(rate_on(rates, "standard", "2021-01-01").basis_points == 1900);
  CHECK(rates[2].name == "Gesenkt");
  Settings again;
  REQUIRE(apply(again, "tax.rates", rates_text(rates)));
  CHECK(again.money.rates == rates);
  CHECK_FALSE(apply(again, "tax.rates", "standard=1900@2021-02-30"));
  CHECK_FALSE(apply(again, "tax.rates", "standard=1900@2021-02-03..2021-02-02"));
}

TEST_CASE("tax: a rate that changes does not touch what was sold") {
  TillDriver till;
  till.scan(riesling);
  till.must(TakeCash{euros(890)});
  const OrderId sold = till.now().done->order;
  till.must(ChangeSetting{"tax.rates", "standard=1600;reduced=500"});
  CHECK(find_order(till.database(), sold)->lines[0].tax_rate.basis_points == 1900);
  till.scan(riesling);
  CHECK(till.now().order.lines[0].tax_rate.basis_points == 1600);
}

TEST_CASE("tax: what is exempt is not what is taxed at nothing, where the shop tells them apart") {
  const std::vector<TaxRate> german = ready_rates(Country::germany);
  CHECK(read_tax_code("steuerfrei", german) == "exempt");
  CHECK(read_tax_code("frei", german) == "zero");
  CHECK(read_tax_code("steuerfrei", ready_rates(Country::austria)) == "zero");
}
