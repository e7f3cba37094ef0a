#include "drivers/printer/escpos_reader.h"

#include <algorithm>
#include <string>

#include "core/base/text.h"
#include "drivers/printer/code_page.h"

namespace drivers {

namespace {

constexpr std::uint8_t escape_byte = 0x1B;
constexpr std::uint8_t group_byte = 0x1D;
constexpr std::uint8_t field_byte = 0x1C;
constexpr std::uint8_t newline = 0x0A;

std::size_t word_at(const Bytes& bytes, std::size_t at) {
  return bytes[at] + 256U * bytes[at + 1];
}

std::size_t escape_length(std::uint8_t command) {
  switch (command) {
    case '@':
    case '2':
      return 2;
    case 'p':
      return 5;
    default:
      return 3;
  }
}

// How long this command is, once its head says so; nothing: not known yet.
std::optional<std::size_t> group_length(const Bytes& command) {
  const std::size_t size = command.size();
  switch (command[1]) {
    case 'V':
      if (size < 3) return {};
      return command[2] >= 'A' ? 4 : 3;
    case 'k':
      if (size < 4) return {};
      if (command[2] < 65) return command.back() == 0 ? std::optional(size) : std::nullopt;
      return 4U + command[3];
    case '(':
      if (size < 5) return {};
      return 5 + word_at(command, 3);
    case 'v':
      if (size < 8) return {};
      return 8 + word_at(command, 4) * word_at(command, 6);
    case 'L':
    case 'W':
      return 4;
    default:
      return 3;
  }
}

std::optional<std::size_t> length_of(const Bytes& command) {
  if (command.size() < 2) return {};
  if (command[0] == escape_byte) return escape_length(command[1]);
  if (command[0] == field_byte) return command[1] == '.' || command[1] == '&' ? 2 : 3;
  return group_length(command);
}

Align align_from(std::uint8_t n) {
  return n % 48 == 1 ? Align::centre : n % 48 == 2 ? Align::right : Align::left;
}

}  // namespace

EscposReader::EscposReader(const Profile& profile) : profile_(profile) {
  pages_ = {{0, CodePage::cp437},
            {2, CodePage::cp850},
            {16, CodePage::wpc1252},
            {19, CodePage::cp858},
            {40, CodePage::iso8859_15}};
  for (const CodeTable& table : profile.code_tables) {
    if (table.page != CodePage::none) pages_[table.number] = table.page;
  }
}

std::optional<ReadEvent> EscposReader::feed(std::uint8_t byte) {
  if (command_.empty()) {
    if (byte == escape_byte || byte == group_byte || byte == field_byte) {
      command_.push_back(byte);
    } else if (byte == newline) {
      end_line();
    } else if (byte >= 0x20) {
      add_text(character_of(page_, byte));
    }
    return {};
  }
  command_.push_back(byte);
  if (const auto length = length_of(command_); !length || command_.size() < *length) return {};
  auto event = carry_out();
  command_.clear();
  return event;
}

std::optional<ReadEvent> EscposReader::carry_out() {
  const Bytes& c = command_;
  if (c[0] == escape_byte) {
    if (c[1] == '@') {
      reset();
      return ReadInit{};
    }
    if (c[1] == 'p') return ReadPulse{c[2], 2 * c[3]};
    escape();
  } else if (c[0] == group_byte) {
    if (c[1] == 'V') {
      end_line();
      return ReadCut{};
    }
    if (c[1] == 'r') return ReadQuestion{c[2]};
    if (c[1] == 'I') return ReadWho{c[2]};
    if (c[1] == 'a') return ReadAutomatic{c[2]};
    if (c[1] == '(' && c[2] == 'H' && c.size() == 11 && c[5] == 48) {
      return ReadId{{c[7], c[8], c[9], c[10]}};
    }
    group();
  }
  return {};
}

void EscposReader::escape() {
  const std::uint8_t n = command_.back();
  switch (command_[1]) {
    case 't': {
      const auto page = pages_.find(n);
      page_ = page == pages_.end() ? CodePage::cp437 : page->second;
      break;
    }
    case 'a':
      align_ = align_from(n);
      break;
    case 'E':
      style_.bold = n & 1;
      break;
    case '-':
      style_.underline = n % 48 != 0;
      break;
    case '!':
      style_ = {(n & 0x08) != 0, (n & 0x20) != 0, (n & 0x10) != 0, (n & 0x80) != 0};
      break;
    case 'd':
      if (!line_.runs.empty()) end_line();
      document_.add(Blank{n});
      break;
    default:
      break;  // spacing and the like leave no mark
  }
}

void EscposReader::group() {
  switch (command_[1]) {
    case '!':
      style_.double_width = (command_[2] & 0x70) != 0;
      style_.double_height = (command_[2] & 0x07) != 0;
      break;
    case '(':
      if (command_[2] == 'k') two_dimensional();
      break;
    case 'k':
      barcode();
      break;
    case 'v':
      raster();
      break;
    default:
      break;
  }
}

void EscposReader::two_dimensional() {
  if (command_.size() < 8 || command_[5] != 49) return;
  const std::uint8_t function = command_[6];
  if (function == 69) {
    qr_.level = static_cast<QrLevel>(std::clamp(command_[7] - 48, 0, 3));
  } else if (function == 80) {
    qr_.text.assign(command_.begin() + 8, command_.end());
  } else if (function == 81) {
    if (!line_.runs.empty()) end_line();
    document_.add(qr_);
  }
}

void EscposReader::barcode() {
  const std::uint8_t kind = command_[2];
  std::string text(command_.begin() + 4, command_.end());
  if (kind == 73) {
    // "{B" chooses the set, "{{" is one brace.
    std::string read;
    for (std::size_t i = text.starts_with("{B") ? 2 : 0; i < text.size(); ++i) {
      if (text[i] == '{') ++i;
      if (i < text.size()) read += text[i];
    }
    text = read;
  }
  document_.add(Barcode{kind == 67 ? BarcodeKind::ean13 : BarcodeKind::code128, text});
}

// Strips that follow each other are one picture.
void EscposReader::raster() {
  const std::size_t stride = word_at(command_, 4);
  const int width = static_cast<int>(8 * stride);
  const int rows = static_cast<int>(word_at(command_, 6));
  const auto first = command_.begin() + 8;
  auto* above = document_.blocks.empty() ? nullptr : std::get_if<Logo>(&document_.blocks.back());
  if (above && above->width == width) {
    above->height += rows;
    above->bits.insert(above->bits.end(), first, command_.end());
  } else {
    document_.add(Logo{width, rows, Bytes(first, command_.end())});
  }
}

void EscposReader::end_line() {
  if (line_.runs.empty()) {
    document_.add(Blank{1});
  } else {
    document_.add(std::move(line_));
  }
  line_ = {};
}

void EscposReader::add_text(char32_t character) {
  if (line_.runs.empty()) line_.align = align_;
  if (line_.runs.empty() || line_.runs.back().style != style_) line_.runs.push_back({"", style_});
  core::append_utf8(line_.runs.back().text, character);
}

void EscposReader::reset() {
  line_ = {};
  style_ = {};
  align_ = Align::left;
  page_ = CodePage::cp437;
}

Document EscposReader::take() {
  return std::exchange(document_, {});
}

std::string text_on(const Document& document) {
  std::string text;
  for (const Block& block : document.blocks) {
    if (const auto* line = std::get_if<TextLine>(&block)) {
      for (const Run& run : line->runs) text += run.text;
      text += '\n';
    } else if (const auto* qr = std::get_if<Qr>(&block)) {
      text += "[QR " + qr->text + "]\n";
    } else if (const auto* barcode = std::get_if<Barcode>(&block)) {
      text += "[barcode " + barcode->text + "]\n";
    } else if (const auto* logo = std::get_if<Logo>(&block)) {
      text +=
          "[picture " + std::to_string(logo->width) + " x " + std::to_string(logo->height) + "]\n";
    }
  }
  return text;
}

}  // namespace drivers
