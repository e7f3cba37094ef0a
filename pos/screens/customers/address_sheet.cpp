#include "pos/screens/customers/address_sheet.h"

#include "pos/ui/format.h"

namespace pos {

WaysView present(const Scene& scene, const AddressInput&) {
  const Words& words = scene.words;
  const core::Settings& settings = scene.till.settings;
  const core::Money limit{settings.receipts.invoice_above, settings.shop.currency};
  WaysView view;
  view.title = words("Address on the receipt?");
  view.words = words.fill(
      "Above {} an invoice names the customer. Without an address it is a "
      "receipt, and no invoice for a business.",
      {money_text(limit, words.language())});
  view.main = words("Without address");
  view.other = words("Enter address");
  view.icon = ui::icons::person_add;
  view.cancel = words("Cancel");
  return view;
}

SheetResult react(WaysTap tap, const Scene& scene, AddressInput& input) {
  switch (tap) {
    case WaysTap::none:
      return {};
    case WaysTap::cancel:
      return close_sheet();
    case WaysTap::other:
      input.edit = bill_customer(scene.till.order);
      return {};
    case WaysTap::main:
      break;
  }
  Reaction reaction = input.then;
  reaction.commands.insert(reaction.commands.begin(), core::LeaveOutAddress{});
  return {std::move(reaction), true};
}

SheetResult run(ui::Ui& ui, const Scene& scene, AddressInput& input) {
  if (!input.edit) return react(draw(ui, present(scene, input)), scene, input);
  SheetResult result = run(ui, scene, *input.edit);
  if (!result.is_closed) return result;
  const bool is_saved = input.edit->sent_at != 0 && !scene.till.asks_for_address;
  input.edit.reset();
  if (is_saved) return {input.then, true};
  return {};
}

}  // namespace pos
