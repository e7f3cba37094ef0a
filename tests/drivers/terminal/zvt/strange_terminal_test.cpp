// Terminals as they are met, which behave otherwise than ours.
#include <doctest/doctest.h>

#include <deque>

#include "drivers/terminal/zvt/terminal.h"
#include "tests/contracts/card_terminal_contract.h"

using namespace drivers;
using contracts::RecordingHooks;
using zvt::Apdu;
namespace command = zvt::command;

namespace {

constexpr const char* approval_of_12_34 =
    "27 00 04 00 00 00 00 12 34 49 09 78 0b 00 00 02 87 00 02 0c 12 00 00 0d 11 26";
const Apdu ack{command::ack, {}};

Apdu said(std::uint16_t code, const char* hex = "") {
  return {code, zvt::from_hex(hex).value_or(Bytes{})};
}

// What a terminal does: it answers commands, and may speak and hang up on its own.
struct Strange {
  std::deque<Apdu> on_connect{};
  std::vector<Apdu> to_registration{ack, said(command::completion, "29 52 50 00 41")};
  std::vector<Apdu> to_repeat{said(command::not_possible)};
  std::vector<Apdu> to_payment{ack, said(command::status, approval_of_12_34),
                               said(command::completion)};
  bool closes_after_each = false, knows_no_tlv = false;

  std::deque<Apdu> speaks{};
  bool is_open = false;
  int payments = 0, opened = 0;

  void hear(const Apdu& apdu) {
    const auto say = [this](const std::vector<Apdu>& all) {
      speaks.insert(speaks.end(), all.begin(), all.end());
    };
    if (apdu.command == command::registration) {
      const bool has_tlv = apdu.data.size() > 6;
      say(knows_no_tlv && has_tlv ? std::vector{said(command::not_possible)} : to_registration);
    } else if (apdu.command == command::status_enquiry) {
      say({ack, said(command::completion)});
    } else if (apdu.command == command::repeat_receipt) {
      say(to_repeat);
    } else if (apdu.command == command::authorisation) {
      ++payments;
      say(to_payment);
    }
  }
};

class StrangeLink final : public zvt::Link {
 public:
  explicit StrangeLink(Strange& terminal) : terminal_(terminal) {}
  core::Result<core::Done, LinkError> open(Milliseconds) override {
    terminal_.speaks = std::exchange(terminal_.on_connect, {});
    terminal_.is_open = true;
    ++terminal_.opened;
    return core::Done{};
  }
  core::Result<core::Done, LinkError> send(const Apdu& apdu) override {
    if (terminal_.is_open) terminal_.hear(apdu);
    return core::Done{};
  }
  core::Result<Apdu, LinkError> receive(Milliseconds) override {
    if (!terminal_.is_open) return tl::unexpected(LinkError::cut);
    if (terminal_.speaks.empty()) return tl::unexpected(LinkError::timed_out);
    Apdu apdu = terminal_.speaks.front();
    terminal_.speaks.pop_front();
    const bool ends = apdu.command == command::completion || zvt::is_negative(apdu);
    if (ends && terminal_.closes_after_each) terminal_.is_open = false;
    return apdu;
  }
  void close() override { terminal_.is_open = false; }
  bool heard_noise() const override { return false; }

 private:
  Strange& terminal_;
};

CardOutcome pay(Strange& terminal, std::int64_t minor = 1234) {
  ZvtTerminal till(std::make_unique<StrangeLink>(terminal), {});
  RecordingHooks hooks;
  core::IdSource ids(1);
  return till.authorize({{ids.next({})}, CardKind::sale, {minor, core::eur}, {}}, hooks);
}

}  // namespace

TEST_CASE("strange terminal: what ends an earlier dialogue does not shift the next ones") {
  for (const bool has_result : {false, true}) {
    Strange terminal;
    // The old booking has the amount that is asked for now, and the new one is declined.
    if (has_result) terminal.on_connect.push_back(said(command::status, approval_of_12_34));
    terminal.on_connect.push_back(said(command::completion));
    terminal.to_repeat = {ack, said(command::status, approval_of_12_34), said(command::completion)};
    terminal.to_payment = {ack, said(command::status, "27 05"), said(command::aborted, "05")};
    CHECK(std::holds_alternative<Declined>(pay(terminal)));
    CHECK(terminal.payments == 1);
  }
}

TEST_CASE("strange terminal: a booking before the answer to the request is not its outcome") {
  Strange terminal;
  terminal.to_payment = {said(command::status, approval_of_12_34), said(command::completion)};
  CHECK(std::holds_alternative<OutcomeUnknown>(pay(terminal)));
}

TEST_CASE("strange terminal: one that passes over 06 20 can be paid with, on a new line") {
  Strange terminal;
  terminal.to_repeat = {};
  CHECK(std::holds_alternative<Approved>(pay(terminal)));
  CHECK(terminal.opened == 2);
  CHECK(terminal.payments == 1);
}

TEST_CASE("strange terminal: one that hangs up after each dialogue is called again") {
  Strange terminal;
  terminal.closes_after_each = true;
  CHECK(std::holds_alternative<Approved>(pay(terminal)));
  CHECK(terminal.payments == 1);
}

TEST_CASE("strange terminal: one that refuses TLV is logged in to without") {
  Strange terminal;
  terminal.knows_no_tlv = true;
  CHECK(std::holds_alternative<Approved>(pay(terminal)));
}

TEST_CASE("strange terminal: the same sum in other money is no approval") {
  Strange terminal;
  terminal.to_payment[1] =
      said(command::status, "27 00 04 00 00 00 00 12 34 49 07 56 0b 00 00 02 87 00 02");
  CHECK(std::holds_alternative<OutcomeUnknown>(pay(terminal)));
}

TEST_CASE("strange terminal: an answer to a later question is judged by its numbers") {
  // The till knows booking 1; the terminal names 2, of the right amount.
  Strange terminal;
  terminal.to_repeat = {ack, said(command::status, approval_of_12_34), said(command::completion)};
  ZvtTerminal till(std::make_unique<StrangeLink>(terminal), {});
  CardQuestion question{{}, {1234, core::eur}, "tid=52500041;trace=000001;receipt=0001"};
  const auto answer = [&](const CardQuestion& asked) { return till.probe(asked); };

  SUBCASE("it had answered the request, and the number is the next: it is this payment") {
    question.was_started = true;
    CHECK(std::holds_alternative<Approved>(answer(question)));
  }
  SUBCASE("it never answered the request: only the amount speaks for it") {
    const auto found = answer(question);
    REQUIRE(std::holds_alternative<Lookalike>(found));
    CHECK(std::get<Lookalike>(found).booking.reference.receipt == "0002");
    CHECK(std::get<Lookalike>(found).booking.reference.moment == "1126120000");
  }
  SUBCASE("it had told these numbers of it: it is this payment") {
    question.told = reference_from("trace=000002;receipt=0002");
    CHECK(std::holds_alternative<Approved>(answer(question)));
  }
  SUBCASE("it had told other numbers of it: it is another's") {
    question.was_started = true;
    question.told = reference_from("trace=000002;receipt=0007");
    CHECK(answer(question) == ProbeResult(OutcomeUnknown{}));
  }
  SUBCASE("the till knows these numbers as another attempt's") {
    question.was_started = true;
    question.others = {reference_from("trace=000002;receipt=0002;auth=77")};
    CHECK(answer(question) == ProbeResult(OutcomeUnknown{}));
  }
  SUBCASE("a trace or a receipt number that is not the next is another's, also of a decline") {
    question.was_started = true;
    question.protocol_key = "trace=000009;receipt=0009";
    CHECK(answer(question) == ProbeResult(OutcomeUnknown{}));
    question.protocol_key = "receipt=0009";
    CHECK(answer(question) == ProbeResult(OutcomeUnknown{}));
    terminal.to_repeat[1] = said(command::status, "27 05 0b 00 00 02 87 00 02");
    question.protocol_key = "trace=000009;receipt=0009";
    CHECK(answer(question) == ProbeResult(OutcomeUnknown{}));
  }
  SUBCASE("without numbers of before, the amount is all there is") {
    question.was_started = true;
    question.protocol_key = "";
    CHECK(std::holds_alternative<Lookalike>(answer(question)));
  }
}

TEST_CASE("strange terminal: its own words for an error are passed on") {
  // 1F17, as a locked terminal says it in 04 0F or in 06 1E alone.
  const char* locked = "df 06 09 1f 17 06 4c 6f 63 6b 65 64";
  Strange terminal;
  terminal.to_payment = {ack, said(command::aborted, locked)};
  CHECK(pay(terminal) == CardOutcome(Declined{DeclineReason::other, "Locked"}));
  terminal.to_payment = {ack, said(command::status, (std::string("27 ") + locked).c_str()),
                         said(command::completion)};
  CHECK(pay(terminal) == CardOutcome(Declined{DeclineReason::other, "Locked"}));
}

TEST_CASE("strange terminal: it is waited for as long as 04 FF asks") {
  for (const bool asks : {false, true}) {
    Strange terminal;
    terminal.to_payment = {ack, said(command::intermediate, asks ? "0a 05" : "0a")};
    // Nothing more comes: the silence is counted, and the till gives up.
    struct Counting final : zvt::Link {
      StrangeLink inner;
      Milliseconds& waited;
      Counting(Strange& strange, Milliseconds& total) : inner(strange), waited(total) {}
      core::Result<core::Done, LinkError> open(Milliseconds patience) override {
        return inner.open(patience);
      }
      core::Result<core::Done, LinkError> send(const Apdu& apdu) override {
        return inner.send(apdu);
      }
      core::Result<Apdu, LinkError> receive(Milliseconds patience) override {
        auto heard = inner.receive(patience);
        if (!heard) waited += patience;
        return heard;
      }
      void close() override { inner.close(); }
      bool heard_noise() const override { return false; }
    };
    Milliseconds waited{0};
    ZvtSettings settings;
    settings.after_cancel = Milliseconds{0};
    ZvtTerminal till(std::make_unique<Counting>(terminal, waited), settings);
    RecordingHooks hooks;
    core::IdSource ids(1);
    CHECK(std::holds_alternative<OutcomeUnknown>(
        till.authorize({{ids.next({})}, CardKind::sale, {1234, core::eur}, {}}, hooks)));
    CHECK(waited == Milliseconds{asks ? 300'000 : 180'000});
  }
}
