#include "core/catalogue/barcode.h"

#include <algorithm>

#include "core/base/text.h"

namespace core {

namespace {

char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// "'4012345000016" and "=\"4012345000016\"" keep a spreadsheet from counting with
// it; a table of numbers has "4012345000016.0".
std::string unquoted(std::string_view code) {
  if (code.starts_with('\'')) code.remove_prefix(1);
  if (code.size() > 3 && code.starts_with("=\"") && code.ends_with('"')) {
    code = code.substr(2, code.size() - 3);
  }
  const auto point = code.find_first_of(".,");
  const bool is_whole = point != code.npos && point >= 8 && are_digits(code.substr(0, point)) &&
                        code.find_first_not_of('0', point + 1) == code.npos;
  return std::string(trim(is_whole ? code.substr(0, point) : code));
}

// Digits with hyphens between them (any of Unicode's) or blanks, as they stand on
// a book; other text stays.
std::string without_hyphens(std::string_view code) {
  std::string bare;
  for (const char32_t c : code_points(code)) {
    const bool is_gap = c == U'-' || c == U' ' || c == 0xA0 || (c >= 0x2010 && c <= 0x2015);
    if (is_gap && !bare.empty()) continue;
    const bool is_of_isbn = (c >= U'0' && c <= U'9') || c == U'X' || c == U'x';
    if (!is_of_isbn) return std::string(code);
    bare += static_cast<char>(c);
  }
  return bare;
}

// "ISBN 978-3-16-148410-0", as it stands on a book.
std::string_view without_its_name(std::string_view code) {
  for (const std::string_view name : {"ISBN-13", "ISBN-10", "ISBN", "EAN", "GTIN", "UPC"}) {
    if (code.size() <= name.size() || !code.starts_with(name)) continue;
    const char next = code[name.size()];
    if (next == ' ' || next == ':') return trim(code.substr(name.size() + 1));
  }
  return code;
}

// A good code of the trade in as many digits as its bars have: the check digit
// does not change with zeros in front.
std::optional<std::string> trade_number(std::string_view digits) {
  if (digits.size() == 8 || digits.size() < 11 || digits.size() > 14) return {};
  if (!are_digits(digits) || check_digit(digits.substr(0, digits.size() - 1)) != digits.back()) {
    return {};
  }
  std::string whole = std::string(14 - digits.size(), '0').append(digits);
  if (whole.starts_with("000000")) return whole.substr(6);  // an EAN-8
  return whole.starts_with('0') ? whole.substr(1) : whole;
}

// The UPC-A behind a UPC-E's eight digits, whose zeros its bars leave out (General
// Specifications, section 5.2.2.4.2).
std::optional<std::string> upc_a(std::string_view code) {
  if (code.size() != 8 || !are_digits(code) || code[0] > '1') return {};
  const std::string_view six = code.substr(1, 6);
  std::string whole(1, code[0]);
  if (six[5] <= '2') {
    whole.append(six.substr(0, 2)).append(1, six[5]).append("0000").append(six.substr(2, 3));
  } else if (six[5] == '3') {
    whole.append(six.substr(0, 3)).append("00000").append(six.substr(3, 2));
  } else if (six[5] == '4') {
    whole.append(six.substr(0, 4)).append("00000").append(six.substr(4, 1));
  } else {
    whole.append(six.substr(0, 5)).append("0000").append(six.substr(5, 1));
  }
  if (check_digit(whole) != code[7]) return {};
  return "0" + whole + code[7];
}

// The eight digits of this UPC-A's short bars; nothing where it has none.
std::optional<std::string> upc_e(std::string_view ean) {
  if (ean.size() != 13 || ean[0] != '0' || ean[1] > '1') return {};
  const std::string m(ean.substr(2, 10));
  const std::string shorts[] = {m.substr(0, 2) + m.substr(7, 3) + m[2],
                                m.substr(0, 3) + m.substr(8, 2) + '3',
                                m.substr(0, 4) + m.substr(9, 1) + '4', m.substr(0, 5) + m[9]};
  for (const std::string& six : shorts) {
    std::string code = ean[1] + six + ean[12];
    if (upc_a(code) == ean) return code;
  }
  return {};
}

bool is_isbn10(std::string_view code) {
  if (code.size() != 10 || !are_digits(code.substr(0, 9))) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += (code[i] - '0') * static_cast<int>(10 - i);
  const int check = (11 - sum % 11) % 11;
  const char last = code[9] == 'x' ? 'X' : code[9];
  return last == (check == 10 ? 'X' : static_cast<char>('0' + check));
}

std::string isbn13(std::string_view isbn10) {
  std::string code = std::string("978").append(isbn10.substr(0, 9));
  return code + check_digit(code).value_or('0');
}

std::variant<Money, Quantity> value_of(const EmbeddedRule& rule, std::string_view digits,
                                       Currency currency) {
  const std::int64_t divisor = power_of_ten(rule.decimals);
  if (rule.kind == EmbeddedKind::price) {
    return Money{scale_rounded(number_of(digits), power_of_ten(currency.digits()), divisor),
                 currency};
  }
  return Quantity{scale_rounded(number_of(digits), 1000, divisor)};
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
  if (digits.empty() || !are_digits(digits)) return {};
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

bool is_rounded_number(std::string_view text) {
  const std::string_view number = trim(text);
  const auto e = number.find_first_of("eE");
  if (e == number.npos || e == 0 || e + 2 >= number.size() || number[e + 1] != '+') return false;
  const std::string_view mantissa = number.substr(0, e);
  const auto is_of_a_number = [](char c) { return (c >= '0' && c <= '9') || c == ',' || c == '.'; };
  return std::ranges::all_of(mantissa, is_of_a_number) && are_digits(number.substr(e + 2));
}

std::string normal_barcode(std::string_view scanned) {
  std::string code = unquoted(without_its_name(trim(scanned)));
  const std::string bare = without_hyphens(code);
  if (auto known = trade_number(bare)) return *known;
  if (bare != code && is_isbn10(bare)) return isbn13(bare);
  return code;
}

std::optional<std::string> other_spelling(std::string_view scanned) {
  const std::string code = normal_barcode(scanned);
  if (is_isbn10(code)) return isbn13(code);
  if (auto whole = upc_a(code)) return whole;
  if (auto brief = upc_e(code)) return brief;
  if (code.size() != 13 || !code.starts_with("978") || !has_good_check_digit(code)) return {};
  for (const char check : std::string_view("0123456789X")) {
    const std::string isbn = code.substr(3, 9) + check;
    if (is_isbn10(isbn)) return isbn;
  }
  return {};
}

std::optional<std::string> without_addon(std::string_view scanned) {
  std::string code(trim(scanned));
  std::erase(code, ' ');
  for (const std::size_t main : {std::size_t{13}, std::size_t{12}}) {
    const bool fits = code.size() == main + 2 || code.size() == main + 5;
    if (!fits || !are_digits(code)) continue;
    if (has_good_check_digit(code.substr(0, main))) return normal_barcode(code.substr(0, main));
  }
  const bool may_be_short = (code.size() == 10 || code.size() == 13) && are_digits(code);
  return may_be_short ? upc_a(code.substr(0, 8)) : std::nullopt;
}

bool is_possible(const EmbeddedRule& rule) {
  const int digits = static_cast<int>(rule.prefix.size()) + rule.item_digits +
                     (rule.own_check_digit ? 1 : 0) + rule.value_digits;
  return digits == 12 && !rule.prefix.empty() && are_digits(rule.prefix) && rule.item_digits > 0 &&
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

namespace {

// How many of `letter` stand at the beginning, which they are taken from.
int count_off(std::string_view& pattern, char letter) {
  const auto end = std::min(pattern.find_first_not_of(letter), pattern.size());
  pattern.remove_prefix(end);
  return static_cast<int>(end);
}

struct ValueLetter {
  char letter;
  EmbeddedKind kind;
  int decimals;
};
constexpr ValueLetter value_letters[] = {
    {'P', EmbeddedKind::price, 2}, {'G', EmbeddedKind::weight, 3}, {'N', EmbeddedKind::count, 0}};

std::optional<EmbeddedRule> rule_from(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (c != ' ' && c != '\t') letters += c == 'x' || c == 'X' ? 'x' : to_upper(c);
  }
  std::string_view pattern = letters;
  EmbeddedRule rule;
  const auto prefix = std::min(pattern.find_first_not_of("0123456789"), pattern.size());
  rule.prefix = pattern.substr(0, prefix);
  pattern.remove_prefix(prefix);
  rule.item_digits = count_off(pattern, 'I');
  const int passed_over = count_off(pattern, 'x');
  rule.own_check_digit = passed_over == 1;
  const auto* value = std::ranges::find(value_letters, pattern.empty() ? ' ' : pattern.front(),
                                        &ValueLetter::letter);
  if (value == std::end(value_letters) || passed_over > 1) return {};
  rule.kind = value->kind;
  rule.decimals = value->decimals;
  rule.value_digits = count_off(pattern, value->letter);
  count_off(pattern, 'C');
  if (!pattern.empty() || !is_possible(rule)) return {};
  return rule;
}

}  // namespace

Result<std::vector<EmbeddedRule>, std::string> embedded_rules_from(std::string_view text) {
  std::vector<EmbeddedRule> rules;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(";,\n"), text.size());
    const std::string_view one = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (one.empty()) continue;
    auto rule = rule_from(one);
    if (!rule) {
      return tl::unexpected("\"" + std::string(one) +
                            "\" is not a prefix and letters for twelve digits in all, as in "
                            "26 IIIII GGGGG");
    }
    if (std::ranges::find(rules, rule->prefix, &EmbeddedRule::prefix) != rules.end()) {
      return tl::unexpected("there are two rules for " + rule->prefix);
    }
    rules.push_back(std::move(*rule));
  }
  return rules;
}

std::string to_text(const EmbeddedRule& rule) {
  const auto* value = std::ranges::find(value_letters, rule.kind, &ValueLetter::kind);
  std::string text = rule.prefix + " ";
  text.append(static_cast<std::size_t>(rule.item_digits), 'I');
  text += rule.own_check_digit ? " x " : " ";
  return text.append(static_cast<std::size_t>(rule.value_digits), value->letter);
}

std::string to_text(const std::vector<EmbeddedRule>& rules) {
  std::string text;
  for (const EmbeddedRule& rule : rules) text += (text.empty() ? "" : "; ") + to_text(rule);
  return text;
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
