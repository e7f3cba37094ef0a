#include "pos/screens/parts/keying.h"

#include <algorithm>

namespace pos {

namespace {

Reaction refuse(std::string_view why) {
  Reaction reaction;
  reaction.refused = why;
  return reaction;
}

}  // namespace

ui::Keying amount_keying(core::Currency currency) {
  return {core::largest_minor, currency.digits(), true};
}

Reaction key_in(ui::PadKey key, ui::Keyed& keyed, const ui::Keying& how, const Words& words) {
  if (keyed.apply(key, how)) return {};
  return refuse(words("This key does not fit here. Please erase and key it again."));
}

Reaction key_in(ui::PadKey key, std::string& pin, const Words& words) {
  if (ui::apply(key, pin)) return {};
  return refuse(words("A PIN has 4 to 12 digits."));
}

// Rounded up, so that it never says "0 s" while it is still locked.
std::int64_t locked_seconds(const Scene& scene) {
  const auto left = scene.till.locked_until - scene.instant;
  return std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::seconds>(left).count());
}

}  // namespace pos
