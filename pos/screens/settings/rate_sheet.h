// A tax rate, new or changed, in five short entries: code, name, percentage,
// first and last day. What was sold keeps the rate of its day. UI thread.
#pragma once

#include <optional>
#include <string>

#include "pos/desk/scene.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

enum class RateStep : std::uint8_t { code, name, percent, from, until };

struct RateSheetInput {
  std::optional<std::size_t> index;  // of the rate that is changed; none: a new one
  core::TaxRate rate;
  RateStep step = RateStep::code;
  TextSheetInput text;
};

std::string rate_name(const core::TaxRate& rate, const Words& words);

RateSheetInput new_rate();
RateSheetInput change_rate(const Scene& scene, std::size_t index);

TextSheetView present(const Scene& scene, const RateSheetInput& input);
// The command comes with the last step; then, or when it was dismissed, the
// caller forgets the input.
Reaction react(TextSheetTap tap, const Scene& scene, RateSheetInput& input);

}  // namespace pos
