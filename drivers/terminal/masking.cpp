#include "drivers/terminal/masking.h"

#include <algorithm>
#include <vector>

namespace drivers {

namespace {

constexpr std::size_t shortest = 12, longest = 19, kept = 4;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool begins_like_a_card(char first) {
  return first != '0' && first != '8';
}

// Luhn over the first `size` digits of a run.
bool passes_check(std::string_view text, const std::vector<std::size_t>& places, std::size_t size) {
  int sum = 0;
  for (std::size_t i = 0; i < size; ++i) {
    int digit = text[places[size - 1 - i]] - '0';
    if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

// Masks the card number that a run of digits is, or begins with.
void mask_run(std::string& text, const std::vector<std::size_t>& places) {
  if (places.size() < shortest || !begins_like_a_card(text[places.front()])) return;
  for (std::size_t size = std::min(longest, places.size()); size >= shortest; --size) {
    if (!passes_check(text, places, size)) continue;
    for (std::size_t i = 0; i + kept < size; ++i) text[places[i]] = '*';
    return;
  }
}

}  // namespace

std::string without_card_numbers(std::string_view text) {
  std::string masked(text);
  std::vector<std::size_t> run;
  for (std::size_t i = 0; i <= masked.size(); ++i) {
    if (i < masked.size() && is_digit(masked[i])) {
      run.push_back(i);
      continue;
    }
    const bool is_between = i < masked.size() && !run.empty() && run.back() + 1 == i &&
                            (masked[i] == ' ' || masked[i] == '-') && i + 1 < masked.size() &&
                            is_digit(masked[i + 1]);
    if (is_between) continue;
    mask_run(masked, run);
    run.clear();
  }
  return masked;
}

}  // namespace drivers
