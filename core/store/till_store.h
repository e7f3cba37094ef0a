// What belongs to the till itself: settings, cashiers, card attempts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cards/card_attempt.h"
#include "core/printing/print_job.h"
#include "core/settings/settings.h"
#include "core/staff/pin_record.h"
#include "core/staff/role.h"
#include "core/staff/staff.h"
#include "core/store/database.h"

namespace core {

Settings load_settings(Database& database);  // a value that no longer fits is left at its default
// What is stored of a key, fit or not; empty: nothing.
std::string stored_setting(Database& database, std::string_view key);
void save_setting(Database& database, std::string_view key, std::string_view value);

bool is_training(Database& database);
void save_training(Database& database, bool on);

std::vector<Cashier> load_staff(Database& database);
std::string pin_hash_of(Database& database, std::int64_t cashier);  // empty: no such cashier
void insert_cashier(Database& database, const Cashier& cashier, const std::string& pin_hash);
void update_cashier(Database& database, const Cashier& cashier);
void set_pin_hash(Database& database, std::int64_t cashier, const std::string& pin_hash);
std::string badge_hash_of(Database& database, std::int64_t cashier);  // empty: there is none
void set_badge_hash(Database& database, std::int64_t cashier, const std::string& badge_hash);
std::vector<StaffRole> load_roles(Database& database);
void save_role(Database& database, StaffRole& role);  // sets the number of a new one
void delete_role(Database& database, Role role);
void delete_cashier(Database& database, std::int64_t cashier);
std::vector<PinRecord> load_pin_records(Database& database);
void save_pin_record(Database& database, const PinRecord& record);

void insert_attempt(Database& database, std::int64_t order_row,
                    CardAttempt& attempt);  // sets number
void update_attempt(Database& database, const CardAttempt& attempt);
void dismiss_attempt(Database& database, AttemptId attempt);
std::optional<CardAttempt> find_attempt(Database& database, AttemptId attempt);
std::vector<CardAttempt> open_attempts(Database& database);  // requested or unknown
// Which payment became of it, so that it can be refunded.
void note_attempt_payment(Database& database, AttemptId attempt, TransactionId payment);
// The attempt that a card payment came of.
std::optional<CardAttempt> attempt_of_payment(Database& database, TransactionId payment);
// The terminal's name for its latest booking; empty: there is none.
std::string last_ticket(Database& database);
// Of the latest bookings that are not this attempt's, the last one first.
std::vector<std::string> other_tickets(Database& database, AttemptId attempt);

// What terminals want printed. Inside a transaction; sets the row.
void insert_terminal_slip(Database& database, TerminalSlip& slip, Instant now);
void set_terminal_slip_state(Database& database, std::int64_t row, int state,
                             std::string_view reason);
bool is_terminal_slip_state(Database& database, std::int64_t row, int state,
                            std::string_view reason);
std::vector<TerminalSlip> open_terminal_slips(Database& database);  // waiting

std::optional<TerminalSlipRow> load_terminal_slip(Database& database, std::int64_t row);
// Not over: waiting, refused or unsure; the oldest first.
std::vector<TerminalSlipRow> unprinted_terminal_slips(Database& database, std::int64_t limit);
std::vector<TerminalSlipRow> terminal_slips(Database& database,
                                            std::int64_t limit);  // latest first
OpenPrints count_open_terminal_slips(Database& database);

}  // namespace core
