// Price labels for the shelf, cut apart: what it is, what it costs, and a code to scan. Pure.
#pragma once

#include "core/effects.h"
#include "drivers/printer/document.h"
#include "pos/ui/translate.h"

namespace pos {

drivers::Document label_slips(const core::PrintLabelSlips& labels, const Words& words);

}  // namespace pos
