#include <doctest/doctest.h>

#include "core/store/catalogue_store.h"
#include "core/store/upstream_store.h"
#include "tests/support/till_driver.h"

namespace upstream_catalogue {

using namespace core;
using namespace tests;

namespace {

using namespace std::chrono_literals;

PulledVariant variant(const char* id, Money price) {
  PulledVariant pulled;
  pulled.upstream_id = id;
  pulled.counts_stock = true;
  pulled.variant.sku = id;
  pulled.variant.price = price;
  return pulled;
}

void pull(TillDriver& till, std::vector<PulledVariant> variants) {
  ReceiveCatalogue command;
  for (PulledVariant& one : variants) {
    const std::string name = one.upstream_id;
    command.catalogue.products.push_back({"p-" + name, name, name, {std::move(one)}, true});
  }
  till.must(command);
}

void stock(TillDriver& till, std::vector<PulledStock> all) {
  ReceiveCatalogue command;
  command.catalogue.stock = std::move(all);
  till.must(command);
}

Variant known(TillDriver& till, const char* sku) {
  const auto found = find_by_sku(till.database(), sku);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("a price that was told beforehand turns at its moment, without the platform") {
  TillDriver till;
  const Instant now = till.clock.now();
  PulledVariant book = variant("BUCH", euros(2199));
  book.coming_prices = {{now + 1h, euros(1500), euros(2199)}, {now + 2h, euros(2199), {}}};
  pull(till, {book});
  CHECK(next_price_turn(till.database()) == now + 1h);
  till.must(TurnPrices{});
  CHECK(known(till, "BUCH").price == euros(2199));

  till.clock.advance(1h);
  till.must(TurnPrices{});
  CHECK(known(till, "BUCH").price == euros(1500));
  CHECK(known(till, "BUCH").compare_at == euros(2199));
  till.must(AddVariant{known(till, "BUCH").id.row, pieces(1)});
  CHECK(till.now().order.lines.back().unit_price == euros(1500));

  // Off over the end of it: right when it is opened again, and on the command line before.
  till.clock.advance(3h);
  std::vector<Variant> shown{known(till, "BUCH")};
  show_turned_prices(till.database(), shown, till.clock.now());
  CHECK(shown[0].price == euros(2199));
  CHECK_FALSE(shown[0].compare_at);
  till.reopen();
  CHECK(known(till, "BUCH").price == euros(2199));
  CHECK(next_price_turn(till.database()) == Instant{});

  // Another telling takes the place of what was to come.
  book.coming_prices = {{till.clock.now() + 1h, euros(100), {}}};
  pull(till, {book});
  book.coming_prices.clear();
  pull(till, {book});
  CHECK(next_price_turn(till.database()) == Instant{});
}

TEST_CASE("a kit can be sold as often as its scarcest part lasts") {
  TillDriver till;
  PulledVariant kit = variant("KIT", euros(900));
  kit.kit = {{"i1", 4}, {"i2", 1}};
  PulledVariant part = variant("PART", euros(100));
  part.inventory_id = "i1";
  pull(till, {kit, part});
  stock(till, {{"i2", pieces(100)}});
  CHECK_FALSE(known(till, "KIT").stock);  // before all parts are known
  stock(till, {{"i1", pieces(10)}});
  CHECK(known(till, "KIT").stock == pieces(2));
  CHECK(known(till, "PART").stock == pieces(10));

  // What is sold here and not told yet is taken off every article that shares the part.
  till.must(AddVariant{known(till, "KIT").id.row, pieces(1)});
  till.must(TakeCash{euros(900)});
  stock(till, {{"i1", pieces(10)}, {"i2", pieces(100)}});
  CHECK(known(till, "KIT").stock == pieces(1));
  CHECK(known(till, "PART").stock == pieces(6));

  // Made of other parts now; and then of one piece like any other.
  kit.kit = {{"i1", 2}};
  pull(till, {kit});
  stock(till, {{"i1", pieces(11)}});
  CHECK(known(till, "KIT").stock == pieces(4));
  kit.kit.clear();
  kit.inventory_id = "i3";
  pull(till, {kit});
  stock(till, {{"i1", pieces(50)}, {"i3", pieces(7)}});
  CHECK(known(till, "KIT").stock == pieces(6));
}

}  // namespace upstream_catalogue
