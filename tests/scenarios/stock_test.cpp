// Stock that is counted at the till reaches the shop's platform, each change once.
#include <algorithm>

#include "core/store/article_store.h"
#include "core/store/outbox_store.h"
#include "tests/scenarios/shop_day.h"

using core::OutboxKind;
using tests::ShopDay;

namespace {

// A shop whose platform keeps its articles: mugs that it counts, a set made of two mugs, and
// paper that it does not count.
struct PlatformShop : ShopDay {
  PlatformShop() {
    till.must(core::ChangeSetting{"upstream.kind", "medusa"});
    core::PulledCatalogue pulled;
    const auto add = [&](const std::string& name, const std::string& inventory) {
      core::PulledProduct product;
      product.upstream_id = "prod_" + name;
      product.handle = product.title = name;
      core::PulledVariant variant;
      variant.upstream_id = "variant_" + name;
      variant.inventory_id = inventory;
      variant.counts_stock = !inventory.empty();
      variant.variant.product_title = variant.variant.sku = name;
      variant.variant.price = {950, core::eur};
      product.variants = {variant};
      pulled.products.push_back(std::move(product));
    };
    add("MUG", "iitem_mug");
    add("SET", "");
    add("PAPER", "");
    pulled.products[1].variants[0].kit = {{"iitem_mug", 2}};
    pulled.stock = {{"iitem_mug", core::pieces(10)}};
    till.must(core::ReceiveCatalogue{pulled, {}});
  }
  core::Variant found(const std::string& sku) {
    const auto article = core::find_by_sku(till.database(), sku);
    REQUIRE(article);
    return *article;
  }
  std::string stock(const std::string& sku) { return core::to_plain(*found(sku).stock); }
  void platform_says(std::int64_t mugs) {
    core::PulledCatalogue pulled;
    pulled.stock = {{"iitem_mug", core::pieces(mugs)}};
    till.must(core::ReceiveCatalogue{pulled, {}});
  }
  std::vector<core::OutboxRow> told() {
    auto rows = core::outbox_page(till.database(), 0, 100);
    std::erase_if(rows, [](const auto& row) { return row.kind != OutboxKind::adjust_stock; });
    std::ranges::sort(rows, {}, &core::OutboxRow::row);
    return rows;
  }
  std::size_t due() {
    const auto rows =
        core::due_outbox(till.database(), core::OutboxWay::upstream, till.clock.now(), 100);
    return static_cast<std::size_t>(
        std::ranges::count(rows, OutboxKind::adjust_stock, &core::OutboxRow::kind));
  }
  void answer(std::int64_t row, core::OutboxFate fate) {
    till.must(core::OutboxAnswered{{{row, fate, "so it is", till.clock.now()}}});
  }
};

}  // namespace

TEST_CASE("stock: what is counted of the platform's article is told there, as a difference") {
  PlatformShop shop;
  const auto mug = shop.found("MUG").id.row;
  shop.till.must(core::CountStock{mug, core::pieces(8), "inventory"});
  CHECK(shop.stock("MUG") == "8");
  REQUIRE(shop.told().size() == 1);
  CHECK(shop.told()[0].note == "MUG");
  const auto change = core::load_stock_change(shop.till.database(), shop.told()[0].stock_move);
  REQUIRE(change);
  CHECK(core::to_plain(change->delta()) == "-2");
  CHECK(change->names.inventory_id == "iitem_mug");
  CHECK(change->reason == "inventory");
  // Counted again with the same result: there is nothing to tell.
  shop.till.must(core::CountStock{mug, core::pieces(8), "counted twice"});
  CHECK(shop.told().size() == 1);
}

TEST_CASE("stock: what the platform tells meanwhile does not undo what it has not heard yet") {
  PlatformShop shop;
  const auto mug = shop.found("MUG").id.row;
  shop.till.must(core::MoveStock{mug, core::pieces(24), "delivery"});
  shop.platform_says(10);
  CHECK(shop.stock("MUG") == "34");
  CHECK(shop.stock("SET") == "17");
  shop.answer(shop.told()[0].row, core::OutboxFate::done);
  shop.platform_says(34);
  CHECK(shop.stock("MUG") == "34");
}

TEST_CASE("stock: changes of one article go one after the other, and none holds up others") {
  PlatformShop shop;
  const auto mug = shop.found("MUG").id.row;
  shop.till.must(core::MoveStock{mug, core::pieces(6), "delivery"});
  shop.till.must(core::MoveStock{mug, {-1000}, "broken"});
  CHECK(shop.due() == 1);
  shop.answer(shop.told()[0].row, core::OutboxFate::again);
  CHECK(shop.due() == 1);
  // Refused: a person may send it again or give it up, and the next goes on.
  shop.answer(shop.told()[0].row, core::OutboxFate::refused);
  CHECK(shop.due() == 1);
  shop.answer(shop.told()[1].row, core::OutboxFate::done);
  CHECK(shop.due() == 0);
  shop.till.must(core::Resend{shop.told()[0].row});
  CHECK(shop.due() == 1);
  shop.answer(shop.told()[0].row, core::OutboxFate::unclear);
  shop.till.must(core::DropIntent{shop.told()[0].row});
  CHECK(shop.told().size() == 1);
  CHECK(shop.stock("MUG") == "15");
  shop.platform_says(9);
  CHECK(shop.stock("MUG") == "9");
}

TEST_CASE("stock: what the platform cannot follow is refused in words, and nothing is told") {
  PlatformShop shop;
  const auto refused = [&](const core::Command& command) {
    return shop.till.refused(command).text;
  };
  const auto mug = shop.found("MUG").id.row;
  CHECK(refused(core::CountStock{mug, {}, "no more"}) ==
        "The platform counts this article: switch that off there.");
  const std::string see = "The platform does not count this article by itself: see its page there.";
  CHECK(refused(core::CountStock{shop.found("SET").id.row, core::pieces(3), "inventory"}) == see);
  CHECK(refused(core::CountStock{shop.found("PAPER").id.row, core::pieces(3), "new"}) == see);
  CHECK(shop.told().empty());
  CHECK(shop.stock("MUG") == "10");
  // The till's own article is nobody else's business.
  core::Variant own;
  own.product_title = own.sku = "OWN";
  own.price = shop.money("1.00");
  own.stock = core::pieces(5);
  shop.till.must(core::SaveArticle{own});
  shop.till.must(core::CountStock{shop.found("OWN").id.row, core::pieces(4), "inventory"});
  CHECK(shop.told().empty());
}

TEST_CASE("stock: to a folder every count is told, sales are told by their orders") {
  ShopDay shop;
  core::Variant cup;
  cup.product_title = cup.sku = "CUP";
  cup.barcodes = {"4006381333931"};
  cup.price = shop.money("9.50");
  cup.stock = core::pieces(12);
  shop.till.must(core::SaveArticle{cup});
  shop.till.scan("4006381333931");
  shop.pay_cash();
  const auto id = core::find_by_sku(shop.till.database(), "CUP")->id;
  shop.till.must(core::CountStock{id.row, core::pieces(10), "inventory"});
  std::vector<std::string> deltas;
  for (const core::OutboxRow& row : core::outbox_page(shop.till.database(), 0, 100)) {
    if (row.kind != OutboxKind::adjust_stock) continue;
    deltas.push_back(
        core::to_plain(core::load_stock_change(shop.till.database(), row.stock_move)->delta()));
  }
  CHECK(deltas == std::vector<std::string>{"-1", "12"});
}
