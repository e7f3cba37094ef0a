#include "sync/upstream/shopify_wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/ensure.h"
#include "core/base/text.h"
#include "sync/upstream/shopify_operations.h"

namespace syncing::shopify {

namespace {

constexpr std::size_t largest_answer = 16 << 20;  // bytes; ours are under one
constexpr std::chrono::seconds longest_wish{600};
constexpr std::string_view domain = ".myshopify.com";

template <class Value>
void set_option(CURL* transfer, CURLoption option, Value value) {
  ENSURE(curl_easy_setopt(transfer, option, value) == CURLE_OK);
}

bool is_host_name(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
  });
}

bool is_port(std::string_view port) {
  return port.empty() ||
         (port.size() <= 6 && port[0] == ':' &&
          std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

}  // namespace

core::Result<std::string, std::string> api_url(std::string_view address, bool has_authority) {
  std::string_view rest = core::trim(address);
  const bool plain = rest.starts_with("http://");
  const bool whole = plain || rest.starts_with("https://");
  if (whole) rest.remove_prefix(plain ? 7 : 8);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const std::string_view host = rest.substr(0, rest.find(':'));
  const std::string_view port = rest.substr(host.size());
  if (!is_host_name(host) || !is_port(port)) {
    return tl::unexpected(
        std::string("Enter the shop's address as Shopify calls it: NAME.myshopify.com."));
  }
  std::string name(rest);
  if (!whole && host.find('.') == std::string_view::npos) name += domain;
  const bool here = host == "127.0.0.1";
  const bool shopify = std::string_view(name).ends_with(domain);
  if (plain && !here) {
    return tl::unexpected(std::string("The address must begin with https://."));
  }
  if (!here && !shopify && !has_authority) {
    return tl::unexpected(
        std::string("Enter the shop's address as Shopify calls it: NAME.myshopify.com."));
  }
  return fmt::format("{}://{}/admin/api/{}/graphql.json", plain ? "http" : "https", name,
                     api_version);
}

// One request on its way; its address is known to libcurl until it has ended.
struct CurlWire::Call {
  std::uint64_t request;
  std::string body;
  CURL* transfer = curl_easy_init();
  curl_slist* headers = nullptr;
  Heard heard;
  bool too_large = false;
  std::array<char, CURL_ERROR_SIZE> trouble{};

  Call(std::uint64_t which, std::string what) : request(which), body(std::move(what)) {
    ENSURE(transfer != nullptr);
  }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  ~Call() {
    curl_easy_cleanup(transfer);
    curl_slist_free_all(headers);
  }

  static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& call = *static_cast<Call*>(self);
    call.too_large = call.heard.body.size() + size * count > largest_answer;
    if (call.too_large) return 0;
    call.heard.body.append(bytes, size * count);
    return size * count;
  }
};

CurlWire::CurlWire(Transfers& transfers, Access access)
    : transfers_(transfers), access_(std::move(access)) {}

CurlWire::~CurlWire() {
  for (const auto& call : calls_) transfers_.drop(call->transfer);
}

void CurlWire::begin(std::uint64_t request, std::string body) {
  auto call = std::make_unique<Call>(request, std::move(body));
  CURL* const transfer = call->transfer;
  const std::string token = "X-Shopify-Access-Token: " + access_.token;
  for (const char* header :
       {"Content-Type: application/json", "Accept: application/json", "Expect:", token.c_str()}) {
    call->headers = curl_slist_append(call->headers, header);
  }
  set_option(transfer, CURLOPT_URL, access_.url.c_str());
  set_option(transfer, CURLOPT_PROTOCOLS_STR, "http,https");
  set_option(transfer, CURLOPT_HTTPHEADER, call->headers);
  set_option(transfer, CURLOPT_POSTFIELDS, call->body.c_str());
  set_option(transfer, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call->body.size()));
  set_option(transfer, CURLOPT_ACCEPT_ENCODING, "");
  set_option(transfer, CURLOPT_USERAGENT, "Tresen/" TRESEN_VERSION);
  set_option(transfer, CURLOPT_SSL_VERIFYPEER, 1L);
  set_option(transfer, CURLOPT_SSL_VERIFYHOST, 2L);
  set_option(transfer, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!access_.authority.empty()) set_option(transfer, CURLOPT_CAINFO, access_.authority.c_str());
  set_option(transfer, CURLOPT_CONNECTTIMEOUT_MS,
             static_cast<long>(access_.connect_timeout.count()));
  set_option(transfer, CURLOPT_TIMEOUT_MS, static_cast<long>(access_.total_timeout.count()));
  set_option(transfer, CURLOPT_NOSIGNAL, 1L);
  set_option(transfer, CURLOPT_WRITEFUNCTION, &Call::take);
  set_option(transfer, CURLOPT_WRITEDATA, static_cast<void*>(call.get()));
  set_option(transfer, CURLOPT_ERRORBUFFER, call->trouble.data());
  transfers_.add(transfer, this);
  calls_.push_back(std::move(call));
}

std::vector<Wire::Ended> CurlWire::ended() {
  std::vector<Ended> all;
  for (const Transfers::Ended& ended : transfers_.ended(this)) {
    const auto at = std::find_if(calls_.begin(), calls_.end(), [&](const auto& call) {
      return call->transfer == ended.transfer;
    });
    ENSURE(at != calls_.end());
    Call& call = **at;
    curl_easy_getinfo(call.transfer, CURLINFO_RESPONSE_CODE, &call.heard.status);
    curl_off_t wish = 0;
    curl_easy_getinfo(call.transfer, CURLINFO_RETRY_AFTER, &wish);
    if (wish > 0) {
      call.heard.retry_after = std::min(std::chrono::seconds{wish}, longest_wish);
    }
    curl_header* date = nullptr;
    if (curl_easy_header(call.transfer, "date", 0, CURLH_HEADER, -1, &date) == CURLHE_OK) {
      const std::time_t at_server = curl_getdate(date->value, nullptr);
      if (at_server > 0) call.heard.server_time = core::Instant{std::chrono::seconds{at_server}};
    }
    if (call.too_large) {
      call.heard.trouble = "its answer is larger than any of Shopify's.";
    } else if (ended.code != CURLE_OK) {
      call.heard.trouble = call.trouble[0] ? call.trouble.data() : curl_easy_strerror(ended.code);
    }
    all.push_back({call.request, std::move(call.heard)});
    calls_.erase(at);
  }
  return all;
}

}  // namespace syncing::shopify
