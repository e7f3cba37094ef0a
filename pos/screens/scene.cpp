#include "pos/screens/scene.h"

#include <array>

namespace pos {

namespace {

constexpr std::array<std::string_view, 8> words{"sign-in", "sell",   "tender",   "orders",
                                                "order",   "outbox", "settings", "unresolved"};

}  // namespace

std::string_view word(Screen screen) {
  return words[static_cast<std::size_t>(screen)];
}

std::optional<Screen> screen_from(std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<Screen>(i);
  }
  return {};
}

}  // namespace pos
