// The parts that present() of the tender screen is put together from. Pure.
#pragma once

#include "pos/screens/tender/tender_screen.h"

namespace pos {

core::Tender tender_of(TenderMethod method);
// Due, paid, payments, customer, leaving it partly paid.
void present_order(const Scene& scene, const TenderInput& input, TenderView& view);
// Methods, split, amount, quick amounts, main action.
void present_choice(const Scene& scene, const TenderInput& input, TenderView& view);

// "2,50" or "2.50"; empty is no tip. Nothing: it is no amount.
std::optional<core::Money> tip_in(std::string_view text, core::Currency currency);

// What another tender may be, as English keys.
inline constexpr const char* other_tenders[] = {"Bank transfer", "Invoice", "Delivery service"};
// A split may have so many parts.
inline constexpr int least_parts = 4, most_parts = 12;

}  // namespace pos
