// The filters of the Orders page: payment, fulfilment and stage, each one word
// or any. They act at once, so that the count on the button is that of the list.
#pragma once

#include "pos/screens/orders/orders_screen.h"

namespace pos {

struct FilterChoice {
  std::string word;  // of core; empty: any
  std::string label;
  bool is_chosen = false;
  friend bool operator==(const FilterChoice&, const FilterChoice&) = default;
};

struct FilterGroup {
  std::string title;
  std::vector<FilterChoice> choices;
  friend bool operator==(const FilterGroup&, const FilterGroup&) = default;
};

struct FiltersView {
  std::string title, close_word, clear, show;
  bool can_clear = false;
  std::string why_not;
  std::array<FilterGroup, 3> groups;  // payment, fulfilment, stage
  friend bool operator==(const FiltersView&, const FiltersView&) = default;
};

struct FiltersTap {
  enum class Kind : std::uint8_t { none, choose, clear, close };
  Kind kind = Kind::none;
  std::size_t group = 0, choice = 0;
};

int filters_set(const core::OrderFilter& filter);

FiltersView present_filters(const Scene& scene, const OrdersInput& input);
FiltersTap draw(ui::Ui& ui, const FiltersView& view);
void react(const FiltersTap& tap, const FiltersView& view, OrdersInput& input);
void run_filters(ui::Ui& ui, const Scene& scene, OrdersInput& input);

}  // namespace pos
