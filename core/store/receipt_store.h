// Receipts, print jobs and the journal. Receipts and the journal are only ever
// added to; triggers refuse everything else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/orders/receipt.h"
#include "core/printing/print_job.h"
#include "core/store/database.h"

namespace core {

// Gives the receipt its row, number and code, and writes it. Inside a transaction;
// the next entry of the journal must be the receipt's.
void insert_receipt(Database& database, Receipt& receipt);
// What the receipts of an order before row `before` had, tax by tax.
EarlierTaxes earlier_taxes(Database& database, const Order& order, std::int64_t before);
std::optional<Receipt> load_receipt(Database& database, std::int64_t row);
std::optional<Receipt> find_receipt_by_code(Database& database, std::string_view code);
// When the last receipt was finished; none where a person has said since that the
// clock was wrong then.
std::optional<Instant> last_trusted_receipt(Database& database);
std::vector<std::int64_t> receipts_of_order(Database& database, std::int64_t order_row);
// The receipt that an order's goods were sold by last; row 0: none of this till.
struct SoldBy {
  std::int64_t row = 0;
  std::string code = {};
};
SoldBy sold_by(Database& database, std::int64_t order_row);
std::vector<TaxLine> receipted_taxes(Database& database, std::int64_t order_row);

struct ReceiptRow {
  std::int64_t row = 0;                           // its number
  std::string code, kind, order_number, cashier;  // the order's is empty where it has none
  Instant finished;
  Money amount;
};
std::vector<ReceiptRow> receipt_rows(Database& database, std::int64_t offset, std::int64_t limit);

// The rows of the latest receipts of orders, and of those that were given up.
enum class ReceiptsOf { orders, aborted };
std::vector<std::int64_t> receipts_of(Database& database, ReceiptsOf what, std::int64_t limit);

std::int64_t insert_print_job(Database& database, const PrintJob& job);
void set_print_state(Database& database, std::int64_t row, PrintState state,
                     std::string_view reason);
// Gives the slip back to a printer: waiting, without a reason.
void requeue_print(Database& database, const PrintJob& job);
std::optional<PrintJob> load_print_job(Database& database, std::int64_t row);
// Waiting, sending, refused or unsure, the oldest first.
std::vector<PrintJob> open_print_jobs(Database& database, std::int64_t limit = -1);
// Those that the till was sending when it was stopped: one for each printer at most.
std::vector<PrintJob> print_jobs_on_their_way(Database& database);
// Waiting ones with a row behind `after`, oldest first, whose receipts need no signature or
// have it.
std::vector<PrintJob> waiting_print_jobs(Database& database, std::int64_t after,
                                         std::int64_t limit);
// Those of a receipt.
std::vector<PrintJob> waiting_prints_of(Database& database, std::int64_t receipt_row);
// The same as figures, in next to no time however many slips wait; those of the card
// terminal count as well.
OpenPrints count_open_prints(Database& database);
// The latest first, whatever became of them.
std::vector<PrintJob> print_jobs(Database& database, std::int64_t limit);

}  // namespace core
