#include "pos/screens/order/fulfil_sheet.h"

#include "pos/screens/order/order_verbs.h"
#include "pos/screens/parts/order_steps.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"

namespace pos {

const std::vector<std::string>& carriers() {
  static const std::vector<std::string> names{"DHL", "DPD", "GLS", "Hermes", "UPS", "Post"};
  return names;
}

std::string_view cannot_tell(const core::Order& order) {
  return order.customer.email.empty() ? "The order has no e-mail address." : "";
}

FulfilInput fulfil_input(const core::OrderDetail& detail) {
  const std::vector<core::LineQuantity> open = steps_of(detail).to_fulfil;
  return {open, open};
}

FulfilView present(const Scene& scene, const core::OrderDetail& detail, const FulfilInput& input,
                   const ParcelInput& parcel) {
  const Words& words = scene.words;
  FulfilView view;
  view.title = words.fill("Fulfil a part of {}", {detail.order.number});
  view.lines = pick_lines(detail.order, input.open, input.picked, words);
  view.has_parcel = detail.order.delivery == core::Delivery::shipping ||
                    detail.order.delivery == core::Delivery::counter;
  view.carrier_word = words("Carrier");
  view.carriers = carriers();
  for (std::size_t i = 0; i < view.carriers.size(); ++i) {
    if (view.carriers[i] == parcel.carrier) view.carrier = i;
  }
  view.tracking = parcel.tracking_number.empty() ? std::string(words("Tracking number"))
                                                 : parcel.tracking_number;
  view.notify = words("Tell the customer by e-mail");
  view.notify_why_not = words(cannot_tell(detail.order));
  view.tells_customer = parcel.tells_customer && view.notify_why_not.empty();
  std::int64_t pieces = 0;
  for (const core::LineQuantity& line : chosen_of(input.picked))
    pieces += line.quantity.is_whole() ? line.quantity.thousandths / 1000 : 1;
  view.foot = foot(scene, words.fill("Fulfil {} item", "Fulfil {} items", pieces),
                   pieces == 0 ? words("Choose at least one item.") : "");
  return view;
}

FulfilTap draw(ui::Ui& ui, const FulfilView& view) {
  FulfilTap tap;
  const int high = line_height(ui, ui::Size::t1);
  const bool is_wide = ui.width() >= 900;
  const int below = view.has_parcel ? high + 8 + 128 + 64 + 64 : 64;
  const int list = std::max(72, 2 * high + 16) * static_cast<int>(view.lines.size());
  const int height = is_wide ? 72 + std::max(std::min(list, 400), below) + 24 + 64 + 24
                             : 72 + std::min(list, 320) + 16 + below + 24 + 64 + 24;
  const ui::Rect at = sheet_place(ui, is_wide ? 880 : 640, height, false);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.foot.cancel});
  const ui::Rect foot{at.x + 24, at.bottom() - 24 - 64, at.w - 48, 64};
  ui::Rect lines{at.x + 24, at.y + 72, at.w - 48, foot.y - 16 - at.y - 72};
  ui::Rect side = lines;
  if (is_wide) {
    side.w = 336;
    side.x = lines.right() - side.w;
    lines.w -= side.w + 24;
  } else {
    lines.h -= below + 16;
    side.y = lines.bottom() + 16;
    side.h = below;
  }
  tap.pick = draw_picker(ui, lines, view.lines);
  int y = side.y;
  if (view.has_parcel) {
    ui::text(ui, {side.x, y, side.w, high}, view.carrier_word, {.colour = ui::Colour::text_2});
    y += high + 8;
    tap.carrier = draw_choices(ui, {side.x, y, side.w, 120}, 3, view.carriers, view.carrier);
    y += 128;
    if (ui::button(ui, {side.x, y, side.w, 56},
                   {.label = view.tracking + "##parcel-number",
                    .kind = ui::ButtonKind::line,
                    .icon = ui::icons::qr_code_scanner,
                    .align = ui::Align::left})) {
      tap.is_tracking = true;
    }
    y += 64;
  }
  tap.is_notify = ui::toggle(ui, {side.x, y, side.w, 56},
                             {.label = view.notify,
                              .is_on = view.tells_customer,
                              .enabled = view.notify_why_not.empty(),
                              .why_not = view.notify_why_not});
  tap.foot = draw_foot(ui, foot, view.foot);
  if (sheet.is_dismissed()) tap.foot = SheetTap::cancel;
  return tap;
}

SheetResult react(const FulfilTap& tap, const core::OrderDetail& detail, FulfilInput& input,
                  ParcelInput& parcel) {
  react(tap.pick, input.open, input.picked);
  if (tap.carrier) {
    const std::string& name = carriers()[*tap.carrier];
    parcel.carrier = parcel.carrier == name ? "" : name;
  }
  if (tap.is_notify) parcel.tells_customer = !parcel.tells_customer;
  if (tap.foot == SheetTap::cancel) return close_sheet();
  const auto chosen = chosen_of(input.picked);
  if (tap.foot != SheetTap::accept || chosen.empty()) return {};
  return {fulfil(detail.order, chosen, parcel), true};
}

}  // namespace pos
