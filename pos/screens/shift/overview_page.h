// The shift that is open: since when and by whom, what it took, the account of the
// drawer, the cash that moved, and what can be done with it.
#pragma once

#include "pos/screens/parts/page.h"
#include "pos/screens/shift/shift_words.h"

namespace pos {

struct OverviewInput {
  int content_height = 0;  // of what scrolls, as drawn last
};

struct ShiftFigure {
  ui::Icon icon = ui::icons::none;
  std::string label, value;
  friend bool operator==(const ShiftFigure&, const ShiftFigure&) = default;
};
struct MoveRow {
  std::int64_t receipt = 0;
  std::string title, second, amount;
  ui::Icon icon = ui::icons::none;
  friend bool operator==(const MoveRow&, const MoveRow&) = default;
};
struct OverviewView {
  std::string title, second, closings;
  std::string notice;  // what is unusual about it; empty: nothing
  std::vector<ShiftFigure> figures;
  std::string tenders_title, no_tenders, account_title, moves_title;
  std::string hidden;  // why there are neither payments nor account; empty: there are
  std::vector<AmountRow> tenders, account;
  std::vector<MoveRow> moves;
  std::string in, out, drop, x, drawer, close;
  std::string x_why_not;  // the X report is not for this cashier
  friend bool operator==(const OverviewView&, const OverviewView&) = default;
};

struct OverviewTap {
  enum class Kind : std::uint8_t {
    none,
    closings,
    in,
    out,
    drop,
    x,
    drawer,
    close,
    move  // receipt
  } kind = Kind::none;
  std::int64_t receipt = 0;
};

// Only while a shift is open.
OverviewView present_overview(const Scene& scene);
OverviewTap draw(ui::Ui& ui, const OverviewView& view, OverviewInput& input);

}  // namespace pos
