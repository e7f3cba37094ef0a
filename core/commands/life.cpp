#include "core/commands/life.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/automation.h"
#include "core/base/text.h"
#include "core/refund.h"
#include "core/store/catalogue_store.h"
#include "core/store/fulfilment_store.h"
#include "core/store/intents.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"

namespace core {

namespace {

// What the timeline says when a verb is a fact.
std::string_view fact_word(const Step& step) {
  switch (step.verb) {
    case OutboxKind::capture:
      return "captured";
    case OutboxKind::void_authorization:
      return step.payment && step.payment->label == lapsed_label ? "authorization expired"
                                                                 : "authorization released";
    case OutboxKind::fulfil:
      if (!step.fulfilment || step.fulfilment->state == FulfilmentState::done) return "fulfilled";
      return step.fulfilment->state == FulfilmentState::ready ? "ready for pick-up" : "put back";
    case OutboxKind::refund:
      return "refunded";
    case OutboxKind::archive:
      return "archived";
    case OutboxKind::reopen:
      return "reopened";
    case OutboxKind::cancel:
      return "cancelled";
    default:
      return "changed";
  }
}

std::string detail_of(const Order& order, const Step& step, const Cause& cause) {
  if (step.refund)
    return to_text(note_on(order, *step.refund, step.payment ? &*step.payment : nullptr));
  if (!cause.because.empty()) return std::string(cause.because);
  if (!cause.detail.empty()) return cause.detail;
  if (!step.reason.empty()) return step.reason;
  return step.payment ? to_plain(step.payment->amount) : "";
}

Uuid subject_of(const Step& step) {
  if (step.refund) return step.refund->id.uuid;
  if (step.fulfilment) return step.fulfilment->id.uuid;
  return step.payment ? step.payment->id.uuid : Uuid{};
}

void put_on_shelf(Till& till, const Order& order, LineId id, Quantity quantity) {
  for (const LineItem& line : order.lines) {
    if (line.id == id && line.variant) change_stock(till.database, {line.variant}, quantity);
  }
}

void move_stock(Till& till, const Order& order, const Step& step) {
  if (step.refund) {
    for (const RefundedLine& line : step.refund->lines) {
      if (line.restock) put_on_shelf(till, order, line.line, line.quantity);
    }
  }
  if (step.verb != OutboxKind::cancel || !step.restock) return;
  for (const LineItem& line : order.lines) {
    put_on_shelf(till, order, line.id, refundable_quantity(order, line));
  }
}

bool is_digital(const Order& order, LineId id) {
  return std::any_of(order.lines.begin(), order.lines.end(), [&](const LineItem& line) {
    return line.id == id && (line.digital || line.gift_card);
  });
}

// What a fulfilment makes known: to the customer and to who ships the goods.
void mail_fulfilment(Till& till, const Order& order, const Fulfilment& fulfilment) {
  const MailRules& mails = till.settings.mails;
  const Uuid subject = fulfilment.id.uuid;
  const std::string& customer = order.customer.email;
  if (fulfilment.state == FulfilmentState::ready) {
    if (mails.ready == "till") queue_mail(till, order, OutboxKind::mail_ready, customer, subject);
    return;
  }
  if (fulfilment.state != FulfilmentState::done || order.channel == "till") return;
  const auto digital = static_cast<std::size_t>(
      std::count_if(fulfilment.lines.begin(), fulfilment.lines.end(),
                    [&](const LineQuantity& line) { return is_digital(order, line.line); }));
  const bool goods = digital < fulfilment.lines.size();
  if (mails.fulfilled == "till") {
    if (digital > 0) queue_mail(till, order, OutboxKind::mail_downloads, customer, subject);
    if (goods && fulfilment.notify_customer) {
      queue_mail(till, order, OutboxKind::mail_fulfilled, customer, subject);
    }
  }
  if (!goods || order.delivery != Delivery::shipping) return;
  for (const std::string& address : addresses_in(mails.fulfilment_service)) {
    queue_mail(till, order, OutboxKind::mail_fulfilment_service, address, subject, Repeat::again);
  }
}

// The parts of a step that is a fact now, of the order's new version.
void write_parts(Till& till, const Order& order, const Step& step, bool was_intended) {
  if (step.payment) insert_payment(till.database, order, *step.payment);
  if (step.refund) {
    was_intended ? confirm_refund(till.database, *step.refund)
                 : insert_refund(till.database, order, *step.refund, Standing::fact);
  }
  if (!step.fulfilment) return;
  const bool known =
      was_intended ||
      std::any_of(order.fulfilments.begin(), order.fulfilments.end(), [&](const Fulfilment& other) {
        return other.id == step.fulfilment->id && other.version != step.fulfilment->version;
      });
  known ? update_fulfilment(till.database, *step.fulfilment)
        : insert_fulfilment(till.database, order, *step.fulfilment, Standing::fact);
}

void stamp(Step& step, std::int64_t version) {
  if (step.payment) step.payment->version = version;
  if (step.fulfilment) step.fulfilment->version = version;
  if (step.refund) step.refund->version = version;
}

void make_fact(Till& till, Work& work, Order& order, Step step, const Cause& cause,
               bool was_intended) {
  ++order.version;
  stamp(step, order.version);
  write_parts(till, order, step, was_intended);
  happen(order, step);
  write_order(till, order);
  move_stock(till, order, step);
  const std::string what =
      fmt::format("{}{}", fact_word(step), cause.because.empty() ? "" : " by rule");
  const std::string detail = detail_of(order, step, cause);
  tell(till, order, what, detail, cause.because.empty() ? till.actor() : "rule");
  work.note(what, order.number, detail);
  if (step.fulfilment) mail_fulfilment(till, order, *step.fulfilment);
}

void make_intent(Till& till, Work& work, Order& order, Step step, const Cause& cause) {
  stamp(step, order.version + 1);
  OutboxRow row;
  row.kind = step.verb;
  row.order_row = order.row;
  row.version = order.version;
  row.subject = subject_of(step);
  row.amount = step.payment ? step.payment->amount : Money{0, order.currency};
  row.note = step.reason;
  row.restock = step.restock;
  row.key = new_id(till);
  row.created = row.not_before = till.now();
  if (step.fulfilment) {
    insert_fulfilment(till.database, order, *step.fulfilment, Standing::intended);
  }
  if (step.refund) insert_refund(till.database, order, *step.refund, Standing::intended);
  insert_outbox(till.database, row);
  const bool by_rule = !cause.because.empty();
  const std::string detail = fmt::format("{}: {}", fact_word(step), detail_of(order, step, cause));
  tell(till, order, by_rule ? "asked upstream by rule" : "asked upstream", detail,
       by_rule ? "rule" : till.actor());
  work.note("asked upstream", order.number, detail);
}

// What was asked for, where it came in by itself after that; null: it did not.
template <class Item, class Alike>
Item* find_arrived(std::vector<Item>& theirs, const Item& mine, const OutboxRow& row,
                   const Learnt& learnt, Alike alike) {
  const auto is_it = [&](const Item& item) {
    if (item.id == mine.id) return true;
    if (!learnt.subject_id.empty()) return item.upstream_id == learnt.subject_id;
    return alike(item) && item.version > row.version && !item.upstream_id.empty();
  };
  const auto at = std::find_if(theirs.begin(), theirs.end(), is_it);
  return at == theirs.end() ? nullptr : &*at;
}

// The platform told of the goods before it answered. What it does not know of them
// is added, and who has to be told is told.
void complete_arrived(Till& till, const Order& order, const Fulfilment& asked, Fulfilment& theirs) {
  const auto fill = [](std::string& known, const std::string& ours) {
    if (known.empty()) known = ours;
  };
  fill(theirs.carrier, asked.carrier);
  fill(theirs.tracking_number, asked.tracking_number);
  fill(theirs.tracking_url, asked.tracking_url);
  theirs.notify_customer = asked.notify_customer;
  update_fulfilment(till.database, theirs);
  mail_fulfilment(till, order, theirs);
}

// False: what was asked for has not come in by itself.
bool take_arrived(Till& till, Order& order, const OutboxRow& row, const Step& step,
                  const Learnt& learnt) {
  if (step.refund) {
    const auto alike = [&](const Refund& theirs) {
      return theirs.reason.find(refund_mark(*step.refund)) != std::string::npos;
    };
    return find_arrived(order.refunds, *step.refund, row, learnt, alike) != nullptr;
  }
  if (step.fulfilment) {
    const Fulfilment& asked = *step.fulfilment;
    const auto alike = [&](const Fulfilment& other) { return other.lines == asked.lines; };
    Fulfilment* theirs = find_arrived(order.fulfilments, asked, row, learnt, alike);
    if (theirs) complete_arrived(till, order, asked, *theirs);
    return theirs != nullptr;
  }
  if (!step.payment) return false;
  const auto alike = [&](const Payment& theirs) {
    return theirs.kind == step.payment->kind && theirs.amount == step.payment->amount;
  };
  return find_arrived(order.payments, *step.payment, row, learnt, alike) != nullptr;
}

// Cuts the money of a step down to what is still open; false: nothing is.
bool fits(const Order& order, Step& step) {
  if (step.verb == OutboxKind::capture && step.payment) {
    step.payment->amount = std::min(step.payment->amount, capturable_sum(order));
    step.payment->given = step.payment->amount;
    return step.payment->amount.minor > 0;
  }
  if (step.verb == OutboxKind::void_authorization) return open_authorization(order) != nullptr;
  if (step.verb == OutboxKind::fulfil) {
    return step.fulfilment &&
           (step.fulfilment->state != FulfilmentState::done || !open_lines(order).empty());
  }
  if (step.verb == OutboxKind::refund) return step.refund.has_value();
  if (step.verb == OutboxKind::archive) return order.stage == Stage::open;
  if (step.verb == OutboxKind::reopen) return order.stage == Stage::archived;
  if (step.verb == OutboxKind::cancel) return order.stage != Stage::cancelled;
  return false;
}

void learn(Step& step, const Learnt& learnt) {
  if (step.refund) step.refund->upstream_id = learnt.subject_id;
  if (step.fulfilment) step.fulfilment->upstream_id = learnt.subject_id;
  if (!step.payment) return;
  if (!step.refund) step.payment->upstream_id = learnt.subject_id;
  if (!learnt.amount) return;
  step.payment->amount.minor = step.payment->given.minor = *learnt.amount;
}

}  // namespace

Uuid new_id(Till& till) {
  return till.ids.next(till.now());
}

bool is_master_of(const Till& till, const Order& order) {
  const std::string& kind = till.settings.upstream.kind;
  return order.channel == "till" || kind == "folder" || kind == "none";
}

namespace {

bool can_mail(const Till& till, const Order& order) {
  return is_email(order.customer.email) && till.settings.mail.kind != "none";
}

}  // namespace

bool mails_receipt(const Till& till, const Order& order) {
  return can_mail(till, order) && till.settings.mails.receipt == "till";
}

bool mails_refund(const Till& till, const Order& order) {
  const bool nobody_else_can =
      till.settings.mails.receipt == "platform" && till.settings.upstream.kind == "medusa";
  return mails_receipt(till, order) || (nobody_else_can && can_mail(till, order));
}

Result<Placing, Refusal> placed_order(Till& till, OrderId id, Permission permission) {
  if (auto no = forbidden(till, permission)) return tl::unexpected(*no);
  auto order = find_order(till.database, id);
  if (!order || order->version == 0) {
    return tl::unexpected(refuse("This order is not there.", "", RefusalKind::not_found));
  }
  if (till.collecting && till.collecting->id == id) {
    return tl::unexpected(refuse("Finish collecting this payment first."));
  }
  Order later = is_master_of(till, *order) ? *order : foreseen(till.database, *order);
  return Placing{std::move(*order), std::move(later)};
}

Step capture_step(Till& till, const Order& order, Money amount) {
  const Money open = capturable_sum(order);
  Payment payment;
  payment.id = {new_id(till)};
  payment.kind = TransactionKind::capture;
  payment.amount = payment.given = {amount.minor > 0 ? amount.minor : open.minor, order.currency};
  payment.at = till.now();
  if (const Payment* authorized = open_authorization(order)) {
    payment.original = authorized->id;
    payment.tender = authorized->tender;
    payment.label = authorized->label;
    payment.reference = authorized->reference;
  }
  return {OutboxKind::capture, payment};
}

Step void_step(Till& till, const Order& order) {
  Step step = capture_step(till, order, {0, order.currency});
  step.verb = OutboxKind::void_authorization;
  step.payment->kind = TransactionKind::void_;
  return step;
}

Step fulfil_step(Till& till, const Order& order, std::vector<LineQuantity> lines,
                 FulfilmentState state) {
  Fulfilment fulfilment;
  fulfilment.id = {new_id(till)};
  fulfilment.state = state;
  fulfilment.lines = lines.empty() ? open_lines(order) : std::move(lines);
  fulfilment.at = till.now();
  Step step{OutboxKind::fulfil};
  step.fulfilment = std::move(fulfilment);
  return step;
}

void tell(Till& till, Order& order, std::string_view what, std::string_view detail,
          std::string_view actor) {
  order.timeline.push_back(
      {till.now(), std::string(what), std::string(detail), std::string(actor)});
  insert_event(till.database, order, order.timeline.back());
}

void write_order(Till& till, const Order& order) {
  update_order(till.database, order, price(order));
}

void queue_push(Till& till, const Order& order) {
  if (till.settings.upstream.kind == "none" || !is_master_of(till, order)) return;
  OutboxRow row;
  row.order_row = order.row;
  row.version = order.version;
  row.key = new_id(till);
  row.created = row.not_before = till.now();
  insert_outbox(till.database, row);
}

void queue_mail(Till& till, const Order& order, OutboxKind kind, const std::string& recipient,
                const Uuid& subject, Repeat repeat) {
  // An order is taken with an address that cannot be one; nothing is sent there.
  if (till.settings.mail.kind == "none" || !is_email(recipient)) return;
  if (repeat == Repeat::never && was_queued(till.database, order.row, kind, subject)) return;
  OutboxRow row;
  row.kind = kind;
  row.order_row = order.row;
  row.version = order.version;
  row.recipient = recipient;
  row.subject = subject;
  row.key = new_id(till);
  row.created = row.not_before = till.now();
  insert_outbox(till.database, row);
}

void queue_merchant_mail(Till& till, const Order& order, OutboxKind kind, const Uuid& subject) {
  if (was_queued(till.database, order.row, kind, subject)) return;
  for (const std::string& address : addresses_in(till.settings.mails.to)) {
    queue_mail(till, order, kind, address, subject, Repeat::again);
  }
}

void mail_arrival(Till& till, const Order& order) {
  const MailRules& mails = till.settings.mails;
  if (mails.new_order == "till") queue_merchant_mail(till, order, OutboxKind::mail_new_order, {});
  if (mails.confirmation == "till") {
    queue_mail(till, order, OutboxKind::mail_confirmation, order.customer.email, {});
  }
}

void take_step(Till& till, Work& work, Order& order, Step step, const Cause& cause) {
  if (is_master_of(till, order)) {
    make_fact(till, work, order, std::move(step), cause, false);
    queue_push(till, order);
  } else {
    make_intent(till, work, order, std::move(step), cause);
  }
}

void take_fact(Till& till, Work& work, Order& order, Step step, const Cause& cause) {
  make_fact(till, work, order, std::move(step), cause, false);
  queue_push(till, order);
}

namespace {

void take_names(Order& order, const Learnt& learnt) {
  if (order.upstream_id.empty()) order.upstream_id = learnt.order_id;
  if (order.upstream_number.empty()) order.upstream_number = learnt.order_number;
}

}  // namespace

void learn_names(Till& till, std::int64_t order_row, const Learnt& learnt) {
  if (learnt.order_id.empty()) return;
  auto order = load_order(till.database, order_row);
  if (!order || !order->upstream_id.empty()) return;
  take_names(*order, learnt);
  write_order(till, *order);
}

void confirm_intent(Till& till, Work& work, const OutboxRow& row, const Learnt& learnt) {
  auto order = load_order(till.database, row.order_row);
  if (!order) return;
  take_names(*order, learnt);
  if (row.kind == OutboxKind::push_order || row.kind == OutboxKind::add_payment) {
    if (row.kind == OutboxKind::add_payment && !learnt.subject_id.empty()) {
      set_payment_upstream_id(till.database, *order, {row.subject}, learnt.subject_id);
    }
    if (!learnt.order_id.empty() || !learnt.order_number.empty()) write_order(till, *order);
    return;
  }
  Step step = step_of(till.database, row, *order);
  learn(step, learnt);
  const bool has_arrived = take_arrived(till, *order, row, step, learnt);
  if (has_arrived) tell(till, *order, fact_word(step), "upstream", till.actor());
  if (has_arrived || learnt.done_by_others || !fits(*order, step)) {
    forget_intended(till.database, row.subject);
    write_order(till, *order);
  } else {
    make_fact(till, work, *order, std::move(step), {"upstream", ""}, true);
  }
  follow_rules(till, work, *order);
}

void follow_rules(Till& till, Work& work, Order& order) {
  // Each step brings the order further: capture, one fulfilment, archive.
  constexpr int most_steps = 8;
  for (int i = 0; i < most_steps; ++i) {
    const Order later = is_master_of(till, order) ? order : foreseen(till.database, order);
    const auto rule = next_step(later, till.settings.rules);
    if (!rule) return;
    Step step{OutboxKind::archive};
    if (rule->verb == RuleVerb::capture) step = capture_step(till, later, {0, order.currency});
    if (rule->verb == RuleVerb::fulfil) {
      step = fulfil_step(till, later, rule->lines, FulfilmentState::done);
      step.fulfilment->notify_customer = true;
    }
    take_step(till, work, order, std::move(step), {"", rule->because});
  }
}

Handled finish_life(Till& till, Work& work, Effects effects) {
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  effects.push_back(WakeSync{});
  return effects;
}

}  // namespace core
