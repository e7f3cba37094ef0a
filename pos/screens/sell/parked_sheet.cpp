#include "pos/screens/sell/parked_sheet.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/ui/format.h"

namespace pos {

ParkedView present(const Scene& scene, const ParkedInput&) {
  const Words& words = scene.words;
  ParkedView view;
  view.title = words("Parked carts");
  view.cancel = words("Close");
  view.empty_words = words("No cart is parked.");
  if (!scene.till.order.lines.empty())
    view.note = words("The open cart is parked when another one is brought back.");
  for (const core::ParkedOrder& parked : scene.till.parked) {
    ParkedRowView row;
    const std::string& who = parked.customer.empty() ? parked.first_item : parked.customer;
    row.title = who;
    const core::LocalTime since =
        core::local_time(parked.since, scene.till.settings.shop.time_zone);
    row.second = time_text(since) + " · " + words.fill("{} item", "{} items", parked.pieces) +
                 (parked.customer.empty() ? "" : " · " + parked.first_item);
    if (!parked.held.is_zero()) {
      row.second +=
          " · " + words.fill("holds voucher {}", {money_text(parked.held, words.language())});
    }
    row.amount = money_text(parked.total, words.language());
    row.initials = core::initials(who);
    row.category = ui::category_of(who.data(), who.size());
    view.rows.push_back(std::move(row));
  }
  return view;
}

ParkedTap draw(ui::Ui& ui, const ParkedView& view) {
  const int rows = std::max(1, static_cast<int>(view.rows.size()));
  const int note = view.note.empty() ? 0 : 32;
  const ui::Rect at = sheet_place(ui, 560, 88 + note + rows * 72 + 16, false);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.cancel});
  ParkedTap tap{.is_cancelled = sheet.is_dismissed()};
  if (note > 0)
    ui::text(ui, {at.x + 24, at.y + 72, at.w - 48, 24}, view.note, {.colour = ui::Colour::text_2});
  const ui::Rect room{at.x + 12, at.y + 80 + note, at.w - 24, at.h - 96 - note};
  if (view.rows.empty())
    ui::text(ui, room, view.empty_words,
             {.colour = ui::Colour::text_2, .align = ui::Align::centre});
  ui::ScrollArea area(ui, room, "parked", 72 * static_cast<int>(view.rows.size()));
  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    const ParkedRowView& row = view.rows[i];
    const int y = room.y + 72 * static_cast<int>(i);
    if (area.shows(y, 72) && ui::row(ui, {room.x, area.y(y), room.w, 72},
                                     {.title = row.title,
                                      .second = row.second,
                                      .amount = row.amount,
                                      .initials = row.initials,
                                      .category = row.category,
                                      .trailing = ui::icons::chevron_right}))
      tap.row = i;
  }
  return tap;
}

SheetResult react(const ParkedTap& tap, const Scene& scene) {
  if (tap.row && *tap.row < scene.till.parked.size())
    return close_with(core::RecallOrder{scene.till.parked[*tap.row].id});
  return {{}, tap.is_cancelled};
}

SheetResult run(ui::Ui& ui, const Scene& scene, ParkedInput& input) {
  return react(draw(ui, present(scene, input)), scene);
}

}  // namespace pos
