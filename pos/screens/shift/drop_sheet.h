// What leaves the drawer with the closing: a sum that is keyed, or what is suggested,
// so that the usual float stays.
#pragma once

#include <string>
#include <vector>

#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct DropInput {
  core::Money counted, suggested;
  ui::Keyed keyed = {};  // minor units
};

// What can be taken in notes, so that at least `stays` is left: of the notes that were
// counted, or, where only a sum was, in steps of the smallest note.
core::Money suggested_drop(core::Money counted, const std::vector<core::CoinCount>& coins,
                           core::Money stays);
// Whether a piece of this value is a note.
bool is_note(std::int64_t value, core::Currency currency);

struct DropView {
  std::string title, counted_label, counted, amount, stays_label, stays;
  bool is_hint = false, is_refused = false;
  std::string suggestion, nothing;  // empty: there is nothing to suggest
  FootView foot;
  friend bool operator==(const DropView&, const DropView&) = default;
};
struct DropTap {
  SheetTap foot = SheetTap::none;
  ui::PadKey key = ui::PadKey::none;
  bool takes_suggestion = false, takes_nothing = false;
};
// What was decided; nothing: nothing was.
struct DropResult {
  Reaction reaction;
  bool is_closed = false;
  std::optional<core::Money> dropped = {};
};

DropView present(const Scene& scene, const DropInput& input);
DropTap draw(ui::Ui& ui, const DropView& view);
DropResult react(const DropTap& tap, const Scene& scene, DropInput& input);
DropResult run(ui::Ui& ui, const Scene& scene, DropInput& input);

}  // namespace pos
