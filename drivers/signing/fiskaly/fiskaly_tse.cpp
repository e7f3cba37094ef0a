#include "drivers/signing/fiskaly/fiskaly_tse.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <memory>

#include "core/base/base64.h"
#include "core/base/text.h"
#include "drivers/wire/json.h"

namespace drivers {

namespace {

using fiskaly::failure_of;
using wire::in_quotes, wire::member, wire::number_at, wire::object, wire::text_at;

constexpr int most_repeats = 2;
constexpr std::chrono::seconds before_the_end{30};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// Seconds of Unix time, or as it is written.
std::optional<core::Instant> instant_of(const nlohmann::json& from, const char* name) {
  constexpr std::int64_t latest = 253'402'300'799;  // the year 9999
  if (const auto seconds = number_at(from, name)) {
    if (*seconds <= 0 || *seconds > latest) return {};
    return core::Instant(std::chrono::seconds(*seconds));
  }
  return core::from_iso(text_at(from, name));
}

core::Instant end_of(const std::string& certificate) {
  std::unique_ptr<BIO, decltype(&BIO_free)> memory(
      BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())), &BIO_free);
  std::unique_ptr<X509, decltype(&X509_free)> read(
      PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr), &X509_free);
  std::tm parts{};
  if (!read || ASN1_TIME_to_tm(X509_get0_notAfter(read.get()), &parts) != 1) return {};
  return core::Instant(std::chrono::seconds(timegm(&parts)));
}

std::optional<Signature> tx_signature(const nlohmann::json& tx) {
  const nlohmann::json& made = member(tx, "signature");
  const auto number = number_at(tx, "number"), counter = number_at(made, "counter");
  auto value = core::from_base64(text_at(made, "value"));
  const auto time = instant_of(member(tx, "log"), "timestamp");
  if (!number || *number <= 0 || !counter || *counter <= 0 || !value || value->empty() || !time) {
    return {};
  }
  return Signature{*number, *counter, *time, std::move(*value),
                   lower(text_at(tx, "tss_serial_number"))};
}

SigningFailure ended_otherwise() {
  return {SigningFault::refused, "fiskaly ended this sale otherwise than the till wanted.", ""};
}

constexpr std::size_t shortest_pin = 6;
SigningFailure pin_too_short() {
  return {SigningFault::needs_person, "The admin PIN at fiskaly needs at least six characters.",
          ""};
}

SigningFailure no_id() {
  return {SigningFault::refused,
          "fiskaly does not understand what the till says. Please report this, with the code.",
          "the id is no UUID"};
}

// What a finish signs, as fiskaly gives it back.
bool is_ours(const nlohmann::json& tx, const SigningStep& step) {
  const nlohmann::json& raw = member(member(tx, "schema"), "raw");
  if (!raw.is_object()) return true;  // not said
  return text_at(raw, "process_type") == step.process_type &&
         text_at(raw, "process_data") == core::to_base64(step.process_data);
}

std::string tx_body(const SigningStep& step, const std::string& client_id) {
  if (step.verb == SigningVerb::start) {
    return object({{"state", in_quotes("ACTIVE")}, {"client_id", in_quotes(client_id)}});
  }
  const std::string raw = object({{"process_type", in_quotes(step.process_type)},
                                  {"process_data", in_quotes(core::to_base64(step.process_data))}});
  return object({{"state", in_quotes("FINISHED")},
                 {"client_id", in_quotes(client_id)},
                 {"schema", object({{"raw", raw}})}});
}

std::string export_query(const ArchiveSpan& span) {
  std::string query;
  const auto add = [&](const char* name, std::optional<std::int64_t> value) {
    if (!value) return;
    query += (query.empty() ? "?" : "&") + std::string(name) + "=" + std::to_string(*value);
  };
  const auto seconds = [](const std::optional<core::Instant>& instant) {
    return instant
               ? std::optional<std::int64_t>(
                     std::chrono::floor<std::chrono::seconds>(instant->time_since_epoch()).count())
               : std::nullopt;
  };
  add("start_transaction_number", span.first_transaction);
  add("end_transaction_number", span.last_transaction);
  add("start_date", seconds(span.from));
  add("end_date", seconds(span.to));
  return query;
}

}  // namespace

FiskalyTse::FiskalyTse(std::unique_ptr<WebLink> link, FiskalySettings settings,
                       const core::Clock& clock)
    : link_(std::move(link)), settings_(std::move(settings)), clock_(clock) {}

std::string FiskalyTse::tss_path(const std::string& below) const {
  return "/tss/" + settings_.tss_id + below;
}

std::string FiskalyTse::client_path() const {
  return tss_path("/client/" + settings_.client_id);
}

// --- asking ---

Signing<core::Done> FiskalyTse::log_in() {
  if (!token_.empty() && clock_.now() + before_the_end < token_ends_) return core::Done{};
  if (settings_.api_key.empty() || settings_.api_secret.empty() ||
      !core::uuid_from(settings_.tss_id) || !core::uuid_from(settings_.client_id)) {
    return tl::unexpected(SigningFailure{
        SigningFault::needs_person,
        "The ids of TSE and till, the API key and its secret are needed first.", ""});
  }
  WebRequest request{"POST", settings_.signs_at + "/auth"};
  request.body = object(
      {{"api_key", in_quotes(settings_.api_key)}, {"api_secret", in_quotes(settings_.api_secret)}});
  request.patience = settings_.to_answer;
  const WebEnd end = link_->send(request);
  // Whatever became of it, nothing was signed.
  if (!end.answer) return tl::unexpected(failure_of(end.answer.error(), false));
  const auto reply = fiskaly::read_reply(*end.answer);
  SigningFailure failure = reply ? failure_of(*reply) : fiskaly::unreadable();
  if (reply && reply->is_ok()) {
    token_ = text_at(reply->json, "access_token");
    const auto lasts = number_at(reply->json, "access_token_expires_in").value_or(0);
    token_ends_ = clock_.now() + std::chrono::seconds(std::clamp<std::int64_t>(lasts, 60, 86'400));
    if (!token_.empty()) return core::Done{};
    failure = fiskaly::unreadable();
  }
  token_.clear();
  if (failure.fault == SigningFault::lost) failure.fault = SigningFault::unreachable;
  return tl::unexpected(std::move(failure));
}

Signing<fiskaly::Reply> FiskalyTse::ask(const Ask& what) {
  const auto until = std::chrono::steady_clock::now() + settings_.to_sign;
  bool is_new_token = false, is_managing = what.is_managing;
  for (int repeats = 0;;) {
    if (auto logged_in = log_in(); !logged_in) return tl::unexpected(std::move(logged_in.error()));
    WebRequest request{what.method,
                       (is_managing ? settings_.managed_at : settings_.signs_at) + what.path};
    request.body = what.body;
    request.token = token_;
    request.patience = what.patience.count() > 0 ? what.patience : settings_.to_answer;
    const WebEnd end = link_->send(request);
    if (!end.answer) return tl::unexpected(failure_of(end.answer.error(), end.has_left));
    auto reply = fiskaly::read_reply(*end.answer);
    if (!reply) return tl::unexpected(fiskaly::unreadable());
    if (reply->is_ok()) return std::move(*reply);
    if (reply->code == "E_USE_MIDDLEWARE" && is_managing) {
      is_managing = false;
      continue;
    }
    const fiskaly::Repair repair = repair_of(*reply);
    if (repair == fiskaly::Repair::log_in && !is_new_token) {
      is_new_token = true;
      token_.clear();
      continue;
    }
    const bool has_time = std::chrono::steady_clock::now() + settings_.between_tries < until;
    if (repair != fiskaly::Repair::again || repeats == most_repeats || !has_time ||
        !link_->pause(settings_.between_tries * ++repeats)) {
      return std::move(*reply);
    }
  }
}

Signing<fiskaly::Reply> FiskalyTse::ask_good(const Ask& what) {
  auto reply = ask(what);
  if (reply && !reply->is_ok()) return tl::unexpected(failure_of(*reply));
  return reply;
}

Signing<fiskaly::Reply> FiskalyTse::look_at(const Ask& what) {
  auto reply = ask(what);
  if (!reply && reply.error().fault == SigningFault::lost) {
    reply.error().fault = SigningFault::unreachable;
  }
  return reply;
}

// --- the day ---

Signing<SigningStatus> FiskalyTse::status() {
  link_->begin();
  const auto reply = look_at({"GET", tss_path()});
  if (!reply) return tl::unexpected(reply.error());
  SigningStatus status;
  status.maker = "fiskaly";
  if (reply->code == "E_TSS_NOT_FOUND") return status;
  if (!reply->is_ok()) return tl::unexpected(failure_of(*reply));
  const nlohmann::json& tss = reply->json;
  const std::string state = text_at(tss, "state");
  status.serial = lower(text_at(tss, "serial_number"));
  status.public_key = core::from_base64(text_at(tss, "public_key")).value_or(std::string());
  status.algorithm = text_at(tss, "signature_algorithm");
  status.time_format = text_at(tss, "signature_timestamp_format");
  status.certification = text_at(tss, "bsi_certification_id");
  status.version = text_at(tss, "_version");
  status.certificate_end = end_of(text_at(tss, "certificate"));
  status.signatures_made = number_at(tss, "signature_counter").value_or(0);
  status.open_transactions = number_at(tss, "number_active_transactions").value_or(0);
  status.open_transactions_allowed = number_at(tss, "max_number_active_transactions");
  status.is_test = text_at(tss, "_env") != "LIVE";
  const bool is_over = status.certificate_end.time_since_epoch().count() != 0 &&
                       status.certificate_end <= clock_.now();
  if (state == "DISABLED" || state == "DELETED" || state == "DEFECTIVE" || is_over) {
    status.state = SigningState::worn_out;
  } else if (state == "INITIALIZED") {
    status.state = SigningState::ready;
  }
  if (const auto clients = look_at({"GET", tss_path("/client")}); clients && clients->is_ok()) {
    for (const nlohmann::json& client : member(clients->json, "data")) {
      if (text_at(client, "state") == "DEREGISTERED") continue;
      status.clients.push_back(text_at(client, "serial_number"));
    }
  }
  return status;
}

Signing<core::Done> FiskalyTse::prepare(const std::string& client, core::Instant) {
  link_->begin();
  const auto tss = look_at({"GET", tss_path()});
  if (!tss) return tl::unexpected(tss.error());
  if (!tss->is_ok()) return tl::unexpected(failure_of(*tss));
  if (text_at(tss->json, "state") != "INITIALIZED") {
    return tl::unexpected(
        failure_of(Reply{400, nlohmann::json::object(), "E_TSS_NOT_INITIALIZED"}));
  }
  const auto registered = look_at({"GET", client_path()});
  if (!registered) return tl::unexpected(registered.error());
  const bool is_there = registered->is_ok() &&
                        text_at(registered->json, "serial_number") == client &&
                        text_at(registered->json, "state") != "DEREGISTERED";
  if (is_there) return core::Done{};
  if (registered->is_ok() || registered->code != "E_CLIENT_NOT_FOUND") {
    return tl::unexpected(
        failure_of(Reply{400, nlohmann::json::object(), "E_CLIENT_DEREGISTERED"}));
  }
  if (settings_.admin_pin.empty()) return tl::unexpected(failure_of(*registered));
  return register_client(client);
}

Signing<core::Done> FiskalyTse::log_in_admin() {
  // A token that is over is no try of the PIN.
  if (auto logged_in = log_in(); !logged_in) return logged_in;
  if (auto no = settings_.pins.why_not(user_name(), settings_.admin_pin)) {
    return tl::unexpected(*no);
  }
  auto reply = ask(
      {"POST", tss_path("/admin/auth"), object({{"admin_pin", in_quotes(settings_.admin_pin)}})});
  if (!reply) return tl::unexpected(std::move(reply.error()));
  if (reply->is_ok()) {
    settings_.pins.accepted(user_name(), settings_.admin_pin);
    return core::Done{};
  }
  SigningFailure failure = failure_of(*reply);
  if (reply->code == "E_ADMIN_LOGIN_FAILED" || reply->code == "E_ADMIN_PIN_BLOCKED") {
    settings_.pins.refused(user_name(), settings_.admin_pin, failure);
  } else {
    settings_.pins.typed(user_name());  // something else was judged
  }
  return tl::unexpected(std::move(failure));
}

Signing<core::Done> FiskalyTse::register_client(const std::string& serial) {
  if (auto admin = log_in_admin(); !admin) return admin;
  auto registered =
      ask_good({"PUT", client_path(), object({{"serial_number", in_quotes(serial)}})});
  (void)ask({"POST", tss_path("/admin/logout"), "{}"});
  if (!registered) return tl::unexpected(std::move(registered.error()));
  return core::Done{};
}

Signing<Signature> FiskalyTse::start(const SigningStep& step) {
  link_->begin();
  return sign(step);
}

Signing<Signature> FiskalyTse::finish(const SigningStep& step) {
  link_->begin();
  return sign(step);
}

Signing<fiskaly::Reply> FiskalyTse::transaction(const SigningStep& step) {
  if (!core::uuid_from(step.id)) return tl::unexpected(no_id());
  return look_at({"GET", tss_path("/tx/" + step.id)});
}

Signing<Signature> FiskalyTse::sign(const SigningStep& step) {
  if (!core::uuid_from(step.id)) return tl::unexpected(no_id());
  const bool is_start = step.verb == SigningVerb::start;
  std::int64_t revision = is_start ? 1 : 2;
  for (bool was_looked_up = false;; was_looked_up = true) {
    const auto reply =
        ask({"PUT", tss_path("/tx/" + step.id + "?tx_revision=" + std::to_string(revision)),
             tx_body(step, settings_.client_id)});
    if (!reply) return tl::unexpected(reply.error());
    if (reply->is_ok()) {
      auto signature = tx_signature(reply->json);
      const bool is_another = !is_start && step.transaction != 0 && signature &&
                              signature->transaction != step.transaction;
      if (!signature || is_another) return tl::unexpected(fiskaly::unreadable());
      return *signature;
    }
    if (repair_of(*reply) != fiskaly::Repair::look_it_up || was_looked_up) {
      return tl::unexpected(failure_of(*reply));
    }
    // It is further than the till knows: what was wanted may be done.
    const auto found = recover(step);
    if (!found) return tl::unexpected(found.error());
    if (const auto* signature = std::get_if<Signature>(&*found)) return *signature;
    const auto tx = transaction(step);
    if (!tx) return tl::unexpected(tx.error());
    revision = number_at(tx->json, "latest_revision").value_or(revision - 1) + 1;
  }
}

// --- after a lost answer ---

Signing<Recovered> FiskalyTse::recover(const SigningStep& step) {
  link_->begin();
  const auto tx = transaction(step);
  if (!tx) return tl::unexpected(tx.error());
  if (tx->code == "E_TX_NOT_FOUND") return NotSigned{};
  if (!tx->is_ok()) return tl::unexpected(failure_of(*tx));
  const std::string state = text_at(tx->json, "state");
  const bool is_start = step.verb == SigningVerb::start;
  if (!is_start && state == "ACTIVE") return NotSigned{};
  const bool is_it = is_start ? state == "ACTIVE" : state == "FINISHED" && is_ours(tx->json, step);
  if (!is_it) return tl::unexpected(ended_otherwise());
  auto signature = tx_signature(tx->json);
  if (!signature) return tl::unexpected(fiskaly::unreadable());
  return *signature;
}

Signing<std::vector<OpenTransaction>> FiskalyTse::open(const std::string&) {
  link_->begin();
  const auto reply = look_at({"GET", tss_path("/tx?states%5B%5D=ACTIVE")});
  if (!reply) return tl::unexpected(reply.error());
  if (!reply->is_ok()) return tl::unexpected(failure_of(*reply));
  std::vector<OpenTransaction> open;
  for (const nlohmann::json& tx : member(reply->json, "data")) {
    if (text_at(tx, "client_id") != settings_.client_id) continue;
    open.push_back({number_at(tx, "number").value_or(0), text_at(tx, "_id")});
  }
  return open;
}

// --- the records ---

Signing<core::Done> FiskalyTse::archive(const ArchiveSpan& span, const ArchiveSink& sink) {
  link_->begin();
  const std::string path = tss_path("/export/" + core::to_text(ids_.next(clock_.now())));
  auto begun = ask_good({"PUT", path + export_query(span), "{}", true});
  if (!begun) {
    if (begun.error().fault == SigningFault::lost) begun.error().fault = SigningFault::unreachable;
    return tl::unexpected(std::move(begun.error()));
  }
  if (auto ready = wait_for_export(path); !ready) return ready;
  if (auto logged_in = log_in(); !logged_in) return logged_in;
  WebRequest request{"GET", settings_.managed_at + path + "/file"};
  request.token = token_;
  request.patience = settings_.to_export;
  request.ends_when_stopped = true;
  bool is_kept = true;
  request.sink = [&](std::string_view bytes) {
    is_kept = sink(bytes);
    return is_kept;
  };
  const WebEnd end = link_->send(request);
  if (!is_kept) {
    return tl::unexpected(
        SigningFailure{SigningFault::busy, "The records could not be kept: is the disk full?", ""});
  }
  if (!end.answer) return tl::unexpected(failure_of(end.answer.error(), false));
  if (end.answer->status == 200) return core::Done{};
  const auto reply = fiskaly::read_reply(*end.answer);
  return tl::unexpected(reply ? failure_of(*reply) : fiskaly::unreadable());
}

Signing<core::Done> FiskalyTse::wait_for_export(const std::string& path) {
  const auto until = std::chrono::steady_clock::now() + settings_.to_export;
  while (std::chrono::steady_clock::now() < until) {
    const auto reply = look_at({"GET", path, {}, true});
    if (!reply) return tl::unexpected(reply.error());
    if (!reply->is_ok()) return tl::unexpected(failure_of(*reply));
    const std::string state = text_at(reply->json, "state");
    if (state == "COMPLETED") return core::Done{};
    if (state != "PENDING" && state != "WORKING") {
      return tl::unexpected(
          SigningFailure{SigningFault::busy,
                         "fiskaly could not prepare the records: please export again.", state});
    }
    if (!link_->pause(settings_.between_polls)) {
      return tl::unexpected(SigningFailure{SigningFault::busy, "The export was stopped.", ""});
    }
  }
  return tl::unexpected(failure_of(Reply{425, nlohmann::json::object(), "E_EXPORT_NOT_COMPLETED"}));
}

Signing<core::Done> FiskalyTse::discard_archived() {
  return tl::unexpected(SigningFailure{SigningFault::refused,
                                       "fiskaly keeps the records; nothing is deleted there.", ""});
}

Signing<std::string> FiskalyTse::certificates() {
  link_->begin();
  const auto reply = look_at({"GET", tss_path()});
  if (!reply) return tl::unexpected(reply.error());
  if (!reply->is_ok()) return tl::unexpected(failure_of(*reply));
  std::string chain = text_at(reply->json, "certificate");
  if (chain.find("-----BEGIN") == std::string::npos) return tl::unexpected(fiskaly::unreadable());
  return chain;
}

// --- first use ---

Signing<core::Done> FiskalyTse::set_up(const SigningSetup& setup, core::Instant) {
  link_->begin();
  if (setup.admin_pin.size() < shortest_pin) return tl::unexpected(pin_too_short());
  settings_.admin_pin = setup.admin_pin;
  settings_.pins.typed(user_name());
  if (auto made = make_tss(setup); !made) return made;
  return register_client(setup.client);
}

Signing<core::Done> FiskalyTse::set_pin(const std::string& puk, const std::string& pin) {
  Ask asked{"PATCH", tss_path("/admin"),
            object({{"admin_puk", in_quotes(puk)}, {"new_admin_pin", in_quotes(pin)}})};
  asked.patience = settings_.to_set_up;
  auto set = ask_good(asked);
  if (!set) return tl::unexpected(std::move(set.error()));
  settings_.admin_pin = pin;
  settings_.pins.forget(user_name());
  return core::Done{};
}

Signing<core::Done> FiskalyTse::unblock(const SigningSetup& setup) {
  link_->begin();
  if (setup.admin_pin.empty()) return core::Done{};
  if (setup.admin_pin.size() < shortest_pin) return tl::unexpected(pin_too_short());
  return set_pin(setup.puk, setup.admin_pin);
}

// Each step may be asked for again: where it stands is looked up first.
Signing<core::Done> FiskalyTse::make_tss(const SigningSetup& setup) {
  const auto step = [&](const char* method, const std::string& path, std::string body) {
    const bool is_making = std::string_view(method) == "PUT";
    return ask_good({method, path, std::move(body), is_making, settings_.to_set_up});
  };
  const auto state_body = [](const char* state) { return object({{"state", in_quotes(state)}}); };
  const auto found = look_at({"GET", tss_path(), {}, true});
  if (!found) return tl::unexpected(found.error());
  std::string state = text_at(found->json, "state"), puk = setup.puk;
  if (!found->is_ok() && found->code != "E_TSS_NOT_FOUND")
    return tl::unexpected(failure_of(*found));
  if (!found->is_ok() || (state == "CREATED" && puk.empty())) {
    auto made = step("PUT", tss_path(), "{}");
    if (!made) return tl::unexpected(std::move(made.error()));
    state = "CREATED";
    puk = text_at(made->json, "admin_puk");
    if (puk.empty()) {
      return tl::unexpected(SigningFailure{
          SigningFault::needs_person,
          "fiskaly shows the PUK of a new TSE once, and its answer was lost: begin anew with "
          "another TSE.",
          ""});
    }
    if (!settings_.keep_puk(puk)) {
      return tl::unexpected(SigningFailure{SigningFault::busy,
                                           "The records could not be kept: is the disk full?", ""});
    }
  }
  if (state == "CREATED") {
    if (auto moved = step("PATCH", tss_path(), state_body("UNINITIALIZED")); !moved) {
      return tl::unexpected(std::move(moved.error()));
    }
    state = "UNINITIALIZED";
  }
  if (!puk.empty() && state == "UNINITIALIZED") {
    if (auto set = set_pin(puk, setup.admin_pin); !set) return set;
  }
  if (state == "INITIALIZED") return core::Done{};
  if (auto admin = log_in_admin(); !admin) return admin;
  if (auto moved = step("PATCH", tss_path(), state_body("INITIALIZED")); !moved) {
    return tl::unexpected(std::move(moved.error()));
  }
  return core::Done{};
}

}  // namespace drivers
