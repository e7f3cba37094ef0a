#include "pos/ui/keyed.h"

#include <algorithm>

#include "pos/ui/pads.h"

namespace pos::ui {
namespace {

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

std::string Keyed::text(const Keying& how, char sign) const {
  const std::int64_t one = power_of_ten(how.decimals);
  std::string text = std::to_string(value_ / one);
  std::string behind = std::to_string(one + value_ % one).substr(1);
  if (is_chosen_) {
    while (!behind.empty() && behind.back() == '0') behind.pop_back();
    return behind.empty() ? text : text + sign + behind;
  }
  if (sign_ < 0) return text;
  return text + sign + behind.substr(0, static_cast<std::size_t>(sign_));
}

bool Keyed::apply(PadKey key, const Keying& how) {
  if (key == PadKey::none) return true;
  if (key == PadKey::clear) {
    *this = {};
    return true;
  }
  if (key == PadKey::backspace) {
    erase(how);
    return true;
  }
  if (is_refused_) return false;
  Keyed next = is_chosen_ ? Keyed{} : *this;
  bool is_taken = false;
  if (key == PadKey::point) {
    is_taken = next.add_sign(how);
  } else if (key == PadKey::double_zero) {
    is_taken = next.add_digit(0, how) && next.add_digit(0, how);
  } else if (key != PadKey::unknown) {
    is_taken = next.add_digit(static_cast<std::int64_t>(key), how);
  }
  if (is_taken) {
    *this = next;
  } else {
    is_refused_ = true;
  }
  return is_taken;
}

bool Keyed::add_digit(std::int64_t digit, const Keying& how) {
  std::int64_t next = value_;
  if (sign_ >= 0) {
    if (sign_ == how.decimals) return false;
    next += digit * power_of_ten(how.decimals - sign_ - 1);
  } else {
    if (value_ > how.most / 10) return false;
    next = value_ * 10 + digit * (how.shifts ? 1 : power_of_ten(how.decimals));
  }
  if (next > how.most) return false;
  value_ = next;
  ++(sign_ >= 0 ? sign_ : digits_);
  return true;
}

bool Keyed::add_sign(const Keying& how) {
  if (sign_ >= 0 || how.decimals == 0) return false;
  // What stands before the sign is whole units, not the smallest ones.
  const std::int64_t one = how.shifts ? power_of_ten(how.decimals) : 1;
  if (value_ > how.most / one) return false;
  value_ *= one;
  sign_ = 0;
  return true;
}

void Keyed::erase(const Keying& how) {
  if (is_refused_) {
    is_refused_ = false;
    return;
  }
  if (is_chosen_) {
    *this = {};
    return;
  }
  const std::int64_t one = power_of_ten(how.decimals);
  if (sign_ > 0) {
    const std::int64_t last = power_of_ten(how.decimals - sign_ + 1);
    value_ = value_ / last * last;
    --sign_;
  } else if (sign_ == 0) {
    if (how.shifts) value_ /= one;
    sign_ = -1;
  } else {
    value_ = how.shifts ? value_ / 10 : value_ / one / 10 * one;
    digits_ = std::max(0, digits_ - 1);
  }
}

}  // namespace pos::ui
