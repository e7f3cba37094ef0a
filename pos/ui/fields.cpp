#include "pos/ui/fields.h"

#include <imgui.h>

#include <algorithm>

#include "core/base/text.h"
#include "pos/ui/buttons.h"
#include "pos/ui/shapes.h"

namespace pos::ui {
namespace {

constexpr Key editing_keys[] = {Key::left, Key::right, Key::home, Key::end,
                                Key::del,  Key::undo,  Key::redo, Key::backspace};

void use_clipboard(Ui& ui, TextEntry& entry, const Field& field) {
  if (ui.key(Key::select_all)) entry.select_all();
  const bool cuts = ui.key(Key::cut);
  const bool copies = ui.key(Key::copy);
  // What is not shown is not handed out either.
  if ((cuts || copies) && !field.is_secret && entry.from() != entry.to()) {
    ImGui::SetClipboardText(entry.selected().c_str());
    if (cuts) entry.erase_selected();
  }
  if (ui.key(Key::paste)) {
    const char* pasted = ImGui::GetClipboardText();
    // Who copies a line has its end in it.
    if (pasted != nullptr) entry.write(core::trim(pasted), field.most_bytes);
  }
}

FieldEvent take_keys(Ui& ui, std::string& value, const Field& field) {
  TextEntry& entry = ui.entry();
  entry.edit(field.id, value);
  // What there is nothing to do for in an empty field is left to the screen.
  for (const Key key : editing_keys) {
    if (value.empty() && key != Key::backspace && key != Key::undo) continue;
    while (const auto stroke = ui.take_key(key)) entry.press(*stroke);
  }
  use_clipboard(ui, entry, field);
  entry.write(ui.take_text(), field.most_bytes);
  const bool is_changed = entry.value() != value;
  value = entry.value();
  if (ui.key(Key::escape)) ui.blur();
  if (ui.key(Key::enter)) return FieldEvent::submitted;
  return is_changed ? FieldEvent::changed : FieldEvent::none;
}

std::string shown(const std::string& value, bool is_secret) {
  if (!is_secret) return value;
  std::string dots;
  for (std::size_t i = 0; i < core::code_points(value).size(); ++i) dots += "•";
  return dots;
}

// How far into the words so many of the letters reach.
int reach(Ui& ui, const std::string& words, std::size_t letters) {
  const auto all = core::code_points(words);
  std::string before;
  for (std::size_t i = 0; i < std::min(letters, all.size()); ++i) core::append_utf8(before, all[i]);
  return text_width(ui, before);
}

// Of words that are longer than their room, so much lies to the left of it that the
// caret is seen.
int hidden_part(Ui& ui, const Rect& room, const std::string& words, std::size_t caret) {
  return std::max(0, reach(ui, words, caret) + 4 - room.w);
}

void draw_value(Ui& ui, const Rect& room, const std::string& words, bool is_focused, Colour ink) {
  ui.push_clip(room);
  if (!is_focused) {
    text(ui, room, words, {.colour = ink});
  } else {
    const TextEntry& entry = ui.entry();
    const int x = room.x - hidden_part(ui, room, words, entry.caret());
    const int tall = std::min(room.h, 28), y = room.y + (room.h - tall) / 2;
    if (entry.from() != entry.to()) {
      const int from = reach(ui, words, entry.from()), to = reach(ui, words, entry.to());
      box(ui, {x + from, y, to - from, tall}, Colour::accent_tint);
    }
    text(ui, {x, room.y, std::max(text_width(ui, words), room.w), room.h}, words, {.colour = ink});
    // The caret does not blink: a till at rest draws no frame.
    box(ui, {x + reach(ui, words, entry.caret()) + 1, room.y + (room.h - 20) / 2, 2, 20},
        Colour::accent);
  }
  ui.pop_clip();
}

// A tap puts the caret between the letters that it is nearest to; a finger that rests
// selects all of them.
void point_at(Ui& ui, const Rect& room, const std::string& words, const Touch& touch) {
  TextEntry& entry = ui.entry();
  if (touch.is_held) entry.select_all();
  if (!touch.is_tapped) return;
  const int x = ui.to_base(ui.finger_x()) - room.x + hidden_part(ui, room, words, entry.caret());
  std::size_t letter = 0;
  const std::size_t count = core::code_points(words).size();
  while (letter < count && (reach(ui, words, letter) + reach(ui, words, letter + 1)) / 2 < x) {
    ++letter;
  }
  entry.place_caret(letter);
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
  const bool had_focus = ui.has_focus(field.id);
  if (field.enabled && (touch.is_tapped || ui.key(field.key))) {
    if (!had_focus) ui.blur();  // whoever walked elsewhere types here now
    ui.focus(field.id);
  }
  const bool is_focused = field.enabled && ui.has_focus(field.id);
  FieldEvent event = is_focused ? take_keys(ui, value, field) : FieldEvent::none;

  draw_frame(ui, rect, field, is_focused);
  int x = rect.x + (field.icon != icons::none ? 52 : 16), right = rect.right() - 16;
  if (!value.empty() && field.can_clear && field.enabled) {
    right -= 40;
    ui.pass_over(true);
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
    ui.pass_over(false);
    if (is_focused) outline(ui, rect, Colour::accent, 2, measure::radius);
  } else if (field.key != Key::none) {
    const int width = text_width(ui, key_name(field.key));
    text(ui, {right - width, rect.y, width, rect.h}, key_name(field.key),
         {.colour = Colour::text_2});
    right -= width + 8;
  }
  const Rect room{x, rect.y, std::max(0, right - x), rect.h};
  const Colour ink = field.enabled ? Colour::text : Colour::text_off;
  if (is_focused) {
    ui.entry().edit(field.id, value);
    // Only a field that had the letters before knows where its caret was.
    if (had_focus) point_at(ui, room, shown(value, field.is_secret), touch);
  }
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
