// Who works at the till and what they may do.
#pragma once

#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace core {

enum class Role { cashier, manager };
std::string_view word(Role role);

struct Cashier {
  std::int64_t row = 0;
  std::string name;
  Role role = Role::cashier;
  std::string language;           // "de", "en"; empty: the till's
  std::string appearance;         // "light", "dark"; empty: the till's
  std::int64_t text_percent = 0;  // 100, 125, 150; 0: the till's
  std::string hand = {};          // "right", "left"; empty: the till's
  friend bool operator==(const Cashier&, const Cashier&) = default;
};

enum class Permission {
  sell,
  discount,        // up to the limit of a cashier
  large_discount,  // above it
  override_price,
  void_line,
  void_order,
  open_drawer,
  resolve_card,
  resend,
  change_settings,
  capture,
  fulfil,  // and all that has to do with goods: ready, hand over, packing slip
  archive,
  cancel_order,  // and releasing an authorization
  refund,
  run_shift,         // open, count and close it, X and Z reports
  move_cash,         // paid in and out, safe drop
  large_difference,  // close with more of one than the shop's limit
  correct_tender,    // what was rung up as one tender was another
  edit_articles,     // make, change and remove what is for sale
  count_stock,       // and take goods in
  manage_vouchers,   // block, pay out, take one that has expired or that nobody knows
  see_reports,
  edit_customers,    // write down and change what is kept of them
  remove_customers,  // and merge doubles
};
std::string_view word(Permission permission);

enum class Allowed { yes, with_approval, no };
Allowed allowed(Role role, Permission permission);

// A cashier may give this much away without asking: 20 %.
inline constexpr std::int64_t cashier_discount_basis_points = 2000;

// Argon2id through libsodium, with its interactive limits (about 50 ms).
std::string hash_pin(std::string_view pin);
bool pin_matches(std::string_view pin, const std::string& hash);

// How long sign-in is refused after `failures` wrong PINs in a row: nothing for
// the first two, then doubling from 2 s up to 5 minutes.
std::chrono::seconds lock_out(int failures);

}  // namespace core
