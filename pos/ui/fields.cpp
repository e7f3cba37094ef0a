#include "pos/ui/fields.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/ui/buttons.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

void remove_last_letter(std::string& value) {
  while (!value.empty() && (static_cast<unsigned char>(value.back()) & 0xC0) == 0x80)
    value.pop_back();
  if (!value.empty()) value.pop_back();
}

// Adds whole letters, never a control character or a broken byte.
bool add_letters(std::string& value, std::string_view typed, std::size_t most_bytes) {
  bool is_changed = false;
  for (const char32_t letter : core::code_points(typed)) {
    if (letter < U' ' || letter == 0x7F || letter == 0xFFFD) continue;
    std::string bytes;
    core::append_utf8(bytes, letter);
    if (value.size() + bytes.size() > most_bytes) break;
    value += bytes;
    is_changed = true;
  }
  return is_changed;
}

FieldEvent take_keys(Ui& ui, std::string& value, const Field& field) {
  FieldEvent event = FieldEvent::none;
  while (ui.key(Key::backspace)) {
    if (!value.empty()) event = FieldEvent::changed;
    remove_last_letter(value);
  }
  if (add_letters(value, ui.take_text(), field.most_bytes)) event = FieldEvent::changed;
  if (ui.key(Key::escape)) ui.blur();
  if (ui.key(Key::enter)) event = FieldEvent::submitted;
  return event;
}

std::string shown(const std::string& value, bool is_secret) {
  if (!is_secret) return value;
  std::string dots;
  for (std::size_t i = 0; i < core::code_points(value).size(); ++i) dots += "•";
  return dots;
}

// The end of a long value is what is being typed: it stays in view.
void draw_value(Ui& ui, const Rect& room, const std::string& words, bool is_focused, Colour ink) {
  const int width = text_width(ui, words);
  const int caret = is_focused ? 4 : 0;
  const int x = width + caret > room.w && is_focused ? room.right() - caret - width : room.x;
  ui.push_clip(room);
  const int visible = is_focused ? std::max(width, room.w) : room.w;
  text(ui, {x, room.y, visible, room.h}, words, {.colour = ink});
  // The caret does not blink: a till at rest draws no frame.
  if (is_focused) box(ui, {x + width + 1, room.y + (room.h - 20) / 2, 2, 20}, Colour::accent);
  ui.pop_clip();
}

void draw_frame(Ui& ui, const Rect& rect, const Field& field, bool is_focused) {
  box(ui, rect, Colour::surface, measure::radius);
  const Colour line = field.has_error ? Colour::bad_dot
                      : is_focused    ? Colour::accent
                                      : Colour::line_strong;
  outline(ui, rect, line, is_focused || field.has_error ? 2 : 1, measure::radius);
  if (field.icon != icons::none)
    icon(ui, {rect.x + 16, rect.y, measure::icon, rect.h}, field.icon, Colour::text_2);
  if (!field.label.empty())
    text(ui, {rect.x, rect.y - 24, rect.w, 20}, field.label, {.colour = Colour::text_2});
}

}  // namespace

FieldEvent field(Ui& ui, const Rect& rect, std::string& value, const Field& field) {
  const std::string name =
      (value.empty() ? std::string(field.placeholder) : value) + "##" + std::string(field.id);
  const Touch touch =
      ui.touch(rect, field.is_secret ? "##" + std::string(field.id) : name, ItemKind::field,
               field.enabled, ui.has_focus(field.id), field.why_not);
  if (field.enabled && (touch.is_tapped || ui.key(field.key))) ui.focus(field.id);
  const bool is_focused = field.enabled && ui.has_focus(field.id);
  FieldEvent event = is_focused ? take_keys(ui, value, field) : FieldEvent::none;

  draw_frame(ui, rect, field, is_focused);
  int x = rect.x + (field.icon != icons::none ? 52 : 16), right = rect.right() - 16;
  if (!value.empty() && field.can_clear && field.enabled) {
    right -= 40;
    if (button(ui, {rect.right() - 56, rect.y, 56, rect.h},
               {.label = "##clear-" + std::string(field.id),
                .kind = ButtonKind::ghost,
                .icon = icons::close,
                .ink = Colour::text_2,
                .is_icon_only = true})) {
      value.clear();
      event = FieldEvent::cleared;
      ui.focus(field.id);
    }
    if (is_focused) outline(ui, rect, Colour::accent, 2, measure::radius);
  } else if (field.key != Key::none) {
    const int width = text_width(ui, key_name(field.key));
    text(ui, {right - width, rect.y, width, rect.h}, key_name(field.key),
         {.colour = Colour::text_2});
    right -= width + 8;
  }
  const Rect room{x, rect.y, std::max(0, right - x), rect.h};
  const Colour ink = field.enabled ? Colour::text : Colour::text_off;
  if (value.empty()) text(ui, room, field.placeholder, {.colour = Colour::text_2, .shrinks = true});
  if (!value.empty() || is_focused)
    draw_value(ui, room, shown(value, field.is_secret), is_focused, ink);
  return event;
}

bool amount_field(Ui& ui, const Rect& rect, const AmountField& field) {
  const Touch touch = ui.touch(rect, std::string(field.value) + "##" + std::string(field.label),
                               ItemKind::field, true, field.is_focused);
  box(ui, rect, touch.is_pressed ? Colour::press : Colour::bg, measure::radius);
  if (field.is_focused || field.has_error)
    outline(ui, rect, field.has_error ? Colour::bad_dot : Colour::accent, 2, measure::radius);
  amount(ui, {rect.x + 16, rect.y, rect.w - 36, rect.h}, field.value,
         {.size = Size::t4, .colour = field.is_hint ? Colour::text_2 : Colour::text});
  return touch.is_tapped;
}

StepperTap stepper(Ui& ui, const Rect& rect, const Stepper& stepper) {
  StepperTap tap = StepperTap::none;
  const Colour fill = stepper.is_on_tint ? Colour::surface : Colour::sunken;
  box(ui, rect, fill, measure::radius);
  const std::string id(stepper.id);
  const auto step = [&](const Rect& part, std::string_view word, std::string_view what, Icon mark,
                        bool is_enabled) {
    return button(ui, part,
                  {.label = std::string(word) + "##" + std::string(what) + "-" + id,
                   .kind = ButtonKind::ghost,
                   .icon = mark,
                   .enabled = is_enabled,
                   .is_icon_only = true});
  };
  const int middle = rect.w - 112;
  if (step({rect.x, rect.y, 56, rect.h}, stepper.less_word, "less", icons::remove,
           stepper.can_have_less))
    tap = StepperTap::less;
  if (step({rect.right() - 56, rect.y, 56, rect.h}, stepper.more_word, "more", icons::add,
           stepper.can_have_more))
    tap = StepperTap::more;
  const Rect value{rect.x + 56, rect.y, middle, rect.h};
  const Touch touch = ui.touch(value, std::string(stepper.value) + "##" + id, ItemKind::stepper);
  if (touch.is_pressed) box(ui, value, Colour::press);
  if (touch.is_tapped) tap = StepperTap::value;
  amount(ui, value, stepper.value,
         {.colour = stepper.value == "0" ? Colour::text_2 : Colour::text, .align = Align::centre});
  return tap;
}

bool toggle(Ui& ui, const Rect& rect, const Toggle& toggle) {
  const Touch touch =
      ui.touch(rect, toggle.label, ItemKind::toggle, toggle.enabled, toggle.is_on, toggle.why_not);
  const Rect track{rect.right() - 56, rect.y + (rect.h - 32) / 2, 56, 32};
  Colour fill = toggle.is_on ? Colour::accent : Colour::line_strong;
  if (touch.is_pressed) fill = toggle.is_on ? Colour::accent_press : Colour::text_2;
  box(ui, track, fill, 16);
  box(ui, {toggle.is_on ? track.right() - 28 : track.x + 4, track.y + 4, 24, 24},
      toggle.enabled ? Colour::on_accent : Colour::press, 12);
  const Rect words{rect.x, rect.y, rect.w - 68, rect.h};
  const Colour ink = toggle.enabled ? Colour::text : Colour::text_off;
  const int width = text_width(ui, toggle.label, Size::t1, Weight::medium);
  if (width <= words.w)
    text(ui, words, label_of(toggle.label), {.weight = Weight::medium, .colour = ink});
  else
    text(ui, {words.x, words.y + (words.h - 40) / 2, words.w, 40}, label_of(toggle.label),
         {.weight = Weight::medium, .colour = ink, .lines = 2});
  return touch.is_tapped;
}

}  // namespace pos::ui
