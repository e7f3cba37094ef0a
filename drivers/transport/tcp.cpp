#include "drivers/transport/tcp.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>

namespace drivers {

namespace {

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

Addresses look_up(const std::string& host, std::uint16_t port) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) {
    found = nullptr;
  }
  return {found, [](addrinfo* list) {
            if (list) ::freeaddrinfo(list);
          }};
}

core::Result<Descriptor, LinkError> connect_to(const addrinfo& address, Milliseconds patience) {
  Descriptor socket(::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC,
                             address.ai_protocol));
  if (!socket.is_open()) return tl::unexpected(LinkError::unreachable);
  const int on = 1;
  ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(socket.number(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  if (::connect(socket.number(), address.ai_addr, address.ai_addrlen) == 0) return socket;
  if (errno != EINPROGRESS) return tl::unexpected(link_error(errno));
  if (!wait_for(socket.number(), POLLOUT, patience)) return tl::unexpected(LinkError::timed_out);
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return tl::unexpected(link_error(error));
  return socket;
}

}  // namespace

core::Result<core::Done, LinkError> TcpTransport::open(Milliseconds patience) {
  if (socket_.is_open()) return core::Done{};
  const Addresses addresses = look_up(host_, port_);
  LinkError error = LinkError::missing;
  for (const addrinfo* address = addresses.get(); address; address = address->ai_next) {
    auto connected = connect_to(*address, patience);
    if (connected) {
      socket_ = std::move(*connected);
      return core::Done{};
    }
    error = connected.error();
  }
  return tl::unexpected(error);
}

core::Result<std::size_t, LinkError> TcpTransport::write(ByteView bytes, Milliseconds patience) {
  if (!socket_.is_open()) return tl::unexpected(LinkError::cut);
  // A printer that hung up must not end the till by SIGPIPE, so send, not write.
  for (bool waited = false;; waited = true) {
    const ssize_t count = ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count > 0) return static_cast<std::size_t>(count);
    if (count == 0 || (errno != EAGAIN && errno != EINTR)) break;
    if (waited || !wait_for(socket_.number(), POLLOUT, patience)) {
      return tl::unexpected(LinkError::timed_out);
    }
  }
  socket_.reset();
  return tl::unexpected(LinkError::cut);
}

core::Result<Bytes, LinkError> TcpTransport::read(Milliseconds patience) {
  return socket_.read(patience);
}

void TcpTransport::close() {
  if (!socket_.is_open()) return;
  // Half-close and read to the end: an interface board may drop what it holds
  // when the connection is reset, and some need a moment before the next one.
  ::shutdown(socket_.number(), SHUT_WR);
  for (int reads = 0; reads < 32 && socket_.read(Milliseconds{1000}); ++reads) continue;
  socket_.reset();
}

}  // namespace drivers
