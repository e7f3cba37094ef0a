// The state machine of a placed order as one table: every verb in every state,
// allowed or refused, where the till is the master and at a platform.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/store/answers.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

Uuid named(std::uint8_t last) {
  Uuid id;
  id.bytes[0] = 9;
  id.bytes[15] = last;
  return id;
}

const OrderId table_order{named(1)};
const LineId table_line{named(2)};

// Two books that cost 20.00, with one payment of a kind.
Order placed(Instant now, Delivery delivery, std::optional<TransactionKind> kind) {
  Order order;
  order.id = table_order;
  order.number = "#7001";
  order.channel = "online";
  order.stage = Stage::open;
  order.customer = {"Jo Lang", "jo@example.org", "en"};
  order.delivery = delivery;
  order.address.city = "Köln";
  order.created = order.placed = now;
  order.version = 1;
  LineItem line;
  line.id = table_line;
  line.title = line.sku = "Krimi";
  line.unit_price = euros(1000);
  line.quantity = pieces(2);
  line.tax_rate = {700};
  order.lines = {line};
  order.cash_rounding = euros(0);
  if (!kind) return order;
  Payment payment;
  payment.id = {named(3)};
  payment.kind = *kind;
  payment.tender = Tender::card;
  payment.amount = payment.given = euros(2000);
  payment.at = now;
  payment.version = 1;
  order.payments = {payment};
  return order;
}

struct State {
  const char* name;
  Delivery delivery = Delivery::shipping;
  std::optional<TransactionKind> payment = TransactionKind::authorization;
  std::vector<Command> before = {};
};

const std::vector<State>& states() {
  const OrderId id = table_order;
  const auto shipping = Delivery::shipping, pickup = Delivery::pickup;
  const auto authorized = TransactionKind::authorization, sold = TransactionKind::sale;
  static const std::vector<State> all{
      {"unpaid", shipping, std::nullopt},
      {"authorized"},
      {"part captured", shipping, authorized, {CapturePayment{id, euros(500)}}},
      {"released", shipping, authorized, {VoidAuthorization{id}}},
      {"paid", shipping, sold},
      {"part fulfilled", shipping, sold, {FulfilOrder{id, {{table_line, pieces(1)}}}}},
      {"fulfilled, unpaid", shipping, authorized, {FulfilOrder{id}}},
      {"fulfilled and paid", shipping, sold, {FulfilOrder{id}}},
      {"archived", shipping, sold, {FulfilOrder{id}, ArchiveOrder{id}}},
      {"archived as placed", shipping, authorized, {ArchiveOrder{id}}},
      {"cancelled", shipping, authorized, {CancelOrder{id, "late", false}}},
      {"to be fetched", pickup, sold},
      {"lies ready", pickup, sold, {MarkReady{id}}},
      {"fetched", pickup, sold, {MarkReady{id}, HandOver{id, "Jo"}}},
  };
  return all;
}

struct Verb {
  char letter;
  Command command;
};

// The letters of the table, in this order.
const std::vector<Verb>& verbs() {
  const OrderId id = table_order;
  static const std::vector<Verb> all{
      {'c', CapturePayment{id}},
      {'v', VoidAuthorization{id}},
      {'f', FulfilOrder{id}},
      {'r', MarkReady{id}},
      {'h', HandOver{id, "Jo"}},
      {'a', ArchiveOrder{id}},
      {'o', ReopenOrder{id}},
      {'x', CancelOrder{id, "late", false}},
      {'b', RefundOrder{id, {}, "late", Tender::other, {}, euros(100)}},
      {'m', SetOrderCustomer{id, {"Jo Lang", "new@example.org", "en"}}},
      {'n', NoteOrder{id, "rings twice"}},
      {'p', PrintPackingSlip{id}},
  };
  return all;
}

// What is allowed in a state: its letters, a dash for what is refused and has
// changed nothing.
std::string allowed_in(const State& state, const char* upstream) {
  std::string word;
  for (const Verb& verb : verbs()) {
    TillDriver till;
    till.must(ChangeSetting{"rules.archive", "off"});
    till.must(ChangeSetting{"upstream.kind", upstream});
    till.must(ReceiveOrder{placed(till.clock.now(), state.delivery, state.payment)});
    for (const Command& command : state.before) till.must(command);
    const auto before = find_order(till.database(), table_order);
    const auto rows = outbox_page(till.database(), 0, 100).size();
    const auto handled = till.till().handle(verb.command);
    word += handled ? verb.letter : '-';
    if (handled) continue;
    INFO(state.name);
    INFO(verb.letter);
    INFO(handled.error().text);
    CHECK(handled.error().kind == RefusalKind::rule);
    CHECK_FALSE(handled.error().text.empty());
    CHECK(find_order(till.database(), table_order) == before);
    CHECK(outbox_page(till.database(), 0, 100).size() == rows);
  }
  return word;
}

}  // namespace

TEST_CASE("order table: every verb in every state is allowed or refused as written here") {
  struct Row {
    const char* state;
    const char* here;         // where the till is the master
    const char* at_platform;  // which gives back what was paid when it cancels
  };
  // c capture, v release, f fulfil, r ready, h hand over, a archive, o reopen,
  // x cancel, b refund, m mail address, n note, p packing slip
  const std::vector<Row> table{
      {"unpaid", "--f-ha-x-mnp", "--f-ha-x-mnp"},
      {"authorized", "cvf-ha-x-mnp", "cvf-ha-x-mnp"},
      {"part captured", "cvf-ha--bmnp", "cvf-ha-xbmnp"},
      {"released", "--f-ha-x-mnp", "--f-ha-x-mnp"},
      {"paid", "--f-ha--bmnp", "--f-ha-xbmnp"},
      {"part fulfilled", "--f-ha--bmnp", "--f-ha--bmnp"},
      {"fulfilled, unpaid", "cv---a---mnp", "cv---a---mnp"},
      {"fulfilled and paid", "-----a--bmnp", "-----a--bmnp"},
      {"archived", "------o-bmnp", "------o-bmnp"},
      {"archived as placed", "cvf-h-ox-mnp", "cvf-h-ox-mnp"},
      {"cancelled", "-----a---mnp", "-v---a---mnp"},
      {"to be fetched", "--frha--bmnp", "--frha-xbmnp"},
      {"lies ready", "--f-ha--bmnp", "--f-ha-xbmnp"},
      {"fetched", "-----a--bmnp", "-----a--bmnp"},
  };
  REQUIRE(table.size() == states().size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    CHECK(std::string(table[i].state) == states()[i].name);
    INFO(table[i].state);
    CHECK(allowed_in(states()[i], "folder") == std::string(table[i].here));
    CHECK(allowed_in(states()[i], "medusa") == std::string(table[i].at_platform));
  }
}

TEST_CASE("order table: 500 orders at once are each told of once, whatever is replayed") {
  TillDriver till;
  std::vector<Order> orders;
  for (int n = 0; n < 500; ++n) {
    Order order = placed(till.clock.now(), Delivery::shipping, TransactionKind::authorization);
    const auto mark = [&](Uuid& id) {
      id.bytes[1] = static_cast<std::uint8_t>(n / 256 + 1);
      id.bytes[2] = static_cast<std::uint8_t>(n % 256);
    };
    mark(order.id.uuid);
    mark(order.lines[0].id.uuid);
    mark(order.payments[0].id.uuid);
    order.number = "#" + std::to_string(20'000 + n);
    orders.push_back(std::move(order));
  }
  till.must(ReceiveOrders{orders});
  CHECK(till.now().counts.new_orders == 500);
  till.must(ReceiveOrders{orders});
  till.reopen();
  for (Order& order : orders) order.version = 0;
  till.must(ReceiveOrders{orders});
  CHECK(till.now().counts.new_orders == 500);
  const auto mails = due_outbox(till.database(), OutboxWay::mail, till.clock.now(), 5000);
  std::vector<std::string> to_customers, to_shop;
  for (const OutboxRow& row : mails) {
    if (row.kind == OutboxKind::mail_confirmation) to_customers.push_back(row.order_number);
    if (row.kind == OutboxKind::mail_new_order) to_shop.push_back(row.order_number);
  }
  for (auto* told : {&to_customers, &to_shop}) {
    CHECK(told->size() == 500);
    std::sort(told->begin(), told->end());
    CHECK(std::adjacent_find(told->begin(), told->end()) == told->end());
  }
  // The till sells on.
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  CHECK(till.now().done);
}

TEST_CASE("order table: bad orders are shown and marked, and no rule or mail does harm") {
  struct Bad {
    const char* what;
    void (*spoil)(Order&);
    const char* marked;
  };
  const std::vector<Bad> all{
      {"no lines", [](Order& order) { order.lines.clear(); }, "This order has no lines."},
      {"no address", [](Order& order) { order.address = {}; }, "There is no address to ship to."},
      {"no e-mail", [](Order& order) { order.customer = {}; }, "There is no e-mail address."},
      {"no currency", [](Order& order) { order.currency = Currency{}; },
       "This order says no currency."},
      {"another currency",
       [](Order& order) {
         order.currency = usd;
         order.cash_rounding = {0, usd};
         order.lines[0].unit_price.currency = usd;
         order.payments[0].amount.currency = order.payments[0].given.currency = usd;
       },
       "This order is in another currency."},
      {"prices that do not add up",
       [](Order& order) { order.attention = "The total does not match the lines."; },
       "The total does not match the lines."},
      {"unknown states",
       [](Order& order) {
         order.fulfilment = "under_the_bridge";
         order.upstream_payment = "in_cowries";
       },
       ""},
      {"500 lines",
       [](Order& order) {
         const LineItem line = order.lines[0];
         order.lines.clear();
         for (int i = 0; i < 500; ++i) {
           order.lines.push_back(line);
           order.lines.back().id.uuid.bytes[3] = static_cast<std::uint8_t>(i / 256 + 1);
           order.lines.back().id.uuid.bytes[4] = static_cast<std::uint8_t>(i % 256);
         }
       },
       ""},
  };
  for (const Bad& bad : all) {
    INFO(bad.what);
    TillDriver till;
    till.must(ChangeSetting{"rules.capture", "at_order"});
    till.must(ChangeSetting{"rules.archive", "on"});
    Order order = placed(till.clock.now(), Delivery::shipping, TransactionKind::authorization);
    bad.spoil(order);
    till.must(ReceiveOrder{order});
    till.reopen();
    const auto detail = std::get<FoundOrder>(answer(till.database(), AskOrder{order.id})).detail;
    REQUIRE(detail);
    CHECK(detail->order.attention == bad.marked);
    CHECK(detail->order.lines.size() == order.lines.size());
    if (*bad.marked) CHECK(detail->order.payments.size() == 1);
    const auto page = order_page(till.database(), {});
    REQUIRE(page.rows.size() == 1);
    CHECK(page.rows[0].number == "#7001");
    CHECK(page.rows[0].attention == bad.marked);
    const auto mails = due_outbox(till.database(), OutboxWay::mail, till.clock.now(), 100);
    for (const OutboxRow& row : mails) CHECK_FALSE(row.recipient.empty());
  }
}
