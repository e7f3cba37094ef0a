#include "pos/screens/sell/sell_screen.h"

#include <doctest/doctest.h>

#include "tests/support/shop_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;

namespace {

// The screen as the app runs it; keeps the last reaction that was not empty.
struct Sell {
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
  void tap(std::string_view name) {
    said = {};
    ui.tap(name, drawn());
  }
  void type(std::string_view letters) {
    ui.type(letters, drawn());
    // A keypad takes one digit a frame.
    for (std::size_t i = 0; i < letters.size(); ++i) ui.frame(drawn());
  }
  void key(ui::Key key) {
    said = {};
    ui.key(key, drawn());
  }
  template <class Command>
  const Command& command() {
    REQUIRE(said.commands.size() == 1);
    REQUIRE(said.commands.front().is<Command>());
    return said.commands.front().get<Command>();
  }
  template <class Sheet>
  Sheet& sheet() {
    REQUIRE(std::holds_alternative<Sheet>(input.sheet));
    return std::get<Sheet>(input.sheet);
  }
};

}  // namespace

TEST_CASE("sell: a tap on a tile adds one piece of the product") {
  Sell sell;
  sell.tap("Krimi: Das stille Tal");
  CHECK(sell.command<core::AddVariant>().variant == 2);
  CHECK(sell.command<core::AddVariant>().quantity == core::pieces(1));
}

TEST_CASE("sell: a tile sold by weight asks for the weight and shows what it comes to") {
  Sell sell;
  sell.tap("Bergkäse 12 Monate");
  CHECK(sell.said.commands.empty());
  sell.type("252");
  CHECK(sell.ui.shows("€6.27"));
  sell.key(ui::Key::enter);
  CHECK(sell.command<core::AddVariant>().variant == 1);
  CHECK(sell.command<core::AddVariant>().quantity.thousandths == 252);
  CHECK(std::holds_alternative<std::monostate>(sell.input.sheet));
}

TEST_CASE("sell: Enter that comes with the digits accepts all of them") {
  Sell sell;
  sell.tap("Bergkäse 12 Monate");
  for (const char* digit : {"2", "5", "2"}) sell.ui.input().stroke({.text = digit});
  sell.ui.input().stroke({.key = ui::Key::enter});
  for (int i = 0; i < 6; ++i) sell.ui.frame(sell.drawn());
  CHECK(sell.command<core::AddVariant>().quantity.thousandths == 252);
}

TEST_CASE("sell: no weight adds nothing and says why") {
  Sell sell;
  sell.tap("Bergkäse 12 Monate");
  sell.tap("Add");
  CHECK(sell.said.commands.empty());
  CHECK(sell.ui.refused() == "Key in the weight first.");
}

TEST_CASE("sell: a weight in kilograms takes at most three decimals") {
  Sell sell;
  sell.tap("Bergkäse 12 Monate");
  sell.tap("kg");
  sell.type("1.2345");
  CHECK(sell.ui.shows("1.234 kg"));
  CHECK(keyed_quantity(sell.sheet<QuantityInput>())->thousandths == 1234);
}

TEST_CASE("sell: cash in one tap or F9 takes the exact amount, rounded to coins that exist") {
  Sell sell;
  sell.shop.add_line("Riesling", 893);
  sell.shop.till.settings.money.cash_step = 5;
  sell.shop.refresh();
  sell.tap("Cash 8.95");
  CHECK(sell.command<core::TakeCash>().given.minor == 895);
  sell.key(ui::Key::f9);
  CHECK(sell.command<core::TakeCash>().given.minor == 895);
}

TEST_CASE("sell: a likely note in one tap takes that note") {
  Sell sell;
  sell.shop.add_line("Riesling", 4783);
  sell.shop.refresh();
  sell.tap("€60");
  CHECK(sell.command<core::TakeCash>().given.minor == 6000);
}

TEST_CASE("sell: card in one tap or F10 starts the terminal and shows the tender screen") {
  Sell sell;
  sell.shop.add_line("Riesling", 890);
  sell.shop.refresh();
  sell.key(ui::Key::f10);
  CHECK(sell.command<core::StartCard>().amount.minor == 890);
  CHECK(sell.said.go == Screen::tender);
}

TEST_CASE("sell: while a card payment is open it is shown, never started twice") {
  Sell sell;
  sell.shop.add_line("Riesling", 890);
  sell.shop.till.attempt = core::CardAttempt{};
  sell.shop.refresh();
  sell.tap("Card 8.90");
  CHECK(sell.said.commands.empty());
  CHECK(sell.ui.refused() == "A card payment is not settled yet.");
}

TEST_CASE("sell: an empty cart cannot be paid and says why") {
  Sell sell;
  sell.tap("Cash");
  CHECK(sell.said.is_empty());
  CHECK(sell.ui.refused() == "The cart is empty.");
}

TEST_CASE("sell: typing anywhere searches, and Enter sells the first hit") {
  Sell sell;
  sell.type("krimi");
  CHECK(sell.input.products.search == "krimi");
  const Questions asked = wants(sell.shop.scene(), sell.input);
  CHECK(std::get<core::AskProducts>(asked.at(1)).text == "krimi");
  sell.shop.found.products = {"krimi", {sell.shop.found.tiles.page.variants[1]}};
  sell.key(ui::Key::enter);
  CHECK(sell.command<core::AddVariant>().variant == 2);
  CHECK(sell.input.products.search.empty());
}

TEST_CASE("sell: Enter before the hits are there sells the first one when they come") {
  Sell sell;
  sell.type("krimi");
  sell.key(ui::Key::enter);
  CHECK(sell.said.commands.empty());
  sell.shop.found.products = {"krimi", {sell.shop.found.tiles.page.variants[1]}};
  sell.ui.draw(sell.drawn());
  CHECK(sell.command<core::AddVariant>().variant == 2);
}

TEST_CASE("sell: a search without hits says so") {
  Sell sell;
  sell.type("xyz");
  sell.shop.found.products = {"xyz", {}};
  sell.ui.draw(sell.drawn());
  CHECK(sell.ui.shows("Nothing found for “xyz”"));
}

TEST_CASE("sell: the chosen line offers its tools") {
  Sell sell;
  const core::LineId line = sell.shop.add_line("Riesling", 890, core::pieces(2)).id;
  sell.shop.refresh();
  sell.tap("line-1");
  CHECK(sell.input.cart.selected == line);
  sell.tap("more-quantity-1");
  CHECK(sell.command<core::ChangeQuantity>().quantity == core::pieces(3));
  sell.tap("less-quantity-1");
  CHECK(sell.command<core::ChangeQuantity>().quantity == core::pieces(1));
  sell.tap("quantity-1");
  CHECK(present(sell.shop.scene(), sell.sheet<QuantityInput>()).shown == "2 ×");
  sell.type("12");
  sell.key(ui::Key::enter);
  CHECK(sell.command<core::ChangeQuantity>().quantity == core::pieces(12));
}

TEST_CASE("sell: a line is voided with a reason in two taps") {
  Sell sell;
  const core::LineId line = sell.shop.add_line("Riesling", 890).id;
  sell.shop.refresh();
  sell.input.cart.selected = line;
  sell.tap("void-1");
  sell.tap("Wrong price");
  CHECK(sell.command<core::VoidLine>().line == line);
  CHECK(sell.command<core::VoidLine>().reason == "Wrong price");
}

TEST_CASE("sell: a discount has a percentage, a reason and a preview") {
  Sell sell;
  const core::LineId line = sell.shop.add_line("Olivenöl", 1290).id;
  sell.shop.refresh();
  sell.input.cart.selected = line;
  sell.tap("discount-1");
  sell.tap("10%");
  sell.tap("Goodwill");
  CHECK(sell.ui.shows("€12.90 → €11.61"));
  sell.key(ui::Key::enter);
  const auto& given = sell.command<core::DiscountLine>();
  CHECK(given.line == line);
  CHECK(given.discount->value == 1000);
  CHECK(given.discount->reason == "Goodwill");
}

TEST_CASE("sell: a discount above the price is not accepted") {
  Sell sell;
  sell.shop.add_line("Olivenöl", 1290);
  sell.shop.refresh();
  sell.input.sheet = DiscountInput{.kind = Reduction::amount, .keyed = 1291, .reason = 0};
  sell.key(ui::Key::enter);
  CHECK(sell.said.commands.empty());
  CHECK(sell.ui.refused() == "The discount is more than the price.");
}

TEST_CASE("sell: a percentage takes decimals, and a key that fits nowhere is refused") {
  Sell sell;
  sell.shop.add_line("Olivenöl", 1290);
  sell.shop.refresh();
  sell.input.sheet = DiscountInput{};
  sell.tap("Goodwill");
  sell.type("5,5");
  sell.key(ui::Key::enter);
  CHECK(sell.command<core::DiscountOrder>().discount->value == 550);
  sell.said = {};
  sell.input.sheet = DiscountInput{};
  sell.tap("Goodwill");
  sell.said = {};
  sell.type("5a5");
  CHECK_FALSE(sell.said.refused.empty());
  sell.key(ui::Key::enter);
  CHECK(sell.said.commands.empty());
}

TEST_CASE("sell: no sheet opens with a value that Enter would take") {
  for (const Reduction kind : {Reduction::percent, Reduction::amount, Reduction::new_price}) {
    Sell sell;
    const core::LineId line = sell.shop.add_line("Olivenöl", 1290).id;
    sell.shop.refresh();
    sell.input.sheet = DiscountInput{.line = line, .kind = kind};
    sell.key(ui::Key::enter);
    CHECK(sell.said.commands.empty());
    sell.type("1");
    sell.key(ui::Key::enter);
    CHECK(sell.said.commands.empty());
    CHECK(sell.ui.refused() == "Choose a reason first.");
  }
}

TEST_CASE("sell: the lines of the cart never lie on each other, whichever came last") {
  for (const float text : {1.F, 1.5F}) {
    Sell sell;
    sell.ui.look({.text_scale = text});
    sell.ui.draw(sell.drawn());
    for (int i = 0; i < 14; ++i) {
      sell.shop.add_line("Article " + std::to_string(i), 100 + i);
      sell.shop.refresh();
      sell.ui.frame(sell.drawn());
      int before = 0;
      for (const ui::Item& item : sell.ui.ui().log().items()) {
        if (item.kind != ui::ItemKind::line || item.rect.y1 <= item.rect.y0) continue;
        CHECK(item.rect.y0 >= before);
        before = item.rect.y1;
      }
      CHECK(sell.ui.shows("Article " + std::to_string(i)));
    }
  }
}

TEST_CASE("sell: another price for a line carries its reason") {
  Sell sell;
  const core::LineId line = sell.shop.add_line("Olivenöl", 1290).id;
  sell.shop.refresh();
  sell.input.cart.selected = line;
  sell.tap("More for this cart");
  sell.tap("Change the price of the line");
  sell.type("999");
  sell.tap("Slightly damaged");
  sell.key(ui::Key::enter);
  CHECK(sell.command<core::OverridePrice>().price.minor == 999);
  CHECK(sell.command<core::OverridePrice>().reason == "Slightly damaged");
}

TEST_CASE("sell: a free item has a name, a price and a tax rate") {
  Sell sell;
  sell.tap("Free item");
  sell.tap("open-item-name");
  sell.type("Korb");
  sell.key(ui::Key::enter);
  sell.type("1250");
  sell.tap("7%");
  sell.key(ui::Key::enter);
  const auto& added = sell.command<core::AddOpenItem>();
  CHECK(added.title == "Korb");
  CHECK(added.price.minor == 1250);
  CHECK(added.tax_code == "reduced");
}

TEST_CASE("sell: an address that is none is not accepted") {
  Sell sell;
  sell.tap("customer");
  sell.tap("customer-email");
  sell.type("brandt@example");
  sell.key(ui::Key::enter);
  CHECK(sell.said.commands.empty());
  CHECK(sell.ui.shows("This is not an e-mail address."));
  sell.type(".de");
  sell.key(ui::Key::enter);
  CHECK(sell.command<core::SetCustomer>().customer.email == "brandt@example.de");
}

TEST_CASE("sell: the on-screen keyboard types an address") {
  Sell sell;
  sell.tap("customer");
  sell.tap("customer-email");
  for (const char* key : {"a", "@", "b", ".de"}) sell.tap(key);
  sell.tap("Accept");
  CHECK(sell.command<core::SetCustomer>().customer.email == "a@b.de");
}

TEST_CASE("sell: a note is kept with its line") {
  Sell sell;
  const core::LineId line = sell.shop.add_line("Riesling", 890).id;
  sell.shop.refresh();
  sell.input.cart.selected = line;
  sell.tap("note-1");
  sell.type("als Geschenk");
  sell.key(ui::Key::enter);
  CHECK(sell.command<core::NoteLine>().note == "als Geschenk");
}

TEST_CASE(
    "sell: who has bought before is offered while the name is typed, and taken with one tap") {
  Sell sell;
  sell.tap("customer");
  for (const core::Question& question : pos::wants(sell.shop.scene(), sell.input)) {
    CHECK_FALSE(std::holds_alternative<core::AskCustomers>(question));
  }
  sell.ui.type("Mü", sell.drawn());
  bool is_asked = false;
  for (const core::Question& question : pos::wants(sell.shop.scene(), sell.input)) {
    const auto* ask = std::get_if<core::AskCustomers>(&question);
    is_asked = is_asked || (ask && ask->text == "Mü");
  }
  CHECK(is_asked);
  const core::Customer anna{"Anna Müller", "anna@example.de", "en"};
  sell.shop.found.customers = {"M", {anna}};  // the answer to what was typed before
  sell.ui.draw(sell.drawn());
  CHECK_FALSE(sell.ui.shows("anna@example.de"));
  sell.shop.found.customers = {"Mü", {anna}};
  sell.tap("Anna Müller");
  CHECK(sell.command<core::SetCustomer>().customer == anna);
  CHECK(std::holds_alternative<std::monostate>(sell.input.sheet));
}

TEST_CASE("sell: a parked cart is brought back in two taps") {
  Sell sell;
  core::ParkedOrder parked;
  parked.first_item = "Laugenbrezel";
  parked.total = {105, core::eur};
  sell.shop.till.parked.push_back(parked);
  sell.tap("Parked");
  sell.tap("Laugenbrezel");
  CHECK(sell.command<core::RecallOrder>().order == parked.id);
}

TEST_CASE("sell: Escape leaves every sheet and changes nothing") {
  Sell sell;
  const core::LineId line = sell.shop.add_line("Riesling", 890).id;
  sell.shop.refresh();
  const SellSheet sheets[] = {weigh(sell.shop.found.tiles.page.variants[0]),
                              DiscountInput{},
                              OpenItemInput{},
                              NoteInput{.line = line, .subject = "Riesling", .note = ""},
                              CustomerInput{},
                              VoidInput{{}, ""},
                              ParkedInput{},
                              CartMenuInput{}};
  for (const SellSheet& sheet : sheets) {
    sell.input.sheet = sheet;
    sell.key(ui::Key::escape);
    INFO(sheet.index());
    CHECK(std::holds_alternative<std::monostate>(sell.input.sheet));
    CHECK(sell.said.commands.empty());
  }
}

TEST_CASE("sell: after a sale the Done card shows the change and the tiles stay live") {
  Sell sell;
  sell.shop.set_done(4783, 5000);
  sell.shop.till.settings.printer.kind = "tcp";
  sell.ui.draw(sell.drawn());
  CHECK(sell.ui.shows("€2.17"));
  CHECK(sell.ui.shows("Receipt printed"));
  sell.tap("Krimi: Das stille Tal");
  CHECK(sell.command<core::AddVariant>().variant == 2);
  sell.tap("Print copy");
  CHECK(sell.command<core::PrintAgain>().form == core::SlipForm::copy);
  sell.key(ui::Key::enter);
  sell.command<core::NextSale>();
}

TEST_CASE("sell: the Done card claims nothing of what is simulated or only filed") {
  Sell sell;
  sell.shop.set_done(4783, 0);
  core::DoneSale& sale = *sell.shop.till.done;
  sale.by_card = true;
  sale.email = "a@b.de";
  sale.mail_state = sale.push_state = "done";
  const auto badges = [&] {
    std::string all;
    for (const DoneFact& fact : present_done(sell.shop.scene()).facts)
      all += fact.badge + (fact.state == ui::State::ok ? "+ " : " ");
    return all;
  };
  core::Settings& settings = sell.shop.till.settings;
  settings.printer.kind = settings.terminal.kind = "simulated";
  settings.mail.kind = settings.upstream.kind = "folder";
  CHECK(badges() == "Simulated In a folder In a folder ");
  CHECK(present_done(sell.shop.scene()).main_label == "Simulated card: no money has moved");
  settings.printer.kind = "usb";
  settings.terminal.kind = "zvt";
  settings.mail.kind = "smtp";
  settings.upstream.kind = "medusa";
  CHECK(badges() == "Ready+ Sent+ Reported+ ");
  CHECK(present_done(sell.shop.scene()).main_label == "Paid");
}

TEST_CASE("sell: large letters on a small screen leave what happened readable on the Done card") {
  Sell sell{{}, {}, {}, test::UiDriver{1024, 600, {.text_scale = 1.5F}}};
  sell.shop.width = 1024;
  sell.shop.height = 600;
  sell.shop.till.settings.till.text_percent = 150;
  sell.shop.set_done(4783, 5000);
  sell.shop.till.settings.printer.kind = "tcp";
  sell.ui.draw(sell.drawn());
  CHECK(sell.ui.shows("€2.17"));
  const auto* printed = sell.ui.find("Receipt printed");
  REQUIRE(printed);
  CHECK(printed->rect.y1 - printed->rect.y0 >= 30);
}

TEST_CASE("sell: large letters on a small screen leave two rows of tiles") {
  const SellLayout at = sell_layout({.width = 1024, .height = 600, .text_percent = 150});
  CHECK(at.rows == 2);
  CHECK(at.cell(at.page_size() - 1).bottom() <= at.grid.bottom());
}

TEST_CASE("sell: a sale left partially paid says what is still due") {
  Sell sell;
  sell.shop.set_done(4783, 2000, 2783);
  sell.ui.draw(sell.drawn());
  CHECK(sell.ui.shows("Partially paid"));
  CHECK(sell.ui.shows("€27.83"));
}

TEST_CASE("sell: the receipt is mailed from the Done card to an address keyed there") {
  Sell sell;
  sell.shop.set_done(4783, 5000);
  sell.tap("Send e-mail");
  sell.type("a@b.de");
  sell.key(ui::Key::enter);
  CHECK(sell.command<core::EmailReceipt>().order == sell.shop.till.done->order);
  CHECK(sell.command<core::EmailReceipt>().email == "a@b.de");
}

TEST_CASE("sell: a scan is held while something is being keyed") {
  SellInput input;
  CHECK(takes_scan(input));
  input.sheet = DiscountInput{};
  CHECK_FALSE(takes_scan(input));
}

TEST_CASE("sell: for the left hand cart and products change places and overlap nothing") {
  for (const auto& size : {std::pair{1280, 800}, {1024, 600}}) {
    const SellLayout right = sell_layout({.width = size.first, .height = size.second});
    const SellLayout left =
        sell_layout({.width = size.first, .height = size.second, .is_left_handed = true});
    CHECK(left.panel.x == ui::measure::navigation);
    CHECK(left.panel.w == right.panel.w);
    CHECK(left.cash.x >= left.panel.x);
    CHECK(left.search.x >= left.panel.right());
    CHECK(left.style_button.right() <= size.first);
    CHECK(left.grid.w == right.grid.w);
  }
}
