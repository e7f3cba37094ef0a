// How the commands reach the store: read-only beside a running till, or as the
// one who writes, with its configuration. What is wrong is said on stderr.
#pragma once

#include <fstream>
#include <functional>
#include <memory>
#include <optional>

#include "core/register.h"
#include "pos/cli/command.h"
#include "pos/cli/table.h"
#include "pos/config/configuration.h"
#include "pos/doctor/doctor.h"

namespace pos::cli {

std::filesystem::path store_file(const Common& common);

// The store, its settings with those of tresen.toml, for commands that only look.
struct Reading {
  core::Database database;
  core::Settings settings;
};
std::optional<Reading> open_for_reading(const Common& common);

// The register itself: nobody else may have the store open. Made if missing.
std::unique_ptr<core::Register> open_register(const Common& common, const core::Clock& clock,
                                              core::Durability durability = core::Durability::full);

// Whether everything that was read since the store was opened could be read;
// says so if not.
Status after_reading(const core::Database& database, Status status = well);

// Prints what `read` makes of the store, as text or as JSON; `when_empty` is said
// where that is nothing.
Status print_from_store(const Common& common, const std::function<Table(Reading&)>& read,
                        std::string_view when_empty);

// A file that somebody named, or what is wrong with it on stderr.
std::optional<std::ifstream> open_file(const std::filesystem::path& file);

// What is said when the register refuses.
Status say_refusal(const core::Refusal& refusal);

}  // namespace pos::cli
