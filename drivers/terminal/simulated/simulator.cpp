#include "drivers/terminal/simulated/simulator.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>

#include "core/base/ensure.h"

namespace drivers {

namespace {

constexpr std::uint8_t cancel = 0xFF;
constexpr int most_requests_for_time = 3;

std::uint8_t message_of(SimulatedAnswer answer) {
  return static_cast<std::uint8_t>(answer);
}

Approved approval(core::Money amount, int trace) {
  Approved approved{
      .amount = amount,
      .masked_card = "•••• 4242",
      .brand = "SIMULATION · Visa",
      .reference = {.terminal_id = "DEMO0001",
                    .trace = fmt::format("{:06}", trace),
                    .auth_code = fmt::format("{:06}", (trace * 7919 + 424242) % 1000000)},
      .receipt_lines = {}};
  approved.receipt_lines = {
      approved.brand + " " + approved.masked_card,
      "Terminal " + approved.reference.terminal_id + "  Trace " + approved.reference.trace,
      "Auth " + approved.reference.auth_code + "  " + std::string(amount.currency.text()) + " " +
          core::to_plain(amount)};
  return approved;
}

}  // namespace

SimulatedTerminal::SimulatedTerminal(SimulatedAnswer always, std::string book,
                                     Milliseconds patience)
    : always_(always), book_(std::move(book)), patience_(patience) {
  std::array<int, 2> ends{};
  const int made = ::pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC);
  ENSURE(made == 0);
  mailbox_ = Descriptor(ends[0]);
  slot_ = Descriptor(ends[1]);
  read_book();
}

CardOutcome SimulatedTerminal::authorize(const CardIntent& intent, CardHooks& hooks) {
  if (always_ == SimulatedAnswer::unreachable) return NotStarted{NotStartedReason::unreachable};
  if (intent.amount.minor <= 0) return NotStarted{NotStartedReason::refused};
  if (!hooks.before_send(core::to_text(intent.attempt))) {
    return NotStarted{NotStartedReason::not_recorded};
  }
  // A second tap on "Approve" must not approve the next payment.
  while (next_message(Milliseconds{0})) continue;
  hooks.started();
  hooks.progress(CardProgress::waiting_for_card);
  if (const SimulatedAnswer always = always_; always != SimulatedAnswer::ask) {
    return decided(intent, hooks, message_of(always));
  }
  const auto message = next_message(patience_);
  if (!message) return Declined{DeclineReason::no_card, "no card"};
  return decided(intent, hooks, *message);
}

CardOutcome SimulatedTerminal::decided(const CardIntent& intent, CardHooks& hooks,
                                       std::uint8_t message) {
  if (message == cancel) return Declined{DeclineReason::cancelled, "cancelled"};
  switch (static_cast<SimulatedAnswer>(message)) {
    case SimulatedAnswer::approve:
      break;
    case SimulatedAnswer::decline:
      return Declined{DeclineReason::by_issuer, "declined"};
    case SimulatedAnswer::silent_charged:
      booking(intent);
      return OutcomeUnknown{};
    case SimulatedAnswer::ask:
    case SimulatedAnswer::silent_uncharged:
    case SimulatedAnswer::unreachable:
      return OutcomeUnknown{};
  }
  hooks.progress(CardProgress::asking_the_bank);
  const Approved approved = booking(intent);
  for (int asked = 0; asked < most_requests_for_time; ++asked) {
    switch (hooks.on_result(approved)) {
      case Verdict::accept:
        hooks.acknowledged();
        return approved;
      case Verdict::refuse:
        take_back(intent);
        return Declined{DeclineReason::other, "taken back"};
      case Verdict::more_time:
        break;
    }
  }
  return OutcomeUnknown{};
}

ProbeResult SimulatedTerminal::probe(const CardQuestion& question) {
  if (always_ == SimulatedAnswer::unreachable) return NoAnswer{};
  const auto found = booked_.find(question.attempt);
  if (found == booked_.end()) return NotBooked{};
  return found->second.approved;
}

void SimulatedTerminal::request_cancel() {
  post(cancel);
}

TerminalHealth SimulatedTerminal::health() {
  return always_ == SimulatedAnswer::unreachable ? TerminalHealth::unreachable
                                                 : TerminalHealth::ready;
}

DayEnd SimulatedTerminal::end_day(CardHooks&) {
  if (always_ == SimulatedAnswer::unreachable) {
    return {.says = "The card terminal cannot be reached."};
  }
  DayEnd day{.is_closed = true};
  day.bookings.emplace();
  for (const auto& [attempt, booked] : booked_) {
    if (booked.trace <= closed_trace_) continue;
    const core::Money amount = booked.approved.amount;
    if (!day.total) day.total = core::Money{0, amount.currency};
    *day.total += booked.kind == CardKind::sale ? amount : -amount;
    day.bookings->push_back({booked.kind, booked.approved});
  }
  closed_trace_ = last_trace_;
  write_down(fmt::format("closed {}", closed_trace_));
  return day;
}

void SimulatedTerminal::answer(SimulatedAnswer answer) {
  post(message_of(answer));
}

void SimulatedTerminal::post(std::uint8_t message) {
  // One byte into a pipe is atomic. A full pipe holds 64 KiB of taps already.
  [[maybe_unused]] const ssize_t written = ::write(slot_.number(), &message, 1);
}

std::optional<std::uint8_t> SimulatedTerminal::next_message(Milliseconds patience) {
  const auto arrived = mailbox_.read(patience);
  if (!arrived) return {};
  return arrived->front();
}

Approved SimulatedTerminal::booking(const CardIntent& intent) {
  Approved approved = approval(intent.amount, ++last_trace_);
  booked_[intent.attempt] = {approved, intent.kind, last_trace_};
  write_down(fmt::format("booked {} {} {} {} {}", core::to_text(intent.attempt),
                         intent.amount.minor, intent.amount.currency.text(), last_trace_,
                         static_cast<int>(intent.kind)));
  return approved;
}

void SimulatedTerminal::take_back(const CardIntent& intent) {
  booked_.erase(intent.attempt);
  write_down("reversed " + core::to_text(intent.attempt));
}

void SimulatedTerminal::write_down(const std::string& line) const {
  if (book_.empty()) return;
  std::ofstream(book_, std::ios::app) << line << "\n";
}

void SimulatedTerminal::read_book() {
  std::ifstream file(book_);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string verb, id, currency;
    core::Money amount;
    int trace = 0;
    words >> verb;
    if (verb == "closed") words >> closed_trace_;
    words >> id;
    const auto uuid = core::uuid_from(id);
    if (!uuid) continue;
    if (verb == "reversed") booked_.erase({*uuid});
    if (verb != "booked" || !(words >> amount.minor >> currency >> trace)) continue;
    amount.currency = core::currency_from(currency);
    int kind = 0;  // older books have no kind
    words >> kind;
    booked_[{*uuid}] = {approval(amount, trace), static_cast<CardKind>(kind), trace};
    last_trace_ = std::max(last_trace_, trace);
  }
}

}  // namespace drivers
