// Cash that comes into the drawer or leaves it without a sale, and how it is counted.
// Plain values; no thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/money.h"
#include "core/base/stored.h"

namespace core {

enum class CashMoveKind {
  opening,         // the float that a shift begins with
  paid_in,         // change fetched from the bank
  paid_out,        // stamps, a parcel
  safe_drop,       // into the safe
  bank,            // to the bank
  wages,           // paid from the drawer
  expense,         // an invoice paid from the drawer
  owner_in,        // the owner's own money
  owner_out,       // what the owner takes
  difference,      // what a count had more (or less) than was expected
  closing_drop,    // what leaves the drawer with the closing
  voucher_payout,  // the rest of a voucher
  tip_payout,      // tips to those who earned them
};
template <>
inline constexpr int stored_count<CashMoveKind> = 1 + static_cast<int>(CashMoveKind::tip_payout);
std::string_view word(CashMoveKind kind);  // "paid in"
// Of what a person may ask for: the float, the difference and the closing's drop are not.
std::optional<CashMoveKind> cash_move_from(std::string_view word);
bool comes_in(CashMoveKind kind);

struct CashMovement {
  CashMoveKind kind = CashMoveKind::paid_in;
  Money amount;  // as the drawer sees it: below 0 when it leaves
  std::string reason;
  std::string approver;  // the manager whose PIN allowed it; empty: nobody was asked
  friend bool operator==(const CashMovement&, const CashMovement&) = default;
};

// So many pieces of one coin, or of one note.
struct CoinCount {
  std::int64_t value = 0;  // minor units
  std::int64_t number = 0;
  friend bool operator==(const CoinCount&, const CoinCount&) = default;
};
// The coins and notes of a currency, the largest first; empty: not known.
std::vector<std::int64_t> coins_of(Currency currency);
Money sum_of(const std::vector<CoinCount>& coins, Currency currency);
std::string to_text(const std::vector<CoinCount>& coins);  // "5000x3,20x7", in minor units
// The same back; nothing: it is no such text.
std::optional<std::vector<CoinCount>> coins_from(std::string_view text);

}  // namespace core
