#include "core/catalogue/gs1.h"

#include <algorithm>
#include <vector>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"

namespace core {

namespace {

constexpr char group_separator = 0x1D;  // FNC1, as scanners send it

struct Element {
  std::string_view ai;
  std::string_view value;
};
using Elements = std::vector<Element>;

// How many digits an application identifier has, by its first two (General
// Specifications, figure 3.2-1).
std::size_t ai_length(std::string_view text) {
  const std::string_view two = text.substr(0, 2);
  if (two >= "31" && two <= "36") return 4;
  if (two == "39" || two == "43" || two == "70" || two == "72") return 4;
  if (two >= "80" && two <= "82") return 4;
  if (two >= "23" && two <= "25") return 3;
  if (two == "40" || two == "41" || two == "42" || two == "71") return 3;
  return 2;
}

// The data of those that end by themselves, without FNC1 (figure 7.8.5-2); 0: up
// to the separator.
std::size_t fixed_length(std::string_view ai) {
  const std::string_view two = ai.substr(0, 2);
  if (two == "00") return 18;
  if (two == "01" || two == "02" || two == "03") return 14;
  if (two == "04") return 16;
  if (two >= "11" && two <= "19") return 6;
  if (two == "20") return 2;
  if (two >= "31" && two <= "36") return 6;
  if (two == "41") return 13;
  return 0;
}

// "0104012345000016" "17270131" "10LOT7": one behind the other, as far as they go;
// `text` is what is left behind them.
Elements elements_off(std::string_view& text) {
  Elements elements;
  while (!text.empty()) {
    if (text.front() == group_separator) {
      text.remove_prefix(1);
      continue;
    }
    const std::size_t head = ai_length(text);
    if (text.size() <= head || !are_digits(text.substr(0, head))) {
      // What nobody knows ends at the next separator.
      const std::size_t next = text.find(group_separator);
      if (next == text.npos) return elements;
      text.remove_prefix(next);
      continue;
    }
    const std::string_view ai = text.substr(0, head);
    text.remove_prefix(head);
    const std::size_t fixed = fixed_length(ai);
    const std::size_t end = fixed > 0 ? fixed : std::min(text.find(group_separator), text.size());
    if (end > text.size()) return elements;
    elements.push_back({ai, text.substr(0, end)});
    text.remove_prefix(end);
  }
  return elements;
}

Elements elements_in(std::string_view text) {
  return elements_off(text);
}

// Without an identifier of its kind: a scanner may leave it out. An article's number
// stands in front, or a separator within, or all of it can be read.
bool looks_like_elements(std::string_view text) {
  if (text.find(group_separator) != text.npos) return true;
  if (text.size() >= 16 && text.starts_with("01") && has_good_check_digit(text.substr(2, 14))) {
    return true;
  }
  std::string_view rest = text;
  const Elements elements = elements_off(rest);
  return rest.empty() && elements.size() > 1;
}

// "(01)04012345000016(10)LOT7": as it stands below the bars.
Elements bracketed(std::string_view text) {
  Elements elements;
  while (text.starts_with('(')) {
    const auto close = text.find(')');
    if (close == text.npos) break;
    const auto end = std::min(text.find('(', close), text.size());
    elements.push_back({text.substr(1, close - 1), text.substr(close + 1, end - close - 1)});
    text.remove_prefix(end);
  }
  return elements;
}

// The first path that holds a GTIN, and what is asked for behind it: "01" and
// "gtin" (the older spelling) are the same.
Elements of_link(std::string_view text) {
  Elements elements;
  const auto query = std::min(text.find_first_of("?#"), text.size());
  std::string_view path = text.substr(0, query);
  path.remove_prefix(std::min(path.find("//") + 2, path.size()));
  path.remove_prefix(std::min(path.find('/'), path.size()));
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (parts[i] == "01" || parts[i] == "gtin") elements.push_back({"01", parts[i + 1]});
  }
  std::string_view rest = text.substr(query);
  rest = rest.substr(0, rest.find('#'));
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const auto end = std::min(rest.find_first_of("&;"), rest.size());
    const std::string_view pair = rest.substr(0, end);
    if (const auto equals = pair.find('='); equals != pair.npos) {
      elements.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
    }
    rest.remove_prefix(end);
  }
  return elements;
}

bool is_web_address(std::string_view text) {
  std::string start(text.substr(0, 8));
  std::ranges::transform(start, start.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return start.starts_with("http://") || start == "https://";
}

// The digits of `value` with a point before the last `decimals` of them.
std::string with_decimals(std::string_view value, char decimals) {
  const auto places = static_cast<std::size_t>(decimals - '0');
  std::string digits(value);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  return digits;
}

// AI 310n: kilograms with n decimals.
std::optional<std::int64_t> grams_of(const Element& element) {
  if (element.value.size() != 6 || !are_digits(element.value)) return {};
  std::int64_t grams = number_of(element.value) * 1000;
  for (char n = element.ai[3]; n > '0'; --n) grams = (grams + 5) / 10;
  return grams;
}

void take(const Element& element, Gs1Code& code) {
  const auto [ai, value] = element;
  if (ai == "01" && has_good_check_digit(value)) {
    if (code.gtin.empty()) code.gtin = normal_barcode(value);
  } else if (ai == "30" && value.size() <= 8 && are_digits(value)) {
    if (number_of(value) > 0) code.pieces = number_of(value);
  } else if (!are_digits(ai) || ai.size() != 4 || !are_digits(value) || value.size() > 18) {
    return;
  } else if (ai.starts_with("310") && ai[3] <= '6') {
    code.grams = grams_of(element);
  } else if (ai.starts_with("392") && ai[3] <= '3') {
    code.price = with_decimals(value, ai[3]);
  } else if (ai.starts_with("393") && ai[3] <= '3' && value.size() > 3) {
    code.price_currency = value.substr(0, 3);
    code.price = with_decimals(value.substr(3), ai[3]);
  }
}

}  // namespace

std::string_view without_symbology(std::string_view scanned) {
  const bool has_one =
      scanned.size() > 3 && scanned[0] == ']' &&
      ((scanned[1] >= 'A' && scanned[1] <= 'Z') || (scanned[1] >= 'a' && scanned[1] <= 'z')) &&
      scanned[2] >= '0' && scanned[2] <= '9';
  return has_one ? scanned.substr(3) : scanned;
}

std::optional<Gs1Code> read_gs1(std::string_view scanned) {
  std::string_view text = scanned;
  // FNC1 at the end of a message is no sign of anything.
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ' &&
         text.front() != group_separator) {
    text.remove_prefix(1);
  }
  const std::string_view bare = without_symbology(text);
  Elements elements;
  if (is_web_address(bare)) {
    elements = of_link(bare);
  } else if (bare.starts_with('(')) {
    elements = bracketed(bare);
  } else if (bare.size() != text.size() || looks_like_elements(bare)) {
    elements = elements_in(bare);
  }
  Gs1Code code;
  for (const Element& element : elements) take(element, code);
  if (code.gtin.empty()) return {};
  return code;
}

}  // namespace core
