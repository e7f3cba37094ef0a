// What the outside has answered, and what is tried again by hand.
#include <fmt/format.h>

#include "core/commands/all.h"
#include "core/commands/intents.h"
#include "core/commands/placed_order.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"

namespace core {

namespace {

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

Handled carry_out(Till& till, const OutboxAnswered& command) {
  Work work(till);
  for (const OutboxAnswer& answer : command.answers) {
    const auto row = load_outbox(till.database, answer.row);
    if (!row || row->state == OutboxState::done) continue;
    set_outbox_state(till.database, row->row, state_of(answer.fate), answer.reason,
                     row->attempts + 1,
                     answer.fate == OutboxFate::again ? answer.not_before : row->not_before);
    if (answer.fate == OutboxFate::done && !is_mail(row->kind)) {
      confirm_intent(till, work, *row, answer.learnt);
    }
    if (answer.fate == OutboxFate::again) learn_names(till, row->order_row, answer.learnt);
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

}  // namespace core
