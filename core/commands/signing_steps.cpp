#include "core/commands/signing_steps.h"

#include <fmt/format.h>

#include "core/fiscal/process_data.h"
#include "core/orders/receipt_event.h"
#include "core/store/signing_store.h"
#include "core/tax/country.h"

namespace core {

namespace {

// The effect for what comes next, unless nothing can: then its turn comes with an answer, or
// when the device is there again.
void ask_for_next(Till& till, const SigningTransaction& transaction, Effects& effects) {
  const auto verb = next_step(transaction);
  if (!verb || till.signing.outage) return;
  if (transaction.state_of(*verb).value_or(StepState::wanted) != StepState::wanted) return;
  effects.push_back(step_of(till, transaction, *verb));
}

SigningTransaction new_signing(Till& till) {
  SigningTransaction transaction;
  transaction.id = {till.ids.next(till.now())};
  transaction.begun = till.now();
  if (till.signing.outage) {
    transaction.start = StepState::missed;
    transaction.outage = till.signing.outage->row;
  }
  return transaction;
}

// `transaction` ends as `data` says; not written yet.
void end_with(Till& till, SigningTransaction& transaction, fiscal::ProcessData data) {
  transaction.process_type = std::move(data.type);
  transaction.process_data = std::move(data.data);
  transaction.ended = till.now();
  transaction.finish = StepState::wanted;
  if (till.signing.outage && !transaction.outage) transaction.outage = till.signing.outage->row;
  if (transaction.outage) transaction.finish = StepState::missed;
}

void sign(Till& till, Work& work, Receipt& receipt, fiscal::ProcessData data, Effects& effects) {
  auto transaction =
      receipt.order.row != 0 ? signing_of_order(till.database, receipt.order.row) : std::nullopt;
  const bool has_begun = transaction.has_value();
  if (!has_begun) {
    transaction = new_signing(till);
    if (receipt.order.row != 0) transaction->order_row = receipt.order.row;
  }
  transaction->receipt_row = receipt.row;
  end_with(till, *transaction, std::move(data));
  has_begun ? update_signing(till.database, *transaction)
            : insert_signing(till.database, *transaction);
  if (transaction->outage) note_ending(till, work, *transaction);
  receipt.signing = signing_facts(till.database, *transaction);
  // One that has begun and was not answered goes on by itself.
  if (has_begun && !is_over(transaction->start)) return;
  ask_for_next(till, *transaction, effects);
}

}  // namespace

bool signs(const Till& till) {
  return country_from(till.settings.shop.country) == Country::germany;
}

SignStep step_of(Till& till, const SigningTransaction& transaction, SigningVerb verb) {
  SignStep step;
  step.transaction = transaction.id;
  step.verb = verb;
  step.asks = is_unclear(transaction.state_of(verb).value_or(StepState::wanted));
  step.client = till.signing.client;
  step.number = transaction.number;
  if (verb == SigningVerb::finish) {
    step.process_type = transaction.process_type;
    step.process_data = transaction.process_data;
  } else if (verb == SigningVerb::abort) {
    fiscal::ProcessData aborted = fiscal::aborted_data();
    step.process_type = std::move(aborted.type);
    step.process_data = std::move(aborted.data);
  }
  if (till.signing.device) {
    step.last_counter = last_counter(till.database, till.signing.device->row);
  }
  return step;
}

void know_outages(Till& till) {
  constexpr std::int64_t shown = 20;
  till.signing.outage = open_outage(till.database);
  till.signing.outages = outages(till.database, shown);
}

void note_ending(Till& till, Work& work, const SigningTransaction& transaction) {
  const std::string subject = subject_of(till.database, transaction);
  work.note(transaction.outage ? "unsigned" : "signature", subject,
            signing_text(transaction, signing_facts(till.database, transaction), subject));
}

Effects steps_left(Till& till) {
  Effects unclear, others;
  for (const SigningTransaction& transaction : open_signings(till.database)) {
    const auto verb = next_step(transaction);
    if (!verb) continue;
    SignStep step = step_of(till, transaction, *verb);
    (step.asks ? unclear : others).push_back(std::move(step));
  }
  for (Effect& step : others) unclear.push_back(std::move(step));
  return unclear;
}

void begin_signing(Till& till, const Order& order, Effects& effects) {
  if (!signs(till) || signing_of_order(till.database, order.row)) return;
  SigningTransaction transaction = new_signing(till);
  transaction.order_row = order.row;
  insert_signing(till.database, transaction);
  ask_for_next(till, transaction, effects);
}

void abort_signing(Till& till, Work& work, const Order& order, Effects& effects) {
  if (!signs(till)) return;
  auto transaction = signing_of_order(till.database, order.row);
  if (!transaction) return;
  end_with(till, *transaction, fiscal::aborted_data());
  update_signing(till.database, *transaction);
  if (transaction->outage) note_ending(till, work, *transaction);
  if (is_over(transaction->start)) ask_for_next(till, *transaction, effects);
}

void sign_receipt(Till& till, Work& work, Receipt& receipt, Effects& effects) {
  if (signs(till)) sign(till, work, receipt, event_of(receipt), effects);
}

void sign_cash(Till& till, Work& work, Receipt& receipt, Effects& effects) {
  if (signs(till)) sign(till, work, receipt, event_of_cash(receipt.amount), effects);
}

void sign_closing(Till& till, Work& work, Receipt& receipt, std::int64_t z_number,
                  Effects& effects) {
  if (!signs(till)) return;
  const std::string said = fmt::format("Kassenabschluss Z {}", z_number);
  sign(till, work, receipt, fiscal::other_data(said), effects);
}

}  // namespace core
