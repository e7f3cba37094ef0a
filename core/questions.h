// What the screens ask of the store beyond the snapshot, answered on a
// read-only connection away from the UI thread; of each kind the latest wins.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/catalogue/tiles.h"
#include "core/customers/customer.h"
#include "core/orders/automation.h"
#include "core/orders/order.h"
#include "core/orders/order_list.h"
#include "core/orders/pricing.h"
#include "core/orders/receipt.h"
#include "core/outbox/outbox.h"
#include "core/outbox/put_aside.h"
#include "core/printing/print_job.h"
#include "core/reports/journal_search.h"
#include "core/reports/report.h"
#include "core/shift/shift_report.h"
#include "core/vouchers/voucher.h"

namespace core {

struct AskCategories {
  friend bool operator==(const AskCategories&, const AskCategories&) = default;
};
struct AskTiles {
  TileQuery query;
  friend bool operator==(const AskTiles&, const AskTiles&) = default;
};
struct AskProducts {
  std::string text;
  friend bool operator==(const AskProducts&, const AskProducts&) = default;
};  // search
struct AskOrders {
  OrderFilter filter;
  friend bool operator==(const AskOrders&, const AskOrders&) = default;
};
struct AskOrder {
  OrderId order;
  friend bool operator==(const AskOrder&, const AskOrder&) = default;
};
struct AskOutbox {
  std::int64_t offset = 0, limit = 100;
  friend bool operator==(const AskOutbox&, const AskOutbox&) = default;
};
struct AskPrints {
  friend bool operator==(const AskPrints&, const AskPrints&) = default;
};  // slips that are not on paper

struct AskCustomers {
  std::string text;  // the beginning of a name or an address
  friend bool operator==(const AskCustomers&, const AskCustomers&) = default;
};

struct AskRules {
  RuleSettings rules;
  Instant now;
  friend bool operator==(const AskRules&, const AskRules&) = default;
};  // a dry run

// The shift that is open with its sums so far.
struct AskShift {
  friend bool operator==(const AskShift&, const AskShift&) = default;
};
// The closed ones, and one of them in full.
struct AskClosings {
  std::int64_t limit = 30;
  std::int64_t z_number = 0;  // 0: the latest
  friend bool operator==(const AskClosings&, const AskClosings&) = default;
};

struct AskVoucher {
  std::string number;  // as it was written down
  friend bool operator==(const AskVoucher&, const AskVoucher&) = default;
};

struct AskReport {
  ReportAsk what;
  friend bool operator==(const AskReport&, const AskReport&) = default;
};

// The Customers page: those who are called like this, or all.
struct AskRecords {
  std::string text;
  friend bool operator==(const AskRecords&, const AskRecords&) = default;
};
struct AskRecord {
  std::int64_t id = 0;
  friend bool operator==(const AskRecord&, const AskRecord&) = default;
};

// The journal: what is looked for, and how often each kind stands in the same time.
struct AskJournal {
  JournalSearch search;
  friend bool operator==(const AskJournal&, const AskJournal&) = default;
};

using Question = std::variant<AskCategories, AskTiles, AskProducts, AskOrders, AskOrder, AskOutbox,
                              AskPrints, AskRules, AskCustomers, AskShift, AskVoucher, AskReport,
                              AskClosings, AskRecords, AskRecord, AskJournal>;

// How the catalogue shows what a line sold, if it still has it.
struct LineLook {
  std::string picture;        // may be empty
  int colour = 0;             // of its category; 0: not known
  std::string download = {};  // what is sent of a digital product or gift card; may be empty
};

struct OrderDetail {
  Order order;
  Totals totals;
  std::string payment, fulfilment;  // the words
  std::string sync, reason;         // as OrderRow
  std::vector<Receipt> receipts;    // oldest first
  std::vector<LineLook> looks;      // one for each line
  std::vector<OutboxRow> intents;   // what the upstream has not confirmed yet
  Order foreseen;                   // the order as it will be when it has
};

struct FoundCategories {
  std::vector<Category> categories;
  bool has_deposits = false;  // some are charged, so empties may come back
};
struct FoundTiles {
  TileQuery query;
  TilePage page;
};
struct FoundProducts {
  std::string text;
  std::vector<Variant> hits;
};
struct FoundOrders {
  OrderPage page;
  TabCounts counts;
};
struct FoundOrder {
  OrderId asked;
  std::optional<OrderDetail> detail;
};
struct FoundOutbox {
  std::vector<OutboxRow> rows;
  OutboxCounts counts;
  std::vector<AsideRow> aside = {};  // what came from outside and could not be taken
};
struct PrintRow {
  PrintJob job;
  Receipt receipt;
};
struct FoundPrints {
  std::vector<PrintRow> rows;  // oldest first
  std::vector<TerminalSlipRow> card_slips = {};
};

struct FoundRules {
  std::vector<WouldDo> steps;
};
struct FoundCustomers {
  std::string text;
  std::vector<Customer> hits;
};

struct FoundShift {
  std::optional<Shift> shift;      // nothing: none is open
  ShiftReport report;              // of it, so far
  Money kept;                      // what the last closing left, for the next float
  std::int64_t next_z_number = 1;  // that its closing will have
};
struct FoundClosings {
  struct Closing {
    Shift shift;
    ShiftReport report;
    Receipt receipt;  // the Z report
    std::optional<TerminalComparison> terminal = {};
  };
  std::vector<ClosedShift> rows;  // the latest first
  std::optional<Closing> chosen;  // nothing: there is none
};

struct FoundVoucher {
  std::string asked;
  std::optional<Voucher> voucher;  // with its history
};
struct FoundReport {
  ReportPage page;
};

struct FoundRecords {
  std::string text;
  std::vector<CustomerRecord> rows;  // as many as anybody scrolls through
};
struct RecordDetail {
  CustomerRecord record;
  CustomerSums sums;
  OrderPage orders;  // the latest of them
};
struct FoundRecord {
  std::int64_t asked = 0;
  std::optional<RecordDetail> detail;
};

struct FoundJournal {
  JournalSearch asked;
  std::vector<JournalRow> rows;      // the latest first
  std::vector<JournalCount> counts;  // of its time, whatever else is looked for
  std::int64_t approved = 0;         // the same
};

using Answer =
    std::variant<FoundCategories, FoundTiles, FoundProducts, FoundOrders, FoundOrder, FoundOutbox,
                 FoundPrints, FoundRules, FoundCustomers, FoundShift, FoundVoucher, FoundReport,
                 FoundClosings, FoundRecords, FoundRecord, FoundJournal>;

}  // namespace core
