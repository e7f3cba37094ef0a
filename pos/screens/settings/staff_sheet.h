// Adding a cashier: name and role, then the PIN, twice; changing one: any of
// these, or its removal. UI thread.
#pragma once

#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/parts/text_sheet.h"
#include "pos/ui/pads.h"

namespace pos {

enum class StaffStep : std::uint8_t { name, role, pin, repeat, badge };

struct StaffSheetInput {
  StaffStep step = StaffStep::name;
  std::int64_t row = 0;  // of the cashier who is changed; 0: a new one
  TextSheetInput name;
  TextSheetInput badge;  // its code, scanned or keyed; empty: none
  core::Role role = core::Role::cashier;
  std::string language;           // empty: the till's
  std::string appearance;         // empty: the till's
  std::int64_t text_percent = 0;  // 0: the till's
  std::string hand;               // empty: the till's
  bool is_removal = false;        // it asks once more
  std::string pin, repeated;
};

struct StaffSheetView {
  StaffStep step = StaffStep::name;
  TextSheetView name;
  std::string title, explained, close, next, why_not, clear;
  std::string new_pin, rename, remove, badge;  // of a known cashier
  struct Choice {
    std::string label;
    bool is_selected = false;
    friend bool operator==(const Choice&, const Choice&) = default;
  };
  std::string role_label, language_label, appearance_label, text_label, hand_label;
  std::vector<Choice> roles, languages, appearances, text_sizes, hands;
  int entered = 0;
  bool is_different = false;  // the second PIN is not the first
  bool can_go_on = true;
  friend bool operator==(const StaffSheetView&, const StaffSheetView&) = default;
};

struct StaffSheetTap {
  enum class Kind : std::uint8_t {
    none,
    dismiss,
    next,
    role,
    language,
    appearance,
    text_size,
    hand,
    key,
    rename,
    new_pin,
    badge,
    remove
  };
  Kind kind = Kind::none;
  int index = 0;
  ui::PadKey key = ui::PadKey::none;
};

// The sheet on a known cashier, at its choices.
StaffSheetInput change_cashier(const core::Cashier& cashier);

StaffSheetView present(const Scene& scene, const StaffSheetInput& input);
StaffSheetTap draw(ui::Ui& ui, const StaffSheetView& view, StaffSheetInput& input);
// The command comes with the last step; then, or when it was dismissed, the
// caller forgets the input.
Reaction react(const StaffSheetTap& tap, const Scene& scene, StaffSheetInput& input);

}  // namespace pos
