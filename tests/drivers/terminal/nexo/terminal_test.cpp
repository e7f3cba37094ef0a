#include <doctest/doctest.h>

#include "tests/contracts/card_terminal_contract.h"
#include "tests/support/fake_clock.h"
#include "tests/support/nexo_line.h"

namespace nexo_terminal_tests {

using namespace drivers;
using contracts::RecordingHooks;
using drivers::nexo::SimulatedCard;
using drivers::nexo::SimulatedMemory;

namespace {

CardIntent card_sale(std::int64_t minor, std::int64_t number = 1) {
  core::IdSource ids(static_cast<std::uint64_t>(number));
  CardIntent intent;
  intent.attempt = {ids.next({})};
  intent.amount = {minor, core::eur};
  intent.number = number;
  return intent;
}

CardQuestion question_of(const CardIntent& intent, const RecordingHooks& hooks) {
  return {intent.attempt, intent.amount, hooks.protocol_key, intent.kind, intent.number, 0};
}

// A terminal, its wire and what the till was told.
struct Counter {
  tests::FakeClock clock;
  tests::NexoWire wire;
  std::unique_ptr<NexoTerminal> terminal = tests::nexo_terminal(wire, clock);
  RecordingHooks hooks;

  explicit Counter(SimulatedCard card = SimulatedCard::approve) : wire(card) {}
  CardOutcome sell(const CardIntent& intent) { return terminal->authorize(intent, hooks); }
  ProbeResult ask(const CardIntent& intent) { return terminal->probe(question_of(intent, hooks)); }
};

// The contract's terminal owns its wire.
struct OwningTerminal final : CardTerminal {
  tests::FakeClock clock;
  tests::NexoWire wire;
  std::unique_ptr<NexoTerminal> inside = tests::nexo_terminal(wire, clock);
  explicit OwningTerminal(SimulatedCard card) : wire(card) {}
  CardOutcome authorize(const CardIntent& intent, CardHooks& hooks) override {
    return inside->authorize(intent, hooks);
  }
  ProbeResult probe(const CardQuestion& question) override { return inside->probe(question); }
  void request_cancel() override { inside->request_cancel(); }
  TerminalHealth health() override { return inside->health(); }
};

}  // namespace

TEST_CASE("nexo terminal: it keeps the word of every card terminal") {
  contracts::a_terminal_keeps_its_word(
      [](SimulatedAnswer answer) -> std::unique_ptr<CardTerminal> {
        SimulatedCard card = SimulatedCard::approve;
        if (answer == SimulatedAnswer::decline) card = SimulatedCard::decline;
        if (answer == SimulatedAnswer::silent_charged) card = SimulatedCard::silent_charged;
        if (answer == SimulatedAnswer::silent_uncharged) card = SimulatedCard::silent_uncharged;
        auto terminal = std::make_unique<OwningTerminal>(card);
        terminal->wire.is_plugged = answer != SimulatedAnswer::unreachable;
        return terminal;
      },
      contracts::OnRefusal::stays_unknown);
}

TEST_CASE("nexo terminal: whatever is wrong with the answer, a booking is never called declined") {
  for (const SimulatedCard card :
       {SimulatedCard::cut_after, SimulatedCard::other_currency, SimulatedCard::wrong_service,
        SimulatedCard::wrong_terminal, SimulatedCard::wrong_sale, SimulatedCard::bad_mac,
        SimulatedCard::in_clear, SimulatedCard::event, SimulatedCard::nothing}) {
    CAPTURE(static_cast<int>(card));
    Counter counter(card);
    const CardIntent intent = card_sale(1999);
    CHECK(counter.sell(intent) == CardOutcome(OutcomeUnknown{}));
    CHECK(counter.wire.terminal.charges() == 1);
    // The terminal's book knows: asked again, it says what it booked.
    if (card != SimulatedCard::other_currency) {
      CHECK(std::holds_alternative<Approved>(counter.ask(intent)));
    } else {
      CHECK(counter.ask(intent) == ProbeResult(OutcomeUnknown{}));
    }
  }
}

TEST_CASE("nexo terminal: a failure is told apart by its error condition") {
  Counter busy(SimulatedCard::busy);
  CHECK(std::get<NotStarted>(busy.sell(card_sale(100))).reason == NotStartedReason::busy);
  Counter declined(SimulatedCard::decline);
  CHECK(std::get<Declined>(declined.sell(card_sale(100))) ==
        Declined{DeclineReason::by_issuer, "DECLINED"});

  Counter unreachable(SimulatedCard::unreachable_host);
  const CardIntent intent = card_sale(100);
  CHECK(unreachable.sell(intent) == CardOutcome(OutcomeUnknown{}));
  CHECK(std::holds_alternative<Declined>(unreachable.ask(intent)));

  Counter unknown(SimulatedCard::unknown_word);
  CHECK(unknown.sell(intent) == CardOutcome(OutcomeUnknown{}));
  CHECK(unknown.ask(intent) == ProbeResult(OutcomeUnknown{}));
}

TEST_CASE("nexo terminal: a part that was approved is the amount of record") {
  Counter counter(SimulatedCard::part);
  const auto outcome = counter.sell(card_sale(1001));
  REQUIRE(std::holds_alternative<Approved>(outcome));
  CHECK(std::get<Approved>(outcome).amount.minor == 501);
}

TEST_CASE("nexo terminal: a cancel is a wish that goes its own way, and the payment says the end") {
  Counter counter(SimulatedCard::wait);
  counter.wire.when_waiting = [&] { counter.terminal->request_cancel(); };
  const auto outcome = counter.sell(card_sale(500));
  REQUIRE(std::holds_alternative<Declined>(outcome));
  CHECK(std::get<Declined>(outcome).reason == DeclineReason::cancelled);
  REQUIRE(counter.wire.heard.size() == 2);
  const auto abort = nexo::read_locked(counter.wire.heard[1], tests::nexo_key());
  const auto payment = nexo::read_locked(counter.wire.heard[0], tests::nexo_key());
  REQUIRE(abort);
  REQUIRE(payment);
  CHECK(abort->header.service_id != payment->header.service_id);
  CHECK(std::get<nexo::AbortRequest>(abort->body).of.service_id == payment->header.service_id);
}

TEST_CASE("nexo terminal: a payment that still runs is asked about again, and then given back") {
  Counter counter(SimulatedCard::wait);
  const CardIntent intent = card_sale(500);
  CHECK(counter.sell(intent) == CardOutcome(OutcomeUnknown{}));
  CHECK(counter.ask(intent) == ProbeResult(StillRunning{}));
  counter.wire.terminal.present(true);
  CHECK(std::holds_alternative<Approved>(counter.ask(intent)));
}

TEST_CASE("nexo terminal: not booked means that it was not found twice") {
  Counter counter(SimulatedCard::silent_uncharged);
  const CardIntent intent = card_sale(500);
  counter.sell(intent);
  const std::size_t before = counter.wire.heard.size();
  CHECK(counter.ask(intent) == ProbeResult(NotBooked{}));
  CHECK(counter.wire.heard.size() == before + 2);
}

TEST_CASE("nexo terminal: after two days, or at another terminal, nobody knows") {
  Counter counter(SimulatedCard::silent_charged);
  const CardIntent intent = card_sale(500);
  counter.sell(intent);
  auto settings = tests::nexo_settings();
  settings.poi_id = "P400Plus-275039202";
  NexoTerminal another(std::make_unique<tests::NexoLine>(counter.wire), settings, counter.clock);
  CHECK(another.probe(question_of(intent, counter.hooks)) == ProbeResult(OutcomeUnknown{}));
  counter.clock.advance(std::chrono::hours(49));
  CHECK(counter.ask(intent) == ProbeResult(OutcomeUnknown{}));
}

TEST_CASE("nexo terminal: no two requests bear the same ServiceID") {
  Counter counter;
  for (std::int64_t number = 1; number < 20; ++number) {
    const CardIntent intent = card_sale(100, number);
    counter.sell(intent);
    counter.ask(intent);
    counter.terminal->health();
  }
  std::vector<std::string> ids;
  for (const std::string& text : counter.wire.heard) {
    const auto message = nexo::read_locked(text, tests::nexo_key());
    REQUIRE(message);
    CHECK(message->header.service_id.size() == 10);
    ids.push_back(message->header.service_id);
  }
  std::sort(ids.begin(), ids.end());
  CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
}

TEST_CASE("nexo terminal: a refund names the booking, and is said to be requested") {
  Counter counter;
  const auto sold = std::get<Approved>(counter.sell(card_sale(2500)));
  CardIntent refund = card_sale(1000, 2);
  refund.kind = CardKind::refund;
  refund.original = sold.reference;
  const auto outcome = counter.sell(refund);
  REQUIRE(std::holds_alternative<Approved>(outcome));
  CHECK(std::get<Approved>(outcome).amount.minor == 1000);
  CHECK(std::get<Approved>(outcome).is_requested);
  CHECK(std::get<Approved>(outcome).receipt_lines.front() == "Refund requested");
  const auto request = nexo::read_locked(counter.wire.heard.back(), tests::nexo_key());
  CHECK(std::get<nexo::ReversalRequest>(request->body).original.id == sold.reference.name);
  CHECK(counter.wire.terminal.reversals() == 1);
  CHECK(std::holds_alternative<Approved>(counter.ask(refund)));

  refund.original.reset();
  CHECK(std::holds_alternative<NotStarted>(counter.sell(refund)));
}

TEST_CASE("nexo terminal: it has no day of its own, and says so once it has answered") {
  Counter counter;
  const DayEnd day = counter.terminal->end_day(counter.hooks);
  CHECK(day.is_closed);
  CHECK_FALSE(day.total);
  CHECK_FALSE(day.bookings);
  CHECK(day.says.starts_with("This terminal closes no day"));
  counter.wire.is_plugged = false;
  const DayEnd away = counter.terminal->end_day(counter.hooks);
  CHECK_FALSE(away.is_closed);
  CHECK(away.says == "The card terminal cannot be reached.");
}

TEST_CASE("nexo terminal: a certificate's name must be the terminal's own") {
  const std::string poi = "V400m-346403161";
  CHECK(is_nexo_terminal_name(poi + ".test.terminal.adyen.com", poi));
  CHECK(is_nexo_terminal_name(poi + ".live.terminal.adyen.com", poi));
  CHECK(is_nexo_terminal_name("legacy-terminal-certificate.test.terminal.adyen.com", poi));
  for (const std::string name :
       {"V400m-346403162.test.terminal.adyen.com", "test.terminal.adyen.com", "",
        ".test.terminal.adyen.com", "V400m-346403161.test.terminal.adyen.com.example.com"}) {
    CHECK_FALSE(is_nexo_terminal_name(name, poi));
    CHECK_FALSE(is_nexo_terminal_name(name, ""));
  }
}

TEST_CASE("nexo terminal: the connection test says what to check") {
  Counter counter;
  const auto words_with = [&](NexoSettings settings) {
    NexoTerminal terminal(std::make_unique<tests::NexoLine>(counter.wire), settings, counter.clock);
    const auto report = terminal.serve(CardService::connection_test, counter.hooks);
    return report.back().says;
  };
  CHECK(words_with(tests::nexo_settings()) == "The terminal is ready.");
  NexoTerminal shows(std::make_unique<tests::NexoLine>(counter.wire), tests::nexo_settings(),
                     counter.clock);
  CHECK(shows.serve(CardService::display_text, counter.hooks).back().says ==
        "The terminal shows the text.");
  auto other = tests::nexo_settings();
  other.key.keys = nexo::keys_from("another");
  CHECK(words_with(other).find("check passphrase") != std::string::npos);
  auto unset = tests::nexo_settings();
  unset.poi_id.clear();
  CHECK(words_with(unset).find("terminal ID") != std::string::npos);
  counter.wire.is_plugged = false;
  CHECK(words_with(tests::nexo_settings()).find("port (8443)") != std::string::npos);
}

}  // namespace nexo_terminal_tests
