// ZVT on a serial line (PA00P016 ch. 3): each message is a block
// 10 02 ... 10 03 crc-low crc-high with every 10 inside doubled, answered by a
// bare 06 or 15. Pure: what arrives goes in, what was understood comes out.
#pragma once

#include <optional>
#include <variant>

#include "drivers/terminal/zvt/apdu.h"

namespace drivers::zvt {

inline constexpr std::uint8_t link_ack = 0x06, link_nak = 0x15;

// CRC-16/KERMIT: 0x1021 reflected, from 0. Over the message and the closing 03.
std::uint16_t crc(ByteView bytes);

Bytes encode_block(ByteView message);

struct LinkAck {
  friend bool operator==(LinkAck, LinkAck) = default;
};
struct LinkNak {
  friend bool operator==(LinkNak, LinkNak) = default;
};
struct BadBlock {  // its check sum or its form is wrong: ask for it again
  friend bool operator==(BadBlock, BadBlock) = default;
};
struct GoodBlock {
  Bytes message{};
  friend bool operator==(const GoodBlock&, const GoodBlock&) = default;
};
using LinkEvent = std::variant<LinkAck, LinkNak, BadBlock, GoodBlock>;

class BlockReader {
 public:
  std::vector<LinkEvent> feed(ByteView bytes);
  // The line went quiet for longer than T1: a block that has begun is bad.
  std::optional<LinkEvent> went_quiet();
  bool is_inside() const { return state_ != State::outside; }

 private:
  enum class State { outside, after_dle, inside, inside_dle, crc_low, crc_high };
  std::optional<LinkEvent> take(std::uint8_t byte);

  State state_ = State::outside;
  Bytes message_;
  std::uint16_t check_ = 0;
};

}  // namespace drivers::zvt
