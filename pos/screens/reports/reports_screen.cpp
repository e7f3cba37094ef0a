#include "pos/screens/reports/reports_screen.h"

#include <algorithm>
#include <array>

#include "pos/layout/report_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

namespace icons = ui::icons;
using core::ReportPart;
using core::SpanKind;
using std::chrono::days;

constexpr std::array span_kinds{SpanKind::day, SpanKind::week, SpanKind::month};
constexpr std::size_t most_sellers = 10, most_rows = 12, most_low = 8;
constexpr std::size_t least_hours = 9;
constexpr int most_days_of_chart = 62;  // above, it shows months

core::DayRule rule_of(const Scene& scene) {
  return core::day_rule(scene.till.settings);
}
core::Day today_of(const Scene& scene) {
  return core::day_of(scene.instant, rule_of(scene));
}
core::Span span_of(const Scene& scene, const ReportsInput& input) {
  return input.span ? *input.span : core::span_of(SpanKind::day, today_of(scene));
}
core::ReportAsk ask_of(const Scene& scene, const ReportsInput& input) {
  return core::report_ask(span_of(scene, input), rule_of(scene), scene.till.settings.shop.currency,
                          scene.instant);
}

// "+12,0 %", "−3,4 %".
std::string change_text(core::Rate change, Language language) {
  const std::int64_t tenths = core::scale_rounded(std::abs(change.basis_points), 1, 10);
  const std::string sign = change.basis_points < 0 ? "−" : "+";
  return sign + number_text(tenths / 10, language) + decimal_sign(language) +
         std::to_string(tenths % 10) + (language == Language::german ? "\u00A0%" : "%");
}

std::string against(SpanKind kind, const std::string& change, const Words& words) {
  switch (kind) {
    case SpanKind::day:
    case SpanKind::week:
      return words.fill("{} on the week before", {change});
    case SpanKind::month:
      return words.fill("{} on the month before", {change});
    case SpanKind::days:
      break;
  }
  return words.fill("{} on the days before", {change});
}

void add_change(FigureView& figure, std::int64_t difference, const std::string& change,
                SpanKind kind, const Words& words) {
  figure.note = against(kind, change, words);
  figure.icon = difference > 0   ? icons::trending_up
                : difference < 0 ? icons::trending_down
                                 : icons::trending_flat;
  figure.state = difference > 0 ? ui::State::ok : ui::State::neutral;
}

FigureView money_figure(std::string_view label, std::optional<core::Money> now,
                        std::optional<core::Money> before, SpanKind kind, const Words& words) {
  const Language language = words.language();
  FigureView figure{std::string(label), now ? money_text(*now, language) : "–", ""};
  if (!now || !before) return figure;
  const auto change = core::change_from(*before, *now);
  if (!change) return figure;
  add_change(figure, change->basis_points, change_text(*change, language), kind, words);
  return figure;
}

std::vector<FigureView> figures_of(const core::ReportPage& page, const Words& words) {
  const Language language = words.language();
  const core::Report& report = page.report;
  const core::Report& before = page.compared();
  const SpanKind kind = page.asked.span.kind;
  std::vector<FigureView> figures;
  figures.push_back(money_figure(words.with("report", "Turnover"), report.turnover(),
                                 before.turnover(), kind, words));
  FigureView sales{std::string(words.with("report", "Sales")),
                   number_text(report.sales(), language), ""};
  if (before.sales() > 0) {
    const std::int64_t more = report.sales() - before.sales();
    add_change(sales, more, (more > 0 ? "+" : "") + number_text(more, language), kind, words);
  }
  figures.push_back(std::move(sales));
  figures.push_back(money_figure(words.with("report", "Average"), report.average(),
                                 before.average(), kind, words));
  const core::ReportRow total = report.all(ReportPart::total);
  figures.push_back({std::string(words.with("report", "Refunds")),
                     number_text(total.refunds, language),
                     total.refunds > 0 ? money_text(total.given_back, language) : "",
                     total.refunds > 0 ? icons::undo : icons::none});
  return figures;
}

std::int64_t upward(const core::ReportRow* row) {
  return row ? std::max<std::int64_t>(0, row->sum().minor) : 0;
}

const core::ReportRow* row_of(const core::Report& report, ReportPart part, std::string_view key) {
  const auto& rows = report[part];
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const core::ReportRow& row) { return row.key == key; });
  return found == rows.end() ? nullptr : &*found;
}

// From the first hour in which anything was taken to the last, of both days.
std::vector<BarView> hour_bars(const core::ReportPage& page) {
  std::vector<BarView> all;
  for (int i = 0; i < 24; ++i) {
    const int hour = (page.asked.days.start_hour + i) % 24;
    const std::string key = (hour < 10 ? "0" : "") + std::to_string(hour);
    all.push_back({std::to_string(hour), upward(row_of(page.report, ReportPart::hour, key)),
                   upward(row_of(page.before, ReportPart::hour, key))});
  }
  const auto is_busy = [](const BarView& bar) { return bar.now > 0 || bar.before > 0; };
  const auto first = std::find_if(all.begin(), all.end(), is_busy);
  if (first == all.end()) return {};
  const auto last = std::find_if(all.rbegin(), all.rend(), is_busy).base();
  auto begin = first - all.begin(), end = last - all.begin();
  // A single busy hour is no chart: those around it are shown, too.
  while (end - begin < static_cast<std::ptrdiff_t>(least_hours)) {
    if (end < std::ssize(all)) ++end;
    if (begin > 0 && end - begin < static_cast<std::ptrdiff_t>(least_hours)) --begin;
  }
  return {all.begin() + begin, all.begin() + end};
}

// The n-th day against the n-th of the span before.
std::vector<BarView> day_bars(const core::ReportPage& page, const Words& words) {
  const core::Span& span = page.asked.span;
  const core::Span before = core::span_before(span);
  std::vector<BarView> bars;
  for (core::Day day = span.first; day <= span.last; day += days(1)) {
    const std::chrono::year_month_day date(day);
    const auto weekday = std::chrono::weekday(day).c_encoding();
    const auto name = weekday_name(static_cast<int>(weekday), words.language());
    const std::string number = std::to_string(static_cast<unsigned>(date.day()));
    const core::Day then = before.first + (day - span.first);
    bars.push_back({span.kind == SpanKind::week
                        ? std::string(name.substr(0, words.language() == Language::german ? 2 : 3))
                        : number,
                    upward(row_of(page.report, ReportPart::day, core::to_iso(day))),
                    upward(row_of(page.before, ReportPart::day, core::to_iso(then)))});
  }
  return bars;
}

// Of what is too long for a bar each day.
std::vector<BarView> month_bars(const core::ReportPage& page) {
  std::vector<BarView> bars;
  for (const core::ReportRow& row : page.report[ReportPart::day]) {
    const std::string month = row.key.substr(0, 7);
    if (bars.empty() || bars.back().label != month) bars.push_back({month, 0, 0});
    bars.back().now += upward(&row);
  }
  return bars;
}

ChartView chart_of(const core::ReportPage& page, const Words& words) {
  const Language language = words.language();
  const core::Span& span = page.asked.span;
  const auto length = (span.last - span.first).count() + 1;
  ChartView chart;
  if (length == 1) {
    chart.title = words.with("report", "Takings by hour");
    chart.bars = hour_bars(page);
    chart.unit = words.with("report", "h");
  } else if (length <= most_days_of_chart) {
    chart.title = words.with("report", "Takings by day");
    chart.bars = day_bars(page, words);
  } else {
    chart.title = words.with("report", "Takings by month");
    chart.bars = month_bars(page);
  }
  chart.now_word = short_span_words(span, words);
  if (length <= most_days_of_chart) {
    chart.before_word = short_span_words(core::span_before(span), words);
  }
  const BarView* top = nullptr;
  std::int64_t most = 0;
  for (const BarView& bar : chart.bars) {
    most = std::max({most, bar.now, bar.before});
    if (bar.now > (top ? top->now : 0)) top = &bar;
  }
  if (top) chart.highest = amount_text({top->now, page.report.currency}, language);
  const std::int64_t unit = core::power_of_ten(page.report.currency.digits());
  chart.step = chart_step(most, unit);
  for (int i = 0; i <= 3; ++i)
    chart.heights.push_back(number_text(chart.step / unit * i, language));
  return chart;
}

int share_of(std::int64_t part, std::int64_t whole) {
  if (whole <= 0 || part <= 0) return 0;
  return static_cast<int>(std::min<std::int64_t>(1000, core::scale_rounded(part, 1000, whole)));
}

std::string permille_text(int permille, Language language) {
  return number_text(permille / 10, language) + decimal_sign(language) +
         std::to_string(permille % 10) + (language == Language::german ? "\u00A0%" : "%");
}

ReportCardView tenders_of(const core::Report& report, const Words& words) {
  const Language language = words.language();
  const auto& rows = report[ReportPart::tender];
  std::int64_t whole = 0;
  for (const core::ReportRow& row : rows) whole += upward(&row);
  ReportCardView card{ReportCardKind::shares, std::string(words.with("report", "Tenders")),
                      amount_text(report.all(ReportPart::tender).sum(), language)};
  for (const core::ReportRow& row : rows) {
    const int share = share_of(upward(&row), whole);
    card.rows.push_back({{row_words(ReportPart::tender, row, words),
                          row.sum().minor > 0 ? permille_text(share, language) : "",
                          amount_text(row.sum(), language)},
                         share});
  }
  return card;
}

ReportCardView taxes_of(const core::Report& report, const Words& words) {
  const Language language = words.language();
  const auto row = [&](std::string label, const core::ReportRow& sums) {
    return ReportRowView{{std::move(label), amount_text(sums.net, language),
                          amount_text(sums.tax, language), amount_text(sums.sum(), language)}};
  };
  ReportCardView card{ReportCardKind::table, std::string(words.with("report", "Taxes")), ""};
  card.heads = {std::string(words.with("report", "Rate")), std::string(words("Net")),
                std::string(words.with("receipt", "Tax")), std::string(words("Gross"))};
  for (const core::ReportRow& tax : report[ReportPart::tax]) {
    card.rows.push_back(row(row_words(ReportPart::tax, tax, words), tax));
  }
  card.rows.push_back(row(std::string(words("Total")), report.all(ReportPart::tax)));
  card.rows.back().is_sum = true;
  return card;
}

// Rows of one part with a bar each, as long as they are of the first.
ReportCardView bars_of(const core::Report& report, ReportPart part, std::string_view title,
                       std::size_t most, const Words& words) {
  const Language language = words.language();
  const auto& rows = report[part];
  ReportCardView card{ReportCardKind::bars, std::string(title), ""};
  const std::int64_t longest = rows.empty() ? 0 : upward(&rows.front());
  for (const core::ReportRow& row : rows) {
    if (card.rows.size() == most) break;
    const std::string how_often =
        part == ReportPart::article ? sold_words(row, language) : number_text(row.sales, language);
    card.rows.push_back({{row_words(part, row, words), how_often, amount_text(row.sum(), language)},
                         share_of(upward(&row), longest)});
  }
  if (rows.size() > most) {
    card.note = words.fill(
        "and {} more", {number_text(std::ssize(rows) - static_cast<std::int64_t>(most), language)});
  }
  return card;
}

ReportCardView reductions_of(const core::Report& report, const Words& words) {
  ReportCardView card{ReportCardKind::list, std::string(words.with("report", "Let off and voided")),
                      ""};
  for (const ReductionWords& one : reduction_words(report, words)) {
    card.rows.push_back({{one.label, one.times, one.amount}});
  }
  return card;
}

ReportCardView online_of(const core::Report& report, const Words& words) {
  const Language language = words.language();
  ReportCardView card{ReportCardKind::list, std::string(words.with("report", "Online orders")),
                      amount_text(report.all(ReportPart::online).sum(), language)};
  for (const core::ReportRow& row : report[ReportPart::online]) {
    card.rows.push_back({{row_words(ReportPart::online, row, words),
                          number_text(row.sales, language), amount_text(row.sum(), language)}});
  }
  card.note = words.with("report", "Taken by the platform: not in the turnover.");
  return card;
}

ReportCardView low_of(const core::ReportPage& page, const Words& words) {
  const Language language = words.language();
  ReportCardView card{ReportCardKind::list, std::string(words.with("report", "Running out")), ""};
  for (const core::LowStock& one : page.low) {
    if (card.rows.size() == most_low) break;
    const std::string_view unit = one.unit == core::Unit::kilogram ? "kg" : "";
    card.rows.push_back(
        {{one.name, words.fill("{} sold", {quantity_text(one.sold, unit, language)}),
          words.fill("{} left", {quantity_text(one.left, unit, language)})}});
  }
  return card;
}

void add_card(std::vector<ReportCardView>& column, ReportCardView card) {
  if (!card.rows.empty()) column.push_back(std::move(card));
}

void add_page(ReportsView& view, const core::ReportPage& page, const Words& words) {
  const core::Report& report = page.report;
  if (report.is_empty()) {
    view.empty = {icons::insert_chart, std::string(words.with("report", "Nothing was sold")),
                  std::string(words.with("report", "There is no receipt of these days."))};
    return;
  }
  view.figures = figures_of(page, words);
  view.chart = chart_of(page, words);
  view.left.push_back(taxes_of(report, words));
  add_card(view.left, bars_of(report, ReportPart::category, words.with("report", "Categories"),
                              most_rows, words));
  add_card(view.left, bars_of(report, ReportPart::cashier, words.with("report", "Cashiers"),
                              most_rows, words));
  if (report[ReportPart::channel].size() > 1) {
    add_card(view.left, bars_of(report, ReportPart::channel, words.with("report", "Channels"),
                                most_rows, words));
  }
  add_card(view.right, tenders_of(report, words));
  add_card(view.right, bars_of(report, ReportPart::article, words.with("report", "Best sellers"),
                               most_sellers, words));
  add_card(view.right, reductions_of(report, words));
  if (!report[ReportPart::online].empty()) add_card(view.right, online_of(report, words));
  add_card(view.right, low_of(page, words));
}

}  // namespace

std::int64_t chart_step(std::int64_t most, std::int64_t least) {
  // 3.3 steps or more: a bar may stand out over the highest line a little.
  for (std::int64_t decade = least;; decade *= 10) {
    for (const int factor : {1, 2, 5}) {
      if (decade * factor * 33 >= most * 10) return decade * factor;
    }
  }
}

Questions wants(const Scene& scene, const ReportsInput& input) {
  if (!scene.till.may_see_reports) return {};
  if (input.journal) return wants(scene, *input.journal, span_of(scene, input));
  return {core::AskReport{ask_of(scene, input)}};
}

ReportsView present(const Scene& scene, const ReportsInput& input) {
  const Words& words = scene.words;
  ReportsView view;
  view.title = words("Reports");
  if (!scene.till.may_see_reports) {
    view.empty = {icons::lock, std::string(words.with("report", "Reports need approval")),
                  std::string(words.with("report", "Somebody who may see them lets you in."))};
    view.unlock = words.with("report", "Ask for approval");
    return view;
  }
  const core::Span span = span_of(scene, input);
  const core::Day today = today_of(scene);
  view.span = span == core::span_of(SpanKind::day, today)
                  ? words.fill("Today, {}", {short_span_words(span, words)})
                  : span_words(span, words);
  view.earlier = words.with("report", "Earlier");
  view.later = words.with("report", "Later");
  if (span.last >= today) view.why_not_later = words.with("report", "That is still to come.");
  for (const char* kind : {"Day", "Week", "Month"}) {
    view.kinds.emplace_back(words.with("report", kind));
  }
  const auto kind = std::find(span_kinds.begin(), span_kinds.end(), span.kind);
  if (kind != span_kinds.end()) view.kind = static_cast<int>(kind - span_kinds.begin());
  view.csv = words.with("report", "CSV");
  view.print = words("Print");
  view.journal = words("Journal");
  if (scene.till.settings.printer.kind == "none")
    view.why_not_print = words("No printer is set up.");
  if (input.sheet) view.sheet = present(scene, *input.sheet, today);
  const auto& found = scene.found.report;
  if (found && found->page.asked.span == span) add_page(view, found->page, words);
  return view;
}

Reaction react(const ReportsTap& tap, const Scene& scene, ReportsInput& input) {
  using Kind = ReportsTap::Kind;
  const core::Span span = span_of(scene, input);
  // Today stays today when the day changes.
  const auto choose = [&](const core::Span& chosen) {
    input.span = chosen;
    if (chosen == core::span_of(SpanKind::day, today_of(scene))) input.span.reset();
  };
  switch (tap.kind) {
    case Kind::none:
      break;
    case Kind::earlier:
      choose(core::moved(span, -1));
      break;
    case Kind::later:
      choose(core::moved(span, 1));
      break;
    case Kind::span:
      input.sheet = SpanSheetInput{span.last, {}, {}};
      break;
    case Kind::kind: {
      // Of a longer span the last day that has come.
      const core::Day day = std::min(span.last, std::max(span.first, today_of(scene)));
      choose(core::span_of(span_kinds[static_cast<std::size_t>(tap.index)], day));
      break;
    }
    case Kind::csv: {
      Reaction reaction;
      reaction.report_file = ask_of(scene, input);
      return reaction;
    }
    case Kind::print: {
      Reaction reaction = say(core::PrintReport{ask_of(scene, input)});
      reaction.toast = scene.words("The report goes to the printer.");
      return reaction;
    }
    case Kind::journal:
      input.journal.emplace();
      break;
    case Kind::unlock:
      return say(core::OpenReports{});
    case Kind::sheet: {
      if (tap.sheet.kind == SpanSheetTap::Kind::close) {
        input.sheet.reset();
        break;
      }
      const auto chosen =
          react(tap.sheet, present(scene, *input.sheet, today_of(scene)), *input.sheet);
      if (!chosen) break;
      choose(*chosen);
      input.sheet.reset();
      break;
    }
  }
  return {};
}

Reaction run(ui::Ui& ui, const Scene& scene, ReportsInput& input) {
  if (!input.journal || !scene.till.may_see_reports) {
    return react(draw(ui, present(scene, input), input), scene, input);
  }
  const core::Span span = span_of(scene, input);
  JournalResult result = run(ui, scene, *input.journal, span);
  if (result.moved != 0) {
    input.span = core::moved(span, result.moved);
    if (*input.span == core::span_of(SpanKind::day, today_of(scene))) input.span.reset();
  }
  if (result.is_left) input.journal.reset();
  return std::move(result.reaction);
}

}  // namespace pos
