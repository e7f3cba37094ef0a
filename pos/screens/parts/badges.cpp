#include "pos/screens/parts/badges.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace pos {
namespace {

namespace icons = ui::icons;
using ui::State;

struct Known {
  std::string_view word;
  std::string_view english;
  ui::Icon icon;
  State state;
};

constexpr std::array<Known, 8> payments{{
    {"pending", "Pending", icons::schedule, State::warn},
    {"authorized", "Authorised", icons::lock_clock, State::warn},
    {"partially_paid", "Partially paid", icons::timelapse, State::warn},
    {"paid", "Paid", icons::check_circle, State::ok},
    {"partially_refunded", "Partly refunded", icons::undo, State::neutral},
    {"refunded", "Refunded", icons::undo, State::neutral},
    {"voided", "Voided", icons::cancel, State::neutral},
    {"expired", "Expired", icons::event, State::bad},
}};

constexpr std::array<Known, 7> fulfilments{{
    {"unfulfilled", "Unfulfilled", icons::radio_button_unchecked, State::neutral},
    {"partially_fulfilled", "Partly fulfilled", icons::incomplete_circle, State::warn},
    {"fulfilled", "Fulfilled", icons::check_circle, State::ok},
    {"in_progress", "In progress", icons::inventory_2, State::neutral},
    {"on_hold", "On hold", icons::pause_circle_outline, State::warn},
    {"scheduled", "Scheduled", icons::event, State::neutral},
    {"request_declined", "Declined", icons::error_outline, State::bad},
}};

constexpr std::array<Known, 4> stages{{
    {"open", "Open", icons::circle, State::neutral},
    {"parked", "Parked", icons::pause_circle_outline, State::neutral},
    {"archived", "Archived", icons::archive, State::neutral},
    {"cancelled", "Cancelled", icons::cancel, State::neutral},
}};

constexpr std::array<Known, 5> syncs{{
    {"done", "In sync", icons::check, State::ok},
    {"waiting", "Waiting", icons::schedule, State::warn},
    {"sending", "Sending", icons::cloud_upload, State::warn},
    {"refused", "Refused", icons::sync_problem, State::bad},
    {"unclear", "Unclear", icons::help, State::warn},
}};

constexpr std::array<Known, 5> outbox_states{{
    {"waiting", "Waiting", icons::schedule, State::warn},
    {"sending", "Sending", icons::cloud_upload, State::warn},
    {"done", "Done", icons::check_circle, State::ok},
    {"refused", "Refused", icons::sync_problem, State::bad},
    {"unclear", "Unclear", icons::help, State::warn},
}};

constexpr std::array<Known, 7> print_states{{
    {"waiting", "Waiting", icons::schedule, State::warn},
    {"printed", "Printed", icons::check_circle, State::ok},
    {"refused", "Refused", icons::print_disabled, State::bad},
    {"unsure", "Unsure", icons::help, State::warn},
    {"dropped", "Dropped", icons::cancel, State::neutral},
    {"sending", "In the printer", icons::print, State::warn},
    {"sent", "Sent, unconfirmed", icons::check, State::ok},
}};

// A word of another system, made readable: "partly_packed" is "Partly packed".
std::string readable(std::string_view word) {
  std::string text(word);
  std::replace(text.begin(), text.end(), '_', ' ');
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

BadgeView badge_of(std::string_view word, std::span<const Known> known, const Words& words) {
  if (word.empty()) return {};
  for (const Known& one : known) {
    // "Open" is a state here and an order to do something on a button.
    if (one.word == word) {
      return {std::string(words.with("state", one.english)), one.icon, one.state};
    }
  }
  return {readable(word), icons::info_outline, State::neutral};
}

std::vector<std::string_view> words_of(std::span<const Known> known) {
  std::vector<std::string_view> words;
  for (const Known& one : known) words.push_back(one.word);
  return words;
}

}  // namespace

BadgeView order_badge(const OrderState& order, const Words& words) {
  if (order.needs_attention) {
    return {std::string(words.with("badge", "Attention")), icons::error_outline, State::bad};
  }
  // What was cancelled before anybody saw it asks for nothing any more.
  if (order.is_new && order.stage == "open") {
    return {std::string(words.with("state", "New")), icons::notifications_active, State::accent};
  }
  if (order.is_complete) {
    return {std::string(words.with("state", "Done")), icons::check_circle, State::ok};
  }
  return badge_of(order.stage, stages, words);
}

BadgeView payment_badge(std::string_view payment, const Words& words) {
  return badge_of(payment, payments, words);
}

BadgeView fulfilment_badge(std::string_view fulfilment, const Words& words) {
  BadgeView badge = badge_of(fulfilment, fulfilments, words);
  if (fulfilment == "unfulfilled") badge.brief = words.with("column", "Unfulfilled");
  return badge;
}

BadgeView sync_badge(std::string_view sync, const Words& words) {
  return badge_of(sync, syncs, words);
}

BadgeView sync_badge(const OrderSync& order, const Words& words) {
  if (order.sync != "done") return sync_badge(order.sync, words);
  if (!order.attention.empty()) return {};
  if (order.is_folder) return {std::string(words("In a folder")), icons::inbox, State::neutral};
  return sync_badge(order.sync, words);
}

BadgeView outbox_badge(core::OutboxState state, const Words& words) {
  return badge_of(word(state), outbox_states, words);
}

BadgeView print_badge(core::PrintState state, const Words& words) {
  return badge_of(word(state), print_states, words);
}

bool is_stuck(std::string_view sync) {
  return sync == "refused" || sync == "unclear";
}

std::vector<std::string_view> payment_words() {
  return words_of(payments);
}

std::vector<std::string_view> fulfilment_words() {
  return words_of(fulfilments);
}

std::string channel_name(std::string_view channel, std::string_view number, const Words& words) {
  if (channel == "online") return std::string(words("Online shop"));
  if (channel != "till") return readable(channel);
  const std::size_t dash = number.find('-');
  if (dash == std::string_view::npos) return std::string(words("Till"));
  return words.fill("Till {}", {number.substr(0, dash)});
}

}  // namespace pos
