// The life of a slip between the till and a printer. A slip is `sending` on disk
// before its first byte leaves; only what is `waiting` is ever sent by itself.
#include <fmt/format.h>

#include <algorithm>

#include "core/commands/all.h"
#include "core/store/receipt_store.h"
#include "core/store/signing_store.h"
#include "core/store/till_store.h"

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
    case PrintFate::sent:
      return PrintState::sent;
  }
  return PrintState::unsure;
}

bool is_over(PrintState state) {
  return state == PrintState::printed || state == PrintState::sent || state == PrintState::dropped;
}

Handled noted(Till& till, Work& work, Effects effects = {}) {
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return effects;
}

// A printer has room for another one.
Handled left_the_line(Till& till, Work& work) {
  auto handled = noted(till, work);
  if (handled) *handled = next_slips(till, 1);
  return handled;
}

// Back into the line of `printer`, marked as a copy where it may be out already.
Handled give_back(Till& till, PrintJob job, const Receipt& receipt) {
  job.repeated = job.repeated || job.state == PrintState::unsure;
  Work work(till);
  if (job.state == PrintState::unsure) work.note("printed again", receipt.code, "unsure before");
  requeue_print(till.database, job);
  return noted(till, work, Effects{slip_of(till, job, receipt)});
}

}  // namespace

Handled carry_out(Till& till, const PrintBegins& command) {
  const auto job = load_print_job(till.database, command.job);
  if (!job || job->state != PrintState::waiting || job->printer != command.printer) {
    return tl::unexpected(refuse("This slip is not to be printed here."));
  }
  if (awaits_signature(till.database, job->receipt_row)) {
    return tl::unexpected(refuse("This slip waits for its signature."));
  }
  Work work(till);
  set_print_state(till.database, command.job, PrintState::sending, "");
  return noted(till, work);
}

Handled carry_out(Till& till, const PrintStopped& command) {
  const auto job = load_print_job(till.database, command.job);
  if (!job || job->state != PrintState::sending || job->reason == command.reason) return Effects{};
  Work work(till);
  set_print_state(till.database, command.job, PrintState::sending, command.reason);
  return noted(till, work);
}

Handled carry_out(Till& till, const PrintAnswered& command) {
  const auto job = load_print_job(till.database, command.job);
  const PrintState state = state_of(command.fate);
  if (!job || (job->state == state && job->reason == command.reason)) return Effects{};
  // What was withdrawn, or is on paper, does not come back by a late answer.
  if (is_over(job->state) && !is_over(state)) return Effects{};
  Work work(till);
  set_print_state(till.database, command.job, state, command.reason);
  return state == PrintState::waiting ? noted(till, work) : left_the_line(till, work);
}

Handled carry_out(Till& till, const RetryPrint& command) {
  const auto job = load_print_job(till.database, command.job);
  const auto receipt = job ? load_receipt(till.database, job->receipt_row) : std::nullopt;
  if (!receipt || job->state == PrintState::printed || job->state == PrintState::sent) {
    return tl::unexpected(refuse("This slip is printed already."));
  }
  if (job->state == PrintState::sending) {
    return tl::unexpected(refuse("This slip is in the printer: it goes on by itself."));
  }
  if (awaits_signature(till.database, job->receipt_row)) {
    return tl::unexpected(refuse("This slip waits for its signature."));
  }
  return give_back(till, *job, *receipt);
}

Handled carry_out(Till& till, const PrintElsewhere& command) {
  auto job = load_print_job(till.database, command.job);
  const auto receipt = job ? load_receipt(till.database, job->receipt_row) : std::nullopt;
  if (!receipt || is_over(job->state) || job->state == PrintState::sending) {
    return tl::unexpected(refuse("This slip cannot go to another printer now."));
  }
  job->printer = job->printer == 0 ? 1 : 0;
  const auto& other = job->printer == 0 ? till.settings.printer : till.settings.printer2;
  if (other.kind == "none") {
    return tl::unexpected(refuse("There is no other printer. Set one up under Devices."));
  }
  return give_back(till, *job, *receipt);
}

Handled carry_out(Till& till, const DropPrint& command) {
  Work work(till);
  work.note("slip dropped", std::to_string(command.job), command.instead);
  set_print_state(till.database, command.job, PrintState::dropped, "");
  return left_the_line(till, work);
}

// --- slips of the card terminal ---

Handled carry_out(Till& till, const QueueTerminalSlip& command) {
  TerminalSlip slip = command.slip;
  Work work(till);
  insert_terminal_slip(till.database, slip, till.now());
  return noted(till, work, Effects{PrintTerminalSlip{std::move(slip)}});
}

Handled carry_out(Till& till, const TerminalSlipAnswered& command) {
  const auto known = load_terminal_slip(till.database, command.row);
  const PrintState state = state_of(command.fate);
  if (!known || (known->state == state && known->reason == command.reason)) return Effects{};
  if (is_over(known->state) && !is_over(state)) return Effects{};
  Work work(till);
  set_terminal_slip_state(till.database, command.row, static_cast<int>(state), command.reason);
  return noted(till, work);
}

Handled carry_out(Till& till, const RetryTerminalSlip& command) {
  auto known = load_terminal_slip(till.database, command.row);
  if (!known || is_over(known->state)) {
    return tl::unexpected(refuse("This slip is printed already."));
  }
  // The printer has it in its line and tries it by itself: it would come out twice.
  if (known->state == PrintState::waiting) {
    return tl::unexpected(refuse("This slip is in the printer: it goes on by itself."));
  }
  Work work(till);
  work.note("card slip printed again", known->order_number, word(known->state));
  set_terminal_slip_state(till.database, command.row, static_cast<int>(PrintState::waiting), "");
  return noted(till, work, Effects{PrintTerminalSlip{std::move(known->slip)}});
}

Handled carry_out(Till& till, const DropTerminalSlip& command) {
  const auto known = load_terminal_slip(till.database, command.row);
  if (!known || is_over(known->state)) return Effects{};
  Work work(till);
  work.note("card slip dropped", known->order_number);
  set_terminal_slip_state(till.database, command.row, static_cast<int>(PrintState::dropped), "");
  return noted(till, work);
}

Handled carry_out(Till& till, const TryDevice& command) {
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  return Effects{RunDeviceTest{command.test}};
}

}  // namespace core
