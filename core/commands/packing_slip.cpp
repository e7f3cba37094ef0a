// What is to be put in the parcel, on the receipt printer. It documents no
// money: it has no number, and is not printed again by itself.
#include "core/commands/all.h"
#include "core/commands/placed_order.h"

namespace core {

Handled carry_out(Till& till, const PrintPackingSlip& command) {
  auto placed = placed_order(till, command.order, Permission::fulfil);
  if (!placed) return tl::unexpected(placed.error());
  if (till.settings.printer.kind == "none") {
    return tl::unexpected(refuse("No printer is set up."));
  }
  Receipt slip;
  slip.shop = till.settings.shop;
  slip.till = till.settings.till.id;
  slip.cashier = till.actor();
  slip.started = slip.finished = till.now();
  slip.order = std::move(placed->order);
  complete_receipt(slip);
  return Effects{PrintSlip{0, SlipForm::packing, std::move(slip)}};
}

}  // namespace core
