// What `tresen doctor` looks at: each check says how it stands and what to do.
// The checks read; the only thing written is an empty file that is removed again.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/settings/settings.h"
#include "core/store/anchor.h"
#include "core/store/database.h"
#include "pos/cli/verify.h"
#include "pos/config/make_signing.h"

namespace pos::cli {

enum class Health { ok, warn, bad };
std::string_view word(Health health);

struct Finding {
  std::string what;  // "data folder"
  Health health = Health::ok;
  std::string says;  // how it stands, and what to do
};
using Findings = std::vector<Finding>;

Finding check_folder(const std::filesystem::path& data);
Finding check_space(const std::filesystem::path& data);
Finding check_lock(const std::filesystem::path& data);
// Of a large store its latest part, which is quick, or all of it.
Findings check_store(core::Database& database, const std::filesystem::path& file,
                     const std::vector<core::Anchor>& anchors, Extent extent);
// Whether receipts tell the shop's own time.
Finding check_time_zone(core::Database& database, const core::Settings& settings);
// Whether the rates are those of the shop's country, wherever they were set.
Finding check_rates(const core::Settings& settings);
// Whether the clock agrees with the receipts.
Finding check_clock(core::Database& database, const core::Settings& settings, core::Instant now);
Findings check_queues(core::Database& database);
Finding check_fonts();
Finding check_translations();
Finding check_printer(const core::PrinterSettings& settings);
// The security device (TSE) that a country asks for, as the till saw it last; and whether its
// PINs or keys are there.
Finding check_signing(core::Database& database, const core::Settings& settings,
                      const SigningSecrets& secrets, core::Instant now);
Findings check_outside(const std::filesystem::path& data, const core::Settings& settings);

}  // namespace pos::cli
