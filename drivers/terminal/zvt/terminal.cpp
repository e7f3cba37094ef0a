#include "drivers/terminal/zvt/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "drivers/terminal/zvt/words.h"

namespace drivers {

using zvt::busy_code;
using zvt::End;
using zvt::Ending;
using zvt::words_of;
namespace command = zvt::command;

namespace {

constexpr int seconds_to_look = 10;  // at a text on the terminal
constexpr std::uint8_t cancelled_code = 0x6C;
// 06 20: send 04 0F of the last booking, print nothing.
constexpr std::uint8_t status_alone = 3;

DeclineReason reason_of(std::uint8_t code) {
  if (code == cancelled_code) return DeclineReason::cancelled;
  if (code != 0 && code <= 0x63) return DeclineReason::by_issuer;
  return DeclineReason::other;
}

// Whether a number is the next after one that was seen; they begin anew after `largest`.
bool follows(const std::string& later, const std::string& before, int largest) {
  const auto number = [](const std::string& text) {
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? value : -1;
  };
  const int now = number(later), then = number(before);
  if (now < 0 || then < 0) return false;
  return now == then + 1 || (then >= largest && now <= 1);
}

// Where a booking stands after the last one that was known before the request.
// What is not the next is not the booking that is looked for: an older one, or
// one after it. A terminal may have no numbers.
enum class BookingPlace { next, elsewhere, not_said };
BookingPlace place_after(const CardReference& before, const CardReference& found) {
  if (!before.trace.empty() && !found.trace.empty()) {
    return follows(found.trace, before.trace, 999'999) ? BookingPlace::next
                                                       : BookingPlace::elsewhere;
  }
  if (!before.receipt.empty() && !found.receipt.empty()) {
    return follows(found.receipt, before.receipt, 9999) ? BookingPlace::next
                                                        : BookingPlace::elsewhere;
  }
  return BookingPlace::not_said;
}

// Whether its numbers show that a booking is another attempt's. An undo may bear
// the number of what it takes back.
bool belongs_to_another(const CardQuestion& question, const CardReference& found) {
  const CardReference& told = question.told;
  const bool has_told = !told.trace.empty() || !told.receipt.empty() || !told.turnover.empty();
  if (has_told && !zvt::can_be_one(found, told)) return true;
  return question.kind == CardKind::sale &&
         std::any_of(question.others.begin(), question.others.end(),
                     [&](const CardReference& other) { return zvt::can_be_one(found, other); });
}

// Whether a reversal took something else back than was asked for.
bool undoes_another(const CardIntent& intent, const zvt::StatusInformation& status) {
  if (intent.kind != CardKind::reversal || !intent.original) return false;
  const CardReference& original = *intent.original;
  if (status.original_trace.empty()) {
    return !status.receipt.empty() && status.receipt != original.receipt;
  }
  return !original.trace.empty() && status.original_trace != original.trace;
}

// The line is closed, however the function is left.
class HangsUp {
 public:
  explicit HangsUp(zvt::Dialogue& dialogue) : dialogue_(dialogue) {}
  ~HangsUp() { dialogue_.hang_up(); }
  HangsUp(const HangsUp&) = delete;
  HangsUp& operator=(const HangsUp&) = delete;

 private:
  zvt::Dialogue& dialogue_;
};

}  // namespace

ZvtTerminal::ZvtTerminal(std::unique_ptr<zvt::Link> link, ZvtSettings settings)
    : settings_(std::move(settings)), dialogue_(std::move(link), settings_) {}

// --- an attempt ---

zvt::Message ZvtTerminal::request_for(const CardIntent& intent) const {
  const int currency = zvt::currency_number(settings_.currency.text());
  switch (intent.kind) {
    case CardKind::refund:
      return zvt::refund(settings_.password, intent.amount.minor, currency);
    case CardKind::reversal:
      return zvt::reversal(settings_.password, intent.original ? intent.original->receipt : "");
    case CardKind::sale:
      break;
  }
  // Of a sale the till takes a part, and collects the rest otherwise.
  return zvt::authorisation(intent.amount.minor, currency,
                            dialogue_.understands(zvt::partial_approval_tag)
                                ? zvt::PartialApproval::offered
                                : zvt::PartialApproval::not_offered);
}

// Whether it is about another money than the till's.
bool ZvtTerminal::is_foreign(const zvt::StatusInformation& status) const {
  return status.currency && *status.currency != zvt::currency_number(settings_.currency.text());
}

Approved ZvtTerminal::approved(const CardIntent& intent,
                               const zvt::StatusInformation& status) const {
  Approved result;
  // A reversal may leave the amount out: it is that of what it takes back.
  result.amount = {
      status.amount.value_or(intent.kind == CardKind::reversal ? intent.amount.minor : 0),
      settings_.currency};
  result.masked_card = status.masked_card;
  result.brand = status.brand;
  result.reference = reference_of(status);
  if (result.reference.terminal_id.empty()) result.reference.terminal_id = dialogue_.terminal_id();
  if (intent.kind == CardKind::sale && result.amount > intent.amount) {
    result.tip = result.amount - intent.amount;
  } else if (status.tip && *status.tip < result.amount.minor &&
             result.amount.minor - *status.tip == intent.amount.minor) {
    result.tip = {*status.tip, settings_.currency};
  }
  return result;
}

CardOutcome ZvtTerminal::authorize(const CardIntent& intent, CardHooks& hooks) {
  cancel_wished_ = false;
  const HangsUp at_the_end(dialogue_);
  return authorize_now(intent, hooks);
}

CardOutcome ZvtTerminal::authorize_now(const CardIntent& intent, CardHooks& hooks) {
  if (intent.amount.minor <= 0 || zvt::currency_number(settings_.currency.text()) == 0 ||
      (intent.kind == CardKind::reversal &&
       (!intent.original || intent.original->receipt.empty()))) {
    return NotStarted{NotStartedReason::refused};
  }
  if (auto no = dialogue_.log_in()) return *no;
  if (!baseline_) {
    if (auto no = find_baseline(intent.last_known)) return *no;
  }
  if (!dialogue_.stay_connected()) return NotStarted{NotStartedReason::unreachable};
  CardReference key = *baseline_;
  key.terminal_id = dialogue_.terminal_id();
  if (!hooks.before_send(to_text(key))) return NotStarted{NotStartedReason::not_recorded};
  return request(intent, key, hooks);
}

// Asks the terminal for its last booking. Nothing: it can be asked for the next.
std::optional<NotStarted> ZvtTerminal::find_baseline(const CardReference& last_known) {
  const Ending ending =
      dialogue_.converse(zvt::repeat_receipt(settings_.password, status_alone), {});
  if (ending.how == End::lost) {
    // There are terminals that pass over a command they do not know. What may
    // still be said to this one must not reach the next: on a new line.
    dialogue_.hang_up();
    if (auto no = dialogue_.log_in()) return no;
  }
  baseline_ = last_known;
  if (ending.how == End::lost || !ending.status) return {};
  const CardReference last = reference_of(*ending.status);
  if (zvt::is_same(last, last_known)) {
    baseline_ = last;
    return {};
  }
  // A terminal may name an older booking than its last, now and again later. What
  // was only heard, and is not the last that we know, can show a new booking
  // by its trace, never that there is none.
  baseline_ = CardReference{};
  baseline_->trace = last.trace;
  return {};
}

// The attempt itself; `key` is what before_send() was given.
CardOutcome ZvtTerminal::request(const CardIntent& intent, const CardReference& key,
                                 CardHooks& hooks) {
  // From here on it has to be asked for again, unless all goes well.
  baseline_.reset();
  bool is_mismatch = false;
  zvt::Errand errand{&hooks};
  errand.cancel_wished = &cancel_wished_;
  errand.on_booking = [&](const zvt::StatusInformation& status) {
    if (!undoes_another(intent, status) && !is_foreign(status))
      return hooks.on_result(approved(intent, status));
    is_mismatch = true;
    return Verdict::refuse;
  };
  const Ending ending = dialogue_.converse(request_for(intent), errand);
  if (ending.how == End::refused) {
    baseline_ = key;
    return NotStarted{ending.code == busy_code ? NotStartedReason::busy : NotStartedReason::refused,
                      words_of(ending.code, "")};
  }
  if (ending.how == End::lost) return OutcomeUnknown{};
  const auto& status = ending.status;
  if (!status || !status->result) {
    // 06 0F alone proves nothing; 06 1E alone says that nothing was booked.
    if (ending.how == End::completed) return OutcomeUnknown{};
    return Declined{reason_of(ending.code), words_of(ending.code, ending.words)};
  }
  if (*status->result != 0) {
    return Declined{reason_of(*status->result), words_of(*status->result, status->words)};
  }
  if (ending.verdict == Verdict::refuse) {
    // It should have taken the booking back: only its own word is proof.
    dialogue_.hang_up();
    CardQuestion question{intent.attempt, intent.amount, to_text(key), intent.kind, intent.number};
    question.was_started = true;
    const auto now = probe(question);
    if (is_mismatch || !std::holds_alternative<NotBooked>(now)) return OutcomeUnknown{};
    return Declined{DeclineReason::other, "The payment was taken back."};
  }
  if (ending.verdict != Verdict::accept || ending.how == End::aborted) return OutcomeUnknown{};
  baseline_ = reference_of(*status);
  return approved(intent, *status);
}

// --- asking afterwards ---

ProbeResult ZvtTerminal::probe(const CardQuestion& question) {
  const HangsUp at_the_end(dialogue_);
  if (auto no = dialogue_.log_in()) {
    return no->reason == NotStartedReason::busy ? ProbeResult(StillRunning{}) : NoAnswer{};
  }
  const CardReference before = reference_from(question.protocol_key);
  // Another terminal knows nothing of it.
  if (!before.terminal_id.empty() && before.terminal_id != dialogue_.terminal_id())
    return NoAnswer{};
  if (dialogue_.poll_status() == busy_code) return StillRunning{};
  const Ending ending =
      dialogue_.converse(zvt::repeat_receipt(settings_.password, status_alone), {});
  if (ending.how == End::lost) return NoAnswer{};
  if (!ending.status || !ending.status->result) return OutcomeUnknown{};
  const zvt::StatusInformation& last = *ending.status;
  const CardReference found = zvt::reference_of(last);
  if (zvt::is_same(found, before)) return NotBooked{};
  // Of another attempt: what became of ours is not told any more.
  const BookingPlace place = place_after(before, found);
  if (place == BookingPlace::elsewhere || belongs_to_another(question, found)) {
    return OutcomeUnknown{};
  }
  if (*last.result != 0) {
    return Declined{reason_of(*last.result), words_of(*last.result, last.words)};
  }
  // Its booking is new. Whether it is this one, amount and kind must say.
  const bool is_undo = !last.original_trace.empty();
  if (question.kind == CardKind::reversal ? !is_undo : is_undo) return OutcomeUnknown{};
  if (is_foreign(last)) return OutcomeUnknown{};
  if (last.amount && *last.amount != question.amount.minor) return OutcomeUnknown{};
  if (!last.amount && question.kind != CardKind::reversal) return OutcomeUnknown{};
  CardIntent intent;
  intent.kind = question.kind;
  intent.amount = question.amount;
  Approved booking = approved(intent, last);
  const bool is_proven = zvt::can_be_one(found, question.told) ||
                         (question.was_started && place == BookingPlace::next);
  if (!is_proven) return Lookalike{std::move(booking)};
  return booking;
}

TerminalHealth ZvtTerminal::health() {
  const HangsUp at_the_end(dialogue_);
  const auto no = dialogue_.log_in();
  if (!no) return TerminalHealth::ready;
  return no->reason == NotStartedReason::unreachable ? TerminalHealth::unreachable
                                                     : TerminalHealth::busy;
}

ServiceReport ZvtTerminal::serve(CardService service, CardHooks& hooks) {
  const HangsUp at_the_end(dialogue_);
  ServiceReport report;
  if (auto no = dialogue_.log_in()) return {{false, no->text, ""}};
  report.push_back({true, "The card terminal answers, password and currency are right.",
                    dialogue_.terminal_id().empty() ? "" : "TID " + dialogue_.terminal_id()});
  if (settings_.terminal_id.empty()) {
    report.push_back({true, "Any terminal is accepted: enter its TID in the settings.", ""});
  }
  zvt::Message request;
  switch (service) {
    case CardService::connection_test: {
      const std::uint8_t status = dialogue_.poll_status();
      report.push_back(
          {status == 0, std::string(zvt::status_words(status)), fmt::format("{:02X}", status)});
      return report;
    }
    case CardService::log_in:
      request = zvt::with_password(command::initialisation, settings_.password);
      break;
    case CardService::diagnosis:
      request = zvt::bare(command::diagnosis);
      break;
    case CardService::end_of_day:
      request = zvt::with_password(command::end_of_day, settings_.password);
      break;
    case CardService::totals:
      request = zvt::with_password(command::totals, settings_.password);
      break;
    case CardService::reprint:
      request = zvt::repeat_receipt(settings_.password, 1);
      break;
    case CardService::log_off:
      request = zvt::bare(command::log_off);
      break;
    case CardService::display_text:
      request = zvt::display_text("Tresen", seconds_to_look);
      break;
  }
  zvt::Errand errand{&hooks};
  errand.ends_with_answer = service == CardService::log_off || service == CardService::display_text;
  const Ending ending = dialogue_.converse(request, errand);
  if (service == CardService::end_of_day) baseline_.reset();
  const bool is_well =
      ending.how == End::completed && (!ending.status || ending.status->result.value_or(0) == 0);
  std::string detail;
  if (ending.status && ending.status->amount) {
    detail = core::to_plain({*ending.status->amount, settings_.currency});
  }
  if (is_well) {
    report.push_back({true, "The terminal has done it.", detail});
  } else if (ending.how == End::lost) {
    report.push_back({false, "The terminal's answer was lost.", ""});
  } else {
    report.push_back({false, words_of(ending.code, ending.words), ""});
  }
  return report;
}

DayEnd ZvtTerminal::end_day(CardHooks& hooks) {
  const HangsUp at_the_end(dialogue_);
  if (auto no = dialogue_.log_in()) {
    return {.says = no->text.empty() ? "The card terminal cannot be reached." : no->text};
  }
  const Ending ending =
      dialogue_.converse(zvt::with_password(command::end_of_day, settings_.password), {&hooks});
  baseline_.reset();
  if (ending.how == End::lost) return {.says = "The terminal's answer was lost."};
  const auto& status = ending.status;
  const bool is_well = ending.how == End::completed && (!status || status->result.value_or(0) == 0);
  if (!is_well) return {.says = words_of(ending.code, ending.words)};
  DayEnd day{.is_closed = true};
  if (status && status->amount) day.total = core::Money{*status->amount, settings_.currency};
  return day;
}

}  // namespace drivers
