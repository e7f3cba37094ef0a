// The letters of ZVT terminals: which set one uses is a property of the model.
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "drivers/transport/transport.h"

namespace drivers::zvt {

enum class Charset { cp437, latin1, zvt7, utf8 };
Charset charset_from(std::string_view word);  // "cp437", "latin1", "zvt7", "utf8"

// UTF-8 without control characters but line breaks. Runs of twelve and more
// digits lose all but the last four: no card number gets past here.
std::string text_of(ByteView bytes, Charset charset);

// The same masking for text that is UTF-8 already.
std::string without_card_numbers(std::string_view text);

}  // namespace drivers::zvt
