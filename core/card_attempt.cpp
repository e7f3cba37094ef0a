#include "core/card_attempt.h"

#include <array>

namespace core {

std::string_view word(CardPhase phase) {
  static constexpr std::array<std::string_view, 5> words{"requested", "approved", "declined",
                                                         "not_started", "unknown"};
  return words[static_cast<std::size_t>(phase)];
}

}  // namespace core
