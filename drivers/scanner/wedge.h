// Tells a barcode scanner from a person, when both are keyboards: a scanner
// types a code faster than any hand and ends it with Enter.
//
// Every character goes in with its time and is held back until it is known
// whose it was: it comes out again as typing, in order, or as part of a scan.
// No character is lost, and none waits longer than `longest_gap`, provided that
// flush() is called at next_deadline(). Pure; lives on the thread of the keys.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"

namespace drivers {

enum class ScanEnd {
  by_key,           // Enter or Tab
  by_key_or_pause,  // for a scanner set up without a suffix key
};

struct WedgeSettings {
  std::size_t shortest_code = 4;  // characters, prefix and suffix not counted
  std::chrono::milliseconds longest_gap{35};
  ScanEnd end = ScanEnd::by_key;
  std::u32string prefix{};  // what the scanner was set up to send around a code;
  std::u32string suffix{};  // a burst without them is typing. Not part of the code
};

struct Scan {
  std::string code;  // UTF-8
  friend bool operator==(const Scan&, const Scan&) = default;
};
struct Typed {
  std::u32string text;  // Enter is "\n"
  friend bool operator==(const Typed&, const Typed&) = default;
};
using WedgeEvent = std::variant<Scan, Typed>;

class WedgeDetector {
 public:
  explicit WedgeDetector(WedgeSettings settings = {}) : settings_(std::move(settings)) {}

  // Enter comes as '\r' or '\n'. Times may stand still or jump; a jump ends a burst.
  std::vector<WedgeEvent> feed(char32_t character, core::Instant at);
  // Gives back what has waited long enough.
  std::vector<WedgeEvent> flush(core::Instant now);
  // When flush() should be called next; nothing while nothing is held.
  std::optional<core::Instant> next_deadline() const;

 private:
  bool has_gone_quiet(core::Instant now) const;
  std::optional<Scan> held_as_scan() const;
  void release(std::vector<WedgeEvent>& out);

  WedgeSettings settings_;
  std::u32string held_;
  core::Instant last_{};
};

}  // namespace drivers
