#include "sync/mail/smtp.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "sync/mail/smtp_dialogue.h"
#include "tests/support/smtp_server.h"

namespace {

using core::OutboxFate;
using syncing::Answer;
using namespace std::chrono_literals;

syncing::SmtpServer server_at(int port) {
  syncing::SmtpServer server;
  server.host = "127.0.0.1";
  server.port = port;
  server.security = syncing::SmtpSecurity::none;
  server.connect_timeout = 5s;
  server.total_timeout = 5s;
  return server;
}

syncing::MailJob job(std::int64_t row = 1) {
  return {row, core::Uuid{}, "kasse@laden.example", "kundin@post.example",
          "Subject: Beleg\r\n\r\nVielen Dank\r\n.\r\nEnde\r\n"};
}

std::vector<syncing::RowAnswer> deliver(const syncing::SmtpServer& server,
                                        std::vector<syncing::MailJob> jobs) {
  syncing::Transfers transfers;
  syncing::Smtp smtp(transfers, server);
  const std::size_t count = jobs.size();
  for (auto& one : jobs) smtp.begin(std::move(one));
  std::vector<syncing::RowAnswer> answers;
  while (answers.size() < count) {
    transfers.perform();
    for (auto& answer : smtp.answers()) answers.push_back(std::move(answer));
    if (answers.size() < count) transfers.wait(1s);
  }
  return answers;
}

Answer deliver_to(tests::SmtpScript script) {
  tests::SmtpServer server(std::move(script));
  return deliver(server_at(server.port()), {job()}).front().answer;
}

}  // namespace

TEST_CASE("smtp: a mail arrives as it was written, its lone dot included") {
  tests::SmtpServer server;
  const auto answers = deliver(server_at(server.port()), {job()});
  server.stop();
  CHECK(answers.front().answer == syncing::done());
  REQUIRE(server.mails().size() == 1);
  CHECK(server.mails()[0] == "Subject: Beleg\r\n\r\nVielen Dank\r\n..\r\nEnde\r\n");
  const auto& said = server.commands();
  CHECK(std::count(said.begin(), said.end(), "MAIL FROM:<kasse@laden.example>") == 1);
  CHECK(std::count(said.begin(), said.end(), "RCPT TO:<kundin@post.example>") == 1);
}

TEST_CASE("smtp: a domain in other letters is asked for by its ASCII form") {
  tests::SmtpServer server;
  syncing::MailJob to_books = job();
  to_books.to = "kundin@bücherstube.example";
  deliver(server_at(server.port()), {to_books});
  server.stop();
  const auto& said = server.commands();
  CHECK(std::count(said.begin(), said.end(), "RCPT TO:<kundin@xn--bcherstube-9db.example>") == 1);
}

TEST_CASE("smtp: the till greets with a full name, or else with its address in brackets") {
  tests::SmtpServer server;
  syncing::SmtpServer to = server_at(server.port());
  to.ehlo = "[192.168.0.5]";
  deliver(to, {job()});
  server.stop();
  const auto& said = server.commands();
  CHECK(std::count(said.begin(), said.end(), "EHLO [192.168.0.5]") == 1);

  using syncing::ehlo_name;
  CHECK(ehlo_name({"kasse1.laden.example", {"192.168.0.5"}}) == "kasse1.laden.example");
  for (const char* name : {"kasse1", "", "kasse_1.laden.example", "kasse.local", "a..b", "a.b.",
                           "localhost.localdomain", "kässe.laden.example"}) {
    CAPTURE(std::string(name));
    CHECK(ehlo_name({name, {"192.168.0.5", "2001:db8::5"}}) == "[192.168.0.5]");
  }
  CHECK(ehlo_name({"kasse1", {"2001:db8::5"}}) == "[IPv6:2001:db8::5]");
  CHECK(ehlo_name({"kasse1", {}}) == "[127.0.0.1]");
}

TEST_CASE("smtp: several mails go at the same time and each has its own answer") {
  tests::SmtpServer server;
  auto answers = deliver(server_at(server.port()), {job(1), job(2), job(3)});
  server.stop();
  CHECK(server.mails().size() == 3);
  std::sort(answers.begin(), answers.end(), [](auto& a, auto& b) { return a.row < b.row; });
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(answers[i].row == static_cast<std::int64_t>(i + 1));
    CHECK(answers[i].answer == syncing::done());
  }
}

TEST_CASE("smtp: a greylisted mail is sent again, with the server's words") {
  CHECK(deliver_to({{{"RCPT", "451 4.7.1 Greylisted, try again later"}}}) ==
        syncing::again("The mail server said: 451 4.7.1 Greylisted, try again later"));
}

TEST_CASE("smtp: a recipient that the server will not have is refused, with its words") {
  CHECK(deliver_to({{{"RCPT", "550 5.1.1 No such user here"}}}) ==
        syncing::refused("The mail server said: 550 5.1.1 No such user here"));
  CHECK(deliver_to({{{"RCPT", "550-5.1.1 The account does not exist.\r\n550 5.1.1 Try another."}}})
            .reason ==
        "The mail server said: 550-5.1.1 The account does not exist. 5.1.1 Try another.");
}

TEST_CASE("smtp: a text that the server will not have is refused, one it cannot take now waits") {
  CHECK(deliver_to({{{"text", "554 5.7.1 This looks like spam"}}}).fate == OutboxFate::refused);
  CHECK(deliver_to({{{"text", "452 4.3.1 Disk full"}}}) ==
        syncing::again("The mail server said: 452 4.3.1 Disk full"));
}

TEST_CASE("smtp: a sender or password that is refused is the link's fault, not the mail's") {
  const Answer answer = deliver_to({{{"MAIL", "550 5.7.1 Sender not allowed"}}});
  CHECK(answer == syncing::link_is_down("The mail server said: 550 5.7.1 Sender not allowed"));
  CHECK(deliver_to({{{"RCPT", "421 4.3.2 Shutting down"}}}).link_down);
}

TEST_CASE("smtp: a connection that ends after the text was sent is sent again and says so") {
  const Answer answer = deliver_to({{{"text", ""}}});
  CHECK(answer.fate == OutboxFate::again);
  CHECK(answer.reason ==
        "The mail was sent, but the server's answer was lost; it is sent again under the same "
        "Message-ID.");
}

TEST_CASE("smtp: a connection that ends before the text is tried again") {
  for (const std::string at : {"greeting", "EHLO", "MAIL", "RCPT", "DATA"}) {
    CAPTURE(at);
    const Answer answer = deliver_to({{{at, ""}}});
    CHECK(answer.fate == OutboxFate::again);
    CHECK(answer.link_down);
    CHECK(answer.reason.starts_with("The mail server could not be used: "));
  }
}

TEST_CASE("smtp: of a mail that is given up on its way the server keeps nothing") {
  tests::SmtpServer server;
  syncing::MailJob whole = job();
  whole.bytes = std::string(1'000'000, 'x') + "\r\n";
  for (int steps = 1; steps <= 24; ++steps) {  // of the greeting first, then of the text
    syncing::Transfers transfers;
    syncing::Smtp smtp(transfers, server_at(server.port()));
    smtp.begin(whole);
    for (int step = 0; step < steps && smtp.answers().empty(); ++step) {
      transfers.perform();
      transfers.wait(1s);
    }
  }
  server.stop();
  for (const std::string& mail : server.mails()) CHECK(mail.size() == whole.bytes.size());
  const auto& said = server.commands();
  CHECK(std::count(said.begin(), said.end(), "DATA") > 0);
}

TEST_CASE("smtp: a server that is down costs a try, in words") {
  tests::SmtpServer server;
  server.stop();
  const Answer answer = deliver(server_at(server.port()), {job()}).front().answer;
  CHECK(answer.fate == OutboxFate::again);
  CHECK(answer.link_down);
  CHECK(answer.reason.find("connect") != answer.reason.npos);
}

TEST_CASE("smtp: a name that does not exist costs a try, in words") {
  auto server = server_at(587);
  server.host = "mail.invalid";
  const Answer answer = deliver(server, {job()}).front().answer;
  CHECK(answer.link_down);
  CHECK(answer.reason.find("mail.invalid") != answer.reason.npos);
}

TEST_CASE("smtp: without STARTTLS on offer nothing is sent where it is asked for") {
  tests::SmtpServer scripted;
  auto server = server_at(scripted.port());
  server.security = syncing::SmtpSecurity::starttls;
  const Answer answer = deliver(server, {job()}).front().answer;
  scripted.stop();
  CHECK(answer.link_down);
  const auto& said = scripted.commands();
  CHECK(std::none_of(said.begin(), said.end(), [](const std::string& c) {
    return c.starts_with("MAIL") || c.starts_with("AUTH");
  }));
}

TEST_CASE("smtp: a server that never answers is given up in time") {
  // The backlog of a listener takes the connection; nobody ever greets.
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(listen(listener, 1) == 0);
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  auto server = server_at(ntohs(address.sin_port));
  server.total_timeout = 100ms;
  const Answer answer = deliver(server, {job()}).front().answer;
  close(listener);
  CHECK(answer.link_down);
  CHECK(answer.reason.find("timed out") != answer.reason.npos);
}

TEST_CASE("smtp dialogue: a password never reaches the words that are shown") {
  syncing::SmtpDialogue dialogue;
  dialogue.server_said("220 mail.example\r\n");
  dialogue.we_said("AUTH PLAIN c2VjcmV0\r\n");
  dialogue.server_said("535 5.7.8 Wrong password\r\n");
  dialogue.we_said("QUIT\r\n");
  dialogue.server_said("221 Bye\r\n");
  const Answer answer = dialogue.answer(CURLE_LOGIN_DENIED, "Login denied");
  CHECK(answer == syncing::link_is_down("The mail server said: 535 5.7.8 Wrong password"));
}

TEST_CASE("smtp dialogue: what a server says is made presentable") {
  syncing::SmtpDialogue dialogue;
  dialogue.we_said("RCPT TO:<a@b.c>\r\n");
  dialogue.server_said("550 \x1B[31mno\x01 " + std::string(5000, '\xFF') + "\r\n");
  const Answer answer = dialogue.answer(CURLE_SEND_ERROR, "");
  CHECK(answer.reason.size() < 500);
  CHECK(answer.reason.find('\x1B') == answer.reason.npos);
}
