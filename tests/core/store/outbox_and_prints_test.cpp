#include <doctest/doctest.h>

#include "core/store/answers.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

FoundPrints prints_of(TillDriver& till) {
  return std::get<FoundPrints>(answer(till.database(), AskPrints{}));
}

}  // namespace

TEST_CASE("prints: a slip that is not on paper is listed with its receipt until it is") {
  TillDriver till;
  till.scan(krimi);
  const auto effects = till.must(TakeCash{euros(1400)});
  const auto* slip = find_effect<PrintSlip>(effects);
  REQUIRE(slip);
  till.must(PrintAnswered{slip->job, PrintFate::refused, "Paper is out"});
  auto found = prints_of(till);
  REQUIRE(found.rows.size() == 1);
  CHECK(found.rows[0].job.state == PrintState::refused);
  CHECK(found.rows[0].job.reason == "Paper is out");
  CHECK(found.rows[0].receipt.code == slip->receipt.code);
  till.must(PrintAnswered{slip->job, PrintFate::printed, ""});
  CHECK(prints_of(till).rows.empty());
}

TEST_CASE("print again: each receipt of an order can be copied, but none of another order") {
  TillDriver till;
  till.scan(krimi);
  till.must(TakeCash{euros(400)});
  till.must(LeavePartiallyPaid{});
  const OrderId order = till.now().done->order;
  till.must(CollectPayment{order});
  till.must(TakeCash{euros(1000)});
  const auto detail = std::get<FoundOrder>(answer(till.database(), AskOrder{order})).detail;
  REQUIRE(detail);
  REQUIRE(detail->receipts.size() == 2);
  const Receipt& deposit = detail->receipts[0];

  auto effects = till.must(PrintAgain{order, SlipForm::copy, deposit.row});
  const auto* slip = find_effect<PrintSlip>(effects);
  REQUIRE(slip);
  CHECK(slip->receipt.code == deposit.code);
  CHECK(slip->form == SlipForm::copy);
  effects = till.must(PrintAgain{order, SlipForm::copy});
  CHECK(find_effect<PrintSlip>(effects)->receipt.code == detail->receipts[1].code);
  till.refused(PrintAgain{order, SlipForm::copy, deposit.row + 100});
}

TEST_CASE("sync now: what waits for a later try is due at once") {
  TillDriver till;
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  auto rows = outbox_page(till.database(), 0, 10);
  REQUIRE(rows.size() == 1);
  const Instant later = till.clock.now() + std::chrono::hours(1);
  till.must(OutboxAnswered{{{rows[0].row, OutboxFate::again, "The network is gone", later}}});
  CHECK(due_outbox(till.database(), OutboxWay::upstream, till.clock.now(), 10).empty());
  const auto effects = till.must(SyncNow{});
  CHECK(find_effect<WakeSync>(effects) != nullptr);
  CHECK(due_outbox(till.database(), OutboxWay::upstream, till.clock.now(), 10).size() == 1);
}

TEST_CASE("outbox: what was cut off half way keeps the platform's names of the order, once") {
  TillDriver till;
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  const auto row = outbox_page(till.database(), 0, 10).at(0).row;
  const OrderId order = till.now().done->order;
  const auto answered = [&](OutboxFate fate, const char* id) {
    till.must(OutboxAnswered{{{row, fate, "cut", till.clock.now(), {id, "#12", "", {}}}}});
    return find_order(till.database(), order)->upstream_id;
  };
  CHECK(answered(OutboxFate::refused, "order_0").empty());
  CHECK(answered(OutboxFate::again, "").empty());
  CHECK(answered(OutboxFate::again, "order_1") == "order_1");
  CHECK(answered(OutboxFate::again, "order_2") == "order_1");
  CHECK(find_order(till.database(), order)->upstream_number == "#12");
}

TEST_CASE("prints: a slip that is asked for twice while it waits goes into the printer once") {
  TillDriver till;
  till.scan(krimi);
  const auto effects = till.must(TakeCash{euros(1400)});
  const auto* slip = find_effect<PrintSlip>(effects);
  REQUIRE(slip);
  till.must(RetryPrint{slip->job});
  till.must(PrintBegins{slip->job, 0});
  till.refused(PrintBegins{slip->job, 0});
  till.refused(RetryPrint{slip->job});
  till.must(PrintAnswered{slip->job, PrintFate::refused, "Paper is out"});
  const auto again = till.must(RetryPrint{slip->job});
  CHECK(find_effect<PrintSlip>(again)->job == slip->job);
}

TEST_CASE("outbox: what is tallied is what a count would give") {
  TillDriver till;
  const auto counted = [&](const char* where) {
    BuiltQuery query(till.database(), std::string("SELECT count(*) FROM ") + where);
    return query.rows().next() ? query.rows().integer(0) : -1;
  };
  const auto same = [&] {
    const OutboxCounts tallied = outbox_counts(till.database());
    CHECK(counted("outbox WHERE state IN (0, 1)") == tallied.waiting);
    CHECK(counted("outbox WHERE state IN (3, 4)") == tallied.stuck);
    CHECK(counted("outbox WHERE state = 2") == tallied.done);
    CHECK(counted("print_jobs WHERE state IN (0, 2, 3, 5)") ==
          count_open_prints(till.database()).count);
  };
  same();
  for (int i = 0; i < 3; ++i) {
    till.scan(krimi);
    till.must(TakeCash{euros(1400)});
  }
  same();
  CHECK(till.now().counts.outbox_waiting == 3);
  const auto rows = outbox_page(till.database(), 0, 10);
  till.must(OutboxAnswered{{{rows[0].row, OutboxFate::done, "", {}},
                            {rows[1].row, OutboxFate::refused, "no", {}},
                            {rows[2].row, OutboxFate::unclear, "?", {}}}});
  same();
  till.must(Resend{rows[1].row});
  same();
  CHECK(till.now().counts.outbox_waiting == 1);
  CHECK(till.now().counts.outbox_stuck == 1);
}
