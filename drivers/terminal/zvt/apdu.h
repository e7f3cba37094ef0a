// One message of ZVT: two bytes of command, a length, data (PA00P016 5.2). A
// length of 255 and more is written FF lo hi: little-endian, while the lengths
// of TLV objects inside the data are big-endian. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "drivers/transport/transport.h"

namespace drivers::zvt {

struct Apdu {
  std::uint16_t command = 0;  // class and instruction, or CCRC and APRC
  Bytes data{};
  friend bool operator==(const Apdu&, const Apdu&) = default;
};

// Why a message cannot be read, and at which byte of it.
struct Fault {
  std::size_t place = 0;
  std::string why{};
  friend bool operator==(const Fault&, const Fault&) = default;
};

inline constexpr std::size_t longest_data = 65'535;

Bytes encode(const Apdu& apdu);  // data beyond longest_data is a bug of ours

// `bytes` are one whole message and nothing else.
core::Result<Apdu, Fault> parse_apdu(ByteView bytes);

// Cuts messages out of a stream that comes in any pieces (TCP).
class ApduReader {
 public:
  void feed(ByteView bytes) { held_.insert(held_.end(), bytes.begin(), bytes.end()); }
  std::optional<Apdu> next();
  bool is_inside() const { return !held_.empty(); }
  void clear() { held_.clear(); }

 private:
  Bytes held_;
};

}  // namespace drivers::zvt
