// What an owner should know of the security device before it stops the shop. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "core/fiscal/signing.h"

namespace core {

enum class SigningWarningKind {
  certificate_over,    // number: days ago
  certificate_ends,    // in so many days: told from 90 on, anew at 30 and 7
  store_full,          // percent used: from 80 on
  signatures_used_up,  // percent left: below 10
  self_test_due,       // in so many minutes: it would fall into the opening hours
  clock_off,           // seconds, of the till's clock: from 30 on
  archive_old,         // days since it was in the data folder; -1: never
};
struct SigningWarning {
  SigningWarningKind kind;
  std::int64_t number = 0;
  bool is_grave = false;  // the shop stops soon
  friend bool operator==(const SigningWarning&, const SigningWarning&) = default;
};

std::vector<SigningWarning> signing_warnings(const SigningDeviceFacts& device, Instant now);

}  // namespace core
