// The shifts that are closed: a list, and one of them in full, whose Z report can be
// looked at and printed again. After a closing its Z report is shown here.
#pragma once

#include "pos/screens/parts/page.h"
#include "pos/screens/shift/shift_words.h"

namespace pos {

struct ClosingsInput {
  std::int64_t limit = 30;    // rows asked for; grows as one scrolls down
  std::int64_t z_number = 0;  // that is chosen; 0: the latest
  bool is_fresh = false;      // the shift was closed just now
};

struct ClosingRow {
  std::int64_t z_number = 0;
  std::string title, second, amount;
  DifferenceView difference;
  bool is_selected = false;
  friend bool operator==(const ClosingRow&, const ClosingRow&) = default;
};
struct ClosingsList {
  std::string title;
  std::vector<ClosingRow> rows;
  Emptiness emptiness;
  bool has_more = false;
  friend bool operator==(const ClosingsList&, const ClosingsList&) = default;
};

struct ClosingView {
  std::string title, second;
  AmountRow turnover;
  std::vector<AmountRow> tenders, account;  // account: with what was counted
  DifferenceView difference;
  std::vector<AmountRow> after;  // what was taken out, and what stays
  std::vector<std::string> notes;
  friend bool operator==(const ClosingView&, const ClosingView&) = default;
};
struct ClosingsView {
  std::string title, back;
  std::string fresh;  // what has just been done; empty: nothing
  ClosingsList list;
  std::optional<ClosingView> chosen;
  std::string slip, print, next;
  friend bool operator==(const ClosingsView&, const ClosingsView&) = default;
};

struct ClosingsTap {
  enum class Kind : std::uint8_t { none, back, choose, more, slip, print, next } kind = Kind::none;
  std::int64_t z_number = 0;
};

Questions wants(const ClosingsInput& input);
ClosingsList closings_list(const Scene& scene, const ClosingsInput& input);
ClosingsView present(const Scene& scene, const ClosingsInput& input);
// The list alone, as a card: `choose` or `more`.
ClosingsTap draw(ui::Ui& ui, const ui::Rect& rect, const ClosingsList& list);
ClosingsTap draw(ui::Ui& ui, const ClosingsView& view);

}  // namespace pos
