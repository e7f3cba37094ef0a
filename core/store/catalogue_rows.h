// Reads the columns of the view `sellable`; for the files that query it.
#pragma once

#include "core/catalogue/catalogue.h"
#include "core/store/database.h"

namespace core {

// The variant in the current row of "SELECT * FROM sellable ...".
Variant variant_in(const Query& row);

}  // namespace core
