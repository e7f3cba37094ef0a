#include "pos/tools/tse_sim_epson.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace pos::tse_sim {

namespace {

constexpr Seconds self_test_lasts = 25 * 3600, admin_lasts = 900, time_admin_lasts = 28'800,
                  export_lasts = 330, block_lasts = 60;
constexpr std::int64_t most_signatures = 20'000'000;
constexpr std::size_t most_open = 512, most_clients = 100, capacity_blocks = 13'000'000;

std::string between(std::string_view text, std::string_view name) {
  const std::string open = "<" + std::string(name) + ">", close = "</" + std::string(name) + ">";
  const auto begin = text.find(open);
  if (begin == text.npos) return {};
  const auto end = text.find(close, begin);
  return end == text.npos
             ? std::string()
             : std::string(text.substr(begin + open.size(), end - begin - open.size()));
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}
std::string from_xml(std::string text) {
  replace_all(text, "&quot;", "\"");
  replace_all(text, "&apos;", "'");
  replace_all(text, "&lt;", "<");
  replace_all(text, "&gt;", ">");
  replace_all(text, "&amp;", "&");
  return text;
}
std::string to_xml(std::string text) {
  replace_all(text, "&", "&amp;");
  replace_all(text, "<", "&lt;");
  replace_all(text, ">", "&gt;");
  replace_all(text, "\"", "&quot;");
  return text;
}

std::string iso(Seconds time) {
  const auto moment = static_cast<std::time_t>(time);
  std::tm parts{};
  gmtime_r(&moment, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}
std::optional<Seconds> time_from(const std::string& text) {
  std::tm parts{};
  const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  if (!end || *end != '\0') return {};
  return static_cast<Seconds>(timegm(&parts));
}

std::string text_in(const nlohmann::json& input, const char* name) {
  const auto found = input.find(name);
  return found != input.end() && found->is_string() ? found->get<std::string>() : std::string();
}
std::int64_t whole_in(const nlohmann::json& input, const char* name) {
  const auto found = input.find(name);
  return found != input.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

bool is_printable_string(const std::string& text) {
  constexpr std::string_view others = " '()+,-./:=?";
  return !text.empty() && text.size() <= 30 && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != others.npos;
  });
}

bool is_transaction(std::string_view function) {
  return function == "StartTransaction" || function == "UpdateTransaction" ||
         function == "FinishTransaction";
}

}  // namespace

EpsonHost::EpsonHost(std::unique_ptr<Device> device, EpsonSettings settings, Seconds now)
    : device_(std::move(device)), settings_(std::move(settings)) {
  const Json& kept = device_->host;
  if (kept.is_object() && kept.contains("state")) {
    state_ = text_in(kept, "state");
    puk_ = text_in(kept, "puk");
    admin_pin_ = text_in(kept, "admin_pin");
    time_admin_pin_ = text_in(kept, "time_admin_pin");
    key_ = text_in(kept, "key");
    admin_tries_ = kept.value("admin_tries", 3);
    time_admin_tries_ = kept.value("time_admin_tries", 3);
    puk_tries_ = kept.value("puk_tries", 3);
    clients_ = kept.value("clients", std::set<std::string>{});
    last_ = kept.value("last", std::map<std::string, Json>{});
  } else if (!settings_.puk.empty()) {
    state_ = "INITIALIZED";
    puk_ = settings_.puk;
    admin_pin_ = settings_.admin_pin;
    time_admin_pin_ = settings_.time_admin_pin;
    clients_.insert(settings_.clients.begin(), settings_.clients.end());
    remember();
  }
  power_on(now);
}

void EpsonHost::remember() {
  device_->host = {{"state", state_},
                   {"puk", puk_},
                   {"admin_pin", admin_pin_},
                   {"time_admin_pin", time_admin_pin_},
                   {"key", key_},
                   {"admin_tries", admin_tries_},
                   {"time_admin_tries", time_admin_tries_},
                   {"puk_tries", puk_tries_},
                   {"clients", clients_},
                   {"last", last_}};
  device_->save();
}

// The host tests the TSE by itself; who was logged in, and what time it is, is gone.
void EpsonHost::power_on(Seconds now) {
  logged_in_.clear();
  challenges_.clear();
  admin_until_ = clock_offset_ = 0;
  has_time_ = false;
  tested_until_ = now + self_test_lasts;
  export_.reset();
}

// --- the connection ---

std::vector<EpsonHost::Said> EpsonHost::connected(int connection) {
  const std::string client = fmt::format("sock{}", ++last_client_);
  lines_[connection] = {client, {}};
  return {say(connection, framed(fmt::format("<connect><data><client_id>{}</client_id>"
                                             "<protocol_version>2</protocol_version></data>"
                                             "</connect>",
                                             client)))};
}

void EpsonHost::closed(int connection, Seconds now) {
  const auto found = lines_.find(connection);
  if (found == lines_.end()) return;
  if (!holder_.empty() && found->second.client == holder_) blocked_until_ = now + block_lasts;
  lines_.erase(found);
}

EpsonHost::Said EpsonHost::say(int connection, std::string bytes, bool is_over) {
  return {connection, std::move(bytes), is_over, late_};
}

std::string EpsonHost::framed(std::string element) const {
  if (is_stray_) element = "\"" + element + "\n\"";
  element += '\0';
  return element;
}

std::vector<EpsonHost::Said> EpsonHost::take(int connection, std::string_view bytes, Seconds now) {
  std::vector<Said> all;
  const auto line = lines_.find(connection);
  if (line == lines_.end()) return all;
  line->second.received += bytes;
  for (;;) {
    const auto end = line->second.received.find('\0');
    if (end == std::string::npos) return all;
    const std::string message = line->second.received.substr(0, end);
    line->second.received.erase(0, end + 1);
    for (Said& said : hear(connection, message, now)) {
      all.push_back(std::move(said));
      if (!all.back().is_over) continue;
      closed(connection, now);
      return all;
    }
  }
}

std::string EpsonHost::open_device(int connection, const std::string& name, Seconds now) {
  if (name != settings_.device_name) return "DEVICE_NOT_FOUND";
  if (faults_.strikes("busy", "open_device", true)) return "DEVICE_IN_USE";
  const std::string& client = lines_.at(connection).client;
  const bool is_free = holder_.empty() || (blocked_until_ != 0 && blocked_until_ <= now);
  if (!is_free && holder_ != client) return "DEVICE_IN_USE";
  holder_ = client;
  blocked_until_ = 0;
  return "OK";
}

std::vector<EpsonHost::Said> EpsonHost::hear(int connection, const std::string& message,
                                             Seconds now) {
  const std::string name = between(message, "device_id");
  const std::string client = lines_.at(connection).client;
  const auto answer = [&](const char* element, const std::string& code) {
    return framed(
        fmt::format("<{0}><device_id>{1}</device_id><code>{2}</code>"
                    "<data_id>{3}</data_id></{0}>",
                    element, to_xml(name), code, ++last_data_));
  };
  if (message.find("<open_device>") != message.npos) {
    return {say(connection, answer("open_device", open_device(connection, name, now)))};
  }
  if (message.find("<close_device>") != message.npos) {
    const bool is_ours = holder_ == client;
    if (is_ours) holder_.clear();
    return {say(connection, answer("close_device", is_ours ? "OK" : "DEVICE_NOT_OPEN"))};
  }
  if (message.find("<reconnect>") != message.npos) {
    const std::string before = between(message, "old_client_id");
    // The break of the old connection may be noticed only later.
    const bool is_known =
        holder_ == before && !before.empty() && (blocked_until_ == 0 || blocked_until_ > now);
    std::vector<Said> all{say(
        connection,
        framed(fmt::format("<reconnect><code>{}</code></reconnect>", is_known ? "OK" : "ERROR")))};
    if (!is_known) return all;
    holder_ = client;
    blocked_until_ = 0;
    const auto lost = under_way_.find(before);
    if (lost != under_way_.end()) {
      all.push_back(say(connection, lost->second));
      under_way_.erase(lost);
    }
    return all;
  }
  if (message.find("<device_data>") != message.npos) return operate(connection, message, now);
  return {};
}

bool EpsonHost::strikes(const char* fault, std::string_view function) {
  return faults_.strikes(fault, function, is_transaction(function));
}

bool EpsonHost::storms() {
  dice_ ^= dice_ << 13U;
  dice_ ^= dice_ >> 7U;
  dice_ ^= dice_ << 17U;
  return static_cast<int>(dice_ % 1000) < storm_;
}

std::vector<EpsonHost::Said> EpsonHost::operate(int connection, const std::string& message,
                                                Seconds now) {
  const std::string client = lines_.at(connection).client;
  const std::string name = between(message, "device_id");
  const auto envelope = [&](const std::string& code, const std::string& result) {
    return fmt::format(
        "<device_data><device_id>{}</device_id><data><type>operateresult</type><success>{}"
        "</success><code>{}</code><resultdata>{}</resultdata></data><data_id>{}</data_id>"
        "</device_data>",
        to_xml(name), code == "SUCCESS", code, is_stray_ ? result : to_xml(result), ++last_data_);
  };
  if (holder_ != client) return {say(connection, framed(envelope("DEVICE_NOT_OPEN", "")))};
  const Json request = Json::parse(from_xml(between(message, "requestdata")), nullptr, false);
  const std::string function = request.is_object() ? text_in(request, "function") : std::string();
  if (strikes("device-busy", function)) {
    return {say(connection, framed(envelope("ERROR_DEVICE_BUSY", "")))};
  }
  if (strikes("deaf", function)) return {};
  const Json storage = request.is_object() ? request.value("storage", Json::object()) : Json();
  const bool is_common = function == "GetStorageInfo";
  Answer answer;
  if (!request.is_object() || !storage.is_object()) {
    answer.result = "JSON_ERROR_WRONG_JSON_FORMAT";
  } else if (text_in(storage, "type") != (is_common ? "COMMON" : "TSE")) {
    answer.result = "JSON_ERROR_UNEXPECTED_STORAGE_TYPE";
  } else if (text_in(storage, "vendor") != (is_common ? "" : "TSE1")) {
    answer.result = "JSON_ERROR_UNEXPECTED_STORAGE_VENDOR";
  } else if (!request.value("input", Json()).is_object()) {
    answer.result = "JSON_ERROR_NOT_ENOUGH_CONTENTS";
  } else if (strikes("error", function)) {
    answer.result = error_code_;
  } else {
    answer = perform(function, request.at("input"), now);
  }
  if (strikes("another", function)) {
    answer.output["transactionNumber"] = whole_in(answer.output, "transactionNumber") + 1000;
  }
  const bool is_start = function == "StartTransaction" && answer.result == "EXECUTION_OK";
  const Json latest = is_start ? std::exchange(last_start_, answer.output) : Json();
  if (!latest.is_null() && strikes("echo", function)) answer.output = latest;
  if (strikes("forged", function)) {
    std::string bytes = from_base64(text_in(answer.output, "signature")).value_or("?");
    bytes.front() = static_cast<char>(bytes.front() ^ 1);
    answer.output["signature"] = base64_of(bytes);
  }
  if (strikes("bad-base64", function)) answer.output["signature"] = "!!! no base64 !!!";
  std::string json = Json{{"result", answer.result},
                          {"function", function},
                          {"output", answer.output},
                          {"error", {{"fact", ""}, {"errorinfo", ""}}}}
                         .dump();
  if (strikes("bad-json", function)) json = json.substr(0, json.size() / 2) + "]]}";
  if (strikes("html", function)) {
    return {say(connection, "HTTP/1.1 200 OK\r\n\r\n<html><body>It works!</body></html>", true)};
  }
  if (strikes("garbage", function)) return {say(connection, std::string(10U << 20U, 'x'))};
  std::string whole = framed(envelope("SUCCESS", json));
  if (strikes("bad-xml", function)) whole = framed("<device_data><data><<code>SUCCESS</co<de>");
  if (strikes("silent", function)) return {};
  const bool is_struck_by_storm = is_transaction(function) && storms();
  const auto kind = is_struck_by_storm ? dice_ / 1000 % 3 : 3;
  if (strikes("forget", function) || kind == 0) {
    // The host knows nothing of it any more.
    holder_.clear();
    return {say(connection, "", true)};
  }
  if (strikes("lose", function) || kind == 1) {
    under_way_[client] = whole;
    return {say(connection, "", true)};
  }
  if (strikes("break", function) || kind == 2) {
    under_way_[client] = whole;
    return {say(connection, whole.substr(0, whole.size() / 2), true)};
  }
  return {say(connection, std::move(whole))};
}

// --- the TSE ---

EpsonHost::Answer EpsonHost::perform(const std::string& function, const Json& input, Seconds now) {
  if (function == "GetStorageInfo") return information(now);
  if (export_ && export_->touched + export_lasts <= now) export_.reset();
  if (function == "GetExportData") return export_data(now);
  if (function == "FinalizeExport" || function == "CancelExport") {
    return end_export(function, input, now);
  }
  if (export_ && !function.starts_with("LogOut")) return {"OTHER_ERROR_CURRENTLY_EXPORTING"};
  if (function == "SetUp") return set_up(input, now);
  if (state_ == "UNINITIALIZED" && function != "RunTSESelfTest") {
    return {"TSE1_ERROR_TSE_NOT_INITIALIZED"};
  }
  if (state_ == "DECOMMISSIONED" && is_transaction(function)) {
    return {"TSE1_ERROR_TSE_DECOMMISSIONED"};
  }
  if (function == "RunTSESelfTest") {
    power_on(now);
    device_->log("selfTest", "", clock(now));
    return {};
  }
  if (function == "GetChallenge") return challenge(input);
  if (function.starts_with("AuthenticateUserFor")) return log_in(function, input, now);
  if (function.starts_with("UnblockUserFor")) return unblock(function, input);
  if (function == "LogOutForAdmin") {
    if (!is_admin(now)) return {"TSE1_ERROR_AUTHENTICATION_USER_NOT_LOGGED_IN"};
    admin_until_ = 0;
    return {};
  }
  if (function == "LogOutForTimeAdmin") {
    logged_in_.erase(text_in(input, "clientId"));
    return {};
  }
  if (function == "UpdateTime" || function == "UpdateTimeForFirst") return set_time(input, now);
  if (function == "GetLogMessageCertificate") {
    return {"EXECUTION_OK", {{"logMessageCertificate", base64_of(device_->certificates())}}};
  }
  if (is_transaction(function) || function == "GetStartedTransactionList" ||
      function == "GetLastTransactionResponse") {
    return transact(function, input, now);
  }
  if (!is_admin(now)) return {"OTHER_ERROR_UNAUTHENTICATED_ADMIN_USER"};
  if (function == "RegisterClient") return register_client(input);
  if (function == "DeregisterClient") {
    return {clients_.erase(text_in(input, "clientId")) != 0 ? "EXECUTION_OK"
                                                            : "TSE1_ERROR_CLIENT_NOT_REGISTERED"};
  }
  if (function == "GetRegisteredClientList") {
    return {"EXECUTION_OK", {{"registeredClientIdList", clients_}}};
  }
  if (function == "ArchiveExport" || function.starts_with("ExportFiltered")) {
    return begin_export(function, input, now);
  }
  if (function == "DisableSecureElement") {
    state_ = "DECOMMISSIONED";
    remember();
    return {};
  }
  return {"JSON_ERROR_UNEXPECTED_FUNCTION"};
}

EpsonHost::Answer EpsonHost::information(Seconds now) const {
  const std::int64_t made = device_->signatures();
  const std::size_t blocks = is_full_ ? capacity_blocks : device_->stored_bytes() / 512;
  const Seconds end = is_over_ ? now - 86'400 : device_->certificate_end();
  const Json health{{"healthStatus", "PASS"}};
  return {"EXECUTION_OK",
          {{"tseInformation",
            {{"vendorType", "TSE1"},
             {"serialNumber", base64_of(device_->serial())},
             {"tsePublicKey", base64_of(device_->public_key())},
             {"signatureAlgorithm", device_->algorithm()},
             {"tseDescription", "TEST, no certified device"},
             {"softwareVersion", 65536},
             {"hardwareVersion", 65536},
             {"cdcId", "TEST"},
             {"tseInitializationState", state_},
             {"isTSEUnlocked", true},
             {"hasValidTime", has_time_},
             {"hasPassedSelfTest", !needs_self_test(now)},
             {"timeUntilNextSelfTest", std::max<Seconds>(tested_until_ - now, 0)},
             {"maxUpdateDelay", 45},
             {"startedTransactions", device_->open_ones().size()},
             {"maxStartedTransactions", most_open},
             {"createdSignatures", made},
             {"remainingSignatures", is_used_up_ ? 0 : most_signatures - made},
             {"maxSignatures", most_signatures},
             {"registeredClients", clients_.size()},
             {"maxRegisteredClients", most_clients},
             {"certificateExpirationDate", iso(end)},
             {"tseCapacity", capacity_blocks},
             {"tseCurrentSize", blocks},
             {"tarExportSize", device_->stored_bytes()},
             {"isTransactionInProgress", false},
             {"lastExportExecutedDate", ""}}},
           {"smartInformation",
            {{"dataIntegrity", health},
             {"eraseLifetimeStatus", health},
             {"spareBlockStatus", health},
             {"isReplacementNeeded", false},
             {"tseHealth", "PASS"}}}}};
}

EpsonHost::Answer EpsonHost::challenge(const Json& input) {
  const std::string user = text_in(input, "userId");
  if (user.empty()) return {"JSON_ERROR_NOT_ENOUGH_CONTENTS"};
  challenges_[user] = hex_of(random_bytes(8));
  return {"EXECUTION_OK", {{"challenge", challenges_[user]}}};
}

EpsonHost::Answer EpsonHost::log_in(const std::string& function, const Json& input, Seconds now) {
  const bool is_for_admin = function == "AuthenticateUserForAdmin";
  const std::string user = text_in(input, is_for_admin ? "userId" : "clientId");
  const auto shown = challenges_.find(user);
  const std::string wanted =
      shown == challenges_.end() ? "" : base64_of(sha256_of(shown->second + key_));
  if (shown != challenges_.end()) challenges_.erase(shown);
  if (wanted.empty() || text_in(input, "hash") != wanted) {
    return {"OTHER_ERROR_HOST_AUTHENTICATION_FAILED"};
  }
  if (needs_self_test(now)) return {"TSE1_ERROR_WRONG_STATE_NEEDS_SELF_TEST"};
  if (is_for_admin && user != "Administrator") return {"OTHER_ERROR_INVALID_ADMIN_USER_ID"};
  if (!is_for_admin && !clients_.contains(user)) return {"TSE1_ERROR_CLIENT_NOT_REGISTERED"};
  int& tries = is_for_admin ? admin_tries_ : time_admin_tries_;
  if (tries == 0) return {"TSE1_ERROR_AUTHENTICATION_PIN_BLOCKED"};
  if (text_in(input, "pin") != (is_for_admin ? admin_pin_ : time_admin_pin_)) {
    --tries;
    remember();
    return {"TSE1_ERROR_AUTHENTICATION_FAILED", {{"remainingRetries", tries}}};
  }
  tries = 3;
  remember();
  if (is_for_admin) {
    admin_until_ = now + admin_lasts;
  } else {
    logged_in_[user] = now + time_admin_lasts;
  }
  device_->log("authenticateUser", "", clock(now));
  return {"EXECUTION_OK", {{"authenticationResult", "AUTHENTICATION_OK"}}};
}

EpsonHost::Answer EpsonHost::unblock(const std::string& function, const Json& input) {
  if (puk_tries_ == 0) return {"TSE1_ERROR_AUTHENTICATION_PIN_BLOCKED"};
  if (text_in(input, "puk") != puk_) {
    --puk_tries_;
    remember();
    return {"TSE1_ERROR_AUTHENTICATION_FAILED", {{"remainingRetries", puk_tries_}}};
  }
  const bool is_for_admin = function == "UnblockUserForAdmin";
  std::string& pin = is_for_admin ? admin_pin_ : time_admin_pin_;
  if (text_in(input, "newPin") == pin) return {"TSE1_ERROR_INVALID_PARAMETER"};
  pin = text_in(input, "newPin");
  (is_for_admin ? admin_tries_ : time_admin_tries_) = 3;
  remember();
  return {};
}

EpsonHost::Answer EpsonHost::set_up(const Json& input, Seconds now) {
  const std::string puk = text_in(input, "puk"), admin = text_in(input, "adminPin"),
                    time_admin = text_in(input, "timeAdminPin");
  if (state_ != "UNINITIALIZED") return {"OTHER_ERROR_TSE_ALREADY_SET_UP"};
  if (puk.size() != 6 || admin.size() != 5 || time_admin.size() != 5) {
    return {"JSON_ERROR_INVALID_PARAMETER_RANGE"};
  }
  state_ = "INITIALIZED";
  puk_ = puk;
  admin_pin_ = admin;
  time_admin_pin_ = time_admin;
  device_->log("initialize", "", clock(now));
  remember();
  return {};
}

EpsonHost::Answer EpsonHost::set_time(const Json& input, Seconds now) {
  const std::string user = text_in(input, "userId");
  const auto wanted = time_from(text_in(input, "newDateTime"));
  if (!wanted) return {"JSON_ERROR_INVALID_TIME_FORMAT"};
  const auto found = logged_in_.find(user);
  const bool is_logged_in =
      user == "Administrator" ? is_admin(now) : found != logged_in_.end() && found->second > now;
  if (!is_logged_in) return {"OTHER_ERROR_UNAUTHENTICATED_TIME_ADMIN_USER"};
  if (needs_self_test(now)) return {"TSE1_ERROR_WRONG_STATE_NEEDS_SELF_TEST"};
  device_->log("updateTime", "", *wanted);
  clock_offset_ = *wanted - now;
  has_time_ = true;
  return {};
}

EpsonHost::Answer EpsonHost::register_client(const Json& input) {
  const std::string client = text_in(input, "clientId");
  if (!is_printable_string(client) || client.starts_with("EPSON")) {
    return {"JSON_ERROR_INVALID_PARAMETER"};
  }
  if (clients_.size() >= most_clients && !clients_.contains(client)) {
    return {"TSE1_ERROR_MAX_REGISTERED_CLIENTS_REACHED"};
  }
  clients_.insert(client);
  remember();
  return {};
}

std::string EpsonHost::why_not_signed(const std::string& client, Seconds now) const {
  const auto found = logged_in_.find(client);
  if (found == logged_in_.end() || found->second <= now) {
    return "OTHER_ERROR_UNAUTHENTICATED_TIME_ADMIN_USER";
  }
  if (!clients_.contains(client)) return "TSE1_ERROR_CLIENT_NOT_REGISTERED";
  if (needs_self_test(now)) return "TSE1_ERROR_WRONG_STATE_NEEDS_SELF_TEST";
  if (!has_time_) return "TSE1_ERROR_NO_TIME_SET";
  if (is_over_ || device_->certificate_end() <= now) return "TSE1_ERROR_CERTIFICATE_EXPIRED";
  if (is_full_) return "TSE1_ERROR_STORE_FULL";
  if (is_used_up_) return "TSE1_ERROR_TRANSACTION_SIGNATURES_EXCEEDED";
  return {};
}

EpsonHost::Answer EpsonHost::transact(const std::string& function, const Json& input, Seconds now) {
  const std::string client = text_in(input, "clientId");
  if (function == "GetStartedTransactionList") {
    Json numbers = Json::array();
    for (const auto& [number, whose] : device_->open_ones()) {
      if (client.empty() || whose == client) numbers.push_back(number);
    }
    return {"EXECUTION_OK", {{"startedTransactionNumberList", numbers}}};
  }
  if (function == "GetLastTransactionResponse") {
    const auto last = last_.find(client);
    if (last == last_.end()) return {"TSE1_ERROR_NO_LAST_TRANSACTION"};
    return {"EXECUTION_OK", last->second};
  }
  if (const std::string why = why_not_signed(client, now); !why.empty()) return {why};
  const auto data = from_base64(text_in(input, "processData"));
  const std::string type = text_in(input, "processType");
  if (!data) return {"JSON_ERROR_INVALID_PARAMETER"};
  if (type.size() > 100) return {"JSON_ERROR_INVALID_PARAMETER_RANGE"};
  Signed made;
  if (function == "StartTransaction") {
    if (device_->open_ones().size() >= most_open) return {"TSE1_ERROR_MAX_PARALLEL_TRANSACTIONS"};
    made = device_->start(client, clock(now));
  } else {
    const std::int64_t number = whole_in(input, "transactionNumber");
    const auto open = device_->open_ones().find(number);
    if (open == device_->open_ones().end() || open->second != client) {
      return {"TSE1_ERROR_TRANSACTION_NOT_STARTED"};
    }
    made = function == "FinishTransaction" ? device_->finish(number, type, *data, clock(now))
                                           : device_->update(number, type, *data, clock(now));
  }
  Json said{{"logTime", iso(made.time)},
            {"signatureCounter", made.counter},
            {"signature", base64_of(made.signature)}};
  Json whole = said;
  whole["transactionNumber"] = made.transaction;
  whole["serialNumber"] = base64_of(device_->serial());
  last_[client] = whole;
  remember();
  return {"EXECUTION_OK", function == "StartTransaction" ? whole : said};
}

EpsonHost::Answer EpsonHost::begin_export(const std::string& function, const Json& input,
                                          Seconds now) {
  if (!has_time_) return {"OTHER_ERROR_NO_TIME_SET_BEFORE_EXPORT"};
  Filter filter;
  filter.client = text_in(input, "clientId");
  if (function.ends_with("TransactionNumber")) {
    filter.first = filter.last = whole_in(input, "transactionNumber");
  } else if (function.ends_with("Interval")) {
    filter.first = whole_in(input, "startTransactionNumber");
    filter.last = whole_in(input, "endTransactionNumber");
  } else if (function.ends_with("PeriodOfTime")) {
    const auto from = time_from(text_in(input, "startDate")),
               to = time_from(text_in(input, "endDate"));
    if (!from || !to) return {"JSON_ERROR_INVALID_TIME_FORMAT"};
    filter.from = *from;
    filter.to = *to;
  }
  Export begun;
  begun.tar = device_->tar(filter, clock(now));
  begun.is_whole = function == "ArchiveExport" && filter.client.empty();
  begun.touched = now;
  const std::size_t size = begun.tar.size();
  export_ = std::move(begun);
  return {"EXECUTION_OK", {{"tarExportSize", size}}};
}

EpsonHost::Answer EpsonHost::export_data(Seconds now) {
  if (!export_) return {"OTHER_ERROR_NO_EXPORT_STARTED"};
  if (export_->is_read) return {"OTHER_ERROR_ALREADY_ALL_DATA_EXPORTED"};
  export_->touched = now;
  const std::string part = export_->tar.substr(export_->at, settings_.chunk);
  export_->at += part.size();
  export_->is_read = export_->at == export_->tar.size();
  return {"EXECUTION_OK",
          {{"exportData", base64_of(part)},
           {"exportStatus", export_->is_read ? "EXPORT_COMPLETE" : "EXPORT_INCOMPLETE"}}};
}

EpsonHost::Answer EpsonHost::end_export(const std::string& function, const Json& input,
                                        Seconds now) {
  if (!export_) return {"OTHER_ERROR_NO_EXPORT_STARTED"};
  if (function == "CancelExport") {
    export_.reset();
    return {};
  }
  const auto wish = input.find("deleteData");
  const bool deletes = wish != input.end() && wish->is_boolean() && wish->get<bool>();
  if (!export_->is_read) return {"OTHER_ERROR_ALL_DATA_NOT_EXPORTED_YET"};
  if (deletes && (!export_->is_whole || !is_admin(now))) {
    return {"TSE1_ERROR_EXPORT_UNACKNOWLEDGED_DATA"};
  }
  if (deletes) {
    device_->delete_records();
    is_full_ = false;
  }
  export_.reset();
  return {};
}

// --- orders ---

std::string EpsonHost::obey(const std::string& line, Seconds now) {
  static const std::vector<std::string_view> counted{
      "lose",    "forget",     "silent", "break",   "another", "forged",      "echo", "bad-json",
      "bad-xml", "bad-base64", "html",   "garbage", "deaf",    "device-busy", "busy"};
  const auto blank = line.find(' ');
  const std::string verb = line.substr(0, blank);
  const std::string what = blank == line.npos ? "" : line.substr(blank + 1);
  const auto number = number_in(what);
  if (faults_.take(line, counted)) return "ok";
  if (verb == "error") {
    const auto end = what.find(' ');
    error_code_ = what.substr(0, end);
    const std::string rest = end == what.npos ? "" : what.substr(end);
    return faults_.take("error" + rest, {"error"}) ? "ok" : "no: error CODE [FUNCTION] [COUNT]";
  }
  if (verb == "late" && number) {
    late_ = static_cast<int>(*number);
  } else if (verb == "storm" && number) {
    storm_ = static_cast<int>(*number);
  } else if (verb == "stray" && (what == "on" || what == "off")) {
    is_stray_ = what == "on";
  } else if (verb == "expire") {
    is_over_ = true;
  } else if (verb == "fill") {
    is_full_ = true;
  } else if (verb == "used-up") {
    is_used_up_ = true;
  } else if (verb == "block-pin") {
    time_admin_tries_ = 0;
    logged_in_.clear();
    remember();
  } else if (verb == "restart") {
    holder_.clear();
    power_on(now);
  } else if (verb == "self-test-due") {
    tested_until_ = now;
  } else if (verb == "time" && number) {
    clock_offset_ += *number;
  } else if (verb == "swap") {
    device_->swap(now);
    last_.clear();
    power_on(now);
    remember();
  } else if (verb == "off") {
    faults_.clear();
    is_stray_ = is_over_ = is_full_ = is_used_up_ = false;
    late_ = storm_ = 0;
  } else if (verb == "state") {
    return Json{{"signatures", device_->signatures()},
                {"open", device_->open_ones().size()},
                {"clients", clients_},
                {"serial", hex_of(device_->serial())},
                {"state", state_}}
        .dump();
  } else {
    return fmt::format("no: there is no \"{}\"; see tresen tse-sim --help", line);
  }
  return "ok";
}

}  // namespace pos::tse_sim
