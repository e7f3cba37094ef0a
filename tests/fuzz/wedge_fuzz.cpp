// Any keys at any times: none is lost, none comes out twice. Two bytes of input
// are one key: its character and the time since the one before.
#include <cstdlib>
#include <string>

#include "drivers/scanner/wedge.h"

namespace {

// Enter and Tab may be swallowed by a scan, so they are not counted.
void count(const std::vector<drivers::WedgeEvent>& events, std::string& out) {
  for (const auto& event : events) {
    if (const auto* scan = std::get_if<drivers::Scan>(&event)) out += scan->code;
    const auto* typed = std::get_if<drivers::Typed>(&event);
    if (!typed) continue;
    for (const char32_t c : typed->text) {
      if (c != U'\n' && c != U'\t') out += static_cast<char>(c);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace drivers;
  WedgeDetector wedge({.end = size % 2 == 0 ? ScanEnd::by_key : ScanEnd::by_key_or_pause});
  core::Instant now{};
  std::string in, out;
  for (std::size_t i = 0; i + 1 < size; i += 2) {
    now += std::chrono::milliseconds{static_cast<std::int8_t>(data[i + 1])};
    const char32_t key = data[i] & 0x7F;
    if (key != U'\r' && key != U'\n' && key != U'\t') in += static_cast<char>(key);
    count(wedge.feed(key, now), out);
  }
  count(wedge.flush(now + std::chrono::seconds{1}), out);
  if (in != out || wedge.next_deadline()) std::abort();
  return 0;
}
