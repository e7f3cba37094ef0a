#include "pos/screens/parts/slip_sheet.h"

#include <algorithm>

#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

constexpr int slip_head = 96, slip_foot = 88;

}  // namespace

void draw_paper(ui::Ui& ui, const ui::Rect& desk, std::string_view waiting,
                const ui::Texture* picture) {
  ui::box(ui, desk, ui::Colour::bg, ui::measure::radius);
  if (picture == nullptr || picture->width <= 0) {
    ui::text(ui, desk, waiting, {.colour = ui::Colour::text_2, .align = ui::Align::centre});
    return;
  }
  const int width = std::min(picture->width, desk.w - 32);
  const int height = static_cast<int>(std::int64_t{picture->height} * width / picture->width);
  ui::ScrollArea area(ui, desk, "slip", height + 32);
  const ui::Rect paper{desk.x + (desk.w - width) / 2, area.y(desk.y + 16), width, height};
  ui::raised(ui, paper, ui::Colour::surface);
  ui::image(ui, paper, *picture);
}

SlipView present(const Scene& scene, const SlipWish& wish) {
  const Words& words = scene.words;
  const core::Receipt& receipt = wish.receipt;
  SlipView view;
  view.title = std::string(words(receipt_name(receipt.kind))) + " " + receipt.code;
  view.second = full_time(receipt.finished, scene) + " · " + receipt.cashier;
  const bool is_report =
      receipt.kind == core::ReceiptKind::x_report || receipt.kind == core::ReceiptKind::z_report;
  if (!is_report) view.second += " · " + money_text(receipt.amount, words.language());
  view.waiting = words("The slip is being drawn …");
  view.print = words("Print a copy");
  view.close = words("Close");
  return view;
}

SlipTap draw(ui::Ui& ui, const SlipView& view, const ui::Texture* picture) {
  SlipTap tap = SlipTap::none;
  const ui::Rect rect = sheet_of(ui, 736, ui.height());
  ui::Sheet sheet(ui, rect, {.title = view.title, .close_word = view.close});
  ui::text(ui, {rect.x + 24, rect.y + 60, rect.w - 112, line_height(ui, ui::Size::t1)}, view.second,
           {.colour = ui::Colour::text_2});
  draw_paper(ui, {rect.x + 24, rect.y + slip_head, rect.w - 48, rect.h - slip_head - slip_foot},
             view.waiting, picture);
  const int y = rect.bottom() - 72, half = (rect.w - 48 - 8) / 2;
  if (ui::button(ui, {rect.x + 24, y, half, 56}, {.label = view.print, .icon = ui::icons::print})) {
    tap = SlipTap::print;
  }
  if (ui::button(ui, {rect.right() - 24 - half, y, half, 56},
                 {.label = view.close, .kind = ui::ButtonKind::main, .key = ui::Key::enter}) ||
      sheet.is_dismissed()) {
    tap = SlipTap::close;
  }
  return tap;
}

Reaction react(SlipTap tap, const Scene& scene, std::optional<SlipWish>& wish) {
  if (!wish || tap == SlipTap::none) return {};
  if (tap == SlipTap::close) {
    wish.reset();
    return {};
  }
  const core::Receipt& receipt = wish->receipt;
  const bool is_day = !core::has_order(receipt.kind);
  Reaction reaction =
      is_day ? say(core::PrintDayReceiptAgain{receipt.row})
             : say(core::PrintAgain{receipt.order.id, core::SlipForm::copy, receipt.row});
  reaction.toast = scene.words("A copy of the receipt is being printed.");
  return reaction;
}

Reaction run(ui::Ui& ui, const Scene& scene, std::optional<SlipWish>& wish,
             const ui::Texture* picture) {
  if (!wish) return {};
  return react(draw(ui, present(scene, *wish), picture), scene, wish);
}

}  // namespace pos
