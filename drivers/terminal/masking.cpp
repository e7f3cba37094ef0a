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

}  // namespace drivers
