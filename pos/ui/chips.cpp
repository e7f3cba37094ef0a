#include <algorithm>
#include <string>
#include <vector>

#include "pos/ui/buttons.h"
#include "pos/ui/panels.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

// A choice on a card is sunken; a tab is a part of its card.
enum class Place : std::uint8_t { on_bg, on_card, tab };

int pill_width(Ui& ui, const Chip& chip) {
  if (chip.count < 0) return 0;
  const int mark = chip.count_icon == icons::none ? 0 : measure::icon_badge + 4;
  return std::max(28,
                  text_width(ui, std::to_string(chip.count), Size::t1, Weight::medium) + 18 + mark);
}

// Measured in the weight of a selected one, so that choosing moves nothing.
int content_width(Ui& ui, const Chip& chip) {
  const int mark = chip.icon == icons::none ? 0 : measure::icon_small + 8;
  const int pill = pill_width(ui, chip);
  return mark + text_width(ui, chip.label, Size::t1, Weight::semibold) + (pill > 0 ? pill + 8 : 0);
}

void draw_pill(Ui& ui, const Rect& rect, const Chip& chip) {
  const bool is_plain = chip.state == State::neutral;
  const Colour fill = chip.is_selected ? Colour::surface : state_tint(chip.state);
  const Colour ink = is_plain && chip.is_selected ? Colour::accent_text : state_ink(chip.state);
  box(ui, rect, fill, rect.h / 2);
  int x = rect.x;
  if (chip.count_icon != icons::none) {
    icon(ui, {x + 9, rect.y, measure::icon_badge, rect.h}, chip.count_icon, ink,
         measure::icon_badge);
    x += measure::icon_badge + 4;
  }
  text(ui, {x, rect.y, rect.right() - x, rect.h}, std::to_string(chip.count),
       {.weight = Weight::medium, .colour = ink, .align = Align::centre});
}

bool draw_chip(Ui& ui, const Rect& rect, const Chip& chip, Place place) {
  const Touch touch = ui.touch(rect, chip.label, ItemKind::chip, chip.enabled, chip.is_selected);
  const Colour fill = touch.is_pressed        ? Colour::press
                      : chip.is_selected      ? Colour::accent_tint
                      : place == Place::on_bg ? Colour::surface
                      : place == Place::tab   ? Colour::none
                                              : Colour::sunken;
  if (place == Place::on_bg)
    raised(ui, rect, fill);
  else
    box(ui, rect, fill, measure::radius);
  Colour ink = chip.is_selected ? Colour::accent_text : Colour::text;
  if (!chip.enabled) ink = Colour::text_off;
  const int pill = pill_width(ui, chip);
  const int content = std::min(content_width(ui, chip), rect.w - 16);
  int x = rect.x + (rect.w - content) / 2;
  const int end = x + content;
  if (chip.icon != icons::none) {
    icon(ui, {x, rect.y, measure::icon_small, rect.h}, chip.icon, ink, measure::icon_small);
    x += measure::icon_small + 8;
  }
  const int words = end - x - (pill > 0 ? pill + 8 : 0);
  text(ui, {x, rect.y, words, rect.h}, label_of(chip.label),
       {.weight = chip.is_selected ? Weight::semibold : Weight::medium,
        .colour = ink,
        .align = Align::centre});
  if (pill > 0) draw_pill(ui, {end - pill, rect.y + (rect.h - 28) / 2, pill, 28}, chip);
  return touch.is_tapped;
}

// An arrow at either end of a row that is wider than its place: one sees that
// there is more, and taps to it. True: tapped.
bool arrow(Ui& ui, const Rect& rect, Icon mark, std::string_view id, bool is_enabled) {
  return button(ui, rect,
                {.label = "##" + std::string(id),
                 .kind = ButtonKind::ghost,
                 .icon = mark,
                 .enabled = is_enabled,
                 .ink = is_enabled ? Colour::text : Colour::text_off,
                 .is_icon_only = true});
}

// Moves a row that is wider than its place; returns how far. `by`: pages to turn.
int slide(Ui& ui, const Rect& rect, int content, std::string_view id, int by) {
  Ui::Scroll& scroll = ui.scroll(id);
  const auto most = static_cast<float>(ui.pixels(std::max(0, content - rect.w)));
  scroll.offset += static_cast<float>(by * ui.pixels(rect.w * 3 / 4));
  if (!ui.is_finger_down()) scroll.is_dragged = false;
  if (!scroll.is_dragged && ui.begin_drag(rect, true)) {
    scroll.is_dragged = true;
    scroll.grip = ui.finger_x() + scroll.offset;
  }
  if (scroll.is_dragged) scroll.offset = scroll.grip - ui.finger_x();
  scroll.offset -= ui.wheel_in(rect) * static_cast<float>(ui.pixels(measure::target));
  scroll.offset = std::clamp(scroll.offset, 0.F, most);
  return ui.to_base(scroll.offset);
}

// One that was cut by the end of its row is seen whole in the next frame.
void bring_into_view(Ui& ui, const Rect& row, const Rect& chip, std::string_view id) {
  const int by = chip.x < row.x               ? chip.x - row.x
                 : chip.right() > row.right() ? chip.right() - row.right()
                                              : 0;
  if (by == 0) return;
  ui.scroll(id).offset += static_cast<float>(ui.pixels(by));
  ui.ask_for_frame();
}

struct RowStyle {
  Place place;
  int gap, padding;
};

std::optional<int> draw_row(Ui& ui, const Rect& rect, std::span<const Chip> chips,
                            std::string_view id, const RowStyle& style) {
  if (chips.empty()) return {};
  std::vector<int> widths;
  int total = style.gap * (static_cast<int>(chips.size()) - 1);
  for (const Chip& chip : chips) {
    widths.push_back(std::max(measure::target, content_width(ui, chip) + 2 * style.padding));
    total += widths.back();
  }
  Rect row = rect;
  int turned = 0;
  if (total > rect.w) {
    row = {rect.x + measure::target, rect.y, rect.w - 2 * measure::target, rect.h};
    const float before = ui.scroll(id).offset;
    const auto most = static_cast<float>(ui.pixels(total - row.w));
    const std::string name(id);
    if (arrow(ui, {rect.x, rect.y, measure::target, rect.h}, icons::chevron_left, name + "-before",
              before > 0))
      turned = -1;
    if (arrow(ui, {row.right(), rect.y, measure::target, rect.h}, icons::chevron_right,
              name + "-after", before < most))
      turned = 1;
  }
  const int offset = slide(ui, row, total, id, turned);
  // What is left over is shared, the first ones get the odd pixels.
  const int spare = std::max(0, row.w - total), count = static_cast<int>(chips.size());
  const int margin = 4;  // room for the shadow
  ui.push_clip({row.x - margin, row.y - margin, row.w + 2 * margin, row.h + 2 * margin});
  std::optional<int> tapped;
  int x = row.x - offset;
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const int width = widths[at] + spare / count + (i < spare % count ? 1 : 0);
    if (draw_chip(ui, {x, row.y, width, row.h}, chips[at], style.place)) {
      tapped = i;
      bring_into_view(ui, row, {x, row.y, width, row.h}, id);
    }
    x += width + style.gap;
  }
  ui.pop_clip();
  return tapped;
}

}  // namespace

bool chip(Ui& ui, const Rect& rect, const Chip& chip) {
  return draw_chip(ui, rect, chip,
                   ui.ground_at(rect) == Ground::bg ? Place::on_bg : Place::on_card);
}

int chip_width(Ui& ui, const Chip& chip) {
  return std::max(measure::target, content_width(ui, chip) + 28);
}

std::optional<int> chips(Ui& ui, const Rect& rect, std::span<const Chip> chips,
                         std::string_view id) {
  return draw_row(ui, rect, chips, id,
                  {ui.ground_at(rect) == Ground::bg ? Place::on_bg : Place::on_card, 8, 12});
}

std::optional<int> tabs(Ui& ui, const Rect& rect, std::span<const Chip> chips,
                        std::string_view id) {
  card(ui, rect);
  return draw_row(ui, rect.inset(4), chips, id, {Place::tab, 4, 16});
}

}  // namespace pos::ui
