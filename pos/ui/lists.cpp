#include "pos/ui/lists.h"

#include <algorithm>
#include <string>

#include "pos/ui/buttons.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

constexpr int picture_height = 88;

void draw_picture(Ui& ui, const Rect& rect, const Tile& tile) {
  const PixelRect area = ui.pixels(rect);
  const Texture* picture =
      ui.pictures().find(std::string(tile.picture), area.x1 - area.x0, area.y1 - area.y0,
                         Corners::top, ui.pixels(measure::radius));
  if (picture != nullptr)
    return ui.paint().picture(area, *picture, ui.colour(Colour::picture_tint));
  box(ui, rect, category_fill(tile.category), measure::radius, Corners::top);
  // The flag at the top must not cover the letters.
  const int down = tile.low.empty() ? 0 : 14;
  text(ui, {rect.x, rect.y + (rect.h - 48) / 2 + down, rect.w, 48}, tile.initials,
       {.size = Size::t4,
        .weight = Weight::semibold,
        .colour = category_ink(tile.category),
        .align = Align::centre});
}

void draw_low_flag(Ui& ui, const Rect& tile, std::string_view words) {
  const int width =
      6 + measure::icon_badge + 4 + text_width(ui, words, Size::t1, Weight::medium) + 8;
  const Rect flag{tile.right() - 6 - width, tile.y + 6, width, 24};
  box(ui, flag, Colour::warn_tint, measure::small_radius);
  icon(ui, {flag.x + 6, flag.y, measure::icon_badge, flag.h}, icons::inventory_2, Colour::warn,
       measure::icon_badge - 2);
  const int x = flag.x + 10 + measure::icon_badge;
  text(ui, {x, flag.y, flag.right() - 6 - x, flag.h}, words,
       {.weight = Weight::medium, .colour = Colour::warn});
}

void draw_price(Ui& ui, const Rect& rect, const Tile& tile) {
  const int price = std::min(rect.w, text_width(ui, tile.price, Size::t2, Weight::semibold));
  const Colour ink = tile.enabled ? Colour::text : Colour::text_off;
  amount(ui, {rect.x, rect.y, price, rect.h}, tile.price, {.colour = ink, .align = Align::left});
  text(ui, {rect.x + price, rect.y + 1, rect.w - price, rect.h}, tile.unit,
       {.colour = Colour::text_2, .shrinks = true});
}

}  // namespace

Press tile(Ui& ui, const Rect& rect, const Tile& tile) {
  const Touch touch = ui.touch(rect, tile.name, ItemKind::tile, tile.enabled, false, tile.why_not);
  const int name = 2 * ui.to_base(static_cast<float>(ui.line_pixels(Size::t1)));
  const int picture = std::min(picture_height, rect.h - name - 40);
  raised(ui, rect, touch.is_pressed ? Colour::press : Colour::surface);
  draw_picture(ui, {rect.x, rect.y, rect.w, picture}, tile);
  if (!tile.low.empty()) draw_low_flag(ui, rect, tile.low);
  const Rect words{rect.x + 10, rect.y + picture + 6, rect.w - 18, name};
  text(ui, words, label_of(tile.name),
       {.weight = Weight::medium,
        .colour = tile.enabled ? Colour::text : Colour::text_off,
        .lines = 2,
        .shrinks = true});
  draw_price(ui, {rect.x + 10, rect.bottom() - 34, rect.w - 16, 24}, tile);
  if (touch.is_held) return Press::hold;
  return touch.is_tapped ? Press::tap : Press::none;
}

bool person_tile(Ui& ui, const Rect& rect, const PersonTile& tile) {
  const Touch touch = ui.touch(rect, tile.name, ItemKind::tile, true, tile.is_selected);
  const Colour fill = touch.is_pressed   ? Colour::press
                      : tile.is_selected ? Colour::accent_tint
                                         : Colour::surface;
  raised(ui, rect, fill);
  if (tile.is_selected) outline(ui, rect, Colour::accent, 2, measure::radius);
  const auto line_of = [&ui](Size size) {
    return ui.to_base(static_cast<float>(ui.line_pixels(size)));
  };
  // A name too long for its line takes a second one from the disc.
  const bool is_long = text_width(ui, tile.name, Size::t2, Weight::semibold) > rect.w - 16;
  const int name = line_of(Size::t2) * (is_long ? 2 : 1), second = line_of(Size::t1);
  const int disc = rect.h >= 96 + name + second + 8 ? 72 : 48;
  const int top = rect.y + std::max(8, (rect.h - disc - 20 - name - second) / 2 + 4);
  avatar(ui, {rect.x + (rect.w - disc) / 2, top, disc, disc}, tile.initials, tile.category);
  const Rect line{rect.x + 8, top + disc + 12, rect.w - 16, name};
  text(ui, line, label_of(tile.name),
       {.size = Size::t2,
        .weight = Weight::semibold,
        .colour = tile.is_selected ? Colour::accent_text : Colour::text,
        .align = Align::centre,
        .lines = is_long ? 2 : 1,
        .shrinks = true});
  text(ui, {line.x, line.bottom(), line.w, second}, tile.second,
       {.colour = Colour::text_2, .align = Align::centre, .shrinks = true});
  return touch.is_tapped;
}

bool row_ground(Ui& ui, const Rect& rect, const RowGround& ground) {
  const Touch touch = ui.touch(rect, ground.label, ItemKind::row, true, ground.is_selected);
  if (touch.is_pressed)
    box(ui, rect, Colour::press);
  else if (ground.is_selected)
    box(ui, rect, Colour::accent_tint);
  if (ground.is_selected && !ground.needs_attention)
    box(ui, {rect.x, rect.y, 4, rect.h}, Colour::accent);
  if (ground.needs_attention) box(ui, {rect.x, rect.y + 8, 4, rect.h - 16}, Colour::bad_dot, 2);
  if (ground.has_separator && !ground.is_selected)
    separator(ui, rect.x + 20, rect.bottom() - 1, rect.w - 40);
  return touch.is_tapped;
}

bool row(Ui& ui, const Rect& rect, const Row& row) {
  const Touch touch =
      ui.touch(rect, row.title, ItemKind::row, row.enabled, row.is_selected, row.why_not);
  if (touch.is_pressed || row.is_selected)
    box(ui, rect, touch.is_pressed ? Colour::press : Colour::accent_tint, measure::radius);
  Colour ink = row.is_selected ? Colour::accent_text : Colour::text;
  if (!row.enabled) ink = Colour::text_off;
  int x = rect.x + 12, right = rect.right() - 12;
  if (!row.initials.empty()) {
    avatar(ui, {x, rect.y + (rect.h - 40) / 2, 40, 40}, row.initials, row.category);
    x += 52;
  } else if (row.icon != icons::none) {
    icon(ui, {x, rect.y, measure::icon, rect.h}, row.icon,
         row.is_selected ? Colour::accent_text : Colour::text_2);
    x += measure::icon + 12;
  }
  if (row.trailing != icons::none) {
    icon(ui, {right - measure::icon, rect.y, measure::icon, rect.h}, row.trailing,
         row.is_selected ? Colour::accent_text : Colour::text_2);
    right -= measure::icon + 8;
  }
  if (!row.amount.empty()) {
    const int width = text_width(ui, row.amount, Size::t2, Weight::semibold);
    amount(ui, {right - width, rect.y, width, rect.h}, row.amount, {.colour = ink});
    right -= width + 8;
  }
  const Text title{.size = row.size,
                   .weight = row.is_selected ? Weight::semibold : Weight::medium,
                   .colour = ink,
                   .shrinks = true};
  if (row.second.empty()) {
    text(ui, {x, rect.y, right - x, rect.h}, label_of(row.title), title);
  } else {
    const TwoLines lines = two_lines(ui, {x, rect.y, right - x, rect.h}, row.size, Size::t1);
    text(ui, lines.first, label_of(row.title), title);
    Rect second = lines.second;
    if (row.second_state != State::neutral) {
      dot(ui, second.x + 5, second.y + second.h / 2, state_dot(row.second_state));
      second = {second.x + 18, second.y, second.w - 18, second.h};
    }
    const bool is_brief = !row.brief.empty() && text_width(ui, row.second) > second.w;
    text(ui, second, is_brief ? row.brief : row.second,
         {.colour = Colour::text_2, .shrinks = true});
  }
  if (row.has_separator && !row.is_selected)
    separator(ui, x, rect.bottom() - 1, rect.right() - 12 - x);
  return touch.is_tapped;
}

}  // namespace pos::ui
