#include "core/fiscal/tax_keys.h"

#include <algorithm>

namespace core::fiscal {

namespace {

// Key 3 is what the keys of its history leave over: 10.7, 9.5, 9.0 and 8.4 % have theirs.
constexpr std::array german_keys{
    KnownKey{general_rate, {1900}, "Allgemeiner Steuersatz"},
    KnownKey{reduced_rate, {700}, "Ermäßigter Steuersatz"},
    KnownKey{farm_rate, {780}, "Durchschnittsatz (§ 24 Abs. 1 Nr. 3 UStG)"},
    KnownKey{forestry_rate, {550}, "Durchschnittsatz (§ 24 Abs. 1 Nr. 1 UStG)"},
    KnownKey{outside_tax, {0}, "Nicht steuerbar"},
    KnownKey{exempt, {0}, "Umsatzsteuerfrei"},
    KnownKey{not_determinable, {0}, "Umsatzsteuer nicht ermittelbar"},
    KnownKey{zero_rate, {0}, "Nullsteuersatz (§ 12 Abs. 3 UStG)"},
    KnownKey{11, {1900}, "Allgemeiner Steuersatz (historisch)"},
    KnownKey{12, {700}, "Ermäßigter Steuersatz (historisch)"},
    KnownKey{13, {1070}, "§ 24 Abs. 1 Nr. 3 UStG (historisch)"},
    KnownKey{21, {1600}, "Allgemeiner Steuersatz (historisch)"},
    KnownKey{22, {500}, "Ermäßigter Steuersatz (historisch)"},
    KnownKey{23, {950}, "§ 24 Abs. 1 Nr. 3 UStG (historisch)"},
    KnownKey{33, {900}, "§ 24 Abs. 1 Nr. 3 UStG (historisch)"},
    KnownKey{43, {840}, "§ 24 Abs. 1 Nr. 3 UStG (historisch)"},
};

constexpr int first_own_key = 1000;

}  // namespace

std::span<const KnownKey> known_keys() {
  return german_keys;
}

std::optional<std::size_t> sum_of(int key) {
  const int base = key > 10 && key < 100 ? key % 10 : key;
  if (base < general_rate || base > zero_rate) return {};
  return static_cast<std::size_t>(std::min<int>(base, outside_tax) - 1);
}

bool is_tax_key(int key) {
  return sum_of(key).has_value() || key >= first_own_key;
}

}  // namespace core::fiscal
