// Reports read from the receipts. A span is a range of their rows, found by bisection in
// each run of them whose times grow; the sums of days that are over are kept, and believed
// only where the receipts of the day are the same as when they were made.
#pragma once

#include <optional>

#include "core/reports/report.h"
#include "core/store/database.h"

namespace core {

// Of one state of the store, on any connection.
ReportPage report_page(Database& database, const ReportAsk& ask);

// Makes the sums of days that are over and have none, from yesterday back to the first
// receipt. Lives on the register thread.
class DaySums {
 public:
  // One day at most, in a transaction of its own. False: there is none left to make.
  bool make_one(Database& database, const DayRule& rule, Currency currency, Instant now);

 private:
  DayRule rule_;
  Currency currency_;
  Day newest_;               // yesterday, when it was last looked
  std::optional<Day> next_;  // nothing: all are made
};

}  // namespace core
