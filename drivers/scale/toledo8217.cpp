#include "drivers/scale/toledo8217.h"

#include <algorithm>
#include <array>

namespace drivers {

namespace {

constexpr std::uint8_t stx = 0x02;
constexpr std::uint8_t carriage_return = 0x0D;
constexpr Milliseconds answer_patience{500};
constexpr std::size_t longest_answer = 64;

// Bits of the status byte (Toledo 8217 manual, "status byte"): 0 in motion,
// 1 over capacity, 2 under zero.
ScaleState state_in(std::uint8_t status) {
  if (status & 0x02) return ScaleState::overloaded;
  if (status & 0x04) return ScaleState::below_zero;
  return ScaleState::moving;
}

// "12.345" is 12345 thousandths. Nothing for anything that is no weight.
std::optional<core::Quantity> weight_in(ByteView digits) {
  std::int64_t thousandths = 0;
  int decimals = -1, count = 0;
  for (const std::uint8_t c : digits) {
    if (c == ' ' && count == 0) continue;
    if (c == 'N' && count > 0) break;
    if (c == '.' && decimals < 0) {
      decimals = 0;
    } else if (c >= '0' && c <= '9' && ++count <= 7) {
      thousandths = 10 * thousandths + (c - '0');
      if (decimals >= 0) ++decimals;
    } else {
      return {};
    }
  }
  if (count == 0 || decimals > 3) return {};
  for (int i = std::max(decimals, 0); i < 3; ++i) thousandths *= 10;
  return core::Quantity{thousandths};
}

}  // namespace

std::optional<ScaleReading> toledo_reading(ByteView answer) {
  std::optional<ScaleReading> last;
  for (std::size_t at = 0; at < answer.size(); ++at) {
    if (answer[at] != stx) continue;
    const ByteView rest = answer.subspan(at + 1);
    const auto end = std::ranges::find(rest, carriage_return);
    if (end == rest.end()) break;
    const ByteView body = rest.first(static_cast<std::size_t>(end - rest.begin()));
    if (body.size() == 2 && body[0] == '?') {
      last = ScaleReading{state_in(body[1]), {0}};
    } else if (const auto weight = weight_in(body)) {
      last = ScaleReading{ScaleState::stable, *weight};
    }
  }
  return last;
}

core::Result<ScaleReading, LinkError> ToledoScale::read() {
  if (auto opened = link_->open(answer_patience); !opened) return tl::unexpected(opened.error());
  while (link_->read(Milliseconds{0})) continue;  // what it was asked before
  const std::array<std::uint8_t, 1> question{'W'};
  if (auto asked = link_->write(question, answer_patience); !asked) {
    return tl::unexpected(asked.error());
  }
  Bytes answer;
  while (answer.size() < longest_answer) {
    const auto more = link_->read(answer_patience);
    if (!more) return tl::unexpected(more.error());
    answer.insert(answer.end(), more->begin(), more->end());
    if (const auto reading = toledo_reading(answer)) return *reading;
  }
  return tl::unexpected(LinkError::timed_out);
}

core::Result<core::Done, LinkError> ToledoScale::set_zero() {
  if (auto opened = link_->open(answer_patience); !opened) return opened;
  const std::array<std::uint8_t, 1> question{'Z'};
  if (auto asked = link_->write(question, answer_patience); !asked) {
    return tl::unexpected(asked.error());
  }
  return core::Done{};
}

}  // namespace drivers
