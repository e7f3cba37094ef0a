// A slip as plain text, for a mail: laid out as on paper of 80 mm. Pure.
#pragma once

#include <string>

#include "drivers/printer/document.h"

namespace pos {

// Pictures, codes and cuts are left out; a barcode is its text.
std::string slip_text(const drivers::Document& document);

}  // namespace pos
