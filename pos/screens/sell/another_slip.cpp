#include "pos/screens/sell/another_slip.h"

#include "core/catalogue/deposit_slip.h"
#include "pos/ui/format.h"

namespace pos {

AskView present(const Scene& scene, const AnotherSlipInput& input) {
  const Words& words = scene.words;
  const core::Settings& settings = scene.till.settings;
  AskView view;
  view.title = words("Is this another slip?");
  const auto worth =
      core::read_deposit_slip(input.code, settings.deposits.slip, settings.shop.currency);
  view.words = words.fill("A slip like this one, over {}, was taken today.",
                          {worth ? money_text(*worth, words.language()) : input.code});
  view.back = words("The same again: do not take it");
  view.go_on = words("Another slip: take it");
  view.icon = ui::icons::undo;
  return view;
}

SheetResult run(ui::Ui& ui, const Scene& scene, AnotherSlipInput& input) {
  const AskTap tap = draw(ui, present(scene, input));
  if (tap == AskTap::back) return close_sheet();
  if (tap == AskTap::go_on) return close_with(core::TakeDepositSlip{input.code, true});
  return {};
}

}  // namespace pos
