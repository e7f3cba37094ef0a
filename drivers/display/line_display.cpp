#include "drivers/display/line_display.h"

#include <algorithm>

#include "core/base/text.h"
#include "drivers/printer/code_page.h"

namespace drivers {

namespace {

constexpr Milliseconds display_patience{300};

// Exactly twenty bytes.
Bytes cells_of(std::string_view text) {
  Profile page;
  page.code_tables = {{{CodePage::cp437, 0}, {}, {}}};
  page.has_raster = false;
  Bytes cells;
  for (const char32_t c : printable(text, page)) {
    cells.push_back(c == U'\n' ? ' ' : byte_for(CodePage::cp437, c).value_or('?'));
  }
  cells.resize(display_columns, ' ');
  return cells;
}

void add(Bytes& bytes, const Bytes& more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

}  // namespace

std::string display_line(std::string_view left, std::string_view right) {
  const auto room = static_cast<std::size_t>(display_columns);
  const std::size_t taken = core::code_points(core::composed(right)).size();
  const auto points = core::code_points(core::composed(left));
  std::u32string letters(points.begin(), points.end());
  const std::size_t free = room > taken + 1 ? room - taken - 1 : 0;
  if (letters.size() > free) letters.resize(free);
  std::string line;
  for (const char32_t letter : letters) core::append_utf8(line, letter);
  line.append(room > taken + letters.size() ? room - taken - letters.size() : 0, ' ');
  return line.append(right);
}

Bytes display_frame(const DisplayText& text, DisplayDialect dialect) {
  const Bytes top = cells_of(text.top), bottom = cells_of(text.bottom);
  Bytes frame;
  if (dialect == DisplayDialect::cd5220) {
    add(frame, {0x1B, 'Q', 'A'});
    add(frame, top);
    add(frame, {0x0D, 0x1B, 'Q', 'B'});
    add(frame, bottom);
    add(frame, {0x0D});
    return frame;
  }
  // Code table 0, overwrite mode, no cursor, home; forty characters then fill
  // both lines without a line feed, which would scroll.
  add(frame, {0x1B, 't', 0, 0x1F, 0x01, 0x1F, 'C', 0, 0x0B});
  add(frame, top);
  add(frame, bottom);
  return frame;
}

core::Result<core::Done, LinkError> LineDisplay::show(const DisplayText& text) {
  if (shown_ == text) return core::Done{};
  if (auto opened = link_->open(display_patience); !opened) return opened;
  const Bytes frame = display_frame(text, dialect_);
  for (std::size_t done = 0; done < frame.size();) {
    const auto accepted = link_->write(ByteView(frame).subspan(done), display_patience);
    if (!accepted) {
      shown_.reset();
      link_->close();
      return tl::unexpected(accepted.error());
    }
    done += *accepted;
  }
  shown_ = text;
  return core::Done{};
}

}  // namespace drivers
