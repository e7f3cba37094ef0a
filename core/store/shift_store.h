// Shifts, cash movements, and what is added up of a shift's receipts.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "core/settings/settings.h"
#include "core/shift/day_document.h"
#include "core/store/database.h"

namespace core {

// The one that is not closed; nothing: there is none.
std::optional<Shift> open_shift(Database& database);
std::optional<Shift> load_shift(Database& database, std::int64_t row);
std::optional<Shift> find_shift(Database& database, std::int64_t z_number);
// That this receipt was written in.
std::optional<Shift> shift_of_receipt(Database& database, std::int64_t receipt_row);
// The latest first.
std::vector<Shift> shifts(Database& database, std::int64_t limit);
// Those that are closed, the latest first, each with what it took.
std::vector<ClosedShift> closed_shifts(Database& database, std::int64_t limit);
// What the last closing left in the drawer; 0 before the first.
Money kept_cash(Database& database, Currency currency);
std::int64_t next_z_number(Database& database);

// Gives it its row, and the numbers that it begins behind. Inside a transaction.
void insert_shift(Database& database, Shift& shift);
void update_shift(Database& database, const Shift& shift);
void insert_cash_movement(Database& database, std::int64_t receipt_row,
                          const CashMovement& movement);
std::optional<CashMovement> load_cash_movement(Database& database, std::int64_t receipt_row,
                                               Currency currency);

// The sums of a shift up to (and without) the receipt `before`, and without its X
// reports.
ShiftReport report_of(Database& database, const Shift& shift,
                      std::int64_t before = std::numeric_limits<std::int64_t>::max());
// The same for a report that was made before: what is in it is not read again.
void go_on(ShiftReport& report, Database& database, const Shift& shift, std::int64_t before);

// What a receipt of no order says; nothing: it has an order, or the store is damaged.
// An X report does not tell the cash on its slip while that is still to be counted blind.
void make_blind(std::optional<DayDocument>& document, const ShiftSettings& settings,
                const Receipt& receipt);
std::optional<DayDocument> load_day_document(Database& database, const Receipt& receipt);
// The text that the journal has of it; empty: the same.
std::string day_text(Database& database, const Receipt& receipt);
std::string day_text(const Receipt& receipt, const DayDocument& document);

}  // namespace core
