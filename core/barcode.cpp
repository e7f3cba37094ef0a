#include "core/barcode.h"

#include <algorithm>

#include "core/base/text.h"

namespace core {

namespace {

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::variant<Money, Quantity> value_of(const EmbeddedRule& rule, std::string_view digits,
                                       Currency currency) {
  const std::int64_t divisor = power_of_ten(rule.decimals);
  if (rule.kind == EmbeddedKind::price) {
    return Money{scale_rounded(number(digits), power_of_ten(currency.digits()), divisor), currency};
  }
  return Quantity{scale_rounded(number(digits), 1000, divisor)};
}

const EmbeddedRule* rule_for(std::string_view code, const std::vector<EmbeddedRule>& rules) {
  const EmbeddedRule* best = nullptr;
  for (const EmbeddedRule& rule : rules) {
    if (!is_possible(rule) || !code.starts_with(rule.prefix)) continue;
    if (!best || rule.prefix.size() > best->prefix.size()) best = &rule;
  }
  return best;
}

}  // namespace

std::optional<char> check_digit(std::string_view digits) {
  if (digits.empty() || !all_digits(digits)) return {};
  // The digit next to the check digit weighs 3, the one before it 1, and so on.
  int sum = 0;
  int weight = 3;
  for (auto c = digits.rbegin(); c != digits.rend(); ++c) {
    sum += (*c - '0') * weight;
    weight = 4 - weight;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool has_good_check_digit(std::string_view code) {
  const bool length_of_the_trade =
      code.size() == 8 || code.size() == 12 || code.size() == 13 || code.size() == 14;
  return length_of_the_trade && check_digit(code.substr(0, code.size() - 1)) == code.back();
}

std::string normal_barcode(std::string_view scanned) {
  const std::string_view code = trim(scanned);
  if (code.size() == 12 && has_good_check_digit(code)) return std::string("0").append(code);
  // A leading zero does not change the check digit, so the rest is a good EAN-13.
  if (code.size() == 14 && code.front() == '0' && has_good_check_digit(code)) {
    return std::string(code.substr(1));
  }
  return std::string(code);
}

bool is_possible(const EmbeddedRule& rule) {
  const int digits = static_cast<int>(rule.prefix.size()) + rule.item_digits +
                     (rule.own_check_digit ? 1 : 0) + rule.value_digits;
  return digits == 12 && !rule.prefix.empty() && all_digits(rule.prefix) && rule.item_digits > 0 &&
         rule.value_digits > 0 && rule.decimals >= 0 && rule.decimals <= rule.value_digits;
}

const std::vector<EmbeddedRule>& german_embedded_rules() {
  static const std::vector<EmbeddedRule> rules{
      {"21", 5, false, EmbeddedKind::price, 5, 2},
      {"22", 4, true, EmbeddedKind::price, 5, 2},
      {"28", 5, false, EmbeddedKind::weight, 5, 3},
      {"29", 4, true, EmbeddedKind::weight, 5, 3},
  };
  return rules;
}

std::optional<EmbeddedCode> read_embedded(std::string_view scanned,
                                          const std::vector<EmbeddedRule>& rules,
                                          Currency currency) {
  const std::string code = normal_barcode(scanned);
  if (code.size() != 13 || !has_good_check_digit(code)) return {};
  const EmbeddedRule* rule = rule_for(code, rules);
  if (!rule) return {};
  const std::string_view all = code;
  const std::size_t item_at = rule->prefix.size();
  const auto item_digits = static_cast<std::size_t>(rule->item_digits);
  const std::size_t value_at = 12 - static_cast<std::size_t>(rule->value_digits);
  EmbeddedCode found;
  found.item = all.substr(item_at, item_digits);
  found.lookup = std::string(all.substr(0, item_at + item_digits));
  found.lookup.resize(12, '0');
  found.lookup += *check_digit(found.lookup);
  found.value = value_of(*rule, all.substr(value_at, 12 - value_at), currency);
  return found;
}

}  // namespace core
