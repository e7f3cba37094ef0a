#include "core/reports/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/tax/tax.h"

namespace core {

namespace {

// Of the text in the store: to be raised when a part comes to be or means something else.
constexpr std::string_view sums_version = "1\n";
constexpr char sums_field_end = '\x1f', sums_row_end = '\n';

// A key or a name holds neither of the two.
std::string without_ends(std::string_view text) {
  std::string safe(text);
  std::replace_if(
      safe.begin(), safe.end(), [](char c) { return c == sums_field_end || c == sums_row_end; },
      ' ');
  return safe;
}

void add_to(ReportRow& sum, const ReportRow& row) {
  sum.sales += row.sales;
  sum.refunds += row.refunds;
  sum.quantity.thousandths += row.quantity.thousandths;
  sum.taken += row.taken;
  sum.given_back += row.given_back;
  sum.net += row.net;
  sum.tax += row.tax;
}

bool goes_before(ReportPart part, const ReportRow& a, const ReportRow& b) {
  switch (part) {
    case ReportPart::hour:
    case ReportPart::day:
      return a.key < b.key;
    case ReportPart::tax:
      return taxed_from(a.key) < taxed_from(b.key);
    case ReportPart::discount:
      if (a.sum() != b.sum()) return a.sum() < b.sum();
      break;
    default:
      if (a.sum() != b.sum()) return a.sum() > b.sum();
      if (a.quantity != b.quantity) return a.quantity > b.quantity;
  }
  return a.key < b.key;
}

// Cuts a field off `text`.
std::string_view next_sums_field(std::string_view& text) {
  const auto end = std::min(text.find(sums_field_end), text.size());
  const std::string_view field = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return field;
}

std::int64_t next_sums_number(std::string_view& text) {
  const std::string_view field = next_sums_field(text);
  std::int64_t number = 0;
  std::from_chars(field.data(), field.data() + field.size(), number);
  return number;
}

}  // namespace

std::string_view word(ReportPart part) {
  static constexpr std::array<std::string_view, report_parts> words{"total",
                                                                    "rounding",
                                                                    "voucher",
                                                                    "hour",
                                                                    "day",
                                                                    "tender",
                                                                    "tax",
                                                                    "channel",
                                                                    "category",
                                                                    "article",
                                                                    "cashier",
                                                                    "discount",
                                                                    "price_change",
                                                                    "voided_line",
                                                                    "voided_cart",
                                                                    "correction",
                                                                    "other_currency",
                                                                    "tip",
                                                                    "online",
                                                                    "receivable"};
  return words[static_cast<std::size_t>(part)];
}

ReportRow Report::all(ReportPart part) const {
  const Money zero{0, currency};
  ReportRow sum{.taken = zero, .given_back = zero, .net = zero, .tax = zero};
  for (const ReportRow& row : (*this)[part]) add_to(sum, row);
  return sum;
}

std::optional<Money> Report::average() const {
  const ReportRow total = all(ReportPart::total);
  if (total.sales == 0) return {};
  return Money{scale_rounded(total.taken.minor, 1, total.sales), currency};
}

bool Report::is_empty() const {
  return std::all_of(parts.begin(), parts.end(), [](const auto& rows) { return rows.empty(); });
}

ReportRow& ReportSums::row(ReportPart part, std::string_view key) {
  Rows& rows = parts_[static_cast<std::size_t>(part)];
  const auto found = rows.find(key);
  if (found != rows.end()) return found->second;
  std::string safe = without_ends(key);
  const Money zero{0, currency_};
  ReportRow fresh{.key = safe, .taken = zero, .given_back = zero, .net = zero, .tax = zero};
  return rows.try_emplace(std::move(safe), std::move(fresh)).first->second;
}

void ReportSums::add(ReportPart part, const ReportRow& one) {
  ReportRow& sum = row(part, one.key);
  add_to(sum, one);
  sum.unit = one.unit;
  if (!one.name.empty()) sum.name = one.name;
}

void ReportSums::add(const ReportSums& other) {
  for (std::size_t part = 0; part < report_parts; ++part) {
    for (const auto& [key, one] : other.parts_[part]) add(static_cast<ReportPart>(part), one);
  }
}

Report ReportSums::report() const {
  Report report{currency_, {}};
  for (std::size_t i = 0; i < report_parts; ++i) {
    const auto part = static_cast<ReportPart>(i);
    std::vector<ReportRow>& rows = report.parts[i];
    rows.reserve(parts_[i].size());
    for (const auto& [key, one] : parts_[i]) rows.push_back(one);
    std::sort(rows.begin(), rows.end(),
              [part](const ReportRow& a, const ReportRow& b) { return goes_before(part, a, b); });
  }
  return report;
}

void ReportSums::write(std::string& text, std::size_t part) const {
  for (const auto& [key, one] : parts_[part]) {
    fmt::format_to(std::back_inserter(text),
                   "{1}{0}{2}{0}{3}{0}{4}{0}{5}{0}{6}{0}{7}{0}{8}{0}{9}{0}{10}{0}{11}\n",
                   sums_field_end, part, one.key, without_ends(one.name),
                   static_cast<int>(one.unit), one.sales, one.refunds, one.quantity.thousandths,
                   one.taken.minor, one.given_back.minor, one.net.minor, one.tax.minor);
  }
}

std::string ReportSums::text() const {
  std::string text(sums_version);
  for (std::size_t part = 0; part < report_parts; ++part) {
    if (part != static_cast<std::size_t>(ReportPart::article)) write(text, part);
  }
  return text;
}

std::string ReportSums::text_of_articles() const {
  std::string text(sums_version);
  write(text, static_cast<std::size_t>(ReportPart::article));
  return text;
}

bool ReportSums::add_text(std::string_view text) {
  if (!text.starts_with(sums_version)) return false;
  text.remove_prefix(sums_version.size());
  while (!text.empty()) {
    const auto end = std::min(text.find(sums_row_end), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto part = static_cast<std::size_t>(next_sums_number(line));
    if (part >= report_parts) continue;
    ReportRow& sum = row(static_cast<ReportPart>(part), next_sums_field(line));
    const std::string_view name = next_sums_field(line);
    if (!name.empty()) sum.name = name;
    sum.unit = next_sums_number(line) == 0 ? Unit::piece : Unit::kilogram;
    sum.sales += next_sums_number(line);
    sum.refunds += next_sums_number(line);
    sum.quantity.thousandths += next_sums_number(line);
    sum.taken.minor += next_sums_number(line);
    sum.given_back.minor += next_sums_number(line);
    sum.net.minor += next_sums_number(line);
    sum.tax.minor += next_sums_number(line);
  }
  return true;
}

ReportAsk report_ask(const Span& span, const DayRule& days, Currency currency, Instant now) {
  const bool runs =
      begin_of(span.first, days) <= now && now < begin_of(span.last + std::chrono::days(1), days);
  return {span, days, currency,
          runs ? Instant(std::chrono::floor<std::chrono::minutes>(now)) : Instant{}};
}

std::optional<Rate> change_from(Money before, Money now) {
  if (before.minor <= 0) return {};
  return Rate{scale_rounded(now.minor - before.minor, 10'000, before.minor)};
}

}  // namespace core
