// What was put aside of all that came from outside. The writing functions run in
// the caller's transaction; errors show in Database::error().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/outbox/put_aside.h"
#include "core/store/database.h"

namespace core {

std::vector<AsideRow> put_aside(Database& database, std::int64_t limit = 1000);  // latest first
std::int64_t count_put_aside(Database& database);

void keep_aside(Database& database, const AsideRow& row);  // replaces what was said before
void forget_aside(Database& database, std::string_view source, std::string_view name);
// Another try is asked for: of one, or of all where `name` is empty.
void want_aside(Database& database, std::string_view source, std::string_view name);

}  // namespace core
