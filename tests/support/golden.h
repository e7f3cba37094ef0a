// Compares with a file under tests/golden. UPDATE_GOLDEN=1 rewrites it; a
// missing one fails.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace tests {

inline std::string golden_path(const std::string& name) {
  return std::string(TRESEN_SOURCE) + "/tests/golden/" + name;
}

// What the golden says, after rewriting it where that was asked for.
inline std::optional<std::string> golden(const std::string& name, std::string_view actual) {
  if (const char* update = std::getenv("UPDATE_GOLDEN");
      update && std::string_view(update) == "1") {
    std::ofstream(golden_path(name), std::ios::binary) << actual;
  }
  std::ifstream file(golden_path(name), std::ios::binary);
  if (!file) return {};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace tests
