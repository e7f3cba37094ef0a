// What scanners other than a typing one send, made into codes: HID POS reports
// (USB HID Point of Sale Usage Tables 1.02, page 0x8C), key events of a Linux
// input device, and lines of a serial one. AIM identifiers ("]E0", ISO/IEC
// 15424) tell what was scanned and are taken off. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/transport/transport.h"

namespace drivers {

// "]E04006381333931" is "4006381333931"; of a GS1 code that carries a GTIN
// ("]C1", "]e0", "]d2", "]Q3" and application identifier 01) the GTIN. Anything
// else stays as it is.
std::string without_aim(std::string_view scanned);

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
