// A fake printer behind a real socket, on a port that the system chooses.
// Serves one connection after the other on a thread of its own until stop().
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <thread>
#include <utility>

#include "tests/support/fake_printer.h"

namespace tests {

class TcpPrinter {
 public:
  using Heard = std::function<void(drivers::ByteView)>;  // as they come, on its thread

  explicit TcpPrinter(FakePrinter printer, Heard heard)
      : TcpPrinter(std::move(printer), std::numeric_limits<std::size_t>::max(), std::move(heard)) {}
  // Hangs up for good after so many bytes.
  explicit TcpPrinter(
      FakePrinter printer, std::size_t hang_up_after = std::numeric_limits<std::size_t>::max(),
      Heard heard = [](drivers::ByteView) {})
      : printer_(std::move(printer)), heard_(std::move(heard)), hang_up_after_(hang_up_after) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener_, 4);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    [[maybe_unused]] const int made = ::pipe(wake_.data());
    thread_ = std::thread([this] { serve(); });
  }
  TcpPrinter(const TcpPrinter&) = delete;
  TcpPrinter& operator=(const TcpPrinter&) = delete;
  ~TcpPrinter() { stop(); }

  std::uint16_t port() const { return port_; }

  // Ends it: the port then refuses. What it got may be looked at afterwards.
  void stop() {
    if (!thread_.joinable()) return;
    ::close(wake_[1]);
    thread_.join();
    ::close(wake_[0]);
  }
  const FakePrinter& printer() const { return printer_; }

 private:
  bool wait_for(int descriptor) const {
    std::array<pollfd, 2> waited{pollfd{descriptor, POLLIN, 0}, pollfd{wake_[0], POLLIN, 0}};
    return ::poll(waited.data(), waited.size(), -1) > 0 && waited[1].revents == 0;
  }

  void serve() {
    while (printer_.received.size() < hang_up_after_ && wait_for(listener_)) {
      const int connection = ::accept(listener_, nullptr, nullptr);
      if (connection < 0) continue;
      talk(connection);
      ::close(connection);
    }
    ::close(listener_);
  }

  void talk(int connection) {
    std::array<std::uint8_t, 1024> buffer{};
    while (wait_for(connection)) {
      const std::size_t room = hang_up_after_ - printer_.received.size();
      const ssize_t count = ::recv(connection, buffer.data(), std::min(buffer.size(), room), 0);
      if (count <= 0) return;
      const drivers::ByteView bytes(buffer.data(), static_cast<std::size_t>(count));
      heard_(bytes);
      const auto answer = printer_.receive(bytes);
      if (!answer.empty()) ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
      if (printer_.received.size() >= hang_up_after_) return;
    }
  }

  FakePrinter printer_;
  Heard heard_;
  std::size_t hang_up_after_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::array<int, 2> wake_{-1, -1};
  std::thread thread_;
};

}  // namespace tests
