// The journal for the owner: a day at a glance, then its entries by kind, person, article,
// sum and time; a tap opens the order or the receipt. UI thread.
#pragma once

#include <string>
#include <vector>

#include "core/reports/calendar.h"
#include "pos/desk/scene.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

// What the owner asks of a day.
enum class JournalGroup : std::uint8_t {
  all,
  voids,
  prices,
  no_sales,
  refunds,
  approvals,
  drawer,
  people
};
inline constexpr int journal_group_count = 1 + static_cast<int>(JournalGroup::people);

struct JournalInput {
  JournalGroup group = JournalGroup::all;
  std::string text;  // a person, an article, a number, a reason, or an amount
  bool has_keyboard = false;
  ui::KeyboardState keyboard;
  std::int64_t limit = 50;
};

struct JournalRowView {
  std::string what, detail, who, when;
  std::string code;  // of the receipt or order that it opens; empty: none
  friend bool operator==(const JournalRowView&, const JournalRowView&) = default;
};
struct JournalView {
  std::string title, back, hint, keyboard_word, span, earlier, later, why_not_later, more;
  struct Group {
    std::string label;
    std::int64_t number = -1;  // below 0: not told
    bool is_selected = false;
    friend bool operator==(const Group&, const Group&) = default;
  };
  std::vector<Group> groups;
  std::vector<JournalRowView> rows;
  Emptiness empty;  // instead of the rows
  friend bool operator==(const JournalView&, const JournalView&) = default;
};
struct JournalTap {
  enum class Kind : std::uint8_t { none, back, earlier, later, group, search, keyboard, row, more };
  Kind kind = Kind::none;
  std::size_t index = 0;
};
struct JournalResult {
  Reaction reaction;
  int moved = 0;  // to the day (week, month) before or after
  bool is_left = false;
};

// A typed amount is looked for as one, everything else as a person's name and as text.
core::JournalSearch journal_search(const Scene& scene, const JournalInput& input,
                                   const core::Span& span);
Questions wants(const Scene& scene, const JournalInput& input, const core::Span& span);
JournalView present(const Scene& scene, const JournalInput& input, const core::Span& span);
JournalTap draw(ui::Ui& ui, const JournalView& view, JournalInput& input, const Words& words);
JournalResult react(const JournalTap& tap, const Scene& scene, JournalInput& input,
                    const core::Span& span);
JournalResult run(ui::Ui& ui, const Scene& scene, JournalInput& input, const core::Span& span);

}  // namespace pos
