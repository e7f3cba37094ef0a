#include "core/printing/print_state.h"

#include <array>

namespace core {

std::string_view word(PrintState state) {
  static constexpr std::array<std::string_view, stored_count<PrintState>> words{
      "waiting", "printed", "refused", "unsure", "dropped", "sending", "sent"};
  return words[static_cast<std::size_t>(state)];
}

}  // namespace core
