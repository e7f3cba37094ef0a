#include "pos/screens/shift/overview_page.h"

#include <algorithm>

#include "pos/layout/day_layout.h"
#include "pos/screens/parts/order_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

namespace icons = ui::icons;

MoveRow move_row(const core::CashMoveRow& move, const Scene& scene) {
  const Words& words = scene.words;
  const core::CashMovement& movement = move.movement;
  MoveRow row;
  row.receipt = move.receipt;
  row.title = name_of(movement.kind, words);
  if (!movement.reason.empty()) row.title += ": " + movement.reason;
  row.second = short_time(move.at, scene) + " · " + person(move.cashier, words);
  if (!movement.approver.empty()) {
    row.second += " · " + words.fill("Approved by {}", {movement.approver});
  }
  const bool is_float = movement.kind == core::CashMoveKind::opening;
  row.amount = is_float ? amount_text(movement.amount, words.language())
                        : signed_text(movement.amount, words.language());
  row.icon = is_float ? icons::lock_open : movement.amount.minor < 0 ? icons::logout : icons::login;
  return row;
}

// What a cashier should know of it before anything else.
std::string notice_of(const core::Shift& shift, const Scene& scene) {
  const Words& words = scene.words;
  const core::LocalTime opened = shop_time(shift.opened, scene);
  const bool is_today = opened.day == scene.now.day && opened.month == scene.now.month &&
                        opened.year == scene.now.year;
  if (!is_today && scene.instant - shift.opened > std::chrono::hours(18)) {
    return words.fill("The shift has been open since {}. Please count and close it.",
                      {full_time(shift.opened, scene)});
  }
  if (shift.opened_itself) {
    return words.fill(
        "Nobody opened the shift: it began with the first receipt, with {} that "
        "the last closing left.",
        {money_text(shift.opening, words.language())});
  }
  const bool is_first = scene.found.shift && scene.found.shift->next_z_number == 1;
  if (!shift.opening_difference().is_zero() && !is_first) {
    return words.fill(
        "It was opened with {}, where {} had been left.",
        {money_text(shift.opening, words.language()), money_text(shift.kept, words.language())});
  }
  return "";
}

}  // namespace

OverviewView present_overview(const Scene& scene) {
  const Words& words = scene.words;
  const Language language = words.language();
  const core::Shift& shift = *scene.till.shift;
  OverviewView view;
  view.title = words("Shift");
  const std::string since = words.fill("open since {}", {full_time(shift.opened, scene)});
  view.second =
      since + " · " +
      (shift.opened_itself ? std::string(words("by itself")) : person(shift.opened_by, words));
  view.closings = words("Closed shifts");
  view.notice = notice_of(shift, scene);
  view.tenders_title = words("Payments");
  view.no_tenders = words("Nothing was taken yet.");
  view.account_title = words("Cash drawer");
  view.moves_title = words("Cash movements");
  view.in = words("Pay in");
  view.out = words("Pay out");
  view.drop = words("Safe or bank");
  view.x = words("X report");
  view.drawer = words("Open drawer");
  view.close = words("Close the shift");
  const core::ShiftReport* report = report_of(scene);
  if (!report) return view;
  const bool is_hidden = is_blind(scene);
  const std::string hidden(words("hidden"));
  // Nothing is shown from which the cash could be worked out.
  const auto shown = [&](core::Money amount) {
    return is_hidden ? hidden : money_text(amount, language);
  };
  view.figures = {
      {icons::trending_up, std::string(words("Turnover")), shown(report->turnover())},
      {icons::receipt_long, std::string(words("Sales")), number_text(report->sales, language)},
      {icons::undo, std::string(words("Refunds")), shown(report->given_back)},
      {icons::payments, std::string(words("Cash expected")),
       shown(report->expected(shift.opening))}};
  if (is_hidden) {
    view.hidden = words("What is expected is shown once the drawer is counted.");
  } else {
    view.tenders = tender_rows(*report, words);
    view.account = account_rows(shift, *report, words);
  }
  for (const core::CashMoveRow& move : report->moves) {
    view.moves.push_back(move_row(move, scene));
  }
  std::reverse(view.moves.begin(), view.moves.end());
  return view;
}

}  // namespace pos
