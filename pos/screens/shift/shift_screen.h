// The shop's day: opening the shift, what it took so far, cash in and out, counting
// and closing it, and the closed ones. Which page is shown follows from the till: no
// shift, no overview. UI thread.
#pragma once

#include <optional>
#include <variant>

#include "pos/desk/scene.h"
#include "pos/screens/shift/count_page.h"
#include "pos/screens/shift/move_sheet.h"
#include "pos/screens/shift/no_sale_sheet.h"
#include "pos/screens/shift/opening_page.h"
#include "pos/screens/shift/overview_page.h"

namespace pos {

enum class ShiftPage : std::uint8_t { overview, count, closings };

struct ShiftInput {
  ShiftPage page = ShiftPage::overview;
  std::int64_t shift = 0;  // the row of the one that was shown last; 0: none was open
  OpeningInput opening = {};
  OverviewInput overview = {};
  CountInput count = {};
  ClosingsInput closings = {};
  std::variant<std::monostate, MoveInput, NoSaleInput, DropInput> sheet = {};
};

struct ShiftView {
  std::variant<OpeningView, OverviewView, CountView, ClosingsView> page;
  friend bool operator==(const ShiftView&, const ShiftView&) = default;
};
using ShiftTap = std::variant<OpeningTap, OverviewTap, CountTap, ClosingsTap>;

Questions wants(const Scene& scene, const ShiftInput& input);
ShiftView present(const Scene& scene, const ShiftInput& input);
ShiftTap draw(ui::Ui& ui, const ShiftView& view, ShiftInput& input);
Reaction react(const ShiftTap& tap, const Scene& scene, ShiftInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, ShiftInput& input);

// Whether a scan may be sold now: nothing is being keyed or counted.
bool takes_scan(const ShiftInput& input);

}  // namespace pos
