#include "pos/layout/report_words.h"

#include "pos/layout/tax_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::ReportPart;

// The calendar's day as the formats take it.
core::LocalTime wall_of(core::Day day) {
  const std::chrono::year_month_day date(day);
  core::LocalTime wall;
  wall.year = static_cast<int>(date.year());
  wall.month = static_cast<int>(static_cast<unsigned>(date.month()));
  wall.day = static_cast<int>(static_cast<unsigned>(date.day()));
  wall.weekday = static_cast<int>(std::chrono::weekday(day).c_encoding());
  return wall;
}

// "Sa, 21.11." without its weekday.
std::string day_and_month(core::Day day, Language language) {
  const std::string text = day_text(wall_of(day), language);
  return text.substr(text.find(", ") + 2);
}

std::string tender_words(const core::ReportRow& row, const Words& words) {
  if (row.key == "cash") return std::string(words("Cash"));
  if (row.key == "card") return std::string(words("Card"));
  if (row.key == "gift_card") return std::string(words("Gift card"));
  return row.name.empty() ? std::string(words("Other")) : row.name;
}

}  // namespace

std::string span_words(const core::Span& span, const Words& words) {
  const Language language = words.language();
  const core::LocalTime last = wall_of(span.last);
  if (span.kind == core::SpanKind::month) return month_text(last, language);
  if (span.first == span.last) return day_date_text(last, language);
  const core::LocalTime first = wall_of(span.first);
  const std::string begin =
      first.year == last.year ? day_and_month(span.first, language) : date_text(first, language);
  return begin + " – " + date_text(last, language);
}

std::string short_span_words(const core::Span& span, const Words& words) {
  const Language language = words.language();
  if (span.kind == core::SpanKind::month) return month_text(wall_of(span.last), language);
  if (span.first == span.last) return day_text(wall_of(span.last), language);
  return day_and_month(span.first, language) + " – " + day_and_month(span.last, language);
}

std::string row_words(ReportPart part, const core::ReportRow& row, const Words& words) {
  switch (part) {
    case ReportPart::tender:
      return tender_words(row, words);
    case ReportPart::tax:
      return tax_words(core::taxed_from(row.key), words);
    case ReportPart::channel:
    case ReportPart::online:
      if (row.key == "till") return std::string(words("Till"));
      return row.key == "online" ? std::string(words("Online shop")) : row.key;
    case ReportPart::category:
      return row.key.empty() ? std::string(words.with("report", "Without category")) : row.key;
    case ReportPart::article:
      if (row.key.empty()) return std::string(words.with("report", "Money for no article"));
      // A charge of ours has a name that is translated; the shop's own has not.
      return row.key.front() == '+' ? std::string(words(row.name)) : row.name;
    case ReportPart::cashier:
      return row.key == "till" ? std::string(words.with("report", "Nobody signed in")) : row.key;
    case ReportPart::discount:
      return row.key.empty() ? std::string(words("Discount")) : std::string(words(row.key));
    default:
      return row.key;
  }
}

std::vector<ReductionWords> reduction_words(const core::Report& report, const Words& words) {
  const Language language = words.language();
  std::vector<ReductionWords> all;
  const auto add = [&](std::string_view label, std::int64_t times, core::Money amount) {
    if (times == 0 && amount.is_zero()) return;
    all.push_back(
        {std::string(label), number_text(times, language), amount_text(amount, language)});
  };
  const core::ReportRow total = report.all(ReportPart::total);
  add(words.with("report", "Refunds"), total.refunds, total.given_back);
  const auto of = [&](ReportPart part) { return report.all(part); };
  add(words.with("report", "Discounts"), of(ReportPart::discount).sales,
      of(ReportPart::discount).sum());
  add(words.with("report", "Changed prices"), of(ReportPart::price_change).sales,
      of(ReportPart::price_change).sum());
  add(words.with("report", "Voided lines"), of(ReportPart::voided_line).sales,
      of(ReportPart::voided_line).sum());
  add(words.with("report", "Voided carts"), of(ReportPart::voided_cart).sales,
      of(ReportPart::voided_cart).sum());
  const auto voucher = [&](std::string_view key, std::string_view label) {
    for (const core::ReportRow& row : report[ReportPart::voucher]) {
      if (row.key == key) add(label, row.sales + row.refunds, row.sum());
    }
  };
  voucher("sold", words.with("report", "Vouchers sold"));
  voucher("prepaid", words.with("report", "Paid by taxed vouchers"));
  if (of(ReportPart::tip).sales > 0) {
    add(words("Tips"), of(ReportPart::tip).sales, of(ReportPart::tip).sum());
  }
  const std::int64_t corrections = of(ReportPart::correction).sales;
  if (corrections > 0) {
    all.push_back({std::string(words.with("report", "Corrected tenders")),
                   number_text(corrections, language), ""});
  }
  const core::ReportRow rounding = of(ReportPart::rounding);
  if (!report[ReportPart::rounding].empty()) {
    all.push_back({std::string(words("Cash rounding")), "", signed_text(rounding.sum(), language)});
  }
  return all;
}

std::string sold_words(const core::ReportRow& row, Language language) {
  return quantity_text(row.quantity, row.unit == core::Unit::kilogram ? "kg" : "", language);
}

}  // namespace pos
