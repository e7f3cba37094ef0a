// The state machine of a placed order: what is allowed and refused, as facts
// where the till is the master and as intents toward a platform.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/store/answers.h"
#include "core/store/journal.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/rule_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

Uuid id_of(std::uint8_t last) {
  Uuid id;
  id.bytes[0] = 7;
  id.bytes[15] = last;
  return id;
}

// Two books, authorized online, to be shipped.
Order online_order(Instant now, std::uint8_t n = 1) {
  Order order;
  order.id = {id_of(n)};
  order.number = "10" + std::to_string(n);
  order.channel = "online";
  order.stage = Stage::open;
  order.customer = {"Jo Lang", "jo@example.org", "en"};
  order.delivery = Delivery::shipping;
  order.address.street = "Ring 1";
  order.address.city = "Köln";
  order.created = order.placed = now;
  order.version = 1;
  LineItem line;
  line.id = {id_of(static_cast<std::uint8_t>(100 + n))};
  line.title = "Krimi";
  line.sku = "Krimi";
  line.unit_price = euros(1000);
  line.quantity = pieces(2);
  line.tax_rate = {700};
  order.lines = {line};
  Payment payment;
  payment.id = {id_of(static_cast<std::uint8_t>(200 + n))};
  payment.kind = TransactionKind::authorization;
  payment.tender = Tender::card;
  payment.amount = payment.given = euros(2000);
  payment.at = now;
  payment.version = 1;
  order.payments = {payment};
  order.cash_rounding = euros(0);
  return order;
}

struct Scene {
  TillDriver till;
  OrderId id;
  explicit Scene(const char* archive = "off") {
    till.must(ChangeSetting{"rules.archive", archive});
    const Order order = online_order(till.clock.now());
    id = order.id;
    till.must(ReceiveOrder{order});
  }
  OrderDetail detail() {
    return *std::get<FoundOrder>(answer(till.database(), AskOrder{id})).detail;
  }
  std::vector<OutboxRow> mails() {
    return due_outbox(till.database(), OutboxWay::mail, till.clock.now(), 100);
  }
};

std::int64_t count(const std::vector<OutboxRow>& rows, OutboxKind kind) {
  return std::count_if(rows.begin(), rows.end(),
                       [&](const OutboxRow& row) { return row.kind == kind; });
}

}  // namespace

TEST_CASE("order life: an order is captured, fulfilled and archived by hand") {
  Scene scene;
  CHECK(scene.detail().payment == "authorized");
  CHECK(scene.detail().fulfilment == "unfulfilled");
  scene.till.must(CapturePayment{scene.id, euros(500)});
  CHECK(scene.detail().payment == "partially_paid");
  scene.till.must(CapturePayment{scene.id});
  CHECK(scene.detail().payment == "paid");
  FulfilOrder one{scene.id, {{scene.detail().order.lines[0].id, pieces(1)}}};
  scene.till.must(one);
  CHECK(scene.detail().fulfilment == "partially_fulfilled");
  scene.till.must(FulfilOrder{scene.id});
  CHECK(scene.detail().fulfilment == "fulfilled");
  scene.till.must(ArchiveOrder{scene.id});
  CHECK(scene.detail().order.stage == Stage::archived);
  scene.till.reopen();
  CHECK(scene.detail().order.version == 6);
  CHECK(scene.detail().order.fulfilments.size() == 2);
  scene.till.must(ReopenOrder{scene.id});
  CHECK(scene.detail().order.stage == Stage::open);
}

TEST_CASE("order life: what a state does not allow is refused and changes nothing") {
  struct Row {
    const char* name;
    std::vector<Command> before;
    Command refused;
  };
  const OrderId id{id_of(1)};
  const LineId line{id_of(101)};
  const std::vector<Row> rows{
      {"more than authorized", {}, CapturePayment{id, euros(2001)}},
      {"captured twice", {CapturePayment{id}}, CapturePayment{id}},
      {"released after capture", {CapturePayment{id}}, VoidAuthorization{id}},
      {"captured after release", {VoidAuthorization{id}}, CapturePayment{id}},
      {"too many pieces", {}, FulfilOrder{id, {{line, pieces(3)}}}},
      {"no such line", {}, FulfilOrder{id, {{LineId{id_of(9)}, pieces(1)}}}},
      {"fulfilled twice", {FulfilOrder{id}}, FulfilOrder{id}},
      {"ready without pick-up", {}, MarkReady{id}},
      {"archived twice", {ArchiveOrder{id}}, ArchiveOrder{id}},
      {"reopened while open", {}, ReopenOrder{id}},
      {"cancelled without a reason", {}, CancelOrder{id, "", false}},
      {"cancelled after it left", {FulfilOrder{id}}, CancelOrder{id, "late", false}},
      {"cancelled while paid", {CapturePayment{id}}, CancelOrder{id, "late", false}},
      {"captured when cancelled", {CancelOrder{id, "late", false}}, CapturePayment{id}},
      {"fulfilled when cancelled", {CancelOrder{id, "late", false}}, FulfilOrder{id}},
      {"refunded before it is paid", {}, RefundOrder{id, {}, "late", Tender::other, {}, euros(1)}},
      {"refunded more than paid",
       {CapturePayment{id}},
       RefundOrder{id, {}, "late", Tender::other, {}, euros(2001)}},
      {"refunded more pieces",
       {CapturePayment{id}},
       RefundOrder{id, {{line, pieces(3), {}, false}}, "late", Tender::other}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Scene scene;
    for (const Command& command : row.before) scene.till.must(command);
    const Order before = scene.detail().order;
    scene.till.refused(row.refused);
    CHECK(scene.detail().order == before);
  }
}

TEST_CASE("order life: the mails of an arrival are queued once, whatever is replayed") {
  Scene scene;
  scene.till.must(ReceiveOrder{online_order(scene.till.clock.now())});
  scene.till.reopen();
  scene.till.must(ReceiveOrders{{online_order(scene.till.clock.now())}});
  CHECK(count(scene.mails(), OutboxKind::mail_new_order) == 1);
  CHECK(count(scene.mails(), OutboxKind::mail_confirmation) == 1);
}

TEST_CASE("order life: rules archive what is fulfilled and paid, and say why") {
  Scene scene("on");
  scene.till.must(CapturePayment{scene.id});
  CHECK(scene.detail().order.stage == Stage::open);
  scene.till.must(FulfilOrder{scene.id});
  const Order order = scene.detail().order;
  CHECK(order.stage == Stage::archived);
  CHECK(order.timeline.back().kind == "archived by rule");
  CHECK(order.timeline.back().detail == "fulfilled and paid");
}

TEST_CASE("order life: the rule to archive, switched on later, takes what was sold before") {
  TillDriver till;
  const auto pay = [&] {
    till.must(TakeCash{euros(1400)});
    return till.now().done->order;
  };
  till.scan(krimi);
  const OrderId sold = pay();
  till.scan(krimi);  // parked and open carts stay as they are
  till.must(ParkOrder{});
  till.scan(krimi);
  till.must(ReceiveOrder{online_order(till.clock.now())});
  till.must(ChangeSetting{"rules.archive", "on"});
  till.must(ApplyRules{});
  CHECK(find_order(till.database(), sold)->stage == Stage::archived);
  CHECK(find_order(till.database(), {id_of(1)})->stage == Stage::open);
  CHECK(find_order(till.database(), pay())->stage == Stage::archived);
  CHECK(rule_candidates(till.database(), till.now().settings.rules).empty());
}

TEST_CASE("order life: all three rules bring an order to its end on arrival, but no pick-up") {
  TillDriver till;
  till.must(ChangeSetting{"rules.capture", "at_order"});
  till.must(ChangeSetting{"rules.fulfil", "everything"});
  till.must(ChangeSetting{"rules.archive", "on"});
  Order shipped = online_order(till.clock.now(), 1);
  Order fetched = online_order(till.clock.now(), 2);
  fetched.delivery = Delivery::pickup;
  till.must(ReceiveOrders{{shipped, fetched}});
  CHECK(find_order(till.database(), shipped.id)->stage == Stage::archived);
  const auto left = find_order(till.database(), fetched.id);
  CHECK(left->stage == Stage::open);
  CHECK(left->fulfilments.empty());
  till.must(MarkReady{fetched.id});
  till.must(HandOver{fetched.id, "Jo"});
  CHECK(find_order(till.database(), fetched.id)->stage == Stage::archived);
  CHECK(till.now().arrivals.count == 2);
}

TEST_CASE("order life: an authorization that lapses is warned of once, then expired") {
  Scene scene;
  scene.till.clock.advance(std::chrono::hours(24 * 6));
  scene.till.must(ApplyRules{});
  scene.till.must(ApplyRules{});
  CHECK(count(scene.mails(), OutboxKind::mail_expiring) == 1);
  CHECK(scene.till.now().counts.expiring == 1);
  scene.till.clock.advance(std::chrono::hours(24 * 2));
  scene.till.must(ApplyRules{});
  CHECK(scene.detail().payment == "expired");
  scene.till.refused(CapturePayment{scene.id});
}

TEST_CASE("order life: parts of a line refunded one after the other sum to what it cost") {
  Scene scene;
  scene.till.must(CapturePayment{scene.id});
  const LineId line = scene.detail().order.lines[0].id;
  scene.till.must(RefundOrder{scene.id, {{line, pieces(1), {}, true}}, "broken", Tender::cash});
  CHECK(scene.detail().payment == "partially_refunded");
  REQUIRE(scene.detail().receipts.size() == 1);
  CHECK(scene.detail().receipts[0].kind == ReceiptKind::refund);
  CHECK(scene.detail().receipts[0].amount == euros(-1000));
  scene.till.must(RefundOrder{scene.id, {{line, pieces(1), {}, true}}, "broken", Tender::other});
  CHECK(scene.detail().payment == "refunded");
  CHECK(scene.detail().order.refunds.size() == 2);
  CHECK(std::holds_alternative<JournalSound>(verify_journal(scene.till.database())));
}

TEST_CASE("order life: an order of version 0 is taken over by content and keeps what is ours") {
  Scene scene;
  Order again = online_order(scene.till.clock.now());
  scene.till.must(CapturePayment{scene.id});
  scene.till.must(SetOrderCustomer{scene.id, {"Jo Lang", "new@example.org", "en"}});
  const std::int64_t version = scene.detail().order.version;
  again.version = 0;
  scene.till.must(ReceiveOrder{again});
  CHECK(scene.detail().order.version == version);
  again.note = "Please ring twice";
  scene.till.must(ReceiveOrder{again});
  const Order order = scene.detail().order;
  CHECK(order.version == version + 1);
  CHECK(order.note == "Please ring twice");
  CHECK(order.customer.email == "new@example.org");
  CHECK(order.payments.size() == 2);
}

TEST_CASE("order life: a bad order is shown and marked, and no rule touches it") {
  TillDriver till;
  till.must(ChangeSetting{"rules.capture", "at_order"});
  Order order = online_order(till.clock.now());
  order.lines.clear();
  order.address = {};
  order.customer = {};
  order.fulfilment = "under_the_bridge";
  till.must(ReceiveOrder{order});
  const auto page = order_page(till.database(), {.tab = OrderTab::attention});
  REQUIRE(page.rows.size() == 1);
  CHECK(page.rows[0].attention == "This order has no lines.");
  CHECK(page.rows[0].fulfilment == "under_the_bridge");
  CHECK(find_order(till.database(), order.id)->payments.size() == 1);
}
