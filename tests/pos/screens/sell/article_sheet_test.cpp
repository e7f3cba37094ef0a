#include "pos/screens/sell/article_sheet.h"

#include <doctest/doctest.h>

#include "pos/screens/sell/sell_screen.h"
#include "tests/support/shop_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;

namespace {

struct Counter {
  test::ShopScene shop;
  SellInput input;
  Reaction said;
  test::UiDriver ui{1280, 800};

  test::UiDriver::Draw drawn() {
    return [this](ui::Ui& frame) {
      Reaction reaction = run(frame, shop.scene(), input);
      if (!reaction.is_empty()) said = std::move(reaction);
    };
  }
  // A finger that rests.
  void hold(std::string_view name) {
    ui.draw(drawn());
    const ui::Item* item = ui.find(name);
    REQUIRE(item != nullptr);
    const auto x = static_cast<float>(item->rect.x0 + item->rect.x1) / 2;
    const auto y = static_cast<float>(item->rect.y0 + item->rect.y1) / 2;
    ui.input().press(x, y);
    ui.draw(drawn());
    ui.pass(0.7);
    ui.draw(drawn());
    ui.input().release(x, y);
    ui.draw(drawn());
  }
  template <class Command>
  const Command& command() {
    REQUIRE(said.commands.size() == 1);
    return said.commands.front().get<Command>();
  }
};

}  // namespace

TEST_CASE("articles: a tile that is held opens its article, and nothing is sold") {
  Counter counter;
  counter.hold("Krimi: Das stille Tal");
  REQUIRE(std::holds_alternative<ArticleInput>(counter.input.sheet));
  CHECK(counter.said.commands.empty());
  auto& article = std::get<ArticleInput>(counter.input.sheet);
  CHECK(article.fields.values[0] == "Krimi: Das stille Tal");
  CHECK(article.fields.values[1] == "14.00");
  article.fields.values[1] = "12,50";
  article.fields.values[4] = "1,5";
  article.fields.values[5] = "0,25";
  counter.ui.tap("Save", counter.drawn());
  const core::Variant& sent = counter.command<core::SaveArticle>().article;
  CHECK(sent.price.minor == 1250);
  CHECK(sent.low_stock == core::Quantity{1500});
  CHECK(sent.deposit == core::Money{25, core::eur});
  CHECK(sent.id.row == 2);
  CHECK(sent.sku == "A-2");
  // It stays until it is saved, and closes by itself then.
  CHECK(std::holds_alternative<ArticleInput>(counter.input.sheet));
  ++counter.shop.till.revision;
  counter.ui.draw(counter.drawn());
  CHECK(std::holds_alternative<std::monostate>(counter.input.sheet));
}

TEST_CASE("articles: labels are printed of what is saved") {
  const test::ShopScene shop;
  ArticleInput input = edit_article(shop.found.tiles.page.variants[1], Language::english);
  CHECK(present(shop.scene(), input).choices.at(3).why_not.empty());
  const FieldsTap five{.choice = {{3, 2}}};
  const SheetResult result = react(five, shop.scene(), input);
  REQUIRE(result.reaction.commands.size() == 1);
  const auto& labels = result.reaction.commands.front().get<core::PrintLabels>();
  CHECK(labels.count == 5);
  CHECK(labels.variants == std::vector<std::int64_t>{2});
  CHECK(result.reaction.toast == "5 labels go to the printer.");
  CHECK_FALSE(result.is_closed);
  input.fields.values[1] = "12,50";
  CHECK(present(shop.scene(), input).choices.at(3).why_not == "Please save it first.");
}

TEST_CASE("articles: what is wrong with one is said on the button") {
  test::ShopScene shop;
  ArticleInput input = new_article("4006381333931", shop.scene());
  CHECK(input.fields.values[2] == "4006381333931");
  CHECK(article_on(input, core::eur).error() == "Please give it a name.");
  input.fields.values[0] = "Cup";
  CHECK(article_on(input, core::eur).error() == "Key in the price first.");
  input.fields.values[1] = "1.234,50";
  REQUIRE(article_on(input, core::eur));
  CHECK(article_on(input, core::eur)->price.minor == 123'450);
  CHECK(article_on(input, core::eur)->tax_code == "standard");
  input.fields.values[2] = "4006381333931, 96385074";
  CHECK(article_on(input, core::eur)->barcodes.size() == 2);
  input.fields.values[4] = "few";
  CHECK(article_on(input, core::eur).error() == "This quantity is not possible.");
}

TEST_CASE("articles: an unknown code is made an article, or sold once") {
  Counter counter;
  CHECK(offer_unknown("4006381333931", counter.input));
  CHECK(takes_scan(counter.input));
  counter.ui.draw(counter.drawn());
  CHECK(counter.ui.find("No product has this code. 4006381333931"));
  counter.ui.tap("Make an article of it", counter.drawn());
  REQUIRE(std::holds_alternative<ArticleInput>(counter.input.sheet));
  CHECK(std::get<ArticleInput>(counter.input.sheet).fields.values[2] == "4006381333931");
  // While it is typed no code is offered over it.
  CHECK_FALSE(offer_unknown("96385074", counter.input));
  CHECK(std::holds_alternative<ArticleInput>(counter.input.sheet));
  counter.input.sheet = {};
  CHECK(offer_unknown("96385074", counter.input));
  counter.ui.draw(counter.drawn());
  counter.ui.tap("Sell it once", counter.drawn());
  CHECK(std::holds_alternative<OpenItemInput>(counter.input.sheet));
  counter.input.sheet = {};
  CHECK(offer_unknown("96385074", counter.input));
  forget_unknown(counter.input);
  CHECK(std::holds_alternative<std::monostate>(counter.input.sheet));
}

TEST_CASE("articles: what lies on the shelf is counted or taken in, with a reason") {
  test::ShopScene shop;
  StockInput input{shop.found.tiles.page.variants[1]};
  input.fields.values = {"12", ""};
  CHECK(present(shop.scene(), input).foot.why_not == "Please give a reason.");
  CHECK(present(shop.scene(), input).explained == "Its stock was never counted.");
  input.fields.values[1] = "inventory";
  FieldsTap save;
  save.foot = SheetTap::accept;
  const auto counted = react(save, shop.scene(), input);
  CHECK(counted.reaction.commands[0].get<core::CountStock>().counted == core::pieces(12));
  FieldsTap out;
  out.choice = {0, 2};
  react(out, shop.scene(), input);
  const auto taken = react(save, shop.scene(), input);
  CHECK(taken.reaction.commands[0].get<core::MoveStock>().delta == core::Quantity{-12'000});
}

TEST_CASE("sell: above the limit a payment asks for an address first, on one tap") {
  Counter counter;
  counter.shop.add_line("Fass", 30'000);
  counter.shop.till.asks_for_address = true;
  counter.shop.refresh();
  counter.ui.draw(counter.drawn());
  counter.ui.key(ui::Key::f9, counter.drawn());
  REQUIRE(std::holds_alternative<AddressInput>(counter.input.sheet));
  CHECK(counter.said.commands.empty());
  counter.ui.tap("Without address", counter.drawn());
  REQUIRE(counter.said.commands.size() == 2);
  CHECK(counter.said.commands[0].is<core::LeaveOutAddress>());
  CHECK(counter.said.commands[1].get<core::TakeCash>().given.minor == 30'000);
}
