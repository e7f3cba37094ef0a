#include "pos/screens/sell/take_back_sheet.h"

#include <algorithm>
#include <array>

#include "pos/ui/format.h"

namespace pos {

namespace {

constexpr std::array shelves{core::Shelf::restock, core::Shelf::damaged};

}  // namespace

std::vector<std::string> return_reasons(const Words& words) {
  return {std::string(words("Customer changed their mind")), std::string(words("Damaged goods")),
          std::string(words("Wrong item")), std::string(words("A present")),
          std::string(words("Goodwill"))};
}

TakeBackView present(const Scene& scene, const TakeBackInput& input) {
  const Words& words = scene.words;
  TakeBackView view{.title = std::string(words("Return without receipt")),
                    .cancel = std::string(words("Cancel")),
                    .reasons = return_reasons(words)};
  view.shelves = {std::string(words("Into stock")), std::string(words("Damaged"))};
  view.shelf = input.shelf == core::Shelf::damaged ? 1 : 0;
  const auto& lines = scene.till.order.lines;
  const auto line = std::ranges::find(lines, input.line, &core::LineItem::id);
  if (line != lines.end()) {
    view.subject = line->title + " · " +
                   money_text(core::price_of(line->unit_price, line->quantity), words.language());
  }
  return view;
}

TakeBackTap draw(ui::Ui& ui, const TakeBackView& view) {
  const int rows = static_cast<int>(view.reasons.size());
  const ui::Rect at = sheet_place(ui, 480, 112 + 72 + rows * 64 + 16, false);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.cancel});
  TakeBackTap tap{.is_cancelled = sheet.is_dismissed()};
  const int x = at.x + 24, w = at.w - 48;
  ui::text(ui, {x, at.y + 72, w, 24}, view.subject, {.colour = ui::Colour::text_2});
  tap.shelf = draw_choices(ui, {x, at.y + 104, w, 64}, 2, view.shelves, view.shelf);
  tap.reason = draw_choices(ui, {x, at.y + 176, w, rows * 64}, 1, view.reasons, {});
  return tap;
}

SheetResult react(const TakeBackTap& tap, const Scene& scene, TakeBackInput& input) {
  if (tap.shelf) input.shelf = shelves.at(*tap.shelf);
  if (!tap.reason) return {{}, tap.is_cancelled};
  core::TakeBackUnproven back;
  back.instead_of = input.line;
  back.shelf = input.shelf;
  back.reason = return_reasons(scene.words).at(*tap.reason);
  return close_with(std::move(back));
}

SheetResult run(ui::Ui& ui, const Scene& scene, TakeBackInput& input) {
  return react(draw(ui, present(scene, input)), scene, input);
}

}  // namespace pos
