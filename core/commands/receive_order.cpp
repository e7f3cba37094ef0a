// Orders come in from the upstream: new ones are announced, known ones brought
// together with what the till has added.
#include <fmt/format.h>

#include <algorithm>

#include "core/commands/all.h"
#include "core/commands/mails.h"
#include "core/commands/placed_order.h"
#include "core/commands/steps.h"
#include "core/commands/tax_keys.h"
#include "core/orders/account.h"
#include "core/orders/receive.h"
#include "core/orders/refund.h"
#include "core/store/aside_store.h"
#include "core/store/customer_store.h"
#include "core/store/fulfilment_store.h"
#include "core/store/intents.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/rule_store.h"

namespace core {

namespace {

constexpr std::size_t most_arrivals = 10;

// A platform that is connected for the first time tells its whole past: what was
// placed before is no news. A folder holds what somebody has just put there.
bool is_fresh(Till& till, const Order& order) {
  if (order.stage != Stage::open) return false;
  if (is_master_of(till, order)) return true;
  const auto since = first_contact(till.database, till.settings.upstream.kind, till.now());
  return order.placed >= since - std::chrono::hours(1);
}

// What the upstream leaves open is filled in before the order is compared.
void complete(Till& till, Order& order, const Order* known) {
  order.customer_edited = false;
  if (known && known->customer_edited) order.customer = known->customer;
  if (known && known->customer.is_removed()) order.address = known->address;
  if (order.placed == Instant{}) order.placed = known ? known->placed : till.now();
  if (order.created == Instant{}) order.created = order.placed;
  for (Payment& payment : order.payments) {
    if (payment.at == Instant{}) payment.at = order.placed;
  }
  if (order.currency == Currency{}) {
    order.attention = attention_of(order, till.settings.shop.currency);
    order.currency = till.settings.shop.currency;
    order.cash_rounding.currency = order.currency;
    for (LineItem& line : order.lines) line.unit_price.currency = order.currency;
    for (ExtraCharge& extra : order.extras) extra.amount.currency = order.currency;
    for (Payment& payment : order.payments) {
      payment.amount.currency = payment.given.currency = order.currency;
    }
  }
  const auto days = std::chrono::hours(24 * till.settings.rules.authorization_days);
  for (Payment& payment : order.payments) {
    const bool lapses = payment.kind == TransactionKind::authorization;
    if (lapses && payment.expires == Instant{}) payment.expires = payment.at + days;
  }
  if (order.channel != "till") name_tax_keys(till.settings, order);
  order.attention = attention_of(order, till.settings.shop.currency);
}

// Its copy in hand would be written over the news: they wait for the end of it.
bool is_in_hand(const Till& till, const Order& order) {
  return till.collecting && till.collecting->id == order.id;
}

std::optional<Refusal> unacceptable(Till& till, const Order& order, const Order* known) {
  if (order.number.empty() || order.channel.empty()) {
    return refuse("This order has no number or channel.");
  }
  const bool ours = order.channel == "till";
  if ((known && known->channel == "till") != ours || (ours && !known)) {
    return refuse("This order was made at a till.");
  }
  if (is_too_large(order)) return refuse("This order is too large.");
  if (is_in_hand(till, order)) return refuse("Finish collecting this payment first.");
  // Told apart here: a commit that fails on it would make the store read-only.
  if (collides(till.database, order)) {
    return refuse("Another order has this number or one of these payments.");
  }
  return {};
}

bool has(const std::vector<Payment>& payments, TransactionId id) {
  return std::any_of(payments.begin(), payments.end(),
                     [&](const Payment& payment) { return payment.id == id; });
}

void write_payments(Till& till, Order& order, const Order* known) {
  for (Payment& payment : order.payments) {
    if (!known || !has(known->payments, payment.id)) {
      if (payment.version == 0) payment.version = order.version;
      insert_payment(till.database, order, payment);
    } else if (!payment.upstream_id.empty()) {
      set_payment_upstream_id(till.database, order, payment.id, payment.upstream_id);
    }
  }
}

void write_fulfilments(Till& till, Order& order, const Order* known) {
  for (Fulfilment& fulfilment : order.fulfilments) {
    const Fulfilment* before = nullptr;
    if (known) {
      for (const Fulfilment& other : known->fulfilments) {
        if (other.id == fulfilment.id) before = &other;
      }
    }
    if (before && *before == fulfilment) continue;
    if (fulfilment.version == 0) fulfilment.version = order.version;
    // What was asked of the platform may come back under the same id.
    if (before) {
      update_fulfilment(till.database, fulfilment);
    } else {
      forget_intended(till.database, fulfilment.id.uuid);
      insert_fulfilment(till.database, order, fulfilment, Standing::fact);
    }
  }
}

// A refund learns the platform's name once, and never changes after.
bool learnt_its_name(const Order& known, const Refund& refund) {
  return std::any_of(known.refunds.begin(), known.refunds.end(), [&](const Refund& before) {
    return before.id == refund.id && before.upstream_id.empty() && !refund.upstream_id.empty();
  });
}

void write_refunds(Till& till, Order& order, const Order* known) {
  for (Refund& refund : order.refunds) {
    const bool stored = known && std::any_of(known->refunds.begin(), known->refunds.end(),
                                             [&](const Refund& r) { return r.id == refund.id; });
    if (stored) {
      if (learnt_its_name(*known, refund)) confirm_refund(till.database, refund);
      continue;
    }
    if (refund.version == 0) refund.version = order.version;
    forget_intended(till.database, refund.id.uuid);
    insert_refund(till.database, order, refund, Standing::fact);
  }
}

// What somebody gave back at the platform, and why. What was asked for here is told of when it
// is answered.
void tell_refunds(Till& till, Order& order, const Order* known) {
  const std::vector<OutboxRow> asked = open_intents(till.database, order.row);
  for (const Refund& refund : order.refunds) {
    const bool is_known = known && std::any_of(known->refunds.begin(), known->refunds.end(),
                                               [&](const Refund& r) { return r.id == refund.id; });
    const bool is_asked = std::any_of(asked.begin(), asked.end(), [&](const OutboxRow& row) {
      return row.subject == refund.id.uuid;
    });
    if (is_known || is_asked || refund.amount.is_zero() || refund.payments.empty()) continue;
    const auto payment =
        std::find_if(order.payments.begin(), order.payments.end(),
                     [&](const Payment& one) { return one.id == refund.payments.front(); });
    const Payment* given = payment == order.payments.end() ? nullptr : &*payment;
    add_to_timeline(till, order, "refunded", to_text(note_on(order, refund, given)), "shop");
  }
}

// Another state of a payment that is stored needs an id of its own.
void rename_changed_payments(Till& till, Order& order, const Order& known) {
  for (std::size_t i = known.payments.size(); i < order.payments.size(); ++i) {
    if (has(known.payments, order.payments[i].id)) order.payments[i].id = {new_id(till)};
  }
}

// The upstream told of the whole order and not of this capture: another took its
// place, perhaps in parts. What follows from it here is taken back.
void take_back_unknown(Till& till, Order& order, const Order& incoming) {
  while (const Payment* unknown = unknown_capture(order, incoming)) {
    Payment back = *unknown;
    back.id = {new_id(till)};
    back.kind = TransactionKind::void_;
    back.original = unknown->id;
    back.at = till.now();
    back.version = 0;
    order.payments.push_back(std::move(back));
  }
}

void announce(Till& till, const Order& order) {
  ++till.arrivals.count;
  auto& latest = till.arrivals.latest;
  latest.insert(latest.begin(), {order.id, order.number, order.customer.name, price(order).total});
  if (latest.size() > most_arrivals) latest.resize(most_arrivals);
}

// What a person has to look at: what the platform's account and the till's of one
// order differ in, once nothing of it is on its way any more.
std::string judged(Till& till, const Order& both, const Order& incoming) {
  if (!incoming.attention.empty()) return incoming.attention;
  if (is_master_of(till, both)) return given_back_beyond(both);
  if (!open_intents(till.database, both.row).empty()) return "";
  const std::string_view differs = disagreement(account_of(both), account_of(incoming));
  return differs.empty() ? given_back_beyond(both) : std::string(differs);
}

// Changes till.arrivals: to be put back where the commit fails.
std::optional<Refusal> receive(Till& till, Work& work, Order order) {
  const auto known = find_order(till.database, order.id);
  order = made_safe(std::move(order));
  complete(till, order, known ? &*known : nullptr);
  if (auto no = unacceptable(till, order, known ? &*known : nullptr)) return no;
  const bool unversioned = order.version == 0;
  if (known) {
    const Order incoming = std::move(order);
    const bool news = is_news(*known, incoming);
    order = merged(*known, incoming);
    rename_changed_payments(till, order, *known);
    if (unversioned) take_back_unknown(till, order, incoming);
    order.attention = judged(till, order, incoming);
    if (!news && known->attention == order.attention) return {};
    if (unversioned) ++order.version;
  } else {
    order.version = std::max<std::int64_t>(1, order.version);
    order.is_new = is_fresh(till, order);
    insert_order(till.database, order);
  }
  // The lines of a till's own order never change.
  if (order.channel != "till") replace_lines(till.database, order);
  write_payments(till, order, known ? &*known : nullptr);
  write_fulfilments(till, order, known ? &*known : nullptr);
  write_refunds(till, order, known ? &*known : nullptr);
  if (!known || known->customer != order.customer) {
    order.customer.record = remember_customer(till.database, order.customer, till.now());
  } else {
    order.customer.record = known->customer.record;
  }
  write_order(till, order);
  if (!known) {
    add_to_timeline(till, order, "order received", order.channel, "till");
    if (order.is_new) {
      mail_arrival(till, order);
      announce(till, order);
    }
  } else if (known->stage != order.stage) {
    add_to_timeline(till, order, "changed upstream", word(order.stage), "shop");
  }
  tell_refunds(till, order, known ? &*known : nullptr);
  if (!order.attention.empty() && (!known || known->attention != order.attention)) {
    add_to_timeline(till, order, "needs attention", order.attention, "till");
  }
  // What was put aside and could be taken now is aside no more.
  for (const std::string& name : {order.number, order.upstream_number}) {
    forget_aside(till.database, till.settings.upstream.kind, name);
  }
  work.note("order received", order.number, fmt::format("version {}", order.version));
  follow_rules(till, work, order);
  return {};
}

}  // namespace

namespace {

bool is_contradicted(const Database& database) {
  return !database.ok() && database.error()->fault == StoreFault::contradiction;
}

// What could not be taken over is told at the order, which is not in step.
void mark_not_taken(Till& till, const Order& order, const Refusal& why) {
  auto known = find_order(till.database, order.id);
  if (!known || is_in_hand(till, order) || known->attention == why.text) return;
  Work work(till);
  known->attention = why.text;
  write_order(till, *known);
  add_to_timeline(till, *known, "needs attention", why.text, "till");
  work.note("order refused", known->number, why.text);
  finish_order(till, work);
}

// News of an order, alone: what the store refuses of it is rolled back whole.
Handled take_over(Till& till, const Order& order) {
  const Arrivals before = till.arrivals;
  std::optional<Refusal> no;
  {
    Work work(till);
    no = receive(till, work, order);
    if (is_contradicted(till.database)) {
      no = refuse("News of this order contradict what is written here.",
                  till.database.error()->detail);
    }
    if (!no) {
      auto done = finish_order(till, work);
      if (!done) till.arrivals = before;
      return done;
    }
  }
  till.arrivals = before;
  if (is_contradicted(till.database)) till.database.forget_error();
  mark_not_taken(till, order, *no);
  return tl::unexpected(*no);
}

}  // namespace

Handled carry_out(Till& till, const ReceiveOrder& command) {
  return take_over(till, command.order);
}

Handled carry_out(Till& till, const ReceiveOrders& command) {
  const Arrivals before = till.arrivals;
  std::vector<std::pair<const Order*, Refusal>> refused;
  {
    Work work(till);
    for (const Order& order : command.orders) {
      if (auto no = receive(till, work, order)) {
        refused.emplace_back(&order, *no);
        work.note("order refused", order.number, no->text);
      }
    }
    if (!is_contradicted(till.database)) {
      auto done = finish_order(till, work);
      if (!done) {
        till.arrivals = before;
        return done;
      }
      for (const auto& [order, why] : refused) mark_not_taken(till, *order, why);
      return done;
    }
  }
  // One of them took the others with it: each alone.
  till.arrivals = before;
  till.database.forget_error();
  for (const Order& order : command.orders) take_over(till, order);
  return Effects{WakeSync{}};
}

}  // namespace core
