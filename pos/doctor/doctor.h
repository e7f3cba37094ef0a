// What `tresen doctor` and the page of the settings look at: each check says how it stands and
// what to do, in the words of its reader. The checks read; the only thing written is an empty
// file that is removed again. Each call belongs to the thread of its database, and may take as
// long as the disk does.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "core/store/database.h"
#include "pos/config/configuration.h"
#include "pos/doctor/finding.h"
#include "pos/doctor/journal_check.h"
#include "pos/ui/translate.h"

namespace pos {

enum class Extent : std::uint8_t { latest, all };

Finding check_folder(const std::filesystem::path& data, const Words& words);
Finding check_space(const std::filesystem::path& data, const Words& words);
// The version of the store and its pages: of a large one whether it can be read, or all of it.
Findings check_store(core::Database& database, const std::filesystem::path& file, Extent extent,
                     const Words& words);
Findings check_journal(const Verified& verified, bool has_anchors, const Words& words);
// Whether receipts tell the shop's own time.
Finding check_time_zone(core::Database& database, const core::Settings& settings,
                        const Words& words);
// Whether the rates are those of the shop's country, wherever they were set.
Finding check_rates(const core::Settings& settings, const Words& words);
// Whether the clock agrees with the receipts.
Finding check_clock(core::Database& database, const core::Settings& settings, core::Instant now,
                    const Words& words);
Findings check_queues(core::Database& database, const Words& words);
Finding check_fonts(const Words& words);
// Asks the printer: nobody else may be printing.
Finding check_printer(const core::PrinterSettings& settings, const Words& words);
// The security device (TSE) that a country asks for, as the till saw it last; and whether its
// PINs or keys are there.
Finding check_signing(core::Database& database, const core::Settings& settings,
                      const SigningSecrets& secrets, core::Instant now, const Words& words);
Findings check_outside(const std::filesystem::path& data, const core::Settings& settings,
                       const Words& words);

// What the store says, with what tresen.toml says over it.
core::Settings settings_of(core::Database& database, const Configuration& configuration);

// How thoroughly: the journal is verified by `verify`, where that is more than its latest part.
using Verify = std::function<Verified(const std::vector<core::Anchor>& anchors)>;
struct Examination {
  Extent extent = Extent::latest;
  Verify verify = {};
};
// All of it but what only one can use at a time: the printer. `now`: of the clock.
Findings examine(core::Database& database, const std::filesystem::path& data, core::Instant now,
                 const Words& words, const Examination& how = {});

}  // namespace pos
