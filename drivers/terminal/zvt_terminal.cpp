#include "drivers/terminal/zvt_terminal.h"

#include <fmt/format.h>

#include <charconv>

#include "drivers/terminal/zvt_words.h"

namespace drivers {

using zvt::Apdu;
using zvt::Message;
namespace command = zvt::command;

namespace {

// How often a wish to cancel is looked for while nothing arrives.
constexpr Milliseconds slice{100};
// More time is asked for so often; then nobody will take the result.
constexpr int most_requests_for_time = 3;
// A terminal that sends rubbish for ever must not keep the till for ever.
constexpr int most_messages = 10'000;

constexpr int seconds_to_look = 10;  // at a text on the terminal
constexpr std::uint8_t cancelled_code = 0x6C, busy_code = 0x9C;

DeclineReason reason_of(std::uint8_t code) {
  if (code == cancelled_code) return DeclineReason::cancelled;
  if (code != 0 && code <= 0x63) return DeclineReason::by_issuer;
  return DeclineReason::other;
}

// Whether a trace number is the next after one that was seen. Anything else is
// not the booking that is looked for: an older one, or one after it.
bool follows(const std::string& trace, const std::string& before) {
  constexpr int largest = 999'999;
  const auto number = [](const std::string& text) {
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? value : -1;
  };
  if (before.empty() || trace.empty()) return true;  // a terminal without them
  const int now = number(trace), then = number(before);
  if (now < 0 || then < 0) return false;
  return now == then + 1 || (then >= largest && now <= 1);
}

std::string words_of(std::uint8_t code, const std::string& terminals_own) {
  const auto words = zvt::result_words(code);
  if (!words.empty() && (terminals_own.empty() || code > 0x63)) return std::string(words);
  if (!terminals_own.empty()) return terminals_own;
  return fmt::format("ZVT {:02X}", code);
}

}  // namespace

// What a dialogue does with what the terminal tells.
struct ZvtTerminal::Follower {
  CardHooks* hooks = nullptr;
  const CardIntent* intent = nullptr;  // null: nothing is booked by this dialogue
  ReceiptBlock block{};                // printed so far, and not yet on disk
  int asked_for_time = 0;
  bool can_cancel = false;
  bool ends_with_answer = false;  // 80 00 is all that is said to it
  bool is_mismatch = false;       // the terminal undid something else

  // On disk before it is answered. True where there is nothing to keep.
  bool keep_block() {
    if (block.lines.empty() || !hooks) return true;
    if (!hooks->receipt(block)) return false;
    block = {};
    return true;
  }
};

ZvtTerminal::ZvtTerminal(std::unique_ptr<zvt::Link> link, ZvtSettings settings)
    : link_(std::move(link)), settings_(std::move(settings)) {}

// --- sending ---

bool ZvtTerminal::send(Message message) {
  if (sequence_) {
    *sequence_ = *sequence_ % 999'999 + 1;
    if (!message.fields.tlvs) message.fields.tlvs.emplace();
    message.fields.tlvs->push_back({0x1F73, zvt::bcd(*sequence_, 3), {}});
  }
  return link_->send(zvt::encode(message)).has_value();
}

bool ZvtTerminal::answer(std::uint16_t code, const Message& to) {
  Message message = zvt::bare(code);
  // An answer bears the number of what it answers.
  if (const Bytes* number = to.fields.find_tlv(0x1F73); sequence_ && number) {
    message.fields.tlvs = zvt::Tlvs{{0x1F73, *number, {}}};
  }
  return link_->send(zvt::encode(message)).has_value();
}

// --- a dialogue ---

ZvtTerminal::Dialogue ZvtTerminal::converse(Message request, Follower& follower) {
  Dialogue dialogue;
  if (!send(std::move(request))) return dialogue;
  bool is_started = false, is_cancelling = false;
  Milliseconds left = settings_.to_answer;
  for (int messages = 0; messages < most_messages;) {
    if (follower.can_cancel && is_started && !is_cancelling && cancel_wished_) {
      is_cancelling = true;
      left = std::min(left, settings_.after_cancel);
      if (!send(zvt::bare(command::abort))) return dialogue;
    }
    const auto apdu = link_->receive(std::min(slice, left));
    if (!apdu) {
      if (apdu.error() != LinkError::timed_out) return dialogue;
      left -= std::min(slice, left);
      if (left.count() > 0) continue;
      // T3 is over, or T4 for the second time: whatever happened, it is not known here.
      if (!is_started || is_cancelling || !follower.can_cancel) return dialogue;
      is_cancelling = true;
      if (!send(zvt::bare(command::abort))) return dialogue;
      left = settings_.after_cancel;
      continue;
    }
    ++messages;
    if (zvt::is_negative(*apdu)) {
      if (is_started) continue;  // it will not be cancelled any more
      const auto said = zvt::parse(*apdu);
      dialogue.end = End::refused;
      dialogue.code = static_cast<std::uint8_t>(apdu->command & 0xFFU);
      // "Registration refused" says why in its data.
      if (said && dialogue.code == 0x1E && said->code) dialogue.code = *said->code;
      return dialogue;
    }
    const bool was_started = is_started;
    is_started = true;
    if (!was_started) {
      left = settings_.to_finish;
      if (follower.hooks && follower.intent) follower.hooks->started();
    }
    if (zvt::is_positive(*apdu)) {
      if (!was_started) last_sequence_heard_.clear();
      if (!follower.ends_with_answer) continue;
      dialogue.end = End::completed;
      return dialogue;
    }
    bool resets_time = false;
    if (follow(*apdu, dialogue, follower, resets_time)) return dialogue;
    if (resets_time && !is_cancelling) left = settings_.to_finish;
  }
  return dialogue;
}

// One message of the terminal. True: the dialogue is over.
bool ZvtTerminal::follow(const Apdu& apdu, Dialogue& dialogue, Follower& follower,
                         bool& resets_time) {
  const auto message = zvt::parse(apdu);
  // What cannot be read is not answered: nothing that follows can be trusted.
  if (!message) {
    dialogue.end = End::lost;
    return true;
  }
  bool is_again = false;
  if (const Bytes* number = message->fields.find_tlv(0x1F73); sequence_ && number) {
    is_again = *number == last_sequence_heard_;
    last_sequence_heard_ = *number;
  }
  switch (apdu.command) {
    case command::intermediate:
      resets_time = true;
      if (follower.hooks) follower.hooks->shows(zvt::shown(*message, settings_.charset));
      return !answer(command::ack, *message);
    case command::status: {
      resets_time = true;
      const auto status = zvt::status_of(message->fields, settings_.charset);
      dialogue.status = status;
      dialogue.verdict.reset();
      if (!follower.intent || status.result != 0) return !answer(command::ack, *message);
      const auto& original = follower.intent->original;
      const bool undoes_another = follower.intent->kind == CardKind::reversal && original &&
                                  ((!status.receipt.empty() && status.original_trace.empty() &&
                                    status.receipt != original->receipt) ||
                                   (!status.original_trace.empty() && !original->trace.empty() &&
                                    status.original_trace != original->trace));
      follower.is_mismatch = follower.is_mismatch || undoes_another;
      const Verdict verdict = undoes_another
                                  ? Verdict::refuse
                                  : follower.hooks->on_result(approved(*follower.intent, status));
      dialogue.verdict = verdict;
      if (verdict == Verdict::more_time) {
        if (++follower.asked_for_time > most_requests_for_time) return true;
        return !answer(command::busy, *message);
      }
      const bool is_accepted = verdict == Verdict::accept;
      if (!answer(is_accepted ? command::ack : command::refused, *message)) return true;
      if (is_accepted) follower.hooks->acknowledged();
      return false;
    }
    case command::print_line:
    case command::print_block: {
      if (is_again) return !answer(command::ack, *message);
      zvt::PrintPart part = zvt::print_part(*message, settings_.charset);
      if (part.block.copy != follower.block.copy && !follower.keep_block()) {
        return !answer(command::not_ready, *message);
      }
      follower.block.copy = part.block.copy;
      follower.block.needs_signature |= part.block.needs_signature;
      for (BlockLine& line : part.block.lines) follower.block.lines.push_back(std::move(line));
      const bool is_kept = !part.ends || follower.keep_block();
      return !answer(is_kept ? command::ack : command::not_ready, *message);
    }
    case command::set_date:
      return !answer(command::ack, *message);
    case command::completion:
      if (!follower.keep_block()) return true;
      dialogue.completion = *message;
      dialogue.end = End::completed;
      answer(command::ack, *message);
      return true;
    case command::aborted:
      if (!follower.keep_block()) return true;
      dialogue.code = message->code.value_or(0xFF);
      dialogue.end = End::aborted;
      answer(command::ack, *message);
      return true;
    default:
      return !answer(command::not_possible, *message);
  }
}

// --- logging in ---

std::string ZvtTerminal::no_link_words(LinkError error) const {
  switch (error) {
    case LinkError::missing:
      return "There is no such terminal: check its address on the Settings page.";
    case LinkError::refused:
      return "Nothing answers at the terminal's port: check the port, and whether ZVT is on.";
    case LinkError::no_permission:
      return "The terminal's serial port may not be opened by this user.";
    default:
      return "The card terminal cannot be reached: check its power, cable and address.";
  }
}

std::optional<NotStarted> ZvtTerminal::log_in() {
  sequence_.reset();
  if (auto opened = link_->open(settings_.to_connect); !opened) {
    return NotStarted{opened.error() == LinkError::refused ? NotStartedReason::unreachable
                                                           : NotStartedReason::unreachable,
                      no_link_words(opened.error())};
  }
  zvt::Login login;
  login.password = settings_.password;
  login.config = settings_.printer == SlipPrinter::till ? zvt::config_till_prints
                                                        : zvt::config_terminal_prints;
  login.currency = zvt::currency_number(settings_.currency.text());
  login.wants_blocks = settings_.printer == SlipPrinter::till;
  login.offers_sequence = settings_.offers_sequence;
  Follower follower;
  const Dialogue dialogue = converse(zvt::registration(login), follower);
  switch (dialogue.end) {
    case End::refused:
      if (dialogue.code == busy_code) {
        return NotStarted{NotStartedReason::busy, "The terminal is busy: wait a moment."};
      }
      if (dialogue.code == 0x6F) {
        return NotStarted{NotStartedReason::refused, std::string(zvt::result_words(0x6F))};
      }
      return NotStarted{NotStartedReason::refused,
                        "The terminal refuses this till: check the password and its settings."};
    case End::aborted:
      return NotStarted{NotStartedReason::refused, words_of(dialogue.code, "")};
    case End::completed:
      break;
    default:
      return NotStarted{NotStartedReason::unreachable,
                        link_->heard_noise()
                            ? "Something else than a ZVT terminal answers: check address and port."
                            : "The terminal does not answer: check its port and that ZVT is on."};
  }
  const zvt::Fields& said = dialogue.completion.fields;
  if (const Bytes* id = said.find(0x29)) terminal_id_ = zvt::bcd_text(*id);
  if (!settings_.terminal_id.empty() && terminal_id_ != settings_.terminal_id) {
    return NotStarted{NotStartedReason::refused,
                      "Another terminal answers: its TID is not the one in the settings."};
  }
  if (const Bytes* own = said.find(0x49); own && zvt::bcd_number(*own) != login.currency) {
    return NotStarted{NotStartedReason::refused, std::string(zvt::result_words(0x6F))};
  }
  if (const Bytes* number = said.find_tlv(0x1F73); number && settings_.offers_sequence) {
    sequence_ = 0;
  }
  return {};
}

// The terminal's last booking; nothing: it names none. `was_answered`: it
// followed the question to its end.
std::optional<CardReference> ZvtTerminal::ask_last_booking(bool& was_answered) {
  Follower follower;
  const Dialogue dialogue = converse(zvt::repeat_receipt(settings_.password, 3), follower);
  was_answered = dialogue.end == End::completed || dialogue.end == End::aborted ||
                 dialogue.end == End::refused;
  if (!dialogue.status) return {};
  return reference_of(*dialogue.status);
}

// --- an attempt ---

Message ZvtTerminal::request_for(const CardIntent& intent) const {
  const int currency = zvt::currency_number(settings_.currency.text());
  switch (intent.kind) {
    case CardKind::refund:
      return zvt::refund(settings_.password, intent.amount.minor, currency);
    case CardKind::reversal:
      return zvt::reversal(settings_.password, intent.original ? intent.original->receipt : "");
    case CardKind::sale:
      break;
  }
  return zvt::authorisation(intent.amount.minor, currency);
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
  if (result.reference.terminal_id.empty()) result.reference.terminal_id = terminal_id_;
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
  CardOutcome outcome = authorize_now(intent, hooks);
  link_->close();
  return outcome;
}

CardOutcome ZvtTerminal::authorize_now(const CardIntent& intent, CardHooks& hooks) {
  if (intent.amount.minor <= 0 || zvt::currency_number(settings_.currency.text()) == 0 ||
      (intent.kind == CardKind::reversal &&
       (!intent.original || intent.original->receipt.empty()))) {
    return NotStarted{NotStartedReason::refused};
  }
  if (auto no = log_in()) return *no;
  if (!baseline_) {
    bool was_answered = false;
    const auto last = ask_last_booking(was_answered);
    if (!was_answered) return NotStarted{NotStartedReason::unreachable};
    baseline_ = last.value_or(intent.last_known);
    // A terminal may name an older booking than its last, now and again later. What
    // was only heard, and is not the last that we know, can show a new booking
    // by its trace, never that there is none.
    if (last && !zvt::is_same(*last, intent.last_known)) {
      baseline_ = CardReference{};
      baseline_->trace = last->trace;
    }
  }
  CardReference key = *baseline_;
  key.terminal_id = terminal_id_;
  if (!hooks.before_send(to_text(key))) return NotStarted{NotStartedReason::not_recorded};

  // From here on it has to be asked for again, unless all goes well.
  baseline_.reset();
  Follower follower{&hooks, &intent};
  follower.can_cancel = true;
  const Dialogue dialogue = converse(request_for(intent), follower);
  if (dialogue.end == End::refused) {
    baseline_ = key;
    return NotStarted{
        dialogue.code == busy_code ? NotStartedReason::busy : NotStartedReason::refused,
        words_of(dialogue.code, "")};
  }
  if (dialogue.end == End::lost) return OutcomeUnknown{};
  const auto& status = dialogue.status;
  if (!status || !status->result) {
    // 06 0F alone proves nothing; 06 1E alone says that nothing was booked.
    if (dialogue.end == End::completed) return OutcomeUnknown{};
    return Declined{reason_of(dialogue.code), words_of(dialogue.code, "")};
  }
  if (*status->result != 0) {
    return Declined{reason_of(*status->result), words_of(*status->result, status->words)};
  }
  if (dialogue.verdict == Verdict::refuse) {
    // It should have taken the booking back: only its own word is proof.
    link_->close();
    const auto now =
        probe({intent.attempt, intent.amount, to_text(key), intent.kind, intent.number, 0});
    if (follower.is_mismatch || !std::holds_alternative<NotBooked>(now)) return OutcomeUnknown{};
    return Declined{DeclineReason::other, "The payment was taken back."};
  }
  if (dialogue.verdict != Verdict::accept || dialogue.end == End::aborted) return OutcomeUnknown{};
  baseline_ = reference_of(*status);
  return approved(intent, *status);
}

// --- asking afterwards ---

// The status of the terminal; it is asked again while it says "wait".
std::uint8_t ZvtTerminal::poll_status() {
  for (int asked = 0;; ++asked) {
    Follower follower;
    const Dialogue dialogue = converse(zvt::status_enquiry(settings_.password, 2), follower);
    const std::uint8_t status = dialogue.end == End::completed
                                    ? dialogue.completion.code.value_or(0)
                                    : (dialogue.end == End::lost ? busy_code : dialogue.code);
    if (status != busy_code || asked >= settings_.polls) return status;
    // Nothing is expected meanwhile; this is the pause.
    if (const auto noise = link_->receive(settings_.between_polls);
        !noise && noise.error() != LinkError::timed_out) {
      return busy_code;
    }
  }
}

ProbeResult ZvtTerminal::probe(const CardQuestion& question) {
  struct Hangs {
    zvt::Link& link;
    ~Hangs() { link.close(); }
  } hangs{*link_};
  if (auto no = log_in()) {
    return no->reason == NotStartedReason::busy ? ProbeResult(StillRunning{}) : NoAnswer{};
  }
  const CardReference before = reference_from(question.protocol_key);
  // Another terminal knows nothing of it.
  if (!before.terminal_id.empty() && before.terminal_id != terminal_id_) return NoAnswer{};
  if (poll_status() == busy_code) return StillRunning{};
  Follower follower;
  const Dialogue dialogue = converse(zvt::repeat_receipt(settings_.password, 3), follower);
  if (dialogue.end == End::lost) return NoAnswer{};
  if (!dialogue.status || !dialogue.status->result) return OutcomeUnknown{};
  const zvt::StatusInformation& last = *dialogue.status;
  if (zvt::is_same(zvt::reference_of(last), before)) return NotBooked{};
  if (*last.result != 0) {
    return Declined{reason_of(*last.result), words_of(*last.result, last.words)};
  }
  if (!follows(last.trace, before.trace)) return OutcomeUnknown{};
  // Its booking is new. Whether it is this one, amount and kind must say.
  const bool is_undo = !last.original_trace.empty();
  if (question.kind == CardKind::reversal ? !is_undo : is_undo) return OutcomeUnknown{};
  if (last.amount && *last.amount != question.amount.minor) return OutcomeUnknown{};
  if (!last.amount && question.kind != CardKind::reversal) return OutcomeUnknown{};
  CardIntent intent;
  intent.kind = question.kind;
  intent.amount = question.amount;
  return approved(intent, last);
}

TerminalHealth ZvtTerminal::health() {
  const auto no = log_in();
  link_->close();
  if (!no) return TerminalHealth::ready;
  return no->reason == NotStartedReason::unreachable ? TerminalHealth::unreachable
                                                     : TerminalHealth::busy;
}

ServiceReport ZvtTerminal::serve(CardService service, CardHooks& hooks) {
  struct Hangs {
    zvt::Link& link;
    ~Hangs() { link.close(); }
  } hangs{*link_};
  ServiceReport report;
  if (auto no = log_in()) return {{false, no->text, ""}};
  report.push_back({true, "The card terminal answers, password and currency are right.",
                    terminal_id_.empty() ? "" : "TID " + terminal_id_});
  if (settings_.terminal_id.empty()) {
    report.push_back({true, "Any terminal is accepted: enter its TID in the settings.", ""});
  }
  Message request;
  switch (service) {
    case CardService::connection_test: {
      const std::uint8_t status = poll_status();
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
  Follower follower{&hooks};
  follower.ends_with_answer =
      service == CardService::log_off || service == CardService::display_text;
  const Dialogue dialogue = converse(request, follower);
  if (service == CardService::end_of_day) baseline_.reset();
  const bool is_well = dialogue.end == End::completed &&
                       (!dialogue.status || dialogue.status->result.value_or(0) == 0);
  std::string detail;
  if (dialogue.status && dialogue.status->amount) {
    detail = core::to_plain({*dialogue.status->amount, settings_.currency});
  }
  if (is_well) {
    report.push_back({true, "The terminal has done it.", detail});
  } else if (dialogue.end == End::lost) {
    report.push_back({false, "The terminal's answer was lost.", ""});
  } else {
    report.push_back({false, words_of(dialogue.code, ""), ""});
  }
  return report;
}

}  // namespace drivers
