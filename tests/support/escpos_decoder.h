// Reads the bytes of a slip back as a printer would: lines, codes, pictures.
// Written from the command list, not from the encoder. An unknown command, or
// one cut short, makes the slip unsound.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "drivers/printer/code_page.h"
#include "drivers/transport/transport.h"

namespace tests {

struct DecodedSlip {
  bool sound = true;
  bool initialised = false;
  std::vector<std::string> lines;  // UTF-8, with leading blanks, without alignment
  std::vector<std::string> qr_codes;
  std::vector<std::string> barcodes;  // as on the wire: "{BT1-000123"
  std::size_t picture_rows = 0;
  int cuts = 0;
  int pulses = 0;
};

class EscposDecoder {
 public:
  EscposDecoder(const drivers::Bytes& bytes, const drivers::Profile& profile)
      : bytes_(bytes), profile_(profile) {}

  DecodedSlip decode() {
    while (at_ < bytes_.size() && slip_.sound) step(next());
    if (!line_.empty()) slip_.sound = false;  // every line is ended
    return slip_;
  }

 private:
  std::uint8_t next() {
    if (at_ < bytes_.size()) return bytes_[at_++];
    slip_.sound = false;
    return 0;
  }
  std::string take(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += static_cast<char>(next());
    return text;
  }

  void step(std::uint8_t byte) {
    if (byte == 0x0A) {
      slip_.lines.push_back(line_);
      line_.clear();
    } else if (byte == 0x1B) {
      escape(next());
    } else if (byte == 0x1D) {
      group(next());
    } else if (byte == 0x1C) {
      slip_.sound = next() == '.';
    } else if (byte < 0x20) {
      slip_.sound = false;
    } else {
      core::append_utf8(line_, drivers::character_of(page_, byte));
    }
  }

  void escape(std::uint8_t command) {
    switch (command) {
      case '@':
        slip_.initialised = true;
        break;
      case '!':
      case 'R':
      case 'a':
      case 'E':
      case '-':
        next();
        break;
      case 'd':
        next();
        ++slip_.cuts;
        break;  // fed out to be torn off
      case 't':
        select(next());
        break;
      case 'p':
        take(3);
        ++slip_.pulses;
        break;
      default:
        slip_.sound = false;
    }
  }

  void select(std::uint8_t number) {
    page_ = drivers::CodePage::none;
    for (const auto& table : profile_.code_tables) {
      if (table.number == number && page_ == drivers::CodePage::none) page_ = table.page;
    }
    slip_.sound = page_ != drivers::CodePage::none;
  }

  void group(std::uint8_t command) {
    switch (command) {
      case '!':
      case 'h':
      case 'w':
      case 'H':
      case 'f':
        next();
        break;
      case 'V':
        take(2);
        ++slip_.cuts;
        break;
      case 'k':
        barcode(next());
        break;
      case '(':
        two_dimensional(next());
        break;
      case 'v':
        raster();
        break;
      default:
        slip_.sound = false;
    }
  }

  void barcode(std::uint8_t kind) {
    if (kind < 65 || !line_.empty()) slip_.sound = false;
    const std::uint8_t length = next();
    slip_.barcodes.push_back(take(length));
  }

  void two_dimensional(std::uint8_t family) {
    const std::size_t low = next();
    const std::string body = take(low + 256U * next());
    if (family != 'k' || body.size() < 3 || body[0] != '1') slip_.sound = false;
    if (slip_.sound && body[1] == 80) stored_ = body.substr(3);
    if (slip_.sound && body[1] == 81) slip_.qr_codes.push_back(stored_);
  }

  void raster() {
    if (next() != '0' || next() != 0) slip_.sound = false;
    const std::size_t width_low = next();
    const std::size_t width = width_low + 256U * next();
    const std::size_t rows_low = next();
    const std::size_t rows = rows_low + 256U * next();
    take(width * rows);
    slip_.picture_rows += rows;
  }

  const drivers::Bytes& bytes_;
  const drivers::Profile& profile_;
  std::size_t at_ = 0;
  drivers::CodePage page_ = drivers::CodePage::cp437;  // after ESC @
  std::string line_;
  std::string stored_;
  DecodedSlip slip_;
};

inline DecodedSlip decoded(const drivers::Bytes& bytes, const drivers::Profile& profile) {
  return EscposDecoder(bytes, profile).decode();
}

}  // namespace tests
