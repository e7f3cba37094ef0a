// tresen report: what was taken in a day, a week, a month or any span, against the one before.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/store/report_store.h"
#include "pos/cli/print_now.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/config/whole_file.h"
#include "pos/layout/report_csv.h"
#include "pos/layout/report_layout.h"
#include "pos/layout/report_words.h"

namespace pos::cli {

namespace {

using core::ReportPart;

constexpr int longest_span_days = 3660;

struct PartHeads {
  ReportPart part;
  const char* title;
  const char* key;  // of the JSON
};
constexpr std::array listed{
    PartHeads{ReportPart::hour, "Hour", "hours"},
    PartHeads{ReportPart::day, "Day", "days"},
    PartHeads{ReportPart::tender, "Tender", "tenders"},
    PartHeads{ReportPart::tax, "Tax rate", "taxes"},
    PartHeads{ReportPart::channel, "Channel", "channels"},
    PartHeads{ReportPart::category, "Category", "categories"},
    PartHeads{ReportPart::article, "Article", "articles"},
    PartHeads{ReportPart::cashier, "Cashier", "cashiers"},
    PartHeads{ReportPart::tip, "Tips of", "tips"},
    PartHeads{ReportPart::discount, "Discount", "discounts"},
    PartHeads{ReportPart::online, "Taken by platforms, not in the turnover", "online"},
};

Json json_of(ReportPart part, const core::ReportRow& row) {
  Json json{{"key", row_number(part, row)}};
  if (!row.name.empty()) json["name"] = row.name;
  json["sales"] = row.sales;
  json["refunds"] = row.refunds;
  if (part == ReportPart::article) {
    json["quantity"] = core::to_plain(row.quantity);
    json["unit"] = row.unit == core::Unit::kilogram ? "kg" : "piece";
  }
  json["taken"] = core::to_plain(row.taken);
  json["given_back"] = core::to_plain(row.given_back);
  json["sum"] = core::to_plain(row.sum());
  if (part == ReportPart::tax) {
    json["tax_key"] = core::taxed_from(row.key).key.number;
    json["net"] = core::to_plain(row.net);
    json["tax"] = core::to_plain(row.tax);
  }
  return json;
}

Json figures_of(const core::Report& report) {
  const core::ReportRow total = report.all(ReportPart::total);
  const auto once = [&](ReportPart part) {
    const core::ReportRow row = report.all(part);
    return Json{{"number", row.sales}, {"amount", core::to_plain(row.sum())}};
  };
  Json json;
  json["turnover"] = core::to_plain(total.sum());
  json["taken"] = core::to_plain(total.taken);
  json["sales"] = total.sales;
  const auto average = report.average();
  json["average"] = average ? Json(core::to_plain(*average)) : Json(nullptr);
  json["refunds"] = Json{{"number", total.refunds}, {"amount", core::to_plain(total.given_back)}};
  json["rounding"] = core::to_plain(report.all(ReportPart::rounding).sum());
  json["vouchers"] = core::to_plain(report.all(ReportPart::voucher).sum());
  json["tips"] = core::to_plain(report.all(ReportPart::tip).sum());
  json["tenders"] = core::to_plain(report.all(ReportPart::tender).sum());
  json["discounts"] = once(ReportPart::discount);
  json["price_changes"] = once(ReportPart::price_change);
  json["voided_lines"] = once(ReportPart::voided_line);
  json["voided_carts"] = once(ReportPart::voided_cart);
  json["corrected_tenders"] = report.all(ReportPart::correction).sales;
  json["receipts_in_other_currencies"] = report.all(ReportPart::other_currency).sales;
  return json;
}

Json span_of(const core::Span& span, const core::DayRule& days) {
  return {{"first_day", core::to_iso(span.first)},
          {"last_day", core::to_iso(span.last)},
          {"begins", core::to_iso(core::begin_of(span.first, days))},
          {"ends", core::to_iso(core::begin_of(span.last + std::chrono::days(1), days))}};
}

Json json_of(const core::ReportPage& page) {
  Json json = span_of(page.asked.span, page.asked.days);
  json["currency"] = page.asked.currency.text();
  json["time_zone"] = page.asked.days.zone;
  json["day_start"] = page.asked.days.start_hour;
  json["is_over"] = page.asked.now == core::Instant{};
  json.update(figures_of(page.report));
  Json& parts = json["by"] = Json::object();
  for (const PartHeads& heads : listed) {
    Json& rows = parts[heads.key] = Json::array();
    for (const auto& row : page.report[heads.part]) rows.push_back(json_of(heads.part, row));
  }
  Json& before = json["before"] = span_of(core::span_before(page.asked.span), page.asked.days);
  before.update(figures_of(page.before));
  if (page.before_so_far) {
    Json& so_far = json["before_so_far"] = Json::object();
    so_far.update(figures_of(*page.before_so_far));
  }
  Json& low = json["running_out"] = Json::array();
  for (const core::LowStock& one : page.low) {
    low.push_back({{"name", one.name},
                   {"left", core::to_plain(one.left)},
                   {"sold", core::to_plain(one.sold)}});
  }
  return json;
}

// The figures, one on a line, beside those of the span before.
Table figures_table(const core::ReportPage& page) {
  const core::Report& report = page.report;
  const core::Report& before = page.compared();
  Table table(
      {{core::to_iso(page.asked.span.first) + (page.asked.span.first == page.asked.span.last
                                                   ? ""
                                                   : " to " + core::to_iso(page.asked.span.last)),
        "figure"},
       {std::string(page.asked.currency.text()), "value", Align::right},
       {page.before_so_far ? "before, so far" : "before", "before", Align::right}});
  const auto money = [&](const char* label, core::Money now, core::Money then) {
    table.add({label, now, then});
  };
  const auto number = [&](const char* label, std::int64_t now, std::int64_t then) {
    table.add({label, now, then});
  };
  const auto average = [](const core::Report& one) {
    const auto money = one.average();
    return money ? Cell(*money) : Cell("", nullptr);
  };
  const core::ReportRow now = report.all(ReportPart::total), then = before.all(ReportPart::total);
  money("Turnover", now.sum(), then.sum());
  number("Sales", now.sales, then.sales);
  table.add({"Average", average(report), average(before)});
  money("Refunds", now.given_back, then.given_back);
  const auto add = [&](const char* label, ReportPart part) {
    const core::ReportRow row = report.all(part), old = before.all(part);
    if (!report[part].empty() || !before[part].empty()) money(label, row.sum(), old.sum());
  };
  add("Cash rounding", ReportPart::rounding);
  add("Discounts", ReportPart::discount);
  add("Changed prices", ReportPart::price_change);
  add("Voided lines", ReportPart::voided_line);
  add("Voided carts", ReportPart::voided_cart);
  return table;
}

Table table_of(const PartHeads& heads, const std::vector<core::ReportRow>& rows) {
  static const Words words(Language::english);
  const bool is_article = heads.part == ReportPart::article;
  const bool is_tax = heads.part == ReportPart::tax;
  std::vector<Column> columns{{heads.title, "key"}};
  if (is_article) columns.push_back({"Quantity", "quantity", Align::right});
  if (is_tax) {
    columns.push_back({"Net", "net", Align::right});
    columns.push_back({"Tax", "tax", Align::right});
  }
  columns.push_back({"Taken", "taken", Align::right});
  columns.push_back({"Given back", "given_back", Align::right});
  columns.push_back({"Sum", "sum", Align::right});
  Table table(std::move(columns));
  for (const core::ReportRow& row : rows) {
    std::vector<Cell> cells{row_words(heads.part, row, words)};
    if (is_article) cells.emplace_back(sold_words(row, Language::english));
    if (is_tax) cells.insert(cells.end(), {row.net, row.tax});
    cells.insert(cells.end(), {row.taken, row.given_back, row.sum()});
    table.add(std::move(cells));
  }
  return table;
}

void print_text(const core::ReportPage& page) {
  print_table(figures_table(page), Form::text, "");
  for (const PartHeads& heads : listed) {
    const auto& rows = page.report[heads.part];
    const bool says_nothing = heads.part == ReportPart::day && rows.size() < 2;
    if (rows.empty() || says_nothing) continue;
    print("");
    print_table(table_of(heads, rows), Form::text, "");
  }
  if (!page.low.empty()) {
    print("");
    Table table(
        {{"Running out", "name"}, {"Left", "left", Align::right}, {"Sold", "sold", Align::right}});
    for (const core::LowStock& one : page.low) table.add({one.name, one.left, one.sold});
    print_table(table, Form::text, "");
  }
  const std::int64_t foreign = page.report.all(ReportPart::other_currency).sales;
  if (foreign > 0) note(fmt::format("{} receipts in another currency are not counted", foreign));
}

class Report final : public Command {
 public:
  explicit Report(CLI::App& app) {
    auto* day =
        app.add_option("--day", day_, "A day: 2026-11-21, today or yesterday")->type_name("DAY");
    auto* from = app.add_option("--from", from_, "The first day of a span")->type_name("DAY");
    auto* to = app.add_option("--to", to_, "Its last day [default: today]")->type_name("DAY");
    auto* week = app.add_flag("--week", is_week_, "This week, from Monday on");
    auto* month = app.add_flag("--month", is_month_, "This month");
    to->needs(from);
    for (auto* other : {from, week, month}) day->excludes(other);
    for (auto* other : {week, month}) from->excludes(other);
    week->excludes(month);
    app.add_option("--csv", csv_, "Write it to a file, comma-separated (RFC 4180)")
        ->type_name("FILE");
    app.add_flag("--print", prints_, "Print it on the receipt printer");
    app.footer(
        "Turnover is what receipts of this till took for goods less what they gave back; what\n"
        "platforms took for online orders stands apart. A day begins at the hour of the setting\n"
        "reports.day_start.");
  }

  Status run(const Common& common) override {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const core::Instant now = core::SystemClock().now();
    const core::DayRule days = core::day_rule(store->settings);
    const auto span = wanted(core::day_of(now, days));
    if (!span) return fail(span.error(), wrong_usage);
    const core::ReportPage page = core::report_page(
        store->database, core::report_ask(*span, days, store->settings.shop.currency, now));
    if (const Status read = after_reading(store->database); read != well) return read;
    if (!csv_.empty()) {
      if (const Status written = write_csv(page); written != well) return written;
    }
    if (prints_) {
      if (const Status printed = print_slip(store->settings, now, page); printed != well) {
        return printed;
      }
    }
    if (common.json) {
      print_json(json_of(page));
    } else if (csv_.empty() && !prints_) {
      print_text(page);
    }
    return well;
  }

 private:
  using Wanted = core::Result<core::Span, std::string>;

  static core::Result<core::Day, std::string> day_of(const std::string& text, core::Day today) {
    if (text == "today") return today;
    if (text == "yesterday") return today - std::chrono::days(1);
    if (const auto day = core::day_from(text)) return *day;
    return tl::unexpected(
        fmt::format("\"{}\" is no day such as 2026-11-21, today or yesterday", printable(text)));
  }

  Wanted wanted(core::Day today) const {
    if (is_week_) return core::span_of(core::SpanKind::week, today);
    if (is_month_) return core::span_of(core::SpanKind::month, today);
    const std::string& begin = from_.empty() ? day_ : from_;
    const auto first = day_of(begin.empty() ? "today" : begin, today);
    if (!first) return tl::unexpected(first.error());
    if (from_.empty()) return core::days_of(*first, *first);
    const auto last = day_of(to_.empty() ? "today" : to_, today);
    if (!last) return tl::unexpected(last.error());
    if (*last < *first) {
      return tl::unexpected(
          fmt::format("--from {} is after --to {}", core::to_iso(*first), core::to_iso(*last)));
    }
    if (*last - *first > std::chrono::days(longest_span_days)) {
      return tl::unexpected(std::string("a report is of ten years at most"));
    }
    return core::days_of(*first, *last);
  }

  Status write_csv(const core::ReportPage& page) const {
    const auto why = write_whole(csv_, report_csv(page));
    return why ? fail("cannot write " + *why) : well;
  }

  static Status print_slip(const core::Settings& settings, core::Instant now,
                           const core::ReportPage& page) {
    const Translations translations = Translations::load();
    const core::PrintReportSlip slip{settings.shop, settings.till.id, "till", now, page};
    const Words& words = translations(language_from(settings.shop.language));
    return print_now(settings.printer, report_slip(slip, words));
  }

  std::string day_, from_, to_, csv_;
  bool is_week_ = false, is_month_ = false, prints_ = false;
};

}  // namespace

std::unique_ptr<Command> report_command(CLI::App& app) {
  return std::make_unique<Report>(app);
}

}  // namespace pos::cli
