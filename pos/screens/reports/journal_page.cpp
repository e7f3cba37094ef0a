#include "pos/screens/reports/journal_page.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "pos/layout/report_words.h"
#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

namespace icons = ui::icons;

struct GroupSpec {
  const char* label;
  std::vector<std::string> kinds;
};

const std::array<GroupSpec, journal_group_count>& group_specs() {
  static const std::array<GroupSpec, journal_group_count> all{{
      {"All", {}},
      {"Voids", {"void line", "void order", "less", "tender taken back"}},
      {"Price changes", {"price override", "discount", "order discount"}},
      {"No sales", {"no sale"}},
      {"Refunds", {"refunded", "refund"}},
      {"Approvals", {}},
      {"Shift and cash",
       {"shift opened", "drawer counted", "count given up", "terminal day ended", "terminal"}},
      {"Staff and settings",
       {"sign in", "sign out", "wrong PIN", "cashier added", "cashier changed", "cashier removed",
        "badge given", "badge taken away", "role added", "role changed", "role removed", "setting",
        "training begun", "training ended", "cart taken over"}},
  }};
  return all;
}

const GroupSpec& spec_of(JournalGroup group) {
  return group_specs()[static_cast<std::size_t>(group)];
}

std::optional<core::Money> amount_in(std::string_view text, core::Currency currency) {
  std::string plain(text);
  const bool has_cents = plain.find_first_of(".,") != std::string::npos;
  std::ranges::replace(plain, ',', '.');
  const auto parsed = core::parse_plain(plain, currency);
  return has_cents && parsed ? std::optional(*parsed) : std::nullopt;
}

// What the subject names, where it can be opened: a receipt's code or an order's number.
std::string code_of(const core::JournalRow& row) {
  const bool has_number = row.subject.find_first_of("0123456789") != std::string::npos &&
                          row.subject.find('-') != std::string::npos;
  return has_number ? row.subject : "";
}

// The kinds are noted in small letters.
std::string capitalised(std::string_view kind) {
  std::string name(kind);
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

// Of the long text of a receipt or a signature the first line is its name, which stands there
// already.
std::string detail_of(const core::JournalRow& row, const Words& words) {
  constexpr std::array<std::string_view, 3> named{"receipt", "signature", "unsigned"};
  std::string detail(words.with("journal", row.subject));
  const std::string content = row.content.substr(0, row.content.find('\n'));
  if (!content.empty() && std::ranges::find(named, row.kind) == named.end()) {
    detail += (detail.empty() ? "" : " · ") + content;
  }
  return detail;
}

std::int64_t entries_in(const core::FoundJournal& found, JournalGroup group) {
  if (group == JournalGroup::approvals) return found.approved;
  std::int64_t number = 0;
  const auto& kinds = spec_of(group).kinds;
  for (const core::JournalCount& each : found.counts) {
    const bool is_its = kinds.empty() || std::ranges::find(kinds, each.kind) != kinds.end();
    if (is_its) number += each.number;
  }
  return number;
}

constexpr std::int64_t more_entries = 100;

}  // namespace

core::JournalSearch journal_search(const Scene& scene, const JournalInput& input,
                                   const core::Span& span) {
  const core::DayRule rule = core::day_rule(scene.till.settings);
  core::JournalSearch search;
  search.from = core::begin_of(span.first, rule);
  search.until = core::begin_of(span.last + std::chrono::days(1), rule);
  search.kinds = spec_of(input.group).kinds;
  search.is_approved = input.group == JournalGroup::approvals;
  search.limit = input.limit;
  const std::string_view text = core::trim(input.text);
  search.amount = amount_in(text, scene.till.settings.shop.currency);
  if (search.amount || text.empty()) return search;
  const bool is_person = std::ranges::any_of(scene.till.staff, [&](const core::Cashier& who) {
    return core::fold(who.name).starts_with(core::fold(text));
  });
  (is_person ? search.person : search.text) = text;
  return search;
}

Questions wants(const Scene& scene, const JournalInput& input, const core::Span& span) {
  return {core::AskJournal{journal_search(scene, input, span)}};
}

JournalView present(const Scene& scene, const JournalInput& input, const core::Span& span) {
  const Words& words = scene.words;
  JournalView view;
  view.title = words("Journal");
  view.back = words("Back");
  view.hint = words("Person, article, number or amount");
  view.keyboard_word = words("Keyboard");
  view.span = short_span_words(span, words);
  view.earlier = words.with("report", "Earlier");
  view.later = words.with("report", "Later");
  const core::Day today = core::day_of(scene.instant, core::day_rule(scene.till.settings));
  if (span.last >= today) view.why_not_later = words.with("report", "That is still to come.");
  const auto& found = scene.found.journal;
  for (int i = 0; i < journal_group_count; ++i) {
    const auto group = static_cast<JournalGroup>(i);
    view.groups.push_back({std::string(words.with("journal", spec_of(group).label)),
                           found ? entries_in(*found, group) : -1, group == input.group});
  }
  if (!found) return view;
  for (const core::JournalRow& row : found->rows) {
    view.rows.push_back({capitalised(words.with("journal", row.kind)), detail_of(row, words),
                         std::string(words.with("journal", row.actor)),
                         time_text(shop_time(row.at, scene)), code_of(row)});
    const core::LocalTime at = shop_time(row.at, scene);
    if (span.first != span.last) {
      view.rows.back().when = day_text(at, words.language()) + " " + time_text(at);
    }
  }
  if (static_cast<std::int64_t>(view.rows.size()) >= input.limit) view.more = words("Show more");
  if (view.rows.empty()) {
    view.empty = {icons::fact_check, std::string(words("Nothing like this")),
                  std::string(words("The journal has no such entry of these days."))};
  }
  return view;
}

JournalResult react(const JournalTap& tap, const Scene& scene, JournalInput& input,
                    const core::Span& span) {
  using Kind = JournalTap::Kind;
  switch (tap.kind) {
    case Kind::none:
      break;
    case Kind::back:
      return {{}, 0, true};
    case Kind::earlier:
      return {{}, -1};
    case Kind::later:
      return {{}, 1};
    case Kind::group:
      input.group = static_cast<JournalGroup>(tap.index);
      input.limit = more_entries / 2;
      break;
    case Kind::search:
      input.limit = more_entries / 2;
      break;
    case Kind::keyboard:
      input.has_keyboard = !input.has_keyboard;
      break;
    case Kind::more:
      input.limit += more_entries;
      break;
    case Kind::row: {
      const JournalView view = present(scene, input, span);
      if (tap.index >= view.rows.size()) break;
      const std::string& code = view.rows[tap.index].code;
      if (!code.empty()) return {say(core::OpenRecord{code})};
      break;
    }
  }
  return {};
}

namespace {

constexpr int journal_row = ui::measure::row;

JournalTap draw_head(ui::Ui& ui, const ui::Rect& page, const JournalView& view,
                     JournalInput& input) {
  JournalTap tap;
  const ui::Rect row = title_row(page);
  if (ui::button(ui, {row.x, row.y, 56, 56},
                 {.label = view.back,
                  .icon = icons::arrow_back,
                  .key = ui::Key::escape,
                  .is_icon_only = true})) {
    tap.kind = JournalTap::Kind::back;
  }
  const int title = ui::text_width(ui, view.title, ui::Size::t3, ui::Weight::semibold);
  ui::text(ui, {row.x + 72, row.y, title, row.h}, view.title,
           {.size = ui::Size::t3, .weight = ui::Weight::semibold});
  int right = row.right() - 56;
  if (ui::button(ui, {right, row.y, 56, 56},
                 {.label = view.later,
                  .icon = icons::chevron_right,
                  .enabled = view.why_not_later.empty(),
                  .why_not = view.why_not_later,
                  .is_icon_only = true})) {
    tap.kind = JournalTap::Kind::later;
  }
  const int day = ui::text_width(ui, view.span, ui::Size::t1, ui::Weight::semibold) + 24;
  ui::text(ui, {right - day, row.y, day, row.h}, view.span,
           {.weight = ui::Weight::semibold, .align = ui::Align::centre});
  right -= day + 56;
  if (ui::button(ui, {right, row.y, 56, 56},
                 {.label = view.earlier, .icon = icons::chevron_left, .is_icon_only = true})) {
    tap.kind = JournalTap::Kind::earlier;
  }
  right -= 16 + 56;
  if (ui::button(ui, {right, row.y, 56, 56},
                 {.label = view.keyboard_word,
                  .icon = input.has_keyboard ? icons::keyboard_hide : icons::keyboard,
                  .is_icon_only = true})) {
    tap.kind = JournalTap::Kind::keyboard;
  }
  const int left = std::max(row.x + 72 + title + 24, right - 8 - scaled(ui, 360));
  const auto event = ui::field(ui, {left, row.y, right - 8 - left, 56}, input.text,
                               {.id = "journal-search",
                                .placeholder = view.hint,
                                .icon = icons::search,
                                .key = ui::Key::f3});
  if (event != ui::FieldEvent::none) tap.kind = JournalTap::Kind::search;
  return tap;
}

void draw_entry(ui::Ui& ui, const ui::Rect& at, const JournalRowView& row) {
  const int line = line_height(ui, ui::Size::t1);
  constexpr int arrow = 32;  // kept free where nothing can be opened: the times stand in one column
  const int when = ui::text_width(ui, row.when) + 8;
  const ui::Rect first{at.x + 16, at.y + (at.h - 2 * line) / 2, at.w - 32 - arrow - when, line};
  ui::text(ui, first, row.what, {.weight = ui::Weight::semibold});
  ui::text(ui, {first.right(), first.y, when, line}, row.when,
           {.colour = ui::Colour::text_2, .align = ui::Align::right});
  const int who = std::min(ui::text_width(ui, row.who) + 8, at.w / 2);
  ui::text(ui, {first.x, first.y + line, at.w - 32 - arrow - who, line}, row.detail,
           {.colour = ui::Colour::text_2});
  ui::text(ui, {at.right() - 16 - arrow - who, first.y + line, who, line}, row.who,
           {.align = ui::Align::right, .shrinks = true});
  if (!row.code.empty()) {
    ui::icon(ui, {at.right() - 40, at.y, 24, at.h}, icons::chevron_right, ui::Colour::text_2);
  }
}

JournalTap draw_entries(ui::Ui& ui, const ui::Rect& rect, const JournalView& view) {
  JournalTap tap;
  ui::card(ui, rect);
  if (!view.empty.title.empty()) {
    draw_emptiness(ui, rect, view.empty);
    return tap;
  }
  const int n = static_cast<int>(view.rows.size()), more = view.more.empty() ? 0 : journal_row;
  const ui::Rect room{rect.x, rect.y + 4, rect.w, rect.h - 8};
  const ui::ScrollArea area(ui, room, "journal", n * journal_row + more);
  for (int i = 0; i < n; ++i) {
    const int y = room.y + i * journal_row;
    if (!area.shows(y, journal_row)) continue;
    const JournalRowView& row = view.rows[static_cast<std::size_t>(i)];
    const ui::Rect at{room.x + 8, area.y(y), room.w - 16, journal_row};
    if (ui::row_ground(ui, at, {.label = row.what + "##journal-" + std::to_string(i)})) {
      tap = {JournalTap::Kind::row, static_cast<std::size_t>(i)};
    }
    draw_entry(ui, at, row);
  }
  if (more > 0 &&
      ui::button(ui, {room.x + 16, area.y(room.y + n * journal_row + 8), room.w - 32, 56},
                 {.label = view.more})) {
    tap.kind = JournalTap::Kind::more;
  }
  return tap;
}

}  // namespace

JournalTap draw(ui::Ui& ui, const JournalView& view, JournalInput& input, const Words& words) {
  const ui::Rect page = page_of(ui);
  JournalTap tap = draw_head(ui, page, view, input);
  const auto take = [&](const JournalTap& other) {
    if (other.kind != JournalTap::Kind::none) tap = other;
  };
  ui::Rect body = below_title(page);
  std::vector<ui::Chip> chips;
  for (const auto& group : view.groups) {
    chips.push_back({.label = group.label,
                     .is_selected = group.is_selected,
                     .count = static_cast<int>(std::min<std::int64_t>(group.number, 99'999))});
  }
  const auto chosen = ui::chips(ui, {body.x, body.y, body.w, 56}, chips, "journal-groups");
  if (chosen) take({JournalTap::Kind::group, static_cast<std::size_t>(*chosen)});
  const int gap = card_gap(ui);
  body = {body.x, body.y + 56 + gap, body.w, body.h - 56 - gap};
  if (input.has_keyboard) body.h = keyboard_place(ui).y - 8 - body.y;
  take(draw_entries(ui, body, view));
  if (input.has_keyboard) {
    SheetKeyboard keyboard{true, input.keyboard};
    draw_keyboard(ui, keyboard, words);
    input.keyboard = keyboard.state;
    input.has_keyboard = keyboard.is_shown;
  }
  return tap;
}

JournalResult run(ui::Ui& ui, const Scene& scene, JournalInput& input, const core::Span& span) {
  JournalResult result =
      react(draw(ui, present(scene, input, span), input, scene.words), scene, input, span);
  if (result.is_left) ui.blur();
  return result;
}

}  // namespace pos
