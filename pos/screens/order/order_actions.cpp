#include "pos/screens/order/order_actions.h"

#include <algorithm>

#include "core/orders/account.h"
#include "pos/screens/parts/order_words.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

namespace icons = ui::icons;
using core::OutboxKind;

FactView payment_fact(const core::Payment& payment, const Scene& scene) {
  const Words& words = scene.words;
  FactView fact{tender_name(payment, words), ""};
  if (payment.kind == core::TransactionKind::authorization) {
    fact.label += " · " + std::string(words("authorised"));
  } else if (payment.kind == core::TransactionKind::capture) {
    fact.label += " · " + std::string(words("captured"));
  } else if (payment.kind == core::TransactionKind::payout) {
    fact.label += " · " + std::string(words("payout"));
  } else if (payment.kind == core::TransactionKind::refund) {
    fact.label += " · " + std::string(words("refund"));
    // A refund that the terminal has only taken on says so.
    if (payment.tender == core::Tender::card && !payment.label.empty()) {
      fact.label += " · " + std::string(words(payment.label));
    }
  }
  if (payment.state == core::TransactionState::pending) {
    fact.label += " · " + std::string(words("pending"));
  } else if (payment.state == core::TransactionState::unknown) {
    fact.label += " · " + std::string(words("unknown"));
  }
  fact.label += " · " + short_time(payment.at, scene);
  const bool is_out = payment.kind == core::TransactionKind::refund ||
                      payment.kind == core::TransactionKind::payout;
  fact.value = amount_text(is_out ? -payment.amount : payment.amount, words.language());
  return fact;
}

// A payment that failed, or was taken back before the order was placed, is no payment.
bool is_shown(const core::Order& order, const core::Payment& payment) {
  if (payment.kind == core::TransactionKind::void_) return false;
  if (payment.state == core::TransactionState::failure) return false;
  return payment.state != core::TransactionState::success || core::stands(order, payment);
}

// What an intent that has not got out yet is called.
std::string_view intent_words(OutboxKind kind) {
  switch (kind) {
    case OutboxKind::capture:
      return "Capture: {}";
    case OutboxKind::void_authorization:
      return "Giving up the authorisation: {}";
    case OutboxKind::add_payment:
      return "Payment: {}";
    case OutboxKind::refund:
      return "Refund: {}";
    case OutboxKind::fulfil:
      return "Fulfilment: {}";
    case OutboxKind::archive:
      return "Archiving: {}";
    case OutboxKind::reopen:
      return "Reopening: {}";
    case OutboxKind::cancel:
      return "Cancelling: {}";
    default:
      return "";
  }
}

void add_waits(std::vector<EntryView>& waits, const core::OrderDetail& detail,
               std::initializer_list<OutboxKind> kinds, const Words& words) {
  for (const core::OutboxRow& row : detail.intents) {
    if (std::find(kinds.begin(), kinds.end(), row.kind) == kinds.end()) continue;
    const BadgeView badge = outbox_badge(row.state, words);
    EntryView entry{badge.icon, fill_braces(words(intent_words(row.kind)), {badge.label})};
    if (!row.reason.empty()) entry.second = reason_text(row.reason, words);
    entry.state = badge.state;
    waits.push_back(std::move(entry));
  }
}

std::string address_text(const core::Address& address) {
  std::string text = address.street;
  const auto add = [&](std::string_view part, std::string_view between) {
    if (part.empty()) return;
    if (!text.empty()) text += between;
    text += part;
  };
  add(address.extra, ", ");
  add(address.postcode, ", ");
  add(address.city, address.postcode.empty() ? ", " : " ");
  if (address.country != "DE") add(address.country, ", ");
  return text;
}

std::string delivery_name(const core::Order& order, const Words& words) {
  switch (order.delivery) {
    case core::Delivery::pickup:
      return std::string(words("Picked up in the shop"));
    case core::Delivery::digital:
      return std::string(words("Sent by e-mail"));
    case core::Delivery::shipping:
      break;
    case core::Delivery::counter:
      if (order.channel == "till") return std::string(words("Taken along"));
      break;
  }
  return order.extras.empty() ? std::string(words("Parcel")) : order.extras[0].title;
}

ui::Icon delivery_icon(const core::Order& order) {
  if (order.delivery == core::Delivery::pickup || order.channel == "till") return icons::storefront;
  return order.delivery == core::Delivery::digital ? icons::download : icons::local_shipping;
}

std::int64_t pieces_of(const core::Fulfilment& parcel) {
  std::int64_t pieces = 0;
  for (const core::LineQuantity& line : parcel.lines)
    pieces += line.quantity.is_whole() ? line.quantity.thousandths / 1000 : 1;
  return pieces;
}

EntryView parcel_entry(const core::Fulfilment& parcel, const core::Order& order,
                       const Scene& scene) {
  const Words& words = scene.words;
  const bool is_ready = parcel.state == core::FulfilmentState::ready;
  EntryView entry{is_ready ? icons::storefront : icons::check_circle};
  entry.state = is_ready ? ui::State::warn : ui::State::ok;
  entry.title = is_ready                                   ? words("Ready for pick-up")
                : order.delivery == core::Delivery::pickup ? words("Handed over")
                                                           : words("Sent");
  entry.title += " · " + words.fill("{} item", "{} items", pieces_of(parcel)) + " · " +
                 short_time(parcel.at, scene);
  entry.second = parcel.carrier;
  if (!parcel.tracking_number.empty())
    entry.second += (entry.second.empty() ? "" : " ") + parcel.tracking_number;
  return entry;
}

void add_recipient(OrderView& view, const core::Order& order, const Words& words) {
  const std::string name =
      order.customer.is_removed()
          ? words.fill("Removed customer {}", {std::to_string(order.customer.record)})
      : !order.address.name.empty()  ? order.address.name
      : !order.customer.name.empty() ? order.customer.name
                                     : order.customer.email;
  const std::string how = delivery_name(order, words);
  std::string second = address_text(order.address);
  if (second.empty() && name != order.customer.email) second = order.customer.email;
  view.handover.push_back({delivery_icon(order), name.empty() ? how : name + " · " + how, second});
  const bool needs_address = order.delivery == core::Delivery::shipping;
  if (needs_address && !order.address.is_known()) {
    view.handover.push_back(
        {icons::warning, std::string(words("The order has no address.")), "", "", ui::State::warn});
  }
}

void add_goods_buttons(OrderView& view, const core::OrderDetail& detail, const OrderSteps& steps,
                       const OrderInput& input, const Words& words) {
  if (!steps.can_fulfil) return;
  const core::Order& order = detail.order;
  view.has_parcel = order.delivery != core::Delivery::pickup &&
                    order.delivery != core::Delivery::digital && order.channel != "till";
  if (view.has_parcel) {
    const ParcelInput& parcel = input.parcel;
    view.tracking = parcel.tracking_number.empty() ? std::string(words("Tracking number"))
                                                   : parcel.tracking_number;
    view.notify = words("Tell the customer");
    view.notify_why_not = words(cannot_tell(order));
    view.tells_customer = parcel.tells_customer && view.notify_why_not.empty();
  }
  if (order.delivery == core::Delivery::pickup) {
    if (!steps.is_ready) view.ready = words("Ready for pick-up");
    view.hand_over = words("Hand over …");
    return;
  }
  view.fulfil = words.with("button", "Fulfil");
  if (core::piece_count(order) > 1) view.fulfil_some = words("Some …");
}

// What a platform's order costs less than its lines, and what is owed to the customer.
void add_account(OrderView& view, const core::OrderDetail& detail, const Words& words) {
  if (detail.order.channel == "till") return;
  const core::Account account = core::account_of(detail.order);
  const auto add = [&](const char* what, core::Money amount) {
    if (amount.minor <= 0) return;
    view.sums.push_back({std::string(words(what)), amount_text(amount, words.language())});
  };
  add("Came back", account.returned);
  add("Let off", account.credited);
  add("Owed to the customer", -account.owed);
}

}  // namespace

void add_payment(OrderView& view, const core::OrderDetail& detail, const Scene& scene) {
  const Words& words = scene.words;
  const Language language = words.language();
  const OrderSteps steps = steps_of(detail);
  view.payment_title = words("Payment");
  for (const core::Payment& payment : detail.order.payments) {
    if (is_shown(detail.order, payment)) view.payments.push_back(payment_fact(payment, scene));
  }
  // Of a cancelled order nothing is captured any more.
  const bool is_over = detail.order.stage == core::Stage::cancelled;
  const bool is_authorised = steps.authorised.minor > 0 && !is_over;
  view.sums.push_back(
      {std::string(words(is_authorised ? "Already captured" : "Already paid")),
       amount_text(is_authorised ? steps.captured : core::paid_sum(detail.order), language)});
  const core::Money left = is_authorised ? steps.capturable : steps.due;
  if (left.minor > 0 && (steps.captured.minor > 0 || !is_authorised)) {
    view.sums.push_back({std::string(words(is_authorised ? "Left to capture" : "Still due")),
                         amount_text(left, language)});
  }
  add_account(view, detail, words);
  const Expiry expiry = expiry_text(detail, scene);
  if (!expiry.words.empty()) view.expiry = {icons::event, expiry.words, "", "", expiry.state};
  if (steps.can_capture) {
    view.capture = words.fill("Capture payment {}", {money_text(steps.capturable, language)});
  } else if (steps.can_collect) {
    view.collect = words.fill("Collect {}", {money_text(steps.due, language)});
  }
  if (steps.can_refund && !steps.can_capture && !steps.can_collect) view.refund = words("Refund …");
  add_waits(view.payment_waits, detail,
            {OutboxKind::capture, OutboxKind::void_authorization, OutboxKind::add_payment,
             OutboxKind::refund},
            words);
}

void add_fulfilment(OrderView& view, const core::OrderDetail& detail, const Scene& scene,
                    const OrderInput& input) {
  const Words& words = scene.words;
  const OrderSteps steps = steps_of(detail);
  view.fulfilment_title = words("Fulfilment");
  add_recipient(view, detail.order, words);
  for (const core::Fulfilment& parcel : detail.order.fulfilments) {
    if (parcel.state == core::FulfilmentState::cancelled) continue;
    view.handover.push_back(parcel_entry(parcel, detail.order, scene));
  }
  if (detail.order.channel == "till" && detail.order.fulfilments.empty()) {
    const bool is_out = detail.fulfilment == "fulfilled";
    view.handover.push_back(
        {is_out ? icons::check_circle : icons::schedule,
         std::string(words(is_out ? "Handed over at the till" : "Handed over when it is paid"))});
  }
  add_goods_buttons(view, detail, steps, input, words);
  add_waits(view.fulfilment_waits, detail, {OutboxKind::fulfil}, words);
}

void add_completion(OrderView& view, const core::OrderDetail& detail, const Scene& scene) {
  const Words& words = scene.words;
  const OrderSteps steps = steps_of(detail);
  view.completion_title = words("Completion");
  if (detail.order.stage == core::Stage::open) {
    view.steps_left = is_complete(detail) ? std::string(words("Nothing left to do"))
                                          : words.fill("{} step left", "{} steps left", steps.open);
    view.archive = words.with("button", "Archive");
    if (!steps.can_archive) view.archive_why_not = words("First it must be paid and fulfilled.");
    if (steps.can_do_all()) {
      view.all_steps = words(steps.open == 2 ? "Both steps" : "All three steps");
    }
  } else {
    view.steps_left = order_badge({word(detail.order.stage)}, words).label;
    if (steps.can_reopen) view.reopen = words("Reopen");
  }
  add_waits(view.completion_waits, detail,
            {OutboxKind::archive, OutboxKind::reopen, OutboxKind::cancel}, words);
  using Main = OrderView::Main;
  // Nothing is the obvious step while something is wrong with it.
  if (!detail.order.attention.empty()) return;
  if (!view.capture.empty() || !view.collect.empty()) {
    view.main = Main::money;
  } else if (!view.fulfil.empty() || !view.hand_over.empty()) {
    view.main = Main::goods;
  } else if (!view.archive.empty() && view.archive_why_not.empty() && !is_complete(detail)) {
    view.main = Main::archive;
  }
}

}  // namespace pos
