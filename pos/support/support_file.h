// The support file: one ZIP for whoever helps, with what is needed to find a fault and nothing
// that names a customer, opens a door or says what was bought. Everything in it is masked
// (pos/support/mask.h), whatever it says of itself.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/store/database.h"
#include "pos/ui/translate.h"

namespace pos {

struct SupportWish {
  std::filesystem::path target;      // a folder, where it gets a name of its own; else the file
  std::vector<std::string> devices;  // how they are, a line each, in English
};

// Where it lies, or a sentence. `english`: it speaks English, whoever made it. Any thread that
// `database` belongs to; it may take a while.
core::Result<std::filesystem::path, std::string> write_support(core::Database& database,
                                                               const std::filesystem::path& data,
                                                               const SupportWish& wish,
                                                               core::Instant now,
                                                               const Words& english);

}  // namespace pos
