// A scale at the till, and when its weight may be sold: only a stable weight
// above zero, and only once; a new one requires that the scale was empty in
// between. Weights are thousandths of a kilogram.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/money.h"
#include "core/base/result.h"
#include "drivers/transport/transport.h"

namespace drivers {

enum class ScaleState { stable, moving, overloaded, below_zero };
std::string_view in_words(ScaleState state);  // an English key

struct ScaleReading {
  ScaleState state = ScaleState::moving;
  core::Quantity weight{0};  // only where it is stable
  friend bool operator==(const ScaleReading&, const ScaleReading&) = default;
};

class Scale {
 public:
  virtual ~Scale() = default;
  virtual core::Result<ScaleReading, LinkError> read() = 0;
  virtual core::Result<core::Done, LinkError> set_zero() = 0;
};

// Which readings may be sold. One for each scale.
class WeighingRule {
 public:
  // Tells it every reading; the weight that may be taken now, if any.
  std::optional<core::Quantity> seen(const ScaleReading& reading);
  // The weight was sold: the next one needs an empty scale first.
  void taken() { was_empty_ = false; }

 private:
  bool was_empty_ = true;
};

// Nothing is weighed but what it is told.
class SimulatedScale final : public Scale {
 public:
  explicit SimulatedScale(ScaleReading reading = {ScaleState::stable, {252}}) : reading_(reading) {}
  core::Result<ScaleReading, LinkError> read() override { return reading_; }
  core::Result<core::Done, LinkError> set_zero() override {
    reading_ = {ScaleState::stable, {0}};
    return core::Done{};
  }
  void put(ScaleReading reading) { reading_ = reading; }

 private:
  ScaleReading reading_;
};

}  // namespace drivers
