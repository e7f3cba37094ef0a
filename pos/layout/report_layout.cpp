#include "pos/layout/report_layout.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/layout/report_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::ReportPart;
using drivers::Align;
using drivers::Cell;
using drivers::Document;

constexpr std::size_t most_articles = 15;
constexpr int amount_columns = 11;  // "-123.456,78", and so much for a tax

void add_heading(Document& slip, std::string_view title) {
  slip.add(drivers::Rule{});
  slip.add(drivers::text_line(std::string(title), drivers::bold));
}

void add_part(Document& slip, const core::Report& report, ReportPart part, std::string_view title,
              const Words& words, std::size_t most = 1000) {
  const auto& rows = report[part];
  if (rows.empty()) return;
  add_heading(slip, title);
  for (std::size_t i = 0; i < std::min(most, rows.size()); ++i) {
    std::string label = row_words(part, rows[i], words);
    if (part == ReportPart::article && rows[i].quantity.thousandths != 0) {
      label.insert(0, sold_words(rows[i], words.language()) + " × ");
    }
    slip.add(drivers::amount_row(label, amount_text(rows[i].sum(), words.language())));
  }
}

void add_figures(Document& slip, const core::Report& report, const Words& words) {
  const Language language = words.language();
  slip.add(drivers::amount_row(std::string(words.with("report", "Turnover")),
                               money_text(report.turnover(), language), drivers::tall));
  slip.add(drivers::amount_row(std::string(words.with("report", "Sales")),
                               number_text(report.sales(), language)));
  if (const auto average = report.average()) {
    slip.add(drivers::amount_row(std::string(words.with("report", "Average")),
                                 amount_text(*average, language)));
  }
}

void add_taxes(Document& slip, const core::Report& report, const Words& words) {
  if (report[ReportPart::tax].empty()) return;
  const Language language = words.language();
  add_heading(slip, words.with("report", "Taxes"));
  const auto row = [&](std::string rate, std::string tax, std::string gross) {
    slip.add(drivers::Row{{{std::move(rate), Cell::the_rest, Align::left},
                           {std::move(tax), amount_columns, Align::right},
                           {std::move(gross), amount_columns, Align::right}},
                          {}});
  };
  row(std::string(words("Tax rate")), std::string(words.with("receipt", "Tax")),
      std::string(words("Gross")));
  for (const core::ReportRow& tax : report[ReportPart::tax]) {
    row(row_words(ReportPart::tax, tax, words), amount_text(tax.tax, language),
        amount_text(tax.sum(), language));
  }
}

void add_reductions(Document& slip, const core::Report& report, const Words& words) {
  const auto reductions = reduction_words(report, words);
  if (reductions.empty()) return;
  slip.add(drivers::Rule{});
  for (const ReductionWords& one : reductions) {
    const std::string times = one.times.empty() ? "" : one.times + " × ";
    slip.add(drivers::amount_row(times + one.label, one.amount));
  }
}

}  // namespace

Document report_slip(const core::PrintReportSlip& said, const Words& words) {
  const core::Report& report = said.page.report;
  const core::LocalTime now = core::local_time(said.at, said.shop.time_zone);
  Document slip;
  slip.add(drivers::centred(said.shop.name, drivers::tall));
  slip.add(drivers::centred(words.fill("Till {}", {said.till})));
  slip.add(drivers::Blank{});
  slip.add(drivers::text_line(std::string(words.with("report", "Report")), drivers::bold));
  slip.add(drivers::text_line(span_words(said.page.asked.span, words)));
  slip.add(drivers::amount_row(date_text(now, words.language()) + " " + time_text(now),
                               said.actor == "till" ? "" : said.actor));
  slip.add(drivers::Rule{drivers::RuleKind::twofold});
  add_figures(slip, report, words);
  add_part(slip, report, ReportPart::tender, words.with("report", "Tenders"), words);
  add_taxes(slip, report, words);
  add_part(slip, report, ReportPart::channel, words.with("report", "Channels"), words);
  add_part(slip, report, ReportPart::cashier, words.with("report", "Cashiers"), words);
  add_part(slip, report, ReportPart::category, words.with("report", "Categories"), words);
  add_part(slip, report, ReportPart::article, words.with("report", "Best sellers"), words,
           most_articles);
  add_reductions(slip, report, words);
  add_part(slip, report, ReportPart::online,
           words.with("report", "Taken by platforms, not in the turnover"), words);
  slip.add(drivers::Blank{});
  slip.add(drivers::centred(std::string(words.with("report", "This is no receipt."))));
  return slip.add(drivers::Cut{});
}

}  // namespace pos
