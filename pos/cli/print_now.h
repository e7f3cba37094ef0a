// What is no receipt goes to the printer at once, and is not kept.
#pragma once

#include "core/settings/settings.h"
#include "drivers/printer/document.h"
#include "pos/cli/say.h"

namespace pos::cli {

Status print_now(const core::PrinterSettings& printer, const drivers::Document& document);

}  // namespace pos::cli
