// The security device (TSE) from the settings: how it is, what to see to, when it was out of
// order, and a test. UI thread.
#pragma once

#include <string>
#include <vector>

#include "pos/layout/receipt_words.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct FiscalSheetView {
  std::string title, close;
  std::string test;         // the button
  std::string set_up;       // its assistant; empty: there is nothing to set up
  std::string adopt;        // to sign with the device that answers in the old one's place
  std::vector<Fact> facts;  // of the device
  struct Note {
    ui::State state = ui::State::ok;
    std::string says;
    friend bool operator==(const Note&, const Note&) = default;
  };
  std::vector<Note> notes;  // what to see to; outages, the latest first
  friend bool operator==(const FiscalSheetView&, const FiscalSheetView&) = default;
};

struct FiscalSheetTap {
  enum class Kind : std::uint8_t { none, test, set_up, adopt, close } kind = Kind::none;
};

FiscalSheetView present_fiscal(const Scene& scene);
FiscalSheetTap draw(ui::Ui& ui, const FiscalSheetView& view);
SheetResult react(const FiscalSheetTap& tap, const Scene& scene);

}  // namespace pos
