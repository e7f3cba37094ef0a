// What a check of the till came to. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pos {

enum class Health : std::uint8_t { ok, warn, bad };
std::string_view word(Health health);

struct Finding {
  std::string what;  // "data folder": names the check, for programs
  Health health = Health::ok;
  std::string says;  // how it stands, and what to do, in the reader's language
  friend bool operator==(const Finding&, const Finding&) = default;
};
using Findings = std::vector<Finding>;

}  // namespace pos
