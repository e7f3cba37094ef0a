#include "core/staff/role.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace core {

namespace {

// A cashier may give this much away without asking: 20 %.
constexpr std::int64_t cashier_discount_basis_points = 2000;

constexpr std::array<std::string_view, 3> allowed_words{"allowed", "approval", "off"};

}  // namespace

StaffRole built_in_role(Role role) {
  StaffRole made{role, std::string(word(role)), role, {}, {}};
  if (role == Role::cashier) made.limits.discount = cashier_discount_basis_points;
  return made;
}

std::vector<StaffRole> every_shops_roles() {
  return {built_in_role(Role::cashier), built_in_role(Role::manager)};
}

StaffRole copy_of(const StaffRole& other, std::string name) {
  StaffRole made = other;
  made.role = Role{};
  made.name = std::move(name);
  return made;
}

Allowed allowed(const StaffRole& role, Permission permission) {
  const auto own = role.own.find(permission);
  return own == role.own.end() ? allowed(role.base, permission) : own->second;
}

void set(StaffRole& role, Permission permission, Allowed allowed) {
  if (core::allowed(role.base, permission) == allowed) {
    role.own.erase(permission);
  } else {
    role.own[permission] = allowed;
  }
}

const StaffRole& role_of(const std::vector<StaffRole>& roles, Role role) {
  static const StaffRole cashier = built_in_role(Role::cashier);
  static const StaffRole manager = built_in_role(Role::manager);
  const auto found = std::ranges::find(roles, role, &StaffRole::role);
  if (found != roles.end()) return *found;
  return role == Role::manager ? manager : cashier;
}

const StaffRole* find_role(const std::vector<StaffRole>& roles, std::string_view name) {
  const std::string wanted = fold(name);
  const auto found =
      std::ranges::find_if(roles, [&](const StaffRole& role) { return fold(role.name) == wanted; });
  return found == roles.end() ? nullptr : &*found;
}

std::string_view word(Allowed allowed) {
  return allowed_words[static_cast<std::size_t>(allowed)];
}

std::optional<Allowed> allowed_from(std::string_view word) {
  const auto found = std::ranges::find(allowed_words, word);
  if (found == allowed_words.end()) return {};
  return static_cast<Allowed>(found - allowed_words.begin());
}

std::optional<Permission> permission_from(std::string_view word) {
  for (int i = 0; i < permission_count; ++i) {
    const auto permission = static_cast<Permission>(i);
    if (core::word(permission) == word) return permission;
  }
  return {};
}

}  // namespace core
