// Invariant 2 with a till that is a process of its own and is really killed, at
// every moment, while the line is cut at every message: the terminal lives in
// this process and notices only that the connection ends. Then the store is
// opened again, and the terminal is asked.
#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/store/journal.h"
#include "drivers/terminal/zvt/terminal.h"
#include "tests/support/card_trial.h"
#include "tests/support/nexo_line.h"
#include "tests/support/zvt_line.h"

namespace killed_till {

using namespace drivers;

bool send_whole(int line, const void* bytes, std::size_t size) {
  const char* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const ssize_t sent = ::send(line, at, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    at += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}
bool receive_whole(int line, void* bytes, std::size_t size) {
  char* at = static_cast<char*>(bytes);
  while (size > 0) {
    const ssize_t got = ::recv(line, at, size, 0);
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

// The till's end of the line.
class LineTransport final : public Transport {
 public:
  explicit LineTransport(int line) : line_(line) {}
  core::Result<core::Done, LinkError> open(Milliseconds) override { return core::Done{}; }
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds) override {
    if (!send_whole(line_, bytes.data(), bytes.size())) return tl::unexpected(LinkError::cut);
    return bytes.size();
  }
  core::Result<Bytes, LinkError> read(Milliseconds patience) override {
    pollfd waits{line_, POLLIN, 0};
    if (::poll(&waits, 1, static_cast<int>(patience.count())) == 0) {
      return tl::unexpected(LinkError::timed_out);
    }
    Bytes bytes(4096);
    const ssize_t got = ::recv(line_, bytes.data(), bytes.size(), 0);
    if (got <= 0) return tl::unexpected(LinkError::cut);
    bytes.resize(static_cast<std::size_t>(got));
    return bytes;
  }
  void close() override { ::shutdown(line_, SHUT_RDWR); }
  bool answers() const override { return true; }

 private:
  int line_;
};

// Runs `till` in a process of its own, with one end of a line whose other end
// `terminal` has; true if that process was killed.
template <class TillTale, class TerminalTale>
bool in_two_processes(TillTale till, TerminalTale terminal) {
  int ends[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    int status = 0;
    try {
      till(ends[1]);
    } catch (...) {
      status = 1;  // a check of the tale failed
    }
    ::_exit(status);
  }
  ::close(ends[1]);
  terminal(ends[0]);
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  const bool is_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  CHECK((is_killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0)));
  return is_killed;
}

core::AttemptId latest_attempt(tests::TillDriver& till) {
  auto query = till.database().query("SELECT id FROM card_attempts ORDER BY row DESC LIMIT 1");
  REQUIRE(query.next());
  return {query.uuid(0)};
}

// --- ZVT ---

// Until the till has hung up, or the line is cut.
void serve(tests::ZvtWire& wire, int line) {
  zvt::ApduReader reader;
  const auto goes_on = [&](const Bytes& message) {
    const auto passed = wire.pass(message.size());
    return send_whole(line, message.data(), passed.bytes) && !passed.is_cut;
  };
  Bytes bytes(4096);
  for (bool is_open = true; is_open;) {
    const ssize_t got = ::recv(line, bytes.data(), bytes.size(), 0);
    if (got <= 0) break;
    reader.feed(ByteView(bytes).first(static_cast<std::size_t>(got)));
    while (is_open) {
      const auto apdu = reader.next();
      if (!apdu) break;
      // Only whole messages of the till can be counted here: a torn one is a lost one.
      const auto passed = wire.pass(1);
      if (passed.is_cut && passed.bytes == 0) {
        is_open = false;
        break;
      }
      const auto answers = wire.terminal.take(*apdu);
      is_open = !passed.is_cut;
      for (const auto& answer : answers) is_open = is_open && goes_on(zvt::encode(answer));
    }
  }
  ::shutdown(line, SHUT_RDWR);
  wire.terminal.link_lost();
}

struct Ran {
  bool was_cut = false, was_killed = false;
};

Ran pay_by_zvt(tests::TillDriver& till, zvt::LostAck policy, tests::WireCut how, int cut_at,
               int dies_at) {
  zvt::SimulatorSettings settings;
  settings.lost_ack = policy;
  tests::ZvtWire wire(settings);
  wire.terminal.read_book("0 1400 1 0 1 0\n0 900 2 0 1 0\n");
  const int charges_before = wire.terminal.charges();
  wire.cut_at = cut_at;
  wire.how = how;
  till.close();
  Ran ran;
  ran.was_killed = in_two_processes(
      [&](int line) {
        till.reopen();
        const auto attempt = tests::start_card(till);
        tests::TrialHooks hooks(till, attempt.id, tests::killed_at(dies_at));
        ZvtTerminal driver(std::make_unique<zvt::TcpLink>(
                               [line] { return std::make_unique<LineTransport>(line); }),
                           {});
        CardIntent intent{attempt.id, CardKind::sale, attempt.amount, {}};
        hooks.record(
            core::CardAnswered{attempt.id, tests::result_of_any(driver.authorize(intent, hooks))});
        till.close();
      },
      [&](int line) { serve(wire, line); });
  ran.was_cut = wire.was_cut;
  wire.cut_at = tests::ZvtWire::never;
  till.reopen();
  const auto attempt = latest_attempt(till);
  tests::ask_again(till, [&](const core::CardAttempt& asked) {
    ZvtTerminal driver(tests::link_to(wire), {});
    return driver.probe(tests::question_about(asked));
  });
  tests::check_books(till, attempt, wire.terminal.charges() - charges_before);
  tests::clear_till(till, attempt);
  return ran;
}

// --- nexo ---

struct Parcel {
  int request = 0, status = 0, trouble = -1;
  std::size_t size = 0;
};

// The till's end: each request and each answer is a parcel on the line.
class ParcelLink final : public HttpsLink {
 public:
  explicit ParcelLink(int line) : line_(line) {}
  int post(std::string body, Milliseconds) override {
    const Parcel parcel{++last_, 0, -1, body.size()};
    send_whole(line_, &parcel, sizeof parcel);
    send_whole(line_, body.data(), body.size());
    return last_;
  }
  std::optional<HttpsEnd> wait(Milliseconds) override {
    Parcel parcel;
    if (!receive_whole(line_, &parcel, sizeof parcel)) {
      return HttpsEnd{last_, true, tl::unexpected(HttpsTrouble::cut), ""};
    }
    std::string body(parcel.size, '\0');
    receive_whole(line_, body.data(), body.size());
    if (parcel.trouble >= 0) {
      const auto trouble = static_cast<HttpsTrouble>(parcel.trouble);
      return HttpsEnd{parcel.request, true, tl::unexpected(trouble), ""};
    }
    return HttpsEnd{parcel.request, true, HttpsAnswer{parcel.status, std::move(body)}, ""};
  }
  void drop_all() override {}
  void wake() override {}

 private:
  int line_, last_ = 0;
};

void serve(tests::NexoWire& wire, int line) {
  Parcel parcel;
  while (receive_whole(line, &parcel, sizeof parcel)) {
    std::string body(parcel.size, '\0');
    if (!receive_whole(line, body.data(), body.size())) break;
    Parcel said{parcel.request, 0, static_cast<int>(HttpsTrouble::cut), 0};
    std::string text;
    if (wire.passes()) {
      said.trouble = static_cast<int>(HttpsTrouble::timed_out);
      for (const auto& answer : wire.terminal.take(parcel.request, body)) {
        said.trouble = static_cast<int>(HttpsTrouble::cut);
        if (answer.is_cut || !wire.passes()) continue;
        said = {answer.connection, static_cast<int>(answer.status), -1, answer.body.size()};
        text = answer.body;
      }
    }
    if (!send_whole(line, &said, sizeof said) || !send_whole(line, text.data(), text.size())) break;
  }
  wire.terminal.closed(parcel.request);
}

Ran pay_by_nexo(tests::TillDriver& till, nexo::SimulatedCard card, int cut_at, int dies_at) {
  tests::NexoWire wire(card);
  wire.cut_at = cut_at;
  till.close();
  Ran ran;
  ran.was_killed = in_two_processes(
      [&](int line) {
        till.reopen();
        const auto attempt = tests::start_card(till);
        tests::TrialHooks hooks(till, attempt.id, tests::killed_at(dies_at));
        NexoTerminal driver(std::make_unique<ParcelLink>(line), tests::nexo_settings(), till.clock);
        CardIntent intent{attempt.id, CardKind::sale, attempt.amount, {}};
        intent.number = attempt.number;
        hooks.record(
            core::CardAnswered{attempt.id, tests::result_of_any(driver.authorize(intent, hooks))});
        till.close();
      },
      [&](int line) { serve(wire, line); });
  ran.was_cut = wire.messages > cut_at;
  if (card == nexo::SimulatedCard::wait) wire.terminal.present(true);
  till.reopen();
  const auto attempt = latest_attempt(till);
  tests::ask_again(till, [&](const core::CardAttempt& asked) {
    const auto driver = tests::nexo_terminal(wire, till.clock);
    return driver->probe(tests::question_about(asked));
  });
  tests::check_books(till, attempt, wire.terminal.charges());
  tests::clear_till(till, attempt);
  return ran;
}

// All moments of death at one cut; adds up, and says whether the line was cut.
struct Sums {
  int trials = 0, cuts = 0, kills = 0;
};
template <class Pay>
bool kill_everywhere(Sums& sums, Pay pay) {
  bool was_cut_at_all = false;
  for (int dies_at = 0;; ++dies_at) {
    CAPTURE(dies_at);
    const Ran ran = pay(dies_at);
    ++sums.trials;
    sums.cuts += ran.was_cut;
    sums.kills += ran.was_killed;
    was_cut_at_all = was_cut_at_all || ran.was_cut;
    if (!ran.was_killed) return was_cut_at_all;
  }
}

}  // namespace killed_till

TEST_CASE("zvt: a till that is killed at any moment loses and doubles nothing") {
  using drivers::zvt::LostAck;
  tests::TillDriver till;
  killed_till::Sums sums;
  for (const auto policy : {LostAck::auto_reverse, LostAck::keep, LostAck::reverse_next}) {
    for (int cut_at = -1;; ++cut_at) {
      CAPTURE(static_cast<int>(policy));
      CAPTURE(cut_at);
      // Lost, or arrived and the line gone: by turns, both cost the same wait.
      const auto how = cut_at % 2 == 0 ? tests::WireCut::before : tests::WireCut::after;
      const bool was_cut = killed_till::kill_everywhere(sums, [&](int dies_at) {
        return killed_till::pay_by_zvt(till, policy, how, cut_at < 0 ? tests::nowhere : cut_at,
                                       dies_at);
      });
      if (cut_at >= 0 && !was_cut) break;
    }
  }
  CHECK(std::holds_alternative<core::JournalSound>(core::verify_journal(till.database())));
  MESSAGE(sums.trials << " combinations of cut, policy and kill ran, " << sums.cuts
                      << " with a cut, " << sums.kills << " with a till that was killed");
  CHECK(sums.kills > 300);
}

TEST_CASE("nexo: a till that is killed at any moment loses and doubles nothing") {
  using drivers::nexo::SimulatedCard;
  tests::TillDriver till;
  killed_till::Sums sums;
  for (int card = 0; card <= static_cast<int>(SimulatedCard::nothing); ++card) {
    for (int cut_at = -1;; ++cut_at) {
      CAPTURE(card);
      CAPTURE(cut_at);
      const bool was_cut = killed_till::kill_everywhere(sums, [&](int dies_at) {
        return killed_till::pay_by_nexo(till, static_cast<SimulatedCard>(card),
                                        cut_at < 0 ? tests::nowhere : cut_at, dies_at);
      });
      if (cut_at >= 0 && !was_cut) break;
    }
  }
  CHECK(std::holds_alternative<core::JournalSound>(core::verify_journal(till.database())));
  MESSAGE(sums.trials << " combinations of cut, answer and kill ran, " << sums.cuts
                      << " with a cut, " << sums.kills << " with a till that was killed");
  CHECK(sums.kills > 100);
}
