// Above the limit an invoice names the customer: asked once, when a payment begins. Then the
// payment goes on. UI thread.
#pragma once

#include <optional>

#include "pos/screens/customers/customer_edit.h"
#include "pos/screens/parts/ask_sheet.h"

namespace pos {

struct AddressInput {
  Reaction then;  // the payment that was asked for
  std::optional<CustomerEditInput> edit = {};
};
WaysView present(const Scene& scene, const AddressInput& input);
SheetResult react(WaysTap tap, const Scene& scene, AddressInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, AddressInput& input);

}  // namespace pos
