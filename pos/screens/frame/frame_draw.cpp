// How the frame is drawn.
#include <algorithm>

#include "core/base/text.h"
#include "pos/screens/frame/frame.h"
#include "pos/screens/help/help_button.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

using ui::Rect;
namespace icons = ui::icons;
constexpr int side_width = ui::measure::navigation, strip_height = ui::measure::strip;

std::string_view widest_word(ui::Ui& ui, const FrameView& view) {
  const auto width = [&ui](const NavView& entry) {
    return ui::text_width(ui, entry.word, ui::Size::t1, ui::Weight::semibold);
  };
  return std::max_element(view.navigation.begin(), view.navigation.end(),
                          [&](const NavView& a, const NavView& b) { return width(a) < width(b); })
      ->word;
}

bool draw_entry(ui::Ui& ui, const Rect& rect, const NavView& entry, std::string_view widest) {
  return ui::nav_entry(ui, rect,
                       {.label = entry.word,
                        .icon = entry.icon,
                        .is_selected = entry.is_selected,
                        .count = entry.count,
                        .widest = widest});
}

FrameTap draw_side(ui::Ui& ui, const FrameView& view) {
  FrameTap tap;
  const std::string_view widest = widest_word(ui, view);
  ui::panel(ui, {0, 0, side_width, ui.height()}, ui::Edge::right);
  ui::logo(ui, {32, 8, 40, 40}, {.letter = view.logo.letter, .path = view.logo.path});
  int y = ui.height() >= 800 ? 64 : 60;
  const int count = static_cast<int>(view.navigation.size());
  const int step = std::min(ui.height() >= 800 ? 88 : 80, (ui.height() - y - 4) / count);
  for (const NavView& entry : view.navigation) {
    // Settings stand apart, at the foot.
    if (&entry == &view.navigation.back()) y = ui.height() - 80;
    if (draw_entry(ui, {4, y, 96, 72}, entry, widest))
      tap = {FrameTap::Kind::navigate, entry.screen};
    y += step;
  }
  return tap;
}

FrameTap draw_foot(ui::Ui& ui, const FrameView& view) {
  FrameTap tap;
  const std::string_view widest = widest_word(ui, view);
  const int count = static_cast<int>(view.navigation.size()), top = ui.height() - 72;
  ui::panel(ui, {0, top, ui.width(), 72}, ui::Edge::top);
  for (int i = 0; i < count; ++i) {
    const int x0 = ui.width() * i / count, x1 = ui.width() * (i + 1) / count;
    const NavView& entry = view.navigation[static_cast<std::size_t>(i)];
    if (draw_entry(ui, {x0 + 4, top + 4, x1 - x0 - 8, 64}, entry, widest))
      tap = {FrameTap::Kind::navigate, entry.screen};
  }
  return tap;
}

// Help, clock, date and who is signed in, from the right; returns the left edge used.
int draw_right(ui::Ui& ui, const FrameView& view, FrameTap& tap) {
  int right = ui.width() - 4;
  if (draw_help_button(ui, right, view.help_word)) tap.kind = FrameTap::Kind::help;
  right -= ui::measure::target + 4;
  const int time = ui::text_width(ui, view.time, ui::Size::t1, ui::Weight::semibold);
  ui::text(ui, {right - time, 0, time, strip_height}, view.time, {.weight = ui::Weight::semibold});
  right -= time + 8;
  if (!view.date.empty()) {
    const int date = ui::text_width(ui, view.date);
    ui::text(ui, {right - date, 0, date, strip_height}, view.date, {.colour = ui::Colour::text_2});
    right -= date + 8;
  }
  right -= 8;
  if (view.initials.empty()) return right;
  const int name = view.cashier.empty()
                       ? 0
                       : ui::text_width(ui, view.cashier, ui::Size::t1, ui::Weight::medium) + 8;
  const int width = 8 + 32 + 8 + name + 20 + 8;
  const Rect chip{right - width, 0, width, strip_height};
  const ui::Touch touch = ui.touch(chip, view.lock_word + "##lock", ui::ItemKind::entry);
  if (touch.is_pressed) ui::box(ui, chip, ui::Colour::press);
  if (touch.is_tapped) tap.kind = FrameTap::Kind::lock;
  const std::string& who = view.cashier.empty() ? view.initials : view.cashier;
  ui::avatar(ui, {chip.x + 8, 12, 32, 32}, view.initials, ui::category_of(who.data(), who.size()));
  if (name > 0)
    ui::text(ui, {chip.x + 48, 0, name, strip_height}, view.cashier,
             {.weight = ui::Weight::medium});
  ui::icon(ui, {chip.right() - 28, 0, 20, strip_height}, icons::lock_open, ui::Colour::text_2, 20);
  return chip.x - 8;
}

// The first two and the last are always there.
FrameTap::Kind device_tap(std::size_t index, std::size_t count) {
  if (index == 0) return FrameTap::Kind::printer;
  if (index == 1) return FrameTap::Kind::terminal;
  return index + 1 == count ? FrameTap::Kind::sync : FrameTap::Kind::signing;
}

// With a banner the entries keep only icon and dot, so that it has room.
int draw_devices(ui::Ui& ui, const FrameView& view, int right, bool is_short, FrameTap& tap) {
  for (std::size_t i = view.devices.size(); i-- > 0;) {
    const StripView& device = view.devices[i];
    const std::string label = is_short ? "##" + device.word : device.word;
    const ui::StripTap entry =
        ui::strip_entry(ui, right, 0, {.label = label, .icon = device.icon, .state = device.state});
    if (entry.is_tapped) tap.kind = device_tap(i, view.devices.size());
    right = entry.left;
  }
  return right;
}

int devices_width(ui::Ui& ui, const FrameView& view) {
  int width = 0;
  for (const StripView& device : view.devices)
    width += 70 + ui::text_width(ui, device.word, ui::Size::t1, ui::Weight::medium);
  return width;
}

// What a banner takes of the strip while a toast is told beside it: half, or, where its
// words would have no room in that, its action.
int width_beside_toast(ui::Ui& ui, const FrameView& view, int strip) {
  constexpr int icon = 52, least_words = 240;
  const BannerView& banner = view.banner;
  const int close = view.close_word.empty() ? 0 : 64;
  const int action = banner.action.empty() ? 0
                                           : 36 + ui::text_width(ui, banner.action, ui::Size::t1,
                                                                 ui::Weight::semibold);
  const bool has_room = strip / 2 >= icon + least_words + action + close;
  return has_room || action == 0 ? strip / 2 : icon + action + close;
}

void draw_banner(ui::Ui& ui, const FrameView& view, const Rect& rect, FrameTap& tap) {
  const BannerView& banner = view.banner;
  const ui::NoticeTap tapped = ui::strip_notice(ui, rect,
                                                {.words = banner.words,
                                                 .action = banner.action,
                                                 .state = banner.state,
                                                 .close_word = view.close_word});
  if (tapped == ui::NoticeTap::action) tap.kind = FrameTap::Kind::banner;
  if (tapped == ui::NoticeTap::close) tap.kind = FrameTap::Kind::put_away;
}

FrameTap draw_strip(ui::Ui& ui, const FrameView& view) {
  FrameTap tap;
  const int left = ui.is_portrait() ? 0 : side_width;
  ui::panel(ui, {left, 0, ui.width() - left, strip_height}, ui::Edge::bottom);
  int right = tap.strip_end = draw_right(ui, view, tap);
  if (!view.initials.empty()) {
    ui::vertical_separator(ui, right, 12, 32);
    right -= 4;
  }
  const bool has_banner = view.banner.trouble != Trouble::none;
  tap.strip_begin = left;
  if (has_banner && view.has_toast) {
    const int width = width_beside_toast(ui, view, right - left);
    draw_banner(ui, view, {left, 0, width, strip_height}, tap);
    tap.strip_begin = left + width + 4;
    return tap;
  }
  const bool is_short = has_banner || devices_width(ui, view) > right - left - 96;
  right = draw_devices(ui, view, right, is_short, tap);
  if (has_banner) {
    draw_banner(ui, view, {left, 0, right - left - 4, strip_height}, tap);
    return tap;
  }
  int x = left + 16;
  const int shop = ui::text_width(ui, view.shop, ui::Size::t1, ui::Weight::semibold);
  if (x + shop + 16 + ui::text_width(ui, view.till) <= right) {
    ui::text(ui, {x, 0, shop, strip_height}, view.shop, {.weight = ui::Weight::semibold});
    x += shop + 8;
  }
  ui::text(ui, {x, 0, right - x, strip_height}, view.till, {.colour = ui::Colour::text_2});
  return tap;
}

}  // namespace

FrameTap draw(ui::Ui& ui, const FrameView& view) {
  const FrameTap strip = draw_strip(ui, view);
  const FrameTap navigation = ui.is_portrait() ? draw_foot(ui, view) : draw_side(ui, view);
  FrameTap tap = navigation.kind != FrameTap::Kind::none ? navigation : strip;
  tap.strip_begin = strip.strip_begin;
  tap.strip_end = strip.strip_end;
  return tap;
}

}  // namespace pos
