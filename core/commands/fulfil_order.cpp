// Goods leave: shipped, lying ready to be picked up, handed over.
#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/commands/steps.h"

namespace core {

namespace {

const Fulfilment* ready_one(const Order& order) {
  const auto at = std::find_if(
      order.fulfilments.begin(), order.fulfilments.end(),
      [](const Fulfilment& fulfilment) { return fulfilment.state == FulfilmentState::ready; });
  return at == order.fulfilments.end() ? nullptr : &*at;
}

Handled leave(Till& till, Placing& placed, Step step, const std::string& detail) {
  Work work(till);
  take_step(till, work, placed.order, std::move(step), {detail, ""});
  follow_rules(till, work, placed.order);
  return finish_order(till, work);
}

}  // namespace

Handled carry_out(Till& till, const FulfilOrder& command) {
  auto placed = placed_order(till, command.order, Permission::fulfil);
  if (!placed) return tl::unexpected(placed.error());
  const auto no = cannot_fulfil(placed->later, command.lines);
  if (!no.empty()) return tl::unexpected(refuse(no));
  Step step = fulfil_step(till, placed->later, command.lines, FulfilmentState::done);
  step.fulfilment->carrier = trim(command.carrier);
  step.fulfilment->tracking_number = trim(command.tracking_number);
  step.fulfilment->tracking_url = trim(command.tracking_url);
  step.fulfilment->notify_customer = command.notify_customer;
  const std::string detail(trim(step.fulfilment->carrier + " " + step.fulfilment->tracking_number));
  return leave(till, *placed, std::move(step), detail);
}

Handled carry_out(Till& till, const MarkReady& command) {
  auto placed = placed_order(till, command.order, Permission::fulfil);
  if (!placed) return tl::unexpected(placed.error());
  if (placed->later.delivery != Delivery::pickup) {
    return tl::unexpected(refuse("This order is not picked up here."));
  }
  if (ready_one(placed->later)) return tl::unexpected(refuse("It lies ready already."));
  const auto no = cannot_fulfil(placed->later, {});
  if (!no.empty()) return tl::unexpected(refuse(no));
  // That goods lie ready here is this till's own knowledge: no platform has to agree.
  Work work(till);
  Step step = fulfil_step(till, placed->later, {}, FulfilmentState::ready);
  take_fact(till, work, placed->order, std::move(step), {});
  return finish_order(till, work);
}

Handled carry_out(Till& till, const HandOver& command) {
  auto placed = placed_order(till, command.order, Permission::fulfil);
  if (!placed) return tl::unexpected(placed.error());
  const auto no = cannot_fulfil(placed->later, command.lines);
  if (!no.empty()) return tl::unexpected(refuse(no));
  Step step = fulfil_step(till, placed->later, command.lines, FulfilmentState::done);
  Work work(till);
  if (const Fulfilment* ready = ready_one(placed->order)) {
    Step taken{OutboxKind::fulfil};
    taken.fulfilment = *ready;
    taken.fulfilment->state = FulfilmentState::cancelled;
    take_fact(till, work, placed->order, std::move(taken), {});
  }
  take_step(till, work, placed->order, std::move(step), {std::string(trim(command.to)), ""});
  follow_rules(till, work, placed->order);
  return finish_order(till, work);
}

Handled carry_out(Till& till, const CancelFulfilment& command) {
  auto placed = placed_order(till, command.order, Permission::fulfil);
  if (!placed) return tl::unexpected(placed.error());
  const Fulfilment* ready = ready_one(placed->order);
  if (!ready || ready->id != command.fulfilment) {
    return tl::unexpected(refuse("Only what lies ready can be put back."));
  }
  Step step{OutboxKind::fulfil};
  step.fulfilment = *ready;
  step.fulfilment->state = FulfilmentState::cancelled;
  Work work(till);
  take_fact(till, work, placed->order, std::move(step), {});
  return finish_order(till, work);
}

}  // namespace core
