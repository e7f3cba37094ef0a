#include "pos/ui/ui.h"

#include <doctest/doctest.h>
#include <imgui.h>

#include "tests/support/ui_driver.h"

using namespace pos::ui;
using test::UiDriver;

TEST_CASE("button: a tap counts once, when the finger leaves it") {
  UiDriver driver;
  int taps = 0;
  const auto draw = [&](Ui& ui) {
    if (button(ui, {904, 664, 176, 64}, {.label = "Bar 47,83##exact"})) ++taps;
  };
  driver.tap("Bar 47,83", draw);
  CHECK(taps == 1);
  driver.tap("exact", draw);
  CHECK(taps == 2);
}

TEST_CASE("button: pressed shows in the frame of the touch") {
  UiDriver driver;
  const auto draw = [&](Ui& ui) { button(ui, {100, 100, 200, 56}, {.label = "Bar"}); };
  SoftwareRenderer renderer(1280, 800);
  driver.draw(draw);
  renderer.draw(driver.frame(draw));
  const std::uint32_t before = renderer.picture().pixels[110 * 1280 + 120];
  driver.input().press(200, 128);
  renderer.draw(driver.frame(draw));
  CHECK(renderer.picture().pixels[110 * 1280 + 120] != before);
  CHECK(renderer.picture().pixels[110 * 1280 + 120] == 0xDEDBD3);
}

TEST_CASE("button: a finger that slides off taps nothing, nor what it slides onto") {
  UiDriver driver;
  int first = 0, second = 0;
  const auto draw = [&](Ui& ui) {
    first += button(ui, {100, 100, 200, 56}, {.label = "A"});
    second += button(ui, {100, 200, 200, 56}, {.label = "B"});
  };
  driver.draw(draw);
  driver.input().press(200, 128);
  driver.input().move(200, 228);
  driver.input().release(200, 228);
  driver.draw(draw);
  CHECK(first == 0);
  CHECK(second == 0);
}

TEST_CASE("button: what appears under a resting finger is not tapped by it") {
  UiDriver driver;
  std::string label = "Bar 12,00";
  int taps = 0;
  const auto draw = [&](Ui& ui) { taps += button(ui, {100, 100, 200, 56}, {.label = label}); };
  driver.draw(draw);
  driver.input().press(200, 128);
  driver.draw(draw);
  label = "Bar 99,00";
  driver.input().release(200, 128);
  driver.draw(draw);
  CHECK(taps == 0);
}

TEST_CASE("button: a disabled one refuses with its reason, by finger and by key") {
  UiDriver driver;
  int taps = 0;
  const auto draw = [&](Ui& ui) {
    taps += button(ui, {100, 100, 200, 56},
                   {.label = "Archivieren",
                    .key = Key::f8,
                    .enabled = false,
                    .why_not = "Noch nicht bezahlt"});
  };
  driver.tap("Archivieren", draw);
  CHECK(taps == 0);
  CHECK(driver.refused() == "Noch nicht bezahlt");
  driver.key(Key::f8, draw);
  CHECK(taps == 0);
  CHECK_FALSE(driver.find("Archivieren")->is_enabled);
}

TEST_CASE("button: its key does the same as a tap, once") {
  UiDriver driver;
  int taps = 0;
  const auto draw = [&](Ui& ui) {
    taps += button(ui, {100, 100, 200, 56}, {.label = "Bar", .key = Key::f9});
  };
  driver.key(Key::f9, draw);
  CHECK(taps == 1);
}

TEST_CASE("tile: a long press is no tap") {
  UiDriver driver;
  int taps = 0, holds = 0;
  const auto draw = [&](Ui& ui) {
    const Press press = tile(ui, {100, 200, 144, 168}, {.name = "Brezel", .price = "1,05 €"});
    taps += press == Press::tap;
    holds += press == Press::hold;
  };
  driver.draw(draw);
  driver.input().press(150, 250);
  driver.draw(draw);
  driver.pass(.7);
  driver.draw(draw);
  driver.input().release(150, 250);
  driver.draw(draw);
  CHECK(holds == 1);
  CHECK(taps == 0);
}

TEST_CASE("sheet: nothing under it is tapped and no key reaches it") {
  UiDriver driver;
  int under = 0, on_top = 0, keys = 0, dismissed = 0;
  bool is_open = true;
  const auto draw = [&](Ui& ui) {
    under += button(ui, {440, 300, 200, 56}, {.label = "Darunter", .key = Key::f9});
    under += button(ui, {20, 20, 200, 56}, {.label = "Daneben"});
    if (!is_open) return;
    const Sheet sheet(ui, {400, 200, 400, 300}, {.title = "Grund"});
    on_top += button(ui, {440, 300, 200, 56}, {.label = "Bruch"});
    dismissed += sheet.is_dismissed();
    keys += ui.key(Key::f9);
  };
  driver.tap("Bruch", draw);
  CHECK(on_top == 1);
  driver.key(Key::f9, draw);
  CHECK(keys == 1);
  CHECK(dismissed == 0);
  driver.tap("Daneben", draw);
  CHECK(under == 0);
  CHECK(dismissed == 1);
  is_open = false;
  driver.draw(draw);
  driver.tap("Darunter", draw);
  CHECK(under == 1);
}

TEST_CASE("overlay: what lies beside it stays live, what lies under it does not") {
  UiDriver driver;
  int beside = 0, under = 0, on_top = 0;
  const auto draw = [&](Ui& ui) {
    beside += button(ui, {20, 20, 200, 56}, {.label = "Daneben"});
    under += button(ui, {900, 300, 200, 56}, {.label = "Darunter"});
    const Overlay done(ui, {888, 64, 376, 728});
    on_top += button(ui, {920, 688, 328, 80}, {.label = "Weiter"});
  };
  driver.tap("Weiter", draw);
  driver.tap("Daneben", draw);
  driver.tap("Darunter", draw);
  CHECK(on_top == 1);
  CHECK(beside == 1);
  CHECK(under == 0);
}

TEST_CASE("scroll area: a drag moves the list and taps nothing, then it glides on and stops") {
  UiDriver driver;
  int taps = 0, offset = 0;
  const auto draw = [&](Ui& ui) {
    const ScrollArea area(ui, {100, 100, 400, 300}, "rows", 40 * 72);
    offset = area.offset();
    for (int i = 0; i < 40; ++i)
      taps += row(ui, {100, area.y(100 + i * 72), 400, 72}, {.title = "Zeile"});
  };
  driver.draw(draw);
  driver.input().press(200, 350);
  driver.frame(draw);
  for (int y = 340; y >= 200; y -= 20) {
    driver.input().move(200, static_cast<float>(y));
    driver.frame(draw);
  }
  driver.input().release(200, 200);
  driver.frame(draw);
  const int let_go = offset;
  CHECK(let_go > 80);
  for (int i = 0; i < 300; ++i) driver.frame(draw);
  CHECK(offset > let_go);
  CHECK(offset <= 40 * 72 - 300);
  CHECK(taps == 0);
  CHECK_FALSE(driver.ui().wants_frame());
}

TEST_CASE("field: takes letters, umlauts and backspace only while focused") {
  UiDriver driver;
  std::string value;
  FieldEvent last = FieldEvent::none;
  const auto draw = [&](Ui& ui) {
    const FieldEvent event = field(ui, {100, 100, 400, 56}, value,
                                   {.id = "search", .placeholder = "Suchen", .key = Key::f3});
    if (event != FieldEvent::none) last = event;
  };
  driver.type("x", draw);
  CHECK(value.empty());
  driver.tap("search", draw);
  driver.input().stroke({.text = "Kä"});
  driver.input().stroke({.text = "se\x01\xFF"});
  driver.draw(draw);
  CHECK(value == "Käse");
  driver.key(Key::backspace, draw);
  driver.key(Key::backspace, draw);
  driver.key(Key::backspace, draw);
  CHECK(value == "K");
  driver.key(Key::enter, draw);
  CHECK(last == FieldEvent::submitted);
  driver.tap("clear-search", draw);
  CHECK(value.empty());
  driver.key(Key::escape, draw);
  driver.type("y", draw);
  CHECK(value.empty());
  driver.key(Key::f3, draw);
  driver.type("z", draw);
  CHECK(value == "z");
}

TEST_CASE("field: the caret moves, selects, undoes, and a key of forty letters is pasted") {
  UiDriver driver;
  std::string value = "Käse";
  const auto draw = [&](Ui& ui) {
    field(ui, {100, 100, 400, 56}, value, {.id = "key", .most_bytes = 60});
  };
  const auto press = [&](Stroke stroke) {
    driver.input().stroke(std::move(stroke));
    driver.draw(draw);
  };
  driver.tap("key", draw);
  press({.key = Key::home});
  driver.type("x", draw);
  CHECK(value == "xKäse");
  press({.key = Key::right});
  press({.key = Key::right});
  press({.key = Key::backspace});
  CHECK(value == "xKse");
  press({.key = Key::undo});
  CHECK(value == "xKäse");
  press({.key = Key::end, .shift = true});
  press({.key = Key::cut});
  CHECK(value == "xKä");
  press({.key = Key::home});
  press({.key = Key::paste});
  CHECK(value == "sexKä");
  ImGui::SetClipboardText("  shpat_0123456789abcdef0123456789abcdef\n");
  press({.key = Key::select_all});
  press({.key = Key::paste});
  CHECK(value == "shpat_0123456789abcdef0123456789abcdef");
  // A tap puts the caret where it lands.
  driver.tap_at(118, 128, draw);
  press({.key = Key::del});
  CHECK(value == "hpat_0123456789abcdef0123456789abcdef");
  // What goes beyond the field's length is not taken.
  press({.key = Key::paste});
  CHECK(value.size() <= 60);
}

TEST_CASE("field: a secret is pasted but never copied") {
  UiDriver driver;
  std::string value = "sk_secret";
  const auto draw = [&](Ui& ui) {
    field(ui, {100, 100, 400, 56}, value, {.id = "key", .is_secret = true});
  };
  ImGui::SetClipboardText("before");
  driver.tap("key", draw);
  driver.key(Key::select_all, draw);
  driver.key(Key::copy, draw);
  CHECK(std::string(ImGui::GetClipboardText()) == "before");
  driver.key(Key::paste, draw);
  CHECK(value == "before");
}

TEST_CASE("walk: Tab goes from item to item, the arrows to the nearest, Enter taps") {
  UiDriver driver;
  std::string name, tapped;
  bool enters = false;
  const auto draw = [&](Ui& ui) {
    field(ui, {100, 100, 400, 56}, name, {.id = "name", .key = Key::f3});
    const auto key = [&](const Rect& rect, std::string_view label, bool enabled = true) {
      if (button(ui, rect, {.label = label, .enabled = enabled})) tapped = label;
    };
    key({100, 200, 160, 56}, "Left");
    key({300, 200, 160, 56}, "Grey", false);
    key({500, 200, 160, 56}, "Right");
    key({500, 300, 160, 56}, "Below");
    if (ui.key(Key::enter)) enters = true;
  };
  driver.key(Key::enter, draw);
  CHECK(enters);  // nobody walks: it is the screen's
  driver.key(Key::tab, draw);
  driver.type("Jo", draw);
  CHECK(name == "Jo");
  driver.key(Key::tab, draw);
  driver.type("x", draw);
  CHECK(name == "Jo");
  enters = false;
  driver.key(Key::enter, draw);
  CHECK(tapped == "Left");
  CHECK_FALSE(enters);
  driver.key(Key::right, draw);
  driver.key(Key::enter, draw);
  CHECK(tapped == "Right");  // what is disabled is passed over
  driver.key(Key::down, draw);
  driver.key(Key::enter, draw);
  CHECK(tapped == "Below");
  driver.input().stroke({.key = Key::tab, .shift = true});
  driver.draw(draw);
  driver.key(Key::enter, draw);
  CHECK(tapped == "Right");
  driver.save("walk", draw);
  // The field's own key ends it: letters, arrows and Enter are the field's.
  driver.key(Key::f3, draw);
  driver.key(Key::home, draw);
  driver.key(Key::right, draw);
  driver.type("x", draw);
  CHECK(name == "Jxo");
  driver.key(Key::tab, draw);
  // A finger ends it.
  driver.tap_at(700, 700, draw);
  driver.key(Key::enter, draw);
  CHECK(enters);
}

TEST_CASE("walk: what lies under a sheet is not walked on") {
  UiDriver driver;
  std::string tapped;
  const auto draw = [&](Ui& ui) {
    if (button(ui, {100, 100, 160, 56}, {.label = "Under"})) tapped = "Under";
    const Sheet sheet(ui, {300, 200, 600, 400}, {.title = "Sheet"});
    if (button(ui, {400, 400, 160, 56}, {.label = "Above"})) tapped = "Above";
  };
  driver.draw(draw);
  for (int i = 0; i < 4; ++i) {
    driver.key(Key::tab, draw);
    driver.key(Key::enter, draw);
    CHECK(tapped != "Under");
  }
  CHECK(tapped == "Above");
}

TEST_CASE("keyboard: types into the focused field, capitals after shift") {
  UiDriver driver;
  std::string value;
  KeyboardState state;
  const auto draw = [&](Ui& ui) {
    field(ui, {100, 100, 400, 56}, value, {.id = "mail"});
    ui.focus("mail");
    keyboard(ui, {0, 464, 1280, 336}, state, KeyboardLayout::german, KeyboardKind::email);
  };
  driver.tap("shift", draw);
  driver.tap("Ü", draw);
  driver.tap("ß", draw);
  driver.tap("@", draw);
  driver.tap(".de", draw);
  driver.draw(draw);
  CHECK(value == "Üß@.de");
  driver.tap("erase", draw);
  CHECK(value == "Üß@.d");
}

TEST_CASE("keypad: fingers and real digits give the same, and none is lost") {
  UiDriver driver;
  Keyed value;
  const Keying how{1'000'000};
  const auto draw = [&](Ui& ui) { value.apply(keypad(ui, {848, 320, 400, 344}), how); };
  driver.tap("4", draw);
  driver.tap("00", draw);
  CHECK(value.value() == 400);
  driver.tap("backspace", draw);
  CHECK(value.value() == 40);
  driver.type("1234", draw);
  for (int i = 0; i < 4; ++i) driver.draw(draw);
  CHECK(value.value() == 401'234);
  driver.type("99", draw);
  driver.draw(draw);
  CHECK(value.value() == 401'234);
  CHECK(value.is_refused());
}

TEST_CASE("keypad: what is keyed is drawn before the till rests") {
  UiDriver driver;
  Keyed value;
  const auto draw = [&](Ui& ui) {
    text(ui, {0, 0, 200, 24}, std::to_string(value.value()));
    value.apply(keypad(ui, {848, 320, 400, 344}), {1'000'000});
  };
  driver.draw(draw);
  for (const char* digit : {"2", "0", "0", "0"}) driver.input().stroke({.text = digit});
  // As the till does it: frames for what came, and then only as long as one is asked for.
  while (!driver.input().is_empty() || driver.ui().wants_frame()) driver.frame(draw);
  CHECK(value.value() == 2000);
  CHECK(driver.shows("2000"));
}

TEST_CASE("keypad: Enter means the digits before it, not those behind it") {
  UiDriver driver;
  Keyed value;
  std::vector<std::int64_t> accepted;
  const auto draw = [&](Ui& ui) {
    value.apply(keypad(ui, {848, 320, 400, 344}), {1'000'000});
    if (button(ui, {0, 0, 200, 56}, {.label = "Take", .key = Key::enter})) {
      accepted.push_back(value.value());
      value = {};
    }
  };
  driver.draw(draw);
  for (const char* digit : {"1", "2"}) driver.input().stroke({.text = digit});
  driver.input().stroke({.key = Key::enter});
  driver.input().stroke({.text = "7"});
  driver.input().stroke({.key = Key::enter});
  while (!driver.input().is_empty() || driver.ui().wants_frame()) driver.frame(draw);
  CHECK(accepted == std::vector<std::int64_t>{12, 7});
}

TEST_CASE("keypad: Enter does not accept what is left after a key that was refused") {
  UiDriver driver;
  Keyed value;
  int accepted = 0;
  const auto draw = [&](Ui& ui) {
    value.apply(keypad(ui, {848, 320, 400, 344}, {.is_refused = value.is_refused()}), {1'000'000});
    if (button(ui, {0, 0, 200, 56}, {.label = "Take", .key = Key::enter})) ++accepted;
  };
  driver.draw(draw);
  for (const char* letter : {"5", "ä", "5"}) driver.input().stroke({.text = letter});
  driver.input().stroke({.key = Key::enter});
  while (!driver.input().is_empty() || driver.ui().wants_frame()) driver.frame(draw);
  CHECK(accepted == 0);
  CHECK(value.value() == 5);
  driver.key(Key::backspace, draw);
  driver.key(Key::enter, draw);
  CHECK(accepted == 1);
}

TEST_CASE("a long press: the screen that reacts to it is drawn again under the resting finger") {
  UiDriver driver;
  bool is_held = false;
  const auto draw = [&](Ui& ui) {
    text(ui, {0, 0, 200, 24}, is_held ? "held" : "not held");
    is_held = ui.touch({100, 100, 200, 56}, "tile", ItemKind::tile).is_held || is_held;
  };
  driver.draw(draw);
  driver.input().press(200, 128);
  driver.frame(draw);
  driver.pass(1);
  while (driver.ui().wants_frame()) driver.frame(draw);
  CHECK(driver.shows("held"));
  CHECK_FALSE(driver.shows("not held"));
}

TEST_CASE("scroll area: bringing a part into view moves nothing that was drawn") {
  UiDriver driver;
  const auto draw = [&](Ui& ui) {
    const ScrollArea area(ui, {0, 100, 400, 224}, "lines", 8 * 56, Part{100 + 7 * 56, 56});
    for (int i = 0; i < 8; ++i)
      row(ui, {0, area.y(100 + i * 56), 400, 56}, {.title = "line " + std::to_string(i)});
  };
  driver.frame(draw);
  int before = -1000;
  for (const Item& item : driver.ui().log().items()) {
    if (item.kind != ItemKind::row || item.rect.y1 <= item.rect.y0) continue;
    CHECK(item.rect.y0 >= before);
    before = item.rect.y1;
  }
  CHECK(driver.find("line 7")->rect.y1 == 324);
}

TEST_CASE("chips: a row that is wider than its place says so and is turned by its arrows") {
  UiDriver driver;
  std::vector<Chip> many;
  for (const char* name : {"Käse & Wurst", "Wein", "Öl & Essig", "Backwaren", "Kaffee", "Bücher"})
    many.push_back({.label = name});
  const auto draw = [&](Ui& ui) { chips(ui, {0, 0, 400, 56}, many, "categories"); };
  driver.draw(draw);
  REQUIRE(driver.find("categories-after"));
  CHECK(driver.find("categories-after")->is_enabled);
  CHECK_FALSE(driver.find("categories-before")->is_enabled);
  const auto is_seen = [&](std::string_view name) {
    const Item* chip = driver.find(name);
    return chip != nullptr && chip->rect.x1 - chip->rect.x0 > 60;
  };
  CHECK_FALSE(is_seen("Bücher"));
  for (int i = 0; i < 4 && driver.find("categories-after")->is_enabled; ++i)
    driver.tap("categories-after", draw);
  CHECK(is_seen("Bücher"));
  CHECK(driver.find("categories-before")->is_enabled);
  many.resize(2);
  driver.draw(draw);
  CHECK(driver.find("categories-after") == nullptr);
}

TEST_CASE("chips: one that is cut by the end of its row is whole once it is chosen") {
  UiDriver driver;
  std::vector<Chip> many;
  for (const char* name : {"Alle", "Neu", "Einzuziehen", "Klärung der Zahlung", "Archiv"})
    many.push_back({.label = name});
  const auto draw = [&](Ui& ui) { chips(ui, {0, 0, 400, 56}, many, "tabs"); };
  driver.draw(draw);
  const auto width_of = [&](std::string_view name) {
    const Item* chip = driver.find(name);
    REQUIRE(chip);
    return chip->rect.x1 - chip->rect.x0;
  };
  const int cut = width_of("Klärung der Zahlung");
  driver.tap("Klärung der Zahlung", draw);
  driver.draw(draw);
  CHECK(width_of("Klärung der Zahlung") > cut);
  CHECK(driver.find("Klärung der Zahlung")->rect.x1 <= 400 - 56 + 4);  // and its shadow
}

TEST_CASE("cart line: its tools are found by the line they belong to") {
  UiDriver driver;
  CartTap last = CartTap::none;
  const auto draw = [&](Ui& ui) {
    const CartTap tap = cart_line(ui, {896, 240, 376, 120},
                                  {.quantity = "1",
                                   .name = "Olivenöl",
                                   .amount = "11,61",
                                   .is_selected = true,
                                   .id = "3",
                                   .discount_word = "Rabatt",
                                   .note_word = "Notiz",
                                   .void_word = "Stornieren"});
    if (tap != CartTap::none) last = tap;
  };
  driver.tap("more-quantity-3", draw);
  CHECK(last == CartTap::more);
  driver.tap("less-quantity-3", draw);
  CHECK(last == CartTap::less);
  driver.tap("Rabatt", draw);
  CHECK(last == CartTap::discount);
  driver.tap("Stornieren", draw);
  CHECK(last == CartTap::remove);
  driver.tap("line-3", draw);
  CHECK(last == CartTap::select);
}

TEST_CASE("text: at 150 percent words end in an ellipsis and amounts are never cut") {
  UiDriver driver(1280, 800, {.text_scale = 1.5F});
  int width = 0;
  driver.draw([&](Ui& ui) {
    width = text_width(ui, "Bestellungen");
    text(ui, {0, 0, 60, 20}, "Bestellungen");
    amount(ui, {0, 40, 60, 24}, "1.234.567,89 €");
  });
  CHECK(width > 100);
  CHECK(driver.shows("1.234.567,89 €"));
}

TEST_CASE("row: a second line that has no room gives way to its brief words") {
  const Row transfer{
      .title = "Other", .second = "Bank transfer, invoice, delivery", .brief = "Transfer"};
  UiDriver driver;
  driver.draw([&](Ui& ui) { row(ui, {0, 0, 400, 72}, transfer); });
  CHECK(driver.shows("Bank transfer, invoice, delivery"));
  CHECK_FALSE(driver.shows("Transfer"));
  driver.draw([&](Ui& ui) { row(ui, {0, 0, 160, 72}, transfer); });
  CHECK(driver.shows("Transfer"));
  CHECK_FALSE(driver.shows("Bank transfer, invoice, delivery"));
}
