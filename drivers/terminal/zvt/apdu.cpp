#include "drivers/terminal/zvt/apdu.h"

#include <fmt/format.h>

#include "core/base/ensure.h"

namespace drivers::zvt {

namespace {

constexpr std::size_t short_header = 3, long_header = 5;
constexpr std::uint8_t long_mark = 0xFF;

struct Extent {
  std::size_t header = short_header, data = 0;
};

// Nothing: the header is not all there.
std::optional<Extent> extent_of(ByteView bytes) {
  if (bytes.size() < short_header) return {};
  if (bytes[2] != long_mark) return Extent{short_header, bytes[2]};
  if (bytes.size() < long_header) return {};
  return Extent{long_header, static_cast<std::size_t>(bytes[3]) | static_cast<std::size_t>(bytes[4])
                                                                      << 8U};
}

Apdu apdu_at(ByteView bytes, const Extent& extent) {
  const ByteView data = bytes.subspan(extent.header, extent.data);
  return {static_cast<std::uint16_t>(bytes[0] << 8U | bytes[1]), Bytes(data.begin(), data.end())};
}

}  // namespace

Bytes encode(const Apdu& apdu) {
  const std::size_t size = apdu.data.size();
  ENSURE(size <= longest_data);
  Bytes bytes{static_cast<std::uint8_t>(apdu.command >> 8U),
              static_cast<std::uint8_t>(apdu.command & 0xFFU)};
  if (size < long_mark) {
    bytes.push_back(static_cast<std::uint8_t>(size));
  } else {
    bytes.push_back(long_mark);
    bytes.push_back(static_cast<std::uint8_t>(size & 0xFFU));
    bytes.push_back(static_cast<std::uint8_t>(size >> 8U));
  }
  bytes.insert(bytes.end(), apdu.data.begin(), apdu.data.end());
  return bytes;
}

core::Result<Apdu, Fault> parse_apdu(ByteView bytes) {
  const auto extent = extent_of(bytes);
  if (!extent) return tl::unexpected(Fault{bytes.size(), "the message ends inside its header"});
  const std::size_t there = bytes.size() - extent->header;
  if (there != extent->data) {
    return tl::unexpected(Fault{
        2, fmt::format("the length says {} bytes of data, there are {}", extent->data, there)});
  }
  return apdu_at(bytes, *extent);
}

std::optional<Apdu> ApduReader::next() {
  const auto extent = extent_of(held_);
  if (!extent || held_.size() < extent->header + extent->data) return {};
  Apdu apdu = apdu_at(held_, *extent);
  held_.erase(held_.begin(),
              held_.begin() + static_cast<std::ptrdiff_t>(extent->header + extent->data));
  return apdu;
}

}  // namespace drivers::zvt
