// How large a benchmark's shop is and how often it runs. TRESEN_BENCH_BRIEF in the
// environment makes both small: to see that the benchmarks run, and not how fast.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace benches {

inline bool is_brief() {
  return std::getenv("TRESEN_BENCH_BRIEF") != nullptr;
}

// Of a benchmark that runs a fixed number of times.
inline std::int64_t times(std::int64_t usual) {
  return is_brief() ? std::max<std::int64_t>(usual / 100, 1) : usual;
}

// Rows of a shop: what the environment's `variable` asks for, else `usual`.
inline std::int64_t rows(const char* variable, std::int64_t usual) {
  if (const char* wanted = std::getenv(variable)) return std::atoll(wanted);
  return is_brief() ? std::min<std::int64_t>(usual, 2000) : usual;
}

}  // namespace benches
