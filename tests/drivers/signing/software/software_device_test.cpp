#include "drivers/signing/software/software_device.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "core/base/base64.h"
#include "drivers/signing/archive_check.h"
#include "drivers/signing/proof.h"
#include "tests/support/fake_clock.h"
#include "tests/support/program.h"

using namespace drivers;

namespace {

const core::Instant opening{std::chrono::seconds{1'795'946'400}};
const std::string till = "KASSE-0001";

// A folder, a clock and the device in it, set up.
struct TestDevice {
  tests::TempFolder folder;
  tests::FakeClock clock;
  std::optional<SoftwareDevice> device;

  explicit TestDevice(Curve curve = Curve::p256) {
    clock.set(opening);
    switch_on(curve);
    REQUIRE(device->set_up({.client = till}, opening));
  }
  void switch_on(Curve curve = Curve::p256) {
    device.reset();
    device.emplace(folder / "tse", clock, curve);
  }
  std::filesystem::path book() const { return folder / "tse" / "logs.tar"; }
};

SigningStep start_of(const std::string& id) {
  return {.verb = SigningVerb::start, .id = id, .client = till};
}
SigningStep finish_of(const std::string& id, std::int64_t transaction) {
  return {SigningVerb::finish,
          id,
          till,
          transaction,
          "Kassenbeleg-V1",
          "Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar"};
}

std::string archived(SigningDevice& device, const ArchiveSpan& span = {}) {
  std::string bytes;
  REQUIRE(device.archive(span, [&](std::string_view piece) {
    bytes += piece;
    return true;
  }));
  return bytes;
}

ArchiveReport checked(const std::string& bytes) {
  std::istringstream stream(bytes);
  return check_archive(stream);
}

}  // namespace

TEST_CASE("software device: before it is set up it signs nothing and says so") {
  const tests::TempFolder folder;
  const tests::FakeClock clock;
  SoftwareDevice device(folder / "tse", clock);
  CHECK(device.status()->state == SigningState::not_set_up);
  CHECK(device.status()->is_test);
  CHECK(device.start(start_of("a")).error().fault == SigningFault::needs_person);
  CHECK_FALSE(std::filesystem::exists(folder / "tse"));
  REQUIRE(device.set_up({.client = till}, opening));
  CHECK(device.status()->state == SigningState::ready);
  const std::string serial = device.status()->serial;
  REQUIRE(device.set_up({.client = till}, opening));
  CHECK(device.status()->serial == serial);
  CHECK(device.status()->clients == std::vector<std::string>{till});
}

TEST_CASE("software device: what it signs a receipt can prove, on each curve") {
  for (const Curve curve : {Curve::p256, Curve::brainpool_p256, Curve::brainpool_p384}) {
    TestDevice test(curve);
    const auto begun = test.device->start(start_of("a"));
    REQUIRE(begun);
    test.clock.advance(std::chrono::milliseconds{62'345});
    const SigningStep step = finish_of("a", begun->transaction);
    const auto ended = test.device->finish(step);
    REQUIRE(ended);
    CHECK(ended->counter == begun->counter + 1);
    const SigningStatus status = *test.device->status();
    const auto proved =
        prove({till, step.process_type, step.process_data, ended->transaction, ended->counter,
               ended->time, status.algorithm, status.time_format, ended->value, status.public_key});
    CHECK(proved == status.serial);
    CHECK(ended->serial == status.serial);
    CHECK(ended->time == opening + std::chrono::seconds{62});

    // A start names the transaction as the till does, and nothing else of it.
    FinishedTransaction start{till,
                              "",
                              "",
                              begun->transaction,
                              begun->counter,
                              begun->time,
                              status.algorithm,
                              status.time_format,
                              begun->value,
                              status.public_key,
                              "a"};
    CHECK(prove_start(start) == status.serial);
    start.id = "b";
    CHECK_FALSE(prove_start(start));
  }
}

TEST_CASE("software device: its export verifies as those of others do, and is whole") {
  TestDevice test;
  for (int i = 0; i < 5; ++i) {
    const auto begun = test.device->start(start_of(std::to_string(i)));
    if (i != 3) REQUIRE(test.device->finish(finish_of("", begun->transaction)));
  }
  const ArchiveReport report = checked(archived(*test.device));
  CHECK(report.holds());
  CHECK(report.is_whole());
  REQUIRE(report.devices.size() == 1);
  CHECK(report.devices.begin()->first == test.device->status()->serial);
  CHECK(report.devices.begin()->second.transaction == 9);
  CHECK(report.devices.begin()->second.system == 1);
  CHECK(report.devices.begin()->second.open == std::vector<std::int64_t>{4});
  const ArchiveReport part =
      checked(archived(*test.device, {.first_transaction = 2, .last_transaction = 3}));
  CHECK(part.holds());
  CHECK(part.devices.begin()->second.transaction == 4);
  CHECK(part.devices.begin()->second.system == 0);
}

TEST_CASE("software device: its certificate says TEST in so many letters") {
  TestDevice test;
  const auto pem = test.device->certificates();
  const auto said = tests::run_command({"openssl", "x509", "-noout", "-subject"}, {.input = *pem});
  CHECK(said.out.find("Tresen TEST") != std::string::npos);
}

TEST_CASE("software device: switched off and on it goes on where it was") {
  TestDevice test;
  const auto begun = test.device->start(start_of("a"));
  const auto other = test.device->start(start_of("b"));
  REQUIRE(test.device->finish(finish_of("a", begun->transaction)));
  test.switch_on();
  CHECK(test.device->open(till) == std::vector<OpenTransaction>{{other->transaction, "b"}});
  CHECK(test.device->open("KASSE-0002")->empty());
  const auto next = test.device->start(start_of("c"));
  CHECK(next->counter == 5);
  CHECK(next->transaction == 3);
}

TEST_CASE("software device: what became of a step it says afterwards, as often as asked") {
  TestDevice test;
  CHECK(std::holds_alternative<NotSigned>(*test.device->recover(start_of("a"))));
  const auto begun = test.device->start(start_of("a"));
  const auto other = test.device->start(start_of("b"));
  CHECK(std::get<Signature>(*test.device->recover(start_of("a"))) == *begun);
  CHECK(std::get<Signature>(*test.device->recover(start_of("b"))) == *other);
  const SigningStep step = finish_of("a", begun->transaction);
  CHECK(std::holds_alternative<NotSigned>(*test.device->recover(step)));
  const auto ended = test.device->finish(step);
  test.switch_on();
  for (int i = 0; i < 3; ++i) CHECK(std::get<Signature>(*test.device->recover(step)) == *ended);
  CHECK(test.device->status()->signatures_made == 4);
}

TEST_CASE("software device: it refuses what it cannot sign") {
  TestDevice test;
  SigningStep step = start_of("a");
  step.client = "KASSE-0002";
  CHECK(test.device->start(step).error().fault == SigningFault::needs_person);
  CHECK(test.device->finish(finish_of("a", 1)).error().fault == SigningFault::refused);
  const auto begun = test.device->start(start_of("a"));
  step = finish_of("a", begun->transaction);
  step.client = "KASSE-0002";
  CHECK(test.device->finish(step).error().fault == SigningFault::refused);
  step = finish_of("a", begun->transaction);
  step.process_data = std::string(65 * 1024, 'x');
  CHECK(test.device->finish(step).error().fault == SigningFault::refused);
  REQUIRE(test.device->finish(finish_of("a", begun->transaction)));
  CHECK(test.device->finish(finish_of("a", begun->transaction)).error().fault ==
        SigningFault::refused);
  for (const char* client : {"", "Kasse Süd", "a;b", "a_b", "0123456789012345678901234567890"}) {
    CHECK(test.device->prepare(client, opening).error().fault == SigningFault::refused);
  }
}

TEST_CASE(
    "software device: a clock that goes back is not followed, and an old certificate ends it") {
  TestDevice test;
  const auto first = test.device->start(start_of("a"));
  test.clock.advance(std::chrono::hours{-48});
  const auto second = test.device->start(start_of("b"));
  CHECK(second->time == first->time);
  test.clock.advance(std::chrono::hours{24 * 365 * 9});
  CHECK(test.device->status()->state == SigningState::worn_out);
  CHECK(test.device->start(start_of("c")).error().fault == SigningFault::worn_out);
}

TEST_CASE("software device: only one program has it at a time") {
  TestDevice test;
  SoftwareDevice other(test.folder / "tse", test.clock);
  CHECK(other.start(start_of("a")).error().fault == SigningFault::busy);
  test.device.reset();
  CHECK(other.start(start_of("a")));
}

TEST_CASE("software device: what was exported can be removed, and the counters go on") {
  TestDevice test;
  CHECK(test.device->discard_archived().error().fault == SigningFault::refused);
  std::int64_t parked = 0;
  for (int i = 0; i < 10; ++i) {
    const auto begun = test.device->start(start_of(std::to_string(i)));
    if (i == 4) parked = begun->transaction;
    if (i != 4) REQUIRE(test.device->finish(finish_of("", begun->transaction)));
  }
  const ArchiveReport before = checked(archived(*test.device));
  const auto late = test.device->start(start_of("late"));
  REQUIRE(test.device->discard_archived());
  for (int round = 0; round < 2; ++round) {
    const ArchiveReport after = checked(archived(*test.device));
    CHECK(after.holds());
    CHECK(after.is_whole());
    // Between the two exports nothing is missing.
    CHECK(after.devices.begin()->second.counters.span()->first ==
          before.devices.begin()->second.counters.span()->last + 1);
    CHECK(after.logs == 2);  // the late one, and that the others were removed
    test.switch_on();
  }
  CHECK(test.device->open(till) ==
        std::vector<OpenTransaction>{{parked, "4"}, {late->transaction, "late"}});
  REQUIRE(test.device->finish(finish_of("4", parked)));
  CHECK(test.device->start(start_of("next"))->transaction == late->transaction + 1);
}

TEST_CASE("software device: an export that cannot be written, or is stopped, removes nothing") {
  TestDevice test;
  REQUIRE(test.device->start(start_of("a")));
  int pieces = 0;
  const auto full = test.device->archive({}, [&](std::string_view) { return ++pieces < 3; });
  CHECK(full.error().fault == SigningFault::refused);
  const auto stopped = test.device->archive({}, [&](std::string_view) {
    test.device->request_stop();
    return true;
  });
  CHECK(stopped.error().fault == SigningFault::busy);
  CHECK(test.device->discard_archived().error().fault == SigningFault::refused);
}

TEST_CASE("software device: half a log at the end is cut off, whatever is left of it") {
  TestDevice test;
  const auto first = test.device->start(start_of("a"));
  const std::string whole = tests::read_file(test.book());
  const auto second = test.device->start(start_of("b"));
  const std::string longer = tests::read_file(test.book());
  test.device.reset();
  for (std::size_t size = whole.size(); size < longer.size(); size += 61) {
    tests::write_file(test.book(), longer.substr(0, size));
    test.switch_on();
    CHECK(test.device->open(till)->size() == 1);
    CHECK(test.device->start(start_of("c"))->counter == second->counter);
    test.device.reset();
  }
  // A disk may also leave zeros where bytes were to come.
  tests::write_file(test.book(), whole + std::string(1024, '\0'));
  test.switch_on();
  CHECK(test.device->start(start_of("c"))->counter == first->counter + 1);
}

TEST_CASE("software device: a damaged book is refused, and left as it is") {
  TestDevice test;
  for (int i = 0; i < 20; ++i) REQUIRE(test.device->start(start_of(std::to_string(i))));
  test.device.reset();
  const std::string good = tests::read_file(test.book());
  // At the beginning, and near the end: to cut off what follows would let the counter go back.
  for (const std::size_t at : {std::size_t{3}, good.size() - 3 * 1024 + 5}) {
    std::string bytes = good;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    tests::write_file(test.book(), bytes);
    test.switch_on();
    CHECK(test.device->start(start_of("x")).error().fault == SigningFault::worn_out);
    CHECK(tests::read_file(test.book()) == bytes);
    test.device.reset();
  }
  tests::write_file(test.book(), good + std::string(200'000, 'x'));
  test.switch_on();
  CHECK(test.device->start(start_of("x")).error().fault == SigningFault::worn_out);
}

TEST_CASE("software device: killed at any moment, a counter that was told is never told again") {
  TestDevice test;
  test.device.reset();
  std::int64_t told = 0;
  for (int round = 0; round < 15; ++round) {
    int channel[2];
    REQUIRE(pipe(channel) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      SoftwareDevice device(test.folder / "tse", test.clock);
      for (;;) {
        const auto begun = device.start(start_of("x"));
        if (!begun) _exit(3);
        if (write(channel[1], &begun->counter, sizeof begun->counter) < 0) _exit(3);
        if (!device.finish(finish_of("x", begun->transaction))) _exit(3);
      }
    }
    close(channel[1]);
    // It is killed after so many answers, wherever it is by then.
    for (int i = 0; i <= round; ++i) {
      std::int64_t counter = 0;
      REQUIRE(read(channel[0], &counter, sizeof counter) == sizeof counter);
      CHECK(counter > told);
      told = counter;
    }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    std::int64_t counter = 0;
    while (read(channel[0], &counter, sizeof counter) == sizeof counter) told = counter;
    close(channel[0]);
  }
  test.switch_on();
  CHECK(test.device->start(start_of("last"))->counter > told);
  const ArchiveReport report = checked(archived(*test.device));
  CHECK(report.holds());
  CHECK(report.is_whole());
}

TEST_CASE("software device: a full disk is an outage, and goes on once there is room") {
  TestDevice test;
  REQUIRE(test.device->start(start_of("a")));
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto at_end = signal(SIGXFSZ, SIG_IGN);
  rlimit full = before;
  full.rlim_cur = std::filesystem::file_size(test.book()) + 600;
  REQUIRE(setrlimit(RLIMIT_FSIZE, &full) == 0);
  const auto lost = test.device->start(start_of("b"));
  const auto unsure = test.device->recover(start_of("b"));
  const auto again = test.device->start(start_of("b"));
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  signal(SIGXFSZ, at_end);
  CHECK(lost.error().fault == SigningFault::lost);
  CHECK(std::holds_alternative<NotSigned>(*unsure));
  CHECK(again.error().fault == SigningFault::lost);
  CHECK(test.device->start(start_of("b"))->counter == 3);
  CHECK(checked(archived(*test.device)).is_whole());
}
