// What the commands of an order's later life share: finding the order, judging
// a step on what is confirmed and asked for already, and carrying it out as a
// fact or as an intent. Called inside the caller's transaction where it says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/commands.h"
#include "core/step.h"
#include "core/till.h"

namespace core {

// A placed order, and the same as it will be when all intents have come true.
struct Placing {
  Order order;
  Order later;
};
Result<Placing, Refusal> placed_order(Till& till, OrderId id, Permission permission);

// Whether what happens to the order is decided here: a till's own order, or an
// order of a folder (or of nothing) upstream.
bool is_master_of(const Till& till, const Order& order);

// Whether the till mails the customer the receipt by itself. What a cashier asks
// for is mailed whoever else does.
bool mails_receipt(const Till& till, const Order& order);
// The same for money that is given back, which Medusa has no mail for.
bool mails_refund(const Till& till, const Order& order);

// The steps as they would be for `order` now.
Step capture_step(Till& till, const Order& order, Money amount);  // 0: all that is open
Step void_step(Till& till, const Order& order);
Step fulfil_step(Till& till, const Order& order, std::vector<LineQuantity> lines,
                 FulfilmentState state);  // no lines: all that is open

// Who took a step: a person, or a rule for a reason.
struct Cause {
  std::string detail;        // for the timeline: a tracking number, who took the goods
  std::string_view because;  // of a rule; empty: a person did it
};

// Carries out a step that was judged possible: as a fact, with timeline, stock,
// mails and the push of the new version; or as an intent.
void take_step(Till& till, Work& work, Order& order, Step step, const Cause& cause);

// A fact of this till, whoever is master: goods lie ready, cash was given back.
void take_fact(Till& till, Work& work, Order& order, Step step, const Cause& cause);

// The platform has the order already, and calls it so.
void learn_names(Till& till, std::int64_t order_row, const Learnt& learnt);

// An intent has come true upstream: its step becomes a fact, unless the order
// that was pulled meanwhile holds it already.
void confirm_intent(Till& till, Work& work, const OutboxRow& row, const Learnt& learnt);

// What the rules do to the order now; explained on its timeline. Idempotent.
void follow_rules(Till& till, Work& work, Order& order);

// A line on the timeline.
void tell(Till& till, Order& order, std::string_view what, std::string_view detail,
          std::string_view actor);

// Queues a mail, unless it was queued for this order (and subject) before.
enum class Repeat { never, again };
void queue_mail(Till& till, const Order& order, OutboxKind kind, const std::string& recipient,
                const Uuid& subject, Repeat repeat = Repeat::never);
void queue_merchant_mail(Till& till, const Order& order, OutboxKind kind, const Uuid& subject);
// Pushes the order's version, where the till is the master and there is an upstream.
void queue_push(Till& till, const Order& order);
// The mails that a new online order brings.
void mail_arrival(Till& till, const Order& order);

// Writes the order with what is derived from it.
void write_order(Till& till, const Order& order);

// Commits; gives `WakeSync`.
Handled finish_life(Till& till, Work& work, Effects effects = {});

// A new id.
Uuid new_id(Till& till);

}  // namespace core
