// The versions of what the shop and its till are. Only ever added to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/settings/master_data.h"
#include "core/settings/settings.h"
#include "core/store/database.h"

namespace core {

// Made once, kept for ever, and what a signing device knows the till by: at most 30 characters
// of ASN.1's PrintableString.
std::string till_serial(Database& database);

// What is so now.
MasterData master_data(Database& database, const ShopSettings& shop, const std::string& till);
// The version that says the same as the latest, or a new one. Inside a transaction.
std::int64_t keep_master_data(Database& database, const MasterData& now, Instant at);
std::optional<MasterData> load_master_data(Database& database, std::int64_t row);
// Oldest first.
std::vector<MasterData> master_data_versions(Database& database);

}  // namespace core
