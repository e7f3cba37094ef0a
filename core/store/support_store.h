// What a store says of itself to whoever is asked for help: how much it holds, and which words
// in it name people, so that they can be taken out of everything else.
#pragma once

#include <string>
#include <vector>

#include "core/store/database.h"

namespace core {

struct NamedCount {
  std::string name;
  std::int64_t count = 0;
  friend bool operator==(const NamedCount&, const NamedCount&) = default;
};

std::vector<NamedCount> table_counts(Database& database);  // rows of what matters
std::vector<NamedCount> till_counters(Database& database);
std::string sqlite_version(Database& database);

// Of customers and staff, also those of long ago: names, companies, streets.
std::vector<std::string> words_of_people(Database& database);

}  // namespace core
