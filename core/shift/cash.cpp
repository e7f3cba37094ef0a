#include "core/shift/cash.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace core {

namespace {

constexpr std::array<std::string_view, stored_count<CashMoveKind>> words{
    "float",           "paid in",          "paid out",  "safe drop", "bank",
    "wages",           "expense",          "owner in",  "owner out", "difference",
    "drop at closing", "voucher paid out", "tip payout"};

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc{} || rest != end || number < 0) return {};
  return number;
}

}  // namespace

std::string_view word(CashMoveKind kind) {
  return words[static_cast<std::size_t>(kind)];
}

std::optional<CashMoveKind> cash_move_from(std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto kind = static_cast<CashMoveKind>(i);
    const bool is_the_tills_own =
        kind == CashMoveKind::opening || kind == CashMoveKind::difference ||
        kind == CashMoveKind::closing_drop || kind == CashMoveKind::voucher_payout;
    if (words[i] == word && !is_the_tills_own) return kind;
  }
  return {};
}

bool comes_in(CashMoveKind kind) {
  return kind == CashMoveKind::opening || kind == CashMoveKind::paid_in ||
         kind == CashMoveKind::owner_in;
}

std::vector<std::int64_t> coins_of(Currency currency) {
  if (currency == eur) {
    return {20'000, 10'000, 5'000, 2'000, 1'000, 500, 200, 100, 50, 20, 10, 5, 2, 1};
  }
  if (currency == chf) return {20'000, 10'000, 5'000, 2'000, 1'000, 500, 200, 100, 50, 20, 10, 5};
  if (currency == usd) return {10'000, 5'000, 2'000, 1'000, 500, 100, 25, 10, 5, 1};
  return {};
}

Money sum_of(const std::vector<CoinCount>& coins, Currency currency) {
  Money sum{0, currency};
  for (const CoinCount& coin : coins) sum.minor += coin.value * coin.number;
  return sum;
}

std::string to_text(const std::vector<CoinCount>& coins) {
  std::string text;
  for (const CoinCount& coin : coins) {
    if (coin.number == 0) continue;
    fmt::format_to(std::back_inserter(text), "{}{}x{}", text.empty() ? "" : ",", coin.value,
                   coin.number);
  }
  return text;
}

std::optional<std::vector<CoinCount>> coins_from(std::string_view text) {
  std::vector<CoinCount> coins;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    const std::string_view item = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto times = item.find('x');
    if (times == item.npos) return {};
    const auto value = number_in(item.substr(0, times)), number = number_in(item.substr(times + 1));
    constexpr std::int64_t most = 1'000'000;
    if (!value || !number || *value == 0 || *value > most || *number > most) return {};
    coins.push_back({*value, *number});
  }
  return coins;
}

}  // namespace core
