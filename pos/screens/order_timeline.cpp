#include "pos/screens/order_timeline.h"

#include <algorithm>
#include <array>

#include "pos/screens/order_words.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

namespace icons = ui::icons;

enum class Detail : std::uint8_t { none, text, amount, channel, reason };

struct Happening {
  std::string_view kind;     // as core writes it
  std::string_view english;  // {} is the detail
  Detail detail;
  ui::Icon icon;
  ui::State state;
};

constexpr std::array<Happening, 28> happenings{{
    {"order placed", "Order placed", Detail::none, icons::shopping_cart, ui::State::neutral},
    {"order received", "Order received from {}", Detail::channel, icons::inbox, ui::State::neutral},
    {"paid", "{} paid", Detail::amount, icons::payments, ui::State::ok},
    {"part payment received", "{} paid as a part", Detail::amount, icons::timelapse,
     ui::State::warn},
    {"payment authorised", "{} authorised", Detail::amount, icons::lock_clock, ui::State::neutral},
    {"captured", "{} captured", Detail::amount, icons::credit_score, ui::State::ok},
    {"refunded", "{} refunded", Detail::amount, icons::undo, ui::State::neutral},
    {"receipt mailed", "Receipt goes to {}", Detail::text, icons::mail_outline, ui::State::neutral},
    {"fulfilled", "Fulfilled", Detail::none, icons::check_circle, ui::State::ok},
    {"archived", "Archived", Detail::none, icons::archive, ui::State::neutral},
    {"cancelled", "Cancelled", Detail::none, icons::cancel, ui::State::neutral},
    {"captured by rule", "Captured by rule, because {}", Detail::reason, icons::bolt,
     ui::State::ok},
    {"fulfilled by rule", "Fulfilled by rule, because {}", Detail::reason, icons::bolt,
     ui::State::ok},
    {"archived by rule", "Archived by rule, because {}", Detail::reason, icons::bolt,
     ui::State::neutral},
    {"asked upstream", "The platform is asked: {}", Detail::text, icons::cloud_upload,
     ui::State::neutral},
    {"asked upstream by rule", "The platform is asked by rule: {}", Detail::text, icons::bolt,
     ui::State::neutral},
    {"changed upstream", "Changed by the platform", Detail::none, icons::sync, ui::State::neutral},
    {"given up", "Given up: the platform is right", Detail::none, icons::cancel,
     ui::State::neutral},
    {"needs attention", "Needs attention: {}", Detail::reason, icons::error_outline,
     ui::State::bad},
    {"authorization expires soon", "The authorisation lapses soon", Detail::none, icons::event,
     ui::State::warn},
    {"authorization expired", "The authorisation has lapsed", Detail::none, icons::event,
     ui::State::bad},
    {"authorization released", "{} released", Detail::amount, icons::cancel, ui::State::neutral},
    {"ready for pick-up", "Ready for pick-up", Detail::none, icons::storefront, ui::State::ok},
    {"put back", "Put back", Detail::none, icons::undo, ui::State::neutral},
    {"reopened", "Reopened", Detail::none, icons::restart_alt, ui::State::neutral},
    {"customer changed", "Customer changed: {}", Detail::text, icons::person, ui::State::neutral},
    {"note", "Note: {}", Detail::text, icons::edit_note, ui::State::neutral},
    {"mail sent again", "Mail sent again", Detail::none, icons::mark_email_read,
     ui::State::neutral},
}};

std::string detail_text(const core::Order& order, const core::TimelineEntry& entry, Detail detail,
                        const Words& words) {
  if (detail == Detail::channel) return channel_name(entry.detail, order.number, words);
  if (detail == Detail::reason) {
    const std::string_view rule = words.with("rule", entry.detail);
    return std::string(rule == entry.detail ? words(entry.detail) : rule);
  }
  if (detail != Detail::amount) return entry.detail;
  const auto money = core::parse_plain(entry.detail, order.currency);
  return money ? money_text(*money, words.language()) : entry.detail;
}

EntryView entry_view(const core::Order& order, const core::TimelineEntry& entry,
                     const Words& words) {
  EntryView view{.icon = icons::info_outline};
  const auto known = std::find_if(happenings.begin(), happenings.end(),
                                  [&](const Happening& one) { return one.kind == entry.kind; });
  if (known == happenings.end()) {
    // What another system wrote is shown as it is.
    view.title = entry.kind;
    if (!entry.detail.empty()) view.title += (view.title.empty() ? "" : ": ") + entry.detail;
    return view;
  }
  view.icon = known->icon;
  view.state = known->state;
  view.title = fill_braces(words.with("timeline", known->english),
                           {detail_text(order, entry, known->detail, words)});
  return view;
}

std::string actor_name(std::string_view actor, const Words& words) {
  if (actor == "till") return std::string(words("Till"));
  if (actor == "rule") return std::string(words("Automatic"));
  if (actor == "shop") return std::string(words("Shop"));
  return std::string(actor);
}

}  // namespace

std::vector<EntryView> timeline_of(const core::Order& order, const Scene& scene) {
  std::vector<EntryView> entries;
  for (auto entry = order.timeline.rbegin(); entry != order.timeline.rend(); ++entry) {
    entries.push_back(entry_view(order, *entry, scene.words));
    entries.back().second = short_time(entry->at, scene);
    entries.back().value = actor_name(entry->actor, scene.words);
  }
  return entries;
}

std::string discount_text(const core::Discount& discount, const Words& words) {
  std::string text(words("Discount"));
  if (discount.kind == core::DiscountKind::percent) {
    text += " " + percent_text({discount.value}, words.language());
  }
  if (!discount.reason.empty()) text += " · " + std::string(words(discount.reason));
  return text;
}

}  // namespace pos
