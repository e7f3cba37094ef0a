// A Document as the bytes of Epson ESC/POS (Application Programming Guide),
// in the subset that printers of all makers share. Never fails: what a profile
// cannot do is done another way (QR as raster, "€" as "EUR", a barcode that cannot
// be one as text, a line with letters that the printer has not as a picture). Pure
// but for the files of the fonts that such a line is drawn with.
//
// Glyph bytes are never below 0x20, so no text can become a command.
#pragma once

#include "drivers/printer/document.h"
#include "drivers/printer/profiles.h"
#include "drivers/transport/transport.h"

namespace drivers {

// Begins by initialising the printer and selecting the code table, since
// another till or a power cycle may have changed them.
Bytes escpos_bytes(const Document& document, const Profile& profile);

// Only the pulse, without initialising: that makes some printers feed paper.
Bytes escpos_drawer_pulse(const Profile& profile);

// The lines of the set-up slip: the same umlauts, "§" and "€" in every table
// that printers are known to have them in, numbered. The line that reads right
// names the table. Where a table lacks a character there is a "-".
Bytes escpos_code_table_samples(const Profile& profile);

}  // namespace drivers
