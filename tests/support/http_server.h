// A web server that answers by the path that it is asked for, on a free port of
// this machine. Each connection has a thread of its own and is kept; all are gone
// when the server goes out of scope.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tests {

class HttpServer {
 public:
  // Answers a request ("GET /a", its head, its body) with the bytes to send.
  // `false` closes the connection after them.
  struct Reply {
    std::string bytes;
    bool keep = true;
    std::size_t times = 1;  // the bytes are sent so often, until the client goes
  };
  using Answer =
      std::function<Reply(std::string_view line, std::string_view head, std::string_view body)>;

  explicit HttpServer(Answer answer) : answer_(std::move(answer)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    listen(listener_, 64);
    thread_ = std::thread([this] { serve(); });
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer() { stop(); }

  // Afterwards nobody listens on the port.
  void stop() {
    if (listener_ < 0) return;
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
    listener_ = -1;
  }

  std::string url(std::string_view path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }
  int port() const { return port_; }
  bool is_silent_to_tls = false;  // set before the first request
  // The heads of all requests. Only after `stop`.
  const std::vector<std::string>& heads() const { return heads_; }
  std::size_t connections() const { return connections_; }

  // "HTTP/1.1 STATUS" with these headers ("A: b\r\n") and a body of that length.
  static std::string whole(std::string_view status, std::string_view headers,
                           std::string_view body) {
    return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(headers) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  }

 private:
  bool send_all(int client, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  static std::size_t length_in(std::string_view head) {
    const std::size_t at = head.find("Content-Length: ");
    return at == head.npos ? 0 : std::stoul(std::string(head.substr(at + 16, 12)));
  }

  void talk(int client) {
    std::string buffer;
    char chunk[16384];
    for (;;) {
      std::size_t end = buffer.find("\r\n\r\n");
      const std::size_t whole = end == buffer.npos ? 0 : end + 4 + length_in(buffer.substr(0, end));
      if (end == buffer.npos || buffer.size() < whole) {
        const ssize_t got = recv(client, chunk, sizeof chunk, 0);
        if (got <= 0) break;
        buffer.append(chunk, static_cast<std::size_t>(got));
        // A greeting in TLS is not what this server understands.
        if (buffer.front() == 0x16 && !is_silent_to_tls) {
          send_all(client, "HTTP/1.1 400 Bad Request\r\n\r\n");
          break;
        }
        continue;
      }
      const std::string head = buffer.substr(0, end + 2);
      const std::string body = buffer.substr(end + 4, whole - end - 4);
      buffer.erase(0, whole);
      {
        const std::lock_guard lock(mutex_);
        heads_.push_back(head);
      }
      const std::string line = head.substr(0, head.find(" HTTP/"));
      const Reply reply = answer_(line, head, body);
      bool is_there = true;
      for (std::size_t i = 0; i < reply.times && is_there; ++i) {
        is_there = send_all(client, reply.bytes);
      }
      if (!is_there || !reply.keep) break;
    }
    shutdown(client, SHUT_RDWR);
  }

  void serve() {
    std::vector<int> clients;
    std::vector<std::thread> talks;
    for (int client; (client = accept(listener_, nullptr, nullptr)) >= 0;) {
      clients.push_back(client);
      talks.emplace_back([this, client] { talk(client); });
    }
    for (const int client : clients) shutdown(client, SHUT_RDWR);
    for (std::thread& one : talks) one.join();
    for (const int client : clients) close(client);
    connections_ = clients.size();
  }

  Answer answer_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> heads_;
  std::size_t connections_ = 0;
  std::thread thread_;
};

}  // namespace tests
