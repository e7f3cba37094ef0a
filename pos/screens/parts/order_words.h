// How orders are put into words on every screen that shows them. Pure.
#pragma once

#include <string>

#include "pos/desk/scene.h"

namespace pos {

// "15:44" today, "20.11." this year, "20.11.2025" before.
std::string short_time(core::Instant instant, const Scene& scene);
// "today 15:44", "yesterday 15:44", "Fr, 20.11. 15:44", "20.11.2025 15:44".
std::string full_time(core::Instant instant, const Scene& scene);
core::LocalTime shop_time(core::Instant instant, const Scene& scene);

// "Sales receipt": a text key.
std::string_view receipt_name(core::ReceiptKind kind);

// Why something was refused, in the reader's language where it is one of our
// sentences; what a server said stays as it said it.
std::string reason_text(std::string_view reason, const Words& words);

// "Cash", "Visa •••• 4242", "Überweisung".
std::string tender_name(const core::Payment& payment, const Words& words);

// When the open authorisation lapses and how long that is; empty: it never
// does, or nobody knows. A warning is due two days before.
struct Expiry {
  std::string words;
  ui::State state = ui::State::warn;
};
Expiry expiry_text(const core::OrderDetail& detail, const Scene& scene);

// How far a long pull is: "12,000 products", in the reader's language.
std::string work_text(std::string_view work, const Words& words);

// Both one after the other; the first, which may end in what was typed, gets its
// full stop.
std::string joined_sentences(std::string first, std::string_view second);

// "€", "CHF": what a column of amounts is headed with.
std::string symbol_of(core::Currency currency);

inline Reaction show_order(core::OrderId order) {
  Reaction reaction = show(Screen::order);
  reaction.order = order;
  return reaction;
}

}  // namespace pos
