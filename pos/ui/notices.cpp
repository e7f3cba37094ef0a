#include "pos/ui/notices.h"

#include <algorithm>
#include <string>

#include "pos/ui/buttons.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

Icon icon_of(const Notice& notice) {
  if (notice.icon != icons::none) return notice.icon;
  constexpr Icon by_state[] = {icons::info, icons::notifications_active, icons::check_circle,
                               icons::warning, icons::error};
  return by_state[static_cast<std::size_t>(notice.state)];
}

// What the buttons at the right need, and where the words begin.
constexpr int words_left = 52;
constexpr int least_room = 64;  // no word is read in less
int buttons_width(Ui& ui, const Notice& notice) {
  int width = 8;
  if (!notice.close_word.empty()) width += measure::target + measure::gap;
  if (!notice.action.empty())
    width += button_width(ui, {.label = notice.action, .ground = Ground::tint}) + measure::gap;
  return width;
}

Text style_of(const Notice& notice) {
  return {.weight = Weight::medium,
          .colour = notice.state == State::neutral ? Colour::text : state_ink(notice.state)};
}

NoticeTap buttons(Ui& ui, const Rect& rect, const Notice& notice) {
  NoticeTap tap = NoticeTap::none;
  int right = rect.right() - 8;
  const int top = rect.y + (rect.h - measure::target) / 2;
  if (!notice.close_word.empty()) {
    right -= measure::target;
    if (button(ui, {right, top, measure::target, measure::target},
               {.label = notice.close_word,
                .kind = ButtonKind::ghost,
                .icon = icons::close,
                .is_icon_only = true}))
      tap = NoticeTap::close;
    right -= measure::gap;
  }
  if (!notice.action.empty()) {
    const Button action{.label = notice.action, .ground = Ground::tint};
    const int width = button_width(ui, action);
    if (button(ui, {right - width, top, width, measure::target}, action)) tap = NoticeTap::action;
  }
  return tap;
}

// In the middle of its place; where even two lines have no room, smaller.
void set_words(Ui& ui, const Rect& place, std::string_view words, Text style) {
  const int height = paragraph_height(ui, place.w, words, style);
  if (height <= place.h) {
    paragraph(ui, {place.x, place.y + (place.h - height) / 2, place.w, height}, words, style);
    return;
  }
  style.shrinks = true;
  folded_text(ui, place, words, style);
}

NoticeTap content(Ui& ui, const Rect& rect, const Notice& notice) {
  icon(ui, {rect.x + 16, rect.y, measure::icon, rect.h}, icon_of(notice), state_ink(notice.state));
  const int room = rect.w - words_left - buttons_width(ui, notice);
  set_words(ui, {rect.x + words_left, rect.y, room, rect.h}, notice.words, style_of(notice));
  return buttons(ui, rect, notice);
}

}  // namespace

int notice_height(Ui& ui, int width, const Notice& notice) {
  const int room = width - words_left - buttons_width(ui, notice);
  return std::max(64, paragraph_height(ui, room, notice.words, style_of(notice)) + 24);
}

NoticeTap banner(Ui& ui, const Rect& rect, const Notice& notice) {
  box(ui, rect, state_tint(notice.state), measure::radius);
  ui.lay_ground(rect, Ground::tint);
  return content(ui, rect, notice);
}

NoticeTap strip_notice(Ui& ui, const Rect& rect, const Notice& notice) {
  NoticeTap tap = NoticeTap::none;
  const Text style = style_of(notice);
  const bool is_plain = notice.state == State::neutral;
  box(ui, rect, is_plain ? Colour::sunken : state_tint(notice.state));
  int right = rect.right() - 8;
  if (!notice.close_word.empty()) right -= measure::target;
  const Rect area{rect.x, rect.y, right - rect.x, rect.h};
  if (!notice.action.empty()) {
    const std::string name = std::string(notice.action) + "##banner";
    const Touch touch = ui.touch(area, name, ItemKind::button);
    if (touch.is_pressed) box(ui, area, Colour::press);
    if (touch.is_tapped) tap = NoticeTap::action;
    const int width = text_width(ui, notice.action, Size::t1, Weight::semibold);
    icon(ui, {right - 24, rect.y, 24, rect.h}, icons::chevron_right, style.colour);
    text(ui, {right - 24 - width, rect.y, width, rect.h}, notice.action,
         {.weight = Weight::semibold, .colour = style.colour});
    right -= 24 + width + 12;
  }
  icon(ui, {rect.x + 16, rect.y, measure::icon, rect.h}, icon_of(notice), style.colour);
  const int room = right - rect.x - 60;
  if (room >= least_room) {
    set_words(ui, {rect.x + words_left, rect.y, room, rect.h}, notice.words, style);
  }
  if (!notice.close_word.empty() && button(ui, {rect.right() - 60, rect.y, measure::target, rect.h},
                                           {.label = notice.close_word,
                                            .kind = ButtonKind::ghost,
                                            .icon = icons::close,
                                            .ink = style.colour,
                                            .is_icon_only = true}))
    tap = NoticeTap::close;
  return tap;
}

NoticeTap toast(Ui& ui, const Rect& rect, const Notice& notice) {
  ui.push_layer(Layer::beside);
  ui.block(rect);
  const NoticeTap tap = strip_notice(ui, rect, notice);
  ui.pop_layer();
  return tap;
}

Sheet::Sheet(Ui& ui, const Rect& rect, const Style& style) : ui_(ui) {
  ui.push_layer(Layer::modal);
  ui.paint().fill(ui.pixels(Rect{0, 0, ui.width() + 1, ui.height() + 1}), ui.colour(Colour::scrim));
  raised(ui, rect, Colour::surface, true);
  ui.lay_ground(rect, Ground::card);
  ui.note(ui.pixels(rect), style.title, ItemKind::sheet);
  const int title = text_width(ui, style.title, Size::t2, Weight::semibold);
  ui.lay_title({rect.x + 24, rect.y + 16, std::min(title, rect.w - 112), 56});
  if (!style.title.empty())
    text(ui, {rect.x + 24, rect.y + 16, rect.w - 112, 56}, style.title,
         {.size = Size::t2, .weight = Weight::semibold, .shrinks = true});
  if (!style.close_word.empty() && button(ui, {rect.right() - 72, rect.y + 16, 56, 56},
                                          {.label = style.close_word,
                                           .kind = ButtonKind::ghost,
                                           .icon = icons::close,
                                           .is_icon_only = true}))
    is_dismissed_ = true;
  if (style.can_dismiss && (ui.key(Key::escape) || ui.is_tapped_outside(rect)))
    is_dismissed_ = true;
}

Sheet::~Sheet() {
  ui_.pop_layer();
}

}  // namespace pos::ui
