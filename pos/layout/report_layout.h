// A report as a slip of the receipt printer. Pure.
#pragma once

#include "core/effects.h"
#include "drivers/printer/document.h"
#include "pos/ui/translate.h"

namespace pos {

drivers::Document report_slip(const core::PrintReportSlip& slip, const Words& words);

}  // namespace pos
