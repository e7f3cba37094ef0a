// A clock that stands still until a test moves it.
#pragma once

#include "core/base/clock.h"

namespace tests {

class FakeClock final : public core::Clock {
 public:
  core::Instant now() const override { return now_; }
  void advance(std::chrono::milliseconds by) { now_ += by; }
  void set(core::Instant to) { now_ = to; }

 private:
  // Saturday, 2026-11-21 15:44 in Berlin.
  core::Instant now_{std::chrono::milliseconds{1'795'272'240'000}};
};

}  // namespace tests
