#include "pos/tools/tse_sim_serve.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "drivers/transport/descriptor.h"

namespace pos::tse_sim {

namespace {

using drivers::Descriptor;
using SteadyClock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

struct Listener {
  Descriptor socket;
  std::uint16_t port = 0;
};

core::Result<Listener, std::string> listen_on(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket.number(), generic, size) != 0 || ::listen(socket.number(), 64) != 0 ||
      ::getsockname(socket.number(), generic, &size) != 0) {
    return tl::unexpected(fmt::format("port {} is taken: name another with --port", port));
  }
  return Listener{std::move(socket), ntohs(address.sin_port)};
}

// A connection, in clear or in TLS, with what waits to be sent.
struct Link {
  Descriptor socket;
  SSL* tls = nullptr;
  bool is_greeted = false, is_over = false, ends_when_sent = false;
  std::string to_send;

  Link(int number, SSL_CTX* context) : socket(number) {
    const int on = 1;
    ::setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!context) return;
    tls = SSL_new(context);
    SSL_set_fd(tls, number);
    SSL_set_accept_state(tls);
  }
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link() { SSL_free(tls); }

  std::string read() {
    std::array<char, 65536> buffer{};
    std::string text;
    for (;;) {
      ERR_clear_error();
      const auto room = static_cast<int>(buffer.size());
      const auto count = tls ? static_cast<ssize_t>(SSL_read(tls, buffer.data(), room))
                             : ::recv(socket.number(), buffer.data(), buffer.size(), 0);
      if (count > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(count));
        continue;
      }
      is_over = is_over || is_end(static_cast<int>(count));
      return text;
    }
  }
  void flush() {
    while (!to_send.empty() && !is_over) {
      ERR_clear_error();
      const auto count =
          tls ? static_cast<ssize_t>(
                    SSL_write(tls, to_send.data(),
                              static_cast<int>(std::min<std::size_t>(to_send.size(), 1U << 20U))))
              : ::send(socket.number(), to_send.data(), to_send.size(), MSG_NOSIGNAL);
      if (count <= 0) {
        is_over = is_over || is_end(static_cast<int>(count));
        return;
      }
      to_send.erase(0, static_cast<std::size_t>(count));
    }
    if (ends_when_sent && to_send.empty()) {
      if (tls) SSL_shutdown(tls);
      is_over = true;
    }
  }

 private:
  bool is_end(int result) const {
    if (!tls) return result == 0 || (errno != EAGAIN && errno != EINTR);
    const int why = SSL_get_error(tls, result);
    return why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE;
  }
};

class Server {
 public:
  Server(const ServeOptions& options, const Service& service)
      : options_(options), service_(service) {}
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    links_.clear();
    SSL_CTX_free(context_);
  }

  core::Result<core::Done, std::string> run() {
    if (auto opened = open(); !opened) return opened;
    for (const std::string& order : options_.orders) {
      if (const std::string said = service_.obey(order); said.starts_with("no")) {
        return tl::unexpected(fmt::format("--fault \"{}\": {}", order, said.substr(4)));
      }
    }
    while (!is_stopped_) step();
    return core::Done{};
  }

 private:
  struct Later {
    SteadyClock::time_point when;
    Service::Said said;
  };

  core::Result<core::Done, std::string> open() {
    if (!options_.certificate.empty()) {
      context_ = SSL_CTX_new(TLS_server_method());
      if (SSL_CTX_use_certificate_chain_file(context_, options_.certificate.c_str()) != 1 ||
          SSL_CTX_use_PrivateKey_file(context_, options_.key.c_str(), SSL_FILETYPE_PEM) != 1) {
        return tl::unexpected(fmt::format("no certificate and key can be read from {} and {}",
                                          options_.certificate, options_.key));
      }
      SSL_CTX_set_mode(context_,
                       SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    }
    auto listener = listen_on(options_.port);
    if (!listener) return tl::unexpected(listener.error());
    listener_ = std::move(*listener);
    if (options_.control >= 0) {
      auto control = listen_on(static_cast<std::uint16_t>(options_.control));
      if (!control) return tl::unexpected(control.error());
      control_ = std::move(*control);
      fmt::print("control on 127.0.0.1:{}\n", control_.port);
    }
    fmt::print("listening on 127.0.0.1:{}\n", listener_.port);
    std::fflush(stdout);
    return core::Done{};
  }

  void step() {
    std::vector<pollfd> waited{{listener_.socket.number(), POLLIN, 0},
                               {control_.socket.number(), POLLIN, 0},
                               {has_stdin_ ? STDIN_FILENO : -1, POLLIN, 0}};
    std::vector<int> numbers;
    for (const auto& [number, link] : links_) {
      const short events = link->to_send.empty() ? POLLIN : POLLIN | POLLOUT;
      waited.push_back({link->socket.number(), events, 0});
      numbers.push_back(number);
    }
    std::vector<int> talkers;
    for (const auto& [number, talk] : talks_) {
      waited.push_back({talk.socket.number(), POLLIN, 0});
      talkers.push_back(number);
    }
    ::poll(waited.data(), waited.size(), patience());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (waited[i + 3].revents != 0) go_on(numbers[i]);
    }
    for (std::size_t i = 0; i < talkers.size(); ++i) {
      if (waited[i + 3 + numbers.size()].revents == 0) continue;
      if (!listen_to(talks_.at(talkers[i]), talks_.at(talkers[i]).socket.number())) {
        talks_.erase(talkers[i]);
      }
    }
    if (waited[2].revents != 0) has_stdin_ = listen_to(stdin_, STDIN_FILENO);
    if (waited[1].revents != 0) accept_talk();
    if (waited[0].revents != 0) accept_link();
    send_what_is_due();
    std::erase_if(links_, [&](const auto& entry) {
      if (entry.second->is_over) service_.closed(entry.first);
      return entry.second->is_over;
    });
  }

  int patience() const {
    constexpr int at_rest = 60'000;
    if (later_.empty()) return at_rest;
    const auto first = std::min_element(later_.begin(), later_.end(),
                                        [](auto& a, auto& b) { return a.when < b.when; });
    const auto left = std::chrono::ceil<Milliseconds>(first->when - SteadyClock::now()).count();
    return static_cast<int>(std::clamp<Milliseconds::rep>(left, 0, at_rest));
  }

  void accept_link() {
    const int number =
        ::accept4(listener_.socket.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (number < 0) return;
    const int name = ++last_;
    links_[name] = std::make_unique<Link>(number, context_);
    if (!context_) greet(name);
  }
  void greet(int name) {
    links_.at(name)->is_greeted = true;
    say(service_.connected(name));
  }
  void go_on(int name) {
    Link& link = *links_.at(name);
    if (link.tls && !link.is_greeted) {
      ERR_clear_error();
      const int result = SSL_do_handshake(link.tls);
      if (result != 1) {
        const int why = SSL_get_error(link.tls, result);
        link.is_over = why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE;
        return;
      }
      greet(name);
    }
    const std::string text = link.read();
    if (!text.empty()) say(service_.take(name, text));
    link.flush();
  }
  void say(std::vector<Service::Said> all) {
    for (Service::Said& said : all) {
      const auto when = SteadyClock::now() + Milliseconds{said.after_milliseconds};
      later_.push_back({when, std::move(said)});
    }
    send_what_is_due();
  }
  void send_what_is_due() {
    const auto now = SteadyClock::now();
    const auto still = std::stable_partition(later_.begin(), later_.end(),
                                             [&](const Later& one) { return one.when > now; });
    const std::vector<Later> due(std::make_move_iterator(still),
                                 std::make_move_iterator(later_.end()));
    later_.erase(still, later_.end());
    for (const Later& one : due) {
      const auto found = links_.find(one.said.connection);
      if (found == links_.end()) continue;
      found->second->to_send += one.said.bytes;
      found->second->ends_when_sent = found->second->ends_when_sent || one.said.is_over;
      found->second->flush();
    }
  }

  struct Talk {
    Descriptor socket;
    std::string line;
  };
  void accept_talk() {
    const int number =
        ::accept4(control_.socket.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (number >= 0) talks_[++last_] = {Descriptor(number), {}};
  }
  // False: nobody speaks there any more.
  bool listen_to(Talk& talk, int descriptor) {
    std::array<char, 1024> buffer{};
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count <= 0) return false;
    talk.line.append(buffer.data(), static_cast<std::size_t>(count));
    for (auto end = talk.line.find('\n'); end != std::string::npos; end = talk.line.find('\n')) {
      const std::string order = talk.line.substr(0, end);
      talk.line.erase(0, end + 1);
      is_stopped_ = is_stopped_ || order == "stop";
      const std::string answer = (order == "stop" ? "ok" : service_.obey(order)) + "\n";
      if (descriptor == STDIN_FILENO) {
        fmt::print("{}", answer);
        std::fflush(stdout);
      } else {
        [[maybe_unused]] const auto sent =
            ::send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL);
      }
    }
    return true;
  }

  const ServeOptions& options_;
  const Service& service_;
  SSL_CTX* context_ = nullptr;
  Listener listener_, control_;
  std::map<int, std::unique_ptr<Link>> links_;
  std::map<int, Talk> talks_;
  Talk stdin_;
  std::vector<Later> later_;
  int last_ = 0;
  bool has_stdin_ = true, is_stopped_ = false;
};

}  // namespace

core::Result<core::Done, std::string> serve(const ServeOptions& options, const Service& service) {
  return Server(options, service).run();
}

}  // namespace pos::tse_sim
