// What each role may do, and up to which limits. Plain values; no thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/staff/staff.h"

namespace core {

// What may be done without asking; nothing: as much as one likes. More needs somebody
// whose own role reaches that far.
struct RoleLimits {
  std::optional<std::int64_t> discount;  // of what is sold, in basis points
  std::optional<std::int64_t> refund;    // each, in minor units
  std::optional<std::int64_t> cash_out;  // each that leaves the drawer without a sale, the same
  friend bool operator==(const RoleLimits&, const RoleLimits&) = default;
};

struct StaffRole {
  Role role = Role::cashier;
  std::string name;                   // of the two that every shop has: its word
  Role base = Role::cashier;          // what it began as: cashier or manager
  std::map<Permission, Allowed> own;  // where it is not as its base
  RoleLimits limits;
  friend bool operator==(const StaffRole&, const StaffRole&) = default;
};

StaffRole built_in_role(Role role);
std::vector<StaffRole> every_shops_roles();
// A new one begins with what `other` may.
StaffRole copy_of(const StaffRole& other, std::string name);

Allowed allowed(const StaffRole& role, Permission permission);
// Keeps only what differs from the base.
void set(StaffRole& role, Permission permission, Allowed allowed);

// The role with this number; that of a cashier where there is none.
const StaffRole& role_of(const std::vector<StaffRole>& roles, Role role);
// By its name, whatever its case; nullptr: there is none.
const StaffRole* find_role(const std::vector<StaffRole>& roles, std::string_view name);

std::string_view word(Allowed allowed);  // "allowed", "approval", "off"
std::optional<Allowed> allowed_from(std::string_view word);
std::optional<Permission> permission_from(std::string_view word);

}  // namespace core
