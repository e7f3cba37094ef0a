// What a printer makes of the bytes that reach it: the way back from ESC/POS to
// a Document, for the simulated printer and for looking at a slip. It takes one
// byte after the other, so that a slip may break off anywhere; what broke off
// goes on with the next byte, as in a printer whose cable was pulled.
//
// Real-time commands (DLE ...) are not for it: take them out first. Pure.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "drivers/printer/document.h"
#include "drivers/printer/profiles.h"
#include "drivers/transport/transport.h"

namespace drivers {

// What the printer does beyond marking paper.
struct ReadInit {};
struct ReadCut {};
struct ReadPulse {
  std::uint8_t pin = 0;
  int on_ms = 0;
};
struct ReadQuestion {
  std::uint8_t what = 0;  // of GS r
};
struct ReadAutomatic {
  std::uint8_t wanted = 0;  // of GS a
};
struct ReadId {
  std::array<std::uint8_t, 4> id{};  // of GS ( H function 48
};
struct ReadWho {
  std::uint8_t what = 0;  // of GS I
};
using ReadEvent =
    std::variant<ReadWho, ReadInit, ReadCut, ReadPulse, ReadQuestion, ReadAutomatic, ReadId>;

class EscposReader {
 public:
  explicit EscposReader(const Profile& profile);

  std::optional<ReadEvent> feed(std::uint8_t byte);

  // What is on the paper since the last take(). The line that is not ended yet
  // stays in the printer.
  Document take();
  bool has_marks() const { return !document_.blocks.empty() || !line_.runs.empty(); }
  // Inside a command whose rest has not come.
  bool is_inside() const { return !command_.empty(); }

 private:
  std::optional<ReadEvent> carry_out();
  void escape();
  void group();
  void two_dimensional();
  void barcode();
  void raster();
  void end_line();
  void add_text(char32_t character);
  void reset();

  Profile profile_;
  std::map<std::uint8_t, CodePage> pages_;
  Bytes command_;
  Document document_;
  TextLine line_;
  TextStyle style_;
  Align align_ = Align::left;
  CodePage page_ = CodePage::cp437;
  Qr qr_;
};

// The text that a person reads on it, lines as lines.
std::string text_on(const Document& document);

}  // namespace drivers
