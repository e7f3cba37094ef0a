#include "core/vouchers/voucher_number.h"

#include "core/base/text.h"

namespace core {

namespace {

// Luhn's rule for any number of letters: one wrong character is found, and two that
// changed places.
std::size_t luhn_sum(std::string_view letters, std::size_t factor) {
  const std::size_t n = voucher_letters.size();
  std::size_t sum = 0;
  for (std::size_t i = letters.size(); i-- > 0;) {
    const std::size_t addend = factor * voucher_letters.find(letters[i]);
    sum += addend / n + addend % n;
    factor = 3 - factor;
  }
  return sum % n;
}

constexpr std::size_t letters_and_check = VoucherPicks{}.size() + 1;

}  // namespace

std::string voucher_number(const VoucherPicks& picks) {
  std::string letters;
  for (const std::uint8_t pick : picks) letters += voucher_letters[pick % voucher_letters.size()];
  const std::size_t n = voucher_letters.size();
  letters += voucher_letters[(n - luhn_sum(letters, 2)) % n];
  return std::string(voucher_prefix) + letters;
}

bool is_voucher_number(std::string_view number) {
  if (!number.starts_with(voucher_prefix)) return false;
  number.remove_prefix(voucher_prefix.size());
  return number.size() == letters_and_check &&
         number.find_first_not_of(voucher_letters) == number.npos && luhn_sum(number, 1) == 0;
}

std::string plain_voucher_number(std::string_view written) {
  std::string plain;
  for (const char c : trim(written)) {
    if (c == ' ' || c == '-') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return plain;
}

std::string shown_voucher_number(std::string_view number) {
  if (!is_voucher_number(number)) return std::string(number);
  std::string shown(number.substr(0, voucher_prefix.size()));
  number.remove_prefix(voucher_prefix.size());
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (i % 4 == 0) shown += ' ';
    shown += number[i];
  }
  return shown;
}

}  // namespace core
