// What the pages of the Shift screen say alike: the account of the drawer, the
// payments by tender, a difference in words. Pure but for the two that draw.
#pragma once

#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/ui/widgets.h"

namespace pos {

struct AmountRow {
  std::string label, amount;
  bool is_total = false;
  friend bool operator==(const AmountRow&, const AmountRow&) = default;
};

// The drawer from the float to what should lie in it, that included.
std::vector<AmountRow> account_rows(const core::Shift& shift, const core::ShiftReport& report,
                                    const Words& words);
std::vector<AmountRow> tender_rows(const core::ShiftReport& report, const Words& words);

struct DifferenceView {
  std::string label, amount;
  ui::State state = ui::State::ok;
  ui::Icon icon = ui::icons::none;
  friend bool operator==(const DifferenceView&, const DifferenceView&) = default;
};
DifferenceView difference_of(core::Money money, const Scene& scene);

// The sums that were found, if they are of the shift that is open; else null.
const core::ShiftReport* report_of(const Scene& scene);
// What should lie in the drawer now; nothing: it is being looked up.
std::optional<core::Money> expected_of(const Scene& scene);
bool is_blind(const Scene& scene);
// Who did it: where nobody has to sign in it was the till.
std::string person(const std::string& name, const Words& words);
std::vector<std::string> in_words(const Words& words,
                                  std::initializer_list<std::string_view> english);

int rows_height(const ui::Ui& ui, const std::vector<AmountRow>& rows);
// From the top of `rect`; returns the height used.
int draw_rows(ui::Ui& ui, const ui::Rect& rect, const std::vector<AmountRow>& rows);
inline constexpr int difference_height = 48;
// Tinted, with the words 8 px from its left edge and the amount from its right.
void draw_difference(ui::Ui& ui, const ui::Rect& rect, const DifferenceView& view);

}  // namespace pos
