// The secrets file as text: one secret is changed and everything else in it stays,
// whoever wrote it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace pos {

// `text` with [table] key = "value". Where that is possible the other lines, comments
// included, stay as they are. A text that is no TOML is refused, in words without it.
core::Result<std::string, std::string> with_secret(std::string_view text, std::string_view table,
                                                   std::string_view key, std::string_view value);

}  // namespace pos
