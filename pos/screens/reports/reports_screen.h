// The Reports page: what was taken in a day, a week, a month or any span, against the one
// before. Figures, takings by hour as a chart, and cards with all that they are made of;
// printed, or written into a file. Whoever may not see it asks somebody who may. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/reports/journal_page.h"
#include "pos/screens/reports/span_sheet.h"

namespace pos {

struct ReportsInput {
  std::optional<core::Span> span;  // nothing: today, whichever day that is
  std::optional<SpanSheetInput> sheet;
  int content_height = 0;               // of what scrolls, as drawn last
  std::optional<JournalInput> journal;  // instead of the report
};

// One of the figures at the top.
struct FigureView {
  std::string label, value, note;
  ui::Icon icon = ui::icons::none;
  ui::State state = ui::State::neutral;
  friend bool operator==(const FigureView&, const FigureView&) = default;
};

struct BarView {
  std::string label;
  std::int64_t now = 0, before = 0;  // minor units, never below 0
  friend bool operator==(const BarView&, const BarView&) = default;
};
struct ChartView {
  std::string title, now_word, before_word, unit, highest;
  std::vector<BarView> bars;
  std::int64_t step = 0;             // between two lines, minor units
  std::vector<std::string> heights;  // of the lines, from 0 on
  friend bool operator==(const ChartView&, const ChartView&) = default;
};

struct ReportRowView {
  std::vector<std::string> cells;  // the first at the left, the last an amount
  int permille = -1;               // of the bar under it, or its share; below 0: none
  bool is_sum = false;
  friend bool operator==(const ReportRowView&, const ReportRowView&) = default;
};
enum class ReportCardKind : std::uint8_t { list, table, bars, shares };
struct ReportCardView {
  ReportCardKind kind = ReportCardKind::list;
  std::string title, total;
  std::vector<std::string> heads = {};
  std::vector<ReportRowView> rows = {};
  std::string note = {};
  friend bool operator==(const ReportCardView&, const ReportCardView&) = default;
};

struct ReportsView {
  std::string title, span, earlier, later, why_not_later, csv, print, why_not_print, journal;
  std::vector<std::string> kinds;  // day, week, month
  int kind = -1;                   // which is chosen; below 0: none of them
  Emptiness empty;                 // instead of all below
  std::string unlock;              // asks somebody who may
  std::vector<FigureView> figures;
  ChartView chart;
  std::vector<ReportCardView> left, right;  // of two columns, or one after the other
  std::optional<SpanSheetView> sheet;
  friend bool operator==(const ReportsView&, const ReportsView&) = default;
};

struct ReportsTap {
  enum class Kind : std::uint8_t {
    none,
    earlier,
    later,
    span,
    kind,
    csv,
    print,
    journal,
    unlock,
    sheet
  };
  Kind kind = Kind::none;
  int index = 0;
  SpanSheetTap sheet = {};
};

Questions wants(const Scene& scene, const ReportsInput& input);
ReportsView present(const Scene& scene, const ReportsInput& input);
ReportsTap draw(ui::Ui& ui, const ReportsView& view, ReportsInput& input);
Reaction react(const ReportsTap& tap, const Scene& scene, ReportsInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, ReportsInput& input);

// The distance of the lines of a chart whose highest bar is `most`: 1, 2 or 5 with zeros,
// three of which reach to it or nearly so.
std::int64_t chart_step(std::int64_t most, std::int64_t least);

}  // namespace pos
