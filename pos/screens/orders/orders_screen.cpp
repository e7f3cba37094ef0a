#include "pos/screens/orders/orders_screen.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/screens/orders/orders_filter_sheet.h"
#include "pos/screens/orders/orders_steps.h"
#include "pos/screens/parts/lamps.h"
#include "pos/screens/parts/order_steps.h"
#include "pos/screens/parts/order_words.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

namespace icons = ui::icons;
using core::OrderTab;

// Rows are asked for in steps, so that scrolling by one row asks nothing new.
constexpr std::int64_t step_rows = 32;
constexpr std::int64_t window_rows = 4 * step_rows;
// Rows are put into words a little beyond what the last frame showed.
constexpr std::int64_t margin_rows = 8;

constexpr std::array<OrderTab, 7> tabs{
    OrderTab::all,       OrderTab::fresh,          OrderTab::to_capture,
    OrderTab::to_fulfil, OrderTab::partially_paid, OrderTab::attention,
    OrderTab::archived};

core::OrderFilter window_of(const OrdersInput& input) {
  core::OrderFilter filter = input.filter;
  filter.text = std::string(core::trim(filter.text));
  filter.offset = std::max<std::int64_t>(0, input.first / step_rows * step_rows - step_rows);
  filter.limit = window_rows;
  return filter;
}

// Whether two filters are about the same list, wherever in it.
bool is_same_list(core::OrderFilter a, const core::OrderFilter& b) {
  a.offset = b.offset;
  a.limit = b.limit;
  return a == b;
}

std::int64_t count_of(const core::TabCounts& counts, OrderTab tab) {
  switch (tab) {
    case OrderTab::all:
      return counts.all;
    case OrderTab::fresh:
      return counts.fresh;
    case OrderTab::to_capture:
      return counts.to_capture;
    case OrderTab::to_fulfil:
      return counts.to_fulfil;
    case OrderTab::partially_paid:
      return counts.partially_paid;
    case OrderTab::attention:
      return counts.attention;
    case OrderTab::archived:
      return -1;  // a number that only grows says nothing
  }
  return -1;
}

std::string_view name_of(OrderTab tab) {
  switch (tab) {
    case OrderTab::all:
      return "All";
    case OrderTab::fresh:
      return "New";
    case OrderTab::to_capture:
      return "To capture";
    case OrderTab::to_fulfil:
      return "To fulfil";
    case OrderTab::partially_paid:
      return "Partially paid";
    case OrderTab::attention:
      return "Attention";
    case OrderTab::archived:
      return "Archive";
  }
  return "All";
}

OrdersTabView tab_view(const core::TabCounts& counts, OrderTab tab, const Words& words) {
  OrdersTabView view{.label = std::string(words.with("tab", name_of(tab)))};
  view.count = static_cast<int>(count_of(counts, tab));
  if (view.count <= 0) return view;
  if (tab == OrderTab::fresh) view.state = ui::State::accent;
  if (tab == OrderTab::attention) {
    view.state = ui::State::bad;
    view.icon = icons::error_outline;
  }
  return view;
}

Emptiness emptiness_of(const core::OrderFilter& filter, const Words& words) {
  const auto say = [&](ui::Icon icon, std::string_view title, std::string_view second) {
    return Emptiness{icon, std::string(words(title)), std::string(words(second))};
  };
  if (!filter.text.empty()) {
    return {icons::search, words.fill("Nothing found for “{}”", {filter.text}),
            std::string(words("Search by number, customer, SKU or the card's last four digits."))};
  }
  if (filters_set(filter) > 0) {
    return say(icons::tune, "No order fits the filter", "Take the filter off to see the others.");
  }
  switch (filter.tab) {
    case OrderTab::all:
      return say(icons::receipt_long, "No orders yet",
                 "Every sale and every online order appears here.");
    case OrderTab::fresh:
      return say(icons::check_circle, "No new orders", "New online orders are announced here.");
    case OrderTab::to_capture:
      return say(icons::check_circle, "Nothing to capture", "No authorised payment waits.");
    case OrderTab::to_fulfil:
      return say(icons::check_circle, "Nothing to fulfil", "Every order is on its way.");
    case OrderTab::partially_paid:
      return say(icons::check_circle, "Nothing left to collect", "No order is partially paid.");
    case OrderTab::attention:
      return say(icons::check_circle, "Nothing needs attention",
                 "What the upstream refuses appears here with its reason.");
    case OrderTab::archived:
      return say(icons::archive, "The archive is empty",
                 "Orders that are paid and fulfilled can be archived.");
  }
  return {};
}

std::string detail_of(const core::OrderRow& row, const Scene& scene) {
  const Words& words = scene.words;
  if (!is_stuck(row.sync) && !row.attention.empty()) return reason_text(row.attention, words);
  if (is_stuck(row.sync)) {
    return row.reason.empty() ? std::string(words("It may have arrived"))
                              : reason_text(row.reason, words);
  }
  if (row.payment == "partially_paid") {
    return words.fill("{} of {}", {amount_text(row.paid, words.language()),
                                   amount_text(row.total, words.language())});
  }
  if (row.payment == "authorized" && core::is_expiring(row.expires, scene.instant)) {
    const auto left = std::chrono::duration_cast<std::chrono::hours>(row.expires - scene.instant);
    if (left.count() < 24) return std::string(words("Expires today"));
    return words.fill("Expires in {} day", "Expires in {} days", left.count() / 24);
  }
  return words.fill("{} item", "{} items", row.pieces);
}

OrderRowView row_view(const Scene& scene, const OrdersInput& input, const core::OrderRow& row,
                      std::int64_t place) {
  const Words& words = scene.words;
  OrderRowView view;
  view.place = place;
  view.id = row.id;
  view.number = row.number;
  view.origin =
      channel_name(row.channel, row.number, words) + " · " + short_time(row.placed, scene);
  view.customer = row.customer.empty() ? std::string(words("Walk-in customer")) : row.customer;
  view.detail = detail_of(row, scene);
  view.needs_attention = view.is_detail_bad = is_stuck(row.sync) || !row.attention.empty();
  view.is_new = row.is_new;
  const bool is_complete =
      needs_no_step({row.channel, row.stage, row.payment, row.fulfilment, row.attention});
  view.order = order_badge({row.stage, row.is_new, view.needs_attention, is_complete}, words);
  view.payment = payment_badge(row.payment, words);
  view.fulfilment = fulfilment_badge(row.fulfilment, words);
  view.sync =
      sync_badge({row.sync, row.attention, scene.till.settings.upstream.kind == "folder"}, words);
  view.amount = amount_text(row.total, words.language());
  // Chosen with others it can be archived; by itself it asks for nothing.
  const NextStep possible = next_step(row);
  view.step = is_complete && possible == NextStep::archive ? NextStep::open : possible;
  view.step_label = step_words(view.step, row, words);
  view.facts = {possible, row.total - row.paid};
  view.is_chosen = input.is_choosing && input.chosen.contains(row.id);
  return view;
}

// "1–7 of 248 · drag to see more"
std::string footer_of(const OrdersInput& input, std::int64_t total, const Words& words) {
  if (total == 0) return {};
  const Language language = words.language();
  const std::int64_t last = std::min(total, input.first + input.visible);
  std::string range =
      words.fill("{}–{} of {}", {number_text(std::min(total, input.first + 1), language),
                                 number_text(last, language), number_text(total, language)});
  if (total <= input.visible) return range;
  return range + " · " + std::string(words("drag to see more"));
}

void add_rows(OrdersView& view, const Scene& scene, const OrdersInput& input) {
  const core::OrderPage& page = scene.found.orders.page;
  bool has_main = page.filter.offset > 0;
  for (std::size_t i = 0; i < page.rows.size(); ++i) {
    const core::OrderRow& row = page.rows[i];
    const bool needs_work =
        next_step(row) != NextStep::open &&
        !needs_no_step({row.channel, row.stage, row.payment, row.fulfilment, row.attention});
    const bool is_main = needs_work && !has_main;
    has_main = has_main || needs_work;
    const std::int64_t place = page.filter.offset + static_cast<std::int64_t>(i);
    if (place < input.first - margin_rows) continue;
    if (place > input.first + input.visible + margin_rows) break;
    view.rows.push_back(row_view(scene, input, row, place));
    view.rows.back().is_main = is_main;
  }
}

}  // namespace

Questions wants(const Scene&, const OrdersInput& input) {
  return {core::AskOrders{window_of(input)}};
}

OrdersView present(const Scene& scene, const OrdersInput& input) {
  const Words& words = scene.words;
  const core::FoundOrders& found = scene.found.orders;
  OrdersView view;
  view.title = words("Orders");
  view.search_hint = words("Number, customer, SKU, last four");
  view.filter_word = words("Filter");
  view.sync_word = words("Sync now");
  view.filters = filters_set(input.filter);
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    view.tabs.push_back(tab_view(found.counts, tabs[i], words));
    if (tabs[i] == input.filter.tab) view.tab = i;
  }
  view.heads = {std::string(words("Number")),
                std::string(words("Customer")),
                std::string(words("Order")),
                std::string(words("Payment")),
                std::string(words("Fulfilment")),
                std::string(words("Sync")),
                words.fill("Amount {}", {symbol_of(scene.till.settings.shop.currency)}),
                std::string(words("Next step"))};
  if (!input.filter.text.empty() || view.filters > 0) view.show_all = words("Show all");
  if (is_same_list(found.page.filter, window_of(input))) {
    view.total = found.page.total;
    add_rows(view, scene, input);
    // The first hits of a search may be none, and some follow.
    if (view.total == 0 && found.page.is_whole) {
      view.emptiness = emptiness_of(window_of(input), words);
    }
  }
  add_choice(view, input, words);
  view.footer = footer_of(input, view.total, words);
  if (scene.devices.sync.is_there) {
    const StripView sync = lamps(scene).back();
    view.sync_state = sync.word;
    view.sync = sync.state;
  }
  return view;
}

Reaction react(const OrdersTap& tap, const OrdersView& view, const Scene& scene,
               OrdersInput& input) {
  using Kind = OrdersTap::Kind;
  switch (tap.kind) {
    case Kind::none:
      break;
    case Kind::tab:
      input.filter.tab = tabs[tap.index];
      input.chosen.clear();
      input.to_top = true;
      break;
    case Kind::search:
      input.to_top = true;
      break;
    case Kind::filters:
      input.filters_open = true;
      break;
    case Kind::show_all:
      input.filter = {.tab = input.filter.tab};
      input.to_top = true;
      break;
    case Kind::sync:
      return say(core::SyncNow{});
    case Kind::row: {
      const OrderRowView& row = view.rows[tap.index];
      if (!input.is_choosing) return show_order(row.id);
      if (input.chosen.erase(row.id) == 0) input.chosen[row.id] = row.facts;
      break;
    }
    case Kind::step: {
      const OrderRowView& row = view.rows[tap.index];
      return do_step(row.step, row.id, row.facts.to_capture, scene.words, row.number);
    }
    case Kind::choose:
      input.is_choosing = !input.is_choosing;
      input.chosen.clear();
      break;
    case Kind::choose_shown:
      for (const OrderRowView& row : view.rows) input.chosen[row.id] = row.facts;
      break;
    case Kind::bulk:
      return do_bulk(view.bulk[tap.index].step, input);
  }
  return {};
}

Reaction run(ui::Ui& ui, const Scene& scene, OrdersInput& input) {
  const OrdersView view = present(scene, input);
  const OrdersTap tap = draw(ui, view, input);
  if (input.filters_open) run_filters(ui, scene, input);
  return react(tap, view, scene, input);
}

}  // namespace pos
