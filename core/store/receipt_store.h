// Receipts, print jobs and the journal. Receipts and the journal are only ever
// added to; triggers refuse everything else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/receipt.h"
#include "core/store/database.h"

namespace core {

// Gives the receipt its row, number and code, and writes it. Inside a transaction.
void insert_receipt(Database& database, Receipt& receipt);
std::optional<Receipt> load_receipt(Database& database, std::int64_t row);
std::optional<Receipt> find_receipt_by_code(Database& database, std::string_view code);
std::vector<std::int64_t> receipts_of_order(Database& database, std::int64_t order_row);
std::vector<TaxLine> receipted_taxes(Database& database, std::int64_t order_row);

struct ReceiptRow {
  std::int64_t row = 0, number = 0;
  std::string code, kind, order_number, cashier;
  Instant finished;
  Money amount;
};
std::vector<ReceiptRow> receipt_rows(Database& database, std::int64_t offset, std::int64_t limit);

enum class PrintState { waiting, printed, refused, unsure, dropped };
std::string_view word(PrintState state);
struct PrintJob {
  std::int64_t row = 0, receipt_row = 0;
  SlipForm form = SlipForm::original;
  PrintState state = PrintState::waiting;
  std::string reason;
  Instant created;
};
std::int64_t insert_print_job(Database& database, const PrintJob& job);
void set_print_state(Database& database, std::int64_t row, PrintState state,
                     std::string_view reason);
std::optional<PrintJob> load_print_job(Database& database, std::int64_t row);
std::vector<PrintJob> open_print_jobs(Database& database);  // waiting, refused, unsure

}  // namespace core
