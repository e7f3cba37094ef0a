// How requests reach Shopify: a POST that is begun and ends later. The seam where
// a test pulls the plug. Lives on the sync thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "sync/transfers.h"
#include "sync/upstream/shopify_reply.h"

namespace syncing::shopify {

class Wire {
 public:
  virtual ~Wire() = default;
  virtual void begin(std::uint64_t request, std::string body) = 0;
  struct Ended {
    std::uint64_t request = 0;
    Heard heard;
  };
  // What has ended since the last call; never waits.
  virtual std::vector<Ended> ended() = 0;
};

struct Access {
  std::string url;  // of the API, as `api_url` makes it
  std::string token;
  std::string authority;  // a file with the authority to trust; empty: the system's
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{60'000};
};

// "lindner", "lindner.myshopify.com" or a whole address. Only https is spoken, and
// only to myshopify.com or, for tests, to whom `authority` vouches for or to this
// machine itself. The error is a sentence.
core::Result<std::string, std::string> api_url(std::string_view address, bool has_authority);

class CurlWire final : public Wire {
 public:
  CurlWire(Transfers& transfers, Access access);
  ~CurlWire() override;
  CurlWire(const CurlWire&) = delete;
  CurlWire& operator=(const CurlWire&) = delete;

  void begin(std::uint64_t request, std::string body) override;
  std::vector<Ended> ended() override;

 private:
  struct Call;
  Transfers& transfers_;
  Access access_;
  std::vector<std::unique_ptr<Call>> calls_;
};

}  // namespace syncing::shopify
