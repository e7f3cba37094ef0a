#include "drivers/signing/epson/epson_tse.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "core/base/base64.h"
#include "drivers/transport/tcp.h"
#include "drivers/transport/tls.h"
#include "drivers/wire/json.h"

namespace drivers {

namespace {

using epson::Repair;
using epson::Reply;
using wire::in_quotes;

constexpr const char* administrator = "Administrator";
constexpr std::int64_t block = 512;
constexpr Milliseconds a_moment{300};

SigningFailure unreadable_answer() {
  return {SigningFault::lost,
          "The TSE answered something that cannot be read. The till asks it what became of this."};
}

// "2026-11-21T14:44:05Z": the TSE takes no fraction.
std::string to_seconds(core::Instant moment) {
  return core::to_iso(moment).substr(0, 19) + "Z";
}

std::string bytes_at(const nlohmann::json& from, const char* name) {
  return core::from_base64(wire::text_at(from, name)).value_or(std::string());
}

// What a start or a finish answers, and what the TSE says when it is asked for its last.
std::optional<Signature> signature_in(const nlohmann::json& output) {
  const auto counter = wire::number_at(output, "signatureCounter");
  const auto time = core::from_iso(wire::text_at(output, "logTime"));
  std::string value = bytes_at(output, "signature");
  if (!counter || *counter <= 0 || !time || value.empty()) return {};
  Signature signature;
  signature.transaction = wire::number_at(output, "transactionNumber").value_or(0);
  signature.counter = *counter;
  signature.time = *time;
  signature.value = std::move(value);
  signature.serial = core::to_hex(bytes_at(output, "serialNumber"));
  return signature;
}

SigningState state_of(const SigningStatus& status, const nlohmann::json& information,
                      core::Instant now) {
  const std::string said = wire::text_at(information, "tseInitializationState");
  if (said == "DECOMMISSIONED") return SigningState::worn_out;
  if (said != "INITIALIZED") return SigningState::not_set_up;
  const bool is_over =
      status.certificate_end.time_since_epoch().count() != 0 && status.certificate_end <= now;
  const bool is_full = status.bytes_used && status.bytes_in_all && *status.bytes_in_all > 0 &&
                       *status.bytes_used >= *status.bytes_in_all;
  if (is_over || is_full || status.signatures_left == 0) return SigningState::worn_out;
  const bool is_tested = wire::truth_at(information, "hasPassedSelfTest").value_or(false);
  return is_tested && status.has_time ? SigningState::ready : SigningState::needs_preparation;
}

SigningStatus status_from(const nlohmann::json& information, core::Instant now) {
  using wire::number_at, wire::text_at;
  SigningStatus status;
  status.serial = core::to_hex(bytes_at(information, "serialNumber"));
  status.public_key = bytes_at(information, "tsePublicKey");
  status.algorithm = text_at(information, "signatureAlgorithm");
  status.time_format = "unixTime";
  status.certification = text_at(information, "tseDescription");
  status.maker = "Epson";
  status.version = text_at(information, "softwareVersion");
  status.certificate_end =
      core::from_iso(text_at(information, "certificateExpirationDate")).value_or(core::Instant{});
  status.signatures_made = number_at(information, "createdSignatures").value_or(0);
  status.signatures_left = number_at(information, "remainingSignatures");
  const auto in_bytes = [](std::optional<std::int64_t> blocks) {
    if (blocks) *blocks = std::clamp<std::int64_t>(*blocks, 0, std::int64_t{1} << 50U) * block;
    return blocks;
  };
  status.bytes_used = in_bytes(number_at(information, "tseCurrentSize"));
  status.bytes_in_all = in_bytes(number_at(information, "tseCapacity"));
  status.open_transactions = number_at(information, "startedTransactions").value_or(0);
  status.open_transactions_allowed = number_at(information, "maxStartedTransactions");
  status.seconds_to_self_test = number_at(information, "timeUntilNextSelfTest");
  status.takes_tills_time = true;
  status.has_time = wire::truth_at(information, "hasValidTime").value_or(false);
  status.is_test = status.certification.find("TEST") != std::string::npos;
  status.state = state_of(status, information, now);
  return status;
}

// One certificate in DER, as some hosts hand it out.
std::string pem_of(std::string_view der) {
  const std::string text = core::to_base64(der);
  std::string pem = "-----BEGIN CERTIFICATE-----\n";
  for (std::size_t at = 0; at < text.size(); at += 64) pem += text.substr(at, 64) + "\n";
  return pem + "-----END CERTIFICATE-----\n";
}

std::string client_input(const std::string& client) {
  return wire::object({{"clientId", in_quotes(client)}});
}

// Digits, as many as the TSE wants: what it refuses would cost a try.
bool is_pin(const std::string& text, std::size_t digits) {
  return text.size() == digits &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string export_function(const ArchiveSpan& span, std::string& input) {
  const auto whole = [](const std::optional<std::int64_t>& number, std::int64_t otherwise) {
    return std::to_string(number.value_or(otherwise));
  };
  if (span.first_transaction || span.last_transaction) {
    constexpr std::int64_t highest = 0xFFFFFFFF;
    input = wire::object({{"clientId", in_quotes("")},
                          {"startTransactionNumber", whole(span.first_transaction, 1)},
                          {"endTransactionNumber", whole(span.last_transaction, highest)}});
    return "ExportFilteredByTransactionNumberInterval";
  }
  if (span.from || span.to) {
    using namespace std::chrono;
    constexpr sys_days earliest{2020y / January / 1}, latest{2099y / December / 31};
    input = wire::object({{"clientId", in_quotes("")},
                          {"startDate", in_quotes(to_seconds(span.from.value_or(earliest)))},
                          {"endDate", in_quotes(to_seconds(span.to.value_or(latest)))}});
    return "ExportFilteredByPeriodOfTime";
  }
  input = wire::object({{"clientId", in_quotes("")}});
  return "ArchiveExport";
}

}  // namespace

epson::MakeTransport epson_at(const std::string& address, const std::string& authority_file) {
  constexpr std::uint16_t plain_port = 8009, tls_port = 8143;
  const auto colon = address.rfind(':');
  std::uint16_t port = authority_file.empty() ? plain_port : tls_port;
  if (colon != std::string::npos) {
    std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  }
  return [=, host = address.substr(0, colon)]() -> std::unique_ptr<Transport> {
    auto tcp = std::make_unique<TcpTransport>(host, port);
    if (authority_file.empty()) return tcp;
    return std::make_unique<TlsTransport>(std::move(tcp), authority_file);
  };
}

EpsonTse::EpsonTse(epson::MakeTransport make, EpsonSettings settings, const core::Clock& clock)
    : dialogue_(std::move(make), settings.device, settings.times),
      settings_(std::move(settings)),
      clock_(clock) {}

// --- asking ---

Signing<Reply> EpsonTse::ask(const Call& call) {
  const Milliseconds patience =
      call.patience.count() > 0 ? call.patience : settings_.times.to_answer;
  return dialogue_.call(call.function, vendor_, call.input, patience);
}

Signing<Reply> EpsonTse::ask_good(const Call& call) {
  auto reply = ask(call);
  if (reply && !reply->is_ok()) return tl::unexpected(epson::failure_of(*reply));
  return reply;
}

// What the TSE asks for first is done once each, within the time of one call.
Signing<Reply> EpsonTse::ask_repairing(const Call& call) {
  if (auto known = know_it(); !known) return tl::unexpected(std::move(known.error()));
  const auto until = std::chrono::steady_clock::now() + settings_.times.to_answer;
  std::set<Repair> done;
  for (;;) {
    auto reply = ask(call);
    if (!reply || reply->is_ok()) return reply;
    const Repair what = epson::repair_of(reply->result);
    const bool is_over = std::chrono::steady_clock::now() >= until;
    // A self-test takes longer than a sale waits: that is for prepare().
    if (what == Repair::none || what == Repair::self_test || is_over || !done.insert(what).second) {
      return tl::unexpected(epson::failure_of(*reply));
    }
    if (auto repaired = repair(what, call); !repaired) {
      SigningFailure failure = std::move(repaired.error());
      // Nothing was signed by a log-in.
      if (failure.fault == SigningFault::lost) failure.fault = SigningFault::unreachable;
      return tl::unexpected(std::move(failure));
    }
  }
}

Signing<core::Done> EpsonTse::repair(Repair what, const Call& call) {
  switch (what) {
    case Repair::log_in:
      return log_in(User::time_admin, call.client);
    case Repair::log_in_admin:
      return log_in(User::admin, {});
    case Repair::set_time: {
      if (auto logged_in = log_in(User::time_admin, call.client); !logged_in) return logged_in;
      return set_time(call.client, clock_.now());
    }
    case Repair::wait:
      dialogue_.pause(std::min(a_moment, settings_.times.longest_pause));
      return core::Done{};
    case Repair::self_test:
    case Repair::none:
      break;
  }
  return core::Done{};
}

Signing<nlohmann::json> EpsonTse::information() {
  // The kind of store is not known before: it is asked for as what every host has.
  auto reply = dialogue_.call("GetStorageInfo", "", "{}", settings_.times.to_answer);
  if (!reply) {
    // Nothing was to be signed.
    if (reply.error().fault == SigningFault::lost) reply.error().fault = SigningFault::unreachable;
    return tl::unexpected(std::move(reply.error()));
  }
  if (!reply->is_ok()) return tl::unexpected(epson::failure_of(*reply));
  const nlohmann::json& information = wire::member(reply->output, "tseInformation");
  std::string vendor = wire::text_at(information, "vendorType");
  if (vendor.empty()) {
    return tl::unexpected(
        SigningFailure{SigningFault::unreachable,
                       "What answers there is no TSE that the till knows: check the address.", ""});
  }
  vendor_ = std::move(vendor);
  serial_ = core::to_hex(bytes_at(information, "serialNumber"));
  known_at_ = dialogue_.connections();
  return information;
}

Signing<core::Done> EpsonTse::know_it() {
  end_export();
  if (!vendor_.empty() && known_at_ == dialogue_.connections()) return core::Done{};
  if (auto found = information(); !found) return tl::unexpected(std::move(found.error()));
  return core::Done{};
}

const std::string& EpsonTse::pin_of(User user) const {
  return user == User::admin ? settings_.admin_pin : settings_.time_admin_pin;
}

// As the memory of PINs knows it: another TSE in this one's place has PINs of its own.
std::string EpsonTse::user_name(User user) const {
  return "epson " + serial_ + (user == User::admin ? " admin" : " time admin");
}

Signing<core::Done> EpsonTse::log_in(User user, const std::string& client) {
  const std::string& pin = pin_of(user);
  if (!is_pin(pin, 5)) {
    return tl::unexpected(SigningFailure{
        SigningFault::needs_person,
        user == User::admin ? "The admin PIN of the TSE is missing: five digits."
                            : "The time admin PIN of the TSE is missing: five digits.",
        ""});
  }
  const std::string name = user == User::admin ? administrator : client;
  for (bool is_again = false;; is_again = true) {
    auto challenge = ask_good({"GetChallenge", wire::object({{"userId", in_quotes(name)}})});
    if (!challenge) return tl::unexpected(std::move(challenge.error()));
    const std::string hash =
        epson::challenge_hash(wire::text_at(challenge->output, "challenge"), settings_.shared_key);
    if (auto no = settings_.pins.why_not(user_name(user), pin)) return tl::unexpected(*no);
    auto reply =
        ask({user == User::admin ? "AuthenticateUserForAdmin" : "AuthenticateUserForTimeAdmin",
             wire::object({{user == User::admin ? "userId" : "clientId", in_quotes(name)},
                           {"pin", in_quotes(pin)},
                           {"hash", in_quotes(hash)}})});
    if (!reply) return tl::unexpected(std::move(reply.error()));
    if (reply->is_ok()) {
      settings_.pins.accepted(user_name(user), pin);
      return core::Done{};
    }
    SigningFailure failure = epson::failure_of(*reply);
    if (reply->result.ends_with("ERROR_AUTHENTICATION_FAILED") || failure.tries_left >= 0 ||
        reply->result.ends_with("PIN_BLOCKED")) {
      settings_.pins.refused(user_name(user), pin, failure);
    } else {
      // Something else was judged, not the PIN.
      settings_.pins.typed(user_name(user));
    }
    // The shared key: another challenge may do.
    if (epson::repair_of(reply->result) == Repair::wait && !is_again) continue;
    return tl::unexpected(std::move(failure));
  }
}

Signing<core::Done> EpsonTse::set_time(const std::string& client, core::Instant now) {
  auto set = ask_good({"UpdateTime", wire::object({{"userId", in_quotes(client)},
                                                   {"newDateTime", in_quotes(to_seconds(now))},
                                                   {"useTimeSync", "false"}})});
  if (!set) return tl::unexpected(std::move(set.error()));
  return core::Done{};
}

// --- the day ---

Signing<SigningStatus> EpsonTse::status() {
  dialogue_.begin();
  end_export();
  const auto found = information();
  if (!found) return tl::unexpected(found.error());
  SigningStatus status = status_from(*found, clock_.now());
  if (status.state == SigningState::not_set_up) return status;
  // Some hosts tell their clients to an administrator alone: then they stay unsaid.
  if (const auto reply = ask({"GetRegisteredClientList"}); reply && reply->is_ok()) {
    const nlohmann::json& list = wire::member(reply->output, "registeredClientIdList");
    for (const nlohmann::json& client : list) {
      if (client.is_string()) status.clients.push_back(client.get<std::string>());
    }
  }
  return status;
}

Signing<core::Done> EpsonTse::prepare(const std::string& client, core::Instant now) {
  dialogue_.begin();
  end_export();
  const auto found = information();
  if (!found) return tl::unexpected(found.error());
  const SigningStatus status = status_from(*found, now);
  if (status.state == SigningState::not_set_up) {
    return tl::unexpected(
        SigningFailure{SigningFault::needs_person, "This TSE is not set up yet.", ""});
  }
  const std::chrono::seconds lasts(status.seconds_to_self_test.value_or(0));
  const bool is_tested = wire::truth_at(*found, "hasPassedSelfTest").value_or(false);
  if (!is_tested || lasts < settings_.self_test_lasts) {
    auto tested = self_test();
    if (!tested && tested.error().detail.ends_with("CLIENT_NOT_REGISTERED") &&
        !settings_.admin_pin.empty()) {
      // It was used in another printer or server: it is bound to this one.
      if (auto admin = log_in(User::admin, {}); !admin) return admin;
      auto bound = ask_good({"SetUpForPrinter", "{}", {}, User::admin, settings_.times.to_test});
      ask({"LogOutForAdmin"});
      if (!bound) return tl::unexpected(std::move(bound.error()));
      tested = self_test();
    }
    if (!tested) return tested;
  }
  return ready_client(client, now);
}

Signing<core::Done> EpsonTse::self_test() {
  auto tested = ask_good({"RunTSESelfTest", "{}", {}, User::admin, settings_.times.to_test});
  if (tested) return core::Done{};
  // A test that was made unheard is made once more another time.
  if (tested.error().fault == SigningFault::lost) tested.error().fault = SigningFault::busy;
  return tl::unexpected(std::move(tested.error()));
}

// Logged in, and with the time. A client that is not registered is, where the admin's PIN
// is known.
Signing<core::Done> EpsonTse::ready_client(const std::string& client, core::Instant now) {
  auto logged_in = log_in(User::time_admin, client);
  if (!logged_in && logged_in.error().detail.ends_with("CLIENT_NOT_REGISTERED") &&
      !settings_.admin_pin.empty()) {
    if (auto admin = log_in(User::admin, {}); !admin) return admin;
    auto registered = ask_good({"RegisterClient", client_input(client)});
    ask({"LogOutForAdmin"});
    if (!registered) return tl::unexpected(std::move(registered.error()));
    logged_in = log_in(User::time_admin, client);
  }
  if (!logged_in) return logged_in;
  return set_time(client, now);
}

Signing<Signature> EpsonTse::start(const SigningStep& step) {
  dialogue_.begin();
  return sign("StartTransaction", step);
}

Signing<Signature> EpsonTse::finish(const SigningStep& step) {
  dialogue_.begin();
  return sign("FinishTransaction", step);
}

Signing<Signature> EpsonTse::sign(std::string_view function, const SigningStep& step) {
  const bool is_finish = step.verb == SigningVerb::finish;
  Call call{function, {}, step.client};
  call.input = wire::object(
      {{"transactionNumber", is_finish ? std::to_string(step.transaction) : std::string()},
       {"clientId", in_quotes(step.client)},
       {"processData", in_quotes(core::to_base64(step.process_data))},
       {"processType", in_quotes(step.process_type)},
       {"additionalData", in_quotes("")}});
  const auto reply = ask_repairing(call);
  if (!reply) return tl::unexpected(reply.error());
  auto signature = signature_in(reply->output);
  if (!signature) return tl::unexpected(unreadable_answer());
  if (!is_finish && signature->transaction <= 0) return tl::unexpected(unreadable_answer());
  if (is_finish) {
    if (signature->transaction != 0 && signature->transaction != step.transaction) {
      return tl::unexpected(SigningFailure{
          SigningFault::lost,
          "The TSE answered about another sale. The till asks it what became of this one.", ""});
    }
    signature->transaction = step.transaction;
  }
  if (signature->serial.empty()) {
    // Over a new connection another TSE may answer; where it cannot be asked, the last one did.
    if (known_at_ != dialogue_.connections()) (void)information();
    signature->serial = serial_;
  }
  return *signature;
}

// --- after a lost answer ---

Signing<std::vector<std::int64_t>> EpsonTse::open_numbers(const std::string& client) {
  const auto reply = ask_repairing({"GetStartedTransactionList", client_input(client), client});
  if (!reply) return tl::unexpected(reply.error());
  std::vector<std::int64_t> numbers;
  for (const nlohmann::json& entry : wire::member(reply->output, "startedTransactionNumberList")) {
    const nlohmann::json one{{"n", entry}};
    if (const auto number = wire::number_at(one, "n")) numbers.push_back(*number);
  }
  return numbers;
}

Signing<Recovered> EpsonTse::recover(const SigningStep& step) {
  dialogue_.begin();
  const auto open = open_numbers(step.client);
  if (!open) return tl::unexpected(open.error());
  const auto is_open = [&](std::int64_t number) {
    return std::find(open->begin(), open->end(), number) != open->end();
  };
  const auto reply =
      ask_repairing({"GetLastTransactionResponse", client_input(step.client), step.client});
  std::optional<Signature> last;
  if (reply) {
    last = signature_in(reply->output);
    if (!last || last->transaction <= 0) return tl::unexpected(unreadable_answer());
  } else if (!reply.error().detail.ends_with("NO_LAST_TRANSACTION")) {
    return tl::unexpected(reply.error());
  }
  const bool is_news = last && last->counter > step.last_counter;
  if (last && last->serial.empty()) last->serial = serial_;
  if (step.verb == SigningVerb::start) {
    if (is_news && is_open(last->transaction)) return *last;
    return NotSigned{};
  }
  if (is_open(step.transaction)) return NotSigned{};
  if (is_news && last->transaction == step.transaction) return *last;
  return tl::unexpected(SigningFailure{
      SigningFault::refused,
      "The TSE has ended this sale and keeps its signature in its records only: export them.", ""});
}

Signing<std::vector<OpenTransaction>> EpsonTse::open(const std::string& client) {
  dialogue_.begin();
  const auto numbers = open_numbers(client);
  if (!numbers) return tl::unexpected(numbers.error());
  std::vector<OpenTransaction> open;
  for (const std::int64_t number : *numbers) open.push_back({number, ""});
  return open;
}

// --- the records ---

Signing<core::Done> EpsonTse::archive(const ArchiveSpan& span, const ArchiveSink& sink) {
  dialogue_.begin();
  if (auto known = know_it(); !known) return known;
  if (auto admin = log_in(User::admin, {}); !admin) return admin;
  Call begin{{}, "{}", {}, User::admin};
  const std::string function = export_function(span, begin.input);
  begin.function = function;
  if (auto begun = ask_good(begin); !begun) return tl::unexpected(std::move(begun.error()));
  is_exporting_ = true;
  auto handed_over = hand_over(sink);
  if (!handed_over) {
    is_exporting_ = false;
    ask({"CancelExport"});
    ask({"LogOutForAdmin"});
    return handed_over;
  }
  const bool is_whole = function == "ArchiveExport";
  if (!is_whole || !span.is_to_be_discarded) end_export();
  return core::Done{};
}

Signing<core::Done> EpsonTse::hand_over(const ArchiveSink& sink) {
  for (;;) {
    if (dialogue_.is_stopped()) {
      return tl::unexpected(SigningFailure{SigningFault::busy, "The export was stopped.", ""});
    }
    const auto reply = ask({"GetExportData", "{}", {}, User::admin, settings_.times.to_test});
    if (!reply) return tl::unexpected(reply.error());
    if (!reply->is_ok()) {
      if (epson::repair_of(reply->result) == Repair::wait && dialogue_.pause(a_moment)) continue;
      return tl::unexpected(epson::failure_of(*reply));
    }
    const std::string state = wire::text_at(reply->output, "exportStatus");
    const auto bytes = core::from_base64(wire::text_at(reply->output, "exportData"));
    const bool is_searching = state == "EXPORT_INCOMPLETE_SEARCHING";
    if (!bytes || (bytes->empty() && state == "EXPORT_INCOMPLETE")) {
      return tl::unexpected(unreadable_answer());
    }
    if (!bytes->empty() && !sink(*bytes)) {
      return tl::unexpected(SigningFailure{
          SigningFault::busy, "The records of the TSE could not be kept: is the disk full?", ""});
    }
    if (state == "EXPORT_COMPLETE") return core::Done{};
    if (!is_searching && state != "EXPORT_INCOMPLETE") return tl::unexpected(unreadable_answer());
    if (is_searching) dialogue_.pause(a_moment);
  }
}

// Without deleting. Whatever the TSE says to it: it ends by itself in some minutes.
void EpsonTse::end_export() {
  if (!std::exchange(is_exporting_, false)) return;
  ask({"FinalizeExport", R"({"deleteData":false})"});
  ask({"LogOutForAdmin"});
}

Signing<core::Done> EpsonTse::discard_archived() {
  dialogue_.begin();
  if (!std::exchange(is_exporting_, false)) {
    return tl::unexpected(SigningFailure{
        SigningFault::refused,
        "The TSE deletes nothing that was not exported whole: export everything first.", ""});
  }
  auto deleted = ask_good({"FinalizeExport", R"({"deleteData":true})"});
  ask({"LogOutForAdmin"});
  if (!deleted) return tl::unexpected(std::move(deleted.error()));
  return core::Done{};
}

Signing<std::string> EpsonTse::certificates() {
  dialogue_.begin();
  const auto reply = ask_repairing({"GetLogMessageCertificate"});
  if (!reply) return tl::unexpected(reply.error());
  const std::string said = wire::text_at(reply->output, "logMessageCertificate");
  if (said.find("-----BEGIN") != std::string::npos) return said;
  const auto bytes = core::from_base64(said);
  if (!bytes || bytes->empty()) return tl::unexpected(unreadable_answer());
  if (bytes->find("-----BEGIN") != std::string::npos) return *bytes;
  return pem_of(*bytes);
}

// --- first use ---

Signing<core::Done> EpsonTse::set_up(const SigningSetup& setup, core::Instant now) {
  dialogue_.begin();
  end_export();
  if (!is_pin(setup.admin_pin, 5) || !is_pin(setup.time_admin_pin, 5) ||
      (!setup.puk.empty() && !is_pin(setup.puk, 6))) {
    return tl::unexpected(SigningFailure{SigningFault::needs_person,
                                         "A PUK has six digits, a PIN of the TSE five.", ""});
  }
  const auto found = information();
  if (!found) return tl::unexpected(found.error());
  if (wire::text_at(*found, "tseInitializationState") == "UNINITIALIZED") {
    if (setup.puk.empty()) {
      return tl::unexpected(SigningFailure{SigningFault::needs_person,
                                           "A new TSE needs a PUK: six digits that are kept.", ""});
    }
    // Other values than those of a lost try could lock it for ever.
    const std::string values = wire::object({{"puk", in_quotes(setup.puk)},
                                             {"adminPin", in_quotes(setup.admin_pin)},
                                             {"timeAdminPin", in_quotes(setup.time_admin_pin)}});
    if (!sent_setup_.empty() && sent_setup_ != values) {
      return tl::unexpected(SigningFailure{
          SigningFault::needs_person,
          "The answer to the first try was lost: repeat it with the same PUK and PINs, or the TSE "
          "may be locked for ever.",
          ""});
    }
    sent_setup_ = values;
    auto reply = ask({"SetUp", values, {}, User::admin, settings_.times.to_test});
    if (!reply) return tl::unexpected(std::move(reply.error()));
    sent_setup_.clear();
    if (!reply->is_ok() && !reply->result.ends_with("TSE_ALREADY_SET_UP") &&
        !reply->result.ends_with("TSE_ALREADY_INITIALIZED")) {
      return tl::unexpected(epson::failure_of(*reply));
    }
    // PINs of a device before this one are no longer its own.
    for (const User user : {User::admin, User::time_admin}) settings_.pins.forget(user_name(user));
  }
  settings_.admin_pin = setup.admin_pin;
  settings_.time_admin_pin = setup.time_admin_pin;
  for (const User user : {User::admin, User::time_admin}) settings_.pins.typed(user_name(user));
  return prepare(setup.client, now);
}

Signing<core::Done> EpsonTse::new_pin(User user, const SigningSetup& setup) {
  const bool is_admin = user == User::admin;
  const std::string& pin = is_admin ? setup.admin_pin : setup.time_admin_pin;
  auto reply = ask_good({is_admin ? "UnblockUserForAdmin" : "UnblockUserForTimeAdmin",
                         wire::object({{is_admin ? "userId" : "clientId",
                                        in_quotes(is_admin ? administrator : setup.client)},
                                       {"puk", in_quotes(setup.puk)},
                                       {"newPin", in_quotes(pin)}})});
  if (!reply) return tl::unexpected(std::move(reply.error()));
  (is_admin ? settings_.admin_pin : settings_.time_admin_pin) = pin;
  settings_.pins.forget(user_name(user));
  return core::Done{};
}

Signing<core::Done> EpsonTse::unblock(const SigningSetup& setup) {
  dialogue_.begin();
  const auto fits = [](const std::string& pin) { return pin.empty() || is_pin(pin, 5); };
  if (!is_pin(setup.puk, 6) || !fits(setup.admin_pin) || !fits(setup.time_admin_pin)) {
    return tl::unexpected(SigningFailure{SigningFault::needs_person,
                                         "A PUK has six digits, a PIN of the TSE five.", ""});
  }
  if (auto known = know_it(); !known) return known;
  // The first that fails ends it: a PUK that is refused is not sent again.
  if (!setup.admin_pin.empty()) {
    if (auto done = new_pin(User::admin, setup); !done) return done;
  }
  if (!setup.time_admin_pin.empty()) {
    if (auto done = new_pin(User::time_admin, setup); !done) return done;
  }
  return core::Done{};
}

}  // namespace drivers
