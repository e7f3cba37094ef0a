// Puts together how this till reaches the outside, from its settings.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/settings/settings.h"
#include "sync/runner.h"

namespace syncing {

struct Outside {
  core::Settings settings;
  std::filesystem::path folder;   // of the till: upstream/ and mail/ are in it
  std::string mail_password;      // from the secrets file
  std::uint64_t seed = 0;         // of the jitter
  std::string upstream_key = {};  // from the secrets file
};

RunnerParts runner_parts(const Outside& outside, MailBody mail_body);

}  // namespace syncing
