#include "pos/layout/report_csv.h"

#include <fmt/format.h>

#include <iterator>

#include "core/tax/tax.h"

namespace pos {

namespace {

using core::ReportPart;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string csv_field(std::string_view text) {
  // A spreadsheet would calculate what begins like this.
  const bool is_formula = !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != text.npos;
  std::string field = (is_formula ? "'" : "") + std::string(text);
  if (field.find_first_of(",\"\r\n") == field.npos) return field;
  std::string safe = "\"";
  for (const char c : field) safe += c == '"' ? std::string("\"\"") : std::string(1, c);
  return safe + "\"";
}

void add_row(std::string& text, const core::ReportPage& page, ReportPart part,
             const core::ReportRow& row) {
  const bool is_weighed = row.unit == core::Unit::kilogram;
  const bool has_quantity = part == ReportPart::article;
  const bool has_tax = part == ReportPart::tax;
  fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n",
                 core::to_iso(page.asked.span.first), core::to_iso(page.asked.span.last),
                 core::word(part), csv_field(row_number(part, row)), csv_field(row.name), row.sales,
                 row.refunds, has_quantity ? core::to_plain(row.quantity) : "",
                 !has_quantity ? ""
                 : is_weighed  ? "kg"
                               : "piece",
                 core::to_plain(row.taken), core::to_plain(row.given_back),
                 core::to_plain(row.sum()), has_tax ? core::to_plain(row.net) : "",
                 has_tax ? core::to_plain(row.tax) : "", page.asked.currency.text());
}

}  // namespace

std::string row_number(ReportPart part, const core::ReportRow& row) {
  if (part == ReportPart::tax) {
    std::string percent = core::to_plain(core::taxed_from(row.key).rate);
    percent.erase(percent.find_last_not_of('0') + 1);
    if (percent.ends_with('.')) percent.pop_back();
    return percent;
  }
  if (part != ReportPart::article) return row.key;
  // "12 0 SKU"; what has no number in the catalogue has none here.
  const auto unit = row.key.find(' ');
  if (row.key.empty() || row.key[0] < '0' || row.key[0] > '9' || unit == row.key.npos) return "";
  const auto sku = row.key.find(' ', unit + 1);
  return sku == row.key.npos ? "" : row.key.substr(sku + 1);
}

std::string report_csv(const core::ReportPage& page) {
  std::string text(byte_order_mark);
  text +=
      "from,to,part,key,name,sales,refunds,quantity,unit,taken,given_back,sum,net,tax,"
      "currency\r\n";
  for (std::size_t i = 0; i < core::report_parts; ++i) {
    const auto part = static_cast<ReportPart>(i);
    for (const core::ReportRow& row : page.report[part]) add_row(text, page, part, row);
  }
  return text;
}

std::string report_file_name(const core::Span& span) {
  if (span.first == span.last) return fmt::format("report-{}.csv", core::to_iso(span.first));
  return fmt::format("report-{}-{}.csv", core::to_iso(span.first), core::to_iso(span.last));
}

}  // namespace pos
