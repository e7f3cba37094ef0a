// What a report says, as words of the reader's language: the screen, the slip and the file
// are laid out from these. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/reports/report.h"
#include "pos/layout/receipt_words.h"
#include "pos/ui/translate.h"

namespace pos {

// "Sa, 21.11.2026", "16.11. – 22.11.2026", "November 2026".
std::string span_words(const core::Span& span, const Words& words);
// What it is compared with, briefly: "Sa, 14.11.", "16.11. – 22.11.", "Oktober".
std::string short_span_words(const core::Span& span, const Words& words);

// Of a row, for people: "Karte", "19 %", "Onlineshop", "Ohne Warengruppe".
std::string row_words(core::ReportPart part, const core::ReportRow& row, const Words& words);

// What was let off or taken back: refunds, discounts, changed prices, voided lines and
// carts, and the rounding. How often, and how much; only what there was.
struct ReductionWords {
  std::string label, times, amount;
  friend bool operator==(const ReductionWords&, const ReductionWords&) = default;
};
std::vector<ReductionWords> reduction_words(const core::Report& report, const Words& words);

// "2", "4,120 kg".
std::string sold_words(const core::ReportRow& row, Language language);

}  // namespace pos
