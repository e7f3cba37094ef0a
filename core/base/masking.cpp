#include "core/base/masking.h"

#include <algorithm>
#include <vector>

#include "core/base/text.h"

namespace core {

namespace {

constexpr std::size_t shortest = 12, longest = 19, kept = 4;

bool begins_like_a_card(char first) {
  return first != '0' && first != '8';
}

// Luhn over `size` digits from places[from].
bool passes_check(std::string_view text, const std::vector<std::size_t>& places, std::size_t from,
                  std::size_t size) {
  int sum = 0;
  for (std::size_t i = 0; i < size; ++i) {
    int digit = text[places[from + size - 1 - i]] - '0';
    if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

// An EAN, or a telephone number with its country (at most 15 digits, ITU-T E.164): a
// tenth of them would pass for a card.
bool is_something_else(std::string_view text, const std::vector<std::size_t>& places) {
  if (places.front() > 0 && text[places.front() - 1] == '+') return places.size() <= 15;
  if (places.size() != 13 || places.back() - places.front() != 12) return false;
  int sum = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    sum += (text[places[i]] - '0') * (i % 2 == 1 ? 3 : 1);
  }
  return sum % 10 == 0;
}

// How long the blanks and dashes are that stand at `at` between two digits of one
// number, any of Unicode's: at most two; 0: there are none.
std::size_t gap_at(std::string_view text, std::size_t at) {
  constexpr std::string_view gaps[] = {" ",
                                       "-",
                                       "\t",
                                       "\xC2\xA0",
                                       "\xE2\x80\x89",
                                       "\xE2\x80\xAF",
                                       "\xE2\x80\x90",
                                       "\xE2\x80\x91",
                                       "\xE2\x80\x93"};
  std::size_t end = at;
  for (int i = 0; i < 2; ++i) {
    const auto* gap = std::ranges::find_if(
        gaps, [&](std::string_view one) { return text.substr(end).starts_with(one); });
    if (gap != std::end(gaps)) end += gap->size();
  }
  return end > at && end < text.size() && is_digit(text[end]) ? end - at : 0;
}

// How long the card number is that begins at places[from]; 0: none does.
std::size_t card_number_at(std::string_view text, const std::vector<std::size_t>& places,
                           std::size_t from) {
  if (!begins_like_a_card(text[places[from]])) return 0;
  for (std::size_t size = std::min(longest, places.size() - from); size >= shortest; --size) {
    if (passes_check(text, places, from, size)) return size;
  }
  return 0;
}

// Masks the card numbers in a run of digits: they begin where it does, or behind
// a blank or hyphen in it.
void mask_run(std::string& text, const std::vector<std::size_t>& places) {
  if (places.empty() || is_something_else(text, places)) return;
  for (std::size_t from = 0; from < places.size();) {
    const bool begins = from == 0 || places[from - 1] + 1 != places[from];
    const std::size_t size = begins ? card_number_at(text, places, from) : 0;
    for (std::size_t i = 0; i + kept < size; ++i) text[places[from + i]] = '*';
    from += std::max<std::size_t>(size, 1);
  }
}

}  // namespace

std::string without_card_numbers(std::string_view text) {
  std::string masked(text);
  std::vector<std::size_t> run;
  for (std::size_t i = 0; i <= masked.size(); ++i) {
    if (i < masked.size() && is_digit(masked[i])) {
      run.push_back(i);
    } else if (const std::size_t gap = run.empty() ? 0 : gap_at(masked, i); gap > 0) {
      i += gap - 1;
    } else {
      mask_run(masked, run);
      run.clear();
    }
  }
  return masked;
}

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// How many digits stand at `at`.
std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

std::size_t behind_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == ':' || text[at] == '.')) ++at;
  return at;
}

// "12/28", "12 / 2028", "12-28": a month and a year.
void mask_expiry(std::string& text) {
  for (std::size_t at = 0; at < text.size(); at += std::max<std::size_t>(1, digits_at(text, at))) {
    if (digits_at(text, at) != 2 || text[at] > '1') continue;
    std::size_t year = at + 2;
    while (year < text.size() && text[year] == ' ') ++year;
    if (year >= text.size() || (text[year] != '/' && text[year] != '-')) continue;
    year = behind_blanks(text, year + 1);
    const std::size_t size = digits_at(text, year);
    if (size != 2 && size != 4) continue;
    text.replace(at, 2, 2, '*');
    text.replace(year, size, size, '*');
  }
}

// "CVC 123", "cvv:1234", "CID 123".
void mask_check_number(std::string& text) {
  for (std::size_t at = 0; at + 3 < text.size(); ++at) {
    const auto is = [&](std::size_t i, const char* letters) {
      return std::string_view(letters).find(text[at + i]) != std::string_view::npos;
    };
    const bool is_named =
        is(0, "cC") && ((is(1, "vV") && is(2, "cCvV")) || (is(1, "iI") && is(2, "dD")) ||
                        (is(1, "sS") && is(2, "cC")));
    if (!is_named || (at > 0 && is_letter(text[at - 1]))) continue;
    std::size_t number = at + 3;
    if (text[number] == '2') ++number;  // CVC2, CVV2
    number = behind_blanks(text, number);
    const std::size_t size = digits_at(text, number);
    if (size == 3 || size == 4) text.replace(number, size, size, '*');
  }
}

}  // namespace

std::string without_card_data(std::string_view text) {
  std::string masked = without_card_numbers(text);
  if (masked == text) return masked;
  mask_check_number(masked);
  mask_expiry(masked);
  return masked;
}

std::string without_long_numbers(std::string_view text) {
  std::string masked(text);
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= masked.size(); ++i) {
    if (i < masked.size() && is_digit(masked[i])) continue;
    if (i - begin >= shortest) masked.replace(begin, i - begin - kept, i - begin - kept, '*');
    begin = i + 1;
  }
  return masked;
}

}  // namespace core
