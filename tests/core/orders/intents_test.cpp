// Toward a platform the verbs are intents. A model of one answers them, changes
// orders by itself, and is asked again at any moment: in the end both agree.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <random>

#include "core/commands/all.h"
#include "core/orders/step.h"
#include "core/store/intents.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/new_store.h"
#include "tests/support/temp_folder.h"

using namespace core;
using namespace tests;

namespace {

Money cents(std::int64_t minor) {
  return {minor, eur};
}

Uuid id_of(std::uint8_t kind, std::uint8_t number) {
  Uuid id;
  id.bytes[0] = 9;
  id.bytes[14] = kind;
  id.bytes[15] = number;
  return id;
}

Order placed_at(Instant now) {
  Order order;
  order.id = {id_of(1, 1)};
  order.number = "7";
  order.channel = "medusa";
  order.stage = Stage::open;
  order.customer = {"Jo Lang", "jo@example.org", "en"};
  order.delivery = Delivery::shipping;
  order.address.city = "Köln";
  order.upstream_id = "order_7";
  order.placed = order.created = now;
  order.cash_rounding = cents(0);
  LineItem line;
  line.id = {id_of(2, 1)};
  line.title = "Krimi";
  line.unit_price = cents(1000);
  line.quantity = pieces(3);
  order.lines = {line};
  Payment payment;
  payment.id = {id_of(3, 1)};
  payment.kind = TransactionKind::authorization;
  payment.tender = Tender::card;
  payment.amount = payment.given = cents(3000);
  payment.upstream_id = "pay_1";
  payment.at = now;
  order.payments = {payment};
  return order;
}

// A platform that reads before it writes, as an adapter makes it look.
class Platform {
 public:
  explicit Platform(Instant now) : order(placed_at(now)), now_(now) {}

  OutboxAnswer answer(const OutboxRow& row, const Order& wanted) {
    OutboxAnswer answer{row.row, OutboxFate::done, "", now_, {}};
    const auto refuse = [&] {
      answer.fate = OutboxFate::refused;
      answer.reason = "the platform does not allow it";
    };
    // Asked again after a lost answer: the idempotency key is known.
    if (std::find(seen_.begin(), seen_.end(), row.key) != seen_.end()) return answer;
    switch (row.kind) {
      case OutboxKind::capture:
        if (capturable_sum(order).minor > 0 && order.stage == Stage::cancelled) {
          refuse();
        } else if (capturable_sum(order).minor > 0) {
          answer.learnt.amount = std::min(row.amount, capturable_sum(order)).minor;
          answer.learnt.subject_id = capture(cents(*answer.learnt.amount));
        }
        break;
      case OutboxKind::fulfil: {
        const auto at = std::find_if(
            wanted.fulfilments.begin(), wanted.fulfilments.end(),
            [&](const Fulfilment& fulfilment) { return fulfilment.id.uuid == row.subject; });
        REQUIRE(at != wanted.fulfilments.end());
        if (open_lines(order).empty()) break;
        // It counts no versions; the till takes an order without one for not placed.
        Order placed = order;
        placed.version = 1;
        if (!cannot_fulfil(placed, at->lines).empty()) {
          refuse();
        } else {
          answer.learnt.subject_id = fulfil(at->lines);
        }
        break;
      }
      case OutboxKind::archive:
        order.stage == Stage::cancelled ? refuse() : void(order.stage = Stage::archived);
        break;
      case OutboxKind::reopen:
        order.stage == Stage::cancelled ? refuse() : void(order.stage = Stage::open);
        break;
      case OutboxKind::cancel:
        if (!cancel()) refuse();
        break;
      default:
        refuse();
    }
    if (answer.fate == OutboxFate::done) seen_.push_back(row.key);
    return answer;
  }

  std::string capture(Money amount) {
    Payment payment;
    payment.id = {id_of(4, ++made_)};
    payment.kind = TransactionKind::capture;
    payment.tender = Tender::card;
    payment.amount = payment.given = amount;
    payment.original = order.payments.front().id;
    payment.upstream_id = "cap_" + std::to_string(made_);
    payment.at = now_;
    order.payments.push_back(payment);
    return payment.upstream_id;
  }
  std::string fulfil(const std::vector<LineQuantity>& lines) {
    Fulfilment fulfilment;
    fulfilment.id = {id_of(5, ++made_)};
    fulfilment.lines = lines;
    fulfilment.upstream_id = "ful_" + std::to_string(made_);
    fulfilment.at = now_;
    order.fulfilments.push_back(fulfilment);
    return fulfilment.upstream_id;
  }
  bool cancel() {
    if (order.stage == Stage::cancelled) return true;
    if (!order.fulfilments.empty()) return false;
    order.stage = Stage::cancelled;
    return true;
  }

  Order order;

 private:
  Instant now_;
  std::uint8_t made_ = 0;
  std::vector<Uuid> seen_;
};

// A till beside it, which can be stopped and started.
class Counter {
 public:
  Counter() : database_(tests::new_store(folder_.path())) { restart(); }
  void restart() {
    till_ = std::make_unique<Till>(database_, clock, ids_);
    till_->settings.upstream.kind = "medusa";
  }
  template <class Said>
  Handled handle(const Said& command) {
    return carry_out(*till_, command);
  }
  void pull(const Platform& platform) { REQUIRE(handle(ReceiveOrder{platform.order})); }
  // One row goes out, and before its answer is taken the order comes in changed.
  void push_behind_pull(Platform& platform) {
    const auto rows = due_outbox(database_, OutboxWay::upstream, clock.now(), 1);
    REQUIRE(rows.size() == 1);
    const auto order = load_order(database_, rows[0].order_row);
    const OutboxAnswer answer = platform.answer(rows[0], order_for(database_, rows[0], *order));
    pull(platform);
    REQUIRE(handle(OutboxAnswered{{answer}}));
  }
  // One row goes out; its answer may get lost on the way back.
  bool push(Platform& platform, bool answer_is_lost = false) {
    const auto rows = due_outbox(database_, OutboxWay::upstream, clock.now(), 1);
    if (rows.empty()) return false;
    const auto order = load_order(database_, rows[0].order_row);
    const OutboxAnswer answer = platform.answer(rows[0], order_for(database_, rows[0], *order));
    if (answer_is_lost) return true;
    REQUIRE(handle(OutboxAnswered{{answer}}));
    if (answer.fate == OutboxFate::refused) REQUIRE(handle(DropIntent{rows[0].row}));
    return true;
  }
  Order order() { return *find_order(database_, {id_of(1, 1)}); }
  Order later() { return foreseen(database_, order()); }
  Database& database() { return database_; }
  Till& till() { return *till_; }

  FakeClock clock;

 private:
  TempFolder folder_;
  Database database_;
  IdSource ids_{7};
  std::unique_ptr<Till> till_;
};

const OrderId the_order{id_of(1, 1)};

void check_same(const Order& mine, const Order& theirs) {
  CHECK(paid_sum(mine) == paid_sum(theirs));
  CHECK(capturable_sum(mine) == capturable_sum(theirs));
  CHECK(open_lines(mine) == open_lines(theirs));
  CHECK(mine.stage == theirs.stage);
  CHECK(mine.fulfilments.size() == theirs.fulfilments.size());
}

}  // namespace

TEST_CASE("intents: what is asked is no fact before the platform has confirmed it") {
  Counter shop;
  Platform platform(shop.clock.now());
  shop.pull(platform);
  REQUIRE(shop.handle(CapturePayment{the_order}));
  REQUIRE(shop.handle(FulfilOrder{the_order}));
  CHECK(paid_sum(shop.order()).is_zero());
  CHECK(paid_sum(shop.later()) == cents(3000));
  CHECK_FALSE(shop.handle(CapturePayment{the_order}));
  CHECK_FALSE(shop.handle(FulfilOrder{the_order}));
  CHECK(shop.push(platform));
  CHECK(paid_sum(shop.order()) == cents(3000));
  CHECK(shop.order().fulfilments.empty());
  CHECK(shop.push(platform));
  CHECK(shop.order().fulfilments.size() == 1);
  shop.pull(platform);
  check_same(shop.order(), platform.order);
}

TEST_CASE("intents: what the platform has done already counts as done") {
  Counter shop;
  Platform platform(shop.clock.now());
  shop.pull(platform);
  REQUIRE(shop.handle(CapturePayment{the_order}));
  platform.capture(cents(3000));
  shop.pull(platform);
  CHECK(shop.push(platform));
  check_same(shop.order(), platform.order);
  CHECK(shop.order().payments.size() == 2);
}

TEST_CASE("intents: the customer is told once, whichever news of the goods comes first") {
  bool pull_is_first = false;
  SUBCASE("the answer") {}
  SUBCASE("the changed order") {
    pull_is_first = true;
  }
  Counter shop;
  Platform platform(shop.clock.now());
  shop.till().settings.mail.kind = "file";
  shop.pull(platform);
  REQUIRE(shop.handle(CapturePayment{the_order}));
  CHECK(shop.push(platform));
  FulfilOrder wanted{the_order};
  wanted.carrier = "DHL";
  wanted.tracking_number = "JD0146";
  wanted.notify_customer = true;
  REQUIRE(shop.handle(wanted));
  if (pull_is_first) {
    shop.push_behind_pull(platform);
  } else {
    CHECK(shop.push(platform));
    shop.pull(platform);
  }
  const Order order = shop.order();
  REQUIRE(order.fulfilments.size() == 1);
  CHECK(order.fulfilments[0].carrier == "DHL");
  CHECK(order.fulfilments[0].tracking_number == "JD0146");
  const auto mails = due_outbox(shop.database(), OutboxWay::mail, shop.clock.now(), 10);
  const auto told = std::count_if(mails.begin(), mails.end(), [&](const OutboxRow& row) {
    return row.kind == OutboxKind::mail_fulfilled && row.subject == order.fulfilments[0].id.uuid;
  });
  CHECK(told == 1);
  CHECK(std::count_if(order.timeline.begin(), order.timeline.end(),
                      [](const TimelineEntry& event) { return event.kind == "fulfilled"; }) == 1);
}

TEST_CASE("intents: one that is refused is given up by hand and leaves no trace in the order") {
  Counter shop;
  Platform platform(shop.clock.now());
  shop.pull(platform);
  REQUIRE(shop.handle(FulfilOrder{the_order}));
  platform.cancel();
  CHECK(shop.push(platform));
  shop.pull(platform);
  CHECK(open_intents(shop.database(), shop.order().row).empty());
  check_same(shop.order(), platform.order);
}

TEST_CASE("intents: the rules go on what is asked for, and each verb is asked for once") {
  Counter shop;
  Platform platform(shop.clock.now());
  shop.till().settings.rules.capture = "at_order";
  shop.till().settings.rules.fulfil = "everything";
  shop.till().settings.rules.archive = "on";
  shop.pull(platform);
  REQUIRE(shop.handle(ApplyRules{}));
  CHECK(open_intents(shop.database(), shop.order().row).size() == 3);
  while (shop.push(platform)) {
  }
  CHECK(platform.order.stage == Stage::archived);
  shop.pull(platform);
  check_same(shop.order(), platform.order);
  CHECK(shop.order().timeline.size() == 7);
}

TEST_CASE("intents: any events from both sides, with restarts and lost answers, end alike") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto pick = [&](unsigned n) { return random() % n; };
    Counter shop;
    Platform platform(shop.clock.now());
    shop.pull(platform);
    for (int i = 0; i < 25; ++i) {
      const LineId line = platform.order.lines[0].id;
      switch (pick(12)) {
        case 0:
          shop.handle(
              CapturePayment{the_order, cents(500 + 500 * static_cast<std::int64_t>(pick(3)))});
          break;
        case 1:
          shop.handle(CapturePayment{the_order});
          break;
        case 2:
          shop.handle(FulfilOrder{the_order, {{line, pieces(1)}}});
          break;
        case 3:
          shop.handle(FulfilOrder{the_order});
          break;
        case 4:
          shop.handle(ArchiveOrder{the_order});
          break;
        case 5:
          shop.handle(ReopenOrder{the_order});
          break;
        case 6:
          if (pick(6) == 0) shop.handle(CancelOrder{the_order, "late", false});
          break;
        case 7:
          if (capturable_sum(platform.order).minor >= 700 &&
              platform.order.stage != Stage::cancelled) {
            platform.capture(cents(700));
          }
          break;
        case 8:
          if (cannot_fulfil(platform.order, {{line, pieces(1)}}).empty()) {
            platform.fulfil({{line, pieces(1)}});
          }
          break;
        case 9:
          shop.pull(platform);
          break;
        case 10:
          shop.restart();
          break;
        default:
          shop.push(platform, pick(4) == 0);
      }
    }
    while (shop.push(platform)) {
    }
    shop.pull(platform);
    check_same(shop.order(), platform.order);
  }
}
