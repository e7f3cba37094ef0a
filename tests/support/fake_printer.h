// A receipt printer behind a wire: takes bytes, answers DLE EOT and GS r as a
// real one does, and keeps what it was sent. Not thread-safe.
#pragma once

#include <algorithm>
#include <optional>

#include "drivers/transport/transport.h"

namespace tests {

class FakePrinter {
 public:
  bool speaks = true;
  bool knows_gs_r = true;
  bool paper_out = false;
  bool cover_open = false;
  bool cutter_jammed = false;
  std::optional<std::size_t> paper_ends_after;  // bytes of the slip

  // The answer to these bytes, which may come in any fragments.
  drivers::Bytes receive(drivers::ByteView bytes) {
    drivers::Bytes answer;
    for (const std::uint8_t byte : bytes) {
      received.push_back(byte);
      if (paper_ends_after && document().size() > *paper_ends_after) paper_out = true;
      if (!speaks) continue;
      if (const auto n = last_three(0x10, 0x04)) answer.push_back(status(*n));
      if (last_three(0x1D, 'r') && knows_gs_r && !is_offline()) answer.push_back(0x00);
      const std::size_t size = received.size();
      const bool is_id = size >= 11 && received[size - 11] == 0x1D && received[size - 10] == '(' &&
                         received[size - 9] == 'H';
      if (!is_id || is_offline() || !knows_gs_r) continue;
      answer.insert(answer.end(), {0x37, 0x22});
      answer.insert(answer.end(), received.end() - 4, received.end());
      answer.push_back(0);
    }
    return answer;
  }

  // What was sent to be printed: without questions and flushing NULs.
  drivers::Bytes document() const {
    drivers::Bytes slip;
    for (std::size_t i = 0; i < received.size(); ++i) {
      const std::uint8_t next = i + 1 < received.size() ? received[i + 1] : 0;
      const bool question = (received[i] == 0x10 && next == 0x04) ||
                            (received[i] == 0x1D && (next == 'r' || next == 'a'));
      const bool is_id =
          received[i] == 0x1D && next == '(' && i + 2 < received.size() && received[i + 2] == 'H';
      if (is_id) {
        i += 10;
      } else if (question) {
        i += 2;
      } else {
        slip.push_back(received[i]);
      }
    }
    const auto first = std::ranges::find_if(slip, [](std::uint8_t b) { return b != 0; });
    slip.erase(slip.begin(), first);
    return slip;
  }

  drivers::Bytes received;

 private:
  bool is_offline() const { return paper_out || cover_open || cutter_jammed; }

  std::optional<std::uint8_t> last_three(std::uint8_t first, std::uint8_t second) const {
    const std::size_t size = received.size();
    if (size < 3 || received[size - 3] != first || received[size - 2] != second) return {};
    return received[size - 1];
  }

  std::uint8_t status(std::uint8_t n) const {
    int bits = 0x12;
    if (n == 1 && is_offline()) bits |= 0x08;
    if (n == 2) {
      bits |= (cover_open ? 0x04 : 0) | (paper_out ? 0x20 : 0) | (cutter_jammed ? 0x40 : 0);
    }
    if (n == 3 && cutter_jammed) bits |= 0x08;
    if (n == 4 && paper_out) bits |= 0x60;
    return static_cast<std::uint8_t>(bits);
  }
};

}  // namespace tests
