// What printers and the outside have answered, and what is tried again by hand.
#include <fmt/format.h>

#include <algorithm>

#include "core/commands/all.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"

namespace core {

namespace {

PrintState state_of(PrintFate fate) {
  switch (fate) {
    case PrintFate::printed:
      return PrintState::printed;
    case PrintFate::waiting:
      return PrintState::waiting;
    case PrintFate::refused:
      return PrintState::refused;
    case PrintFate::unsure:
      return PrintState::unsure;
  }
  return PrintState::unsure;
}

OutboxState state_of(OutboxFate fate) {
  switch (fate) {
    case OutboxFate::done:
      return OutboxState::done;
    case OutboxFate::again:
      return OutboxState::waiting;
    case OutboxFate::refused:
      return OutboxState::refused;
    case OutboxFate::unclear:
      return OutboxState::unclear;
  }
  return OutboxState::unclear;
}

Handled finish(Till& till, Work& work, Effects effects = {}) {
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return effects;
}

}  // namespace

Handled carry_out(Till& till, const PrintAnswered& command) {
  Work work(till);
  set_print_state(till.database, command.job, state_of(command.fate), command.reason);
  return finish(till, work);
}

Handled carry_out(Till& till, const RetryPrint& command) {
  const auto job = load_print_job(till.database, command.job);
  const auto receipt = job ? load_receipt(till.database, job->receipt_row) : std::nullopt;
  if (!receipt || job->state == PrintState::printed) {
    return tl::unexpected(refuse("This slip is printed already."));
  }
  // The printer has it: asked for once more it would come out twice.
  if (job->state == PrintState::waiting) {
    return tl::unexpected(refuse("This slip is waiting for the printer."));
  }
  // A slip that may be out already is marked as a copy.
  const SlipForm form = job->state == PrintState::unsure && job->form == SlipForm::original
                            ? SlipForm::copy
                            : job->form;
  Work work(till);
  set_print_state(till.database, command.job, PrintState::waiting, "");
  return finish(till, work, Effects{PrintSlip{job->row, form, *receipt}});
}

Handled carry_out(Till& till, const DropPrint& command) {
  Work work(till);
  work.note("slip dropped", std::to_string(command.job));
  set_print_state(till.database, command.job, PrintState::dropped, "");
  return finish(till, work);
}

Handled carry_out(Till& till, const OutboxAnswered& command) {
  Work work(till);
  for (const OutboxAnswer& answer : command.answers) {
    const auto row = load_outbox(till.database, answer.row);
    if (!row || row->state == OutboxState::done) continue;
    set_outbox_state(till.database, row->row, state_of(answer.fate), answer.reason,
                     row->attempts + 1,
                     answer.fate == OutboxFate::again ? answer.not_before : row->not_before);
    if (answer.fate == OutboxFate::refused) {
      work.note("outbox refused", row->order_number,
                fmt::format("{}: {}", word(row->kind), answer.reason));
    }
  }
  return finish(till, work);
}

Handled carry_out(Till& till, const Resend& command) {
  if (auto no = forbidden(till, Permission::resend)) return tl::unexpected(*no);
  const auto row = load_outbox(till.database, command.row);
  if (!row || row->state == OutboxState::done) {
    return tl::unexpected(refuse("This was sent already."));
  }
  Work work(till);
  set_outbox_state(till.database, row->row, OutboxState::waiting, "", row->attempts, till.now());
  return finish(till, work, Effects{WakeSync{}});
}

Handled carry_out(Till& till, const SyncNow&) {
  Work work(till);
  make_outbox_due(till.database, till.now());
  return finish(till, work, Effects{WakeSync{}});
}

// A pulled order is taken over as a whole: the same again changes nothing.
Handled carry_out(Till& till, const ReceiveOrder& command) {
  Order order = command.order;
  if (order.number.empty() || order.channel.empty() || order.channel == "till") {
    return tl::unexpected(refuse("This order has no number or channel."));
  }
  const auto known = find_order(till.database, order.id);
  if (known && known->channel == "till") {
    return tl::unexpected(refuse("This order was made at a till."));
  }
  if (known && known->version >= order.version) return Effects{};
  // Told apart here: a commit that fails on it would make the store read-only.
  if (collides(till.database, order)) {
    return tl::unexpected(refuse("Another order has this number or one of these payments."));
  }
  Work work(till);
  order.is_new = known ? known->is_new : true;
  if (known) {
    order.row = known->row;
  } else {
    insert_order(till.database, order);
  }
  replace_lines(till.database, order);
  for (Payment& payment : order.payments) {
    const bool stored = known && std::any_of(known->payments.begin(), known->payments.end(),
                                             [&](const Payment& p) { return p.id == payment.id; });
    if (!stored) insert_payment(till.database, order, payment);
  }
  update_order(till.database, order, price(order));
  if (!known) {
    insert_event(till.database, order, {till.now(), "order received", order.channel, "till"});
  }
  work.note("order received", order.number, fmt::format("version {}", order.version));
  return finish(till, work);
}

}  // namespace core
