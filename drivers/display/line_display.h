// A customer display of two lines with twenty characters, at a serial line.
// Epson DM-D and what imitates it ("EPSON mode": ESC @, 1F 43, 0B), and CD5220
// (ESC Q A, ESC Q B). Every frame is written as a whole, and only when it
// changed. Nothing is ever read: such a display says nothing.
//
// `display_frame` is pure. LineDisplay lives on the display's worker thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "drivers/transport/transport.h"

namespace drivers {

inline constexpr int display_columns = 20;

enum class DisplayDialect { epson, cd5220 };

struct DisplayText {
  std::string top, bottom;  // UTF-8; what is too long is cut off
  friend bool operator==(const DisplayText&, const DisplayText&) = default;
};

// A word on the left, an amount on the right of the same line: the amount stays
// whole.
std::string display_line(std::string_view left, std::string_view right);

// The bytes of one frame. Code page 437: "€" is "EUR", the umlauts are there.
Bytes display_frame(const DisplayText& text, DisplayDialect dialect);

class LineDisplay {
 public:
  LineDisplay(std::unique_ptr<Transport> link, DisplayDialect dialect)
      : link_(std::move(link)), dialect_(dialect) {}

  // Writes the frame if it is not shown already. After an error the next one is
  // written in full again.
  core::Result<core::Done, LinkError> show(const DisplayText& text);

 private:
  std::unique_ptr<Transport> link_;
  DisplayDialect dialect_;
  std::optional<DisplayText> shown_;
};

}  // namespace drivers
