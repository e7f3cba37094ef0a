// The shift is closed: left what lies in the drawer, by note and coin or as a sum,
// right the account of it and what keeps it from closing. What was counted is in the
// store as soon as its row is left: what the rows show is what is kept. UI thread.
#pragma once

#include "pos/screens/parts/keying.h"
#include "pos/screens/parts/text_sheet.h"
#include "pos/screens/shift/coin_pad.h"
#include "pos/screens/shift/drop_sheet.h"
#include "pos/screens/shift/shift_words.h"

namespace pos {

struct CountInput {
  std::optional<bool> by_coin;  // nothing: as it was counted before
  CoinPadInput pad;
  std::optional<ui::Keyed> sum;           // as keyed, and not in the store yet
  std::optional<core::CountDrawer> sent;  // on its way into the store
  bool is_confirmed = false;              // a blind count: the difference may be shown
  core::Money dropped;                    // leaves the drawer with the closing
  std::string note;
  std::optional<TextSheetInput> note_sheet;
  bool asked_terminal = false;  // to close its day: the shift closes when it has answered
  int content_height = 0;       // of the right side, as drawn last
};

struct CheckRow {
  std::string label, value;
  ui::State state = ui::State::ok;
  ui::Icon icon = ui::icons::check_circle;
  std::optional<Screen> leads_to = {};  // where it is decided
  friend bool operator==(const CheckRow&, const CheckRow&) = default;
};
struct CountView {
  std::string title, back, by_coin, by_sum;
  bool is_by_coin = false, has_coins = false;
  CoinsView coins;
  std::optional<CoinPadView> pad;
  std::string sum_label, sum;  // while a sum is keyed
  bool is_hint = false, is_refused = false;
  std::string counted_label, counted;
  std::vector<AmountRow> account;  // empty: it is hidden
  std::string hidden;
  std::optional<DifferenceView> difference;
  std::string note_word, note;  // no word: nothing is asked for
  std::vector<CheckRow> checks;
  std::string drop, drop_second;
  std::string close, close_second, why_not;
  std::optional<TextSheetView> note_sheet;
  friend bool operator==(const CountView&, const CountView&) = default;
};

struct CountTap {
  enum class Kind : std::uint8_t {
    none,
    back,
    by_coin,
    by_sum,
    clear,
    key,    // of the sum
    begin,  // of the largest note, whose number is keyed from now on
    note,
    check,  // index
    drop,
    close
  } kind = Kind::none;
  int index = 0;
  ui::PadKey key = ui::PadKey::none;
  CoinsTap coin = {};
  CoinPadTap pad = {};
  TextSheetTap note_sheet = TextSheetTap::none;
};
struct CountResult {
  Reaction reaction;
  bool is_left = false;
  std::optional<DropInput> drop = {};  // what is taken out is to be asked for
};

// Only while a shift is open.
CountView present(const Scene& scene, const CountInput& input);
CountTap draw(ui::Ui& ui, const CountView& view, CountInput& input);
CountResult react(const CountTap& tap, const Scene& scene, CountInput& input);
// What follows by itself: the terminal has answered, and the shift is closed.
Reaction go_on(const Scene& scene, CountInput& input);
// Before it is presented: what was sent has arrived.
void settle(const Scene& scene, CountInput& input);

}  // namespace pos
