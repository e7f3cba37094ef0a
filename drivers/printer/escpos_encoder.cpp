#include "drivers/printer/escpos_encoder.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>

#include "drivers/printer/code_page.h"
#include "drivers/printer/layout.h"
#include "drivers/printer/slip_letters.h"
#include "drivers/printer/symbols.h"

namespace drivers {

namespace {

constexpr std::uint8_t esc = 0x1B;
constexpr std::uint8_t gs = 0x1D;
constexpr std::uint8_t fs = 0x1C;
constexpr std::uint8_t line_feed = 0x0A;

// From the print line to the tear bar of a printer without a cutter.
constexpr std::uint8_t tear_off_lines = 4;

std::uint8_t low(std::size_t value) {
  return static_cast<std::uint8_t>(value & 0xFF);
}
std::uint8_t high(std::size_t value) {
  return static_cast<std::uint8_t>((value >> 8) & 0xFF);
}

// Bytes that a printer executes at once wherever they stand, image data
// included: DLE EOT n and DLE DC4 1 m t (the latter opens the drawer).
bool has_real_time_command(ByteView bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    const std::uint8_t next = bytes[i + 1];
    if (bytes[i] == 0x10 && (next == 0x04 || next == 0x05 || next == 0x14)) return true;
  }
  return false;
}
bool has_real_time_command(const Logo& logo) {
  return has_real_time_command(ByteView(logo.bits));
}

bool is_sound(const Logo& logo, const Profile& profile) {
  if (logo.width <= 0 || logo.height <= 0 || logo.width > profile.dots) return false;
  const auto stride = static_cast<std::size_t>((logo.width + 7) / 8);
  return logo.bits.size() == stride * static_cast<std::size_t>(logo.height);
}

Logo moved_right_by_one_dot(const Logo& logo) {
  Logo moved{logo.width + 1, logo.height, {}};
  const auto stride = static_cast<std::size_t>((logo.width + 7) / 8);
  for (std::size_t row = 0; row < static_cast<std::size_t>(logo.height); ++row) {
    unsigned carry = 0;
    for (std::size_t i = 0; i < stride; ++i) {
      const unsigned byte = logo.bits[row * stride + i];
      moved.bits.push_back(static_cast<std::uint8_t>(carry | (byte >> 1)));
      carry = (byte & 1U) << 7;
    }
    if (static_cast<std::size_t>((moved.width + 7) / 8) > stride) {
      moved.bits.push_back(static_cast<std::uint8_t>(carry));
    }
  }
  return moved;
}

class Encoder {
 public:
  explicit Encoder(const Profile& profile) : profile_(profile), table_(profile.code_tables[0]) {
    put({esc, '@'});
    if (profile.leaves_kanji) put({fs, '.'});
    put({esc, 'R', 0});  // the USA set: #$@[\]{}~ are themselves
    select(table_);
  }

  void operator()(const TextLine& text) { put_lines(lines_of(text, profile_)); }
  void operator()(const Row& row) { put_lines(lines_of(row, profile_)); }
  void operator()(const Rule& rule) { put_lines(lines_of(rule, profile_)); }
  void operator()(const Blank& blank) {
    style({});
    for (int i = 0; i < blank.lines; ++i) put({line_feed});
  }

  void operator()(const Qr& qr) {
    const auto symbol = symbol_of(qr);
    const int dots = symbol ? module_dots(*symbol, profile_) : 0;
    if (dots == 0 || !(profile_.has_qr || profile_.has_raster)) return (*this)(centred(qr.text));
    align(Align::centre);
    const std::size_t before = bytes_.size();
    if (profile_.has_qr) native_qr(qr, dots);
    // The length or the text of a code can look like a real-time command: such
    // a code is drawn instead.
    const bool is_safe = !has_real_time_command(ByteView(bytes_).subspan(before));
    if (profile_.has_qr && is_safe) return;
    bytes_.resize(before);
    raster(raster_of(*symbol, dots, dots));
  }

  void operator()(const Barcode& barcode) {
    const auto symbol = symbol_of(barcode);
    const int dots = symbol ? module_dots(*symbol, profile_) : 0;
    if (dots == 0) return (*this)(centred(barcode.text));
    if (!profile_.has_barcodes) {
      if (profile_.has_raster) raster(raster_of(*symbol, dots, barcode_height_dots));
      return (*this)(centred(barcode.text));
    }
    align(Align::centre);
    native_barcode(barcode, dots);
  }

  void operator()(const Logo& logo) {
    if (profile_.has_raster && is_sound(logo, profile_)) raster(logo);
  }

  void operator()(Cut) {
    switch (profile_.cut) {
      case CutKind::none:
        put({esc, 'd', tear_off_lines});
        break;
      case CutKind::partial:
        put({gs, 'V', 66, 0});
        break;
      case CutKind::full:
        put({gs, 'V', 65, 0});
        break;
    }
  }

  void operator()(DrawerPulse) {
    put({esc, 'p', profile_.drawer_pin, profile_.pulse_on, profile_.pulse_off});
  }

  Bytes take() { return std::move(bytes_); }

 private:
  void put(std::initializer_list<std::uint8_t> bytes) { bytes_.insert(bytes_.end(), bytes); }
  void put(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }

  void select(CodeTable table) {
    put({esc, 't', table.number});
    table_ = table;
  }

  void align(Align wanted) {
    if (wanted == align_) return;
    put({esc, 'a',
         static_cast<std::uint8_t>(wanted == Align::left     ? 0
                                   : wanted == Align::centre ? 1
                                                             : 2)});
    align_ = wanted;
  }

  void style(const TextStyle& wanted) {
    if (profile_.has_mode_byte_only) return mode_byte(wanted);
    if (wanted.bold != style_.bold) put({esc, 'E', static_cast<std::uint8_t>(wanted.bold)});
    if (wanted.underline != style_.underline) {
      put({esc, '-', static_cast<std::uint8_t>(wanted.underline)});
    }
    if (wanted.double_width != style_.double_width ||
        wanted.double_height != style_.double_height) {
      put({gs, '!',
           static_cast<std::uint8_t>((wanted.double_width ? 0x10 : 0) |
                                     (wanted.double_height ? 0x01 : 0))});
    }
    style_ = wanted;
  }

  void mode_byte(const TextStyle& wanted) {
    if (wanted == style_) return;
    put({esc, '!',
         static_cast<std::uint8_t>((wanted.bold ? 0x08 : 0) | (wanted.double_height ? 0x10 : 0) |
                                   (wanted.double_width ? 0x20 : 0) |
                                   (wanted.underline ? 0x80 : 0))});
    style_ = wanted;
  }

  void put_lines(const std::vector<PrintedLine>& lines) {
    for (const PrintedLine& line : lines) {
      if (needs_picture(line, profile_) && letters().is_ready()) {
        raster(picture_of(line, profile_, letters()), line.align);
        continue;
      }
      align(line.align);
      for (const Span& span : line.spans) {
        style(span.style);
        for (const char32_t c : span.text) put_character(c);
      }
      put({line_feed});
    }
  }

  // Few slips need them, so their files are opened then.
  SlipLetters& letters() {
    if (!letters_) letters_.emplace();
    return *letters_;
  }

  // ASCII is the same in every table. Other characters come from the first
  // table that has them, so that a job rarely changes it.
  void put_character(char32_t c) {
    if (const auto table = c < 0x80 ? table_ : table_for(profile_, c).value_or(table_);
        table.page != table_.page) {
      select(table);
    }
    put({byte_for(table_.page, c).value_or('?')});
  }

  void native_qr(const Qr& qr, int dots) {
    const auto function = [&](std::uint8_t fn, std::initializer_list<std::uint8_t> rest) {
      put({gs, '(', 'k', low(rest.size() + 2), 0, 49, fn});
      put(rest);
    };
    function(65, {50, 0});  // model 2
    function(67, {static_cast<std::uint8_t>(dots)});
    function(69, {static_cast<std::uint8_t>(48 + static_cast<int>(qr.level))});
    const std::size_t length = qr.text.size() + 3;
    put({gs, '(', 'k', low(length), high(length), 49, 80, 48});
    put(qr.text);
    function(81, {48});
  }

  void native_barcode(const Barcode& barcode, int dots) {
    put({gs, 'h', barcode_height_dots, gs, 'w', static_cast<std::uint8_t>(dots)});
    put({gs, 'H', 2, gs, 'f', 0});
    if (barcode.kind == BarcodeKind::ean13) {
      const std::string digits = ean13(barcode.text).value_or("");
      put({gs, 'k', 67, low(digits.size())});
      return put(digits);
    }
    std::string data = "{B";
    for (const char c : barcode.text) data.append(c == '{' ? 2 : 1, c);
    put({gs, 'k', 73, low(data.size())});
    put(data);
  }

  void raster(Logo logo, Align where = Align::centre) {
    for (int tries = 0; tries < 8 && logo.width < profile_.dots; ++tries) {
      if (!has_real_time_command(logo)) break;
      logo = moved_right_by_one_dot(logo);
    }
    // As wide as the paper it cannot be moved: one dot more is the lesser harm.
    for (std::size_t i = 0; has_real_time_command(logo) && i < logo.bits.size(); ++i) {
      if (logo.bits[i] == 0x10) logo.bits[i] = 0x18;
    }
    align(where);
    const auto stride = static_cast<std::size_t>((logo.width + 7) / 8);
    for (int row = 0; row < logo.height; row += profile_.strip_rows) {
      const auto rows = static_cast<std::size_t>(std::min(profile_.strip_rows, logo.height - row));
      put({gs, 'v', '0', 0, low(stride), high(stride), low(rows), high(rows)});
      const auto first =
          logo.bits.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(row) * stride);
      bytes_.insert(bytes_.end(), first, first + static_cast<std::ptrdiff_t>(rows * stride));
    }
  }

  const Profile& profile_;
  CodeTable table_;
  Align align_ = Align::left;
  TextStyle style_;
  Bytes bytes_;
  std::optional<SlipLetters> letters_;
};

}  // namespace

Bytes escpos_bytes(const Document& document, const Profile& profile) {
  Encoder encoder(profile);
  for (const Block& block : document.blocks) std::visit(encoder, block);
  return encoder.take();
}

Bytes escpos_drawer_pulse(const Profile& profile) {
  return {esc, 'p', profile.drawer_pin, profile.pulse_on, profile.pulse_off};
}

Bytes escpos_code_table_samples(const Profile& profile) {
  Bytes bytes{esc, '@'};
  const auto put = [&](std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
  };
  if (profile.leaves_kanji) put("\x1C.");
  int line = 0;
  for (const CodeTable& table : candidate_tables()) {
    ++line;
    put(std::to_string(line) + (line < 10 ? "   " : "  "));
    bytes.insert(bytes.end(), {esc, 't', table.number});
    for (const char32_t letter : std::u32string_view(U"ÄÖÜ äöü ß § €")) {
      bytes.push_back(byte_for(table.page, letter).value_or('-'));
    }
    bytes.insert(bytes.end(), {esc, 't', 0});
    put("   " + text_of(table) + "\n");
  }
  // Without the ESC @ that it begins with.
  const Bytes end = escpos_bytes(Document{}.add(Blank{1}).add(Cut{}), profile);
  bytes.insert(bytes.end(), end.begin() + 2, end.end());
  return bytes;
}

}  // namespace drivers
