// The simulated Adyen terminal at a socket: HTTPS on 127.0.0.1 with a certificate
// of its own, one request a connection, many connections at a time. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "drivers/terminal/nexo/simulator.h"
#include "drivers/transport/descriptor.h"

namespace drivers::nexo {

class Server {
 public:
  // Port 0: any that is free. The error is a sentence.
  static core::Result<std::unique_ptr<Server>, std::string> open(
      std::uint16_t port, const std::string& certificate_file, const std::string& key_file,
      SimulatorSettings settings);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const { return port_; }
  Simulator& terminal() { return terminal_; }
  // Serves what has arrived; waits at most so long for something to arrive, on
  // the sockets or at `also` (-1: none).
  void serve(Milliseconds patience, int also = -1);
  // Answers that came about otherwise.
  void say(const std::vector<Simulator::Said>& all);

 private:
  struct Context;
  struct Connection;
  Server(std::unique_ptr<Context> context, Descriptor listener, std::uint16_t port,
         SimulatorSettings settings);
  void accept_one();
  bool go_on(int number, Connection& connection);

  std::unique_ptr<Context> context_;
  Descriptor listener_;
  std::uint16_t port_;
  Simulator terminal_;
  std::map<int, std::unique_ptr<Connection>> connections_;
  int last_ = 0;
};

}  // namespace drivers::nexo
