// Which mails an order's events bring, and who sends them: the till or the platform.
// Inside the caller's transaction.
#pragma once

#include <string>

#include "core/outbox/outbox.h"
#include "core/till/till.h"

namespace core {

// Whether the till mails the customer the receipt by itself. What a cashier asks
// for is mailed whoever else does.
bool mails_receipt(const Till& till, const Order& order);
// The same for money that is given back, which Medusa has no mail for.
bool mails_refund(const Till& till, const Order& order);

// Queues a mail, unless it was queued for this order (and subject) before.
enum class Repeat { never, again };
void queue_mail(Till& till, const Order& order, OutboxKind kind, const std::string& recipient,
                const Uuid& subject, Repeat repeat = Repeat::never);
void queue_merchant_mail(Till& till, const Order& order, OutboxKind kind, const Uuid& subject);
// The mails that a new online order brings.
void mail_arrival(Till& till, const Order& order);

// The Z report, to those who get each of them.
void mail_z_report(Till& till, const Receipt& receipt);

// The mails that goods bring that lie ready or have left: to the customer, and to who
// ships them.
void mail_fulfilment(Till& till, const Order& order, const Fulfilment& fulfilment);

}  // namespace core
