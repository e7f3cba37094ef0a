// Germany's tax keys (DSFinV-K 2.4, Anlage 2 as of 2024-12-05): what a rate is called in
// an export, and which of the five sums of a signed receipt it belongs to. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/money.h"

namespace core::fiscal {

// The keys that a shop sets up. Others are valid too: those of former rates, two digits of
// which the last is the key of today (21 was 16 %), and from 1000 on a shop's own.
enum TaxKey : int {
  general_rate = 1,
  reduced_rate = 2,
  farm_rate = 3,      // section 24(1) no. 3 UStG
  forestry_rate = 4,  // section 24(1) no. 1 UStG
  outside_tax = 5,    // not taxable
  exempt = 6,
  not_determinable = 7,
  zero_rate = 8,  // section 12(3) UStG
};

struct KnownKey {
  int key;
  Rate rate;
  std::string_view name;  // German, as vat.csv says it
};
std::span<const KnownKey> known_keys();

inline constexpr std::size_t sums_of_receipt = 5;
// Which sum of a receipt the gross amounts of a key enter: 0 general, 1 reduced, 2 and 3
// the average rates, 4 everything without tax. Nothing for what is no key, and for a key of
// the shop's own, which no rule places.
std::optional<std::size_t> sum_of(int key);
bool is_tax_key(int key);

}  // namespace core::fiscal
