// What a shop took in a span of days, and how it is made up: sums over the receipts of the
// till, and nothing else. They never change, so neither does a report of a past day.
//
// Turnover is what receipts took for goods, tax included, less what they gave back. The
// rounding of cash, vouchers, receivables and tips are lines of their own: turnover +
// rounding + vouchers + receivables + tips = tenders net of change. Hours, days, tax rates,
// channels, categories, articles and cashiers each sum to the turnover. A part payment counts on
// its own day, by the taxes on its receipt; its goods are counted with the first receipt of their
// order.
//
// Pure values; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/money.h"
#include "core/catalogue/catalogue.h"
#include "core/reports/calendar.h"

namespace core {

enum class ReportPart : std::uint8_t {
  total,           // the turnover
  rounding,        // of cash; in no tax
  voucher,         // "sold": not taxed yet, so owed; "prepaid": redeemed, taxed when sold
  hour,            // by the shop's clock: "00" to "23"
  day,             // "2026-11-21"
  tender,          // "cash", "card" ..., of another tender its label
  tax,             // the rate in basis points, and its key: "1900#1"
  channel,         // of the order that was paid here: "till", "online" ...
  category,        // as the line had it when it was sold; empty: none
  article,         // empty: money that belongs to no line
  cashier,         //
  discount,        // by its reason; with what was sold, so less than nothing
  price_change,    // by hand, against the article's own price
  voided_line,     // before the sale, from the journal
  voided_cart,     //
  correction,      // of a tender: how often; what it moved is in the tenders
  other_currency,  // receipts that are not counted: how many
  tip,             // by cashier: in the tenders, and no turnover
  online,          // by channel: what the platform took for its orders, in no sum above
  receivable,      // below 0: owed for goods that went along; above: paid later
};
inline constexpr std::size_t report_parts = 1 + static_cast<std::size_t>(ReportPart::receivable);
std::string_view word(ReportPart part);  // "tender"

struct ReportRow {
  std::string key = {};
  std::string name = {};  // for people, where the key is not: of an article
  Unit unit = Unit::piece;
  // Orders that were sold and receipts that gave back; of an article or a category lines, of
  // tenders payments, of what is no sale how often.
  std::int64_t sales = 0, refunds = 0;
  Quantity quantity{0};  // sold, less what came back
  Money taken = {};
  Money given_back = {};     // not above 0, but for rounding
  Money net = {}, tax = {};  // of a tax rate, refunds taken off
  Money sum() const { return taken + given_back; }
  friend bool operator==(const ReportRow&, const ReportRow&) = default;
};

struct Report {
  Currency currency;
  std::array<std::vector<ReportRow>, report_parts> parts;

  const std::vector<ReportRow>& operator[](ReportPart part) const {
    return parts[static_cast<std::size_t>(part)];
  }
  // All rows of a part in one.
  ReportRow all(ReportPart part) const;
  Money turnover() const { return all(ReportPart::total).sum(); }
  std::int64_t sales() const { return all(ReportPart::total).sales; }
  // What one sale brought, refunds left aside; nothing without a sale.
  std::optional<Money> average() const;
  bool is_empty() const;
  friend bool operator==(const Report&, const Report&) = default;
};

// Adds up rows. The key of one names it within its part; the latest name stays.
class ReportSums {
 public:
  explicit ReportSums(Currency currency) : currency_(currency) {}

  ReportRow& row(ReportPart part, std::string_view key);
  void add(ReportPart part, const ReportRow& row);
  void add(const ReportSums& other);
  // Rows by what they brought, the largest first; hours and days by the clock, taxes by
  // their height.
  Report report() const;
  Currency currency() const { return currency_; }

  // As kept in the store: the articles, which are many, apart from all the rest. False: the
  // text is of another version, and nothing was added.
  std::string text() const;
  std::string text_of_articles() const;
  bool add_text(std::string_view text);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>()(key);
    }
  };
  using Rows = std::unordered_map<std::string, ReportRow, Hash, std::equal_to<>>;

  void write(std::string& text, std::size_t part) const;

  Currency currency_;
  std::array<Rows, report_parts> parts_;
};

// What a report is asked for.
struct ReportAsk {
  Span span;
  DayRule days;
  Currency currency;
  Instant now;  // while the span runs, by the minute; 0: it does not
  friend bool operator==(const ReportAsk&, const ReportAsk&) = default;
};
ReportAsk report_ask(const Span& span, const DayRule& days, Currency currency, Instant now);

// An article of the report that does not last: what is on the shelf now.
struct LowStock {
  std::string name;
  Unit unit = Unit::piece;
  Quantity left{0}, sold{0};
  friend bool operator==(const LowStock&, const LowStock&) = default;
};

struct ReportPage {
  ReportAsk asked;
  Report report;
  Report before;                        // the whole span before; its articles may be missing
  std::optional<Report> before_so_far;  // as far as this one has come, while it runs
  std::vector<LowStock> low;            // the scarcest first
  // What the figures are measured against.
  const Report& compared() const { return before_so_far ? *before_so_far : before; }
};

// The change from `before` in hundredths of a percent; nothing where there was nothing.
std::optional<Rate> change_from(Money before, Money now);

}  // namespace core
