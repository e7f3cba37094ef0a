// The Epson driver against the simulated TSE, which was written without it: days, faults,
// lost answers, two tills.
#include "drivers/signing/epson/epson_tse.h"

#include <doctest/doctest.h>

#include <set>
#include <thread>

#include "tests/support/epson_line.h"

namespace epson_tse_tests {

using namespace drivers;
using tests::EpsonWire;

namespace {

SigningStep start_of(const std::string& client, std::int64_t seen = 0) {
  SigningStep step;
  step.verb = SigningVerb::start;
  step.client = client;
  step.last_counter = seen;
  return step;
}

SigningStep finish_of(const Signature& start, const std::string& client) {
  SigningStep step;
  step.verb = SigningVerb::finish;
  step.client = client;
  step.transaction = start.transaction;
  step.process_type = "Kassenbeleg-V1";
  step.process_data = "Beleg^0.00_2.55_0.00_0.00_0.00^2.55:Bar";
  step.last_counter = start.counter;
  return step;
}

struct Shop {
  tests::FakeClock clock;
  EpsonWire wire;
  std::unique_ptr<EpsonTse> tse;

  Shop() : wire(EpsonWire::set_up_for("TILL-1"), seconds()), tse(tests::epson_tse(wire, clock)) {}
  pos::tse_sim::Seconds seconds() const { return clock.now().time_since_epoch().count() / 1000; }
  void prepared() { REQUIRE(tse->prepare("TILL-1", clock.now())); }
  Signature started() {
    const auto start = tse->start(start_of("TILL-1"));
    REQUIRE(start);
    return *start;
  }
  std::size_t open_ones() { return wire.host.device().open_ones().size(); }
};

const Signature* signature_in(const Signing<Recovered>& recovered) {
  return recovered ? std::get_if<Signature>(&*recovered) : nullptr;
}

}  // namespace

TEST_CASE("epson: a day is prepared, a sale signed twice, and both say who signed") {
  Shop shop;
  CHECK(shop.tse->status()->state == SigningState::needs_preparation);
  shop.prepared();
  const auto status = shop.tse->status();
  REQUIRE(status);
  CHECK(status->state == SigningState::ready);
  CHECK(status->is_test);
  CHECK(status->serial == pos::tse_sim::hex_of(shop.wire.host.device().serial()));
  const Signature start = shop.started();
  CHECK(start.time == std::chrono::floor<std::chrono::seconds>(shop.clock.now()));
  CHECK(start.serial == status->serial);
  const auto finish = shop.tse->finish(finish_of(start, "TILL-1"));
  REQUIRE(finish);
  CHECK(finish->transaction == start.transaction);
  CHECK(finish->counter == start.counter + 1);
  CHECK(finish->serial == status->serial);
  CHECK(finish->value.size() == 64);
  CHECK(shop.open_ones() == 0);
}

TEST_CASE("epson: who was logged out, and a clock that stands, are mended within a sale") {
  Shop shop;
  // Never prepared: log-in and time are made on the way.
  const Signature start = shop.started();
  shop.wire.order("restart");
  CHECK(shop.tse->finish(finish_of(start, "TILL-1")));
  CHECK(shop.open_ones() == 0);
}

TEST_CASE("epson: a self-test that is due is for the morning, not for a sale") {
  Shop shop;
  shop.prepared();
  shop.wire.order("self-test-due");
  const auto start = shop.tse->start(start_of("TILL-1"));
  REQUIRE_FALSE(start);
  CHECK(start.error().fault == SigningFault::busy);
  CHECK(shop.tse->status()->state == SigningState::needs_preparation);
  shop.prepared();
  CHECK(shop.tse->start(start_of("TILL-1")));
}

TEST_CASE("epson: a lost answer is found again, and nothing is signed twice") {
  for (const char* fault : {"forget", "silent"}) {
    CAPTURE(fault);
    Shop shop;
    shop.prepared();
    shop.wire.order(fault);
    const auto lost = shop.tse->start(start_of("TILL-1"));
    REQUIRE_FALSE(lost);
    CHECK(lost.error().fault == SigningFault::lost);
    const auto found = shop.tse->recover(start_of("TILL-1"));
    const Signature* start = signature_in(found);
    REQUIRE(start);
    CHECK(shop.open_ones() == 1);
    shop.wire.order(fault);
    CHECK(shop.tse->finish(finish_of(*start, "TILL-1")).error().fault == SigningFault::lost);
    const auto ended = shop.tse->recover(finish_of(*start, "TILL-1"));
    const Signature* finish = signature_in(ended);
    REQUIRE(finish);
    CHECK(finish->transaction == start->transaction);
    CHECK(finish->counter > start->counter);
    CHECK(shop.open_ones() == 0);
  }
}

TEST_CASE("epson: an answer that was under way when the line broke comes over the next one") {
  for (const char* fault : {"lose", "break"}) {
    CAPTURE(fault);
    Shop shop;
    shop.prepared();
    shop.wire.order(fault);
    const Signature start = shop.started();
    shop.wire.order(fault);
    CHECK(shop.tse->finish(finish_of(start, "TILL-1")));
    CHECK(shop.open_ones() == 0);
  }
}

TEST_CASE("epson: what the TSE never heard is said to be not signed") {
  Shop shop;
  shop.prepared();
  shop.wire.order("deaf");
  CHECK(shop.tse->start(start_of("TILL-1")).error().fault == SigningFault::lost);
  const auto recovered = shop.tse->recover(start_of("TILL-1"));
  REQUIRE(recovered);
  CHECK(std::holds_alternative<NotSigned>(*recovered));
  const Signature start = shop.started();
  shop.wire.order("deaf");
  CHECK(shop.tse->finish(finish_of(start, "TILL-1")).error().fault == SigningFault::lost);
  CHECK(std::holds_alternative<NotSigned>(*shop.tse->recover(finish_of(start, "TILL-1"))));
  CHECK(shop.tse->open("TILL-1")->size() == 1);
}

TEST_CASE("epson: an answer that cannot be read, or is about another sale, is a lost one") {
  for (const char* fault : {"bad-json", "bad-xml", "bad-base64", "html", "garbage", "another"}) {
    CAPTURE(fault);
    Shop shop;
    shop.prepared();
    const Signature start = shop.started();
    shop.wire.order(std::string(fault) + " FinishTransaction");
    const auto lost = shop.tse->finish(finish_of(start, "TILL-1"));
    REQUIRE_FALSE(lost);
    CHECK(lost.error().fault == SigningFault::lost);
    CHECK(signature_in(shop.tse->recover(finish_of(start, "TILL-1"))));
  }
}

TEST_CASE("epson: an unplugged host is unreachable, and nothing was signed") {
  Shop shop;
  shop.prepared();
  shop.wire.is_plugged = false;
  CHECK(shop.tse->start(start_of("TILL-1")).error().fault == SigningFault::unreachable);
  CHECK(shop.tse->status().error().fault == SigningFault::unreachable);
  shop.wire.is_plugged = true;
  CHECK(shop.tse->start(start_of("TILL-1")));
}

TEST_CASE("epson: certificate, store and signatures that are over are told apart") {
  struct Case {
    const char *order, *code;
  };
  for (const Case& one :
       {Case{"expire", "TSE1_ERROR_CERTIFICATE_EXPIRED"}, Case{"fill", "TSE1_ERROR_STORE_FULL"},
        Case{"used-up", "TSE1_ERROR_TRANSACTION_SIGNATURES_EXCEEDED"}}) {
    CAPTURE(one.order);
    Shop shop;
    shop.prepared();
    shop.wire.order(one.order);
    const auto start = shop.tse->start(start_of("TILL-1"));
    REQUIRE_FALSE(start);
    CHECK(start.error().fault == SigningFault::worn_out);
    CHECK(start.error().detail == one.code);
    CHECK(shop.tse->status()->state == SigningState::worn_out);
  }
}

TEST_CASE("epson: a wrong PIN is sent once and never again") {
  Shop shop;
  EpsonSettings settings = tests::epson_settings();
  settings.time_admin_pin = "99999";
  const auto tse = tests::epson_tse(shop.wire, shop.clock, settings);
  for (int attempt = 0; attempt < 5; ++attempt) {
    const auto refused = tse->prepare("TILL-1", shop.clock.now());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == SigningFault::needs_person);
    CHECK(refused.error().tries_left == 2);
    CHECK(tse->start(start_of("TILL-1")).error().tries_left == 2);
  }
  // Not blocked: the right one still works.
  CHECK(shop.tse->prepare("TILL-1", shop.clock.now()));
}

namespace {

// What a till keeps of its PINs beside its secrets.
struct PinFile {
  std::string text;
  bool is_writable = true;
  PinMemory memory() {
    return {text, [this](const std::string& now) {
              if (is_writable) text = now;
              return is_writable;
            }};
  }
};

EpsonSettings with_pin(PinFile& file, const std::string& time_admin_pin) {
  EpsonSettings settings = tests::epson_settings();
  settings.time_admin_pin = time_admin_pin;
  settings.pins = file.memory();
  return settings;
}

}  // namespace

TEST_CASE("epson: a till that is started again and again does not send a refused PIN anew") {
  Shop shop;
  PinFile file;
  for (int starts = 0; starts < 5; ++starts) {
    const auto tse = tests::epson_tse(shop.wire, shop.clock, with_pin(file, "99999"));
    const auto refused = tse->prepare("TILL-1", shop.clock.now());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == SigningFault::needs_person);
    CHECK(refused.error().tries_left == 2);
    CHECK(refused.error().says ==
          "The TSE does not accept this PIN, and two tries are left. It is not sent again.");
  }
  CHECK(file.text.find("99999") == std::string::npos);
  // Another is tried, once; then the right one.
  CHECK(tests::epson_tse(shop.wire, shop.clock, with_pin(file, "88888"))
            ->prepare("TILL-1", shop.clock.now())
            .error()
            .tries_left == 1);
  const auto right = with_pin(file, tests::tse_time_admin_pin);
  CHECK(tests::epson_tse(shop.wire, shop.clock, right)->prepare("TILL-1", shop.clock.now()));
}

TEST_CASE("epson: a PIN whose answers are lost is sent twice, and then a person is asked") {
  Shop shop;
  PinFile file;
  for (int starts = 0; starts < 6; ++starts) {
    shop.wire.order("silent AuthenticateUserForTimeAdmin");
    const auto tse = tests::epson_tse(shop.wire, shop.clock, with_pin(file, "99999"));
    CHECK_FALSE(tse->prepare("TILL-1", shop.clock.now()));
  }
  // Two of three: one is left for the person.
  shop.wire.order("off");
  const auto right = with_pin(file, tests::tse_time_admin_pin);
  REQUIRE(tests::epson_tse(shop.wire, shop.clock, right)->prepare("TILL-1", shop.clock.now()));
  // One that the TSE took before may be sent as often as answers are lost.
  const auto tse =
      tests::epson_tse(shop.wire, shop.clock, with_pin(file, tests::tse_time_admin_pin));
  for (int losses = 0; losses < 4; ++losses) {
    shop.wire.order("silent AuthenticateUserForTimeAdmin");
    CHECK_FALSE(tse->prepare("TILL-1", shop.clock.now()));
  }
  CHECK(tse->prepare("TILL-1", shop.clock.now()));
}

TEST_CASE("epson: a PIN is not sent where what becomes of it cannot be written down") {
  Shop shop;
  PinFile file;
  file.is_writable = false;
  const auto tse =
      tests::epson_tse(shop.wire, shop.clock, with_pin(file, tests::tse_time_admin_pin));
  CHECK(tse->prepare("TILL-1", shop.clock.now()).error().fault == SigningFault::needs_person);
  file.is_writable = true;
  CHECK(tse->prepare("TILL-1", shop.clock.now()));
}

TEST_CASE("epson: what a damaged file says of PINs is nothing") {
  for (const char* text : {"", "{", "[]", R"({"epson":1})", R"({"a":{"salt":"x","hash":""}})"}) {
    PinMemory memory(text, [](const std::string&) { return true; });
    CHECK_FALSE(memory.why_not("epson", "12345"));
  }
}

TEST_CASE("epson: a blocked PIN gets a new one with the PUK, which is sent once") {
  Shop shop;
  PinFile file;
  shop.wire.order("block-pin");
  const auto blocked = with_pin(file, "99999");
  CHECK_FALSE(
      tests::epson_tse(shop.wire, shop.clock, blocked)->prepare("TILL-1", shop.clock.now()));
  const auto tse = tests::epson_tse(shop.wire, shop.clock, with_pin(file, "99999"));
  SigningSetup setup;
  setup.client = "TILL-1";
  setup.puk = "000000";
  setup.admin_pin = "11111";
  setup.time_admin_pin = "99999";
  const auto refused = tse->unblock(setup);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().tries_left == 2);
  setup.puk = "12345";
  CHECK(tse->unblock(setup).error().tries_left == -1);
  setup.puk = tests::tse_puk;
  CHECK(tse->unblock(setup));
  // What had been refused is the right one now.
  CHECK(tests::epson_tse(shop.wire, shop.clock, with_pin(file, "99999"))
            ->prepare("TILL-1", shop.clock.now()));
}

TEST_CASE("epson: a PIN that no TSE would take is not sent at all") {
  Shop shop;
  for (const char* pin : {"", "1234", "123456", "12a45"}) {
    EpsonSettings settings = tests::epson_settings();
    settings.time_admin_pin = pin;
    const auto refused =
        tests::epson_tse(shop.wire, shop.clock, settings)->prepare("TILL-1", shop.clock.now());
    CHECK(refused.error().fault == SigningFault::needs_person);
    CHECK(refused.error().tries_left == -1);
  }
  shop.prepared();
}

TEST_CASE("epson: a blocked PIN waits for a person") {
  Shop shop;
  shop.wire.order("block-pin");
  const auto refused = shop.tse->prepare("TILL-1", shop.clock.now());
  CHECK(refused.error().fault == SigningFault::needs_person);
  CHECK(refused.error().detail == "TSE1_ERROR_AUTHENTICATION_PIN_BLOCKED");
}

TEST_CASE("epson: a new TSE is set up once, also where the answer to that is lost") {
  tests::FakeClock clock;
  EpsonWire wire(pos::tse_sim::EpsonSettings{}, clock.now().time_since_epoch().count() / 1000);
  EpsonSettings settings = tests::epson_settings();
  settings.admin_pin.clear();
  settings.time_admin_pin.clear();
  const auto tse = tests::epson_tse(wire, clock, settings);
  CHECK(tse->status()->state == SigningState::not_set_up);
  CHECK(tse->prepare("TILL-1", clock.now()).error().fault == SigningFault::needs_person);
  SigningSetup setup{"111111", "22222", "33333", "TILL-1"};
  wire.order("deaf SetUp");
  CHECK(tse->set_up(setup, clock.now()).error().fault == SigningFault::lost);
  SigningSetup another = setup;
  another.puk = "999999";
  CHECK(tse->set_up(another, clock.now()).error().fault == SigningFault::needs_person);
  wire.order("forget SetUp");
  CHECK(tse->set_up(setup, clock.now()).error().fault == SigningFault::lost);
  REQUIRE(tse->set_up(setup, clock.now()));
  CHECK(tse->status()->state == SigningState::ready);
  CHECK(tse->start(start_of("TILL-1")));
  CHECK(tse->set_up({"111111", "2222", "33333", "TILL-1"}, clock.now()).error().fault ==
        SigningFault::needs_person);
}

TEST_CASE("epson: a second till is registered in the morning, where the admin's PIN is known") {
  Shop shop;
  CHECK(shop.tse->prepare("TILL-2", shop.clock.now()));
  CHECK(shop.tse->start(start_of("TILL-2")));
  EpsonSettings settings = tests::epson_settings();
  settings.admin_pin.clear();
  const auto other = tests::epson_tse(shop.wire, shop.clock, settings);
  CHECK(other->prepare("TILL-3", shop.clock.now()).error().detail ==
        "TSE1_ERROR_CLIENT_NOT_REGISTERED");
}

TEST_CASE("epson: the records come whole, piece by piece, and are deleted only afterwards") {
  Shop shop;
  shop.prepared();
  for (int sale = 0; sale < 30; ++sale) {
    REQUIRE(shop.tse->finish(finish_of(shop.started(), "TILL-1")));
  }
  std::string tar;
  const auto keep = [&](std::string_view bytes) {
    tar += bytes;
    return true;
  };
  CHECK(shop.tse->discard_archived().error().fault == SigningFault::refused);
  REQUIRE(shop.tse->archive({}, keep));
  CHECK(tar.size() % 512 == 0);
  CHECK(tar.find("_Log-Tra_No-30_Finish_Client-TILL-1.log") != tar.npos);
  CHECK(tar.find("_X509.pem") != tar.npos);
  // Ended, so there is nothing to delete; and the till goes on selling.
  CHECK(shop.tse->discard_archived().error().fault == SigningFault::refused);
  const Signature start = shop.started();
  const std::size_t before = shop.wire.host.device().stored_bytes();
  ArchiveSpan all;
  all.is_to_be_discarded = true;
  tar.clear();
  REQUIRE(shop.tse->archive(all, keep));
  REQUIRE(shop.tse->discard_archived());
  CHECK(before > 30 * 2 * 1024);
  CHECK(shop.wire.host.device().stored_bytes() < 4096);
  CHECK(shop.tse->finish(finish_of(start, "TILL-1")));
}

TEST_CASE("epson: an export that cannot be kept ends, and nothing is deleted") {
  Shop shop;
  shop.prepared();
  const std::size_t before = shop.wire.host.device().stored_bytes();
  ArchiveSpan all;
  all.is_to_be_discarded = true;
  CHECK_FALSE(shop.tse->archive(all, [](std::string_view) { return false; }));
  CHECK_FALSE(shop.tse->discard_archived());
  CHECK(shop.wire.host.device().stored_bytes() >= before);
  CHECK(shop.tse->start(start_of("TILL-1")));
}

TEST_CASE("epson: while one till exports, the other is told so and waits") {
  Shop shop;
  const auto other = tests::epson_tse(shop.wire, shop.clock);
  REQUIRE(shop.tse->prepare("TILL-2", shop.clock.now()));
  shop.prepared();
  const auto archived = shop.tse->archive({}, [&](std::string_view) {
    const auto start = other->start(start_of("TILL-2"));
    CHECK(start.error().fault == SigningFault::busy);
    return true;
  });
  CHECK(archived);
  CHECK(other->start(start_of("TILL-2")));
}

TEST_CASE("epson: a TSE that others use all the time is busy, and nothing was signed") {
  Shop shop;
  EpsonSettings settings = tests::epson_settings();
  settings.times.to_answer = Milliseconds{30};
  const auto tse = tests::epson_tse(shop.wire, shop.clock, settings);
  shop.wire.order("busy always");
  CHECK(tse->start(start_of("TILL-1")).error().fault == SigningFault::busy);
  shop.wire.order("busy 3");
  CHECK(shop.tse->start(start_of("TILL-1")));
}

TEST_CASE("epson: stray quotes and raw JSON are understood") {
  Shop shop;
  shop.wire.order("stray on");
  shop.prepared();
  CHECK(shop.tse->finish(finish_of(shop.started(), "TILL-1")));
  CHECK(shop.tse->certificates()->starts_with("-----BEGIN CERTIFICATE-----"));
}

TEST_CASE("epson: another TSE in its place is told by its serial, and its clients are its own") {
  Shop shop;
  shop.prepared();
  const std::string before = shop.started().serial;
  shop.wire.order("swap");
  const auto status = shop.tse->status();
  REQUIRE(status);
  CHECK(status->serial != before);
  const auto start = shop.tse->start(start_of("TILL-1"));
  REQUIRE(start);
  CHECK(start->serial == status->serial);
}

TEST_CASE("epson: two tills on one TSE get each their own answers, in any weather") {
  constexpr int sales = 150;
  tests::FakeClock clock;
  EpsonWire wire(EpsonWire::set_up_for("TILL-1"), clock.now().time_since_epoch().count() / 1000);
  {
    const auto first = tests::epson_tse(wire, clock);
    REQUIRE(first->prepare("TILL-2", clock.now()));
    REQUIRE(first->prepare("TILL-1", clock.now()));
  }
  wire.order("storm 60");
  struct Book {
    std::set<std::int64_t> transactions, counters;
    int lost = 0, given_up = 0;
  };
  std::array<Book, 2> books;
  const auto work = [&](const std::string& client, Book& book) {
    const auto tse = tests::epson_tse(wire, clock);
    std::int64_t seen = 0;
    const auto signed_for_sure = [&](SigningStep step) -> std::optional<Signature> {
      step.last_counter = seen;
      for (int attempt = 0; attempt < 100; ++attempt) {
        auto made = step.verb == SigningVerb::start ? tse->start(step) : tse->finish(step);
        while (!made && made.error().fault == SigningFault::lost) {
          ++book.lost;
          const auto found = tse->recover(step);
          if (!found) continue;
          const auto* signature = std::get_if<Signature>(&*found);
          if (!signature) break;
          made = *signature;
        }
        if (!made) continue;
        seen = made->counter;
        book.counters.insert(made->counter);
        return *made;
      }
      ++book.given_up;
      return {};
    };
    for (int sale = 0; sale < sales; ++sale) {
      const auto start = signed_for_sure(start_of(client));
      if (!start) continue;
      book.transactions.insert(start->transaction);
      const auto finish = signed_for_sure(finish_of(*start, client));
      if (finish && finish->transaction != start->transaction) ++book.given_up;
    }
  };
  std::thread one([&] { work("TILL-1", books[0]); });
  std::thread two([&] { work("TILL-2", books[1]); });
  one.join();
  two.join();
  std::set<std::int64_t> all, counters;
  for (const Book& book : books) {
    CHECK(book.given_up == 0);
    CHECK(book.transactions.size() == sales);
    CHECK(book.counters.size() == 2 * sales);
    all.insert(book.transactions.begin(), book.transactions.end());
    counters.insert(book.counters.begin(), book.counters.end());
  }
  CHECK(books[0].lost + books[1].lost > 0);
  CHECK(all.size() == 2 * sales);
  CHECK(counters.size() == 4 * sales);
  CHECK(wire.host.device().open_ones().empty());
}

}  // namespace epson_tse_tests
