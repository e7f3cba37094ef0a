// The number of one note or coin, while it is keyed: Enter keeps it and leads to the
// next one.
#pragma once

#include <string>
#include <vector>

#include "pos/screens/parts/keying.h"
#include "pos/screens/shift/coin_rows.h"

namespace pos {

struct CoinPadInput {
  std::int64_t coin = 0;  // whose number is being keyed; 0: none
  ui::Keyed number;
};

struct CoinPadView {
  CoinRow coin;
  std::string title, number, sum, done, next;  // next: empty behind the last
  bool is_refused = false;
  friend bool operator==(const CoinPadView&, const CoinPadView&) = default;
};
struct CoinPadTap {
  enum class Kind : std::uint8_t { none, key, done, next, left } kind = Kind::none;
  ui::PadKey key = ui::PadKey::none;
};

inline constexpr ui::Keying coin_keying{9'999, 0, false};

std::int64_t number_of(const std::vector<core::CoinCount>& coins, std::int64_t value);
// The same count with so many of one coin, the largest first.
std::vector<core::CoinCount> with_number(std::vector<core::CoinCount> coins, core::CoinCount coin);
CoinPadInput key_coin(const std::vector<core::CoinCount>& coins, std::int64_t value);
// What follows it; 0: it is the smallest.
std::int64_t coin_after(std::int64_t value, core::Currency currency);

// Nothing: no number is being keyed.
std::optional<CoinPadView> present(const Scene& scene, const CoinPadInput& input,
                                   const CoinsView& coins);
// Its row says the number as it is keyed.
void show_keyed(CoinsView& coins, const std::optional<CoinPadView>& pad);
CoinPadTap draw(ui::Ui& ui, const ui::Rect& rect, const CoinPadView& view);

}  // namespace pos
