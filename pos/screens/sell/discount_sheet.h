// A reduction of a line or of the whole cart, in percent or as an amount, or
// another price for a line; each with its reason.
#pragma once

#include <string>

#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

enum class Reduction : std::uint8_t { percent, amount, new_price };

struct DiscountInput {
  std::optional<core::LineId> line = {};  // none: the whole cart
  Reduction kind = Reduction::percent;
  ui::Keyed keyed = {};  // hundredths of a percent, or minor units
  // Of discount_reasons(); chosen by a person, who answers for it.
  std::optional<std::size_t> reason = {};
};

struct DiscountView {
  std::string title, subject, shown, before, after_word, after;
  std::vector<std::string> kinds, quick, reasons;
  std::string reason_word;
  std::size_t kind = 0;
  std::optional<std::size_t> chosen_quick, reason;
  bool is_hint = false, is_refused = false;
  bool has_sign = false;  // the pad has a decimal sign
  char sign = ',';
  FootView foot;
  friend bool operator==(const DiscountView&, const DiscountView&) = default;
};
struct DiscountTap {
  SheetTap foot = SheetTap::none;
  ui::PadKey key = ui::PadKey::none;
  std::optional<std::size_t> kind, quick, reason;
};

DiscountView present(const Scene& scene, const DiscountInput& input);
DiscountTap draw(ui::Ui& ui, const DiscountView& view);
SheetResult react(const DiscountTap& tap, const Scene& scene, DiscountInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, DiscountInput& input);

}  // namespace pos
