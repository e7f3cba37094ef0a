// How the Outbox page is drawn: what needs a person above what only waits, and
// what is done last. A row is as high as its reason needs.
#include <algorithm>
#include <vector>

#include "pos/screens/outbox/outbox_screen.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using ui::Rect;

using ui::measure::margin;
using ui::measure::padding;
constexpr int words_left = padding + 40;  // of a row, beside its icon

struct RowButton {
  std::string label;  // with its id
  OutboxTap::Kind kind;
  bool is_main = false;
};

// From the right edge to the left.
std::vector<RowButton> buttons_of(const OutboxRowView& row, OutboxTap::Kind action) {
  const std::string name = (row.is_card ? "-card-" : "-") + std::to_string(row.row);
  const bool is_print = action == OutboxTap::Kind::print;
  const OutboxTap::Kind print = row.is_card ? OutboxTap::Kind::print_card : action;
  const OutboxTap::Kind drop = row.is_card ? OutboxTap::Kind::drop_card : OutboxTap::Kind::drop;
  std::vector<RowButton> buttons;
  const auto add = [&](const std::string& word, const char* id, OutboxTap::Kind kind,
                       bool is_main = false) {
    if (!word.empty()) buttons.push_back({word + "##" + id + name, kind, is_main});
  };
  const OutboxTap::Kind first = row.first == OutboxRowView::First::drop ? drop
                                : is_print                              ? print
                                                                        : action;
  const char* resend = action == OutboxTap::Kind::again ? "again" : "resend";
  add(row.action, !is_print ? resend : first == drop ? "drop" : "print", first, true);
  add(row.other, is_print ? "drop" : "mend", is_print ? drop : OutboxTap::Kind::mend);
  add(row.qr, "qr", OutboxTap::Kind::qr);
  add(row.mail, "mail", OutboxTap::Kind::mail);
  add(row.elsewhere, "elsewhere", OutboxTap::Kind::elsewhere);
  return buttons;
}

// Where the buttons of a row are, and what is left for its words.
struct Places {
  int height, reason, words, buttons;
  bool is_below = false;  // the buttons have lines of their own
  bool is_last = false;   // nothing separates it from the card's edge
};

// Lines of buttons that are needed where `room` is the width of one.
int lines_of(ui::Ui& ui, const std::vector<RowButton>& buttons, int room) {
  int lines = 1, used = 0;
  for (const RowButton& button : buttons) {
    const int width = ui::button_width(ui, {.label = button.label}) + 8;
    if (used > 0 && used + width > room) ++lines, used = 0;
    used += width;
  }
  return lines;
}

Places places_of(ui::Ui& ui, int width, const OutboxRowView& row, OutboxTap::Kind action) {
  Places places{};
  const auto buttons = buttons_of(row, action);
  for (const RowButton& button : buttons) {
    places.buttons += ui::button_width(ui, {.label = button.label}) + 8;
  }
  const int badge = ui::badge_width(ui, drawn(row.badge)) + 16;
  places.words = width - words_left - padding - badge - places.buttons;
  // Where all of it does not fit into one line, the buttons go below.
  places.is_below = places.buttons > 0 && places.words < scaled(ui, 300);
  if (places.is_below) places.words += places.buttons;
  places.reason =
      row.reason.empty()
          ? 0
          : ui::paragraph_height(ui, places.words, row.reason, {.weight = ui::Weight::medium}) + 4;
  places.height =
      std::max(ui::measure::row, 2 * line_height(ui, ui::Size::t1) + places.reason + 24);
  if (places.is_below) {
    places.buttons = 64 * lines_of(ui, buttons, width - words_left - padding);
    places.height += places.buttons;
  }
  return places;
}

OutboxTap::Kind draw_buttons(ui::Ui& ui, const Rect& rect, const OutboxRowView& row,
                             const Places& places, OutboxTap::Kind action) {
  OutboxTap::Kind tapped = OutboxTap::Kind::none;
  const int left = rect.x + words_left, right = rect.right() - padding;
  int x = places.is_below ? left : right;
  int y = places.is_below ? rect.bottom() - places.buttons : rect.y + (rect.h - 56) / 2;
  for (const RowButton& button : buttons_of(row, action)) {
    const int width = ui::button_width(ui, {.label = button.label});
    if (places.is_below && x > left && x + width > right) x = left, y += 64;
    const int at = places.is_below ? x : x - width;
    const auto kind = button.is_main ? ui::ButtonKind::line : ui::Button{}.kind;
    if (ui::button(ui, {at, y, width, 56}, {.label = button.label, .kind = kind})) {
      tapped = button.kind;
    }
    x = places.is_below ? x + width + 8 : at - 8;
  }
  return tapped;
}

OutboxTap draw_row(ui::Ui& ui, const Rect& rect, const OutboxRowView& row, const Places& places,
                   OutboxTap::Kind action) {
  OutboxTap tap{OutboxTap::Kind::none, row.row, row.order};
  const std::string name = row.title +
                           (row.is_card                        ? "##card-"
                            : action == OutboxTap::Kind::again ? "##aside-"
                                                               : "##row-") +
                           std::to_string(row.row);
  if (ui::row_ground(ui, rect,
                     {.label = name,
                      .needs_attention = row.state == ui::State::bad,
                      .has_separator = !places.is_last})) {
    tap.kind = OutboxTap::Kind::order;
  }
  const int high = line_height(ui, ui::Size::t1);
  const int below = places.is_below ? places.buttons : 0;
  const int y = rect.y + (rect.h - below - 2 * high - places.reason) / 2;
  ui::icon(ui, {rect.x + padding, y, 24, 2 * high}, row.icon, ui::Colour::text_2);
  const int x = rect.x + words_left;
  ui::text(ui, {x, y, places.words, high}, row.title,
           {.weight = ui::Weight::semibold, .shrinks = true});
  ui::text(ui, {x, y + high, places.words, high}, row.second, {.colour = ui::Colour::text_2});
  if (places.reason > 0) {
    ui::paragraph(ui, {x, y + 2 * high + 4, places.words, places.reason}, row.reason,
                  {.weight = ui::Weight::medium, .colour = ui::state_ink(row.state)});
  }
  const int buttons = places.is_below ? 0 : places.buttons;
  ui::badge_right(ui, rect.right() - padding - buttons - (buttons > 0 ? 8 : 0),
                  rect.y + (rect.h - below - ui::measure::badge) / 2, drawn(row.badge));
  if (places.buttons > 0) {
    const OutboxTap::Kind tapped = draw_buttons(ui, rect, row, places, action);
    if (tapped != OutboxTap::Kind::none) tap.kind = tapped;
  }
  return tap;
}

// A card with its rows at `y`; returns where the next one goes.
int draw_section(ui::Ui& ui, const Rect& at, const OutboxSection& section, OutboxTap::Kind action,
                 OutboxTap& tap) {
  if (section.rows.empty()) return at.y;
  std::vector<Places> places;
  int height = 56 + 8;
  for (const OutboxRowView& row : section.rows) {
    places.push_back(places_of(ui, at.w, row, action));
    height += places.back().height;
  }
  ui::card(ui, {at.x, at.y, at.w, height});
  ui::text(ui, {at.x + padding, at.y, at.w - 2 * padding, 56}, section.title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  places.back().is_last = true;
  int y = at.y + 56;
  for (std::size_t i = 0; i < section.rows.size(); ++i) {
    const Rect row{at.x, y, at.w, places[i].height};
    y += row.h;
    if (row.bottom() < 0 || row.y > ui.height()) continue;
    const OutboxTap tapped = draw_row(ui, row, section.rows[i], places[i], action);
    if (tapped.kind != OutboxTap::Kind::none) tap = tapped;
  }
  return at.y + height + margin;
}

// The figures of the way to the platform, and what takes long.
int draw_facts(ui::Ui& ui, const Rect& at, const OutboxView& view) {
  const int high = line_height(ui, ui::Size::t1), large = line_height(ui, ui::Size::t2);
  const int columns = at.w >= scaled(ui, 800) ? 4 : 2;
  const int count = static_cast<int>(view.facts.size()), rows = (count + columns - 1) / columns;
  const int row = high + large + 28;
  const int work = view.work.empty() ? 0 : high + 16;
  ui::card(ui, {at.x, at.y, at.w, rows * row + 8 + work});
  const int width = (at.w - 2 * padding) / columns;
  for (int i = 0; i < count; ++i) {
    const SyncFact& fact = view.facts[static_cast<std::size_t>(i)];
    const int x = at.x + padding + i % columns * width, y = at.y + 18 + i / columns * row;
    const bool is_plain = fact.state == ui::State::neutral;
    ui::icon(ui, {x, y, 28, high + large}, fact.icon,
             is_plain ? ui::Colour::text_2 : ui::state_ink(fact.state), 28);
    ui::text(ui, {x + 40, y, width - 52, high}, fact.label,
             {.colour = ui::Colour::text_2, .shrinks = true});
    ui::text(ui, {x + 40, y + high, width - 52, large}, fact.value,
             {.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true});
  }
  if (work > 0) {
    const int y = at.y + rows * row + 8;
    ui::text(ui, {at.x + padding, y, at.w - 2 * padding, high}, view.work,
             {.weight = ui::Weight::medium, .colour = ui::Colour::accent_text});
  }
  return at.y + rows * row + 8 + work + margin;
}

void draw_header(ui::Ui& ui, const Rect& row, const OutboxView& view, OutboxTap& tap) {
  if (ui::button(ui, {row.x, row.y, 56, 56},
                 {.label = view.back, .icon = ui::icons::arrow_back, .is_icon_only = true}) ||
      ui.key(ui::Key::escape)) {
    tap.kind = OutboxTap::Kind::back;
  }
  const ui::Button sync{.label = view.sync_word, .icon = ui::icons::sync};
  const int width = ui::button_width(ui, sync);
  if (ui::button(ui, {row.right() - width, row.y, width, 56}, sync))
    tap.kind = OutboxTap::Kind::sync;
  const int x = row.x + 56 + margin, right = row.right() - width - margin;
  const int title =
      std::min(right - x, ui::text_width(ui, view.title, ui::Size::t3, ui::Weight::semibold));
  ui::text(ui, {x, row.y, title, 56}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  int at = x + title + margin;
  for (const BadgeView& count : view.counts) {
    const int needed = ui::badge_width(ui, drawn(count));
    if (at + needed > right) break;
    at += ui::badge(ui, at, row.y + 12, drawn(count)) + 8;
  }
}

}  // namespace

static OutboxTap draw_page(ui::Ui& ui, const OutboxView& view, OutboxInput& input) {
  const Rect page = page_of(ui);
  OutboxTap tap;
  draw_header(ui, {page.x, page.y, page.w, 56}, view, tap);
  const Rect below{page.x, page.y + 64, page.w, page.h - 64};
  const Rect area_rect{below.x - margin, below.y - 4, below.w + 2 * margin, below.h + 4 + margin};
  ui::ScrollArea area(ui, area_rect, "outbox", input.content_height);
  int y = draw_facts(ui, {below.x, area.y(below.y), below.w, 0}, view);
  if (!view.trouble.empty()) {
    const ui::Notice notice{
        .words = view.trouble, .action = view.enter_key, .state = ui::State::warn};
    const Rect at{below.x, y, below.w, std::max(72, ui::notice_height(ui, below.w, notice))};
    if (ui::banner(ui, at, notice) == ui::NoticeTap::action) tap.kind = OutboxTap::Kind::enter_key;
    y = at.bottom() + margin;
  }
  if (!view.emptiness.title.empty()) {
    const Rect empty{
        below.x, y, below.w,
        view.done.rows.empty() ? std::max(scaled(ui, 240), below.bottom() - y) : scaled(ui, 240)};
    ui::card(ui, empty);
    draw_emptiness(ui, empty, view.emptiness);
    y = empty.bottom() + margin;
  } else if (!view.explanation.empty()) {
    y += ui::paragraph(ui, {below.x, y, below.w, 200}, view.explanation,
                       {.colour = ui::Colour::text_2}) +
         margin;
  }
  y = draw_section(ui, {below.x, y, below.w, 0}, view.aside, OutboxTap::Kind::again, tap);
  y = draw_section(ui, {below.x, y, below.w, 0}, view.prints, OutboxTap::Kind::print, tap);
  y = draw_section(ui, {below.x, y, below.w, 0}, view.stuck, OutboxTap::Kind::resend, tap);
  y = draw_section(ui, {below.x, y, below.w, 0}, view.open, OutboxTap::Kind::resend, tap);
  y = draw_section(ui, {below.x, y, below.w, 0}, view.done, OutboxTap::Kind::none, tap);
  if (!view.more.empty()) {
    const int high = line_height(ui, ui::Size::t1);
    ui::text(ui, {below.x, y, below.w, high}, view.more,
             {.colour = ui::Colour::text_2, .align = ui::Align::centre});
    y += high + 8;
  }
  const int height = y + area.offset() - area_rect.y;
  if (height != input.content_height) ui.ask_for_frame();
  input.content_height = height;
  const bool is_near_end = area.offset() + area_rect.h + 800 > height;
  if (view.has_more && is_near_end) input.limit += 100;
  return tap;
}

OutboxTap draw(ui::Ui& ui, const OutboxView& view, OutboxInput& input) {
  OutboxTap tap = draw_page(ui, view, input);
  if (view.key_sheet) tap.key = draw(ui, *view.key_sheet, *input.connect);
  return tap;
}

}  // namespace pos
