#include "pos/layout/test_slip.h"

#include <string>

namespace pos {

drivers::Document test_slip(const drivers::Profile& profile) {
  std::string ruler;
  for (int column = 1; column <= profile.columns; ++column) {
    ruler += static_cast<char>('0' + column % 10);
  }
  drivers::Document slip;
  slip.add(drivers::centred("TEST", drivers::large));
  slip.add(drivers::centred(std::string(profile.name)));
  slip.add(drivers::Rule{});
  slip.add(drivers::text_line(ruler));
  slip.add(drivers::text_line("ÄÖÜ äöü ß § € – „“ …"));
  slip.add(drivers::text_line("0123456789 bold", drivers::bold));
  slip.add(drivers::amount_row("left", "right 1,00"));
  slip.add(drivers::Barcode{drivers::BarcodeKind::code128, "TEST-0001"});
  slip.add(drivers::Qr{"https://example.org/test", drivers::QrLevel::medium});
  return slip.add(drivers::Blank{1}).add(drivers::Cut{});
}

}  // namespace pos
