#include "core/staff/staff.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "core/base/ensure.h"

namespace core {

std::string_view word(Role role) {
  return role == Role::manager ? "manager" : "cashier";
}

std::string_view word(Permission permission) {
  static constexpr std::array<std::string_view, permission_count> words{"sell",
                                                                        "discount",
                                                                        "large discount",
                                                                        "override price",
                                                                        "void line",
                                                                        "void order",
                                                                        "open drawer",
                                                                        "resolve card",
                                                                        "resend",
                                                                        "change settings",
                                                                        "capture",
                                                                        "fulfil",
                                                                        "archive",
                                                                        "cancel order",
                                                                        "refund",
                                                                        "run shift",
                                                                        "move cash",
                                                                        "large difference",
                                                                        "correct tender",
                                                                        "edit articles",
                                                                        "count stock",
                                                                        "manage vouchers",
                                                                        "see reports",
                                                                        "edit customers",
                                                                        "remove customers",
                                                                        "return without receipt",
                                                                        "train",
                                                                        "approve"};
  return words[static_cast<std::size_t>(permission)];
}

Allowed allowed(Role role, Permission permission) {
  if (role == Role::manager) return Allowed::yes;
  switch (permission) {
    case Permission::sell:
    case Permission::discount:
    case Permission::void_line:
    case Permission::resend:
    case Permission::capture:
    case Permission::fulfil:
    case Permission::archive:
    case Permission::run_shift:
    case Permission::move_cash:
    case Permission::count_stock:
    case Permission::edit_customers:
      return Allowed::yes;
    case Permission::large_discount:
    case Permission::override_price:
    case Permission::void_order:
    case Permission::open_drawer:
    case Permission::resolve_card:
    case Permission::cancel_order:
    case Permission::refund:
    case Permission::large_difference:
    case Permission::correct_tender:
    case Permission::edit_articles:
    case Permission::manage_vouchers:
    case Permission::see_reports:
    case Permission::remove_customers:
    case Permission::return_without_receipt:
    case Permission::train:
      return Allowed::with_approval;
    case Permission::approve:
    case Permission::change_settings:
      return Allowed::no;
  }
  return Allowed::no;
}

bool is_pin(std::string_view text) {
  constexpr std::size_t shortest = 4, longest = 12;
  return text.size() >= shortest && text.size() <= longest &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_badge_code(std::string_view text) {
  constexpr std::size_t shortest = 8, longest = 64;
  return text.size() >= shortest && text.size() <= longest && !is_pin(text);
}

std::string hash_pin(std::string_view pin) {
  ENSURE(sodium_init() >= 0);
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const int fault = crypto_pwhash_str_alg(
      hash.data(), pin.data(), pin.size(), crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
      crypto_pwhash_argon2id_MEMLIMIT_MIN * 1024, crypto_pwhash_ALG_ARGON2ID13);
  ENSURE(fault == 0);
  return hash.data();
}

bool pin_matches(std::string_view pin, const std::string& hash) {
  return sodium_init() >= 0 && crypto_pwhash_str_verify(hash.c_str(), pin.data(), pin.size()) == 0;
}

std::chrono::seconds lock_out(int failures) {
  if (failures < 3) return std::chrono::seconds{0};
  const int doublings = std::min(failures - 3, 8);
  return std::min(std::chrono::seconds{2 << doublings}, std::chrono::seconds{300});
}

}  // namespace core
