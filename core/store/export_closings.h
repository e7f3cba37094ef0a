// The closings of a till, with their receipts and master data as they stood, for the tax
// office's export (DSFinV-K 2.4). Reads the store; one receipt is in memory at a time.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/fiscal/dsfinvk/writer.h"
#include "core/orders/receipt.h"
#include "core/reports/calendar.h"
#include "core/shift/shift.h"
#include "core/store/database.h"

namespace core {

// Closed shifts by their numbers, or by the shop's days on which they were closed; the first
// number first. Both ends belong to it.
std::vector<Shift> closings_by_number(Database& database, std::int64_t from, std::int64_t to);
std::vector<Shift> closings_by_day(Database& database, Day from, Day to, const DayRule& rule);
// Receipts that no closing has yet.
std::int64_t receipts_not_closed(Database& database);

struct ExportedClosing {
  dsfinvk::ClosingSums sums;
  std::int64_t receipts = 0;  // of every kind
  bool is_test = false;       // a device signed that only tries out
};

class ClosingsExport {
 public:
  // Says an English key of an outage's reason in German. Database and writer must outlive it.
  using German = std::function<std::string(std::string_view)>;
  ClosingsExport(Database& database, dsfinvk::Writer& writer, DayRule rule, German german);

  // All receipts behind the closing before this one, up to its Z report. Fails with a sentence
  // that names the receipt that cannot be read.
  Result<ExportedClosing, std::string> write(const Shift& closing);

 private:
  std::int64_t begin_of(const Shift& closing);
  std::string fault_of(const Receipt& receipt);
  std::vector<dsfinvk::Reference> references_of(const Receipt& receipt);

  Database& database_;
  dsfinvk::Writer& writer_;
  DayRule rule_;
  German german_;
};

}  // namespace core
