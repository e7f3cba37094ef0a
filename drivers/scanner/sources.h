// What scanners other than a typing one send, made into codes: HID POS reports
// (USB HID Point of Sale Usage Tables 1.02, page 0x8C), key events of a Linux
// input device, and lines of a serial one. An AIM identifier ("]E0", ISO/IEC 15424)
// stays in front: core/catalogue/gs1.h knows what it means. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "drivers/transport/transport.h"

namespace drivers {

// One report of a HID POS scanner: id, length, three bytes of AIM identifier,
// the data, and a last byte that says whether more follow.
class HidPosReader {
 public:
  std::optional<std::string> feed(ByteView report);

 private:
  std::string held_;
};

// Keys of a scanner that is grabbed, so that they reach nobody else: the layout
// is always the one that scanners type in, the American one.
class KeyReader {
 public:
  // A key event of linux/input.h. `value`: 1 pressed, 0 released, 2 repeated.
  std::optional<std::string> feed(std::uint16_t key, std::int32_t value);

 private:
  std::string held_;
  bool is_shifted_ = false;
};

// A serial scanner ends each code with CR, LF or both.
class LineReader {
 public:
  std::optional<std::string> feed(std::uint8_t byte);

 private:
  std::string held_;
};

}  // namespace drivers
