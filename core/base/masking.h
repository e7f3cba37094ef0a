// No card number stays in a text from outside: what a terminal, a platform or a file
// says is masked before anybody logs, keeps, prints or shows it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace core {

// `text` with every card number in it reduced to its last four digits. A card
// number is 12 to 19 digits, with blanks or hyphens between them or without,
// that pass the check of ISO/IEC 7812-1 annex B (Luhn) and begin as cards do,
// with 1 to 7 or 9; it begins a run of digits, or stands behind a blank or hyphen in one.
// An EAN with its check digit and a telephone number behind a "+" are none.
std::string without_card_numbers(std::string_view text);

// The same, and what belongs to a card number that was found: how long the card is
// good ("12/28") and its check number ("CVC 123").
std::string without_card_data(std::string_view text);

// The same for digits whose meaning is not known, such as the hex of a field: a
// run of 12 and more is reduced to its last four, whatever it is.
std::string without_long_numbers(std::string_view text);

}  // namespace core
