// What is made of a device's answers: those to something else, and those of another time.
#include "pos/runtime/signing_work.h"

#include <doctest/doctest.h>

#include "tests/support/epson_line.h"

using namespace pos;
using namespace std::chrono_literals;
using tests::EpsonWire;

namespace {

// A till of two at an Epson TSE, with a register that writes down what it is told.
class SignersBench {
 public:
  explicit SignersBench(const std::string& client = "TILL-1")
      : client_(client), wire_(EpsonWire::set_up_for(client), seconds()) {
    tse_ = tests::epson_tse(wire_, clock);
    work_ = std::make_unique<SigningWork>(
        *tse_, "epson", clock, [this](core::Command command) { return hear(std::move(command)); },
        [](std::chrono::milliseconds) { return false; });
  }

  bool look(bool is_asked = false) { return work_->look(client_, is_asked); }
  // The answer to a start, as the register hears it.
  core::SigningAnswered start() {
    core::SignStep step;
    step.transaction = {ids_.next(clock.now())};
    step.client = client_;
    work_->carry_out(step);
    return said.back().get<core::SigningAnswered>();
  }
  const core::DeviceSignature& started() {
    answered_ = start();
    REQUIRE(std::holds_alternative<core::DeviceSignature>(answered_.answer));
    return std::get<core::DeviceSignature>(answered_.answer);
  }
  // Another till at the same TSE begins a sale.
  std::int64_t another_till_starts() {
    const auto other = tests::epson_tse(wire_, clock);
    REQUIRE(other->prepare("TILL-2", clock.now()));
    drivers::SigningStep step;
    step.client = "TILL-2";
    return other->start(step)->transaction;
  }
  std::size_t open_ones() { return wire_.host.device().open_ones().size(); }
  void order(const std::string& line) { REQUIRE(wire_.order(line) == "ok"); }
  void advance(std::chrono::milliseconds time) {
    clock.advance(time);
    wire_.now = seconds();
  }
  const SigningWork& work() const { return *work_; }
  std::chrono::milliseconds seen_ahead() {
    for (auto command = said.rbegin(); command != said.rend(); ++command) {
      if (const auto* seen = command->as<core::SigningDeviceSeen>()) {
        return seen->device.ahead;
      }
    }
    return {};
  }

  tests::FakeClock clock;
  std::vector<core::Command> said;
  bool doubts_clock = false;

 private:
  std::optional<Reply> hear(core::Command command) {
    const bool is_refused = doubts_clock && command.is<core::SigningSetsTime>();
    said.push_back(std::move(command));
    if (!is_refused) return Reply{};
    return Reply{core::Refusal{core::RefusalKind::rule, "The clock may be wrong.", ""}};
  }
  pos::tse_sim::Seconds seconds() const { return clock.now().time_since_epoch().count() / 1000; }

  std::string client_;
  EpsonWire wire_;
  std::unique_ptr<drivers::EpsonTse> tse_;
  std::unique_ptr<SigningWork> work_;
  core::IdSource ids_{3};
  core::SigningAnswered answered_;
};

}  // namespace

TEST_CASE("signing work: a start that is answered with an older one takes its own") {
  SignersBench desk;
  REQUIRE(desk.look());
  const std::int64_t first = desk.started().number;
  desk.order("echo StartTransaction");
  const core::DeviceSignature second = desk.started();
  CHECK(second.number == first + 1);
  CHECK(desk.open_ones() == 2);
}

TEST_CASE("signing work: a start that is answered with another till's takes its own") {
  SignersBench desk;
  REQUIRE(desk.look());
  desk.started();
  const std::int64_t others = desk.another_till_starts();
  desk.order("echo StartTransaction");
  // The other's counter is higher than all that this till has seen: the signature tells.
  const core::DeviceSignature ours = desk.started();
  CHECK(ours.number == others + 1);
}

TEST_CASE("signing work: a forged start is asked about, and what does not verify is no signature") {
  SignersBench desk;
  REQUIRE(desk.look());
  desk.order("forged StartTransaction");
  CHECK(desk.started().number == 1);
  desk.order("forged StartTransaction");
  desk.order("forged any always");
  const auto answer = desk.start().answer;
  REQUIRE(std::holds_alternative<core::NotSigned>(answer));
  CHECK(std::get<core::NotSigned>(answer).says ==
        "The security device's signature does not verify.");
}

TEST_CASE("signing work: a device whose clock is off is told, and set right at the next look") {
  for (const std::chrono::seconds off :
       {std::chrono::seconds{1h}, std::chrono::seconds{-1h}, std::chrono::seconds{24h * 3650},
        std::chrono::seconds{-24h * 3650}}) {
    CAPTURE(off.count());
    SignersBench desk;
    REQUIRE(desk.look());
    CHECK(desk.work().is_prepared());
    desk.order("time " + std::to_string(off.count()));
    const core::SigningAnswered answered = desk.start();
    // Signed is signed: the device's time is the one that counts.
    CHECK(std::holds_alternative<core::DeviceSignature>(answered.answer));
    REQUIRE(answered.ahead);
    CHECK(std::chrono::abs(*answered.ahead - off) <= 1s);
    CHECK_FALSE(desk.work().is_prepared());
    REQUIRE(desk.look());
    CHECK(desk.work().is_prepared());
    CHECK(desk.seen_ahead() == 0s);
    CHECK(std::chrono::abs(*desk.start().ahead) <= 1s);
  }
}

TEST_CASE("signing work: a till whose clock may be wrong does not set a device by it") {
  SignersBench desk;
  REQUIRE(desk.look());
  desk.doubts_clock = true;
  desk.order("time 3600");
  desk.start();
  // It can sign by the time that it has, and goes on.
  REQUIRE(desk.look());
  CHECK(desk.seen_ahead() >= 59min);
  desk.order("restart");
  // Without a time it cannot: the reason is said.
  CHECK_FALSE(desk.look());
  CHECK(desk.work().trouble() == "The clock may be wrong.");
  desk.doubts_clock = false;
  CHECK(desk.look());
}

TEST_CASE("signing work: a till ten years ahead does not take a certificate to be over") {
  SignersBench desk;
  REQUIRE(desk.look());
  desk.doubts_clock = true;
  desk.clock.advance(24h * 3650);
  CHECK_FALSE(desk.look());
  CHECK(desk.work().trouble() == "The clock may be wrong.");
}
