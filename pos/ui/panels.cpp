#include "pos/ui/panels.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "pos/ui/shapes.h"

namespace pos::ui {

void card(Ui& ui, const Rect& rect) {
  raised(ui, rect, Colour::surface);
  ui.lay_ground(rect, Ground::card);
}

Overlay::Overlay(Ui& ui, const Rect& rect) : ui_(ui) {
  ui.push_layer(Layer::beside);
  ui.block(rect);
  raised(ui, rect, Colour::surface, true);
  ui.lay_ground(rect, Ground::card);
}

void panel(Ui& ui, const Rect& rect, Edge line) {
  box(ui, rect, Colour::surface);
  ui.lay_ground(rect, Ground::card);
  const Rect& r = rect;
  if (line == Edge::top) box(ui, {r.x, r.y, r.w, 1}, Colour::line);
  if (line == Edge::right) box(ui, {r.right() - 1, r.y, 1, r.h}, Colour::line);
  if (line == Edge::bottom) box(ui, {r.x, r.bottom() - 1, r.w, 1}, Colour::line);
  if (line == Edge::left) box(ui, {r.x, r.y, 1, r.h}, Colour::line);
}

void strip(Ui& ui, const Rect& rect, Colour fill) {
  box(ui, rect, fill, measure::radius);
}

void head(Ui& ui, const Rect& rect, const Head& head) {
  box(ui, rect, state_tint(head.state), measure::radius, Corners::top);
  const int size = measure::icon_head;
  const Rect mark{rect.x + 24, rect.y + (rect.h - size) / 2, size, size};
  // Done is a disc with a tick; everything else is the icon itself.
  if (head.state == State::ok) {
    box(ui, mark, Colour::ok_dot, size / 2);
    icon(ui, mark, head.icon == icons::none ? icons::check : head.icon, Colour::on_dot, 40);
  } else {
    icon(ui, mark, head.icon, state_ink(head.state), size);
  }
  const Rect room{mark.right() + 16, rect.y, rect.right() - mark.right() - 32, rect.h};
  const TwoLines lines = two_lines(ui, room, Size::t3, Size::t1);
  text(ui, lines.first, head.title, {.size = Size::t3, .weight = Weight::semibold});
  text(ui, lines.second, head.second, {.weight = Weight::medium, .colour = state_ink(head.state)});
}

void separator(Ui& ui, int x, int y, int width) {
  box(ui, {x, y, width, 1}, Colour::line);
}
void vertical_separator(Ui& ui, int x, int y, int height) {
  box(ui, {x, y, 1, height}, Colour::line);
}

int badge_width(Ui& ui, const Badge& badge) {
  const int mark = badge.icon == icons::none ? 2 : measure::icon_badge + 6;
  return 8 + mark + text_width(ui, badge.label, Size::t1, Weight::medium) + 10;
}

int badge(Ui& ui, int x, int y, const Badge& badge, int most) {
  const int width = std::min(most, badge_width(ui, badge));
  const Rect rect{x, y, width, measure::badge};
  const Colour ink = state_ink(badge.state);
  const bool is_white = badge.is_on_tint && badge.state == State::accent;
  if (badge.has_fill)
    box(ui, rect, is_white ? Colour::surface : state_tint(badge.state), measure::small_radius);
  int at = x + 8;
  if (badge.icon != icons::none) {
    icon(ui, {at, y, measure::icon_badge, rect.h}, badge.icon, ink, measure::icon_badge);
    at += measure::icon_badge + 6;
  } else {
    at += 2;
  }
  ui.note(ui.pixels(rect), badge.label, ItemKind::badge);
  text(ui, {at, y, rect.right() - (width < most ? 0 : 8) - at, rect.h}, badge.label,
       {.weight = Weight::medium, .colour = ink, .shrinks = true});
  return width;
}

int badge_right(Ui& ui, int right, int y, const Badge& which) {
  const int width = badge_width(ui, which);
  return badge(ui, right - width, y, which);
}

int count_pill(Ui& ui, int x, int y, int count, State state) {
  const std::string number = std::to_string(count);
  const int width = std::max(28, text_width(ui, number, Size::t1, Weight::medium) + 18);
  box(ui, {x, y, width, 28}, state_tint(state), 14);
  text(ui, {x, y, width, 28}, number,
       {.weight = Weight::medium, .colour = state_ink(state), .align = Align::centre});
  return width;
}

void avatar(Ui& ui, const Rect& rect, std::string_view initials, int category) {
  box(ui, rect, category_fill(category), rect.h / 2);
  text(ui, rect, initials,
       {.size = rect.h >= 64 ? Size::t3 : Size::t1,
        .weight = Weight::semibold,
        .colour = category_ink(category),
        .align = Align::centre,
        .shrinks = true});
}

void icon_disc(Ui& ui, const Rect& rect, Icon which, Colour fill, Colour ink) {
  box(ui, rect, fill, rect.h / 2);
  icon(ui, rect, which, ink, rect.h >= 56 ? measure::icon_large : measure::icon_small);
}

void icon_plate(Ui& ui, const Rect& rect, Icon which) {
  box(ui, rect, Colour::sunken, measure::radius);
  icon(ui, rect, which, Colour::text, measure::icon);
}

void dot(Ui& ui, int centre_x, int centre_y, Colour colour, int diameter) {
  const int half = diameter / 2;
  box(ui, {centre_x - half, centre_y - half, diameter, diameter}, colour, half);
}

void logo(Ui& ui, const Rect& rect, const Logo& logo) {
  const PixelRect area = ui.pixels(rect);
  const Texture* picture =
      logo.path.empty()
          ? nullptr
          : ui.pictures().find(std::string(logo.path), area.x1 - area.x0, area.y1 - area.y0,
                               Corners::all, ui.pixels(rect.h / 4));
  if (picture != nullptr)
    return ui.paint().picture(area, *picture, ui.colour(Colour::picture_tint));
  const int unit = rect.h;  // measures in fortieths, as drawn at 40 px
  const auto part = [&](int x, int y, int w, int h) {
    return Rect{rect.x + x * unit / 40, rect.y + y * unit / 40, w * unit / 40, h * unit / 40};
  };
  box(ui, rect, Colour::logo_plate, unit / 4);
  text(ui, part(4, 3, 26, 34), logo.letter,
       {.size = rect.h >= 72 ? Size::t4 : Size::t3,
        .weight = Weight::semibold,
        .colour = Colour::logo_letter,
        .align = Align::centre});
  const Rect spot = part(27, 7, 7, 7);
  box(ui, spot, Colour::logo_dot, spot.h / 2);
}

void progress(Ui& ui, const Rect& rect, int permille, Colour fill) {
  box(ui, rect, Colour::sunken, rect.h / 2);
  const int share = std::clamp(permille, 0, 1000);
  const auto width = static_cast<int>(std::int64_t{rect.w} * share / 1000);
  if (width > 0) box(ui, {rect.x, rect.y, std::max(width, rect.h), rect.h}, fill, rect.h / 2);
}

void image(Ui& ui, const Rect& rect, const Texture& texture) {
  const PixelRect room = ui.pixels(rect);
  const int w = room.x1 - room.x0, h = room.y1 - room.y0;
  if (texture.width <= 0 || texture.height <= 0 || w <= 0 || h <= 0) return;
  const float scale = std::min(static_cast<float>(w) / static_cast<float>(texture.width),
                               static_cast<float>(h) / static_cast<float>(texture.height));
  const auto side = [scale](int size) {
    return std::max(1, static_cast<int>(static_cast<float>(size) * scale));
  };
  const int width = side(texture.width), height = side(texture.height);
  const int left = room.x0 + (w - width) / 2;
  ui.paint().picture({left, room.y0, left + width, room.y0 + height}, texture,
                     ui.colour(Colour::picture_tint));
}

void thumbnail(Ui& ui, const Rect& rect, const Thumbnail& thumbnail) {
  const PixelRect area = ui.pixels(rect);
  const Texture* picture =
      ui.pictures().find(std::string(thumbnail.path), area.x1 - area.x0, area.y1 - area.y0,
                         Corners::all, ui.pixels(measure::small_radius));
  if (picture != nullptr)
    return ui.paint().picture(area, *picture, ui.colour(Colour::picture_tint));
  box(ui, rect, category_fill(thumbnail.category), measure::small_radius);
  text(ui, rect, thumbnail.initials,
       {.size = rect.h >= 80 ? Size::t3 : Size::t2,
        .weight = Weight::semibold,
        .colour = category_ink(thumbnail.category),
        .align = Align::centre});
}

}  // namespace pos::ui
