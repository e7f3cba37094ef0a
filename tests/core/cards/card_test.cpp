// Card attempts beyond the first sale: their steps, putting them off, money back.
#include <doctest/doctest.h>

#include "core/store/order_store.h"
#include "core/store/till_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

AttemptId start(TillDriver& till) {
  till.scan(krimi);
  return find_effect<AuthorizeCard>(till.must(StartCard{euros(1400)}))->attempt.id;
}

CardResult approved(std::int64_t minor) {
  return {CardPhase::approved, euros(minor), "", "Visa •••• 4242", "tid=1;receipt=0042", {}};
}

// A sale that was paid by card; gives the order and its payment.
std::pair<OrderId, TransactionId> paid_by_card(TillDriver& till) {
  const AttemptId id = start(till);
  till.must(CardReached{id, CardStep::sent, "60000142", "trace=7", {}});
  till.must(CardAnswered{id, approved(1400)});
  const OrderId order = till.now().done->order;
  till.must(NextSale{});
  return {order, find_order(till.database(), order)->payments.front().id};
}

}  // namespace

TEST_CASE("card: every step is kept, and what was sent can be asked for after a restart") {
  TillDriver till;
  const AttemptId id = start(till);
  till.must(CardReached{id, CardStep::sent, "60000142", "trace=7", {}});
  till.must(CardReached{id, CardStep::result, "", "", approved(1400)});
  const auto effects = till.reopen();
  const auto* asked = find_effect<ProbeCard>(effects);
  REQUIRE(asked);
  CHECK(asked->attempt.step == CardStep::result);
  CHECK(asked->attempt.key == "trace=7");
  CHECK(asked->attempt.terminal == "60000142");
  CHECK(asked->attempt.booked == euros(1400));
  CHECK(till.now().attempt->phase == CardPhase::unknown);
}

TEST_CASE("card: a declined payment is forgotten with the order that was then paid in cash") {
  TillDriver till;
  const AttemptId id = start(till);
  till.must(CardAnswered{id, {CardPhase::declined, {}, "no", ""}});
  CHECK(till.now().attempt);
  till.must(TakeCash{euros(1400)});
  CHECK_FALSE(till.now().attempt);
  till.scan(brezel);
  CHECK_FALSE(till.now().attempt);
}

TEST_CASE("card: a declined payment is forgotten when the cart comes to another sum") {
  TillDriver till;
  const AttemptId id = start(till);
  till.must(CardAnswered{id, {CardPhase::declined, {}, "no", ""}});
  const LineId line = till.now().order.lines.front().id;
  till.must(NoteLine{line, "as a present"});
  CHECK(till.now().attempt);
  till.scan(brezel);
  CHECK_FALSE(till.now().attempt);
}

TEST_CASE("card: a result is no approval, the order is paid only by the answer") {
  TillDriver till;
  const AttemptId id = start(till);
  till.must(CardReached{id, CardStep::result, "", "", approved(1400)});
  CHECK_FALSE(till.now().done);
  till.must(CardAnswered{id, approved(1400)});
  CHECK(till.now().done->total == euros(1400));
}

TEST_CASE("card: decided as paid, a part that the terminal had told of is the part that is paid") {
  TillDriver till;
  const AttemptId id = start(till);
  till.must(CardReached{id, CardStep::result, "", "", approved(900)});
  till.reopen();
  till.must(CardAnswered{id, {CardPhase::unknown, {}, "", "", {}}});
  till.must(ResolveCard{id, CardVerdict::paid, "slip seen"});
  REQUIRE(till.now().order.payments.size() == 1);
  CHECK(till.now().order.payments[0].amount == euros(900));
  CHECK(till.now().totals.total == euros(1400));
}

TEST_CASE("card: an unknown payment that is put off latches the terminal, not the cash") {
  TillDriver till;
  const AttemptId id = start(till);
  const OrderId order = till.now().order.id;
  till.must(CardAnswered{id, {CardPhase::unknown, {}, "line lost", ""}});
  till.must(PutOffCard{id});
  CHECK_FALSE(till.now().attempt);
  REQUIRE(till.now().put_off.size() == 1);
  till.scan(brezel);
  CHECK(till.refused(StartCard{euros(105)}).kind == RefusalKind::rule);
  till.must(TakeCash{euros(105)});
  till.must(NextSale{});
  till.reopen();
  REQUIRE(till.now().put_off.size() == 1);
  till.must(RecallOrder{order});
  REQUIRE(till.now().attempt);
  CHECK(till.now().put_off.empty());
  till.must(ResolveCard{id, CardVerdict::paid, "slip seen"});
  CHECK(till.now().done->total == euros(1400));
}

TEST_CASE("card: a tip is taken with the payment and is not the shop's turnover") {
  TillDriver till;
  const AttemptId id = start(till);
  CardResult result = approved(1500);
  result.tip = euros(100);
  till.must(CardAnswered{id, result});
  CHECK(till.now().done->paid_now == euros(1400));
  CHECK(find_order(till.database(), till.now().done->order)->payments.front().label == "tip 1.00");
}

TEST_CASE("card: money goes back to the card as an attempt of its own, never more than was paid") {
  TillDriver till;
  const auto [order, payment] = paid_by_card(till);
  CHECK(till.refused(RefundToCard{order, payment, euros(1500), CardKind::refund, "broken"}).kind ==
        RefusalKind::rule);
  CHECK(till.refused(RefundToCard{order, payment, euros(400), CardKind::refund, ""}).text ==
        "Please give a reason.");
  const auto effects =
      till.must(RefundToCard{order, payment, euros(400), CardKind::refund, "broken"});
  const auto* asked = find_effect<AuthorizeCard>(effects);
  REQUIRE(asked);
  CHECK(asked->attempt.kind == CardKind::refund);
  CHECK(asked->attempt.original_ticket == "tid=1;receipt=0042");
  till.must(CardAnswered{asked->attempt.id, approved(400)});
  const auto after = find_order(till.database(), order);
  CHECK(after->payments.size() == 2);
  CHECK(paid_sum(*after) == euros(1000));
  CHECK(till.refused(RefundToCard{order, payment, euros(1001), CardKind::refund, "x"}).kind ==
        RefusalKind::rule);
  CHECK(till.refused(RefundToCard{order, payment, euros(300), CardKind::reversal, "x"}).text ==
        "Only a whole payment of this terminal can be reversed.");
}

TEST_CASE("card: what a terminal wants printed waits on disk until a printer has it") {
  TillDriver till;
  const auto effects = till.must(
      QueueTerminalSlip{{0, {}, SlipCopy::merchant, true, {{"HÄNDLERBELEG", true, false, true}}}});
  REQUIRE(find_effect<PrintTerminalSlip>(effects));
  const auto resumed = till.reopen();
  const auto* again = find_effect<PrintTerminalSlip>(resumed);
  REQUIRE(again);
  CHECK(again->slip.needs_signature);
  CHECK(again->slip.lines == std::vector<TerminalLine>{{"HÄNDLERBELEG", true, false, true}});
  till.must(TerminalSlipAnswered{again->slip.row, PrintFate::printed, ""});
  CHECK_FALSE(find_effect<PrintTerminalSlip>(till.reopen()));
}

TEST_CASE("card: a refund by card gives goods and money back when the terminal has answered") {
  TillDriver till;
  const auto [order, payment] = paid_by_card(till);
  const LineId line = find_order(till.database(), order)->lines.front().id;
  RefundOrder refund{order, {{line, pieces(1), {0, eur}, true}}, "broken", Tender::card};
  const auto effects = till.must(refund);
  const auto* asked = find_effect<AuthorizeCard>(effects);
  REQUIRE(asked);
  CHECK(asked->attempt.kind == CardKind::refund);
  CHECK(asked->attempt.original == payment);
  CHECK(find_order(till.database(), order)->refunds.empty());
  refund.tender = Tender::cash;
  CHECK(till.refused(refund).text == "A card payment is not settled yet.");

  SUBCASE("approved, after a restart") {
    till.reopen();
    till.must(CardAnswered{asked->attempt.id, approved(1400)});
    const auto after = find_order(till.database(), order);
    REQUIRE(after->refunds.size() == 1);
    CHECK(after->refunds.front().amount == euros(1400));
    CHECK(after->refunds.front().reason == "broken");
    CHECK(payment_status(*after, price(*after).total) == PaymentStatus::refunded);
    CHECK(after->payments.back().original == payment);
    CHECK_FALSE(till.now().attempt);
    CHECK(till.refused(refund).text == "This is more than was bought.");
  }
  SUBCASE("declined: nothing is given back, and cash may be") {
    till.must(CardAnswered{asked->attempt.id, {CardPhase::declined, {}, "no", ""}});
    CHECK(find_order(till.database(), order)->refunds.empty());
    CHECK(till.now().attempt->phase == CardPhase::declined);
    till.must(DismissCard{asked->attempt.id});
    till.must(refund);
    CHECK(find_order(till.database(), order)->refunds.size() == 1);
  }
  SUBCASE("unknown, then found to be booked: by a person, once") {
    till.must(CardAnswered{asked->attempt.id, {CardPhase::unknown, {}, "line lost", ""}});
    CHECK(till.refused(refund).text == "A card payment is not settled yet.");
    till.must(ResolveCard{asked->attempt.id, CardVerdict::paid, "slip seen"});
    CHECK(find_order(till.database(), order)->refunds.size() == 1);
    till.refused(CardAnswered{asked->attempt.id, approved(1400)});
    CHECK(find_order(till.database(), order)->refunds.size() == 1);
  }
}

TEST_CASE("card: what was put off can be asked about and decided without its order in hand") {
  TillDriver till;
  const AttemptId id = start(till);
  till.must(CardAnswered{id, {CardPhase::unknown, {}, "line lost", ""}});
  till.must(PutOffCard{id});
  const auto effects = till.must(AskTerminal{id});
  REQUIRE(find_effect<ProbeCard>(effects));
  CHECK(till.now().put_off.front().asked == 1);
  CHECK(till.now().put_off.front().order_number == "T1-000001");
  till.must(CardAnswered{id, {CardPhase::unknown, {}, "no answer", ""}});
  CHECK(till.now().put_off.front().says == "no answer");
  CHECK(till.refused(ResolveCard{id, CardVerdict::not_paid, " "}).text == "Please give a reason.");
  till.must(ResolveCard{id, CardVerdict::not_paid, "no slip"});
  CHECK(till.now().put_off.empty());
  CHECK(find_attempt(till.database(), id)->phase == CardPhase::declined);
  CHECK(till.now().parked.size() == 1);
  till.scan(brezel);
  till.must(StartCard{euros(105)});
}

TEST_CASE("card: the terminal's word on what was put off is booked where nobody is served") {
  TillDriver till;
  const AttemptId id = start(till);
  till.must(CardAnswered{id, {CardPhase::unknown, {}, "line lost", ""}});
  till.must(PutOffCard{id});
  till.scan(brezel);
  till.must(AskTerminal{id});
  till.must(CardAnswered{id, approved(1400)});
  // The customer with the pretzel comes first; it says so and waits.
  REQUIRE(till.now().put_off.size() == 1);
  CHECK(till.now().put_off.front().says ==
        "The terminal says that this card was charged after all.");
  till.must(TakeCash{euros(105)});
  till.must(NextSale{});
  till.must(AskTerminal{id});
  till.must(CardAnswered{id, approved(1400)});
  CHECK(till.now().put_off.empty());
  CHECK(till.now().done->total == euros(1400));
  CHECK(find_attempt(till.database(), id)->phase == CardPhase::approved);
}

TEST_CASE("card: decided as paid, what was put off takes the place of the cart, which is parked") {
  TillDriver till;
  const AttemptId id = start(till);
  till.must(CardAnswered{id, {CardPhase::unknown, {}, "line lost", ""}});
  till.must(PutOffCard{id});
  till.scan(brezel);
  till.must(ResolveCard{id, CardVerdict::paid, "slip seen"});
  CHECK(till.now().done->total == euros(1400));
  CHECK(till.now().parked.size() == 1);
}

TEST_CASE("card: a refund whose answer is lost can be put off, and does not stop the sale") {
  TillDriver till;
  const auto [order, payment] = paid_by_card(till);
  const auto effects =
      till.must(RefundToCard{order, payment, euros(400), CardKind::refund, "broken"});
  const AttemptId id = find_effect<AuthorizeCard>(effects)->attempt.id;
  till.must(CardReached{id, CardStep::sent, "60000142", "trace=8", {}});
  till.must(CardAnswered{id, {CardPhase::unknown, {}, "line lost", ""}});
  till.must(PutOffCard{id});
  till.scan(brezel);
  till.must(TakeCash{euros(105)});
  till.must(NextSale{});
  // After a restart it is asked about again, as what was in hand would be.
  const auto again = till.reopen();
  CHECK(find_effect<ProbeCard>(again));
  till.must(CardAnswered{id, approved(400)});
  CHECK(find_attempt(till.database(), id)->phase == CardPhase::approved);
  CHECK(find_order(till.database(), order)->payments.size() == 2);
}

TEST_CASE("card: every unclear payment is asked about at the start and none is out of sight") {
  TillDriver till;
  const AttemptId first = start(till);
  till.must(CardReached{first, CardStep::sent, "60000142", "trace=7", {}});
  till.must(CardAnswered{first, {CardPhase::unknown, {}, "line lost", ""}});
  till.must(PutOffCard{first});
  const auto effects = till.reopen();
  const auto* asked = find_effect<ProbeCard>(effects);
  REQUIRE(asked);
  CHECK(asked->attempt.id == first);
  CHECK(till.now().put_off.size() == 1);
}

TEST_CASE("card: a refund that was only asked for is not told as done") {
  TillDriver till;
  const auto [order, payment] = paid_by_card(till);
  const auto effects =
      till.must(RefundToCard{order, payment, euros(400), CardKind::refund, "broken"});
  CardResult result = approved(400);
  result.is_requested = true;
  till.must(CardAnswered{find_effect<AuthorizeCard>(effects)->attempt.id, result});
  CHECK(find_order(till.database(), order)->payments.back().label ==
        "requested, not yet confirmed by the bank");
  // It cannot be asked for twice all the same.
  CHECK(till.refused(RefundToCard{order, payment, euros(1400), CardKind::refund, "again"}).text ==
        "This is more than was paid by this card.");
}

TEST_CASE("card: a surplus of more than the amount itself is no tip but a doubt") {
  TillDriver till;
  const AttemptId id = start(till);
  CardResult result = approved(9801);
  result.tip = euros(8401);
  till.must(CardAnswered{id, result});
  CHECK(till.now().attempt->phase == CardPhase::unknown);
}

TEST_CASE("card: a booking that only its amount ties to the payment is decided by a person") {
  TillDriver till;
  paid_by_card(till);
  const AttemptId id = start(till);
  till.must(CardReached{id, CardStep::sent, "60000142", "trace=7", {}});
  CardResult found{CardPhase::unknown, {}, "the same amount", ""};
  found.alike = Lookalike{euros(1400), "Visa •••• 1111", "trace=000008;receipt=0043"};
  till.must(CardAnswered{id, found});
  CHECK(till.now().attempt->alike == found.alike);
  CHECK(till.now().due == euros(1400));

  SUBCASE("asked again, the terminal is told which bookings are other attempts'") {
    const auto effects = till.must(AskTerminal{id});
    CHECK(find_effect<ProbeCard>(effects)->other_tickets ==
          std::vector<std::string>{"tid=1;receipt=0042"});
  }
  SUBCASE("it can be put off, and is still there when it is taken up") {
    till.must(PutOffCard{id});
    till.must(CardAnswered{id, found});
    REQUIRE(till.now().put_off.size() == 1);
    CHECK(till.now().put_off.front().alike == found.alike);
  }
  SUBCASE("paid: the payment has the terminal's own name, and can be reversed by it") {
    till.must(ResolveCard{id, CardVerdict::paid, "slip 0043"});
    const auto stored = find_attempt(till.database(), id);
    CHECK(stored->phase == CardPhase::approved);
    CHECK(stored->ticket == "trace=000008;receipt=0043");
    CHECK(till.now().done->total == euros(1400));
  }
  SUBCASE("not paid: nothing is booked, and nothing of the other's booking is kept") {
    till.must(ResolveCard{id, CardVerdict::not_paid, "the other till's"});
    CHECK(find_attempt(till.database(), id)->ticket.empty());
    CHECK(till.now().due == euros(1400));
  }
}
