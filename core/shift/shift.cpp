#include "core/shift/shift.h"

#include <array>

namespace core {

std::string_view word(ShiftState state) {
  static constexpr std::array<std::string_view, stored_count<ShiftState>> words{"open", "closing",
                                                                                "closed"};
  return words[static_cast<std::size_t>(state)];
}

}  // namespace core
