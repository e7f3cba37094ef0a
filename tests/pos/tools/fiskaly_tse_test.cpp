// The fiskaly driver against the simulated service, which was written without it.
#include "drivers/signing/fiskaly/fiskaly_tse.h"

#include <doctest/doctest.h>

#include "tests/support/fiskaly_line.h"

namespace fiskaly_tse_tests {

using namespace drivers;
using tests::FiskalyWire;

namespace {

struct Cloud {
  tests::FakeClock clock;
  FiskalyWire wire;
  std::unique_ptr<FiskalyTse> tse;
  core::IdSource ids{7};

  Cloud()
      : wire(clock.now().time_since_epoch().count() / 1000), tse(tests::fiskaly_tse(wire, clock)) {}
  void set_up() { REQUIRE(tse->set_up({"", "1234567", "", "TILL-1"}, clock.now())); }
  SigningStep start_step() {
    SigningStep step;
    step.id = core::to_text(ids.next(clock.now()));
    step.client = "TILL-1";
    return step;
  }
  static SigningStep finish_step(const SigningStep& start, const Signature& begun) {
    SigningStep step = start;
    step.verb = SigningVerb::finish;
    step.transaction = begun.transaction;
    step.process_type = "Kassenbeleg-V1";
    step.process_data = "Beleg^0.00_2.55_0.00_0.00_0.00^2.55:Bar";
    step.last_counter = begun.counter;
    return step;
  }
};

}  // namespace

TEST_CASE("fiskaly: a TSE is made, a till registered, a sale signed twice") {
  Cloud cloud;
  CHECK(cloud.tse->status()->state == SigningState::not_set_up);
  cloud.set_up();
  const auto status = cloud.tse->status();
  REQUIRE(status);
  CHECK(status->state == SigningState::ready);
  CHECK(status->is_test);
  CHECK(status->clients == std::vector<std::string>{"TILL-1"});
  CHECK(status->certificate_end > cloud.clock.now());
  CHECK(cloud.tse->prepare("TILL-1", cloud.clock.now()));
  const SigningStep step = cloud.start_step();
  const auto begun = cloud.tse->start(step);
  REQUIRE(begun);
  CHECK(begun->serial == status->serial);
  CHECK(cloud.tse->open("TILL-1")->size() == 1);
  const auto ended = cloud.tse->finish(Cloud::finish_step(step, *begun));
  REQUIRE(ended);
  CHECK(ended->transaction == begun->transaction);
  CHECK(ended->counter == begun->counter + 1);
  CHECK(cloud.tse->open("TILL-1")->empty());
}

TEST_CASE("fiskaly: a lost answer is found by its id, and nothing is signed twice") {
  for (const char* fault : {"lose", "silent", "break", "bad-json", "html", "garbage"}) {
    CAPTURE(fault);
    Cloud cloud;
    cloud.set_up();
    const SigningStep step = cloud.start_step();
    cloud.wire.order(fault);
    CHECK(cloud.tse->start(step).error().fault == SigningFault::lost);
    const auto found = cloud.tse->recover(step);
    REQUIRE(found);
    const auto* begun = std::get_if<Signature>(&*found);
    REQUIRE(begun);
    const SigningStep finish = Cloud::finish_step(step, *begun);
    cloud.wire.order(fault);
    CHECK(cloud.tse->finish(finish).error().fault == SigningFault::lost);
    const auto recovered = cloud.tse->recover(finish);
    const auto* ended = recovered ? std::get_if<Signature>(&*recovered) : nullptr;
    REQUIRE(ended);
    CHECK(ended->counter == begun->counter + 1);
    CHECK(cloud.wire.host.open_ones() == 0);
  }
}

TEST_CASE("fiskaly: what never arrived is said to be not signed") {
  Cloud cloud;
  cloud.set_up();
  const SigningStep step = cloud.start_step();
  cloud.wire.order("deaf");
  CHECK(cloud.tse->start(step).error().fault == SigningFault::lost);
  CHECK(std::holds_alternative<NotSigned>(*cloud.tse->recover(step)));
  const auto begun = cloud.tse->start(step);
  REQUIRE(begun);
  const SigningStep finish = Cloud::finish_step(step, *begun);
  cloud.wire.order("deaf");
  CHECK(cloud.tse->finish(finish).error().fault == SigningFault::lost);
  CHECK(std::holds_alternative<NotSigned>(*cloud.tse->recover(finish)));
  CHECK(cloud.tse->finish(finish));
}

TEST_CASE("fiskaly: a revision that is taken is looked up instead of signed again") {
  Cloud cloud;
  cloud.set_up();
  const SigningStep step = cloud.start_step();
  const auto begun = cloud.tse->start(step);
  REQUIRE(begun);
  CHECK(cloud.tse->start(step) == begun);
  const SigningStep finish = Cloud::finish_step(step, *begun);
  const auto ended = cloud.tse->finish(finish);
  REQUIRE(ended);
  CHECK(cloud.tse->finish(finish) == ended);
  SigningStep another = finish;
  another.process_data = "Beleg^0.00_9.99_0.00_0.00_0.00^9.99:Bar";
  CHECK(cloud.tse->finish(another).error().fault == SigningFault::refused);
}

TEST_CASE("fiskaly: an answer about another sale is a lost one") {
  Cloud cloud;
  cloud.set_up();
  const SigningStep step = cloud.start_step();
  const auto begun = cloud.tse->start(step);
  REQUIRE(begun);
  cloud.wire.order("another");
  const SigningStep finish = Cloud::finish_step(step, *begun);
  CHECK(cloud.tse->finish(finish).error().fault == SigningFault::lost);
  CHECK(std::get<Signature>(*cloud.tse->recover(finish)).transaction == begun->transaction);
}

TEST_CASE("fiskaly: a disturbance is asked again twice, then it is an outage for a while") {
  Cloud cloud;
  cloud.set_up();
  cloud.wire.order("error 503 E_TSS_LOCKED 2");
  const SigningStep step = cloud.start_step();
  CHECK(cloud.tse->start(step));
  cloud.wire.order("error 503 E_TSS_LOCKED always");
  const int before = cloud.wire.requests;
  CHECK(cloud.tse->start(cloud.start_step()).error().fault == SigningFault::busy);
  CHECK(cloud.wire.requests == before + 3);
  cloud.wire.order("off");
  cloud.wire.order("too-many");
  CHECK(cloud.tse->start(cloud.start_step()).error().fault == SigningFault::busy);
}

TEST_CASE("fiskaly: a token that is over is got anew, once") {
  Cloud cloud;
  cloud.set_up();
  cloud.wire.order("tokens");
  CHECK(cloud.tse->start(cloud.start_step()));
  cloud.wire.order("error 401 E_UNAUTHORIZED always");
  const int before = cloud.wire.requests;
  CHECK(cloud.tse->start(cloud.start_step()).error().fault == SigningFault::needs_person);
  CHECK(cloud.wire.requests == before + 3);
}

TEST_CASE("fiskaly: no network is an outage, and nothing was signed") {
  Cloud cloud;
  cloud.set_up();
  cloud.wire.is_plugged = false;
  CHECK(cloud.tse->start(cloud.start_step()).error().fault == SigningFault::unreachable);
  CHECK(cloud.tse->status().error().fault == SigningFault::unreachable);
}

TEST_CASE("fiskaly: a set-up whose answers are lost goes on where it stands") {
  for (const char* where : {"tss", "admin", "client"}) {
    CAPTURE(where);
    Cloud cloud;
    std::string puk;
    FiskalySettings settings = tests::fiskaly_settings();
    settings.keep_puk = [&](const std::string& shown) {
      puk = shown;
      return true;
    };
    const auto tse = tests::fiskaly_tse(cloud.wire, cloud.clock, settings);
    cloud.wire.order(std::string("silent ") + where + " 2");
    const SigningSetup setup{"", "1234567", "", "TILL-1"};
    bool is_done = false;
    for (int tries = 0; tries < 4 && !is_done; ++tries) {
      SigningSetup again = setup;
      again.puk = puk;
      is_done = tse->set_up(again, cloud.clock.now()).has_value();
    }
    CHECK(is_done);
    CHECK(tse->start(cloud.start_step()));
  }
}

TEST_CASE("fiskaly: a PUK that could not be kept ends a set-up, and is never shown again") {
  Cloud cloud;
  FiskalySettings settings = tests::fiskaly_settings();
  settings.keep_puk = [](const std::string&) { return false; };
  const SigningSetup setup{"", "1234567", "", "TILL-1"};
  const auto forgetful = tests::fiskaly_tse(cloud.wire, cloud.clock, settings);
  CHECK(forgetful->set_up(setup, cloud.clock.now()).error().fault == SigningFault::busy);
  CHECK(cloud.tse->set_up(setup, cloud.clock.now()).error().fault == SigningFault::needs_person);
}

TEST_CASE("fiskaly: a wrong PIN is sent once and never again") {
  Cloud cloud;
  cloud.set_up();
  FiskalySettings settings = tests::fiskaly_settings();
  settings.admin_pin = "7654321";
  settings.client_id = "0193a1b2-0000-7000-8000-00000000000c";
  const auto tse = tests::fiskaly_tse(cloud.wire, cloud.clock, settings);
  for (int tries = 0; tries < 8; ++tries) {
    const auto refused = tse->prepare("TILL-2", cloud.clock.now());
    CHECK(refused.error().detail == "E_ADMIN_LOGIN_FAILED");
  }
  FiskalySettings right = settings;
  right.admin_pin = "1234567";
  CHECK(tests::fiskaly_tse(cloud.wire, cloud.clock, right)->prepare("TILL-2", cloud.clock.now()));
}

TEST_CASE("fiskaly: a refused PIN is not sent by a till that is started again") {
  Cloud cloud;
  cloud.set_up();
  std::string kept;
  const auto tse_with = [&](const std::string& pin) {
    FiskalySettings settings = tests::fiskaly_settings();
    settings.admin_pin = pin;
    settings.client_id = "0193a1b2-0000-7000-8000-00000000000c";
    settings.pins = PinMemory(kept, [&](const std::string& now) {
      kept = now;
      return true;
    });
    return tests::fiskaly_tse(cloud.wire, cloud.clock, settings);
  };
  for (int starts = 0; starts < 8; ++starts) {
    const auto refused = tse_with("7654321")->prepare("TILL-2", cloud.clock.now());
    CHECK(refused.error().detail == "E_ADMIN_LOGIN_FAILED");
  }
  CHECK(tse_with("1234567")->prepare("TILL-2", cloud.clock.now()));
  CHECK(kept.find("1234567") == std::string::npos);
}

TEST_CASE("fiskaly: the records are waited for and come whole, and nothing is deleted there") {
  Cloud cloud;
  cloud.set_up();
  cloud.wire.order("slow-export 3");
  const SigningStep step = cloud.start_step();
  const auto begun = cloud.tse->start(step);
  REQUIRE(cloud.tse->finish(Cloud::finish_step(step, *begun)));
  std::string tar;
  REQUIRE(cloud.tse->archive({}, [&](std::string_view bytes) {
    tar += bytes;
    return true;
  }));
  CHECK(tar.find("_Log-Tra_No-1_Finish_Client-TILL-1.log") != tar.npos);
  CHECK(cloud.tse->certificates()->starts_with("-----BEGIN CERTIFICATE-----"));
  CHECK(cloud.tse->discard_archived().error().fault == SigningFault::refused);
  CHECK_FALSE(cloud.tse->archive({}, [](std::string_view) { return false; }));
}

TEST_CASE("fiskaly: without ids and keys nothing is asked") {
  Cloud cloud;
  FiskalySettings settings = tests::fiskaly_settings();
  settings.tss_id = "../admin";
  const auto tse = tests::fiskaly_tse(cloud.wire, cloud.clock, settings);
  CHECK(tse->status().error().fault == SigningFault::needs_person);
  CHECK(cloud.wire.requests == 0);
}

}  // namespace fiskaly_tse_tests
