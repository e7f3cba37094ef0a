// HTTP as values: a request is begun, and what was heard of it is fetched later,
// so that a slow server holds up nothing else. Connections are kept and shared,
// HTTP/2 is used where it is offered, and answers may be compressed (RFC 9110).
// Certificates are always verified. Lives on the sync thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/clock.h"
#include "sync/base/transfers.h"

namespace syncing {

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;  // "Name: value"
  std::string body;
  bool alone = false;  // of conversations: not while another such request is out
};

// What came over the wire. Where `trouble` is set no whole answer came, and it
// says why in words; `may_have_arrived` then tells whether the server may have
// done what was asked of it.
struct Heard {
  long status = 0;
  std::optional<std::chrono::seconds> retry_after;
  std::string body;
  std::string trouble;
  bool may_have_arrived = false;
  std::optional<core::Instant> date;  // the server's clock
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Gives the number by which the answer is known; never 0.
  virtual std::uint64_t begin(HttpRequest request) = 0;
  struct Ended {
    std::uint64_t number = 0;
    Heard heard;
  };
  // What has ended since the last call; never waits.
  virtual std::vector<Ended> ended() = 0;
};

struct HttpSettings {
  std::string authority;  // PEM file of the authority to trust; empty: the system's
  std::string proxy;      // "http://proxy:3128"; empty: what the environment says
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::seconds stall_timeout{20};  // without a byte, in either direction
  std::chrono::milliseconds total_timeout{120'000};
  std::size_t largest_answer = 32U << 20U;
};

class CurlHttp final : public HttpClient {
 public:
  // `transfers` must outlive it.
  CurlHttp(Transfers& transfers, HttpSettings settings);
  ~CurlHttp() override;
  CurlHttp(const CurlHttp&) = delete;
  CurlHttp& operator=(const CurlHttp&) = delete;

  std::uint64_t begin(HttpRequest request) override;
  std::vector<Ended> ended() override;

 private:
  struct Exchange;

  Transfers& transfers_;
  HttpSettings settings_;
  std::uint64_t last_number_ = 0;
  std::unordered_map<CURL*, std::unique_ptr<Exchange>> exchanges_;
  std::vector<CURL*> idle_;  // used again, which spares setting them up
};

// A time of an HTTP header: seconds ("120") or a date (RFC 9110 section 10.2.3)
// measured from `now`. None: it is neither.
std::optional<std::chrono::seconds> retry_after_from(std::string_view value, core::Instant now);

// The answer is no JSON but a page for people: what a proxy or a login portal sends.
bool is_page(const Heard& heard);

// "caf%C3%A9": everything but letters, digits and -._~ is escaped (RFC 3986 section 2.1).
std::string url_escaped(std::string_view text);

}  // namespace syncing
