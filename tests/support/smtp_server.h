// A mail server that says what a test tells it to, on a free port of this
// machine. Each connection has a thread of its own; all are gone when the server
// goes out of scope.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tests {

// The answer to a command by its first word ("RCPT"); "text" is the answer to
// the mail itself, "greeting" that to the connection. An empty one closes the
// connection without a word.
struct SmtpScript {
  std::map<std::string, std::string> answers;
};

class SmtpServer {
 public:
  explicit SmtpServer(SmtpScript script = {}) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    listen(listener_, 8);
    thread_ = std::thread([this] { serve(); });
  }
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  ~SmtpServer() { stop(); }

  // Afterwards nobody listens on the port.
  void stop() {
    if (listener_ < 0) return;
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
    listener_ = -1;
  }

  int port() const { return port_; }
  // The mails that were accepted, and everything that clients said. Only after `stop`.
  const std::vector<std::string>& mails() const { return mails_; }
  const std::vector<std::string>& commands() const { return commands_; }

 private:
  std::string answer_to(const std::string& what, const std::string& otherwise) const {
    const auto at = script_.answers.find(what);
    return at == script_.answers.end() ? otherwise : at->second;
  }

  // One connection, until either side ends it.
  struct Talk {
    SmtpServer& server;
    int client;
    std::string buffer = {};

    // False: the connection is to be closed.
    bool say(const std::string& answer) {
      if (answer.empty()) return false;
      const std::string line = answer + "\r\n";
      return send(client, line.data(), line.size(), MSG_NOSIGNAL) ==
             static_cast<ssize_t>(line.size());
    }

    bool read_until(std::string_view end, std::string& text) {
      for (;;) {
        if (const auto at = buffer.find(end); at != buffer.npos) {
          text = buffer.substr(0, at);
          buffer.erase(0, at + end.size());
          return true;
        }
        char chunk[4096];
        const ssize_t got = recv(client, chunk, sizeof chunk, 0);
        if (got <= 0) return false;
        buffer.append(chunk, static_cast<std::size_t>(got));
      }
    }

    bool take_text() {
      std::string text;
      if (!read_until("\r\n.\r\n", text)) return false;
      const std::string answer = server.answer_to("text", "250 2.0.0 Ok");
      if (answer.starts_with("250")) server.note(server.mails_, text + "\r\n");
      return say(answer);
    }

    bool obey(const std::string& command) {
      server.note(server.commands_, command);
      const std::string verb = command.substr(0, command.find(' '));
      if (verb == "DATA") return say(server.answer_to("DATA", "354 Go ahead")) && take_text();
      if (verb == "QUIT") return say("221 Bye") && false;
      return say(server.answer_to(verb, verb == "EHLO" ? "250 scripted" : "250 2.1.0 Ok"));
    }

    void run() {
      std::string command;
      if (say(server.answer_to("greeting", "220 scripted"))) {
        while (read_until("\r\n", command) && obey(command)) {
        }
      }
      shutdown(client, SHUT_RDWR);
    }
  };

  void note(std::vector<std::string>& list, std::string text) {
    const std::lock_guard lock(mutex_);
    list.push_back(std::move(text));
  }

  void serve() {
    std::vector<int> clients;
    std::vector<std::thread> talks;
    for (int client; (client = accept(listener_, nullptr, nullptr)) >= 0;) {
      clients.push_back(client);
      talks.emplace_back([this, client] { Talk{*this, client}.run(); });
    }
    for (const int client : clients) shutdown(client, SHUT_RDWR);
    for (std::thread& talk : talks) talk.join();
    for (const int client : clients) close(client);
  }

  SmtpScript script_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> mails_;
  std::vector<std::string> commands_;
  std::thread thread_;
};

}  // namespace tests
