#include "pos/screens/order/cancel_sheet.h"

#include "pos/screens/order/order_verbs.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"

namespace pos {

std::vector<std::string> cancel_reasons(const Words& words) {
  return {std::string(words("Customer changed their mind")), std::string(words("Out of stock")),
          std::string(words("Not paid")), std::string(words("Suspected fraud"))};
}

CancelView present(const Scene& scene, const core::OrderDetail& detail, const CancelInput& input) {
  const Words& words = scene.words;
  const OrderSteps steps = steps_of(detail);
  CancelView view;
  view.title = words.fill("Cancel order {}", {detail.order.number});
  view.close = words("Close");
  view.restock = words("Put the goods back into stock");
  view.restocks = input.restocks;
  view.reasons = cancel_reasons(words);
  if (steps.refundable.minor > 0) {
    view.money = words.fill("{} are given back to the customer.",
                            {money_text(steps.refundable, words.language())});
  } else if (steps.capturable.minor > 0) {
    view.money = words.fill("The authorisation of {} is given up; nothing is charged.",
                            {money_text(steps.capturable, words.language())});
  } else {
    view.money = words("Nothing was paid, so nothing is given back.");
  }
  return view;
}

CancelTap draw(ui::Ui& ui, const CancelView& view) {
  const int rows = static_cast<int>(view.reasons.size());
  const int width = std::min(480, ui.width() - 16) - 48;
  const int words = ui::paragraph_height(ui, width - 28, view.money, {}) + 16;
  const ui::Rect at = sheet_place(ui, 480, 80 + words + 64 + rows * 64 + 16, false);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  CancelTap tap{.is_cancelled = sheet.is_dismissed()};
  const int x = at.x + 24;
  int y = at.y + 80;
  ui::icon(ui, {x, y, 20, line_height(ui, ui::Size::t1)}, ui::icons::info_outline,
           ui::Colour::text_2, 20);
  ui::paragraph(ui, {x + 28, y, width - 28, words}, view.money);
  y += words;
  tap.is_restock =
      ui::toggle(ui, {x, y, width, 56}, {.label = view.restock, .is_on = view.restocks});
  y += 64;
  tap.reason = draw_choices(ui, {x, y, width, rows * 64}, 1, view.reasons, {});
  return tap;
}

SheetResult react(const CancelTap& tap, const Scene& scene, const core::OrderDetail& detail,
                  CancelInput& input) {
  if (tap.is_restock) input.restocks = !input.restocks;
  if (tap.reason) {
    const std::string reason = cancel_reasons(scene.words)[*tap.reason];
    return {verb(core::CancelOrder{detail.order.id, reason, input.restocks}), true};
  }
  return {{}, tap.is_cancelled};
}

}  // namespace pos
