#include "tests/pos/ui/gallery.h"

#include <doctest/doctest.h>

#include <array>

#include "pos/ui/shapes.h"
#include "tests/support/ui_driver.h"

using namespace pos::ui;

namespace test {
namespace {

void draw_frame(Ui& ui) {
  panel(ui, {0, 0, 104, 800}, Edge::right);
  logo(ui, {32, 8, 40, 40}, {.letter = "L"});
  nav_entry(ui, {4, 64, 96, 72},
            {.label = "Verkauf", .icon = icons::shopping_basket, .is_selected = true});
  nav_entry(ui, {4, 152, 96, 72},
            {.label = "Bestellungen", .icon = icons::receipt_long, .count = 3});
  nav_entry(ui, {4, 240, 96, 72}, {.label = "Kunden", .icon = icons::people});
  nav_entry(ui, {4, 328, 96, 72}, {.label = "Schicht", .icon = icons::point_of_sale});
  nav_entry(ui, {4, 416, 96, 72}, {.label = "Berichte", .icon = icons::insert_chart});
  nav_entry(ui, {4, 720, 96, 72}, {.label = "Einstellungen", .icon = icons::settings});
  panel(ui, {104, 0, 1176, 56}, Edge::bottom);
  text(ui, {120, 0, 200, 56}, "Feinkost Lindner", {.weight = Weight::semibold});
  text(ui, {241, 0, 80, 56}, "Kasse T1", {.colour = Colour::text_2});
  StripTap at = strip_entry(
      ui, 966, 0, {.label = "Abgleich: 2 warten", .icon = icons::sync, .state = State::warn});
  at = strip_entry(ui, at.left, 0, {.label = "Terminal bereit", .icon = icons::contactless});
  strip_entry(ui, at.left, 0, {.label = "Drucker bereit", .icon = icons::print});
  vertical_separator(ui, 970, 12, 32);
  avatar(ui, {987, 12, 32, 32}, "JW", 2);
  text(ui, {1028, 0, 70, 56}, "Jana Wolf", {.weight = Weight::medium});
  icon(ui, {1102, 18, 20, 20}, icons::lock_open, Colour::text_2, 20);
  text(ui, {1146, 0, 72, 56}, "Sa, 21.11.", {.colour = Colour::text_2});
  text(ui, {1204, 0, 60, 56}, "15:44", {.weight = Weight::semibold, .align = Align::right});
}

struct Product {
  const char *name, *price, *unit, *low, *initials;
  int category;
};
constexpr std::array<Product, 15> products = {{
    {"Bergkäse 12 Monate", "2,49 €", "/100 g", "", "BM", 1},
    {"Krimi: Das stille Tal", "14,00 €", "", "", "KT", 2},
    {"Olivenöl nativ extra 0,5 l", "12,90 €", "", "", "OE", 3},
    {"Riesling trocken Mosel 0,75 l", "8,90 €", "", "", "RM", 4},
    {"Feigensenf 190 ml", "4,95 €", "", "noch 3", "FS", 5},
    {"Laugenbrezel", "1,05 €", "", "", "LB", 5},
    {"Landjäger, Paar", "3,80 €", "", "", "LJ", 4},
    {"Espresso Röstung Nr. 4, 250 g", "7,90 €", "", "", "ER", 6},
    {"Roman: Der Garten im Winter", "22,00 €", "", "", "RG", 8},
    {"Oliven Kalamata mariniert", "1,99 €", "/100 g", "", "OK", 3},
    {"Trüffelhonig 120 g", "12,80 €", "", "noch 2", "TH", 1},
    {"Tagliatelle mit Ei 500 g", "3,95 €", "", "", "TA", 1},
    {"Backbuch: Brot und Zeit", "28,00 €", "", "", "BZ", 5},
    {"Zartbitter 72 % 100 g", "3,60 €", "", "", "ZB", 6},
    {"Grußkarte mit Umschlag", "3,20 €", "", "", "GK", 7},
}};

void draw_cart(Ui& ui) {
  panel(ui, {888, 56, 392, 744}, Edge::left);
  box(ui, {904, 64, 296, 56}, Colour::sunken, 10);
  avatar(ui, {912, 72, 40, 40}, "MB", 4);
  text(ui, {960, 72, 200, 20}, "Marlene Brandt", {.weight = Weight::semibold});
  text(ui, {960, 92, 196, 20}, "Beleg an brandt@example.de", {.colour = Colour::text_2});
  icon(ui, {1168, 64, 20, 56}, icons::close, Colour::text_2, 20);
  button(ui, {1208, 64, 56, 56},
         {.label = "Mehr##cart-more", .icon = icons::more_vert, .is_icon_only = true});
  const auto line = [&](int y, CartLine cart) {
    cart.discount_word = "Rabatt";
    cart.note_word = "Notiz";
    cart.void_word = "Stornieren";
    cart_line(ui, {896, y, 376, cart.is_selected ? 120 : 56}, cart);
  };
  line(128, {.quantity = "kg",
             .name = "Bergkäse 12 Monate",
             .second = "0,252 kg × 2,49 €/100 g",
             .amount = "6,27",
             .id = "1"});
  line(184, {.quantity = "1",
             .name = "Krimi: Das stille Tal",
             .second = "14,00 €",
             .amount = "14,00",
             .has_separator = false,
             .id = "2"});
  line(240, {.quantity = "1",
             .name = "Olivenöl nativ extra 0,5 l",
             .second = "",
             .amount = "11,61",
             .old_amount = "12,90",
             .discount = "−10 % Stammkundin",
             .is_selected = true,
             .id = "3"});
  line(360, {.quantity = "1",
             .name = "Riesling trocken Mosel",
             .second = "8,90 €",
             .amount = "8,90",
             .id = "4"});
  line(416,
       {.quantity = "2", .name = "Laugenbrezel", .second = "1,05 €", .amount = "2,10", .id = "5"});
  line(472, {.quantity = "1",
             .name = "Feigensenf 190 ml",
             .second = "4,95 €",
             .amount = "4,95",
             .has_separator = false,
             .id = "6"});
  separator(ui, 904, 528, 360);
  fact(ui, {904, 537, 360, 24}, "Zwischensumme · 7 Artikel", "49,12");
  fact(ui, {904, 561, 360, 24}, "Rabatt", "−1,29");
  fact(ui, {904, 585, 360, 24}, "enth. MwSt. · 7 %: 2,55 · 19 %: 1,42", "3,97");
  text(ui, {904, 608, 160, 48}, "Zu zahlen", {.size = Size::t2, .weight = Weight::semibold});
  amount(ui, {1064, 608, 200, 48}, "47,83 €", {.size = Size::t4});
  button(ui, {904, 664, 176, 64},
         {.label = "Bar 47,83",
          .kind = ButtonKind::main,
          .icon = icons::payments,
          .second = "passend",
          .key = Key::f9});
  button(ui, {1088, 664, 176, 64},
         {.label = "Karte 47,83",
          .kind = ButtonKind::line,
          .icon = icons::contactless,
          .second = "Terminal",
          .key = Key::f10});
  button(ui, {904, 736, 80, 56}, {.label = "50 €", .size = Size::t2});
  button(ui, {992, 736, 80, 56}, {.label = "60 €", .size = Size::t2});
  button(ui, {1080, 736, 80, 56}, {.label = "100 €", .size = Size::t2});
  button(ui, {1168, 736, 96, 56}, {.label = "Mehr …", .size = Size::t2});
}

}  // namespace

void draw_sell(Ui& ui, Gallery& gallery) {
  draw_frame(ui);
  field(ui, {120, 72, 624, 56}, gallery.search,
        {.id = "search",
         .placeholder = "Artikel, Nummer oder Barcode suchen",
         .icon = icons::search,
         .key = Key::f3});
  button(ui, {752, 72, 56, 56},
         {.label = "Tastatur", .icon = icons::keyboard, .is_icon_only = true});
  button(ui, {816, 72, 56, 56}, {.label = "Liste", .icon = icons::view_list, .is_icon_only = true});
  const Chip row[] = {{.label = "Favoriten", .icon = icons::star, .is_selected = true},
                      {.label = "Käse & Wurst"},
                      {.label = "Wein"},
                      {.label = "Öl & Essig"},
                      {.label = "Backwaren"},
                      {.label = "Kaffee"},
                      {.label = "Bücher"},
                      {.label = "Papier"}};
  chips(ui, {120, 136, 752, 56}, row, "categories");
  for (int i = 0; i < 15; ++i) {
    const Product& p = products[static_cast<std::size_t>(i)];
    tile(ui, {120 + i % 5 * 152, 208 + i / 5 * 176, 144, 168},
         {.name = p.name,
          .price = p.price,
          .unit = p.unit,
          .low = p.low,
          .initials = p.initials,
          .category = p.category});
  }
  button(ui, {120, 736, 152, 56}, {.label = "Freier Artikel", .icon = icons::add});
  button(ui, {280, 736, 111, 56}, {.label = "Parken", .icon = icons::pause});
  button(ui, {399, 736, 152, 56}, {.label = "Geparkt", .icon = icons::layers, .count = 2});
  button(ui, {640, 736, 56, 56},
         {.label = "Zurück", .icon = icons::chevron_left, .is_icon_only = true});
  text(ui, {696, 736, 120, 56}, "Seite 1 von 4",
       {.weight = Weight::medium, .align = Align::centre});
  button(ui, {816, 736, 56, 56},
         {.label = "Weiter", .icon = icons::chevron_right, .is_icon_only = true});
  draw_cart(ui);
}

void draw_parts(Ui& ui, Gallery& gallery) {
  const Chip filters[] = {
      {.label = "Alle", .is_selected = true, .count = 248},
      {.label = "Neu", .count = 3, .state = State::accent},
      {.label = "Einzuziehen", .count = 2},
      {.label = "Klärung", .count = 1, .state = State::bad, .count_icon = icons::error_outline},
      {.label = "Archiv"}};
  tabs(ui, {16, 16, 704, 64}, filters, "tabs");
  card(ui, {16, 96, 344, 320});
  head(ui, {16, 96, 344, 96},
       {.state = State::ok,
        .icon = icons::check,
        .title = "Bezahlt",
        .second = "Gespeichert · T1-000482"});
  badge(ui, 32, 208, {.label = "Bereit", .icon = icons::check_circle, .state = State::ok});
  badge(ui, 132, 208, {.label = "Autorisiert", .icon = icons::lock_clock, .state = State::warn});
  badge(ui, 32, 248, {.label = "Klärung", .icon = icons::error_outline, .state = State::bad});
  badge(ui, 144, 248,
        {.label = "Neu", .icon = icons::notifications_active, .state = State::accent});
  badge(ui, 232, 248, {.label = "Offen", .icon = icons::radio_button_unchecked});
  progress(ui, {32, 292, 312, 8}, 420);
  toggle(ui, {32, 304, 150, 56}, {.label = "Kundin informieren", .is_on = true});
  toggle(ui, {200, 304, 140, 56}, {.label = "Ton"});
  stepper(ui, {32, 356, 160, 56}, {.value = "7", .id = "count"});
  icon_plate(ui, {208, 360, 48, 48}, icons::print);
  thumbnail(ui, {264, 360, 48, 48}, {.initials = "GK", .category = 7});
  card(ui, {376, 96, 344, 320});
  row_ground(ui, {376, 96, 344, 72}, {.label = "#1047", .is_selected = true});
  text(ui, {396, 108, 200, 24}, "#1047", {.size = Size::t2, .weight = Weight::semibold});
  button(ui, {552, 104, 160, 56},
         {.label = "86,40 einziehen", .kind = ButtonKind::main, .icon = icons::credit_score});
  row_ground(ui, {376, 168, 344, 72}, {.label = "#1044", .needs_attention = true});
  text(ui, {396, 180, 200, 24}, "#1044", {.size = Size::t2, .weight = Weight::semibold});
  button(ui, {552, 176, 160, 56}, {.label = "Beheben", .icon = icons::build, .align = Align::left});
  test::Gallery& g = gallery;
  field(ui, {392, 256, 312, 56}, g.name, {.id = "name"});
  button(ui, {392, 328, 152, 56},
         {.label = "Archivieren",
          .icon = icons::archive,
          .enabled = false,
          .why_not = "Noch nicht bezahlt"});
  text_button(ui, {560, 328, 144, 56}, "Notiz", icons::add);
  banner(ui, {16, 432, 704, 72},
         {.words = "Papier leer. 2 Belege warten.",
          .action = "Per E-Mail senden",
          .close_word = "Schließen"});
  card(ui, {736, 16, 528, 488});
  amount_field(ui, {752, 32, 496, 72}, {.value = "27,83 €"});
  keypad(ui, {752, 120, 400, 368});
  row(ui, {1160, 120, 96, 72},
      {.title = "Karte",
       .second = "bereit",
       .is_selected = true,
       .size = Size::t2,
       .second_state = State::ok});
  pin_dots(ui, {1160, 208, 96, 72}, 1, 2);
  ui.focus("name");
  keyboard(ui, {16, 464, 1248, 328}, g.keyboard, KeyboardLayout::german, KeyboardKind::email);
}

}  // namespace test

TEST_CASE("gallery: every widget is drawn in light and dark") {
  test::Gallery gallery;
  for (const auto appearance : {Appearance::light, Appearance::dark}) {
    test::UiDriver driver(1280, 800, {.appearance = appearance});
    const std::string suffix = appearance == Appearance::dark ? "-dark" : "-light";
    driver.save("gallery-sell" + suffix, [&](Ui& ui) { test::draw_sell(ui, gallery); });
    CHECK(driver.shows("47,83 €"));
    driver.save("gallery-parts" + suffix, [&](Ui& ui) { test::draw_parts(ui, gallery); });
    CHECK(driver.shows("Papier leer"));
  }
}
