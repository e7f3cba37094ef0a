#include "pos/layout/printer_words.h"

#include <doctest/doctest.h>

#include "pos/ui/translate.h"

namespace {

using drivers::PrinterTrouble;

core::PrinterSettings of_kind(std::string kind) {
  core::PrinterSettings settings;
  settings.kind = std::move(kind);
  return settings;
}

}  // namespace

TEST_CASE("printer words: every trouble of every kind of printer has its German sentence") {
  const pos::Translations translations = pos::Translations::load();
  for (const char* kind : {"tcp", "usb", "serial", "file"}) {
    for (int i = 0; i <= static_cast<int>(PrinterTrouble::held_back); ++i) {
      const std::string english(pos::in_words(static_cast<PrinterTrouble>(i), of_kind(kind)));
      CAPTURE(english);
      CHECK(translations(pos::Language::german)(english) != english);
    }
  }
}

TEST_CASE("printer words: a wrong setting is named where it is the likely cause") {
  const auto says = [](const char* kind, PrinterTrouble trouble, std::string_view hint) {
    return pos::in_words(trouble, of_kind(kind)).find(hint) != std::string_view::npos;
  };
  CHECK(says("serial", PrinterTrouble::silent, "baud rate"));
  CHECK(says("serial", PrinterTrouble::stranger, "baud rate"));
  CHECK(says("tcp", PrinterTrouble::stranger, "port"));
  CHECK(says("tcp", PrinterTrouble::busy, "port"));
  CHECK(says("tcp", PrinterTrouble::missing, "address"));
  CHECK(says("usb", PrinterTrouble::no_permission, "groups lp"));
}

TEST_CASE("printer words: a profile that nobody has is said, with where they are listed") {
  core::PrinterSettings settings;
  CHECK_FALSE(pos::fault_of(settings));
  settings.profile = "nothing";
  CHECK(pos::fault_of(settings)->find("--profiles") != std::string::npos);
}
