// The Orders page: every placed order, in tabs by what has to be done next,
// with its three states, how far it got to the outside, and the next step as a
// button in the row. The list may hold a million orders: only the rows around
// the visible ones are asked for, and only visible ones are put into words.
#pragma once

#include <map>

#include "pos/desk/scene.h"
#include "pos/screens/parts/badges.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/input.h"

namespace pos {

enum class NextStep : std::uint8_t { open, collect, capture, fulfil, archive, mend };

// What can be done with an order that is chosen together with others.
struct ChosenOrder {
  NextStep step = NextStep::open;
  core::Money to_capture;
  friend bool operator==(const ChosenOrder&, const ChosenOrder&) = default;
};

struct OrdersInput {
  core::OrderFilter filter;  // offset and limit are not used here
  bool filters_open = false;
  bool to_top = false;  // the list changed: show its beginning
  bool is_choosing = false;
  std::map<core::OrderId, ChosenOrder> chosen;
  // What the last frame showed, by place in the list.
  std::int64_t first = 0;
  std::int64_t visible = 8;
};

struct OrderRowView {
  std::int64_t place = 0;  // in the whole list
  core::OrderId id;
  std::string number, origin;    // "T1-000482", "Till T1 · 15:44"
  std::string customer, detail;  // "Marlene Brandt", "7 items"
  bool is_detail_bad = false;    // the detail is a reason
  BadgeView order, payment, fulfilment, sync;
  std::string amount;
  bool is_new = false, needs_attention = false;
  NextStep step = NextStep::open;
  std::string step_label;
  bool is_main = false;  // the first row that needs work
  bool is_chosen = false;
  ChosenOrder facts;
  friend bool operator==(const OrderRowView&, const OrderRowView&) = default;
};

struct OrdersTabView {
  std::string label;
  int count = -1;  // -1: not shown
  ui::State state = ui::State::neutral;
  ui::Icon icon = ui::icons::none;
  friend bool operator==(const OrdersTabView&, const OrdersTabView&) = default;
};

struct OrdersView {
  std::string title, search_hint, filter_word, sync_word;
  int filters = 0;  // how many are set
  std::vector<OrdersTabView> tabs;
  std::size_t tab = 0;
  std::array<std::string, 8> heads;
  std::int64_t total = 0;          // rows of the list
  std::vector<OrderRowView> rows;  // the visible ones that are known
  Emptiness emptiness;             // instead of rows
  std::string show_all;            // takes search and filters off; empty: nothing is set
  // While orders are chosen: what can be done with all of them at once.
  bool is_choosing = false;
  std::string choose, chosen_words, choose_shown, end_choosing;
  struct Bulk {
    NextStep step = NextStep::capture;
    std::string label, why_not;
    friend bool operator==(const Bulk&, const Bulk&) = default;
  };
  std::vector<Bulk> bulk;
  std::string footer, sync_state;
  ui::State sync = ui::State::ok;
  friend bool operator==(const OrdersView&, const OrdersView&) = default;
};

struct OrdersTap {
  enum class Kind : std::uint8_t {
    none,
    tab,
    search,
    filters,
    sync,
    row,
    step,
    show_all,
    choose,
    choose_shown,
    bulk,
  };
  Kind kind = Kind::none;
  std::size_t index = 0;  // of the tab, of the row in the view, or of the bulk action
};

Questions wants(const Scene& scene, const OrdersInput& input);
OrdersView present(const Scene& scene, const OrdersInput& input);
OrdersTap draw(ui::Ui& ui, const OrdersView& view, OrdersInput& input);
Reaction react(const OrdersTap& tap, const OrdersView& view, const Scene& scene,
               OrdersInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, OrdersInput& input);

}  // namespace pos
