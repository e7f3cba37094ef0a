// The simulated TSEs at a socket of 127.0.0.1: the bytes of the Epson host over TCP or TLS,
// HTTPS for fiskaly; orders from stdin and from a control port. One thread; it serves until
// it is told "stop".
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace pos::tse_sim {

// What is simulated, as a socket sees it.
struct Service {
  struct Said {
    int connection = 0;
    std::string bytes{};
    bool is_over = false;
    int after_milliseconds = 0;
  };
  std::function<std::vector<Said>(int connection)> connected;
  std::function<std::vector<Said>(int connection, std::string_view bytes)> take;
  std::function<void(int connection)> closed;
  std::function<std::string(const std::string& order)> obey;
};

struct ServeOptions {
  std::uint16_t port = 0;             // 0: any that is free
  int control = -1;                   // a port that takes orders; 0: any; -1: none
  std::string certificate{}, key{};   // PEM files: then it is TLS
  std::vector<std::string> orders{};  // to begin with
};

// Prints "listening on 127.0.0.1:PORT", and "control on 127.0.0.1:PORT". The error is a
// sentence.
core::Result<core::Done, std::string> serve(const ServeOptions& options, const Service& service);

}  // namespace pos::tse_sim
