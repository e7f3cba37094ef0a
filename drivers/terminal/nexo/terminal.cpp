#include "drivers/terminal/nexo/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "drivers/terminal/masking.h"
#include "drivers/wire/json.h"

namespace drivers {

namespace {

using namespace nexo;

// How long a terminal remembers a ServiceID.
constexpr std::chrono::hours memory{48};
constexpr int most_records = 3;
constexpr int times_not_found = 2;
constexpr std::int64_t subs = 36 * 36 * 36 * 36;

std::string base36(std::int64_t value, std::size_t width) {
  constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string text(width, '0');
  for (std::size_t i = width; i-- > 0; value /= 36) {
    text[i] = digits[static_cast<std::size_t>(value % 36)];
  }
  return text;
}

std::string brand_of(const std::string& word) {
  struct Known {
    std::string_view word, name;
  };
  constexpr std::array known{Known{"mc", "Mastercard"},     Known{"visa", "Visa"},
                             Known{"maestro", "Maestro"},   Known{"amex", "Amex"},
                             Known{"girocard", "girocard"}, Known{"vpay", "V PAY"},
                             Known{"discover", "Discover"}, Known{"diners", "Diners"},
                             Known{"jcb", "JCB"},           Known{"cup", "UnionPay"}};
  for (const Known& entry : known) {
    if (word == entry.word) return std::string(entry.name);
  }
  return word;
}

std::string sale_name(core::AttemptId attempt) {
  return core::to_text(attempt);
}

// The words that are shown: the terminal's own, else its code.
std::string words_of(const nexo::Outcome& outcome) {
  std::string words = message_in(outcome.more);
  if (words.empty()) words = outcome.error;
  return without_card_numbers(words);
}

ReceiptBlock block_of(const Slip& slip) {
  ReceiptBlock block;
  block.copy = slip.is_for_customer ? BlockCopy::customer : BlockCopy::merchant;
  block.needs_signature = slip.needs_signature;
  for (const std::string& line : slip.lines) {
    block.lines.push_back({without_card_numbers(line_in(line))});
  }
  return block;
}

std::string words_of(HttpsTrouble trouble) {
  switch (trouble) {
    case HttpsTrouble::no_such_host:
      return "The terminal's address is not known in this network: check the address.";
    case HttpsTrouble::unreachable:
      return "Nothing answers there: check the terminal's address, its port (8443) and that it is "
             "switched on.";
    case HttpsTrouble::timed_out:
      return "The terminal took the connection and does not answer.";
    case HttpsTrouble::cut:
      return "The terminal ended the connection.";
    case HttpsTrouble::not_https:
      return "Something else answers there, not an Adyen terminal: check address and port.";
    case HttpsTrouble::unknown_authority:
      return "The certificate there was not made by the trusted authority: check the authority's "
             "file, and whether test and live are mixed up.";
    case HttpsTrouble::wrong_name:
      return "The certificate there is of another terminal: check the address and the terminal ID.";
    case HttpsTrouble::no_authority_file:
      return "The file with the trusted authority's certificate cannot be read.";
  }
  return {};
}

std::string words_of(ReadError error) {
  switch (error) {
    case ReadError::not_nexo:
      return "Something else answers there, not an Adyen terminal: check address and port.";
    case ReadError::not_locked:
      return "The terminal answers without encryption: check passphrase, key identifier and key "
             "version.";
    case ReadError::other_key:
      return "The terminal uses another key: check key identifier and key version.";
    case ReadError::unreadable:
      return "The terminal's answer cannot be decrypted: check the passphrase.";
    case ReadError::headers_differ:
      return "The answer is not one to our question: check the terminal ID.";
  }
  return {};
}

// What probe() needs to find the attempt again.
struct Key {
  std::string service_id, sale_id, poi_id;
  core::Instant sent;
};
std::string to_text(const Key& key) {
  CardReference reference;
  reference.terminal_id = key.poi_id;
  reference.trace = key.service_id;
  reference.name = key.sale_id;
  reference.moment = std::to_string(key.sent.time_since_epoch().count());
  return drivers::to_text(reference);
}
std::optional<Key> key_from(const std::string& text) {
  const CardReference reference = reference_from(text);
  std::int64_t sent = 0;
  const std::string& moment = reference.moment;
  const auto read = std::from_chars(moment.data(), moment.data() + moment.size(), sent);
  if (reference.trace.empty() || read.ec != std::errc()) return {};
  return Key{reference.trace, reference.name, reference.terminal_id,
             core::Instant(std::chrono::milliseconds(sent))};
}

ProbeResult as_probe(const CardOutcome& outcome) {
  if (const auto* approved = std::get_if<Approved>(&outcome)) return *approved;
  if (const auto* declined = std::get_if<Declined>(&outcome)) return *declined;
  if (std::holds_alternative<NotStarted>(outcome)) return NotBooked{};
  return OutcomeUnknown{};
}

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A failure by its error condition alone; the words beside it decide nothing.
CardOutcome failed(const nexo::Outcome& outcome, bool is_repeated) {
  const std::string& error = outcome.error;
  if (is_one_of(error, {"Aborted", "Cancel"})) {
    return Declined{DeclineReason::cancelled, words_of(outcome)};
  }
  if (is_one_of(error, {"Refusal", "InvalidCard", "WrongPIN", "PaymentRestriction"})) {
    return Declined{DeclineReason::by_issuer, words_of(outcome)};
  }
  if (error == "Busy") return NotStarted{NotStartedReason::busy, ""};
  if (is_one_of(error, {"NotAllowed", "MessageFormat", "LoggedOut", "InsertedCard"})) {
    return NotStarted{NotStartedReason::refused, words_of(outcome)};
  }
  if (is_one_of(error, {"DeviceOut", "UnavailableDevice", "UnavailableService", "NotFound"})) {
    return Declined{DeclineReason::other, words_of(outcome)};
  }
  // The bank may have heard of it; said again as the final result, it is final.
  if (error == "UnreachableHost" && is_repeated) {
    return Declined{DeclineReason::other, words_of(outcome)};
  }
  return OutcomeUnknown{};
}

}  // namespace

bool is_nexo_terminal_name(const std::string& name, const std::string& poi_id) {
  for (const std::string platform : {"test", "live"}) {
    const std::string domain = "." + platform + ".terminal.adyen.com";
    if (name == "legacy-terminal-certificate" + domain) return true;
    if (!poi_id.empty() && name == poi_id + domain) return true;
  }
  return false;
}

NexoTerminal::NexoTerminal(std::unique_ptr<HttpsLink> link, NexoSettings settings,
                           const core::Clock& clock)
    : link_(std::move(link)), settings_(std::move(settings)), clock_(clock) {}

CardOutcome NexoTerminal::authorize(const CardIntent& intent, CardHooks& hooks) {
  cancel_wished_ = false;
  const bool is_sale = intent.kind == CardKind::sale;
  if (intent.amount.minor <= 0 ||
      (!is_sale && (!intent.original || intent.original->name.empty()))) {
    return NotStarted{NotStartedReason::refused, ""};
  }
  const core::Instant now = clock_.now();
  const TransactionName ours{sale_name(intent.attempt), core::to_iso(now)};
  Message message{header(is_sale ? "Payment" : "Reversal", base36(intent.number, 6) + "0000"), {}};
  if (is_sale) {
    message.body = PaymentRequest{ours, intent.amount};
  } else {
    message.body =
        ReversalRequest{{intent.original->name, intent.original->moment}, intent.amount, ours};
  }
  const Header& asked = message.header;
  if (!hooks.before_send(to_text(Key{asked.service_id, asked.sale_id, asked.poi_id, now}))) {
    return NotStarted{NotStartedReason::not_recorded, ""};
  }
  link_->drop_all();
  const int request = send(message, settings_.to_finish);
  hooks.progress(CardProgress::waiting_for_card);
  bool is_aborted = !is_sale;  // a reversal cannot be
  std::optional<HttpsEnd> end;
  while (!end || end->request != request) {
    if (cancel_wished_ && !is_aborted) {
      is_aborted = true;
      // What it answers says nothing: the payment's own answer does.
      send({header("Abort", next_service_id(intent.number)),
            AbortRequest{{asked.category, asked.sale_id, asked.service_id, ""}}},
           settings_.to_answer);
    }
    end = link_->wait(settings_.to_finish);
  }
  link_->drop_all();
  if (!end->answer && !end->has_left) {
    return NotStarted{NotStartedReason::unreachable, words_of(end->answer.error())};
  }
  const Reply reply = read(*end, asked);
  if (!reply.message) return OutcomeUnknown{};
  if (const auto* reversal = std::get_if<ReversalResponse>(&reply.message->body);
      reversal && !is_sale) {
    const CardOutcome outcome = reversed(*reversal, asked, intent.amount);
    const auto* done = std::get_if<Approved>(&outcome);
    return done ? record(*done, hooks) : outcome;
  }
  const auto* payment = std::get_if<PaymentResponse>(&reply.message->body);
  if (!payment || !is_sale) return OutcomeUnknown{};
  const CardOutcome outcome = decide(*payment, asked, intent.attempt, intent.amount, false);
  if (payment->outcome.result == "Partial") {
    hooks.shows("The terminal approved only a part of the amount.");
  }
  for (const Slip& slip : payment->slips) {
    if (!hooks.receipt(block_of(slip))) hooks.shows("A card receipt could not be kept.");
  }
  const auto* booked = std::get_if<Approved>(&outcome);
  return booked ? record(*booked, hooks) : outcome;
}

// Nothing is acknowledged in this protocol: what is booked stays booked. A result
// that the till cannot write down is asked for again later.
CardOutcome NexoTerminal::record(const Approved& approved, CardHooks& hooks) const {
  for (int asked = 0; asked < most_records; ++asked) {
    const Verdict verdict = hooks.on_result(approved);
    if (verdict == Verdict::accept) return approved;
    if (verdict == Verdict::refuse) break;
  }
  return OutcomeUnknown{};
}

ProbeResult NexoTerminal::probe(const CardQuestion& question) {
  cancel_wished_ = false;
  const auto key = key_from(question.protocol_key);
  // Another terminal knows nothing of it, and no terminal remembers for ever.
  if (!key || key->poi_id != settings_.poi_id) return OutcomeUnknown{};
  if (clock_.now() - key->sent > memory) return OutcomeUnknown{};
  const bool is_sale = question.kind == CardKind::sale;
  const Reference of{is_sale ? "Payment" : "Reversal", key->sale_id, key->service_id, key->poi_id};
  Header original = header(of.category, key->service_id);
  original.sale_id = key->sale_id;
  int not_found = 0;
  for (int asked = 0; asked < settings_.asks; ++asked) {
    const Reply reply =
        ask({header("TransactionStatus", next_service_id(question.number)), StatusRequest{of}});
    const auto* status =
        reply.message ? std::get_if<StatusResponse>(&reply.message->body) : nullptr;
    if (!status) return NoAnswer{};
    if (!status->of.service_id.empty() && status->of.service_id != key->service_id) {
      return OutcomeUnknown{};
    }
    if (status->outcome.result == "Success") {
      if (is_sale && status->payment) {
        return as_probe(
            decide(*status->payment, original, question.attempt, question.amount, true));
      }
      if (!is_sale && status->reversal) {
        return as_probe(reversed(*status->reversal, original, question.amount));
      }
      return OutcomeUnknown{};
    }
    const bool is_running = status->outcome.error == "InProgress";
    if (!is_running && status->outcome.error != "NotFound") return OutcomeUnknown{};
    not_found = is_running ? 0 : not_found + 1;
    if (not_found == times_not_found) return NotBooked{};
    if (!pause(is_running ? settings_.between_asks : settings_.not_found_apart)) return NoAnswer{};
  }
  return StillRunning{};
}

CardOutcome NexoTerminal::decide(const PaymentResponse& response, const Header& request,
                                 core::AttemptId attempt, core::Money amount,
                                 bool is_repeated) const {
  // A ServiceID that was used before, by a till whose folder came from a backup.
  if (!response.sale.id.empty() && response.sale.id != sale_name(attempt)) return OutcomeUnknown{};
  const nexo::Outcome& outcome = response.outcome;
  if (outcome.result == "Failure") return failed(outcome, is_repeated);
  if (!is_one_of(outcome.result, {"Success", "Partial"})) return OutcomeUnknown{};
  const core::Currency currency = core::currency_from(response.currency);
  const auto booked = wire::amount_from(response.amount, currency);
  if (!booked || !(currency == amount.currency) || booked->minor <= 0) return OutcomeUnknown{};
  return approved(response, request, *booked);
}

CardOutcome NexoTerminal::reversed(const ReversalResponse& response, const Header& request,
                                   core::Money amount) const {
  if (response.outcome.result == "Failure") return failed(response.outcome, false);
  if (response.outcome.result != "Success") return OutcomeUnknown{};
  Approved requested;
  requested.amount = amount;
  requested.reference.terminal_id = request.poi_id;
  requested.reference.trace = request.service_id;
  requested.reference.name = response.poi.id;
  requested.reference.moment = response.poi.moment;
  // The terminal has only taken it on; the bank carries it out later.
  requested.is_requested = true;
  requested.receipt_lines = {"Refund requested", "Terminal " + request.poi_id};
  return requested;
}

Approved NexoTerminal::approved(const PaymentResponse& response, const Header& request,
                                core::Money amount) const {
  Approved approved;
  approved.amount = amount;
  approved.tip = wire::amount_from(response.tip, amount.currency).value_or(core::Money{});
  if (!response.pan_end.empty()) approved.masked_card = "•••• " + response.pan_end;
  approved.brand = without_card_numbers(brand_of(response.brand));
  approved.reference.terminal_id = request.poi_id;
  approved.reference.trace = request.service_id;
  approved.reference.auth_code = without_card_numbers(response.approval);
  approved.reference.moment = response.poi.moment;
  approved.reference.name = response.poi.id;
  approved.receipt_lines = {approved.brand + " " + approved.masked_card,
                            "Terminal " + request.poi_id,
                            fmt::format("Auth {}  {} {}", approved.reference.auth_code,
                                        amount.currency.text(), core::to_plain(amount))};
  return approved;
}

void NexoTerminal::request_cancel() {
  cancel_wished_ = true;
  link_->wake();
}

TerminalHealth NexoTerminal::health() {
  const Reply reply = diagnose(false);
  if (!reply.message) return TerminalHealth::unreachable;
  const auto* diagnosis = std::get_if<DiagnosisResponse>(&reply.message->body);
  if (!diagnosis) return TerminalHealth::unreachable;
  return diagnosis->outcome.error == "Busy" || diagnosis->state == "Busy" ? TerminalHealth::busy
                                                                          : TerminalHealth::ready;
}

DayEnd NexoTerminal::end_day(CardHooks&) {
  const TerminalHealth how = health();
  if (how == TerminalHealth::unreachable) return {.says = "The card terminal cannot be reached."};
  return {.is_closed = true,
          .says =
              "This terminal closes no day and tells no sum: each payment is compared with what "
              "the terminal said of it."};
}

ServiceReport NexoTerminal::serve(CardService service, CardHooks&) {
  const bool is_test = service == CardService::connection_test;
  if (service == CardService::display_text) return show_text();
  if (!is_test && service != CardService::diagnosis && service != CardService::log_in) {
    return {{false, "This terminal does that by itself; look in Adyen's Customer Area.", ""}};
  }
  if (settings_.poi_id.empty() || settings_.key.id.empty()) {
    return {
        {false, "Set the terminal ID (such as V400m-346403161) and the key identifier first.", ""}};
  }
  const Reply reply = diagnose(!is_test);
  if (reply.trouble) return {{false, words_of(*reply.trouble), reply.peer_name}};
  if (reply.error) return {{false, words_of(*reply.error), ""}};
  if (!reply.message) {
    return {{false,
             "The terminal did not understand us: check passphrase, key identifier and key "
             "version.",
             fmt::format("HTTP {}", reply.status)}};
  }
  ServiceReport report{
      {true, "The terminal answers, and is the one that is meant.", settings_.poi_id}};
  if (const auto* event = std::get_if<Event>(&reply.message->body)) {
    report.push_back({false, "The terminal rejects what we say.",
                      without_card_numbers(message_in(event->details))});
  } else if (const auto* diagnosis = std::get_if<DiagnosisResponse>(&reply.message->body)) {
    const bool is_well = diagnosis->outcome.result == "Success" &&
                         (diagnosis->state.empty() || diagnosis->state == "OK");
    report.push_back({is_well,
                      is_well ? "The terminal is ready." : "The terminal is there and not ready.",
                      is_well ? "" : words_of(diagnosis->outcome) + " " + diagnosis->state});
  } else {
    report.push_back({false, "The terminal gave an answer that is not understood.", ""});
  }
  return report;
}

ServiceReport NexoTerminal::show_text() {
  cancel_wished_ = false;
  Header to_display = header("Display", next_service_id(0));
  to_display.message_class = "Device";
  to_display.device_id = to_display.service_id;
  const Reply reply = ask({std::move(to_display), DisplayRequest{"Tresen"}});
  if (reply.trouble) return {{false, words_of(*reply.trouble), reply.peer_name}};
  if (reply.error) return {{false, words_of(*reply.error), ""}};
  const auto* shown = reply.message ? std::get_if<DisplayResponse>(&reply.message->body) : nullptr;
  if (!shown) return {{false, "The terminal gave an answer that is not understood.", ""}};
  if (shown->outcome.result != "Success") return {{false, words_of(shown->outcome), ""}};
  return {{true, "The terminal shows the text.", "Tresen"}};
}

NexoTerminal::Reply NexoTerminal::diagnose(bool asks_host) {
  cancel_wished_ = false;
  return ask({header("Diagnosis", next_service_id(0)), DiagnosisRequest{asks_host}});
}

Header NexoTerminal::header(std::string_view category, std::string service_id) const {
  Header header;
  header.category = category;
  header.service_id = std::move(service_id);
  header.sale_id = settings_.sale_id;
  header.poi_id = settings_.poi_id;
  return header;
}

// For what is said about an attempt: never that of the attempt itself, which ends
// in "0000", and none twice within days, also not after a restart.
std::string NexoTerminal::next_service_id(std::int64_t number) {
  const std::int64_t seconds =
      std::chrono::duration_cast<std::chrono::seconds>(clock_.now().time_since_epoch()).count();
  last_sub_ = std::max(last_sub_ + 1, seconds);
  return base36(number, 6) + base36(1 + last_sub_ % (subs - 1), 4);
}

int NexoTerminal::send(const Message& message, Milliseconds patience) {
  return link_->post(write_locked(message, settings_.key, random_nonce()), patience);
}

NexoTerminal::Reply NexoTerminal::ask(const Message& message) {
  link_->drop_all();
  const int request = send(message, settings_.to_answer);
  std::optional<HttpsEnd> end;
  while ((!end || end->request != request) && !cancel_wished_) {
    end = link_->wait(settings_.to_answer);
  }
  link_->drop_all();
  if (!end) return {};
  return read(*end, message.header);
}

// Only an answer to this very request is a message; anything else is a reason.
NexoTerminal::Reply NexoTerminal::read(const HttpsEnd& end, const Header& request) const {
  Reply reply;
  reply.peer_name = end.peer_name;
  if (!end.answer) {
    reply.trouble = end.answer.error();
    return reply;
  }
  reply.status = end.answer->status;
  if (reply.status != 200) return reply;
  auto message = read_locked(end.answer->body, settings_.key);
  if (!message) {
    reply.error = message.error();
    return reply;
  }
  Header expected = request;
  expected.type = "Response";
  // The ids prove whose answer it is; some answer a Reversal as a Payment.
  expected.category = message->header.category;
  if (message->header != expected) {
    reply.error = ReadError::headers_differ;
    return reply;
  }
  reply.message = std::move(*message);
  return reply;
}

// False: somebody wants it to end.
bool NexoTerminal::pause(Milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (!cancel_wished_) {
    const auto left =
        std::chrono::duration_cast<Milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return true;
    link_->wait(left);
  }
  return false;
}

}  // namespace drivers
