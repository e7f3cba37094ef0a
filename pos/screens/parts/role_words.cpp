#include "pos/screens/parts/role_words.h"

#include "pos/ui/format.h"

namespace pos {

std::string role_name(const core::StaffRole& role, const Words& words) {
  if (role.role == core::Role::cashier) return std::string(words.with("role", "Cashier"));
  if (role.role == core::Role::manager) return std::string(words.with("role", "Manager"));
  return role.name;
}

std::string limits_text(const core::StaffRole& role, const Words& words) {
  std::string text;
  const auto add = [&](std::string_view key, std::optional<std::int64_t> limit, bool is_percent) {
    if (!limit) return;
    const std::string value = is_percent
                                  ? percent_text({*limit}, words.language())
                                  : amount_text(core::Money{*limit, core::eur}, words.language());
    text += (text.empty() ? "" : " · ") + words.fill(key, {value});
  };
  add("Discount up to {}", role.limits.discount, true);
  add("Refund up to {}", role.limits.refund, false);
  add("Cash out up to {}", role.limits.cash_out, false);
  return text;
}

bool may(const Scene& scene, core::Permission permission) {
  const auto& cashier = scene.till.cashier;
  if (!cashier) return !scene.till.needs_sign_in;
  return core::allowed(core::role_of(scene.till.roles, cashier->role), permission) ==
         core::Allowed::yes;
}

}  // namespace pos
