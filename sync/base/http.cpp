#include "sync/base/http.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/ensure.h"
#include "sync/base/curl_option.h"

namespace syncing {

struct CurlHttp::Exchange {
  std::uint64_t number = 0;
  HttpRequest request;
  Heard heard;
  std::string retry_after;
  std::size_t largest_answer = 0;
  bool is_too_large = false;
  curl_slist* headers = nullptr;
  std::array<char, CURL_ERROR_SIZE> trouble{};

  Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() { curl_slist_free_all(headers); }

  std::size_t sent = 0;  // bytes of the body

  static std::size_t give_body(char* buffer, std::size_t size, std::size_t count, void* self);
  static std::size_t take_body(char* text, std::size_t size, std::size_t count, void* self);
  static std::size_t take_header(char* text, std::size_t size, std::size_t count, void* self);
};

namespace {

bool starts_with_name(std::string_view line, std::string_view name) {
  return line.size() > name.size() && line[name.size()] == ':' &&
         std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
         });
}

std::string value_of(std::string_view line, std::size_t name) {
  std::string_view value = line.substr(name + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && value.back() <= ' ') value.remove_suffix(1);
  return std::string(value);
}

core::Instant from_seconds(std::time_t seconds) {
  return core::Instant{std::chrono::seconds{seconds}};
}

// Before these the request cannot have reached anybody.
bool never_left(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return true;
    default:
      return false;
  }
}

std::string in_words(CURLcode code, const char* detail) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "The platform's address cannot be found. Is there a network?";
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "The proxy's address cannot be found.";
    case CURLE_COULDNT_CONNECT:
      return "The platform cannot be reached.";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return fmt::format("The platform's certificate cannot be trusted ({}).", detail);
    case CURLE_OPERATION_TIMEDOUT:
      return "The platform did not answer in time.";
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return "The platform's address is no web address.";
    case CURLE_PARTIAL_FILE:
      return "The platform's answer ended half way.";
    case CURLE_SEND_FAIL_REWIND:
      return "The connection to the platform broke off before it answered.";
    default:
      return fmt::format("The connection to the platform broke off ({}).", detail);
  }
}

}  // namespace

std::size_t CurlHttp::Exchange::give_body(char* buffer, std::size_t size, std::size_t count,
                                          void* self) {
  auto& exchange = *static_cast<Exchange*>(self);
  const std::string& body = exchange.request.body;
  const std::size_t now = std::min(body.size() - exchange.sent, size * count);
  std::copy_n(body.data() + exchange.sent, now, buffer);
  exchange.sent += now;
  return now;
}

std::size_t CurlHttp::Exchange::take_body(char* text, std::size_t size, std::size_t count,
                                          void* self) {
  auto& exchange = *static_cast<Exchange*>(self);
  const std::size_t more = size * count;
  if (exchange.heard.body.size() + more > exchange.largest_answer) {
    exchange.is_too_large = true;
    return 0;
  }
  exchange.heard.body.append(text, more);
  return more;
}

std::size_t CurlHttp::Exchange::take_header(char* text, std::size_t size, std::size_t count,
                                            void* self) {
  constexpr std::string_view retry = "retry-after";
  constexpr std::string_view date = "date";
  auto& exchange = *static_cast<Exchange*>(self);
  const std::string_view line{text, size * count};
  if (starts_with_name(line, retry)) exchange.retry_after = value_of(line, retry.size());
  if (starts_with_name(line, date)) {
    const auto at = curl_getdate(value_of(line, date.size()).c_str(), nullptr);
    if (at > 0) exchange.heard.date = from_seconds(at);
  }
  return line.size();
}

CurlHttp::CurlHttp(Transfers& transfers, HttpSettings settings)
    : transfers_(transfers), settings_(std::move(settings)) {}

CurlHttp::~CurlHttp() {
  for (const auto& [transfer, exchange] : exchanges_) {
    transfers_.drop(transfer);
    curl_easy_cleanup(transfer);
  }
  for (CURL* transfer : idle_) curl_easy_cleanup(transfer);
}

std::uint64_t CurlHttp::begin(HttpRequest request) {
  CURL* transfer = nullptr;
  if (idle_.empty()) {
    transfer = transfers_.make();
  } else {
    transfer = idle_.back();
    idle_.pop_back();
    curl_easy_reset(transfer);
  }
  auto exchange = std::make_unique<Exchange>();
  exchange->number = ++last_number_;
  exchange->request = std::move(request);
  exchange->largest_answer = settings_.largest_answer;
  for (const std::string& header : exchange->request.headers) {
    exchange->headers = curl_slist_append(exchange->headers, header.c_str());
  }
  set(transfer, CURLOPT_URL, exchange->request.url.c_str());
  set(transfer, CURLOPT_PROTOCOLS_STR, "http,https");
  set(transfer, CURLOPT_CUSTOMREQUEST, exchange->request.method.c_str());
  if (!exchange->request.body.empty()) {
    // Where a kept connection ends before the answer, libcurl would by itself send
    // the request again. A body that it cannot rewind keeps it from that: whether
    // what has left is repeated is for those to decide who can look first.
    set(transfer, CURLOPT_POST, 1L);
    set(transfer, CURLOPT_POSTFIELDSIZE_LARGE,
        static_cast<curl_off_t>(exchange->request.body.size()));
    set(transfer, CURLOPT_READFUNCTION, &Exchange::give_body);
    set(transfer, CURLOPT_READDATA, static_cast<void*>(exchange.get()));
    exchange->headers = curl_slist_append(exchange->headers, "Expect:");
  }
  set(transfer, CURLOPT_HTTPHEADER, exchange->headers);
  set(transfer, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(transfer, CURLOPT_ACCEPT_ENCODING, "");
  set(transfer, CURLOPT_USERAGENT, "tresen/" TRESEN_VERSION);
  set(transfer, CURLOPT_SSL_VERIFYPEER, 1L);
  set(transfer, CURLOPT_SSL_VERIFYHOST, 2L);
  set(transfer, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!settings_.authority.empty()) set(transfer, CURLOPT_CAINFO, settings_.authority.c_str());
  if (!settings_.proxy.empty()) set(transfer, CURLOPT_PROXY, settings_.proxy.c_str());
  set(transfer, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect_timeout.count()));
  set(transfer, CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.total_timeout.count()));
  set(transfer, CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(transfer, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings_.stall_timeout.count()));
  set(transfer, CURLOPT_NOSIGNAL, 1L);
  set(transfer, CURLOPT_TCP_KEEPALIVE, 1L);
  set(transfer, CURLOPT_WRITEFUNCTION, &Exchange::take_body);
  set(transfer, CURLOPT_WRITEDATA, static_cast<void*>(exchange.get()));
  set(transfer, CURLOPT_HEADERFUNCTION, &Exchange::take_header);
  set(transfer, CURLOPT_HEADERDATA, static_cast<void*>(exchange.get()));
  set(transfer, CURLOPT_ERRORBUFFER, exchange->trouble.data());
  const std::uint64_t number = exchange->number;
  transfers_.add(transfer, this);
  exchanges_.emplace(transfer, std::move(exchange));
  return number;
}

std::vector<HttpClient::Ended> CurlHttp::ended() {
  std::vector<Ended> all;
  for (const Transfers::Ended& ended : transfers_.ended(this)) {
    const auto at = exchanges_.find(ended.transfer);
    ENSURE(at != exchanges_.end());
    Exchange& exchange = *at->second;
    Heard heard = std::move(exchange.heard);
    if (heard.date) transfers_.note_date(*heard.date);
    curl_easy_getinfo(ended.transfer, CURLINFO_RESPONSE_CODE, &heard.status);
    if (!exchange.retry_after.empty()) {
      heard.retry_after =
          retry_after_from(exchange.retry_after, heard.date.value_or(core::Instant{}));
    }
    if (ended.code != CURLE_OK) {
      const char* detail =
          exchange.trouble[0] ? exchange.trouble.data() : curl_easy_strerror(ended.code);
      heard.trouble = exchange.is_too_large
                          ? fmt::format("The platform's answer is larger than {} MB.",
                                        settings_.largest_answer >> 20U)
                          : in_words(ended.code, detail);
      // While it was still being connected nothing of the request had left.
      long sent = 0;
      curl_easy_getinfo(ended.transfer, CURLINFO_REQUEST_SIZE, &sent);
      const bool was_connecting = ended.code == CURLE_OPERATION_TIMEDOUT && sent == 0;
      heard.may_have_arrived = !never_left(ended.code) && !was_connecting;
      heard.body.clear();
    }
    all.push_back({exchange.number, std::move(heard)});
    idle_.push_back(ended.transfer);
    exchanges_.erase(at);
  }
  return all;
}

std::optional<std::chrono::seconds> retry_after_from(std::string_view value, core::Instant now) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc{} && end == value.data() + value.size()) {
    if (seconds < 0) return {};
    return std::chrono::seconds{std::min<std::int64_t>(seconds, 86'400)};
  }
  const auto at = curl_getdate(std::string(value).c_str(), nullptr);
  if (at <= 0 || now == core::Instant{}) return {};
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(from_seconds(at) - now);
  return std::clamp(left, std::chrono::seconds{0}, std::chrono::seconds{86'400});
}

bool is_page(const Heard& heard) {
  const std::size_t begin = heard.body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return begin != std::string::npos && heard.body[begin] == '<';
}

std::string url_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    escaped += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return escaped;
}

}  // namespace syncing
