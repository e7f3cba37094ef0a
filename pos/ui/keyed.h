// What is keyed on a pad: a number that grows digit by digit, with or without a
// decimal sign. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace pos::ui {

enum class PadKey : std::uint8_t;

// How an entry is meant. Its value counts the smallest unit: cents, grams,
// hundredths of a percent.
struct Keying {
  std::int64_t most = 0;
  int decimals = 2;    // digits that may follow the decimal sign; 0: it takes none
  bool shifts = true;  // "550" is 5.50, as amounts are keyed at a till; else it is 550
};

class Keyed {
 public:
  Keyed() = default;
  // A value that was chosen; a digit begins a new entry after it.
  Keyed(std::int64_t value) : value_(value), is_chosen_(value != 0) {}

  std::int64_t value() const { return value_; }
  bool is_empty() const { return digits_ == 0 && sign_ < 0 && !is_chosen_; }
  // A key came that means nothing here. Whatever follows would mean something
  // else than was keyed: nothing more is taken until it is erased.
  bool is_refused() const { return is_refused_; }

  // As it was keyed, of an entry that does not shift: "5,", "0,250"; its value
  // where it was chosen.
  std::string text(const Keying& how, char sign) const;

  // False if the key was refused.
  bool apply(PadKey key, const Keying& how);

 private:
  bool add_digit(std::int64_t digit, const Keying& how);
  bool add_sign(const Keying& how);
  void erase(const Keying& how);

  std::int64_t value_ = 0;
  int digits_ = 0;  // before the sign
  int sign_ = -1;   // digits behind the sign; -1: it was not keyed
  bool is_chosen_ = false, is_refused_ = false;
};

}  // namespace pos::ui
