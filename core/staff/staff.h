// Who works at the till and what they may do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/stored.h"

namespace core {

// A role by its number: every shop has these two, and gives further ones their own
// (core/staff/role.h).
enum class Role : std::int64_t { cashier = 1, manager = 2 };
std::string_view word(Role role);  // of these two

struct Cashier {
  std::int64_t row = 0;
  std::string name;
  Role role = Role::cashier;
  std::string language;           // "de", "en"; empty: the till's
  std::string appearance;         // "light", "dark"; empty: the till's
  std::int64_t text_percent = 0;  // 100, 125, 150; 0: the till's
  std::string hand = {};          // "right", "left"; empty: the till's
  bool has_badge = false;         // and can sign in by it
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
  return_without_receipt,
  train,    // turn the training mode on and off
  approve,  // what others may not, as far as their own role goes
};
inline constexpr int permission_count = 1 + static_cast<int>(Permission::approve);
std::string_view word(Permission permission);

enum class Allowed { yes, with_approval, no };
template <>
inline constexpr int stored_count<Allowed> = 1 + static_cast<int>(Allowed::no);
// Of the two that every shop has, as they come.
Allowed allowed(Role role, Permission permission);

// Four to twelve digits.
bool is_pin(std::string_view text);
// The code of a badge: too long for a PIN, or with letters in it, so that it is never taken
// for one, and too long to be guessed.
bool is_badge_code(std::string_view text);

// Argon2id through libsodium, with its interactive limits (about 50 ms).
std::string hash_pin(std::string_view pin);
bool pin_matches(std::string_view pin, const std::string& hash);

// How long sign-in is refused after `failures` wrong PINs in a row: nothing for
// the first two, then doubling from 2 s up to 5 minutes.
std::chrono::seconds lock_out(int failures);

}  // namespace core
