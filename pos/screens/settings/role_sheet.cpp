#include "pos/screens/settings/role_sheet.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "pos/screens/parts/role_words.h"

namespace pos {

namespace {

namespace icons = ui::icons;
enum RoleField : std::size_t { role_name_field, discount_field, refund_field, cash_out_field };

bool keeps_its_name(const core::StaffRole& role) {
  return role.role == core::Role::cashier || role.role == core::Role::manager;
}

// "12,50" or "12.50"; an empty field is no limit. Nothing: it is neither.
std::optional<std::optional<std::int64_t>> limit_in(std::string_view text) {
  std::string plain(core::trim(text));
  if (plain.empty()) return std::optional<std::int64_t>{};
  std::ranges::replace(plain, ',', '.');
  const auto parsed = core::parse_plain(plain, core::eur);
  if (!parsed || parsed->minor < 0) return {};
  return parsed->minor;
}

struct RoleLimit {
  RoleField field;
  std::optional<std::int64_t> core::RoleLimits::*place;
};
constexpr std::array role_limits{RoleLimit{discount_field, &core::RoleLimits::discount},
                                 RoleLimit{refund_field, &core::RoleLimits::refund},
                                 RoleLimit{cash_out_field, &core::RoleLimits::cash_out}};

// As it stands on the sheet; nothing: a limit is no amount.
std::optional<core::StaffRole> role_on(const RoleInput& input) {
  core::StaffRole role = input.role;
  if (!keeps_its_name(role)) role.name = core::trim(input.fields.values[role_name_field]);
  for (const RoleLimit& each : role_limits) {
    const auto limit = limit_in(input.fields.values[each.field]);
    if (!limit) return {};
    role.limits.*each.place = *limit;
  }
  return role;
}

std::string_view why_not_role(const Scene& scene, const RoleInput& input) {
  if (input.role.role == core::Role::manager) return "The role of managers stays as it is.";
  const auto role = role_on(input);
  if (!role) return "This limit is not possible.";
  if (role->name.empty()) return "Please give it a name.";
  const core::StaffRole* named = core::find_role(scene.till.roles, role->name);
  if (named && named->role != role->role) return "There is a role of this name already.";
  return "";
}

}  // namespace

RoleInput change_role(const core::StaffRole& role) {
  RoleInput input{role};
  input.fields.values = {role.name, "", "", ""};
  for (const RoleLimit& each : role_limits) {
    const auto limit = role.limits.*each.place;
    if (limit) input.fields.values[each.field] = core::to_plain(core::Money{*limit, core::eur});
  }
  return input;
}

RoleInput new_role(const Scene& scene) {
  return change_role(core::copy_of(core::role_of(scene.till.roles, core::Role::cashier), ""));
}

FieldsView present(const Scene& scene, const RoleInput& input) {
  const Words& words = scene.words;
  using enum ui::KeyboardKind;
  FieldsView view;
  const bool is_new = input.role.role == core::Role{};
  view.title = is_new ? std::string(words("New role")) : role_name(input.role, words);
  view.explained = words("Above a limit somebody approves whose role reaches further.");
  view.keyboard_word = words("Keyboard");
  view.fields = {{"role-name", std::string(words("Name")), "", icons::badge, 60, text},
                 {"role-discount", std::string(words("Discount up to (%)")),
                  std::string(words("No limit")), icons::none, 12, number},
                 {"role-refund", std::string(words("Refund up to")), std::string(words("No limit")),
                  icons::none, 12, number},
                 {"role-cash-out", std::string(words("Cash out up to")),
                  std::string(words("No limit")), icons::none, 12, number}};
  if (keeps_its_name(input.role)) {
    view.fields[role_name_field].why_not = words("This role keeps its name.");
  }
  const std::vector<std::string> answers{std::string(words.with("allowed", "Allowed")),
                                         std::string(words.with("allowed", "Approval")),
                                         std::string(words.with("allowed", "Off"))};
  for (int i = 0; i < core::permission_count; ++i) {
    const auto permission = static_cast<core::Permission>(i);
    view.choices.push_back({std::string(words.with("permission", core::word(permission))), answers,
                            static_cast<std::size_t>(core::allowed(input.role, permission))});
  }
  view.foot = foot(scene, words("Save"), words(why_not_role(scene, input)));
  if (!is_new && !keeps_its_name(input.role)) view.foot.remove = words("Remove");
  return view;
}

SheetResult react(const FieldsTap& tap, const Scene& scene, RoleInput& input) {
  if (tap.choice) {
    core::set(input.role, static_cast<core::Permission>(tap.choice->first),
              static_cast<core::Allowed>(tap.choice->second));
  }
  if (tap.foot == SheetTap::cancel) return close_sheet();
  if (tap.foot == SheetTap::remove) {
    input.sent_at = scene.till.revision;
    return {say(core::RemoveRole{input.role.role}), false};
  }
  if (tap.foot != SheetTap::accept || !why_not_role(scene, input).empty()) return {};
  input.sent_at = scene.till.revision;
  return {say(core::SaveRole{*role_on(input)}), false};
}

SheetResult run(ui::Ui& ui, const Scene& scene, RoleInput& input) {
  const bool is_saved = input.sent_at != 0 && scene.till.revision > input.sent_at;
  SheetResult result =
      is_saved ? close_sheet()
               : react(draw(ui, present(scene, input), input.fields, scene.words), scene, input);
  if (result.is_closed) ui.blur();
  return result;
}

}  // namespace pos
