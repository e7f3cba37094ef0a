// Amounts, quantities, dates and times as the reader's language writes them.
// Real minus sign (U+2212); no-break space before a unit. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/money.h"
#include "pos/ui/translate.h"

namespace pos {

// "1.234,50" or "1,234.50": in columns and lines.
std::string amount_text(core::Money money, Language language);
// "1.234,50 €" or "€1,234.50": in totals, tiles and main actions.
std::string money_text(core::Money money, Language language);
// "+1,15", "−4,00", "0,00": differences.
std::string signed_text(core::Money money, Language language);
// Without decimals where they are zero: "50 €", "€50", "12,50 €": notes.
std::string note_text(core::Money money, Language language);

std::string number_text(std::int64_t number, Language language);        // "1.234"
std::string quantity_text(core::Quantity quantity, Language language);  // "2", "0,252"
// "0,252 kg"; `unit` may be empty.
std::string quantity_text(core::Quantity quantity, std::string_view unit, Language language);
std::string percent_text(core::Rate rate, Language language);  // "19 %", "19%", "5,5 %"

std::string time_text(const core::LocalTime& time);                    // "15:44"
std::string seconds_text(const core::LocalTime& time);                 // "15:45:52"
std::string day_text(const core::LocalTime& time, Language language);  // "Sa, 21.11." "Sat, 21 Nov"
std::string date_text(const core::LocalTime& time,
                      Language language);  // "21.11.2026" "21 Nov 2026"
std::string day_date_text(const core::LocalTime& time, Language language);  // "Sa, 21.11.2026"
std::string long_day_text(const core::LocalTime& time,
                          Language language);                            // "Samstag, 21. November"
std::string month_text(const core::LocalTime& time, Language language);  // "November 2026"
std::string_view weekday_name(int weekday, Language language);           // 0 = Sunday
char decimal_sign(Language language);

}  // namespace pos
