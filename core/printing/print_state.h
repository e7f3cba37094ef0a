// What became of a slip, of a receipt or of the card terminal. Stored as numbers:
// new ones are added at the end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/stored.h"

namespace core {

enum class PrintState { waiting, printed, refused, unsure, dropped, sending, sent };
template <>
inline constexpr int stored_count<PrintState> = 1 + static_cast<int>(PrintState::sent);
std::string_view word(PrintState state);

struct OpenPrints {
  std::int64_t count = 0;
  std::string reason;  // of those that are next, the latest that has one
};

}  // namespace core
