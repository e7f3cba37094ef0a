// A voucher's page, over whatever screen asked for it (Reaction::voucher): what is on it,
// how long it is good, and all that has happened to it. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {

enum class VoucherChange : std::uint8_t { none, block, unblock, pay_out };

struct VoucherInput {
  std::string number;
  VoucherChange change = VoucherChange::none;  // whose reason is asked for
  TextSheetInput reason = {};
};

struct VoucherView {
  std::string title, number, balance_word, balance, waiting;
  std::string badge;
  ui::State state = ui::State::neutral;
  struct Line {
    std::string label, value;
    friend bool operator==(const Line&, const Line&) = default;
  };
  std::vector<Line> facts;
  struct Entry {
    std::string title, second, amount;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> history;  // latest first
  std::string print, print_why_not, block, pay_out, pay_out_why_not, order, close;
  std::optional<TextSheetView> reason;
  friend bool operator==(const VoucherView&, const VoucherView&) = default;
};

enum class VoucherTap : std::uint8_t { none, print, block, pay_out, order, confirm, back, close };

// How good a voucher is now, as an English key with its colour.
struct VoucherWord {
  const char* word;
  ui::State state;
};
VoucherWord voucher_word(const core::Voucher& voucher, core::Instant now);
// "31.12.2029": the last day on which it is good; empty: it stays good.
std::string last_day(const core::Voucher& voucher, const Scene& scene);

Questions wants(const VoucherInput& input);
VoucherView present(const Scene& scene, const VoucherInput& input);
VoucherTap draw(ui::Ui& ui, const VoucherView& view, VoucherInput& input);
// Takes the input away when the page was closed.
Reaction react(VoucherTap tap, const Scene& scene, std::optional<VoucherInput>& input);
// Does nothing without an input.
Reaction run(ui::Ui& ui, const Scene& scene, std::optional<VoucherInput>& input);

}  // namespace pos
