// One device in the shop's network that is spoken to by HTTPS POST. Its
// certificate must come from the one authority that is trusted and bear a name
// that is accepted; what it is reached by is an address and proves nothing. There
// is no way to turn that off.
//
// Each request is one connection and leaves once: libcurl repeats a request by
// itself only on a connection that is used again, and none is. Several may be on
// their way at a time. All calls on the worker thread of the device, but wake().
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "drivers/transport/transport.h"

namespace drivers {

enum class HttpsTrouble {
  no_such_host,
  unreachable,  // nobody listens there, or there is no way
  timed_out,
  cut,                // the connection was there and ended
  not_https,          // something else answers
  unknown_authority,  // a certificate that the trusted authority did not make
  wrong_name,         // a certificate of another device
  no_authority_file,  // the trusted authority's certificate cannot be read
};

struct HttpsAnswer {
  long status = 0;
  std::string body;
};

// How a request ended. When it `has_left`, some byte of it may have arrived.
struct HttpsEnd {
  int request = 0;
  bool has_left = false;
  core::Result<HttpsAnswer, HttpsTrouble> answer;
  std::string peer_name{};  // of the certificate, where one was shown
};

class HttpsLink {
 public:
  virtual ~HttpsLink() = default;
  // Sends `body`; the answer must have come within `patience`. Names the request.
  virtual int post(std::string body, Milliseconds patience) = 0;
  // The next request that ends; nothing: the time is over, or somebody woke it.
  virtual std::optional<HttpsEnd> wait(Milliseconds patience) = 0;
  // Closes the connections of what has not ended; its answers are lost.
  virtual void drop_all() = 0;
  // Any thread.
  virtual void wake() = 0;
};

struct HttpsPeer {
  std::string url;             // https://192.168.0.20:8443/nexo/
  std::string authority_file;  // PEM
  std::function<bool(const std::string&)> accepts_name;
  Milliseconds to_connect{5000};
};

std::unique_ptr<HttpsLink> https_link(HttpsPeer peer);

}  // namespace drivers
