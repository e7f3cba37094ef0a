// The roles of a shop: what they are called, what they may do, and up to which limits.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/store/till_store.h"

namespace core {

namespace {

constexpr std::int64_t largest_role_limit = 99'999'999;

bool is_possible(std::optional<std::int64_t> limit, std::int64_t most) {
  return !limit || (*limit >= 0 && *limit <= most);
}

bool is_every_shops(Role role) {
  return role == Role::cashier || role == Role::manager;
}

std::string limit_text(std::optional<std::int64_t> limit) {
  return limit ? to_plain(Money{*limit, eur}) : "none";
}

// What changed, for the journal.
std::string role_changes(const StaffRole& before, const StaffRole& after) {
  std::string text;
  const auto note = [&](std::string_view what, std::string_view from, std::string_view to) {
    if (from == to) return;
    text += fmt::format("{}{}: {} -> {}", text.empty() ? "" : "; ", what, from, to);
  };
  note("name", before.name, after.name);
  for (int i = 0; i < permission_count; ++i) {
    const auto permission = static_cast<Permission>(i);
    note(word(permission), word(allowed(before, permission)), word(allowed(after, permission)));
  }
  const RoleLimits &old = before.limits, &now = after.limits;
  note("discount limit", limit_text(old.discount), limit_text(now.discount));
  note("refund limit", limit_text(old.refund), limit_text(now.refund));
  note("cash out limit", limit_text(old.cash_out), limit_text(now.cash_out));
  return text;
}

// Whether somebody could still change a setting.
bool leaves_a_manager(const Till& till, const StaffRole& changed) {
  return till.staff.empty() || std::ranges::any_of(till.staff, [&](const Cashier& who) {
           const StaffRole& theirs =
               who.role == changed.role ? changed : role_of(till.roles, who.role);
           return allowed(theirs, Permission::change_settings) == Allowed::yes;
         });
}

}  // namespace

Handled carry_out(Till& till, const SaveRole& command) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  StaffRole role = command.role;
  role.name = trim(role.name);
  const auto known = std::ranges::find(till.roles, role.role, &StaffRole::role);
  const bool is_new = role.role == Role{};
  if (!is_new && known == till.roles.end()) {
    return tl::unexpected(refuse("This role is not known."));
  }
  if (role.role == Role::manager) {
    return tl::unexpected(refuse("The role of managers stays as it is."));
  }
  if (role.name.empty() || role.name.size() > 60) {
    return tl::unexpected(refuse("Please give it a name."));
  }
  const StaffRole* named = find_role(till.roles, role.name);
  if (named && named->role != role.role) {
    return tl::unexpected(refuse("There is a role of this name already.", role.name));
  }
  if (is_every_shops(role.role) && role.name != word(role.role)) {
    return tl::unexpected(refuse("This role keeps its name."));
  }
  if (!is_every_shops(role.base) || (!is_new && role.base != known->base)) {
    return tl::unexpected(refuse("This setting is not possible."));
  }
  if (!is_possible(role.limits.discount, 10'000) ||
      !is_possible(role.limits.refund, largest_role_limit) ||
      !is_possible(role.limits.cash_out, largest_role_limit)) {
    return tl::unexpected(refuse("This limit is not possible."));
  }
  if (!leaves_a_manager(till, role)) return tl::unexpected(refuse("There has to be a manager."));
  const std::string changes = role_changes(is_new ? built_in_role(role.base) : *known, role);
  if (!is_new && changes.empty()) return Effects{};
  Work work(till);
  work.note(is_new ? "role added" : "role changed", is_new ? role.name : known->name, changes);
  save_role(till.database, role);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.roles = load_roles(till.database);
  return Effects{};
}

Handled carry_out(Till& till, const RemoveRole& command) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  const auto known = std::ranges::find(till.roles, command.role, &StaffRole::role);
  if (known == till.roles.end()) return tl::unexpected(refuse("This role is not known."));
  if (is_every_shops(command.role)) {
    return tl::unexpected(refuse("Every shop has this role: it cannot be removed."));
  }
  const auto holder = std::ranges::find(till.staff, command.role, &Cashier::role);
  if (holder != till.staff.end()) {
    return tl::unexpected(refuse("Somebody has this role.", holder->name));
  }
  Work work(till);
  work.note("role removed", known->name);
  delete_role(till.database, command.role);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.roles = load_roles(till.database);
  return Effects{};
}

}  // namespace core
