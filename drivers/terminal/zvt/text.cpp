#include "drivers/terminal/zvt/text.h"

#include "core/base/text.h"
#include "drivers/printer/code_page.h"
#include "drivers/terminal/masking.h"

namespace drivers::zvt {

namespace {

char32_t letter(std::uint8_t byte, Charset charset) {
  if (charset == Charset::zvt7) {
    switch (byte) {
      case '[':
        return U'Ä';
      case '\\':
        return U'Ö';
      case ']':
        return U'Ü';
      case '{':
        return U'ä';
      case '|':
        return U'ö';
      case '}':
        return U'ü';
      case '~':
        return U'ß';
      default:
        break;
    }
  }
  if (byte < 0x80) return byte;
  return charset == Charset::cp437 || charset == Charset::zvt7 ? character_of(CodePage::cp437, byte)
                                                               : byte;
}

}  // namespace

Charset charset_from(std::string_view word) {
  if (word == "latin1") return Charset::latin1;
  if (word == "zvt7") return Charset::zvt7;
  if (word == "utf8") return Charset::utf8;
  return Charset::cp437;
}

std::string text_of(ByteView bytes, Charset charset) {
  std::string text;
  const std::string_view raw(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (charset == Charset::utf8 && core::is_utf8(raw)) {
    for (const char c : raw) {
      if (c != '\0') text += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
    }
  } else {
    for (const std::uint8_t byte : bytes) {
      if (byte == 0) continue;
      if (byte < 0x20 && byte != '\n') {
        text += ' ';
      } else {
        core::append_utf8(text, letter(byte, charset));
      }
    }
  }
  return drivers::without_card_numbers(text);
}

}  // namespace drivers::zvt
