// A mail of an order is sent once more, by hand.
#include <algorithm>

#include "core/commands/all.h"
#include "core/commands/mails.h"
#include "core/commands/placed_order.h"
#include "core/store/receipt_store.h"

namespace core {

namespace {

// The fulfilment that a mail is about: the last one in the state that it tells.
Uuid subject_for(const Order& order, OutboxKind kind) {
  const FulfilmentState state =
      kind == OutboxKind::mail_ready ? FulfilmentState::ready : FulfilmentState::done;
  const auto at =
      std::find_if(order.fulfilments.rbegin(), order.fulfilments.rend(),
                   [&](const Fulfilment& fulfilment) { return fulfilment.state == state; });
  return at == order.fulfilments.rend() ? Uuid{} : at->id.uuid;
}

bool is_about_fulfilment(OutboxKind kind) {
  return kind == OutboxKind::mail_fulfilled || kind == OutboxKind::mail_ready ||
         kind == OutboxKind::mail_downloads || kind == OutboxKind::mail_fulfilment_service;
}

}  // namespace

Handled carry_out(Till& till, const ResendMail& command) {
  auto placed = placed_order(till, command.order, Permission::resend);
  if (!placed) return tl::unexpected(placed.error());
  const Order& order = placed->order;
  if (command.kind == OutboxKind::mail_receipt) {
    return carry_out(till, EmailReceipt{order.id, order.customer.email});
  }
  if (!is_mail(command.kind)) return tl::unexpected(refuse("This is not a mail."));
  if (till.settings.mail.kind == "none") return tl::unexpected(refuse("Mail is not set up."));
  Uuid subject;
  if (is_about_fulfilment(command.kind)) {
    subject = subject_for(order, command.kind);
    if (subject.is_nil()) return tl::unexpected(refuse("Nothing has left of this order yet."));
  }
  std::vector<std::string> to{order.customer.email};
  if (command.kind == OutboxKind::mail_new_order || command.kind == OutboxKind::mail_expiring) {
    to = addresses_in(till.settings.mails.to);
  }
  if (command.kind == OutboxKind::mail_fulfilment_service) {
    to = addresses_in(till.settings.mails.fulfilment_service);
  }
  std::erase(to, std::string());
  if (to.empty()) return tl::unexpected(refuse("There is no e-mail address for this mail."));
  Work work(till);
  for (const std::string& address : to) {
    queue_mail(till, order, command.kind, address, subject, Repeat::again);
  }
  add_to_timeline(till, placed->order, "mail sent again", word(command.kind), till.actor());
  return finish_order(till, work);
}

}  // namespace core
