#include "pos/screens/parts/likely_notes.h"

#include <algorithm>
#include <array>
#include <span>

namespace pos {

namespace {

// In whole units of the currency, smallest first.
struct Notes {
  std::string_view currency;
  std::array<std::int64_t, 6> units;  // 0: none
  std::int64_t too_much = 200;        // above what is due
};
constexpr std::array<Notes, 6> all_notes{{{"EUR", {2, 5, 10, 20, 50, 100}},
                                          {"CHF", {5, 10, 20, 50, 100, 200}},
                                          {"USD", {1, 5, 10, 20, 50, 100}},
                                          {"GBP", {2, 5, 10, 20, 50, 0}},
                                          {"SEK", {20, 50, 100, 200, 500, 0}, 2000},
                                          {"JPY", {500, 1000, 5000, 10'000, 0, 0}, 20'000}}};

std::int64_t minor_of_one(core::Currency currency) {
  std::int64_t minor = 1;
  for (int i = 0; i < currency.digits(); ++i) minor *= 10;
  return minor;
}

std::int64_t too_much_above(core::Currency currency) {
  const auto* notes = std::find_if(all_notes.begin(), all_notes.end(), [&](const Notes& each) {
    return each.currency == currency.text();
  });
  return notes == all_notes.end() ? 200 : notes->too_much;
}

}  // namespace

std::vector<core::Money> likely_notes(core::Money due, std::size_t most) {
  std::vector<core::Money> likely;
  if (due.minor <= 0) return likely;
  const std::int64_t one = minor_of_one(due.currency);
  for (const Notes& notes : all_notes) {
    if (notes.currency != due.currency.text()) continue;
    for (std::size_t i = 0; i < notes.units.size(); ++i) {
      const std::int64_t note = notes.units[i] * one;
      // The smallest one is for small sums only: nobody piles it up.
      const bool is_small_change = i == 0 && due.minor >= note;
      if (note == 0 || due.minor % note == 0 || is_small_change) continue;
      const core::Money up{(due.minor / note + 1) * note, due.currency};
      if (up.minor <= core::largest_minor) likely.push_back(up);
    }
  }
  std::sort(likely.begin(), likely.end());
  likely.erase(std::unique(likely.begin(), likely.end()), likely.end());
  if (likely.size() > most) likely.resize(most);
  return likely;
}

bool is_unlikely(core::Money given, core::Money due) {
  const std::vector<core::Money> next = likely_notes(due, 2);
  const core::Money high = next.empty() ? due : next.back();
  return given > high &&
         given.minor - due.minor > too_much_above(due.currency) * minor_of_one(due.currency);
}

}  // namespace pos
