// A cash movement, an X or a Z report as a slip of paper. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/effects.h"
#include "drivers/printer/document.h"
#include "pos/ui/translate.h"

namespace pos {

// "Paid in": what a kind is called on slips and screens.
std::string_view name_of(core::CashMoveKind kind, const Words& words);
std::string_view case_name(core::BusinessCase business_case, const Words& words);

// What only one side has, or both otherwise.
std::string mismatch_text(const core::BookingDifference& difference, const Words& words);

// `receipt` is the head. `code`: how a signature stands on it, as the setting fiscal.code.
drivers::Document day_slip(const core::Receipt& receipt, const core::DayDocument& document,
                           core::SlipForm form, const Words& words, std::string_view code);

// The slip that is to be printed, whatever it is of. `logo`: of the shop, as the printer can
// print it (slip_logo); null: none.
drivers::Document slip_document(const core::PrintSlip& slip, const Words& words, int columns,
                                const drivers::Logo* logo);

}  // namespace pos
