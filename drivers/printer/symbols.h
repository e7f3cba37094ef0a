// QR codes and barcodes as modules (the smallest squares and bars), for the
// preview and for printers that cannot draw them by themselves. Pure.
// QR: ISO/IEC 18004, by libqrencode. Code 128: ISO/IEC 15417. EAN-13: GS1
// General Specifications section 5.2.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/printer/document.h"
#include "drivers/printer/profiles.h"

namespace drivers {

// `black` has width * height modules, row by row, without the quiet zone. A
// barcode has the height 1.
struct Symbol {
  int width = 0;
  int height = 0;
  std::vector<bool> black;

  bool at(int x, int y) const {
    return black[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                 static_cast<std::size_t>(x)];
  }
};

// Nothing where the text is empty or too long for a QR code.
std::optional<Symbol> symbol_of(const Qr& qr);

// Nothing where the text cannot be such a barcode: Code 128 takes printable
// ASCII, at most 48 characters; EAN-13 twelve digits, or thirteen with the right last one.
std::optional<Symbol> symbol_of(const Barcode& barcode);

// The digits with the check digit; nothing if they are no EAN-13.
std::optional<std::string> ean13(std::string_view digits);

// How many dots a module gets on this paper, quiet zone included in the
// reckoning; 0 if the symbol does not fit.
int module_dots(const Symbol& symbol, const Profile& profile);

inline constexpr int barcode_height_dots = 80;
inline constexpr int qr_quiet_modules = 4;
inline constexpr int barcode_quiet_modules = 10;

// The symbol as dots, `dots` for a module, `height_dots` for one row of it.
Logo raster_of(const Symbol& symbol, int dots, int height_dots);

}  // namespace drivers
