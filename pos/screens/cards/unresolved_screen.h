// The page of card payments whose answer was lost and that nobody has cleared
// up yet: the one in hand and those that were put off. Each says what is known
// and has the ways out: ask the terminal again, paid, not paid (with a reason;
// the register asks for a manager's PIN), later. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

struct UnresolvedInput {
  core::AttemptId deciding;  // whose reason is being asked for
  std::optional<core::CardVerdict> verdict;
  TextSheetInput reason;
};

struct UnresolvedRow {
  core::AttemptId attempt;
  std::string title, amount, second, says;
  bool is_in_hand = false;  // else it was put off
  friend bool operator==(const UnresolvedRow&, const UnresolvedRow&) = default;
};

struct UnresolvedView {
  std::string title, back, explained;
  std::string ask, paid, not_paid, later, open;  // the buttons of every row
  std::vector<UnresolvedRow> rows;
  Emptiness emptiness;
  std::optional<TextSheetView> reason;
  friend bool operator==(const UnresolvedView&, const UnresolvedView&) = default;
};

struct UnresolvedTap {
  enum class Kind : std::uint8_t {
    none,
    back,
    ask,  // these five: index
    paid,
    not_paid,
    later,
    open,
    confirm_reason,
    dismiss_reason
  };
  Kind kind = Kind::none;
  std::size_t index = 0;
};

Questions wants(const Scene& scene, const UnresolvedInput& input);
UnresolvedView present(const Scene& scene, const UnresolvedInput& input);
UnresolvedTap draw(ui::Ui& ui, const UnresolvedView& view, UnresolvedInput& input);
Reaction react(const UnresolvedTap& tap, const Scene& scene, UnresolvedInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, UnresolvedInput& input);

}  // namespace pos
