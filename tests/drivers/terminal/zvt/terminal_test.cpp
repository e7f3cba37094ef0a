#include "drivers/terminal/zvt/terminal.h"

#include <doctest/doctest.h>

#include "tests/contracts/card_terminal_contract.h"
#include "tests/support/zvt_line.h"

namespace zvt_terminal_tests {

using namespace drivers;
using contracts::RecordingHooks;
using tests::ZvtWire;
using zvt::SimulatedCard;

namespace {

CardIntent sale_of(std::int64_t minor, std::uint64_t seed = 1) {
  core::IdSource ids(seed);
  return {{ids.next({})}, CardKind::sale, {minor, core::eur}, {}};
}

ZvtTerminal till_at(ZvtWire& wire, ZvtSettings settings = {}) {
  return ZvtTerminal(tests::link_to(wire), settings);
}

// With an earlier booking: a terminal without any cannot say "not this one".
ZvtWire used_terminal(zvt::SimulatorSettings settings = {}) {
  ZvtWire wire(settings);
  wire.terminal.read_book("0 700 1 0 1 0\n");
  return wire;
}

// A ZVT terminal and its wire in one, for the contract. The till knows the
// earlier sale, as one does that took it.
class WiredTerminal final : public CardTerminal {
 public:
  explicit WiredTerminal(SimulatedAnswer answer) : wire_(used_terminal(settings_for(answer))) {
    wire_.is_plugged = answer != SimulatedAnswer::unreachable;
  }
  CardOutcome authorize(const CardIntent& intent, CardHooks& hooks) override {
    CardIntent known = intent;
    known.last_known =
        reference_from("trace=000001;receipt=0001;turnover=000001;moment=1125120001");
    return till_.authorize(known, hooks);
  }
  ProbeResult probe(const CardQuestion& question) override { return till_.probe(question); }
  void request_cancel() override { till_.request_cancel(); }
  TerminalHealth health() override { return till_.health(); }

 private:
  static zvt::SimulatorSettings settings_for(SimulatedAnswer answer) {
    zvt::SimulatorSettings settings;
    settings.lost_ack = zvt::LostAck::keep;
    settings.card = answer == SimulatedAnswer::decline            ? SimulatedCard::decline
                    : answer == SimulatedAnswer::silent_charged   ? SimulatedCard::silent_charged
                    : answer == SimulatedAnswer::silent_uncharged ? SimulatedCard::silent_uncharged
                                                                  : SimulatedCard::approve;
    return settings;
  }
  ZvtWire wire_;
  ZvtTerminal till_{tests::link_to(wire_), {}};
};

struct KeepingHooks final : CardHooks {
  std::vector<ReceiptBlock> blocks;
  std::vector<std::string> shown;
  bool can_print = true;
  bool before_send(const std::string&) override { return true; }
  void shows(const std::string& words) override { shown.push_back(words); }
  bool receipt(const ReceiptBlock& block) override {
    if (can_print) blocks.push_back(block);
    return can_print;
  }
};

}  // namespace

TEST_CASE("zvt terminal: it keeps the word of every card terminal") {
  contracts::a_terminal_keeps_its_word(
      [](SimulatedAnswer answer) { return std::make_unique<WiredTerminal>(answer); });
}

TEST_CASE("zvt terminal: slips are kept before they are acknowledged, and steps are shown") {
  for (const bool has_sequence : {false, true}) {
    for (const bool prints_lines : {false, true}) {
      zvt::SimulatorSettings settings;
      settings.has_sequence = has_sequence;
      settings.prints_lines = prints_lines;
      ZvtWire wire = used_terminal(settings);
      wire.fragment = 1;
      ZvtTerminal till = till_at(wire);
      KeepingHooks hooks;
      const auto outcome = till.authorize(sale_of(1234), hooks);
      REQUIRE(std::holds_alternative<Approved>(outcome));
      CHECK(std::get<Approved>(outcome).brand == "Visa");
      REQUIRE(hooks.blocks.size() == 2);
      CHECK(hooks.blocks[0].copy == BlockCopy::merchant);
      CHECK(hooks.blocks[0].lines[0] == BlockLine{"** HÄNDLERBELEG **", true});
      CHECK(hooks.blocks[1].copy == BlockCopy::customer);
      CHECK(hooks.shown ==
            std::vector<std::string>{"Please present the card.", "Asking the bank."});
    }
  }
}

TEST_CASE("zvt terminal: a slip that cannot be kept is refused, and nothing is charged") {
  ZvtWire wire = used_terminal();
  ZvtTerminal till = till_at(wire);
  KeepingHooks hooks;
  hooks.can_print = false;
  const auto outcome = till.authorize(sale_of(1234), hooks);
  CHECK(std::holds_alternative<OutcomeUnknown>(outcome));
  CHECK(wire.terminal.charges() == 1);  // the earlier one
}

TEST_CASE("zvt terminal: who only heard of a last booking never says that nothing was booked") {
  zvt::SimulatorSettings settings;
  settings.card = SimulatedCard::silent_uncharged;
  ZvtWire wire = used_terminal(settings);
  ZvtTerminal till = till_at(wire);
  struct KeyHooks final : CardHooks {
    std::string key;
    bool before_send(const std::string& sent) override { return key = sent, true; }
  } hooks;
  CHECK(std::holds_alternative<OutcomeUnknown>(till.authorize(sale_of(1234), hooks)));
  CardQuestion question{sale_of(1234).attempt, sale_of(1234).amount, hooks.key,
                        CardKind::sale,        sale_of(1234).number, 0};
  CHECK(std::holds_alternative<OutcomeUnknown>(till.probe(question)));
}

TEST_CASE("zvt terminal: a decline is told by its result, not by how the dialogue ends") {
  for (const auto card : {SimulatedCard::decline, SimulatedCard::decline_by_completion}) {
    ZvtWire wire = used_terminal();
    wire.terminal.set_card(card);
    ZvtTerminal till = till_at(wire);
    RecordingHooks hooks;
    const auto outcome = till.authorize(sale_of(500), hooks);
    CHECK(outcome == CardOutcome(Declined{DeclineReason::by_issuer, "Declined by the bank."}));
  }
  ZvtWire wire = used_terminal();
  wire.terminal.set_card(SimulatedCard::abort);
  ZvtTerminal till = till_at(wire);
  RecordingHooks hooks;
  CHECK(std::get<Declined>(till.authorize(sale_of(500), hooks)).reason == DeclineReason::cancelled);
}

TEST_CASE("zvt terminal: a part, a tip and another amount are reported as they were booked") {
  ZvtWire wire = used_terminal();
  ZvtTerminal till = till_at(wire);
  RecordingHooks hooks;
  wire.terminal.set_card(SimulatedCard::part);
  CHECK(std::get<Approved>(till.authorize(sale_of(500), hooks)).amount.minor == 250);
  wire.terminal.set_card(SimulatedCard::tip);
  const auto outcome = till.authorize(sale_of(500), hooks);
  CHECK(std::get<Approved>(outcome).amount.minor == 600);
  CHECK(std::get<Approved>(outcome).tip.minor == 100);
}

TEST_CASE("zvt terminal: a part is offered where the terminal understands the offer") {
  const auto part_at = [](zvt::SimulatorSettings settings, SimulatedCard card) {
    settings.card = card;
    ZvtWire wire = used_terminal(settings);
    ZvtTerminal till = till_at(wire);
    RecordingHooks hooks;
    return till.authorize(sale_of(500), hooks);
  };
  const CardOutcome declined = Declined{DeclineReason::other, "The card's credit is not enough."};
  const auto is_half = [](const CardOutcome& outcome) {
    return std::holds_alternative<Approved>(outcome) &&
           std::get<Approved>(outcome).amount.minor == 250;
  };
  for (const bool has_sequence : {false, true}) {
    CHECK(is_half(part_at({.has_sequence = has_sequence}, SimulatedCard::part)));
    CHECK(is_half(part_at({.evaluates = {0x15, 0x1F, 0x70}, .has_sequence = has_sequence},
                          SimulatedCard::part)));
    CHECK(part_at({.evaluates = {0x15, 0x1F, 0x6D}, .has_sequence = has_sequence},
                  SimulatedCard::part) == declined);
  }
  CHECK(part_at({.speaks_tlv = false}, SimulatedCard::part) == declined);
  // Less is a part, even where none was offered.
  CHECK(is_half(part_at({.speaks_tlv = false}, SimulatedCard::part_unasked)));
}

TEST_CASE("zvt terminal: a refund offers no part") {
  zvt::SimulatorSettings settings;
  settings.card = SimulatedCard::part;
  ZvtWire wire = used_terminal(settings);
  ZvtTerminal till = till_at(wire);
  RecordingHooks hooks;
  CardIntent refund = sale_of(500);
  refund.kind = CardKind::refund;
  CHECK(std::holds_alternative<Declined>(till.authorize(refund, hooks)));
}

TEST_CASE("zvt terminal: cancel is a wish that the terminal may follow") {
  ZvtWire wire = used_terminal();
  wire.terminal.set_card(SimulatedCard::wait);
  ZvtTerminal till = till_at(wire);
  struct Cancelling final : CardHooks {
    ZvtTerminal& till;
    explicit Cancelling(ZvtTerminal& t) : till(t) {}
    bool before_send(const std::string&) override { return true; }
    void started() override { till.request_cancel(); }
  } hooks(till);
  const auto outcome = till.authorize(sale_of(500), hooks);
  REQUIRE(std::holds_alternative<Declined>(outcome));
  CHECK(std::get<Declined>(outcome).reason == DeclineReason::cancelled);
  CHECK(wire.terminal.charges() == 1);
}

TEST_CASE("zvt terminal: a terminal that waits for ever is cancelled when its time is over") {
  ZvtWire wire = used_terminal();
  wire.terminal.set_card(SimulatedCard::wait);
  ZvtTerminal till = till_at(wire);
  RecordingHooks hooks;
  CHECK(std::holds_alternative<Declined>(till.authorize(sale_of(500), hooks)));
}

TEST_CASE("zvt terminal: a refund and a reversal are attempts of their own") {
  ZvtWire wire = used_terminal();
  ZvtTerminal till = till_at(wire);
  RecordingHooks hooks;
  const auto sold = std::get<Approved>(till.authorize(sale_of(500), hooks));
  CardIntent undo = sale_of(500, 2);
  undo.kind = CardKind::reversal;
  undo.original = reference_from(to_text(sold.reference));
  CHECK(std::holds_alternative<Approved>(till.authorize(undo, hooks)));
  CHECK(wire.terminal.charges() == 1);
  const auto again = till.authorize(undo, hooks);
  REQUIRE(std::holds_alternative<Declined>(again));
  CHECK(std::get<Declined>(again).text == "This payment was reversed already.");
  CardIntent refund = sale_of(300, 3);
  refund.kind = CardKind::refund;
  CHECK(std::get<Approved>(till.authorize(refund, hooks)).amount.minor == 300);
}

TEST_CASE("zvt terminal: what is wrong is said in a sentence that says what to check") {
  const auto says = [](ZvtWire& wire, ZvtSettings settings) {
    ZvtTerminal till = till_at(wire, settings);
    RecordingHooks hooks;
    return till.serve(CardService::connection_test, hooks).front().says;
  };
  ZvtWire wire = used_terminal();
  CHECK(says(wire, {}) == "The card terminal answers, password and currency are right.");
  CHECK(says(wire, {.password = "999999"}) ==
        "The terminal refuses this till: check the password and its settings.");
  CHECK(says(wire, {.currency = core::chf}) ==
        "The terminal works in another currency: check the shop's.");
  CHECK(says(wire, {.terminal_id = "11111111"}) ==
        "Another terminal answers: its TID is not the one in the settings.");
  wire.is_plugged = false;
  CHECK(says(wire, {}) ==
        "The card terminal cannot be reached: check its power, cable and address.");
}

TEST_CASE("zvt terminal: end of day, totals, diagnosis and log-in are done and told") {
  ZvtWire wire = used_terminal();
  ZvtTerminal till = till_at(wire);
  KeepingHooks hooks;
  for (const auto service :
       {CardService::end_of_day, CardService::totals, CardService::diagnosis, CardService::log_in,
        CardService::reprint, CardService::display_text, CardService::log_off}) {
    const auto report = till.serve(service, hooks);
    CHECK(report.back().is_well);
  }
  REQUIRE(hooks.blocks.size() == 1);
  CHECK(hooks.blocks[0].copy == BlockCopy::admin);
}

TEST_CASE("zvt terminal: 06 20 that names nothing, or something else, is not taken for an answer") {
  for (const auto repeat : {zvt::Repeat::no_status, zvt::Repeat::not_possible}) {
    zvt::SimulatorSettings settings;
    settings.repeat = repeat;
    settings.card = SimulatedCard::silent_charged;
    ZvtWire wire = used_terminal(settings);
    ZvtTerminal till = till_at(wire);
    RecordingHooks hooks;
    CHECK(std::holds_alternative<OutcomeUnknown>(till.authorize(sale_of(500), hooks)));
    CHECK(till.probe({{}, {500, core::eur}, hooks.protocol_key}) == ProbeResult(OutcomeUnknown{}));
  }
}

}  // namespace zvt_terminal_tests
