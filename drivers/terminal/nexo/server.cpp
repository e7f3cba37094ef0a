#include "drivers/terminal/nexo/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "core/base/text.h"

namespace drivers::nexo {

namespace {

constexpr std::size_t largest_request = 1 << 20;

// A body that comes in chunks (RFC 9112 section 7.1); nothing: more must come.
std::optional<std::string> unchunked(std::string_view rest) {
  std::string body;
  for (;;) {
    const auto line = rest.find("\r\n");
    if (line == rest.npos) return {};
    std::size_t size = 0;
    std::from_chars(rest.data(), rest.data() + line, size, 16);
    rest.remove_prefix(line + 2);
    if (size == 0) return body;
    if (size > largest_request || rest.size() < size + 2) return {};
    body += rest.substr(0, size);
    rest.remove_prefix(size + 2);
  }
}

// The body of a request that has arrived whole; nothing: more must come.
std::optional<std::string> body_in(const std::string& request) {
  const auto end = request.find("\r\n\r\n");
  if (end == request.npos) return {};
  std::string head = request.substr(0, end);
  std::transform(head.begin(), head.end(), head.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const std::string_view rest = std::string_view(request).substr(end + 4);
  if (head.find("transfer-encoding: chunked") != head.npos) return unchunked(rest);
  constexpr std::string_view field = "content-length:";
  const auto at = head.find(field);
  std::size_t size = 0;
  if (at != head.npos) {
    const std::string_view value = std::string_view(head).substr(at + field.size());
    const std::string_view number = core::trim(value.substr(0, value.find('\r')));
    std::from_chars(number.data(), number.data() + number.size(), size);
  }
  if (size > largest_request || rest.size() < size) return {};
  return std::string(rest.substr(0, size));
}

}  // namespace

struct Server::Context {
  SSL_CTX* tls = SSL_CTX_new(TLS_server_method());
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { SSL_CTX_free(tls); }
};

struct Server::Connection {
  Descriptor socket;
  SSL* tls;
  bool is_greeted = false, is_asked = false, is_over = false;
  short waits_for = POLLIN;
  std::string received, to_send;

  Connection(SSL_CTX* context, int number) : socket(number), tls(SSL_new(context)) {
    SSL_set_fd(tls, number);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { SSL_free(tls); }

  // True: it worked. False: more must come or go first, or it is over.
  bool worked(int result) {
    if (result > 0) return true;
    const int why = SSL_get_error(tls, result);
    waits_for = why == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN;
    is_over = is_over || (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE);
    return false;
  }
};

core::Result<std::unique_ptr<Server>, std::string> Server::open(std::uint16_t port,
                                                                const std::string& certificate_file,
                                                                const std::string& key_file,
                                                                SimulatorSettings settings) {
  auto context = std::make_unique<Context>();
  if (SSL_CTX_use_certificate_chain_file(context->tls, certificate_file.c_str()) != 1) {
    return tl::unexpected(fmt::format("no certificate can be read from {}", certificate_file));
  }
  if (SSL_CTX_use_PrivateKey_file(context->tls, key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
    return tl::unexpected(fmt::format("no key to that certificate can be read from {}", key_file));
  }
  Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(listener.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener.number(), generic, size) != 0 || ::listen(listener.number(), 16) != 0 ||
      ::getsockname(listener.number(), generic, &size) != 0) {
    return tl::unexpected(fmt::format("port {} is taken, name another one", port));
  }
  return std::unique_ptr<Server>(new Server(std::move(context), std::move(listener),
                                            ntohs(address.sin_port), std::move(settings)));
}

Server::Server(std::unique_ptr<Context> context, Descriptor listener, std::uint16_t port,
               SimulatorSettings settings)
    : context_(std::move(context)),
      listener_(std::move(listener)),
      port_(port),
      terminal_(std::move(settings)) {}

Server::~Server() = default;

void Server::serve(Milliseconds patience, int also) {
  std::vector<pollfd> waiting{{listener_.number(), POLLIN, 0}, {also, POLLIN, 0}};
  std::vector<int> numbers;
  for (const auto& [number, connection] : connections_) {
    waiting.push_back({connection->socket.number(), connection->waits_for, 0});
    numbers.push_back(number);
  }
  if (::poll(waiting.data(), waiting.size(), static_cast<int>(patience.count())) <= 0) return;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto found = connections_.find(numbers[i]);
    if (waiting[i + 2].revents == 0 || found == connections_.end()) continue;
    if (!go_on(numbers[i], *found->second)) {
      terminal_.closed(numbers[i]);
      connections_.erase(numbers[i]);
    }
  }
  if (waiting[0].revents != 0) accept_one();
}

void Server::accept_one() {
  const int number = ::accept4(listener_.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (number < 0) return;
  connections_[++last_] = std::make_unique<Connection>(context_->tls, number);
}

// False: the connection is over.
bool Server::go_on(int number, Connection& connection) {
  ERR_clear_error();
  if (!connection.is_greeted && !connection.worked(SSL_accept(connection.tls))) {
    return !connection.is_over;
  }
  connection.is_greeted = true;
  std::array<char, 16'384> bytes;
  for (;;) {
    const int n = SSL_read(connection.tls, bytes.data(), bytes.size());
    if (!connection.worked(n)) break;
    connection.received.append(bytes.data(), static_cast<std::size_t>(n));
    if (connection.received.size() > 2 * largest_request) return false;
  }
  if (connection.is_over) return false;
  if (connection.is_asked) return true;
  const auto body = body_in(connection.received);
  if (!body) return true;
  connection.is_asked = true;
  say(terminal_.take(number, *body));
  return connections_.contains(number);
}

void Server::say(const std::vector<Simulator::Said>& all) {
  for (const Simulator::Said& said : all) {
    const auto found = connections_.find(said.connection);
    if (found == connections_.end()) continue;
    Connection& connection = *found->second;
    if (!said.is_cut) {
      const std::string answer = fmt::format(
          "HTTP/1.1 {} {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n"
          "Connection: close\r\n\r\n{}",
          said.status, said.status == 200 ? "OK" : "Bad Request", said.body.size(), said.body);
      // Some kilobytes fit into the socket's buffer at once.
      SSL_write(connection.tls, answer.data(), static_cast<int>(answer.size()));
      SSL_shutdown(connection.tls);
    }
    connections_.erase(found);
  }
}

}  // namespace drivers::nexo
