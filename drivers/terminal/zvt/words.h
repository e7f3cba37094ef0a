// What the codes of ZVT mean, as English keys of the translations (PA00P015
// ch. 3.2, 10, 12). Empty: the code is not known here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace drivers::zvt {

// Of field 27, of 84 xx and of 06 1E.
std::string_view result_words(std::uint8_t code);
// The same, or what the terminal itself says of it; never empty.
std::string words_of(std::uint8_t code, const std::string& terminals_own);
// Of 04 FF; a code from 41 on says the same and asks to take the card.
std::string_view progress_words(std::uint8_t code);
// Of the answer to 05 01, with what to do.
std::string_view status_words(std::uint8_t code);
std::string_view card_name(std::uint8_t type);  // of field 8A: "girocard"
std::string_view command_name(std::uint16_t command);

}  // namespace drivers::zvt
