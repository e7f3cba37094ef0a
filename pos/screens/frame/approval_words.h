// What a command that needs approval would do, in words for who approves it:
// nobody keys a PIN for something that is not said. Pure.
#pragma once

#include <string>

#include "pos/desk/scene.h"

namespace pos {

struct ApprovalWords {
  std::string what;    // "Discount on Blumenvase"
  std::string amount;  // "50 % · 2,30 € → 1,15 €"; may be empty
  std::string reason;  // what the cashier chose; may be empty
  friend bool operator==(const ApprovalWords&, const ApprovalWords&) = default;
};

ApprovalWords approval_words(const Scene& scene, const core::Command& command);

}  // namespace pos
