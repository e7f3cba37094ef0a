// A role on one sheet: its name, its limits, and for each permission whether it is
// allowed, needs approval or is off. UI thread.
#pragma once

#include "pos/screens/parts/fields_sheet.h"

namespace pos {

struct RoleInput {
  core::StaffRole role;  // as it is on the sheet; its number is 0 for a new one
  FieldsInput fields = {};
  std::uint64_t sent_at = 0;  // the till's revision when it was sent; 0: it was not
};
RoleInput change_role(const core::StaffRole& role);
// It begins with what cashiers may.
RoleInput new_role(const Scene& scene);

FieldsView present(const Scene& scene, const RoleInput& input);
SheetResult react(const FieldsTap& tap, const Scene& scene, RoleInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, RoleInput& input);

}  // namespace pos
