// What the till can be told about reports.
#pragma once

#include <string>

#include "core/reports/report.h"

namespace core {

// Whoever is signed in looks at the reports, with approval where it needs one; until
// somebody else is.
struct OpenReports {};
// On the receipt printer; no receipt, and not kept.
struct PrintReport {
  ReportAsk what;
};

// Shows what the journal names: an order by its number, a receipt by its code.
struct OpenRecord {
  std::string code;
};

}  // namespace core
