#include <doctest/doctest.h>

#include "pos/ui/software_renderer.h"
#include "pos/ui/widgets.h"

using namespace pos;
using namespace pos::ui;

TEST_CASE("gallery: everything is drawn") {
  auto fonts = Fonts::open();
  REQUIRE(fonts);
  Pictures pictures;
  Ui ui(**fonts, pictures);
  SoftwareRenderer renderer(1280, 800);
  ui.begin({.width = 1280, .height = 800, .seconds = 0, .input = {}, .look = {}});
  ui.paint().shadow(ui.pixels(Rect{120, 128, 384, 656}), 10, false);
  ui.paint().round(ui.pixels(Rect{120, 128, 384, 656}), 10, ui.colour(Colour::surface));
  text(ui, {120, 64, 300, 56}, "Bezahlen", {.size = Size::t3, .weight = Weight::semibold});
  text(ui, {173, 72, 524, 56}, "Artikel, Nummer oder Barcode suchen", {.colour = Colour::text_2});
  text(ui, {136, 170, 384, 48}, "27,83 €", {.size = Size::t4, .weight = Weight::semibold});
  icon(ui, {136, 240, 24, 24}, icons::search);
  renderer.draw(ui.end());
  REQUIRE(save_png(renderer.picture(), TRESEN_TEST_BINARIES "/gallery.png"));
}
