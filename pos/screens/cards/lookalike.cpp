#include "pos/screens/cards/lookalike.h"

#include "drivers/terminal/card_terminal.h"
#include "pos/screens/cards/card_log.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"
#include "pos/ui/panels.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

// ZVT's "MMDDhhmmss" as the terminal's own clock has it; anything else as it is.
std::string moment_text(const std::string& moment) {
  const bool is_zvt = moment.size() == 10 && moment.find_first_not_of("0123456789") == moment.npos;
  if (!is_zvt) return moment;
  return moment.substr(2, 2) + "." + moment.substr(0, 2) + ". " + moment.substr(4, 2) + ":" +
         moment.substr(6, 2) + ":" + moment.substr(8, 2);
}

// What the number would have to come after, as far as it was known.
std::string after(const Words& words, const std::string& before) {
  return before.empty() ? std::string(words("not known"))
                        : words.fill("the next after {}", {before});
}

}  // namespace

LookalikeView present_lookalike(const Scene& scene, const core::CardAttempt& attempt) {
  const Words& words = scene.words;
  const core::Lookalike& alike = *attempt.alike;
  const auto before = drivers::reference_from(attempt.key);
  const auto found = drivers::reference_from(alike.ticket);
  LookalikeView view;
  view.title = words("Is it this payment?");
  view.ours = words("Requested here");
  view.theirs = words("Last at the terminal");
  const auto row = [&](const char* label, std::string ours, std::string theirs) {
    if (theirs.empty()) theirs = words("not told");
    view.rows.push_back({std::string(words(label)), std::move(ours), std::move(theirs)});
  };
  row("Time", clock_text(scene, attempt.started), moment_text(found.moment));
  row("Amount", money_text(attempt.amount, words.language()),
      money_text(alike.amount, words.language()));
  row("Trace", after(words, before.trace), found.trace);
  row("Receipt no.", after(words, before.receipt), found.receipt);
  row("Card", "–", alike.reference);
  view.slip = found.receipt.empty() && found.trace.empty()
                  ? std::string(words("Slip with this amount and time"))
              : found.receipt.empty() ? words.fill("Slip with trace {}", {found.trace})
                                      : words.fill("Slip with receipt no. {}", {found.receipt});
  return view;
}

std::string lookalike_line(const Scene& scene, const core::CardAttempt& attempt) {
  const LookalikeView view = present_lookalike(scene, attempt);
  std::string line = view.theirs + ":";
  for (const auto& row : view.rows) line += " " + row.label + " " + row.theirs + " ·";
  line.resize(line.size() - std::string_view(" ·").size());
  return line;
}

int lookalike_height(ui::Ui& ui, const LookalikeView& view) {
  const int rows = static_cast<int>(view.rows.size());
  return 56 + (rows + 1) * (line_height(ui, ui::Size::t1) + 12) + 12;
}

void draw(ui::Ui& ui, const ui::Rect& rect, const LookalikeView& view) {
  ui::text(ui, {rect.x + 24, rect.y + 12, rect.w - 48, 40}, view.title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true});
  const int row = line_height(ui, ui::Size::t1) + 12, width = rect.w - 48;
  const int label = width * 22 / 100, column = (width - label) / 2;
  int y = rect.y + 56;
  const auto cells = [&](const std::string& first, const std::string& ours,
                         const std::string& theirs, ui::Weight weight, ui::Colour ink) {
    const ui::Text style{.weight = weight, .colour = ink, .shrinks = true};
    ui::text(ui, {rect.x + 24, y, label - 8, row}, first,
             {.colour = ui::Colour::text_2, .shrinks = true});
    ui::text(ui, {rect.x + 24 + label, y, column - 8, row}, ours, style);
    ui::text(ui, {rect.x + 24 + label + column, y, column, row}, theirs, style);
    y += row;
  };
  cells("", view.ours, view.theirs, ui::Weight::regular, ui::Colour::text_2);
  for (const auto& each : view.rows) {
    ui::separator(ui, rect.x + 24, y, width);
    cells(each.label, each.ours, each.theirs, ui::Weight::semibold, ui::Colour::text);
  }
}

}  // namespace pos
