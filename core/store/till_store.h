// What belongs to the till itself: settings, cashiers, card attempts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/card_attempt.h"
#include "core/settings.h"
#include "core/staff.h"
#include "core/store/database.h"

namespace core {

Settings load_settings(Database& database);  // a value that no longer fits is left at its default
void save_setting(Database& database, std::string_view key, std::string_view value);

std::vector<Cashier> load_staff(Database& database);
std::string pin_hash_of(Database& database, std::int64_t cashier);  // empty: no such cashier
void insert_cashier(Database& database, const Cashier& cashier, const std::string& pin_hash);
void update_cashier(Database& database, const Cashier& cashier);
void set_pin_hash(Database& database, std::int64_t cashier, const std::string& pin_hash);
void delete_cashier(Database& database, std::int64_t cashier);

void insert_attempt(Database& database, std::int64_t order_row, const CardAttempt& attempt);
void update_attempt(Database& database, const CardAttempt& attempt);
void dismiss_attempt(Database& database, AttemptId attempt);
std::optional<CardAttempt> find_attempt(Database& database, AttemptId attempt);
std::vector<CardAttempt> open_attempts(Database& database);  // requested or unknown

}  // namespace core
