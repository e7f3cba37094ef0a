// Cash that comes in or goes out without a sale: the amount is keyed, and one tap on
// what it is for books it. Nothing is chosen beforehand but the plain kind.
#pragma once

#include <string>
#include <vector>

#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/sheet.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

enum class CashWay : std::uint8_t { in, out, drop };

struct MoveInput {
  CashWay way = CashWay::in;
  ui::Keyed keyed = {};                      // minor units
  std::size_t kind = 0;                      // of those that are offered
  std::optional<TextSheetInput> other = {};  // another reason is being typed
};

struct MoveView {
  std::string title, cancel, amount, why_not;
  bool is_hint = false, is_refused = false;
  std::string kinds_label, reasons_label;
  std::vector<std::string> kinds;
  std::size_t kind = 0;
  std::vector<std::string> reasons;  // one tap books it; of a drop where it goes
  std::string other;                 // asks for another one; empty: none is needed
  std::optional<TextSheetView> text;
  friend bool operator==(const MoveView&, const MoveView&) = default;
};
struct MoveTap {
  bool is_cancelled = false, is_other = false;
  ui::PadKey key = ui::PadKey::none;
  std::optional<std::size_t> kind = {}, reason = {};
  TextSheetTap text = TextSheetTap::none;
};

MoveView present(const Scene& scene, const MoveInput& input);
MoveTap draw(ui::Ui& ui, const MoveView& view, MoveInput& input);
SheetResult react(const MoveTap& tap, const Scene& scene, MoveInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, MoveInput& input);

}  // namespace pos
