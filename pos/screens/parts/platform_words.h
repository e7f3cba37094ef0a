// What the sync thread says of a platform and the store of a disk, in the reader's language. The
// sentences are stored in English with numbers and names already in them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pos/ui/translate.h"

namespace pos {

// None: this is none of our sentences with something filled in.
std::optional<std::string> filled_sentence(std::string_view reason, const Words& words);

// `text` by this one sentence.
std::optional<std::string> filled(std::string_view pattern, std::string_view text,
                                  const Words& words);

}  // namespace pos
