#include "core/catalogue/deposit_slip.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"

namespace core {

namespace {

constexpr std::size_t longest_slip = 48, most_amount_digits = 9;

}  // namespace

Result<DepositRule, std::string> deposit_rule_from(std::string_view text) {
  std::string all;
  std::copy_if(text.begin(), text.end(), std::back_inserter(all), [](char c) { return c != ' '; });
  if (all.empty()) return DepositRule{};
  const std::size_t end = std::min(all.find_first_not_of("0123456789"), all.size());
  DepositRule rule{all.substr(0, end), all.substr(end)};
  const auto digits = std::count(rule.letters.begin(), rule.letters.end(), 'P');
  const bool is_known = rule.letters.find_first_not_of("SPxC") == std::string::npos;
  const bool is_checked_last = rule.letters.find('C') >= rule.letters.size() - 1;
  const bool is_together = rule.letters.find_last_of('P') - rule.letters.find('P') + 1 ==
                           static_cast<std::size_t>(digits);
  if (rule.prefix.empty() || digits == 0 ||
      digits > static_cast<std::ptrdiff_t>(most_amount_digits) || !is_known || !is_checked_last ||
      !is_together || all.size() > longest_slip) {
    return tl::unexpected("\"" + std::string(text) +
                          "\" is not a prefix and a letter for each digit, as in 29 SSSSS PPPPP C");
  }
  return rule;
}

std::string to_text(const DepositRule& rule) {
  std::string text = rule.prefix;
  for (std::size_t i = 0; i < rule.letters.size(); ++i) {
    if (i == 0 || rule.letters[i] != rule.letters[i - 1]) text += ' ';
    text += rule.letters[i];
  }
  return text;
}

std::optional<Money> read_deposit_slip(std::string_view code, const DepositRule& rule,
                                       Currency currency) {
  if (rule.letters.empty() || code.size() != rule.prefix.size() + rule.letters.size()) return {};
  const bool is_digits = code.find_first_not_of("0123456789") == code.npos;
  if (!is_digits || !code.starts_with(rule.prefix)) return {};
  if (rule.letters.back() == 'C' && check_digit(code.substr(0, code.size() - 1)) != code.back()) {
    return {};
  }
  Money amount{0, currency};
  for (std::size_t i = 0; i < rule.letters.size(); ++i) {
    if (rule.letters[i] != 'P') continue;
    amount.minor = amount.minor * 10 + (code[rule.prefix.size() + i] - '0');
  }
  if (amount.minor <= 0) return {};
  return amount;
}

}  // namespace core
