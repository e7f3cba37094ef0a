#include "pos/customer_words.h"

#include <algorithm>

#include "pos/ui/format.h"

namespace pos {

namespace {

CustomerLine line_of(const core::LineItem& line, Language language) {
  CustomerLine shown{line.title, "",
                     amount_text(core::price_of(line.unit_price, line.quantity), language)};
  const bool is_one = line.unit == core::Unit::piece && line.quantity == core::pieces(1);
  if (is_one) return shown;
  const bool is_weighed = line.unit == core::Unit::kilogram;
  shown.detail = quantity_text(line.quantity, language) + (is_weighed ? " kg x " : " x ") +
                 amount_text(line.unit_price, language) + (is_weighed ? "/kg" : "");
  return shown;
}

const core::LineItem* latest_line(const core::Snapshot& till) {
  const auto& lines = till.order.lines;
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const core::LineItem& line) {
    return line.id == till.last_line;
  });
  if (found != lines.end()) return &*found;
  return lines.empty() ? nullptr : &lines.back();
}

}  // namespace

CustomerPage customer_page(const core::Snapshot& till, const Words& words) {
  const Language language = words.language();
  CustomerPage view;
  view.shop = till.settings.shop.name;
  view.second = till.settings.shop.website;
  if (till.done && till.order.lines.empty()) {
    view.total_word = words("Total");
    view.total = money_text(till.done->total, language);
    view.change_word = words("Change");
    view.change = money_text(till.done->change, language);
    return view;
  }
  if (till.order.lines.empty()) return view;
  for (const core::LineItem& line : till.order.lines) view.lines.push_back(line_of(line, language));
  view.total_word = words("Total");
  view.total = money_text(till.due, language);
  return view;
}

drivers::DisplayText display_text(const core::Snapshot& till, const Words& words) {
  const CustomerPage view = customer_page(till, words);
  if (view.total.empty()) return {view.shop, view.second};
  const std::string total = drivers::display_line(view.total_word, view.total);
  if (!view.change.empty()) return {total, drivers::display_line(view.change_word, view.change)};
  const core::LineItem* line = latest_line(till);
  if (!line) return {view.shop, total};
  const CustomerLine shown = line_of(*line, words.language());
  const std::string top = drivers::display_line(shown.title, shown.amount);
  // Weighed goods show weight and unit price together with the price.
  const bool is_weighed = line->unit == core::Unit::kilogram;
  return {top, is_weighed ? shown.detail : total};
}

}  // namespace pos
