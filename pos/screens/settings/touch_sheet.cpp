#include "pos/screens/settings/touch_sheet.h"

#include <array>
#include <cmath>

namespace pos {

namespace {

constexpr std::array<ui::Spot, 5> crosses{
    {{.125F, .125F}, {.875F, .125F}, {.875F, .875F}, {.125F, .875F}, {.5F, .3F}}};
constexpr int most_failures = 3;
// How far beside its cross the fifth touch may be, in parts of the panel.
constexpr float near = 0.03F;

std::size_t next_cross(const TouchSheetInput& input) {
  return input.found ? crosses.size() - 1 : input.touches.size();
}

SheetResult touches_failed(const Scene& scene, TouchSheetInput& input) {
  input.touches.clear();
  input.found.reset();
  if (++input.failures < most_failures) return {};
  SheetResult result = close_sheet();
  result.reaction.refused = scene.words("The touches did not fit together. Nothing was changed.");
  return result;
}

}  // namespace

TouchSheetView present(const Scene& scene, const TouchSheetInput& input) {
  const Words& words = scene.words;
  const std::size_t next = next_cross(input);
  TouchSheetView view;
  view.title = words.fill("Touch the middle of the cross: {0} of {1}",
                          {std::to_string(next + 1), std::to_string(crosses.size())});
  view.explained = words("Escape ends it, and nothing is changed.");
  if (input.failures > 0) view.failed = words("That did not fit. Once more from the first cross.");
  view.cross = crosses[next];
  return view;
}

TouchSheetTap draw(ui::Ui& ui, const TouchSheetView& view, TouchSheetInput& input) {
  ui.push_layer(ui::Layer::modal);
  const ui::Rect all{0, 0, ui.width(), ui.height()};
  ui.paint().fill(ui.pixels(all), ui.colour(ui::Colour::bg));
  const int x = static_cast<int>(view.cross.x * static_cast<float>(all.w));
  const int y = static_cast<int>(view.cross.y * static_cast<float>(all.h));
  constexpr int arm = 32;
  const auto accent = ui.colour(ui::Colour::accent);
  ui.paint().fill(ui.pixels({x - arm, y - 1, 2 * arm, 3}), accent);
  ui.paint().fill(ui.pixels({x - 1, y - arm, 3, 2 * arm}), accent);
  const int width = all.w / 2, left = all.w / 4, top = all.h / 2;
  const int title = ui::paragraph_height(ui, width, view.title, {.size = ui::Size::t3});
  ui::paragraph(ui, {left, top, width, title}, view.title, {.size = ui::Size::t3});
  const int second = ui::paragraph_height(ui, width, view.explained);
  ui::paragraph(ui, {left, top + title + 16, width, second}, view.explained,
                {.colour = ui::Colour::text_2});
  if (!view.failed.empty()) {
    ui::paragraph(ui, {left, top + title + second + 32, width, all.h / 4}, view.failed,
                  {.colour = ui::Colour::bad});
  }
  TouchSheetTap tap{.is_dismissed = ui.key(ui::Key::escape)};
  const bool is_down = ui.is_finger_down();
  if (is_down && !input.was_down) {
    const ui::PixelRect panel = ui.pixels(all);
    tap.touched = ui::Spot{ui.finger_x() / static_cast<float>(panel.x1),
                           ui.finger_y() / static_cast<float>(panel.y1)};
  }
  input.was_down = is_down;
  ui.pop_layer();
  return tap;
}

SheetResult react(const TouchSheetTap& tap, const Scene& scene, TouchSheetInput& input) {
  if (tap.is_dismissed) return close_sheet();
  if (!tap.touched) return {};
  const auto& till = scene.till.settings.till;
  const ui::Turn turn = ui::turn_from(till.rotation);
  const ui::Spot wanted = on_panel(crosses[next_cross(input)], turn, 1, 1);
  const ui::Spot felt = on_panel(*tap.touched, turn, 1, 1);
  if (!input.found) {
    input.touches.push_back({wanted, felt});
    if (input.touches.size() < crosses.size() - 1) return {};
    input.found = ui::touch_matrix_for(input.touches);
    return input.found ? SheetResult{} : touches_failed(scene, input);
  }
  const ui::Spot at = (*input.found)(felt);
  if (std::hypot(at.x - wanted.x, at.y - wanted.y) > near) return touches_failed(scene, input);
  // What was felt came through the matrix that holds now.
  const auto whole = combined(*input.found, ui::touch_matrix_from(till.touch));
  SheetResult result = close_with(core::ChangeSetting{"till.touch", to_text(whole)});
  result.reaction.toast = scene.words("The touch screen is set.");
  return result;
}

SheetResult run(ui::Ui& ui, const Scene& scene, TouchSheetInput& input) {
  return react(draw(ui, present(scene, input), input), scene, input);
}

}  // namespace pos
