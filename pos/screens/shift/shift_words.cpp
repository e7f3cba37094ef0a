#include "pos/screens/shift/shift_words.h"

#include "pos/layout/receipt_words.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"

namespace pos {

std::vector<AmountRow> account_rows(const core::Shift& shift, const core::ShiftReport& report,
                                    const Words& words) {
  const Language language = words.language();
  std::vector<AmountRow> rows;
  const auto add = [&](std::string_view label, core::Money amount) {
    rows.push_back({std::string(words(label)), amount_text(amount, language)});
  };
  // What was not is no line.
  const auto add_if = [&](std::string_view label, core::Money amount) {
    if (!amount.is_zero()) add(label, amount);
  };
  add("Opening float", shift.opening);
  add_if("Cash taken", report.cash_sales());
  add_if("Cash given back", -report.cash_refunds());
  add_if("Paid in", report.paid_in());
  add_if("Paid out", -report.paid_out());
  add_if("To safe and bank", -report.drops());
  add("Expected", report.expected(shift.opening));
  rows.back().is_total = true;
  return rows;
}

std::vector<AmountRow> tender_rows(const core::ShiftReport& report, const Words& words) {
  const Language language = words.language();
  std::vector<AmountRow> rows;
  for (const core::TenderSum& sum : report.tenders) {
    rows.push_back(
        {tender_name(sum.tender, sum.label, words) + " (" + number_text(sum.count, language) + ")",
         amount_text(sum.net(), language)});
  }
  return rows;
}

DifferenceView difference_of(core::Money money, const Scene& scene) {
  const Words& words = scene.words;
  DifferenceView view{std::string(words("It is right")), signed_text(money, words.language()),
                      ui::State::ok, ui::icons::check_circle};
  if (money.is_zero()) return view;
  const bool is_over = money.minor > 0;
  const core::Money size = is_over ? money : -money;
  const bool is_large = size.minor > scene.till.settings.shift.difference_limit;
  view.label = words(is_over ? "Too much" : "Too little");
  view.state = is_large ? ui::State::bad : ui::State::warn;
  view.icon = is_over ? ui::icons::trending_up : ui::icons::trending_down;
  return view;
}

const core::ShiftReport* report_of(const Scene& scene) {
  const auto& found = scene.found.shift;
  if (!found || !found->shift || !scene.till.shift) return nullptr;
  return found->shift->row == scene.till.shift->row ? &found->report : nullptr;
}

std::optional<core::Money> expected_of(const Scene& scene) {
  const core::ShiftReport* report = report_of(scene);
  if (!report) return {};
  return report->expected(scene.till.shift->opening);
}

bool is_blind(const Scene& scene) {
  return scene.till.settings.shift.blind == "on";
}

std::string person(const std::string& name, const Words& words) {
  return name == "till" ? std::string(words("Till")) : name;
}

std::vector<std::string> in_words(const Words& words,
                                  std::initializer_list<std::string_view> english) {
  std::vector<std::string> all;
  for (const std::string_view key : english) all.emplace_back(words(key));
  return all;
}

namespace {

int row_height(const ui::Ui& ui, const AmountRow& row) {
  return row.is_total ? line_height(ui, ui::Size::t2) + 20 : line_height(ui, ui::Size::t1) + 4;
}

}  // namespace

int rows_height(const ui::Ui& ui, const std::vector<AmountRow>& rows) {
  int height = 0;
  for (const AmountRow& row : rows) height += row_height(ui, row);
  return height;
}

int draw_rows(ui::Ui& ui, const ui::Rect& rect, const std::vector<AmountRow>& rows) {
  int y = rect.y;
  for (const AmountRow& row : rows) {
    const int height = row_height(ui, row);
    if (row.is_total) {
      ui::separator(ui, rect.x, y + 6, rect.w);
      const int width = ui::text_width(ui, row.amount, ui::Size::t2, ui::Weight::semibold);
      ui::text(ui, {rect.x, y + 12, rect.w - width - 8, height - 12}, row.label,
               {.size = ui::Size::t2, .shrinks = true});
      ui::amount(ui, {rect.x, y + 12, rect.w, height - 12}, row.amount);
    } else {
      ui::fact(ui, {rect.x, y, rect.w, height}, row.label, row.amount);
    }
    y += height;
  }
  return y - rect.y;
}

void draw_difference(ui::Ui& ui, const ui::Rect& rect, const DifferenceView& view) {
  ui::strip(ui, rect, ui::state_tint(view.state));
  const ui::Colour ink = ui::state_ink(view.state);
  ui::icon(ui, {rect.x + 8, rect.y, 24, rect.h}, view.icon, ink);
  const int width = ui::text_width(ui, view.amount, ui::Size::t2, ui::Weight::semibold);
  ui::text(ui, {rect.x + 40, rect.y, rect.w - 56 - width, rect.h}, view.label,
           {.weight = ui::Weight::semibold, .colour = ink, .shrinks = true});
  ui::amount(ui, {rect.x, rect.y, rect.w - 8, rect.h}, view.amount, {.colour = ink});
}

}  // namespace pos
