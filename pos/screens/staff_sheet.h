// Adding a cashier: name and role, then the PIN, twice. UI thread.
#pragma once

#include <string>
#include <vector>

#include "pos/screens/scene.h"
#include "pos/screens/text_sheet.h"
#include "pos/ui/pads.h"

namespace pos {

enum class StaffStep : std::uint8_t { name, role, pin, repeat };

struct StaffSheetInput {
  StaffStep step = StaffStep::name;
  TextSheetInput name;
  core::Role role = core::Role::cashier;
  std::string language;  // empty: the till's
  std::string pin, repeated;
};

struct StaffSheetView {
  StaffStep step = StaffStep::name;
  TextSheetView name;
  std::string title, explained, close, next, why_not, clear;
  struct Choice {
    std::string label;
    bool is_selected = false;
    friend bool operator==(const Choice&, const Choice&) = default;
  };
  std::string role_label, language_label;
  std::vector<Choice> roles, languages;
  int entered = 0;
  bool is_different = false;  // the second PIN is not the first
  bool can_go_on = true;
  friend bool operator==(const StaffSheetView&, const StaffSheetView&) = default;
};

struct StaffSheetTap {
  enum class Kind : std::uint8_t { none, dismiss, next, role, language, key };
  Kind kind = Kind::none;
  int index = 0;
  ui::PadKey key = ui::PadKey::none;
};

StaffSheetView present(const Scene& scene, const StaffSheetInput& input);
StaffSheetTap draw(ui::Ui& ui, const StaffSheetView& view, StaffSheetInput& input);
// The command comes with the last step; then, or when it was dismissed, the
// caller forgets the input.
Reaction react(const StaffSheetTap& tap, const Scene& scene, StaffSheetInput& input);

}  // namespace pos
