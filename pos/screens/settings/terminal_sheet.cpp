#include "pos/screens/settings/terminal_sheet.h"

#include <algorithm>
#include <array>

#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

using core::TerminalWork;

struct WorkFace {
  TerminalWork work;
  const char* label;
  ui::Icon icon;
  std::string_view kinds;  // of terminals that can do it
};

constexpr std::array<WorkFace, 8> works{{
    {TerminalWork::connection_test, "Test connection", ui::icons::contactless,
     "zvt nexo simulated"},
    {TerminalWork::diagnosis, "Diagnosis", ui::icons::fact_check, "zvt nexo"},
    {TerminalWork::totals, "Totals", ui::icons::calculate, "zvt"},
    {TerminalWork::reprint, "Print last slip again", ui::icons::receipt, "zvt"},
    {TerminalWork::end_of_day, "End of day", ui::icons::schedule, "zvt"},
    {TerminalWork::log_in, "Initialise", ui::icons::restart_alt, "zvt"},
    {TerminalWork::display_text, "Which one is it?", ui::icons::devices, "zvt nexo"},
    {TerminalWork::log_off, "Log off", ui::icons::lock, "zvt"},
}};

int finding_height(ui::Ui& ui, int width, const TerminalSheetView::Finding& finding) {
  const int words = ui::paragraph_height(ui, width - 36, finding.says);
  return words + (finding.detail.empty() ? 0 : line_height(ui, ui::Size::t1)) + 12;
}

void draw_findings(ui::Ui& ui, const ui::Rect& room, const TerminalSheetView& view) {
  int y = room.y;
  if (!view.running.empty()) {
    ui::icon(ui, {room.x, y, 24, 24}, ui::icons::sync, ui::Colour::accent_text);
    ui::text(ui, {room.x + 36, y, room.w - 36, 24}, view.running, {.weight = ui::Weight::medium});
    return;
  }
  for (const auto& finding : view.findings) {
    const int height = finding_height(ui, room.w, finding);
    if (y + height > room.bottom()) break;
    const bool is_well = finding.state == ui::State::ok;
    ui::icon(ui, {room.x, y, 24, 24}, is_well ? ui::icons::check_circle : ui::icons::error,
             ui::state_ink(finding.state));
    const int used = ui::paragraph(ui, {room.x + 36, y, room.w - 36, height}, finding.says,
                                   {.weight = ui::Weight::medium});
    if (!finding.detail.empty()) {
      ui::text(ui, {room.x + 36, y + used, room.w - 36, line_height(ui, ui::Size::t1)},
               finding.detail, {.colour = ui::Colour::text_2, .shrinks = true});
    }
    y += height;
  }
}

}  // namespace

TerminalSheetView present_terminal(const Scene& scene) {
  const Words& words = scene.words;
  const std::string& kind = scene.till.settings.terminal.kind;
  TerminalSheetView view;
  view.title = words("Card terminal");
  view.close = words("Close");
  for (const WorkFace& face : works) {
    if (face.kinds.find(kind) == face.kinds.npos) continue;
    view.works.push_back({face.work, std::string(words(face.label)), face.icon});
  }
  if (kind == "zvt" || kind == "nexo") {
    view.note = words("A terminal belongs to one till: two cannot tell their payments apart.");
  }
  if (scene.devices.is_terminal_served) {
    const std::string& progress = scene.devices.card_progress;
    view.running = words(progress.empty() ? "Asking the terminal." : progress);
    view.why_not = words("The terminal is at work: wait for it.");
  }
  for (const drivers::ServiceFinding& finding : scene.devices.terminal_report) {
    view.findings.push_back({finding.is_well ? ui::State::ok : ui::State::bad,
                             std::string(words(finding.says)), finding.detail});
  }
  return view;
}

TerminalSheetTap draw(ui::Ui& ui, const TerminalSheetView& view) {
  using Kind = TerminalSheetTap::Kind;
  TerminalSheetTap tap;
  const int n = static_cast<int>(view.works.size()), columns = std::clamp(n, 1, 2);
  const int rows = (n + columns - 1) / columns, step = 64;
  const ui::Rect at = sheet_of(ui, 640, 80 + rows * step + 16 + scaled(ui, 200));
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  const ui::Rect room{at.x + 24, at.y + 80, at.w - 48, at.h - 80 - 16};
  for (int i = 0; i < n; ++i) {
    const auto& work = view.works[static_cast<std::size_t>(i)];
    const auto places = side_by_side({room.x, room.y + i / columns * step, room.w, 56}, columns);
    ui::Button button{.label = work.label,
                      .kind = i == 0 ? ui::ButtonKind::main : ui::ButtonKind::line,
                      .icon = work.icon,
                      .enabled = view.why_not.empty(),
                      .why_not = view.why_not,
                      .size = ui::Size::t1};
    const ui::Rect& place = places[static_cast<std::size_t>(i % columns)];
    fit(ui, button, place.w);
    if (ui::button(ui, place, button)) tap = {Kind::work, static_cast<std::size_t>(i)};
  }
  const int used = rows * step + 16;
  const ui::Text quiet{.colour = ui::Colour::text_2};
  const int note = view.note.empty() ? 0 : ui::paragraph_height(ui, room.w, view.note, quiet);
  draw_findings(ui, {room.x, room.y + used, room.w, room.h - used - note}, view);
  ui::paragraph(ui, {room.x, room.bottom() - note, room.w, note}, view.note, quiet);
  if (sheet.is_dismissed()) tap.kind = Kind::close;
  return tap;
}

SheetResult react(const TerminalSheetTap& tap, const TerminalSheetView& view) {
  using Kind = TerminalSheetTap::Kind;
  if (tap.kind == Kind::close) return close_sheet();
  if (tap.kind != Kind::work || tap.index >= view.works.size()) return {};
  return {say(core::ServeTerminal{view.works[tap.index].work}), false};
}

}  // namespace pos
