// Articles at the till: made, changed, counted.
#include "core/store/article_store.h"
#include "tests/scenarios/shop_day.h"

using tests::ShopDay;

namespace {

core::Variant cup() {
  core::Variant article;
  article.product_title = "Cup";
  article.sku = "C-1";
  article.price = {950, core::eur};
  article.barcodes = {"4006381333931"};
  article.category = "Dishes";
  article.stock = core::pieces(12);
  return article;
}

core::Variant found(ShopDay& shop, const std::string& sku) {
  const auto article = core::find_by_sku(shop.till.database(), sku);
  REQUIRE(article);
  return *article;
}

}  // namespace

TEST_CASE("an article that was made is sold by its barcode, and found by its name") {
  ShopDay shop;
  shop.till.must(core::SaveArticle{cup()});
  shop.till.scan("4006381333931");
  CHECK(shop.text(shop.till.now().totals.total) == "9.50");
  shop.pay_cash();
  CHECK(core::to_plain(*found(shop, "C-1").stock) == "11");
  CHECK(core::find_by_name(shop.till.database(), "Cup"));
}

TEST_CASE("A1: a new price and tax change nothing that was sold") {
  ShopDay shop;
  shop.open("0.00");
  shop.till.must(core::SaveArticle{cup()});
  shop.till.scan("4006381333931");
  const auto order = shop.pay_cash();
  core::Variant changed = found(shop, "C-1");
  changed.product_title = "Mug";
  changed.price = {1200, core::eur};
  changed.tax_code = "reduced";
  shop.till.must(core::SaveArticle{changed});
  const auto sold = core::find_order(shop.till.database(), order);
  CHECK(sold->lines.front().title == "Cup");
  CHECK(shop.text(sold->lines.front().unit_price) == "9.50");
  CHECK(shop.text(shop.x().report.taxes.front().tax) == "1.52");
  shop.check_books();
}

TEST_CASE("what a person empties is empty, and stock is counted, not typed over") {
  ShopDay shop;
  shop.till.must(core::SaveArticle{cup()});
  core::Variant changed = found(shop, "C-1");
  changed.sku = "C-2";
  changed.category.clear();
  changed.barcodes.clear();
  changed.stock = core::pieces(99);
  shop.till.must(core::SaveArticle{changed});
  const core::Variant now = found(shop, "C-2");
  CHECK(now.category.empty());
  CHECK(now.barcodes.empty());
  CHECK(core::to_plain(*now.stock) == "12");
}

TEST_CASE("stock has a history") {
  ShopDay shop;
  shop.till.must(core::SaveArticle{cup()});
  const auto id = found(shop, "C-1").id;
  shop.till.must(core::MoveStock{id.row, core::pieces(24), "delivery"});
  shop.till.must(core::MoveStock{id.row, {-2000}, "broken"});
  shop.till.must(core::CountStock{id.row, core::pieces(30), "inventory"});
  CHECK(core::to_plain(*found(shop, "C-1").stock) == "30");
  const auto moves = core::stock_moves(shop.till.database(), id, 10);
  REQUIRE(moves.size() == 4);
  CHECK(moves[0].reason == "inventory");
  CHECK(core::to_plain(*moves[0].before) == "34");
  CHECK(moves[3].reason == "first count");
  CHECK_FALSE(moves[3].before);
  shop.till.must(core::CountStock{id.row, core::pieces(2), "stolen"});
  CHECK(core::scarce_articles(shop.till.database(), 10).front().sku == "C-1");
  shop.till.refused(core::CountStock{id.row, core::Quantity{1500}, "half a cup"});
  shop.till.refused(core::CountStock{id.row, core::pieces(1), " "});
  CHECK_FALSE(shop.till.database().execute("DELETE FROM stock_moves").has_value());
}

TEST_CASE("an impossible article is refused in words") {
  ShopDay shop;
  shop.till.must(core::SaveArticle{cup()});
  const auto refused = [&](auto change) {
    core::Variant article = cup();
    article.sku = "C-9";
    article.barcodes.clear();
    change(article);
    return shop.till.refused(core::SaveArticle{article}).text;
  };
  CHECK(refused([](core::Variant& a) { a.product_title = "  "; }) == "Please give it a name.");
  CHECK(refused([](core::Variant& a) { a.price.minor = -1; }) == "This amount is not possible.");
  CHECK(refused([](core::Variant& a) { a.tax_code = "luxury"; }) == "There is no such tax rate.");
  CHECK(refused([](core::Variant& a) { a.sku = "c-1"; }) == "Another article has this number.");
  CHECK(refused([](core::Variant& a) { a.product_title = "two\nlines"; }) ==
        "This name is not possible.");
  CHECK(refused([](core::Variant& a) { a.barcodes = {"4006381333931"}; }) ==
        "Another article has this barcode.");
  CHECK(refused([](core::Variant& a) { a.barcodes = {"4,00638E+12"}; }) ==
        "This barcode is not whole.");
}

TEST_CASE("an article that is removed can no longer be sold, what was sold of it stays") {
  ShopDay shop;
  shop.till.must(core::SaveArticle{cup()});
  shop.till.scan("4006381333931");
  shop.pay_cash();
  shop.till.must(core::RemoveArticle{found(shop, "C-1").id.row});
  shop.till.refused(core::Scan{"4006381333931"});
  shop.check_books();
}

TEST_CASE("the journal is searched by person, kind, article and amount") {
  ShopDay shop;
  shop.till.must(core::AddCashier{"Änne", core::Role::manager, "1111", ""});
  shop.till.must(core::SignIn{shop.till.now().staff.front().row, "1111"});
  shop.open("100.00");
  shop.put_in_cart("7.35");
  shop.till.must(core::VoidLine{shop.till.now().order.lines.front().id, "wrong shelf"});
  shop.sell_cash("12.40");
  shop.till.must(core::OpenDrawerByHand{"change"});
  const auto count = [&](core::JournalSearch search) {
    return core::find_entries(shop.till.database(), search).size();
  };
  CHECK(count({.person = "änne", .kind = "void line"}) == 1);
  CHECK(count({.kind = "no sale"}) == 1);
  CHECK(count({.text = "wrong SHELF"}) == 2);  // and the receipt says what was voided
  CHECK(count({.amount = shop.money("12.40")}) == 1);
  CHECK(count({.person = "Berta"}) == 0);
  CHECK(count({.kind = "no sale", .until = shop.till.clock.now()}) == 0);
}

TEST_CASE("price labels say what the article costs now, as many as are wanted") {
  ShopDay shop;
  shop.till.must(core::SaveArticle{cup()});
  const auto row = found(shop, "C-1").id.row;
  CHECK(shop.till.refused(core::PrintLabels{{row}, 3}).text == "No printer is set up.");
  shop.till.must(core::ChangeSetting{"printer.kind", "simulated"});
  const auto effects = shop.till.must(core::PrintLabels{{row}, 3});
  const auto* labels = tests::find_effect<core::PrintLabelSlips>(effects);
  REQUIRE(labels);
  CHECK(labels->count == 3);
  CHECK(shop.text(labels->articles.front().price) == "9.50");
  for (const std::int64_t count : {0, 201}) {
    CHECK(shop.till.refused(core::PrintLabels{{row}, count}).text ==
          "So many labels are not possible at once.");
  }
}
