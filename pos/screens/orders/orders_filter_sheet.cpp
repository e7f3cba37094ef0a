#include "pos/screens/orders/orders_filter_sheet.h"

#include "pos/ui/format.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using Badge = BadgeView (*)(std::string_view, const Words&);

BadgeView stage_badge(std::string_view stage, const Words& words) {
  return order_badge({.stage = stage}, words);
}

FilterGroup group_of(std::string_view title, const std::vector<std::string_view>& known,
                     const std::string& chosen, Badge badge, const Words& words) {
  FilterGroup group{std::string(words(title)), {}};
  group.choices.push_back({"", std::string(words.with("filter", "Any")), chosen.empty()});
  for (const std::string_view word : known) {
    group.choices.push_back({std::string(word), badge(word, words).label, word == chosen});
  }
  return group;
}

// Chips one after the other, broken into lines; draws nothing without `tap`.
int flow(ui::Ui& ui, const ui::Rect& rect, const FilterGroup& group, std::optional<int>* tap) {
  int x = rect.x, y = rect.y;
  for (std::size_t i = 0; i < group.choices.size(); ++i) {
    const FilterChoice& choice = group.choices[i];
    const std::string label = choice.label + "##" + group.title + "-" + choice.word;
    const ui::Chip chip{.label = label, .is_selected = choice.is_chosen};
    const int width = ui::chip_width(ui, chip);
    if (x > rect.x && x + width > rect.right()) {
      x = rect.x;
      y += ui::measure::target + ui::measure::gap;
    }
    const ui::Rect place{x, y, width, ui::measure::target};
    if (tap != nullptr) {
      ui::outline(ui, place, ui::Colour::line, 1, ui::measure::radius);
      if (ui::chip(ui, place, chip)) *tap = static_cast<int>(i);
    }
    x += width + ui::measure::gap;
  }
  return y + ui::measure::target - rect.y;
}

std::string* field_of(core::OrderFilter& filter, std::size_t group) {
  if (group == 0) return &filter.payment;
  return group == 1 ? &filter.fulfilment : &filter.stage;
}

}  // namespace

int filters_set(const core::OrderFilter& filter) {
  return (filter.payment.empty() ? 0 : 1) + (filter.fulfilment.empty() ? 0 : 1) +
         (filter.stage.empty() ? 0 : 1);
}

FiltersView present_filters(const Scene& scene, const OrdersInput& input) {
  const Words& words = scene.words;
  FiltersView view;
  view.title = words("Filter orders");
  view.close_word = words("Close");
  view.clear = words("Clear filter");
  view.can_clear = filters_set(input.filter) > 0;
  view.why_not = words("No filter is set.");
  const std::int64_t total = scene.found.orders.page.total;
  view.show = fill_braces(words("Show {} order", "Show {} orders", total),
                          {number_text(total, words.language())});
  view.groups = {
      group_of("Payment", payment_words(), input.filter.payment, payment_badge, words),
      group_of("Fulfilment", fulfilment_words(), input.filter.fulfilment, fulfilment_badge, words),
      group_of("Order", {"open", "archived", "cancelled"}, input.filter.stage, stage_badge, words)};
  return view;
}

FiltersTap draw(ui::Ui& ui, const FiltersView& view) {
  FiltersTap tap;
  const int title = line_height(ui, ui::Size::t1) + 8, space = ui::measure::margin;
  const int width = sheet_of(ui, 760, 0).w - 2 * ui::measure::padding - 16;
  int content = 0;
  for (const FilterGroup& group : view.groups) {
    content += title + flow(ui, {0, 0, width, 0}, group, nullptr) + space;
  }
  const ui::Rect rect = sheet_of(ui, 760, 88 + content + 96);
  ui::Sheet sheet(ui, rect, {.title = view.title, .close_word = view.close_word});
  if (sheet.is_dismissed()) tap.kind = FiltersTap::Kind::close;

  const ui::Rect body{rect.x + ui::measure::padding, rect.y + 88, width + 16, rect.h - 88 - 96};
  {
    ui::ScrollArea area(ui, body, "order filters", content);
    int y = body.y;
    for (std::size_t i = 0; i < view.groups.size(); ++i) {
      ui::text(ui, {body.x, area.y(y), width, title - 8}, view.groups[i].title,
               {.weight = ui::Weight::semibold, .colour = ui::Colour::text_2});
      y += title;
      std::optional<int> choice;
      y += flow(ui, {body.x, area.y(y), width, 0}, view.groups[i], &choice) + space;
      if (choice) tap = {FiltersTap::Kind::choose, i, static_cast<std::size_t>(*choice)};
    }
  }
  const int foot = rect.bottom() - 80;
  const ui::Button clear{.label = view.clear,
                         .kind = ui::ButtonKind::line,
                         .enabled = view.can_clear,
                         .why_not = view.why_not};
  const int clear_width = ui::button_width(ui, clear);
  if (ui::button(ui, {body.x, foot, clear_width, 56}, clear)) tap.kind = FiltersTap::Kind::clear;
  const int x = body.x + clear_width + ui::measure::gap;
  if (ui::button(ui, {x, foot, rect.right() - ui::measure::padding - x, 56},
                 {.label = view.show, .kind = ui::ButtonKind::main, .key = ui::Key::enter})) {
    tap.kind = FiltersTap::Kind::close;
  }
  return tap;
}

void react(const FiltersTap& tap, const FiltersView& view, OrdersInput& input) {
  switch (tap.kind) {
    case FiltersTap::Kind::none:
      break;
    case FiltersTap::Kind::choose:
      *field_of(input.filter, tap.group) = view.groups[tap.group].choices[tap.choice].word;
      input.to_top = true;
      break;
    case FiltersTap::Kind::clear:
      for (std::size_t i = 0; i < view.groups.size(); ++i) field_of(input.filter, i)->clear();
      input.to_top = true;
      break;
    case FiltersTap::Kind::close:
      input.filters_open = false;
      break;
  }
}

void run_filters(ui::Ui& ui, const Scene& scene, OrdersInput& input) {
  const FiltersView view = present_filters(scene, input);
  react(draw(ui, view), view, input);
}

}  // namespace pos
