// Random sales at a simulated Epson TSE, in a shop where the plug is pulled again and again, the
// device is taken away, and answers are lost: no receipt is unsigned without an outage, none is
// signed twice, and no number is missing. TRESEN_SIGNING_LIVES makes it longer (a life: up to
// 40 things that happen).
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <deque>
#include <random>
#include <set>
#include <sstream>

#include "core/register.h"
#include "core/store/journal.h"
#include "core/store/signing_store.h"
#include "core/store/verify_signatures.h"
#include "drivers/signing/archive_check.h"
#include "drivers/signing/proof.h"
#include "pos/runtime/signing_work.h"
#include "tests/support/epson_line.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/new_store.h"
#include "tests/support/temp_folder.h"

namespace signing_crash_tests {

using namespace std::chrono_literals;

namespace {

constexpr int events_of_a_life = 40;
// How a life ends that is not the plug's fault.
enum Wrong : int { no_store = 90, printed_unsigned = 91 };

// A till with its TSE, from its start to its end.
class Life {
 public:
  Life(const std::filesystem::path& folder, core::Instant begin, unsigned seed) : dice_(seed) {
    clock.set(begin);
    auto opened = core::Register::open({folder, core::Durability::full, {}}, clock);
    if (!opened) _exit(no_store);
    till_ = std::move(*opened);
    const std::string client = till_->snapshot().signing.client;
    wire_ = std::make_unique<tests::EpsonWire>(tests::EpsonWire::set_up_for(client), seconds(),
                                               folder / "device");
    tse_ = tests::epson_tse(*wire_, clock);
    work_ = std::make_unique<pos::SigningWork>(
        *tse_, "epson", clock, [this](const core::Command& command) { return hear(command); },
        [](std::chrono::milliseconds) { return false; });
  }

  void begin() {
    take(till_->resume());
    work_->look(client(), false);
  }
  void go_on() {
    begin();
    for (int i = 0; i < events_of_a_life; ++i) {
      clock.advance(std::chrono::milliseconds{roll(60'000)});
      wire_->now = seconds();
      happens(roll(100));
      work(roll(3));
      if (roll(3) == 0) print();
    }
  }
  // All is well again, and what was left is done.
  void end() {
    wire_->order("off");
    wire_->is_plugged = true;
    begin();
    for (int i = 0; i < 3; ++i) {
      work(10'000);
      work_->look(client(), true);
    }
    if (!till_->snapshot().order.lines.empty()) say(core::VoidOrder{"left"});
    while (!till_->snapshot().parked.empty()) {
      say(core::RecallOrder{till_->snapshot().parked.front().id});
      say(core::VoidOrder{"left"});
    }
    work(10'000);
    print();
  }
  void say(const core::Command& command) { hear(command); }
  core::Database& database() { return till_->database(); }
  core::Snapshot now() { return till_->snapshot(); }
  std::string archive() {
    std::string tar;
    const auto done = tse_->archive({}, [&](std::string_view bytes) {
      tar += bytes;
      return true;
    });
    return done ? tar : "";
  }

  tests::FakeClock clock;

 private:
  int roll(int sides) { return std::uniform_int_distribution<int>(0, sides - 1)(dice_); }
  pos::tse_sim::Seconds seconds() const { return clock.now().time_since_epoch().count() / 1000; }
  std::string client() { return till_->snapshot().signing.client; }

  std::optional<pos::Reply> hear(const core::Command& command) {
    auto handled = till_->handle(command);
    if (!handled) return pos::Reply{handled.error()};
    take(std::move(*handled));
    return pos::Reply{};
  }
  void take(core::Effects effects) {
    for (core::Effect& effect : effects) {
      if (auto* step = std::get_if<core::SignStep>(&effect)) steps_.push_back(std::move(*step));
      if (auto* slip = std::get_if<core::PrintSlip>(&effect)) slips_.push_back(std::move(*slip));
    }
  }
  void work(int most) {
    for (int i = 0; i < most && !steps_.empty(); ++i) {
      const core::SignStep step = std::move(steps_.front());
      steps_.pop_front();
      work_->carry_out(step);
    }
  }
  void print() {
    while (!slips_.empty()) {
      const core::PrintSlip slip = std::move(slips_.front());
      slips_.pop_front();
      if (!till_->handle(core::PrintBegins{slip.job, slip.printer})) continue;
      const bool is_told = slip.receipt.signing &&
                           slip.receipt.signing->state != core::ReceiptSigning::State::waiting;
      if (!is_told) _exit(printed_unsigned);
      say(core::PrintAnswered{slip.job, core::PrintFate::printed, ""});
    }
  }
  void happens(int what) {
    static constexpr const char* faults[] = {"forget",
                                             "silent",
                                             "deaf 2",
                                             "lose",
                                             "break",
                                             "echo",
                                             "busy 2",
                                             "forged",
                                             "restart",
                                             "device-busy",
                                             "error TSE1_ERROR_TIMEOUT"};
    const core::Snapshot now = till_->snapshot();
    const bool has_goods = !now.order.lines.empty();
    if (what < 35) {
      say(core::AddOpenItem{
          "Ware", {100 + roll(5'000), core::eur}, roll(2) ? "standard" : "reduced"});
    } else if (what < 65) {
      if (has_goods) say(core::TakeCash{now.due});
    } else if (what < 68) {
      if (has_goods) say(core::VoidOrder{"left"});
    } else if (what < 71) {
      if (has_goods) say(core::ParkOrder{});
    } else if (what < 74) {
      if (!has_goods && !now.parked.empty()) say(core::RecallOrder{now.parked.front().id});
    } else if (what < 76) {
      say(core::MoveCash{core::CashMoveKind::paid_in, {500, core::eur}, "change"});
    } else if (what < 88) {
      wire_->order(faults[roll(static_cast<int>(std::size(faults)))]);
    } else if (what < 91) {
      wire_->is_plugged = !wire_->is_plugged;
    } else {
      work_->look(client(), roll(4) == 0);
    }
  }

  std::mt19937 dice_;
  std::unique_ptr<core::Register> till_;
  std::unique_ptr<tests::EpsonWire> wire_;
  std::unique_ptr<drivers::EpsonTse> tse_;
  std::unique_ptr<pos::SigningWork> work_;
  std::deque<core::SignStep> steps_;
  std::deque<core::PrintSlip> slips_;
};

// True: the plug was pulled.
bool live_and_die(const std::filesystem::path& folder, core::Instant begin, unsigned seed,
                  int pull_at) {
  const pid_t child = ::fork();
  if (child == 0) {
    tests::FaultyVfs vfs;
    Life life(folder, begin, seed);
    vfs.fail_at(pull_at, tests::Fault::plug_pulled);
    life.go_on();
    _exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) != no_store);
  CHECK(WEXITSTATUS(status) != printed_unsigned);
  return WEXITSTATUS(status) != 0;
}

std::string why_not_proven(const core::ReceiptSigning& signing) {
  const auto proof = drivers::prove(
      {signing.client, signing.process_type, signing.process_data, signing.finish->number,
       signing.finish->counter, signing.finish->time, signing.device.algorithm,
       signing.device.time_format, signing.finish->value, signing.device.public_key});
  return proof ? "" : std::string(drivers::in_words(proof.error()));
}

void check_receipts(core::Database& database) {
  const auto found = core::verify_signatures(database, why_not_proven);
  const auto* broken = std::get_if<core::SignaturesBroken>(&found);
  CHECK_MESSAGE(!broken, (broken ? broken->receipt + " " + broken->what : ""));
  const auto journal = core::verify_journal(database);
  CHECK_FALSE(std::holds_alternative<core::JournalBroken>(journal));
  auto receipts = database.query("SELECT row FROM receipts ORDER BY row");
  std::int64_t expected = 1, last_counter = 0;
  std::set<std::int64_t> numbers;
  while (receipts.next()) {
    CAPTURE(expected);
    CHECK(receipts.integer(0) == expected++);
    const auto signing = core::receipt_signing(database, receipts.integer(0));
    REQUIRE(signing);
    CHECK(signing->state != core::ReceiptSigning::State::waiting);
    if (signing->state != core::ReceiptSigning::State::is_signed) continue;
    REQUIRE(signing->start);
    CHECK(numbers.insert(signing->finish->number).second);
    CHECK(signing->start->number == signing->finish->number);
    CHECK(signing->start->counter < signing->finish->counter);
    last_counter = std::max(last_counter, signing->finish->counter);
  }
  CHECK(expected > 20);
  CHECK(std::ssize(numbers) > 10);
  CHECK(last_counter > 0);
}

// The device's own book: each number is begun once and ended once, and nothing is missing.
void check_device(const std::string& tar) {
  std::istringstream stream(tar);
  const drivers::ArchiveReport report = drivers::check_archive(stream);
  CHECK_MESSAGE(report.fault_count == 0, (report.faults.empty() ? "" : report.faults[0].says));
  CHECK(report.is_whole());
  REQUIRE(report.devices.size() == 1);
  CHECK(report.devices.begin()->second.open.empty());
  CHECK(report.devices.begin()->second.doubled_counters == 0);
}

int lives() {
  const char* wanted = std::getenv("TRESEN_SIGNING_LIVES");
  return wanted ? std::max(1, std::atoi(wanted)) : 12;
}

}  // namespace

TEST_CASE(
    "signing crash: whatever is pulled and lost, each receipt is signed once or in an outage") {
  tests::TempFolder folder;
  tests::put_new_store(folder.path());
  std::mt19937 dice(20);
  core::Instant begin = tests::FakeClock().now();
  {
    Life first(folder.path(), begin, 1);
    for (const auto& [key, value] :
         {std::pair{"fiscal.device", "epson"}, std::pair{"shop.country", "DE"},
          std::pair{"upstream.kind", "none"}}) {
      first.say(core::ChangeSetting{key, value});
    }
    first.begin();
    REQUIRE(first.now().signing.device);
  }
  int pulled = 0;
  for (int life = 0; life < lives(); ++life) {
    CAPTURE(life);
    begin += 2h;
    const int pull_at = 20 + static_cast<int>(dice() % 600);
    pulled += live_and_die(folder.path(), begin, static_cast<unsigned>(dice()), pull_at) ? 1 : 0;
  }
  CHECK(pulled > 0);
  Life last(folder.path(), begin + 2h, 3);
  last.end();
  CHECK_FALSE(last.now().signing.outage);
  for (const core::SigningTransaction& one : core::open_signings(last.database())) {
    CHECK_FALSE(core::next_step(one));
  }
  check_receipts(last.database());
  check_device(last.archive());
}

}  // namespace signing_crash_tests
