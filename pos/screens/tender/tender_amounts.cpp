// The arithmetic of the tender screen: what the main action takes, and which
// amounts are worth a button.
#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/orders/pricing.h"
#include "pos/screens/parts/likely_notes.h"
#include "pos/screens/tender/tender_parts.h"

namespace pos {

using core::Money;

namespace {

// Round sums that somebody may want to pay with another tender than cash.
constexpr std::array<std::int64_t, 8> round_sums{500,    1'000,  2'000,  5'000,
                                                 10'000, 20'000, 50'000, 100'000};

void add(std::vector<Money>& amounts, Money amount) {
  if (std::find(amounts.begin(), amounts.end(), amount) == amounts.end()) amounts.push_back(amount);
}

}  // namespace

Money owed(const Scene& scene, TenderMethod method) {
  const Money due = scene.till.due;
  if (method != TenderMethod::cash) return due;
  return due + core::cash_rounding(due, scene.till.settings.money.cash_step);
}

const core::Voucher* keyed_voucher(const Scene& scene, const TenderInput& input) {
  const core::FoundVoucher& found = scene.found.voucher;
  const bool is_it =
      input.method == TenderMethod::voucher && !input.label.empty() && found.asked == input.label;
  return is_it && found.voucher ? &*found.voucher : nullptr;
}

Money payable(const Scene& scene, const TenderInput& input) {
  const Money rest = owed(scene, input.method);
  const core::Voucher* voucher = keyed_voucher(scene, input);
  return voucher ? std::min(rest, voucher->available()) : rest;
}

Money amount_to_take(const Scene& scene, const TenderInput& input) {
  const Money rest = payable(scene, input);
  if (input.keyed.value() > 0) return {input.keyed.value(), rest.currency};
  const bool is_cash = input.method == TenderMethod::cash;
  if (input.parts <= 1 || rest.minor < input.parts) return is_cash ? rest + input.tip : rest;
  const Money part = core::split_evenly(rest, input.parts).front();
  return is_cash ? core::round_to_step(part, scene.till.settings.money.cash_step) : part;
}

std::optional<Money> tip_in(std::string_view text, core::Currency currency) {
  std::string plain(core::trim(text));
  if (plain.empty()) return Money{0, currency};
  std::ranges::replace(plain, ',', '.');
  const auto parsed = core::parse_plain(plain, currency);
  if (!parsed || parsed->minor < 0) return {};
  return *parsed;
}

std::vector<Money> quick_amounts(Money rest, TenderMethod method) {
  std::vector<Money> amounts{rest};
  if (rest.minor <= 1) return amounts;
  if (method == TenderMethod::cash) {
    for (const Money note : likely_notes(rest, 2)) add(amounts, note);
    return amounts;
  }
  add(amounts, core::split_evenly(rest, 2).front());
  // The largest round sum that is well below the rest.
  for (auto sum = round_sums.rbegin(); sum != round_sums.rend() && amounts.size() < 3; ++sum) {
    if (*sum * 2 < rest.minor) add(amounts, {*sum, rest.currency});
  }
  return amounts;
}

}  // namespace pos
