// What a state looks like: icon, colour and word, for the words that core and
// the upstream use. The three axes of an order keep their icons everywhere:
// order (bell, disc, exclamation), payment (card-lock, clock, tick, arrow) and
// fulfilment (ring, pie, tick). A word that nobody here knows is shown as it
// is, never an error. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/outbox/outbox.h"
#include "core/printing/print_state.h"
#include "pos/ui/panels.h"
#include "pos/ui/translate.h"

namespace pos {

struct BadgeView {
  std::string label;  // translated; empty: there is nothing to show
  ui::Icon icon = ui::icons::none;
  ui::State state = ui::State::neutral;
  std::string brief = {};  // under a heading that says what it is about; empty: label
  friend bool operator==(const BadgeView&, const BadgeView&) = default;
};

// `stage` is core's word: "open", "archived", "cancelled".
struct OrderState {
  std::string_view stage;
  bool is_new = false;
  bool needs_attention = false;
  bool is_complete = false;  // nothing is left to do, though it is not archived
};
BadgeView order_badge(const OrderState& order, const Words& words);
BadgeView payment_badge(std::string_view payment, const Words& words);
BadgeView fulfilment_badge(std::string_view fulfilment, const Words& words);
// "done", "waiting", "sending", "refused", "unclear"; empty: nothing to sync.
BadgeView sync_badge(std::string_view sync, const Words& words);
// The same of an order: one that needs attention is never called in step, and
// what lies in a folder has been read by nobody yet.
struct OrderSync {
  std::string_view sync, attention;
  bool is_folder = false;
};
BadgeView sync_badge(const OrderSync& order, const Words& words);
BadgeView outbox_badge(core::OutboxState state, const Words& words);
BadgeView print_badge(core::PrintState state, const Words& words);

// Whether this state of the sync wants a person.
bool is_stuck(std::string_view sync);

// All words of an axis, for filters, in the order in which they are offered.
std::vector<std::string_view> payment_words();
std::vector<std::string_view> fulfilment_words();

// As the toolkit draws it; the view must outlive the call.
inline ui::Badge drawn(const BadgeView& view, bool has_fill = true) {
  return {.label = view.label, .icon = view.icon, .state = view.state, .has_fill = has_fill};
}

// "Till T1", "Online shop", or the name of a marketplace.
std::string channel_name(std::string_view channel, std::string_view number, const Words& words);

}  // namespace pos
