#include "pos/cli/say.h"

#include <algorithm>
#include <cstdio>

#include "core/base/text.h"

namespace pos::cli {

namespace {

void write_line(std::FILE* stream, std::string line) {
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stream);
}

}  // namespace

Status fail(std::string_view sentence, Status status) {
  note(sentence);
  return status;
}

void note(std::string_view sentence) {
  std::fflush(stdout);
  write_line(stderr, "tresen: " + printable(sentence));
}

void print(std::string_view text) {
  std::string shown;
  for (bool is_last = false; !is_last;) {
    const auto end = std::min(text.find('\n'), text.size());
    is_last = end == text.size();
    shown += printable(text.substr(0, end));
    if (!is_last) shown += '\n';
    text.remove_prefix(is_last ? end : end + 1);
  }
  write_line(stdout, std::move(shown));
}

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (const char32_t c : core::code_points(text)) {
    if (c == '\n' || c == '\r' || c == '\t') {
      shown += ' ';
    } else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
      core::append_utf8(shown, 0xFFFD);
    } else {
      core::append_utf8(shown, c);
    }
  }
  return shown;
}

}  // namespace pos::cli
