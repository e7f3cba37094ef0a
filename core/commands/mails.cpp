#include "core/commands/mails.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/placed_order.h"
#include "core/store/outbox_store.h"

namespace core {

namespace {

bool can_mail(const Till& till, const Order& order) {
  return is_email(order.customer.email) && till.settings.mail.kind != "none";
}

bool is_digital(const Order& order, LineId id) {
  return std::any_of(order.lines.begin(), order.lines.end(), [&](const LineItem& line) {
    return line.id == id && (line.digital || line.gift_card);
  });
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

void mail_z_report(Till& till, const Receipt& receipt) {
  if (till.settings.mail.kind == "none") return;
  for (const std::string& address : addresses_in(till.settings.mails.z_report)) {
    if (!is_email(address)) continue;
    OutboxRow row;
    row.kind = OutboxKind::mail_z_report;
    row.receipt_row = receipt.row;
    row.recipient = address;
    row.key = new_id(till);
    row.created = row.not_before = till.now();
    insert_outbox(till.database, row);
  }
}

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

}  // namespace core
