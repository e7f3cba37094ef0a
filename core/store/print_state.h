// What became of a slip, of a receipt or of the card terminal. Stored as numbers:
// new ones are added at the end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace core {

enum class PrintState { waiting, printed, refused, unsure, dropped, sending, sent };
std::string_view word(PrintState state);

struct OpenPrints {
  std::int64_t count = 0;
  std::string reason;  // of those that are next, the latest that has one
};

}  // namespace core
