// The letters of ZVT terminals: which set one uses is a property of the model.
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "drivers/transport/transport.h"

namespace drivers::zvt {

enum class Charset { cp437, latin1, zvt7, utf8 };
Charset charset_from(std::string_view word);  // "cp437", "latin1", "zvt7", "utf8"

// UTF-8 without control characters but line breaks. No card number gets past
// here: see drivers/terminal/masking.h.
std::string text_of(ByteView bytes, Charset charset);

}  // namespace drivers::zvt
