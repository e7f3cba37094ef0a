// The slip of a machine that takes bottles back: a code with what it gives and perhaps a
// number of its own. What stands where is each machine's own matter, hence a rule. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/money.h"
#include "core/base/result.h"

namespace core {

// As a person writes it, "29 SSSSS PPPPP C": the prefix, then S for the slip's number, P for
// the amount in the smallest unit, x for a digit to pass over, C for the check digit of a
// GS1 code at the end. One letter a digit, blanks where one likes.
struct DepositRule {
  std::string prefix, letters;  // empty: there is no machine
  bool has_serial() const { return letters.find('S') != std::string::npos; }
  friend bool operator==(const DepositRule&, const DepositRule&) = default;
};
// Nothing written is no machine. The error is a sentence.
Result<DepositRule, std::string> deposit_rule_from(std::string_view text);
std::string to_text(const DepositRule& rule);

// What the slip gives, above 0; nothing: it is no slip of this rule.
std::optional<Money> read_deposit_slip(std::string_view code, const DepositRule& rule,
                                       Currency currency);

}  // namespace core
