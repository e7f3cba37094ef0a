// A report as in the target picture: Saturday, the 21st, against the Saturday before.
#pragma once

#include <string>

#include "core/reports/report.h"
#include "tests/support/receipts.h"

namespace tests {

inline core::ReportRow& sample_row(core::ReportSums& sums, core::ReportPart part,
                                   const std::string& key, std::int64_t taken,
                                   std::int64_t given_back = 0, std::int64_t sales = 1) {
  core::ReportRow& row = sums.row(part, key);
  row.taken = {taken, core::eur};
  row.given_back = {given_back, core::eur};
  row.sales = sales;
  row.refunds = given_back != 0 ? 1 : 0;
  return row;
}

inline core::ReportPage report_sample() {
  using core::ReportPart;
  core::ReportSums now(core::eur), before(core::eur);
  sample_row(now, ReportPart::total, "", 186'150, -1'890, 87).refunds = 2;
  sample_row(now, ReportPart::rounding, "", 3);
  const std::int64_t hours[][3] = {{9, 9600, 11000},   {10, 18300, 15000}, {11, 26400, 21000},
                                   {12, 30810, 26000}, {13, 14100, 17000}, {14, 15900, 14000},
                                   {15, 26400, 23000}, {16, 23200, 21700}, {17, 19550, 16000}};
  for (const auto& hour : hours) {
    const std::string key = (hour[0] < 10 ? "0" : "") + std::to_string(hour[0]);
    sample_row(now, ReportPart::hour, key, hour[1]);
    sample_row(before, ReportPart::hour, key, hour[2]);
  }
  sample_row(now, ReportPart::day, "2026-11-21", 186'150, -1'890);
  sample_row(now, ReportPart::tender, "card", 124'005);
  sample_row(now, ReportPart::tender, "cash", 58'148, -1'890);
  sample_row(now, ReportPart::tender, "gift_card", 4'000);
  const auto tax = [&](const char* rate, std::int64_t net, std::int64_t part) {
    core::ReportRow& row = sample_row(now, ReportPart::tax, rate, net + part);
    row.net = {net, core::eur};
    row.tax = {part, core::eur};
  };
  tax("700", 131'056, 9'174);
  tax("1900", 29'437, 5'593);
  tax("0", 9'000, 0);
  sample_row(now, ReportPart::channel, "till", 186'150, -1'890, 87);
  const auto article = [&](const char* key, const char* name, std::int64_t thousandths,
                           std::int64_t taken) {
    core::ReportRow& row = sample_row(now, ReportPart::article, key, taken);
    row.name = name;
    row.quantity = {thousandths};
    if (thousandths % 1000 != 0) row.unit = core::Unit::kilogram;
  };
  article("1 1 KAE", "Bergkäse 12 Monate", 4'120, 10'259);
  article("2 0 KRI", "Krimi: Das stille Tal", 6'000, 8'400);
  article("3 0 OEL", "Olivenöl nativ extra", 6'000, 7'740);
  article("4 0 WEI", "Riesling trocken Mosel", 8'000, 7'120);
  sample_row(now, ReportPart::category, "Käse & Wurst", 80'000, 0, 60);
  sample_row(now, ReportPart::category, "Bücher", 60'000, 0, 30);
  sample_row(now, ReportPart::category, "", 44'260, 0, 20);
  sample_row(now, ReportPart::cashier, "Jana Wolf", 120'000, 0, 50);
  sample_row(now, ReportPart::cashier, "Ben Krüger", 64'260, 0, 37);
  sample_row(now, ReportPart::discount, "Regular customer", 0, -1'200, 4);
  sample_row(now, ReportPart::voided_line, "", 0, -890, 2);
  sample_row(before, ReportPart::total, "", 164'518, 0, 81);
  core::ReportPage page;
  const core::Day day = core::day_from("2026-11-21").value();
  page.asked = core::report_ask(core::span_of(core::SpanKind::day, day), {"Europe/Berlin", 0},
                                core::eur, noon + std::chrono::hours(24));
  page.report = now.report();
  page.before = before.report();
  page.low = {{"Olivenöl nativ extra", core::Unit::piece, core::pieces(2), core::pieces(6)}};
  return page;
}

}  // namespace tests
