#include "drivers/scale/scale.h"

namespace drivers {

std::string_view in_words(ScaleState state) {
  switch (state) {
    case ScaleState::stable:
      return "The scale is ready";
    case ScaleState::moving:
      return "The scale is moving";
    case ScaleState::overloaded:
      return "Too much is on the scale";
    case ScaleState::below_zero:
      return "The scale is below zero: empty it and set it to zero";
  }
  return "";
}

std::optional<core::Quantity> WeighingRule::seen(const ScaleReading& reading) {
  if (reading.state != ScaleState::stable) return {};
  if (reading.weight.thousandths <= 0) {
    was_empty_ = true;
    return {};
  }
  if (!was_empty_) return {};
  return reading.weight;
}

}  // namespace drivers
