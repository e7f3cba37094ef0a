#include "pos/ui/panel.h"

#include <SDL.h>
#include <doctest/doctest.h>
#include <imgui.h>

#include <cmath>

#include "pos/ui/sdl_renderer.h"
#include "tests/support/ui_driver.h"

using namespace pos::ui;

namespace {

constexpr Turn turns[] = {Turn::none, Turn::right, Turn::half, Turn::left};

bool is_near(Spot a, Spot b, float most = 1e-4F) {
  return std::hypot(a.x - b.x, a.y - b.y) < most;
}

}  // namespace

TEST_CASE("panel: what is turned comes back to where it was") {
  for (const Turn turn : turns) {
    CAPTURE(static_cast<int>(turn));
    const Spot spot{30, 70};
    CHECK(on_picture(on_panel(spot, turn, 200, 100), turn, 200, 100) == spot);
  }
  // Clockwise: the picture's upper left corner lies at the panel's upper right.
  CHECK(on_panel(Spot{0, 0}, Turn::right, 200, 100) == Spot{100, 0});
  CHECK(on_panel(Spot{0, 0}, Turn::half, 200, 100) == Spot{200, 100});
  CHECK(on_panel(Spot{0, 0}, Turn::left, 200, 100) == Spot{0, 200});
  CHECK(on_panel(PixelRect{10, 20, 40, 30}, Turn::right, 200, 100) == PixelRect{70, 10, 80, 40});
}

TEST_CASE("panel: pixels are turned with their place") {
  // 1 2 3
  // 4 5 6
  const std::uint32_t pixels[] = {1, 2, 3, 4, 5, 6};
  const PixelRect all{0, 0, 3, 2};
  CHECK(turned(pixels, 3, all, Turn::none).pixels == std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6});
  CHECK(turned(pixels, 3, all, Turn::right).pixels == std::vector<std::uint32_t>{4, 1, 5, 2, 6, 3});
  CHECK(turned(pixels, 3, all, Turn::half).pixels == std::vector<std::uint32_t>{6, 5, 4, 3, 2, 1});
  CHECK(turned(pixels, 3, all, Turn::left).pixels == std::vector<std::uint32_t>{3, 6, 2, 5, 1, 4});
  CHECK(turned(pixels, 3, {1, 0, 3, 1}, Turn::half).pixels == std::vector<std::uint32_t>{3, 2});
}

TEST_CASE("panel: a turned texture shows the same as the turned picture") {
  for (const Turn turn : turns) {
    CAPTURE(static_cast<int>(turn));
    test::UiDriver ui(is_sideways(turn) ? 200 : 300, is_sideways(turn) ? 300 : 200);
    const auto draw = [](Ui& frame) { card(frame, {20, 30, 90, 40}); };
    ui.draw(draw);
    SoftwareRenderer plain(is_sideways(turn) ? 200 : 300, is_sideways(turn) ? 300 : 200);
    plain.draw(ui.frame(draw));
    SDL_Surface* panel = SDL_CreateRGBSurfaceWithFormat(0, 300, 200, 32, SDL_PIXELFORMAT_RGB888);
    auto renderer = TextureRenderer::open(panel);
    REQUIRE(renderer);
    (*renderer)->turn(turn);
    (*renderer)->draw(ui.frame(draw));
    const Canvas& canvas = plain.canvas();
    const Image wanted =
        turned(canvas.pixels, canvas.stride, {0, 0, canvas.width, canvas.height}, turn);
    const Image seen = (*renderer)->picture();
    REQUIRE(seen.width == wanted.width);
    std::size_t others = 0;
    for (std::size_t i = 0; i < seen.pixels.size(); ++i) {
      others += seen.pixels[i] != (wanted.pixels[i] & 0xFFFFFF);
    }
    CHECK(others == 0);
    renderer->reset();
    SDL_FreeSurface(panel);
  }
}

TEST_CASE("panel: touches that are off are set right, mirrored and exchanged axes as well") {
  const TouchMatrix faults[] = {{{1, 0, 0, 0, 1, 0}},
                                {{0.9F, 0, 0.06F, 0, 1.1F, -0.04F}},
                                {{-1, 0, 1, 0, 1, 0}},
                                {{0, 1, 0, 1, 0, 0}}};
  constexpr Spot wanted[] = {{.125F, .125F}, {.875F, .125F}, {.875F, .875F}, {.125F, .875F}};
  for (const TouchMatrix& fault : faults) {
    std::vector<Touched> touches;
    for (const Spot& spot : wanted) touches.push_back({spot, fault(spot)});
    const auto found = touch_matrix_for(touches);
    REQUIRE(found);
    CHECK(is_near((*found)(fault({.3F, .6F})), {.3F, .6F}));
  }
}

TEST_CASE("panel: touches that fit no panel set nothing") {
  constexpr Spot wanted[] = {{.125F, .125F}, {.875F, .125F}, {.875F, .875F}, {.125F, .875F}};
  std::vector<Touched> touches;
  for (const Spot& spot : wanted) touches.push_back({spot, spot});
  touches[2].felt = {.3F, .3F};
  CHECK_FALSE(touch_matrix_for(touches));
  for (Touched& touched : touches) touched.felt = {.5F, .5F};
  CHECK_FALSE(touch_matrix_for(touches));
}

TEST_CASE("panel: a matrix is read as it was written, and what is none changes nothing") {
  const TouchMatrix matrix{{-1.02F, 0, 1.01F, 0, 0.98F, 0.012F}};
  CHECK(is_near(touch_matrix_from(to_text(matrix))({.2F, .7F}), matrix({.2F, .7F})));
  CHECK(to_text(TouchMatrix{}).empty());
  for (const char* text :
       {"", "1 0 0", "a b c d e f", "0 0 0 0 0 0", "nan 0 0 0 1 0", "1e9 0 0 0 1 0"}) {
    CAPTURE(text);
    CHECK(touch_matrix_from(text) == TouchMatrix{});
  }
  const TouchMatrix mirrored{{-1, 0, 1, 0, 1, 0}}, moved{{1, 0, .1F, 0, 1, 0}};
  CHECK(is_near(combined(moved, mirrored)({.25F, .5F}), moved(mirrored({.25F, .5F}))));
}

TEST_CASE("panel: a finger on a turned panel with a mirrored touch layer hits what it sees") {
  Input input;
  input.set_panel({Turn::right, {{-1, 0, 1, 0, 1, 0}}});
  SDL_Event event{};
  event.type = SDL_FINGERDOWN;
  event.tfinger.x = .25F;  // three quarters, mirrored
  event.tfinger.y = .1F;
  REQUIRE(input.take(event, 1, 800, 1280));  // the panel is 1280 wide
  const FrameInput seen = input.next();
  CHECK(is_near({seen.x, seen.y}, {80, 320}, .01F));
}
