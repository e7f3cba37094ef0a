#include "pos/ui/notices.h"

#include <algorithm>

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

NoticeTap content(Ui& ui, const Rect& rect, const Notice& notice) {
  NoticeTap tap = NoticeTap::none;
  const Colour ink = state_ink(notice.state);
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
    right -= width;
    if (button(ui, {right, top, width, measure::target}, action)) tap = NoticeTap::action;
    right -= measure::gap;
  }
  icon(ui, {rect.x + 16, rect.y, measure::icon, rect.h}, icon_of(notice), ink);
  const Rect words{rect.x + 52, rect.y, right - rect.x - 60, rect.h};
  const Text style{.weight = Weight::medium,
                   .colour = notice.state == State::neutral ? Colour::text : ink};
  if (text_width(ui, notice.words, Size::t1, Weight::medium) <= words.w)
    text(ui, words, notice.words, style);
  else
    paragraph(ui, {words.x, words.y + (words.h - 40) / 2, words.w, 40}, notice.words, style);
  return tap;
}

}  // namespace

NoticeTap banner(Ui& ui, const Rect& rect, const Notice& notice) {
  box(ui, rect, state_tint(notice.state), measure::radius);
  ui.lay_ground(rect, Ground::tint);
  return content(ui, rect, notice);
}

NoticeTap toast(Ui& ui, const Rect& rect, const Notice& notice) {
  ui.push_layer(Layer::beside);
  ui.block(rect);
  raised(ui, rect, notice.state == State::neutral ? Colour::surface : state_tint(notice.state),
         true);
  ui.lay_ground(rect, notice.state == State::neutral ? Ground::card : Ground::tint);
  const NoticeTap tap = content(ui, rect, notice);
  ui.pop_layer();
  return tap;
}

Sheet::Sheet(Ui& ui, const Rect& rect, const Style& style) : ui_(ui) {
  ui.push_layer(Layer::modal);
  ui.paint().fill(ui.pixels(Rect{0, 0, ui.width() + 1, ui.height() + 1}), ui.colour(Colour::scrim));
  raised(ui, rect, Colour::surface, true);
  ui.lay_ground(rect, Ground::card);
  ui.note(ui.pixels(rect), style.title, ItemKind::sheet);
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
