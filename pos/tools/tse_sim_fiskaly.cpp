#include "pos/tools/tse_sim_fiskaly.h"

#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <fstream>

#include "core/base/ensure.h"

namespace pos::tse_sim {

namespace {

constexpr Seconds token_lasts = 3600, admin_session = 900;

std::string said_in(const nlohmann::json& from, const char* name) {
  if (!from.is_object()) return {};
  const auto found = from.find(name);
  return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string unquoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(&text[i + 1], &text[i + 3], value, 16).ec == std::errc()) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_uuid(const std::string& text) {
  return text.size() == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' &&
         text[23] == '-';
}

std::string header_in(const std::string& head, std::string_view name) {
  std::string lower = head;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto at = lower.find("\r\n" + std::string(name) + ":");
  if (at == std::string::npos) return {};
  const auto begin = head.find_first_not_of(' ', at + name.size() + 3);
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate issue(EVP_PKEY* key, const char* name, EVP_PKEY* issuer_key, const char* issuer,
                  Seconds now, const char* extension, int nid) {
  Certificate made(X509_new(), &X509_free);
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), static_cast<long>(now % 1'000'000'000));
  ASN1_TIME_set(X509_getm_notBefore(made.get()), static_cast<time_t>(now - 86'400));
  ASN1_TIME_set(X509_getm_notAfter(made.get()), static_cast<time_t>(now + 365 * 86'400));
  const auto put = [](X509_NAME* to, const char* text) {
    X509_NAME_add_entry_by_txt(to, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
  };
  put(X509_get_subject_name(made.get()), name);
  put(X509_get_issuer_name(made.get()), issuer);
  X509_set_pubkey(made.get(), key);
  X509_EXTENSION* added = X509V3_EXT_conf_nid(nullptr, nullptr, nid, extension);
  ENSURE(added != nullptr);
  X509_add_ext(made.get(), added, -1);
  X509_EXTENSION_free(added);
  ENSURE(X509_sign(made.get(), issuer_key, EVP_sha256()) > 0);
  return made;
}

template <class Write>
void write_pem(const std::filesystem::path& file, Write write) {
  BIO* out = BIO_new_file(file.c_str(), "w");
  ENSURE(out != nullptr);
  write(out);
  BIO_free(out);
}

}  // namespace

void make_authority(const std::filesystem::path& folder, Seconds now) {
  std::filesystem::create_directories(folder);
  if (std::filesystem::exists(folder / "server.key")) return;
  const Key authority(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const Key server(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const char* name = "TEST authority";
  const auto root = issue(authority.get(), name, authority.get(), name, now, "critical,CA:TRUE",
                          NID_basic_constraints);
  const auto leaf = issue(server.get(), "127.0.0.1", authority.get(), name, now,
                          "IP:127.0.0.1,DNS:localhost", NID_subject_alt_name);
  write_pem(folder / "authority.pem", [&](BIO* out) { PEM_write_bio_X509(out, root.get()); });
  write_pem(folder / "server.pem", [&](BIO* out) { PEM_write_bio_X509(out, leaf.get()); });
  write_pem(folder / "server.key", [&](BIO* out) {
    PEM_write_bio_PrivateKey(out, server.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

FiskalyHost::FiskalyHost(FiskalySettings settings, Seconds now) : settings_(std::move(settings)) {
  if (settings_.folder.empty() || !std::filesystem::exists(settings_.folder)) return;
  for (const auto& entry : std::filesystem::directory_iterator(settings_.folder)) {
    const std::string id = entry.path().filename().string();
    if (!entry.is_directory() || !is_uuid(id)) continue;
    auto device = Device::open(entry.path(), Curve::p256, now);
    if (!device) continue;
    Tss tss;
    tss.device = std::move(*device);
    const Json& kept = tss.device->host;
    tss.state = said_in(kept, "state");
    tss.puk = said_in(kept, "puk");
    tss.pin = said_in(kept, "pin");
    tss.tries = kept.value("tries", 5);
    tss.clients = kept.value("clients", Json::object());
    tss.transactions = kept.value("transactions", Json::object());
    all_[id] = std::move(tss);
  }
}

void FiskalyHost::remember(Tss& tss) {
  tss.device->host = {{"state", tss.state},     {"puk", tss.puk},
                      {"pin", tss.pin},         {"tries", tss.tries},
                      {"clients", tss.clients}, {"transactions", tss.transactions}};
  tss.device->save();
}

std::size_t FiskalyHost::open_ones() const {
  std::size_t count = 0;
  for (const auto& [id, tss] : all_) count += tss.device->open_ones().size();
  return count;
}

const Device* FiskalyHost::device() const {
  return all_.empty() ? nullptr : all_.begin()->second.device.get();
}

// --- HTTP ---

std::vector<FiskalyHost::Said> FiskalyHost::take(int connection, std::string_view bytes,
                                                 Seconds now) {
  std::string& received = received_[connection];
  received += bytes;
  std::vector<Said> all;
  for (;;) {
    const auto end = received.find("\r\n\r\n");
    if (end == std::string::npos) return all;
    const std::string head = received.substr(0, end + 2);
    const auto size =
        static_cast<std::size_t>(number_in(header_in(head, "content-length")).value_or(0));
    if (received.size() < end + 4 + size) return all;
    Request request;
    request.method = head.substr(0, head.find(' '));
    const auto begin = head.find(' ') + 1;
    const std::string target = head.substr(begin, head.find(' ', begin) - begin);
    const auto question = target.find('?');
    std::string part;
    std::istringstream path(target.substr(0, question));
    while (std::getline(path, part, '/')) {
      if (!part.empty() && part != "api" && part != "v2") request.path.push_back(unquoted(part));
    }
    std::istringstream query(question == target.npos ? "" : target.substr(question + 1));
    while (std::getline(query, part, '&')) {
      const auto equals = part.find('=');
      request.query[unquoted(part.substr(0, equals))] =
          equals == part.npos ? "" : unquoted(part.substr(equals + 1));
    }
    const std::string token = header_in(head, "authorization");
    if (token.starts_with("Bearer ")) request.token = token.substr(7);
    request.body = Json::parse(received.substr(end + 4, size), nullptr, false);
    received.erase(0, end + 4 + size);
    for (Said& said : answer(connection, request, now)) all.push_back(std::move(said));
    if (!all.empty() && all.back().is_over) return all;
  }
}

bool FiskalyHost::strikes(const char* fault, const std::string& where, bool is_signature) {
  return faults_.strikes(fault, where, is_signature);
}

std::vector<FiskalyHost::Said> FiskalyHost::answer(int connection, const Request& request,
                                                   Seconds now) {
  const bool is_signature =
      request.method == "PUT" && request.path.size() == 4 && request.path[2] == "tx";
  std::string where = request.path.empty() ? "" : request.path.front();
  if (where == "tss" && request.path.size() > 2) where = request.path[2];
  if (!request.path.empty() && request.path.back() == "file") where = "file";
  const auto hit = [&](const char* fault) { return strikes(fault, where, is_signature); };
  const auto http = [&](int status, const std::string& type, const std::string& body,
                        const std::string& headers = {}) {
    return fmt::format("HTTP/1.1 {} x\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}",
                       status, type, body.size(), headers, body);
  };
  const auto say = [&](std::string bytes, bool is_over = false) {
    return std::vector<Said>{{connection, std::move(bytes), is_over, late_}};
  };
  if (hit("deaf")) return {};
  if (hit("redirect")) {
    return say(http(302, "text/html", "", "Location: https://example.org/\r\n"));
  }
  if (hit("too-many")) return say(http(429, "application/json", "{}", "Retry-After: 1\r\n"));
  dice_ ^= dice_ << 13U;
  dice_ ^= dice_ >> 7U;
  dice_ ^= dice_ << 17U;
  const bool is_storm = is_signature && static_cast<int>(dice_ % 1000) < storm_;
  const auto kind = is_storm ? dice_ / 1000 % 3 : 9;
  if (kind == 2) return say(http(502, "text/html", "<html>bad gateway</html>"));
  Answer made = hit("error") ? error(error_status_, error_code_) : perform(request, now);
  if (hit("another")) made.json["number"] = made.json.value("number", 0) + 1000;
  if (hit("forged") && made.json.contains("signature")) {
    std::string value = from_base64(said_in(made.json["signature"], "value")).value_or("?");
    value.front() = static_cast<char>(value.front() ^ 1);
    made.json["signature"]["value"] = base64_of(value);
  }
  if (hit("html")) return say(http(200, "text/html", "<html><body>Welcome</body></html>"));
  if (hit("bad-json")) return say(http(200, "application/json", "{\"number\": 1, \"sig"));
  if (hit("garbage")) {
    return say(
        "HTTP/1.1 200 x\r\nContent-Type: application/json\r\n\r\n" + std::string(20U << 20U, ' '),
        true);
  }
  std::string whole = made.file.empty()
                          ? http(made.status, "application/json", made.json.dump(), made.headers)
                          : http(200, "application/x-tar", made.file);
  if (hit("silent") || kind == 1) return kind == 1 ? say("", true) : std::vector<Said>{};
  if (hit("lose") || kind == 0) return say("", true);
  if (hit("break")) return say(whole.substr(0, whole.size() / 2), true);
  return say(std::move(whole));
}

FiskalyHost::Answer FiskalyHost::error(int status, const std::string& code) {
  return {status,
          {{"status_code", status}, {"error", "Error"}, {"code", code}, {"message", "simulated"}}};
}

// --- the service ---

FiskalyHost::Answer FiskalyHost::perform(const Request& request, Seconds now) {
  const auto& path = request.path;
  if (path.size() == 1 && path[0] == "auth") return log_in(request, now);
  const auto token = tokens_.find(request.token);
  if (token == tokens_.end() || token->second <= now) return error(401, "E_UNAUTHORIZED");
  if (path.size() < 2 || path[0] != "tss") return error(404, "E_NOT_FOUND");
  if (!is_uuid(path[1])) return error(400, "E_FAILED_SCHEMA_VALIDATION");
  if (path.size() == 2) return tss(path[1], request, now);
  const auto found = all_.find(path[1]);
  if (found == all_.end()) return error(404, "E_TSS_NOT_FOUND");
  if (is_defect_) return error(423, "E_TSS_DEFECTIVE");
  if (path[2] == "admin") return admin(found->second, request, now);
  if (path[2] == "client") return client(found->second, request, now);
  if (path[2] == "tx") return transaction(found->second, request, now);
  if (path[2] == "export" && path.size() > 3) return exported(found->second, request, now);
  return error(404, "E_NOT_FOUND");
}

FiskalyHost::Answer FiskalyHost::log_in(const Request& request, Seconds now) {
  if (said_in(request.body, "api_key") != settings_.api_key ||
      said_in(request.body, "api_secret") != settings_.api_secret) {
    return error(401, "E_UNAUTHORIZED");
  }
  const std::string token = hex_of(random_bytes(16));
  tokens_[token] = now + token_lasts;
  return {200,
          {{"access_token", token},
           {"access_token_expires_in", token_lasts},
           {"refresh_token", hex_of(random_bytes(16))}}};
}

nlohmann::json FiskalyHost::about(const std::string& id, const Tss& tss, Seconds now) const {
  Json json{{"_id", id},
            {"_type", "TSS"},
            {"_env", "TEST"},
            {"_version", "2.2"},
            {"state", is_defect_ ? "DEFECTIVE" : tss.state},
            {"certificate", tss.device->certificates()},
            {"serial_number", hex_of(tss.device->serial())},
            {"public_key", base64_of(tss.device->public_key())},
            {"signature_algorithm", tss.device->algorithm()},
            {"signature_timestamp_format", "unixTime"},
            {"transaction_data_encoding", "UTF-8"},
            {"signature_counter", std::to_string(tss.device->signatures())},
            {"number_active_transactions", tss.device->open_ones().size()},
            {"max_number_active_transactions", 2000},
            {"time_creation", now}};
  return json;
}

FiskalyHost::Answer FiskalyHost::tss(const std::string& id, const Request& request, Seconds now) {
  const auto found = all_.find(id);
  if (request.method == "GET") {
    return found == all_.end() ? error(404, "E_TSS_NOT_FOUND")
                               : Answer{200, about(id, found->second, now)};
  }
  if (request.method == "PUT") {
    // A request that comes again gets what the first one got.
    if (found != all_.end()) return {200, about(id, found->second, now)};
    const auto folder = settings_.folder.empty() ? settings_.folder : settings_.folder / id;
    auto device = Device::open(folder, Curve::p256, now);
    if (!device) return error(500, "E_INTERNAL");
    Tss& made = all_[id];
    made.device = std::move(*device);
    made.puk = hex_of(random_bytes(5));
    remember(made);
    Json json = about(id, made, now);
    json["admin_puk"] = made.puk;
    return {200, json};
  }
  if (found == all_.end()) return error(404, "E_TSS_NOT_FOUND");
  Tss& tss = found->second;
  const std::string wish = said_in(request.body, "state");
  if (tss.state == "DISABLED") return error(400, "E_TSS_DISABLED");
  if (wish == "UNINITIALIZED" && tss.state == "CREATED") {
    tss.state = wish;
  } else if (wish == "INITIALIZED" || wish == "DISABLED") {
    if (tss.admin_until <= now) return error(401, "E_ADMIN_LOGIN_FAILED");
    tss.state = wish;
  } else if (wish != tss.state) {
    return error(400, "E_FAILED_SCHEMA_VALIDATION");
  }
  remember(tss);
  return {200, about(id, tss, now)};
}

FiskalyHost::Answer FiskalyHost::admin(Tss& tss, const Request& request, Seconds now) {
  if (tss.state == "CREATED") return error(400, "E_TSS_NOT_INITIALIZED");
  if (request.method == "PATCH") {
    if (said_in(request.body, "admin_puk") != tss.puk) return error(401, "E_ADMIN_LOGIN_FAILED");
    const std::string pin = said_in(request.body, "new_admin_pin");
    if (pin.size() < 6) return error(400, "E_FAILED_SCHEMA_VALIDATION");
    tss.pin = pin;
    tss.tries = 5;
    remember(tss);
    return {};
  }
  if (request.path.back() == "logout") {
    tss.admin_until = 0;
    return {};
  }
  if (tss.tries == 0) return error(423, "E_ADMIN_PIN_BLOCKED");
  if (tss.pin.empty() || said_in(request.body, "admin_pin") != tss.pin) {
    --tss.tries;
    return error(401, "E_ADMIN_LOGIN_FAILED");
  }
  tss.tries = 5;
  tss.admin_until = now + admin_session;
  return {};
}

FiskalyHost::Answer FiskalyHost::client(Tss& tss, const Request& request, Seconds now) {
  if (tss.state != "INITIALIZED") return error(400, "E_TSS_NOT_INITIALIZED");
  if (request.path.size() == 3) {
    Json list = Json::array();
    for (const auto& one : tss.clients) list.push_back(one);
    return {200, {{"data", list}, {"count", list.size()}}};
  }
  const std::string& id = request.path[3];
  if (!is_uuid(id)) return error(400, "E_FAILED_SCHEMA_VALIDATION");
  if (request.method == "GET") {
    return tss.clients.contains(id) ? Answer{200, tss.clients[id]}
                                    : error(404, "E_CLIENT_NOT_FOUND");
  }
  if (tss.admin_until <= now) return error(401, "E_ADMIN_LOGIN_FAILED");
  if (request.method == "PATCH") {
    if (!tss.clients.contains(id)) return error(404, "E_CLIENT_NOT_FOUND");
    tss.clients[id]["state"] = said_in(request.body, "state");
  } else {
    const std::string serial = said_in(request.body, "serial_number");
    if (serial.empty() || serial.size() > 70) return error(400, "E_ILLEGAL_CLIENT_SERIAL");
    tss.clients[id] = {{"_id", id}, {"serial_number", serial}, {"state", "REGISTERED"}};
  }
  remember(tss);
  return {200, tss.clients[id]};
}

FiskalyHost::Answer FiskalyHost::transaction(Tss& tss, const Request& request, Seconds now) {
  if (tss.state == "DISABLED") return error(400, "E_TSS_DISABLED");
  if (tss.state != "INITIALIZED") return error(400, "E_TSS_NOT_INITIALIZED");
  if (request.path.size() == 3) {
    const auto wanted = request.query.find("states[]");
    Json list = Json::array();
    for (const auto& one : tss.transactions) {
      if (wanted == request.query.end() || said_in(one, "state") == wanted->second) {
        list.push_back(one);
      }
    }
    return {200, {{"data", list}, {"count", list.size()}}};
  }
  if (!is_uuid(request.path[3])) return error(400, "E_FAILED_SCHEMA_VALIDATION");
  if (request.method == "PUT") return put_transaction(tss, request, now);
  const auto found = tss.transactions.find(request.path[3]);
  return found == tss.transactions.end() ? error(404, "E_TX_NOT_FOUND") : Answer{200, *found};
}

FiskalyHost::Answer FiskalyHost::put_transaction(Tss& tss, const Request& request, Seconds now) {
  const std::string& id = request.path[3];
  const std::string client = said_in(request.body, "client_id"),
                    wish = said_in(request.body, "state");
  if (!tss.clients.contains(client)) return error(404, "E_CLIENT_NOT_FOUND");
  if (said_in(tss.clients[client], "state") == "DEREGISTERED") {
    return error(400, "E_CLIENT_DEREGISTERED");
  }
  if (is_over_) return error(423, "E_CERTIFICATE_EXPIRED");
  const auto revision = request.query.find("tx_revision");
  const bool is_known = tss.transactions.contains(id);
  const std::int64_t latest = is_known ? tss.transactions[id].value("latest_revision", 0) : 0;
  if (revision == request.query.end() || number_in(revision->second) != latest + 1 ||
      (is_known && said_in(tss.transactions[id], "state") != "ACTIVE") ||
      (latest == 0 && wish != "ACTIVE")) {
    return error(400, "E_TX_UPSERT");
  }
  const Seconds clock = now + clock_offset_;
  const std::string serial = said_in(tss.clients[client], "serial_number");
  std::string type, data;
  if (const Json schema = request.body.value("schema", Json()); schema.is_object()) {
    const Json raw = schema.value("raw", Json::object());
    type = said_in(raw, "process_type");
    const auto bytes = from_base64(said_in(raw, "process_data"));
    if (!bytes) return error(400, "E_FAILED_SCHEMA_VALIDATION");
    data = *bytes;
  }
  if (wish == "FINISHED" && type.empty()) return error(409, "E_TX_NO_TYPE_DEFINED");
  Signed made;
  if (latest == 0) {
    made = tss.device->start(serial, clock);
  } else {
    const std::int64_t number = tss.transactions[id].value("number", std::int64_t{0});
    made = wish == "ACTIVE" ? tss.device->update(number, type, data, clock)
                            : tss.device->finish(number, type, data, clock);
  }
  Json json = is_known ? tss.transactions[id] : Json{{"_id", id}, {"_type", "TRANSACTION"}};
  json["number"] = made.transaction;
  json["client_id"] = client;
  json["client_serial_number"] = serial;
  json["tss_serial_number"] = hex_of(tss.device->serial());
  json["state"] = wish;
  json["revision"] = latest + 1;
  json["latest_revision"] = latest + 1;
  if (latest == 0) json["time_start"] = made.time;
  if (wish != "ACTIVE") json["time_end"] = made.time;
  if (request.body.contains("schema")) json["schema"] = request.body["schema"];
  json["log"] = {{"timestamp", made.time}, {"timestamp_format", "unixTime"}};
  json["signature"] = {{"value", base64_of(made.signature)},
                       {"algorithm", tss.device->algorithm()},
                       {"counter", std::to_string(made.counter)},
                       {"public_key", base64_of(tss.device->public_key())}};
  tss.transactions[id] = json;
  remember(tss);
  return {200, json};
}

FiskalyHost::Answer FiskalyHost::exported(Tss& tss, const Request& request, Seconds now) {
  const std::string& id = request.path[3];
  if (request.method == "PUT") {
    if (tss.exports.contains(id)) return error(400, "E_DUPLICATE_EXPORT");
    tss.exports[id] = 0;
    return {200, {{"_id", id}, {"state", "PENDING"}}};
  }
  const auto found = tss.exports.find(id);
  if (found == tss.exports.end()) return error(404, "E_EXPORT_NOT_FOUND");
  if (request.path.back() == "file") {
    if (found->second < polls_) return error(425, "E_EXPORT_NOT_COMPLETED");
    Answer answer;
    answer.file = tss.device->tar({}, now);
    return answer;
  }
  const bool is_done = ++found->second >= polls_;
  return {200,
          {{"_id", id}, {"state", is_done ? "COMPLETED" : "WORKING"}},
          {},
          is_done ? "" : "Retry-After: 1\r\n"};
}

// --- orders ---

std::string FiskalyHost::obey(const std::string& line, Seconds) {
  static const std::vector<std::string_view> counted{"lose",     "silent",  "deaf",     "break",
                                                     "another",  "forged",  "bad-json", "html",
                                                     "redirect", "garbage", "too-many"};
  const auto blank = line.find(' ');
  const std::string verb = line.substr(0, blank);
  const std::string what = blank == line.npos ? "" : line.substr(blank + 1);
  const auto number = number_in(what);
  if (faults_.take(line, counted)) return "ok";
  if (verb == "error") {
    std::istringstream words(what);
    std::string rest;
    words >> error_status_ >> error_code_;
    std::getline(words, rest);
    return words.fail() && error_code_.empty()        ? "no: error STATUS CODE [WHERE] [COUNT]"
           : faults_.take("error " + rest, {"error"}) ? "ok"
                                                      : "no: error STATUS CODE [WHERE] [COUNT]";
  }
  if (verb == "late" && number) {
    late_ = static_cast<int>(*number);
  } else if (verb == "storm" && number) {
    storm_ = static_cast<int>(*number);
  } else if (verb == "slow-export" && number) {
    polls_ = static_cast<int>(*number);
  } else if (verb == "time" && number) {
    clock_offset_ += *number;
  } else if (verb == "tokens") {
    tokens_.clear();
  } else if (verb == "expire") {
    is_over_ = true;
  } else if (verb == "defect") {
    is_defect_ = true;
  } else if (verb == "off") {
    faults_.clear();
    is_over_ = is_defect_ = false;
    late_ = storm_ = 0;
  } else if (verb == "state") {
    Json list = Json::array();
    for (const auto& [id, tss] : all_) {
      list.push_back({{"id", id},
                      {"state", tss.state},
                      {"signatures", tss.device->signatures()},
                      {"open", tss.device->open_ones().size()}});
    }
    return list.dump();
  } else {
    return fmt::format("no: there is no \"{}\"; see tresen tse-sim --help", line);
  }
  return "ok";
}

}  // namespace pos::tse_sim
