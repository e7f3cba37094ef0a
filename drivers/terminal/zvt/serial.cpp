#include "drivers/terminal/zvt/serial.h"

namespace drivers::zvt {

namespace {

constexpr std::uint8_t dle = 0x10, stx = 0x02, etx = 0x03;
// A line that never ends its block must not fill the memory.
constexpr std::size_t longest_message = longest_data + 5;

}  // namespace

std::uint16_t crc(ByteView bytes) {
  std::uint16_t sum = 0;
  for (const std::uint8_t byte : bytes) {
    sum = static_cast<std::uint16_t>(sum ^ byte);
    for (int bit = 0; bit < 8; ++bit) {
      sum = static_cast<std::uint16_t>((sum & 1U) ? sum >> 1U ^ 0x8408U : sum >> 1U);
    }
  }
  return sum;
}

Bytes encode_block(ByteView message) {
  Bytes block{dle, stx};
  for (const std::uint8_t byte : message) {
    if (byte == dle) block.push_back(dle);
    block.push_back(byte);
  }
  Bytes checked(message.begin(), message.end());
  checked.push_back(etx);
  const std::uint16_t sum = crc(checked);
  block.insert(block.end(), {dle, etx, static_cast<std::uint8_t>(sum & 0xFFU),
                             static_cast<std::uint8_t>(sum >> 8U)});
  return block;
}

std::vector<LinkEvent> BlockReader::feed(ByteView bytes) {
  std::vector<LinkEvent> events;
  for (const std::uint8_t byte : bytes) {
    if (auto event = take(byte)) events.push_back(std::move(*event));
  }
  return events;
}

std::optional<LinkEvent> BlockReader::went_quiet() {
  if (!is_inside()) return {};
  state_ = State::outside;
  return BadBlock{};
}

std::optional<LinkEvent> BlockReader::take(std::uint8_t byte) {
  switch (state_) {
    case State::outside:
      if (byte == link_ack) return LinkAck{};
      if (byte == link_nak) return LinkNak{};
      if (byte == dle) state_ = State::after_dle;
      return {};
    case State::after_dle:
      state_ = byte == stx ? State::inside : State::outside;
      message_.clear();
      return {};
    case State::inside:
      if (byte == dle) {
        state_ = State::inside_dle;
      } else if (message_.size() < longest_message) {
        message_.push_back(byte);
      }
      return {};
    case State::inside_dle:
      if (byte == etx) {
        state_ = State::crc_low;
      } else if (byte == dle) {
        state_ = State::inside;
        if (message_.size() < longest_message) message_.push_back(dle);
      } else if (byte == stx) {  // a new block: the end of the last one was lost
        state_ = State::inside;
        message_.clear();
      } else {
        state_ = State::outside;
        return BadBlock{};
      }
      return {};
    case State::crc_low:
      check_ = byte;
      state_ = State::crc_high;
      return {};
    case State::crc_high:
      break;
  }
  state_ = State::outside;
  check_ = static_cast<std::uint16_t>(check_ | byte << 8U);
  Bytes checked = message_;
  checked.push_back(etx);
  if (crc(checked) != check_) return BadBlock{};
  return GoodBlock{std::move(message_)};
}

}  // namespace drivers::zvt
