// What is kept of a customer, to be written down or changed: on the Customers page, and
// where a receipt is to have an address.
#pragma once

#include "pos/screens/parts/fields_sheet.h"

namespace pos {

struct CustomerEditInput {
  core::CustomerRecord record;  // as it was known; id 0: a new one
  FieldsInput fields = {};
  std::string language = {};
  std::optional<bool> may_mail = {};  // was said just now
  bool is_for_receipt = false;        // the order in hand is billed to them
  std::uint64_t sent_at = 0;          // the till's revision when it was sent; 0: it was not
};
CustomerEditInput edit_customer(const core::CustomerRecord& record);
CustomerEditInput new_customer(std::string_view name = "");
// For the receipt of the order in hand, with what it says of its customer.
CustomerEditInput bill_customer(const core::Order& order);

// As it stands on the sheet.
core::CustomerRecord record_on(const CustomerEditInput& input);

FieldsView present(const Scene& scene, const CustomerEditInput& input);
SheetResult react(const FieldsTap& tap, const Scene& scene, CustomerEditInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, CustomerEditInput& input);

}  // namespace pos
