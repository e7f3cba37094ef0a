// tresen terminal-sim: a ZVT or nexo terminal without a card, for trying things out and
// for tests: over TCP or a serial line, with the faults that terminals have.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "drivers/terminal/zvt/serial.h"
#include "drivers/terminal/zvt/simulator.h"
#include "drivers/transport/serial.h"
#include "pos/cli/command.h"
#include "pos/cli/say.h"
#include "pos/tools/terminal_sim_nexo.h"

namespace pos::cli {

namespace {

using namespace drivers;

enum class Fault { none, cut_before, cut_inside, cut_after, die, silence };

struct Named {
  const char* name;
  int value;
};
template <std::size_t n>
std::optional<int> look_up(const std::array<Named, n>& table, const std::string& name) {
  for (const Named& entry : table) {
    if (name == entry.name) return entry.value;
  }
  return {};
}
constexpr std::array policies{Named{"auto-reverse", 0}, Named{"keep", 1}, Named{"reverse-next", 2}};
constexpr std::array answers{
    Named{"approve", 0},      Named{"decline", 1},        Named{"decline-by-completion", 2},
    Named{"abort", 3},        Named{"part", 4},           Named{"tip", 5},
    Named{"other-amount", 6}, Named{"silent-charged", 7}, Named{"silent-uncharged", 8},
    Named{"busy", 9},         Named{"wait", 10},          Named{"part-unasked", 11}};
constexpr std::array repeats{Named{"full", 0}, Named{"no-status", 1}, Named{"not-possible", 2},
                             Named{"wrong-last", 3}};
constexpr std::array faults{Named{"none", 0},      Named{"cut-before", 1}, Named{"cut-inside", 2},
                            Named{"cut-after", 3}, Named{"die", 4},        Named{"silence", 5}};

// The terminal, its book on disk, and what happens to its messages.
struct Desk {
  zvt::Simulator terminal;
  std::string book;
  Fault fault = Fault::none;
  int at = -1;  // the message that the fault strikes, counted over both sides
  int messages = 0;
  bool fragments = false, twice = false;
  int delay_ms = 0;

  void save() const {
    if (book.empty()) return;
    const std::string next = book + ".next";
    std::ofstream(next, std::ios::trunc) << terminal.book();
    std::rename(next.c_str(), book.c_str());
  }
  // What is left of a message of this size; `is_over`: the link ends with it.
  struct Passed {
    std::size_t bytes;
    bool is_over;
  };
  Passed pass(std::size_t size) {
    if (messages++ != at) return {size, false};
    switch (fault) {
      case Fault::cut_before:
        return {0, true};
      case Fault::cut_inside:
        return {size / 2, true};
      case Fault::cut_after:
        return {size, true};
      case Fault::die:
        std::raise(SIGKILL);
        break;
      case Fault::silence:
        return {0, false};
      case Fault::none:
        break;
    }
    return {size, false};
  }
};

bool send_all(Descriptor& line, ByteView bytes) {
  while (!bytes.empty()) {
    const auto written = line.write(bytes, Milliseconds{2000});
    if (!written) return false;
    bytes = bytes.subspan(*written);
  }
  return true;
}

void pause(int milliseconds) {
  if (milliseconds > 0) ::poll(nullptr, 0, milliseconds);
}

bool say(Desk& desk, Descriptor& line, const zvt::Apdu& apdu, bool is_serial) {
  pause(desk.delay_ms);
  Bytes bytes = zvt::encode(apdu);
  if (is_serial) bytes = zvt::encode_block(bytes);
  const auto passed = desk.pass(bytes.size());
  const ByteView left = ByteView(bytes).first(passed.bytes);
  const std::size_t step = desk.fragments ? 1 : bytes.size();
  for (std::size_t at = 0; at < left.size(); at += step) {
    if (!send_all(line, left.subspan(at, std::min(step, left.size() - at)))) return false;
  }
  if (is_serial && desk.twice && !send_all(line, left)) return false;
  return !passed.is_over;
}

// One message of the till: what it leads to. False: the link is over.
bool hear(Desk& desk, Descriptor& line, const zvt::Apdu& apdu, bool is_serial) {
  const auto passed = desk.pass(apdu.data.size() + 3);
  if (passed.is_over && passed.bytes < apdu.data.size() + 3) return false;
  const auto said = desk.terminal.take(apdu);
  desk.save();
  if (passed.is_over) return false;
  for (const zvt::Apdu& answer : said) {
    if (!say(desk, line, answer, is_serial)) return false;
  }
  return true;
}

void serve_stream(Desk& desk, Descriptor line) {
  zvt::ApduReader reader;
  bool goes_on = true;
  while (goes_on) {
    const auto bytes = line.read(Milliseconds{3'600'000});
    if (!bytes) break;
    reader.feed(*bytes);
    while (goes_on) {
      const auto apdu = reader.next();
      if (!apdu) break;
      goes_on = hear(desk, line, *apdu, false);
    }
  }
  desk.terminal.link_lost();
  desk.save();
}

void serve_blocks(Desk& desk, Descriptor line) {
  zvt::BlockReader reader;
  const Bytes ack{zvt::link_ack}, nak{zvt::link_nak};
  for (;;) {
    const auto bytes = line.read(Milliseconds{3'600'000});
    if (!bytes) break;
    for (const zvt::LinkEvent& event : reader.feed(*bytes)) {
      if (std::holds_alternative<zvt::BadBlock>(event)) send_all(line, nak);
      const auto* block = std::get_if<zvt::GoodBlock>(&event);
      if (!block) continue;
      send_all(line, ack);
      const auto apdu = zvt::parse_apdu(block->message);
      // A line has no end of its own: what is cut is silence, then a new login.
      if (apdu && apdu->command == zvt::command::registration) desk.terminal.link_lost();
      if (apdu && !hear(desk, line, *apdu, true)) desk.terminal.link_lost();
    }
  }
}

class TerminalSim final : public Command {
 public:
  explicit TerminalSim(CLI::App& app) {
    app.add_flag("--zvt", zvt_, "A ZVT terminal");
    app.add_flag("--nexo", nexo_, "An Adyen terminal");
    add_nexo_options(app, nexo_options_);
    app.add_option("--port", port_, "On 127.0.0.1; 0: any that is free, which is printed");
    app.add_option("--serial", serial_, "A serial line instead of a port");
    app.add_option("--policy", policy_, "After a lost answer: auto-reverse, keep, reverse-next");
    app.add_option("--answer", answer_,
                   "approve, decline, decline-by-completion, abort, part, tip, other-amount, "
                   "silent-charged, silent-uncharged, busy, wait, part-unasked");
    app.add_option("--repeat", repeat_, "Of 06 20: full, no-status, not-possible, wrong-last");
    app.add_option("--fault", fault_,
                   "none, cut-before, cut-inside, cut-after, die, silence; see --at");
    app.add_option("--at", at_, "The message that the fault strikes, from 0, of both sides");
    app.add_option("--book", book_, "A file with what it has booked");
    app.add_option("--password", settings_.password, "Six digits");
    app.add_option("--tid", settings_.terminal_id, "Eight digits");
    app.add_option("--delay", delay_, "Milliseconds before each message");
    app.add_flag("--fragments", fragments_, "Each byte on its own");
    app.add_flag("--twice", twice_, "Each block of a serial line twice");
    app.add_flag("--lines", settings_.prints_lines, "Print lines instead of blocks");
    app.add_flag("--sequence", settings_.has_sequence, "Understand message sequence ids");
    app.add_flag("--no-tlv", knows_no_tlv_, "A terminal of old, which has no TLV objects");
  }

  Status run(const Common&) override {
    if (zvt_ == nexo_) return fail("say which: --zvt or --nexo", wrong_usage);
    if (nexo_) return run_nexo_sim(nexo_options_, static_cast<std::uint16_t>(port_));
    const auto policy = look_up(policies, policy_), answer = look_up(answers, answer_),
               repeat = look_up(repeats, repeat_), fault = look_up(faults, fault_);
    if (!policy || !answer || !repeat || !fault) {
      return fail("no such policy, answer, repeat or fault; see tresen terminal-sim --help",
                  wrong_usage);
    }
    settings_.lost_ack = static_cast<zvt::LostAck>(*policy);
    settings_.card = static_cast<zvt::SimulatedCard>(*answer);
    settings_.leak = nexo_options_.leak;
    settings_.speaks_tlv = !knows_no_tlv_;
    settings_.repeat = static_cast<zvt::Repeat>(*repeat);
    Desk desk{zvt::Simulator(settings_),
              book_,
              static_cast<Fault>(*fault),
              at_,
              0,
              fragments_,
              twice_,
              delay_};
    if (!book_.empty()) {
      std::ostringstream text;
      text << std::ifstream(book_).rdbuf();
      desk.terminal.read_book(text.str());
    }
    return serial_.empty() ? listen_on(desk) : listen_at_line(desk);
  }

 private:
  Status listen_on(Desk& desk) const {
    Descriptor server(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(server.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    socklen_t size = sizeof address;
    if (::bind(server.number(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(server.number(), 4) != 0 ||
        ::getsockname(server.number(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      return fail(fmt::format("port {} cannot be used: take another with --port", port_));
    }
    print(fmt::format("listening on 127.0.0.1:{}", ntohs(address.sin_port)));
    std::fflush(stdout);
    for (;;) {
      Descriptor line(::accept4(server.number(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (!line.is_open()) return cannot;
      ::setsockopt(line.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      serve_stream(desk, std::move(line));
    }
  }

  Status listen_at_line(Desk& desk) const {
    auto line = open_serial_line(serial_, 9600, FlowControl::none);
    if (!line) return fail(serial_ + " cannot be opened as a serial line");
    print("listening at " + serial_);
    std::fflush(stdout);
    serve_blocks(desk, std::move(*line));
    return well;
  }

  NexoSimOptions nexo_options_;
  bool nexo_ = false, zvt_ = false, fragments_ = false, twice_ = false, knows_no_tlv_ = false;
  int port_ = 0, at_ = -1, delay_ = 0;
  std::string serial_, book_, policy_ = "auto-reverse", answer_ = "approve", repeat_ = "full",
                              fault_ = "none";
  zvt::SimulatorSettings settings_;
};

}  // namespace

std::unique_ptr<Command> terminal_sim_command(CLI::App& app) {
  return std::make_unique<TerminalSim>(app);
}

}  // namespace pos::cli
