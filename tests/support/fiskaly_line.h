// A wire from a till to the simulated fiskaly in the same process: no TLS, no sockets and
// no waiting.
#pragma once

#include <fmt/format.h>

#include <memory>

#include "drivers/signing/fiskaly/fiskaly_tse.h"
#include "pos/tools/tse_sim_fiskaly.h"
#include "tests/support/fake_clock.h"

namespace tests {

struct FiskalyWire {
  explicit FiskalyWire(pos::tse_sim::Seconds begin) : now(begin), host({}, begin) {}
  std::string order(const std::string& line) { return host.obey(line, now); }

  pos::tse_sim::Seconds now;
  pos::tse_sim::FiskalyHost host;
  bool is_plugged = true;
  int requests = 0;
};

class FiskalyLine final : public drivers::WebLink {
 public:
  explicit FiskalyLine(FiskalyWire& wire) : wire_(wire) {}

  drivers::WebEnd send(const drivers::WebRequest& request) override {
    using drivers::HttpsTrouble;
    drivers::WebEnd end;
    if (!wire_.is_plugged) return end;
    end.has_left = true;
    end.answer = tl::unexpected(HttpsTrouble::cut);
    const std::string target = request.url.substr(request.url.find('/', 8));
    const std::string sent =
        fmt::format("{} {} HTTP/1.1\r\nAuthorization: Bearer {}\r\nContent-Length: {}\r\n\r\n{}",
                    request.method, target, request.token, request.body.size(), request.body);
    const int number = ++wire_.requests;
    const auto all = wire_.host.take(number, sent, wire_.now);
    wire_.host.closed(number);
    if (all.empty()) {
      end.answer = tl::unexpected(HttpsTrouble::timed_out);
      return end;
    }
    const std::string& bytes = all.front().bytes;
    const auto head_end = bytes.find("\r\n\r\n");
    constexpr std::size_t largest = std::size_t{8} << 20U;
    if (head_end == bytes.npos || bytes.size() > largest) return end;
    const auto at = bytes.find("Content-Length: ");
    const auto size = static_cast<std::size_t>(std::atoi(bytes.c_str() + at + 16));
    std::string body = bytes.substr(head_end + 4);
    if (body.size() < size) return end;
    drivers::WebAnswer answer{std::atoi(bytes.c_str() + 9), std::move(body), {}};
    if (request.sink && answer.status == 200 && !request.sink(answer.body)) return end;
    end.answer = std::move(answer);
    return end;
  }
  bool pause(drivers::Milliseconds) override { return !is_stopped_; }
  void begin() override { is_stopped_ = false; }
  void request_stop() override { is_stopped_ = true; }

 private:
  FiskalyWire& wire_;
  bool is_stopped_ = false;
};

inline drivers::FiskalySettings fiskaly_settings() {
  drivers::FiskalySettings settings;
  settings.api_key = "test_key";
  settings.api_secret = "test_secret";
  settings.tss_id = "0193a1b2-0000-7000-8000-00000000000a";
  settings.client_id = "0193a1b2-0000-7000-8000-00000000000b";
  settings.admin_pin = "1234567";
  settings.between_tries = settings.between_polls = drivers::Milliseconds{0};
  return settings;
}

inline std::unique_ptr<drivers::FiskalyTse> fiskaly_tse(
    FiskalyWire& wire, const core::Clock& clock,
    drivers::FiskalySettings settings = fiskaly_settings()) {
  return std::make_unique<drivers::FiskalyTse>(std::make_unique<FiskalyLine>(wire),
                                               std::move(settings), clock);
}

}  // namespace tests
