// What a test print shows: the characters of the shop's trade, the width of the
// paper, a barcode and a QR code. Pure.
#pragma once

#include "drivers/printer/document.h"
#include "drivers/printer/profiles.h"

namespace pos {

drivers::Document test_slip(const drivers::Profile& profile);

}  // namespace pos
