// What the tender screen says about the order: due, paid, the payments so far,
// the customer, and whether it may be left partly paid.
#include <algorithm>

#include "core/base/text.h"
#include "core/orders/exchange.h"
#include "pos/screens/tender/tender_parts.h"
#include "pos/ui/format.h"

namespace pos {

using core::Money;

namespace {

struct TenderFace {
  const char* label;
  ui::Icon icon;
  int category;
};

TenderFace face_of(core::Tender tender) {
  switch (tender) {
    case core::Tender::cash:
      return {"Cash", ui::icons::payments, 3};
    case core::Tender::card:
      return {"Card", ui::icons::contactless, 2};
    case core::Tender::gift_card:
      return {"Voucher", ui::icons::card_giftcard, 4};
    case core::Tender::other:
      break;
  }
  return {"Other", ui::icons::more_horiz, 7};
}

bool was_taken_now(const core::Order& order, const core::Payment& payment) {
  return payment.version > order.version;
}

std::string when(const Scene& scene, const core::Payment& payment) {
  const auto zone = scene.till.settings.shop.time_zone;
  const core::LocalTime at = core::local_time(payment.at, zone);
  const bool is_today =
      at.year == scene.now.year && at.month == scene.now.month && at.day == scene.now.day;
  return is_today ? time_text(at) : day_text(at, scene.words.language());
}

TenderView::Paid shown(const Scene& scene, const core::Payment& payment) {
  const Words& words = scene.words;
  const TenderFace face = face_of(payment.tender);
  TenderView::Paid paid{.id = payment.id, .icon = face.icon, .category = face.category};
  paid.label = words(face.label);
  const bool has_number =
      payment.tender == core::Tender::card || payment.tender == core::Tender::gift_card;
  if (has_number && !payment.reference.empty()) {
    paid.label += " · " + payment.reference;
  } else if (payment.tender == core::Tender::gift_card && !payment.label.empty()) {
    paid.label += " · " + payment.label;
  } else if (!payment.label.empty()) {
    paid.label = words(payment.label);
  }
  paid.brief = when(scene, payment);
  paid.second = words.fill("Received {}", {paid.brief});
  paid.amount = amount_text(payment.amount, words.language());
  if (payment.kind == core::TransactionKind::refund ||
      payment.kind == core::TransactionKind::payout) {
    paid.second = std::string(words("Refunded")) + " " + paid.brief;
    paid.amount = amount_text(-payment.amount, words.language());
  }
  paid.can_undo = payment.tender != core::Tender::card &&
                  was_taken_now(scene.till.order, payment) &&
                  !(scene.till.attempt && core::holds_order(scene.till.attempt->phase));
  return paid;
}

// What comes next: the card payment that is under way, or what the main action
// would take.
TenderView::Paid next_payment(const Scene& scene, const TenderInput& input) {
  const auto& attempt = scene.till.attempt;
  const TenderFace face = face_of(attempt ? core::Tender::card : tender_of(input.method));
  const Money amount =
      attempt ? attempt->amount : std::min(amount_to_take(scene, input), owed(scene, input.method));
  TenderView::Paid next{.icon = face.icon, .category = face.category, .is_received = false};
  next.label = scene.words(face.label);
  next.second = scene.words("Next");
  if (attempt && attempt->phase == core::CardPhase::requested) {
    next.second = scene.words("At the terminal");
  } else if (attempt && attempt->phase == core::CardPhase::unknown) {
    next.second = scene.words("Unclear");
  }
  next.amount = amount_text(amount, scene.words.language());
  return next;
}

void add_payments(const Scene& scene, const TenderInput& input, TenderView& view) {
  const core::Order& order = scene.till.order;
  for (const core::Payment& payment : order.payments) {
    // What is only authorized, or was released, has not been received.
    const bool moved_money = payment.kind != core::TransactionKind::authorization &&
                             payment.kind != core::TransactionKind::void_;
    if (moved_money && core::stands(order, payment)) view.payments.push_back(shown(scene, payment));
  }
  if (scene.till.due.minor > 0) view.payments.push_back(next_payment(scene, input));
}

void add_leave(const Scene& scene, TenderView& view) {
  const core::Snapshot& till = scene.till;
  const Words& words = scene.words;
  const Language language = words.language();
  Money now{0, till.order.currency};
  for (const core::Payment& payment : till.order.payments) {
    const bool is_sale = payment.kind == core::TransactionKind::sale;
    if (is_sale && was_taken_now(till.order, payment) && core::stands(till.order, payment)) {
      now += payment.amount;
    }
  }
  const bool is_held = till.attempt && core::holds_order(till.attempt->phase);
  view.leave = words("Leave partially paid");
  view.can_leave = now.minor > 0 && !is_held;
  view.leave_why_not = words(is_held ? "A card payment is not settled yet."
                                     : "Nothing has been paid yet: park it instead.");
  view.leave_explained =
      view.can_leave
          ? words.fill(
                "{0} stay booked. The order waits under “Partially paid”; the rest of {1} "
                "is collected later.",
                {money_text(now, language), money_text(till.due, language)})
      : is_held
          ? std::string(words("The card payment under way comes first."))
          : std::string(words("Take a part of it first; the rest can then be collected later."));
}

// The price of an order that is placed or partly paid is fixed.
void add_discount(const Scene& scene, TenderView& view) {
  view.discount = scene.words("Discount on all");
  if (scene.till.collecting) {
    view.discount_why_not = scene.words("The price of a placed order does not change.");
  } else if (scene.till.attempt && core::holds_order(scene.till.attempt->phase)) {
    view.discount_why_not = scene.words("A card payment is not settled yet.");
  } else if (scene.till.paid.minor > 0) {
    view.discount_why_not =
        scene.words("Part of it is paid already: finish it, or take the payment back first.");
  }
}

void add_customer(const Scene& scene, TenderView& view) {
  const core::Customer& customer = scene.till.order.customer;
  if (!customer.is_known()) return;
  view.customer = customer.name.empty() ? customer.email : customer.name;
  view.customer_second = customer.email.empty()
                             ? std::string(scene.words("No e-mail: the receipt is printed"))
                             : scene.words.fill("Receipt to {}", {customer.email});
  view.initials = core::initials(view.customer);
}

}  // namespace

core::Tender tender_of(TenderMethod method) {
  switch (method) {
    case TenderMethod::card:
      return core::Tender::card;
    case TenderMethod::cash:
      return core::Tender::cash;
    case TenderMethod::voucher:
      return core::Tender::gift_card;
    case TenderMethod::other:
      break;
  }
  return core::Tender::other;
}

void present_order(const Scene& scene, const TenderInput& input, TenderView& view) {
  const core::Snapshot& till = scene.till;
  const Words& words = scene.words;
  const Language language = words.language();
  view.has_order = !till.order.id.is_nil() && !core::is_empty(till.order);
  view.title = words(till.collecting ? "Collect the rest" : "Payment");
  view.back = words("Back");
  view.about = till.order.number;
  const std::string items = words.fill("{} item", "{} items", core::piece_count(till.order));
  view.about += view.about.empty() ? items : " · " + items;
  view.due_label = words("Still due");
  view.due = money_text(till.due, language);
  view.total_label = words("Total");
  view.total = amount_text(till.totals.total, language);
  view.paid_label = words("Paid so far");
  view.paid = amount_text(till.paid, language);
  view.is_part_paid = till.paid.minor > 0;
  view.status = words("Partially paid");
  if (till.totals.total.minor > 0) {
    view.permille = static_cast<int>(till.paid.minor * 1000 / till.totals.total.minor);
  }
  view.payments_label = words("Payments");
  view.undo = words("Take back");
  if (!view.has_order) return;
  add_payments(scene, input, view);
  add_leave(scene, view);
  add_customer(scene, view);
  add_discount(scene, view);
}

}  // namespace pos
