// Requests to a service in the internet, over HTTPS, one at a time. Its certificate must
// bear the name it is called by and come from an authority that the system trusts, or from
// the one that is given. Nothing is followed: a redirect is an answer.
//
// Lives on the worker thread of its device, except request_stop().
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "drivers/transport/https.h"

namespace drivers {

struct WebRequest {
  std::string method = "GET";
  std::string url;
  std::string body{};   // JSON
  std::string token{};  // of the bearer
  Milliseconds patience{5000};
  // Takes the body of a good answer piece by piece, however long; false ends it. Without
  // one a body of more than 8 MB is `cut`.
  std::function<bool(std::string_view)> sink{};
  bool ends_when_stopped = false;
};
struct WebAnswer {
  long status = 0;
  std::string body{};
  std::optional<std::chrono::seconds> retry_after{};
};
struct WebEnd {
  bool has_left = false;  // some byte of it may have arrived
  core::Result<WebAnswer, HttpsTrouble> answer = tl::unexpected(HttpsTrouble::unreachable);
};

class WebLink {
 public:
  virtual ~WebLink() = default;
  virtual WebEnd send(const WebRequest& request) = 0;
  // Waits; false: somebody wants it to end.
  virtual bool pause(Milliseconds time) = 0;
  virtual void begin() = 0;         // whoever wanted an end before is served
  virtual void request_stop() = 0;  // any thread
};

// `authority_file`: PEM; empty: those of the system.
std::unique_ptr<WebLink> web_link(std::string authority_file);

}  // namespace drivers
