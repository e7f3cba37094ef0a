// The budgets of the screen: a whole frame at 1280 x 800 in 7 ms, one that
// changes a button or a line in 2 ms, the first frame of the process quickly.
#include <benchmark/benchmark.h>
#include <imgui.h>

#include <memory>
#include <string>

#include "pos/ui/software_renderer.h"
#include "pos/ui/widgets.h"

namespace {

using namespace pos::ui;

std::unique_ptr<Fonts> open_fonts(benchmark::State& state) {
  auto fonts = Fonts::open();
  if (fonts) return std::move(*fonts);
  state.SkipWithError(to_text(fonts.error()).c_str());
  return nullptr;
}

// As much as a full Sell screen: 15 tiles, 9 lines, 20 buttons.
void draw_screen(Ui& ui, int selected) {
  static constexpr const char* names[] = {"Bergkäse 12 Monate", "Olivenöl nativ extra",
                                          "Riesling trocken Mosel", "Laugenbrezel"};
  panel(ui, {0, 0, 104, 800}, Edge::right);
  for (int i = 0; i < 6; ++i)
    nav_entry(ui, {4, 64 + i * 88, 96, 72},
              {.label = names[i % 4], .icon = icons::people, .count = i});
  panel(ui, {104, 0, 1176, 56}, Edge::bottom);
  for (int i = 0; i < 15; ++i)
    tile(ui, {120 + i % 5 * 152, 208 + i / 5 * 176, 144, 168},
         {.name = names[i % 4], .price = "12,90 €", .initials = "OE", .category = i % 8 + 1});
  panel(ui, {888, 56, 392, 744}, Edge::left);
  for (int i = 0; i < 9; ++i)
    cart_line(ui, {896, 64 + i * 56, 376, 56},
              {.quantity = i == selected ? "2" : "1",
               .name = names[i % 4],
               .second = "0,252 kg × 2,49 €/100 g",
               .amount = "12,90",
               .id = "1"});
  amount(ui, {1064, 608, 200, 48}, "47,83 €", {.size = Size::t4});
  button(ui, {904, 664, 176, 64},
         {.label = "Bar 47,83",
          .kind = ButtonKind::main,
          .icon = icons::payments,
          .second = "passend",
          .key = Key::f9});
  for (int i = 0; i < 8; ++i) button(ui, {120 + i * 94, 136, 86, 56}, {.label = "Backwaren"});
}

const ImDrawData& frame(Ui& ui, int selected) {
  ui.begin({.width = 1280, .height = 800});
  draw_screen(ui, selected);
  return ui.end();
}

// The yardstick: what Dear ImGui and the renderer take for a frame with nothing in it.
void empty_frame(benchmark::State& state) {
  const auto fonts = open_fonts(state);
  if (!fonts) return;
  Pictures pictures;
  Ui ui(*fonts, pictures);
  SoftwareRenderer renderer(1280, 800);
  for (auto _ : state) {
    ui.begin({.width = 1280, .height = 800});
    const ImDrawData& data = ui.end();
    renderer.forget();
    renderer.draw(data);
  }
}
BENCHMARK(empty_frame)->Unit(benchmark::kMillisecond);

void build_frame(benchmark::State& state) {
  const auto fonts = open_fonts(state);
  if (!fonts) return;
  Pictures pictures;
  Ui ui(*fonts, pictures);
  frame(ui, 0);
  for (auto _ : state) benchmark::DoNotOptimize(frame(ui, 0).TotalVtxCount);
}
BENCHMARK(build_frame)->Unit(benchmark::kMillisecond);

void paint_full_frame(benchmark::State& state) {
  const auto fonts = open_fonts(state);
  if (!fonts) return;
  Pictures pictures;
  Ui ui(*fonts, pictures);
  SoftwareRenderer renderer(1280, 800);
  frame(ui, 0);
  const ImDrawData& data = frame(ui, 0);
  for (auto _ : state) {
    renderer.forget();
    renderer.draw(data);
  }
}
BENCHMARK(paint_full_frame)->Unit(benchmark::kMillisecond);

// From the touch to the pixels: build the frame, find and paint what changed.
void change_one_line(benchmark::State& state) {
  const auto fonts = open_fonts(state);
  if (!fonts) return;
  Pictures pictures;
  Ui ui(*fonts, pictures);
  SoftwareRenderer renderer(1280, 800);
  renderer.draw(frame(ui, 0));
  int selected = 0;
  for (auto _ : state) renderer.draw(frame(ui, ++selected % 9));
}
BENCHMARK(change_one_line)->Unit(benchmark::kMillisecond);

void unchanged_frame(benchmark::State& state) {
  const auto fonts = open_fonts(state);
  if (!fonts) return;
  Pictures pictures;
  Ui ui(*fonts, pictures);
  SoftwareRenderer renderer(1280, 800);
  for (auto _ : state) renderer.draw(frame(ui, 0));
}
BENCHMARK(unchanged_frame)->Unit(benchmark::kMillisecond);

// Fonts opened, glyphs made, first picture painted: all of it counts to the start.
void first_frame(benchmark::State& state) {
  for (auto _ : state) {
    const auto fonts = open_fonts(state);
    if (!fonts) return;
    Pictures pictures;
    Ui ui(*fonts, pictures);
    SoftwareRenderer renderer(1280, 800);
    renderer.draw(frame(ui, 0));
  }
}
BENCHMARK(first_frame)->Unit(benchmark::kMillisecond);

}  // namespace
