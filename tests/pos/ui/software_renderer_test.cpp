#include "pos/ui/software_renderer.h"

#include <SDL.h>
#include <doctest/doctest.h>
#include <imgui.h>

#include <limits>
#include <random>

#include "pos/ui/raster.h"
#include "pos/ui/sdl_renderer.h"
#include "pos/ui/shapes.h"
#include "tests/support/ui_driver.h"

using namespace pos::ui;

namespace {

// A canvas with one primitive painted on white.
std::vector<std::uint32_t> painted(Primitive primitive, PixelRect clip = {0, 0, 8, 8}) {
  std::vector<std::uint32_t> pixels(64, 0xFFFFFF);
  primitive.is_plain = true;
  primitive.clip = primitive.bounds = {0, 0, 8, 8};
  paint({pixels.data(), 8, 8, 8}, primitive, clip);
  return pixels;
}

Primitive triangle(float x0, float y0, float x1, float y1, float x2, float y2,
                   std::uint32_t colour) {
  Primitive p;
  p.corner[0] = {x0, y0, 0, 0, colour};
  p.corner[1] = {x1, y1, 0, 0, colour};
  p.corner[2] = {x2, y2, 0, 0, colour};
  return p;
}

// Draws `count` rectangles, rings, words and slices at places given by `seed`.
void draw_random(Ui& ui, unsigned seed, int count) {
  std::mt19937 random(seed);
  const auto up_to = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most));
  };
  for (int i = 0; i < count; ++i) {
    const Rect rect{up_to(400) - 40, up_to(300) - 40, up_to(200), up_to(120)};
    const auto colour = static_cast<Colour>(1 + up_to(40));
    switch (up_to(6)) {
      case 0:
        ui.paint().fill(ui.pixels(rect), with_alpha(ui.colour(colour), .4F));
        break;
      case 1:
        card(ui, rect);
        break;
      case 2:
        button(ui, rect, {.label = "Bar 12,34", .icon = icons::payments});
        break;
      case 3:
        text(ui, rect, "Landjäger, Paar 47,83 €", {.colour = colour});
        break;
      case 4:
        ui.paint().slice(static_cast<float>(rect.x), static_cast<float>(rect.y), 33.3F, .3F, 2.F,
                         ui.colour(colour));
        break;
      default:
        ui.push_clip(rect);
        tile(ui, rect.moved(-20, 10), {.name = "Krimi", .price = "1,00", .initials = "KR"});
        ui.pop_clip();
    }
  }
}

std::size_t pixels_in(std::span<const PixelRect> rects) {
  std::size_t sum = 0;
  for (const PixelRect& r : rects)
    sum += static_cast<std::size_t>(r.x1 - r.x0) * static_cast<std::size_t>(r.y1 - r.y0);
  return sum;
}

}  // namespace

TEST_CASE("rasteriser: two triangles that share an edge paint each pixel once") {
  const std::uint32_t half = 0x80000000;
  const auto lower = triangle(0, 0, 8, 8, 0, 8, half), upper = triangle(0, 0, 8, 0, 8, 8, half);
  const auto a = painted(lower), b = painted(upper);
  int both = 0, none = 0;
  for (std::size_t i = 0; i < 64; ++i) {
    both += a[i] != 0xFFFFFF && b[i] != 0xFFFFFF;
    none += a[i] == 0xFFFFFF && b[i] == 0xFFFFFF;
  }
  CHECK(both == 0);
  CHECK(none == 0);
}

TEST_CASE("rasteriser: half black over white is the middle grey") {
  Primitive rect = triangle(0, 0, 8, 0, 8, 8, 0x80000000);
  rect.is_rectangle = true;
  CHECK(painted(rect)[9] == 0x7F7F7F);
  CHECK(painted(rect, {4, 4, 8, 8})[0] == 0xFFFFFF);
}

TEST_CASE("rasteriser: a picture painted in pieces equals one painted at once") {
  Primitive p = triangle(.3F, .2F, 7.7F, 1.1F, 3.1F, 7.9F, 0xFF204060);
  p.corner[1].colour = 0x80FF0000;
  const auto whole = painted(p);
  std::vector<std::uint32_t> pieces(64, 0xFFFFFF);
  p.is_plain = true;
  p.clip = p.bounds = {0, 0, 8, 8};
  for (int y = 0; y < 8; y += 2)
    for (int x = 0; x < 8; x += 4) paint({pieces.data(), 8, 8, 8}, p, {x, y, x + 4, y + 2});
  CHECK(whole == pieces);
}

TEST_CASE("software renderer: an unchanged frame repaints nothing") {
  test::UiDriver driver(400, 300);
  SoftwareRenderer renderer(400, 300);
  const auto draw = [](Ui& ui) { draw_random(ui, 7, 20); };
  driver.draw(draw);
  renderer.draw(driver.frame(draw));
  CHECK(pixels_in(renderer.damage()) == 400U * 300U);
  renderer.draw(driver.frame(draw));
  CHECK(renderer.damage().empty());
  renderer.forget();
  renderer.draw(driver.frame(draw));
  CHECK(pixels_in(renderer.damage()) == 400U * 300U);
}

TEST_CASE("software renderer: a changed word repaints only the tiles around it") {
  test::UiDriver driver(640, 640);
  SoftwareRenderer renderer(640, 640);
  std::string word = "1,00";
  const auto draw = [&](Ui& ui) { text(ui, {80, 80, 100, 20}, word); };
  driver.draw(draw);
  renderer.draw(driver.frame(draw));
  word = "2,00";
  renderer.draw(driver.frame(draw));
  CHECK(pixels_in(renderer.damage()) <= 2U * 64 * 64);
  CHECK_FALSE(renderer.damage().empty());
}

TEST_CASE("software renderer: repainting what changed equals repainting everything") {
  test::UiDriver driver(400, 300);
  SoftwareRenderer partial(400, 300), full(400, 300);
  std::mt19937 random(20261121);
  unsigned seed = 1;
  int count = 12;
  for (int step = 0; step < 150; ++step) {
    // Mostly one thing more or less, sometimes another picture.
    if (random() % 4 == 0) seed = static_cast<unsigned>(random());
    count = static_cast<int>(random() % 25);
    const ImDrawData& frame = driver.frame([&](Ui& ui) { draw_random(ui, seed, count); });
    partial.draw(frame);
    full.forget();
    full.draw(frame);
    INFO("step " << step << ", seed " << seed);
    REQUIRE(partial.picture().pixels == full.picture().pixels);
  }
}

TEST_CASE("software renderer: broken coordinates and empty windows are survived") {
  test::UiDriver driver(200, 200);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  SoftwareRenderer renderer(200, 200), empty(0, 0);
  const ImDrawData& frame = driver.frame([&](Ui& ui) {
    ui.paint().line(nan, 0, 50, 50, 3, ui.colour(Colour::text));
    ui.paint().line(-1e30F, 0, 1e30F, 50, 3, ui.colour(Colour::text));
    box(ui, {-5000, -5000, 20000, 20000}, Colour::accent, 10);
    box(ui, {10, 10, -30, -30}, Colour::accent, 10);
  });
  renderer.draw(frame);
  empty.draw(frame);
  CHECK(renderer.picture().pixels[200 * 100] == 0x2B49C8);
}

TEST_CASE("renderers: a texture shows the same pixels as our rasteriser, also in parts") {
  SDL_Surface* surface = SDL_CreateRGBSurfaceWithFormat(0, 640, 400, 32, SDL_PIXELFORMAT_RGB888);
  REQUIRE(surface != nullptr);
  {
    auto texture = TextureRenderer::open(surface);
    REQUIRE(texture);
    test::UiDriver driver(640, 400);
    SoftwareRenderer ours(640, 400);
    for (unsigned step = 0; step < 12; ++step) {
      if (step == 8) (*texture)->forget();
      const ImDrawData& frame = driver.frame(
          [&](Ui& ui) { draw_random(ui, 20261130 + step / 4, static_cast<int>(10 + step % 4)); });
      ours.draw(frame);
      (*texture)->draw(frame);
      INFO("step " << step);
      CHECK((*texture)->trouble().empty());
      REQUIRE((*texture)->picture().pixels == ours.picture().pixels);
    }
  }
  SDL_FreeSurface(surface);
}

TEST_CASE("renderers: a window that cannot be drawn into says why") {
  CHECK_FALSE(SurfaceRenderer::open(nullptr));
  CHECK_FALSE(TextureRenderer::open(static_cast<SDL_Window*>(nullptr)));
  const auto none = open_renderer(nullptr);
  REQUIRE_FALSE(none);
  CHECK_FALSE(none.error().empty());
}
