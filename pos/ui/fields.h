// What takes an entry: text fields, amounts, steppers, switches.
#pragma once

#include <string>
#include <string_view>

#include "pos/ui/text.h"
#include "pos/ui/ui.h"

namespace pos::ui {

struct Field {
  std::string_view id = {};  // focus goes by it; also its id in the log
  std::string_view placeholder = {};
  std::string_view label = {};  // 14 px above the rectangle, if any
  Icon icon = icons::none;
  Key key = Key::none;  // shown, and moves the focus here
  std::size_t most_bytes = 200;
  bool is_secret = false;  // dots instead of letters
  bool can_clear = true;   // a cross when there is something in it
  bool has_error = false;
  bool enabled = true;
  std::string_view why_not = {};
};
enum class FieldEvent : std::uint8_t { none, changed, submitted, cleared };
// `value` is UTF-8 and is changed in place. Takes letters only while focused;
// Enter submits, Escape leaves it.
FieldEvent field(Ui& ui, const Rect& rect, std::string& value, const Field& field);

// The amount being keyed, 40 px, right-aligned; 2 px accent while focused.
struct AmountField {
  std::string_view value = {};  // formatted
  std::string_view label = "amount";
  bool is_focused = true;
  bool is_hint = false;  // value is only a suggestion: text-2
  bool has_error = false;
};
bool amount_field(Ui& ui, const Rect& rect, const AmountField& field);

struct Stepper {
  std::string_view value = {};  // "7"
  std::string_view id = {};
  std::string_view less_word = "−", more_word = "+";
  bool can_have_less = true, can_have_more = true;
  bool is_on_tint = false;  // surface instead of sunken
};
enum class StepperTap : std::uint8_t { none, less, more, value };
StepperTap stepper(Ui& ui, const Rect& rect, const Stepper& stepper);

struct Toggle {
  std::string_view label = {};
  bool is_on = false;
  bool enabled = true;
  std::string_view why_not = {};
};
// A switch at the right of its label; the whole rectangle can be tapped. True
// when tapped: flip your value then.
bool toggle(Ui& ui, const Rect& rect, const Toggle& toggle);

}  // namespace pos::ui
