#include "pos/screens/order/line_picker.h"

#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

const core::LineItem* find_line(const core::Order& order, core::LineId id) {
  const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                 [&](const core::LineItem& one) { return one.id == id; });
  return line == order.lines.end() ? nullptr : &*line;
}

}  // namespace

std::vector<PickLine> pick_lines(const core::Order& order,
                                 const std::vector<core::LineQuantity>& open,
                                 const std::vector<core::LineQuantity>& picked,
                                 const Words& words) {
  std::vector<PickLine> lines;
  for (std::size_t i = 0; i < open.size() && i < picked.size(); ++i) {
    const core::LineItem* item = find_line(order, open[i].line);
    if (!item) continue;
    const core::Quantity all = open[i].quantity, taken = picked[i].quantity;
    PickLine line;
    line.id = std::to_string(i);
    line.title = item->title;
    line.second = words.fill(
        "{} of {}", {quantity_text(taken, words.language()), quantity_text(all, words.language())});
    if (!item->sku.empty()) line.second += " · " + item->sku;
    line.value = quantity_text(taken, words.language());
    line.can_have_less = taken.thousandths > 0;
    line.can_have_more = taken < all;
    lines.push_back(std::move(line));
  }
  return lines;
}

void react(const PickTap& tap, const std::vector<core::LineQuantity>& open,
           std::vector<core::LineQuantity>& picked) {
  if (tap.kind == PickTap::Kind::none || tap.line >= picked.size()) return;
  const std::int64_t all = open[tap.line].quantity.thousandths;
  std::int64_t& taken = picked[tap.line].quantity.thousandths;
  // What is weighed goes as a whole.
  const std::int64_t step = all % 1000 == 0 ? 1000 : all;
  taken = std::clamp<std::int64_t>(tap.kind == PickTap::Kind::more ? taken + step : taken - step, 0,
                                   all);
}

PickTap draw_picker(ui::Ui& ui, const ui::Rect& rect, const std::vector<PickLine>& lines) {
  PickTap tap;
  const int high = line_height(ui, ui::Size::t1), row = std::max(72, 2 * high + 16);
  const int stepper = 152;
  const ui::ScrollArea area(ui, rect, "line-picker", row * static_cast<int>(lines.size()));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const PickLine& line = lines[i];
    const int y = area.y(rect.y + static_cast<int>(i) * row);
    const ui::Rect words{rect.x, y + (row - 2 * high) / 2, rect.w - stepper - 24, high};
    ui::text(ui, words, line.title, {.weight = ui::Weight::medium});
    ui::text(ui, words.moved(0, high), line.second, {.colour = ui::Colour::text_2});
    const ui::StepperTap on =
        ui::stepper(ui, {rect.right() - stepper - 8, y + (row - 56) / 2, stepper, 56},
                    {.value = line.value,
                     .id = line.id,
                     .can_have_less = line.can_have_less,
                     .can_have_more = line.can_have_more});
    if (on == ui::StepperTap::less) tap = {i, PickTap::Kind::less};
    if (on == ui::StepperTap::more) tap = {i, PickTap::Kind::more};
    if (i + 1 < lines.size()) ui::separator(ui, rect.x, y + row - 1, rect.w - 8);
  }
  return tap;
}

std::vector<core::LineQuantity> chosen_of(const std::vector<core::LineQuantity>& picked) {
  std::vector<core::LineQuantity> chosen = picked;
  std::erase_if(chosen,
                [](const core::LineQuantity& one) { return one.quantity.thousandths == 0; });
  return chosen;
}

}  // namespace pos
