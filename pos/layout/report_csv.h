// A report as comma-separated values, for tables and programs (RFC 4180): UTF-8 with a byte
// order mark, commas, CRLF, a head line, quotes where they are needed. One row for each row
// of each part, in the report's order:
//
//   from,to,part,key,name,sales,refunds,quantity,unit,taken,given_back,sum,net,tax,currency
//
// Days are ISO dates, amounts and quantities decimals with a point. `key` names the row
// within its part: the hour, the rate in percent, the SKU ... What was typed by a person and
// begins like a formula has an apostrophe before it. Pure.
#pragma once

#include <string>

#include "core/reports/report.h"

namespace pos {

std::string report_csv(const core::ReportPage& page);

// What a file or a program calls the row: of an article its SKU, else its key.
std::string row_number(core::ReportPart part, const core::ReportRow& row);

// "report-2026-11-21.csv", "report-2026-11-01-2026-11-30.csv".
std::string report_file_name(const core::Span& span);

}  // namespace pos
