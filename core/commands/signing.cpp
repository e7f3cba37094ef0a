// What the signing device answers, and what follows from it: a signature is a row of its own,
// a gap has its beginning and its end, and slips go to the printer when it is known which of
// the two they tell of.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "core/commands/all.h"
#include "core/commands/signing_steps.h"
#include "core/fiscal/process_data.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/signing_store.h"

namespace core {

namespace {

Refusal step_is_over() {
  return refuse("This step of a signature is over.");
}

// The slips and mails of a receipt that had to wait. In the order of their rows: those behind
// the ones that were handed out last have their turn yet.
void release(Till& till, std::int64_t receipt_row, Effects& effects) {
  for (const PrintJob& job : waiting_prints_of(till.database, receipt_row)) {
    if (till.slips_after && job.row > *till.slips_after) continue;
    if (const auto receipt = load_receipt(till.database, job.receipt_row)) {
      effects.push_back(slip_of(till, job, *receipt));
    }
  }
  effects.push_back(WakeSync{});
}

void release_all(Till& till, const std::vector<SigningTransaction>& ended, Effects& effects) {
  for (const SigningTransaction& transaction : ended) {
    if (transaction.receipt_row) release(till, *transaction.receipt_row, effects);
  }
}

// The outage takes what could not be sent; what may have been is asked about when it is over.
// True: it has changed.
bool fall_into(const SigningOutage& outage, SigningTransaction& transaction) {
  const SigningTransaction before = transaction;
  const bool was_begun = transaction.start == StepState::answered;
  if (transaction.start == StepState::wanted) transaction.start = StepState::missed;
  if (transaction.start == StepState::sent) transaction.start = StepState::lost;
  if (transaction.finish == StepState::wanted) transaction.finish = StepState::missed;
  if (transaction.finish == StepState::sent) transaction.finish = StepState::lost;
  if (transaction.abort == StepState::sent) transaction.abort = StepState::lost;
  const bool is_ended = transaction.finish && transaction.finish != StepState::answered;
  if (!transaction.outage && (is_ended || !was_begun)) transaction.outage = outage.row;
  return transaction != before;
}

struct Fallen {
  SigningOutage outage;
  std::vector<SigningTransaction> released;  // whose receipts need not wait any longer
};

// Inside a transaction.
Fallen begin_outage(Till& till, Work& work, std::string_view says, std::string_view detail) {
  Fallen fallen;
  fallen.outage.began = till.now();
  fallen.outage.reason = says;
  fallen.outage.detail = detail;
  insert_outage(till.database, fallen.outage);
  work.note("signing outage", std::to_string(fallen.outage.row),
            fmt::format("begins: {} {}", says, detail));
  for (SigningTransaction& transaction : open_signings(till.database)) {
    const bool was_held = holds_receipt(transaction);
    const bool was_out = transaction.outage.has_value();
    if (!fall_into(fallen.outage, transaction)) continue;
    update_signing(till.database, transaction);
    if (transaction.finish && transaction.outage && !was_out) note_ending(till, work, transaction);
    if (was_held) fallen.released.push_back(std::move(transaction));
  }
  return fallen;
}

// Once it is committed.
Effects has_fallen(Till& till, const Fallen& fallen) {
  know_outages(till);
  ++till.orders_revision;
  Effects effects;
  release_all(till, fallen.released, effects);
  effects.push_back(ProbeSigningDevice{});
  return effects;
}

// Why an answer is none of this step, in words; nothing: it is.
std::string_view foreign(const Till& till, const SigningTransaction& transaction, SigningVerb verb,
                         const DeviceSignature& answer, std::int64_t seen) {
  if (!till.signing.device || answer.serial != till.signing.device->serial) {
    return "Another security device answers than the one that was set up.";
  }
  if (verb != SigningVerb::start && answer.number != transaction.number) {
    return "The security device answered for another transaction.";
  }
  if (answer.counter <= seen) return "The security device counts its signatures backwards.";
  return {};
}

// An answer that comes when its receipt is out already is kept all the same.
Handled keep_signature(Till& till, SigningTransaction transaction, SigningVerb verb,
                       const DeviceSignature& answer) {
  const std::int64_t device = till.signing.device->row;
  transaction.set(verb, StepState::answered);
  if (verb == SigningVerb::start) transaction.number = answer.number;
  Work work(till);
  insert_signature(till.database, transaction, verb, device, answer);
  update_signing(till.database, transaction);
  const bool has_ended = verb == SigningVerb::finish && !transaction.outage;
  if (has_ended) note_ending(till, work, transaction);
  if (verb == SigningVerb::abort || (transaction.outage && verb == SigningVerb::finish)) {
    const std::string subject = subject_of(till.database, transaction);
    work.note("signature late", subject,
              fmt::format("{} {} counter {}", word(verb), answer.number, answer.counter));
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.signing.device->signatures_made;
  Effects effects;
  if (has_ended) {
    ++till.orders_revision;
    if (transaction.receipt_row) release(till, *transaction.receipt_row, effects);
  }
  const auto next = next_step(transaction);
  if (next && !till.signing.outage) effects.push_back(step_of(till, transaction, *next));
  return effects;
}

// What a device's clock says against the till's. It tells whole seconds.
void know_clock(Till& till, std::chrono::milliseconds ahead) {
  constexpr std::chrono::milliseconds fine{2000};
  if (std::chrono::abs(ahead) < fine) ahead = {};
  if (till.clock_witnesses.signing_device_ahead == ahead) return;
  till.clock_witnesses.signing_device_ahead = ahead;
  till.signing.device->ahead = ahead;
  ++till.revision;
}

// It was never signed: an outage, from now on.
Handled begin_outage_of(Till& till, SigningTransaction transaction, SigningVerb verb,
                        StepState state, std::string_view says, std::string_view detail) {
  transaction.set(verb, state);
  Work work(till);
  update_signing(till.database, transaction);
  if (till.signing.outage) {
    if (auto failed = work.commit()) return tl::unexpected(*failed);
    return Effects{ProbeSigningDevice{}};
  }
  Fallen fallen = begin_outage(till, work, says, detail);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return has_fallen(till, fallen);
}

struct Answering {
  Till& till;
  SigningTransaction transaction;
  SigningVerb verb;

  Handled operator()(const DeviceSignature& answer) {
    const std::int64_t seen =
        till.signing.device ? last_counter(till.database, till.signing.device->row) : 0;
    const std::string_view why_not = foreign(till, transaction, verb, answer, seen);
    if (why_not.empty()) return keep_signature(till, std::move(transaction), verb, answer);
    // What it has signed is not ours to keep; the step itself stays unclear.
    return begin_outage_of(till, std::move(transaction), verb, StepState::lost, why_not,
                           fmt::format("transaction {} counter {} serial {}", answer.number,
                                       answer.counter, answer.serial));
  }
  Handled operator()(const NotSigned& answer) {
    // The end of what is not there: nothing is left to end.
    const bool is_over = verb == SigningVerb::abort && answer.is_refused;
    if (!is_over) {
      const StepState state =
          till.signing.outage && verb != SigningVerb::abort ? StepState::missed : StepState::wanted;
      return begin_outage_of(till, std::move(transaction), verb, state, answer.says, answer.detail);
    }
    transaction.set(verb, StepState::missed);
    Work work(till);
    update_signing(till.database, transaction);
    work.note("signing", subject_of(till.database, transaction),
              fmt::format("not ended: {} {}", answer.says, answer.detail));
    if (auto failed = work.commit()) return tl::unexpected(*failed);
    return Effects{};
  }
  Handled operator()(const SignatureLost& answer) {
    return begin_outage_of(till, std::move(transaction), verb, StepState::lost, answer.says,
                           answer.detail);
  }
  // It can be sent, if its receipt is not out without it.
  Handled operator()(const NeverReached&) {
    const bool is_missed = transaction.outage && verb != SigningVerb::abort;
    transaction.set(verb, is_missed ? StepState::missed : StepState::wanted);
    if (is_missed && verb == SigningVerb::start && transaction.finish) {
      transaction.finish = StepState::missed;
    }
    Work work(till);
    update_signing(till.database, transaction);
    if (auto failed = work.commit()) return tl::unexpected(*failed);
    Effects effects;
    const auto next = next_step(transaction);
    if (next && !till.signing.outage) effects.push_back(step_of(till, transaction, *next));
    return effects;
  }
};

// What the device holds open of this till and the till knows nothing of: ended as aborted.
void adopt_orphans(Till& till, Work& work, const std::vector<std::int64_t>& open) {
  const auto known = open_signings(till.database);
  // One whose start is unclear may be any of them.
  if (std::ranges::any_of(known, [](const auto& one) { return is_unclear(one.start); })) return;
  for (const std::int64_t number : open) {
    const bool is_ours = std::ranges::any_of(
        known, [&](const SigningTransaction& one) { return one.number == number; });
    if (is_ours) continue;
    SigningTransaction orphan;
    orphan.id = {till.ids.next(till.now())};
    orphan.begun = orphan.ended = till.now();
    orphan.start = StepState::answered;
    orphan.finish = StepState::wanted;
    orphan.number = number;
    fiscal::ProcessData aborted = fiscal::aborted_data();
    orphan.process_type = std::move(aborted.type);
    orphan.process_data = std::move(aborted.data);
    insert_signing(till.database, orphan);
    work.note("signing", "", fmt::format("transaction {} was left open", number));
  }
}

// A cart that goes on, or one whose rest is being paid, here or by a card that is not settled.
bool is_at_work_on(const Till& till, const Order& order) {
  if (order.stage == Stage::draft || order.stage == Stage::parked) return true;
  return (till.collecting && till.collecting->id == order.id) ||
         std::ranges::any_of(till.put_off,
                             [&](const CardAttempt& one) { return one.order == order.id; });
}

// Begun for a cart that is neither in hand nor parked any more.
void end_orphans(Till& till) {
  for (SigningTransaction& transaction : open_signings(till.database)) {
    if (transaction.finish || !transaction.order_row) continue;
    const auto order = load_order(till.database, *transaction.order_row);
    if (order && is_at_work_on(till, *order)) continue;
    fiscal::ProcessData aborted = fiscal::aborted_data();
    transaction.process_type = std::move(aborted.type);
    transaction.process_data = std::move(aborted.data);
    transaction.ended = till.now();
    transaction.finish = transaction.outage ? StepState::missed : StepState::wanted;
    update_signing(till.database, transaction);
  }
}

}  // namespace

Handled carry_out(Till& till, const SigningBegins& command) {
  auto transaction = find_signing(till.database, command.transaction);
  if (!transaction || next_step(*transaction) != command.verb) {
    return tl::unexpected(step_is_over());
  }
  const StepState state = transaction->state_of(command.verb).value_or(StepState::wanted);
  if (command.asks) {
    if (!is_unclear(state)) return tl::unexpected(step_is_over());
    return Effects{};
  }
  // What is unclear is asked about before anything else is sent: a device may know no more
  // than its last answer.
  const bool is_unclear_before = has_unclear_step(till.database);
  if (state != StepState::wanted || till.signing.outage || is_unclear_before) {
    return tl::unexpected(step_is_over());
  }
  transaction->set(command.verb, StepState::sent);
  Work work(till);
  update_signing(till.database, *transaction);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return Effects{};
}

Handled carry_out(Till& till, const SigningAnswered& command) {
  auto transaction = find_signing(till.database, command.transaction);
  if (command.ahead && till.signing.device) know_clock(till, *command.ahead);
  const bool is_asked =
      transaction && is_unclear(transaction->state_of(command.verb).value_or(StepState::answered));
  // The same answer once more.
  if (!is_asked) return Effects{};
  return std::visit(Answering{till, std::move(*transaction), command.verb}, command.answer);
}

Handled carry_out(Till& till, const SigningOverdue& command) {
  const auto transaction = find_signing(till.database, command.transaction);
  if (!transaction || till.signing.outage || transaction->outage) return Effects{};
  const auto state = transaction->state_of(command.verb);
  if (!state || is_over(*state)) return Effects{};
  Work work(till);
  Fallen fallen = begin_outage(till, work, "The security device does not answer in time.", "");
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return has_fallen(till, fallen);
}

Handled carry_out(Till& till, const SigningSetsTime& command) {
  constexpr std::chrono::minutes drift{2};
  const auto doubt = doubt_of(till);
  if (doubt && doubt->is_grave) {
    return tl::unexpected(
        refuse("The till's clock may be wrong: set it, or say that it is right. Before that the "
               "security device's clock is not set by it."));
  }
  const auto last = last_signature_time(till.database, command.serial);
  if (!command.is_asked && last && till.now() + drift < *last) {
    return tl::unexpected(
        refuse("The till's clock is behind the last signature: set it. If it is right, test the "
               "security device in the settings."));
  }
  return Effects{};
}

Handled carry_out(Till& till, const SigningDeviceAway& command) {
  if (till.signing.outage || !till.signing.device) return Effects{};
  Work work(till);
  Fallen fallen = begin_outage(till, work, command.says, command.detail);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return has_fallen(till, fallen);
}

Handled carry_out(Till& till, const SigningDeviceSeen& command) {
  if (!signs(till)) return Effects{};
  SigningDeviceFacts device = command.device;
  const auto& known = till.signing.device;
  if (known && known->serial != device.serial) {
    till.signing.stranger = device;
    ++till.revision;
    return carry_out(
        till, SigningDeviceAway{"Another security device answers than the one that was set up.",
                                device.serial});
  }
  device.adopted = known ? known->adopted : till.now();
  device.archived = known ? known->archived : Instant{};
  device.seen = till.now();
  Work work(till);
  save_signing_device(till.database, device);
  if (!known) work.note("signing device", device.serial, device.is_test ? "TEST" : device.maker);
  if (till.signing.outage) {
    end_outage(till.database, till.signing.outage->row, till.now());
    work.note("signing outage", std::to_string(till.signing.outage->row), "ends");
  }
  end_orphans(till);
  adopt_orphans(till, work, command.open);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.signing.device = std::move(device);
  till.signing.stranger.reset();
  know_clock(till, till.signing.device->ahead);
  know_outages(till);
  return steps_left(till);
}

Handled carry_out(Till& till, const AdoptSigningDevice& command) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  if (!till.signing.stranger || till.signing.stranger->serial != command.serial) {
    return tl::unexpected(refuse("This security device is not there."));
  }
  SigningDeviceFacts device = *till.signing.stranger;
  device.adopted = device.seen = till.now();
  Work work(till);
  save_signing_device(till.database, device);
  work.note("signing device", device.serial,
            till.signing.device ? fmt::format("in the place of {}", till.signing.device->serial)
                                : device.maker);
  // What the old one holds open it keeps; a cart that is open begins anew with the new one.
  for (SigningTransaction& transaction : open_signings(till.database)) {
    if (transaction.start == StepState::wanted) continue;
    if (!is_over(transaction.start)) transaction.start = StepState::missed;
    if (!transaction.finish || !is_over(*transaction.finish)) {
      transaction.finish = StepState::missed;
    }
    transaction.abort = StepState::missed;
    update_signing(till.database, transaction);
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.signing.device = std::move(device);
  till.signing.stranger.reset();
  return Effects{ProbeSigningDevice{true}};
}

Handled carry_out(Till& till, const TestSigningDevice&) {
  if (!signs(till)) return tl::unexpected(refuse("No country is chosen that asks for it."));
  return Effects{ProbeSigningDevice{true}};
}

Handled carry_out(Till& till, const SigningArchived& command) {
  Work work(till);
  note_archived(till.database, command.serial, till.now());
  work.note("signing archive", command.file, command.serial);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  if (till.signing.device && till.signing.device->serial == command.serial) {
    till.signing.device->archived = till.now();
  }
  return Effects{};
}

}  // namespace core
