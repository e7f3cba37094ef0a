#include "drivers/printer/network_search.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>

#include <thread>

#include "drivers/transport/descriptor.h"
#include "tests/support/tcp_printer.h"

using namespace drivers;

namespace {

Bytes letters(std::string_view text) {
  return {text.begin(), text.end()};
}

Bytes enpc_answer(std::string_view model) {
  Bytes answer = letters("EPSONq");
  answer.resize(19, 0);
  answer.insert(answer.end(), model.begin(), model.end());
  answer.resize(147, 0);
  return answer;
}

// RFC 1157: the request with another tag, its last value in the place of the null.
Bytes snmp_answer(std::string_view description) {
  const auto size = static_cast<std::uint8_t>(description.size());
  const auto plus = [&](int more) { return static_cast<std::uint8_t>(size + more); };
  Bytes answer{0x30,     plus(38), 2,    1, 0, 4, 6, 'p', 'u', 'b', 'l',  'i',      'c',  0xA2,
               plus(25), 2,        1,    1, 2, 1, 0, 2,   1,   0,   0x30, plus(14), 0x30, plus(12),
               6,        8,        0x2B, 6, 1, 2, 1, 1,   1,   0,   4,    size};
  answer.insert(answer.end(), description.begin(), description.end());
  return answer;
}

// Answers one question at a port of this machine.
class Device {
 public:
  explicit Device(Bytes answer) : socket_(::socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_.number(), reinterpret_cast<sockaddr*>(&address), sizeof address);
    socklen_t size = sizeof address;
    ::getsockname(socket_.number(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, answer = std::move(answer)] {
      std::array<std::uint8_t, 100> asked{};
      sockaddr_in from{};
      socklen_t length = sizeof from;
      auto* generic = reinterpret_cast<sockaddr*>(&from);
      ::recvfrom(socket_.number(), asked.data(), asked.size(), 0, generic, &length);
      ::sendto(socket_.number(), answer.data(), answer.size(), 0, generic, length);
    });
  }
  ~Device() { thread_.join(); }
  std::uint16_t port() const { return port_; }

 private:
  Descriptor socket_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

// Only this machine, and not as one's own address.
LocalNetwork this_machine() {
  return {0, INADDR_LOOPBACK, INADDR_LOOPBACK, INADDR_LOOPBACK};
}

std::string at_port(std::uint16_t port) {
  return "127.0.0.1:" + std::to_string(port);
}

}  // namespace

TEST_CASE("network search: what an Epson calls itself is read, and nothing else is") {
  CHECK(enpc_question() == Bytes{0x45, 0x50, 0x53, 0x4F, 0x4E, 0x51, 3, 0, 0, 0, 0, 0, 0, 0});
  CHECK(enpc_model(enpc_answer("TM-T88V")) == "TM-T88V");
  CHECK(enpc_model(enpc_answer("")) == "");
  CHECK_FALSE(enpc_model(enpc_question()));
  CHECK_FALSE(enpc_model(letters("EPSONq")));
  Bytes refused = enpc_answer("TM-T88V");
  refused[11] = 1;
  CHECK_FALSE(enpc_model(refused));
}

TEST_CASE("network search: what a device says by SNMP is read, and a cut answer is none") {
  CHECK(snmp_question().size() == 40);
  const Bytes answer = snmp_answer("EPSON TM-m30III");
  CHECK(snmp_description(answer) == "EPSON TM-m30III");
  for (std::size_t length = 0; length < answer.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(snmp_description(ByteView(answer).first(length)));
  }
  CHECK_FALSE(snmp_description(snmp_question()));
}

TEST_CASE("network search: an office printer is no receipt printer") {
  CHECK(is_receipt_printer("EPSON TM-T20III"));
  CHECK(is_receipt_printer("BIXOLON SRP-350plusIII"));
  CHECK_FALSE(is_receipt_printer("HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153"));
  CHECK_FALSE(is_receipt_printer("Linux router 6.1.0"));
}

TEST_CASE("network search: an Epson answers, and is not knocked at") {
  const Device epson(enpc_answer("TM-T88V"));
  tests::TcpPrinter raw{tests::FakePrinter{}};
  NetworkSearch search{.networks = {this_machine()}};
  search.enpc = epson.port();
  search.snmp = 1;
  search.raw = raw.port();
  search.listen = Milliseconds{500};
  CHECK(find_network_printers(search) ==
        std::vector<NetworkPrinter>{{"TM-T88V", at_port(raw.port())}});
  raw.stop();
  CHECK(raw.printer().received.empty());
}

TEST_CASE("network search: one that is silent but speaks ESC/POS is found by its status") {
  tests::TcpPrinter raw{tests::FakePrinter{}};
  NetworkSearch search{.networks = {this_machine()}};
  search.enpc = search.snmp = 1;
  search.raw = raw.port();
  search.listen = Milliseconds{10};
  CHECK(find_network_printers(search) ==
        std::vector<NetworkPrinter>{{"ESC/POS", at_port(raw.port())}});
  search.in_use = {at_port(raw.port())};
  CHECK(find_network_printers(search).empty());
}

TEST_CASE("network search: what says that it is something else is left alone") {
  const Device office(snmp_answer("HP LaserJet"));
  tests::TcpPrinter raw{tests::FakePrinter{}};
  NetworkSearch search{.networks = {this_machine()}};
  search.enpc = 1;
  search.snmp = office.port();
  search.raw = raw.port();
  search.listen = Milliseconds{500};
  CHECK(find_network_printers(search).empty());
  raw.stop();
  CHECK(raw.printer().received.empty());
}

TEST_CASE("network search: it ends at once where it is stopped") {
  NetworkSearch search{.networks = {this_machine()}};
  search.is_stopped = [] { return true; };
  CHECK(find_network_printers(search).empty());
}
