// The card terminal's clock, as its bookings tell it. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/clock.h"

namespace pos {

// How far ahead of `now` the terminal was when it booked: `moment` is "MMDDhhmmss" in
// the shop's zone (ZVT) or an ISO time stamp (nexo). Nothing: it is neither.
std::optional<std::chrono::milliseconds> terminal_ahead(std::string_view moment, core::Instant now,
                                                        std::string_view zone);

}  // namespace pos
