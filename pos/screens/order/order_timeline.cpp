#include "pos/screens/order/order_timeline.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/orders/refund.h"
#include "pos/screens/parts/order_words.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

namespace icons = ui::icons;

enum class Detail : std::uint8_t {
  none,
  text,
  amount,
  channel,
  reason,
  refund,
  tenders,  // "14.00: cash -> card"
  asked,
  asked_by_rule
};

struct Happening {
  std::string_view kind;     // as core writes it
  std::string_view english;  // {} is the detail
  Detail detail;
  ui::Icon icon;
  ui::State state;
};

constexpr std::array<Happening, 32> happenings{{
    {"order placed", "Order placed", Detail::none, icons::shopping_cart, ui::State::neutral},
    {"order received", "Order received from {}", Detail::channel, icons::inbox, ui::State::neutral},
    {"paid", "{} paid", Detail::amount, icons::payments, ui::State::ok},
    {"part payment received", "{} paid as a part", Detail::amount, icons::timelapse,
     ui::State::warn},
    {"payment authorised", "{} authorised", Detail::amount, icons::lock_clock, ui::State::neutral},
    {"captured", "{} captured", Detail::amount, icons::credit_score, ui::State::ok},
    {"refunded", "{} refunded", Detail::refund, icons::undo, ui::State::neutral},
    {"refunded to the card", "{} refunded to the card", Detail::refund, icons::undo,
     ui::State::neutral},
    {"taken back in exchange", "Taken back in exchange, with {}", Detail::text, icons::undo,
     ui::State::neutral},
    {"tender put right", "{} put right", Detail::tenders, icons::payments, ui::State::neutral},
    {"refund to the card requested", "{} asked back to the card", Detail::refund, icons::undo,
     ui::State::warn},
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
    {"asked upstream", "The platform is asked: {}", Detail::asked, icons::cloud_upload,
     ui::State::neutral},
    {"asked upstream by rule", "The platform is asked by rule: {}", Detail::asked_by_rule,
     icons::bolt, ui::State::neutral},
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

const Happening* happening_of(std::string_view kind) {
  const auto known = std::find_if(happenings.begin(), happenings.end(),
                                  [&](const Happening& one) { return one.kind == kind; });
  return known == happenings.end() ? nullptr : &*known;
}

std::string amount_of(const core::Order& order, std::string_view plain, const Words& words) {
  const auto money = core::parse_plain(plain, order.currency);
  return money ? money_text(*money, words.language()) : "";
}

// How, to whom, who approved and why; what is not known is left out.
std::string refund_facts(const core::RefundNote& note, const Words& words) {
  core::Payment payment;
  payment.tender = note.tender;
  std::string text = " · " + tender_name(payment, words);
  if (!note.recipient.empty()) text += " · " + note.recipient;
  if (!note.approver.empty()) text += " · " + words.fill("approved by {}", {note.approver});
  if (!note.reason.empty()) text += " · " + note.reason;
  return text;
}

// What the sentence of a happening is filled with, and what follows it.
struct Filling {
  std::string gap, after;
};

std::string tender_word(std::string_view tender, const Words& words) {
  if (tender == "cash") return std::string(words("Cash"));
  return std::string(words(tender == "card" ? "Card" : "Other"));
}

// Of "14.00: cash -> card".
Filling put_right(const core::Order& order, std::string_view detail, const Words& words) {
  constexpr std::string_view colon = ": ", arrow = " -> ";
  const std::size_t at = detail.find(colon), to = detail.find(arrow);
  if (at == detail.npos || to == detail.npos || to < at) return {std::string(detail), ""};
  const std::string_view wrong = detail.substr(at + colon.size(), to - at - colon.size());
  return {amount_of(order, detail.substr(0, at), words),
          " · " + tender_word(wrong, words) + " → " +
              tender_word(detail.substr(to + arrow.size()), words)};
}
Filling filling_of(const core::Order& order, std::string_view detail, Detail what,
                   const Words& words) {
  if (what == Detail::tenders) return put_right(order, detail, words);
  if (what == Detail::channel) return {channel_name(detail, order.number, words), ""};
  if (what == Detail::reason) {
    const std::string_view rule = words.with("rule", detail);
    return {rule == detail ? reason_text(detail, words) : std::string(rule), ""};
  }
  if (what == Detail::refund) {
    if (const auto note = core::refund_note_from(detail, order.currency)) {
      return {money_text(note->amount, words.language()), refund_facts(*note, words)};
    }
  }
  if (what != Detail::amount && what != Detail::refund) return {std::string(detail), ""};
  std::string amount = amount_of(order, detail, words);
  // What is no amount says why; that the platform told of it is no reason.
  const bool says_more = amount.empty() && !detail.empty() && detail != "upstream";
  return {std::move(amount), says_more ? " · " + std::string(words(detail)) : ""};
}

std::string title_of(const core::Order& order, std::string_view kind, std::string_view detail,
                     const Words& words) {
  const Happening* known = happening_of(kind);
  if (!known) {
    // What another system wrote is shown as it is.
    return std::string(kind) + (kind.empty() || detail.empty() ? "" : ": ") + std::string(detail);
  }
  const std::string_view sentence = words.with("timeline", known->english);
  if (known->detail == Detail::asked || known->detail == Detail::asked_by_rule) {
    // "captured: 12.50" is a happening of its own, which has yet to come true.
    const std::size_t colon = std::min(detail.find(": "), detail.size());
    const std::string asked =
        std::string(detail.substr(0, colon)) + (known->detail == Detail::asked ? "" : " by rule");
    const std::string_view rest = detail.substr(std::min(colon + 2, detail.size()));
    return fill_braces(sentence, {title_of(order, asked, rest, words)});
  }
  const Filling filling = filling_of(order, detail, known->detail, words);
  std::string title(core::trim(fill_braces(sentence, {filling.gap})));
  // "{} captured" begins with its second word where nobody said how much.
  if (filling.gap.empty() && !title.empty() && title[0] >= 'a' && title[0] <= 'z') {
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
  }
  return title + filling.after;
}

EntryView entry_view(const core::Order& order, const core::TimelineEntry& entry,
                     const Words& words) {
  EntryView view{.icon = icons::info_outline};
  view.title = title_of(order, entry.kind, entry.detail, words);
  if (const Happening* known = happening_of(entry.kind)) {
    view.icon = known->icon;
    view.state = known->state;
  }
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
