// One account of an order, into which both sides' events are folded: as a table of
// what the till does, what a person does at the platform and when, and by random
// sequences against plain sums.
#include "core/orders/account.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <random>

#include "core/commands/all.h"
#include "core/orders/receive.h"
#include "core/store/intents.h"
#include "core/store/journal.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/golden.h"
#include "tests/support/new_store.h"
#include "tests/support/shop_books.h"
#include "tests/support/temp_folder.h"

using namespace core;
using tests::Books;
using tests::PersonsShop;

namespace {

Money in_cents(std::int64_t minor) {
  return {minor, eur};
}

class AccountTill {
 public:
  AccountTill() : database_(tests::new_store(folder_.path())), till_(database_, clock, ids_) {
    till_.settings.upstream.kind = "medusa";
  }
  template <class Said>
  Handled handle(const Said& command) {
    return carry_out(till_, command);
  }
  Handled pull(const PersonsShop& shop) { return handle(ReceiveOrder{shop.telling()}); }
  // One row goes out; its answer may come behind news of the order.
  bool push(PersonsShop& shop, bool news_first = false) {
    const auto rows = due_outbox(database_, OutboxWay::upstream, clock.now(), 1);
    if (rows.empty()) return false;
    const auto order = load_order(database_, rows[0].order_row);
    const OutboxAnswer answer = shop.answer(rows[0], order_for(database_, rows[0], *order));
    if (news_first) (void)pull(shop);
    REQUIRE(handle(OutboxAnswered{{answer}}));
    return true;
  }
  void settle(PersonsShop& shop) {
    while (push(shop)) {
    }
    CHECK(pull(shop));
  }
  Order order() { return *find_order(database_, shop_order); }
  std::string sync() { return sync_state(database_, order().row).word; }
  Database& database() { return database_; }

  bool collect() {
    if (!handle(CollectPayment{shop_order})) return false;
    return handle(TakeCash{in_cents(owed(order()).minor)}).has_value();
  }
  bool refund_cash(std::int64_t cents, const std::string& reason) {
    return handle(RefundOrder{shop_order, {}, reason, Tender::cash, {}, in_cents(cents)})
        .has_value();
  }
  bool take_back(std::size_t which, std::int64_t pieces_back) {
    const auto lines = order().lines;
    if (lines.empty()) return false;
    const LineItem& line = lines[which % lines.size()];
    return handle(
               RefundOrder{
                   shop_order, {{line.id, pieces(pieces_back), {}, true}}, "zurück", Tender::cash})
        .has_value();
  }
  bool fulfil(std::size_t which, std::int64_t some) {
    const auto lines = order().lines;
    if (lines.empty()) return false;
    return handle(FulfilOrder{shop_order, {{lines[which % lines.size()].id, pieces(some)}}})
        .has_value();
  }

  tests::FakeClock clock;

 private:
  static inline const OrderId shop_order = PersonsShop(Instant{}).telling().id;
  tests::TempFolder folder_;
  Database database_;
  IdSource ids_{7};
  Till till_;
};

std::string in_words(const Account& account) {
  std::string text = fmt::format("captured {} refunded {} owed {}", to_plain(account.captured),
                                 to_plain(account.refunded), to_plain(account.owed));
  for (const LineAccount& line : account.lines) {
    text += fmt::format(" | {}", to_plain(line.ordered));
    if (line.removed.thousandths) text += fmt::format(" -{}", to_plain(line.removed));
    text += fmt::format(" sent {} back {}", to_plain(line.fulfilled), to_plain(line.returned));
  }
  return text;
}

// Field by field; "": they agree.
std::string differs(const Account& ours, const Books& books) {
  const auto money = [](std::string_view what, Money mine, std::int64_t theirs) {
    return mine.minor == theirs ? "" : fmt::format("{} {} / {}; ", what, mine.minor, theirs);
  };
  std::string text =
      money("total", ours.total, books.total()) + money("captured", ours.captured, books.captured) +
      money("refunded", ours.refunded, books.refunded) +
      money("authorized", ours.authorized, books.held) +
      money("credited", ours.credited, books.credited) +
      money("returned", ours.returned, books.returned_for) + money("owed", ours.owed, books.owed());
  for (const auto& [name, book] : books.lines) {
    const auto line =
        std::find_if(ours.lines.begin(), ours.lines.end(),
                     [&, &wanted = name](const auto& one) { return one.upstream_id == wanted; });
    if (line == ours.lines.end()) return text + name + " is missing";
    if (line->ordered != pieces(book.ordered) || line->fulfilled != pieces(book.fulfilled) ||
        line->returned != pieces(book.returned) || line->announced != pieces(book.announced)) {
      text += fmt::format("{}: {}/{}/{} / {}/{}/{}; ", name, to_plain(line->ordered),
                          to_plain(line->fulfilled), to_plain(line->returned), book.ordered,
                          book.fulfilled, book.returned);
    }
  }
  return text;
}

using Ours = std::pair<const char*, bool (*)(AccountTill&)>;
using Theirs = std::pair<const char*, bool (*)(PersonsShop&)>;

const std::vector<Ours> our_events{
    {"nothing", [](AccountTill&) { return true; }},
    {"capture all",
     [](AccountTill& t) { return t.handle(CapturePayment{t.order().id}).has_value(); }},
    {"capture 15",
     [](AccountTill& t) {
       return t.handle(CapturePayment{t.order().id, in_cents(1500)}).has_value();
     }},
    {"send all", [](AccountTill& t) { return t.handle(FulfilOrder{t.order().id}).has_value(); }},
    {"send 1 of the first", [](AccountTill& t) { return t.fulfil(0, 1); }},
    {"give back 10 in cash", [](AccountTill& t) { return t.refund_cash(1000, "Kulanz"); }},
    {"take back 1 of the first", [](AccountTill& t) { return t.take_back(0, 1); }},
    {"collect what is owed", [](AccountTill& t) { return t.collect(); }},
};

const std::vector<Theirs> their_events{
    {"nothing", [](PersonsShop&) { return true; }},
    {"adds a line", [](PersonsShop& s) { return s.add_line(700, 1); }},
    {"takes out the first", [](PersonsShop& s) { return s.change_line(0, 0); }},
    {"one more of the first", [](PersonsShop& s) { return s.change_line(0, 4); }},
    {"captures all", [](PersonsShop& s) { return s.capture(1'000'000); }},
    {"captures 15", [](PersonsShop& s) { return s.capture(1500); }},
    {"gives back 10", [](PersonsShop& s) { return s.refund(1000, "Kulanz"); }},
    {"sends 1 of the first", [](PersonsShop& s) { return s.fulfil(0, 1); }},
    {"cancels a parcel", [](PersonsShop& s) { return s.cancel_parcel(0); }},
    {"announces 1 back", [](PersonsShop& s) { return s.announce(0, 1); }},
    {"announces and receives 1",
     [](PersonsShop& s) { return s.announce(0, 1) && s.receive(0, 1); }},
};

enum class When { before, between, after };
const std::vector<std::pair<const char*, When>> moments{
    {"before", When::before}, {"between", When::between}, {"after", When::after}};

// What follows from the three, by the till's account; the platform's books must agree,
// or the order says that it is not in step.
std::string what_follows(bool is_sent_and_paid, const Ours& ours, const Theirs& theirs, When when) {
  AccountTill till;
  PersonsShop shop(till.clock.now());
  if (is_sent_and_paid) {
    shop.capture(1'000'000);
    shop.fulfil(0, 2);
  }
  REQUIRE(till.pull(shop));
  const auto person = [&] { return theirs.second(shop); };
  const auto here = [&] { return ours.second(till); };
  bool did = true, can = true;
  if (when == When::before) {
    did = person();
    REQUIRE(till.pull(shop));
    can = here();
  } else {
    can = here();
    if (when == When::after) till.settle(shop);
    did = person();
  }
  till.settle(shop);
  const Order before = till.order();
  REQUIRE(till.pull(shop));
  CHECK(till.order() == before);  // the same news twice is nothing
  const Order order = till.order();
  const std::string sync = till.sync();
  const std::string difference = differs(account_of(order), shop.books);
  if (sync == "done" && order.attention.empty()) CHECK_MESSAGE(difference.empty(), difference);
  CHECK(std::holds_alternative<JournalSound>(verify_journal(till.database())));
  std::string text = in_words(account_of(order));
  if (!can) text += ", not allowed here";
  if (!did) text += ", not possible there";
  if (sync != "done") text += ", " + sync;
  if (!order.attention.empty()) text += ", needs attention: " + order.attention;
  return text;
}

}  // namespace

TEST_CASE("account: what follows from each event of ours and each of a person's is as written") {
  std::string table;
  for (const bool is_sent_and_paid : {false, true}) {
    table +=
        is_sent_and_paid ? "\n--- captured, 2 of the first sent ---\n" : "--- authorized ---\n";
    for (const Ours& ours : our_events) {
      for (const Theirs& theirs : their_events) {
        for (const auto& [word, when] : moments) {
          const std::string row = fmt::format("{}; a person {} {}", ours.first, theirs.first, word);
          CAPTURE(row);
          table += row + ": " + what_follows(is_sent_and_paid, ours, theirs, when) + "\n";
        }
      }
    }
  }
  tests::check_golden("order_accounts.txt", table);
}

TEST_CASE("account: after any events of both sides the till's account is the platform's") {
  for (unsigned seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto pick = [&](unsigned n) { return random() % n; };
    AccountTill till;
    PersonsShop shop(till.clock.now());
    REQUIRE(till.pull(shop));
    for (int i = 0; i < 30; ++i) {
      till.clock.advance(std::chrono::seconds{1});
      const auto some = static_cast<std::int64_t>(1 + pick(3));
      switch (pick(17)) {
        case 0:
          till.handle(CapturePayment{till.order().id, in_cents(some * 500)});
          break;
        case 1:
          till.fulfil(pick(4), some);
          break;
        case 2:
          till.refund_cash(some * 300, "Kulanz");
          break;
        case 3:
          till.take_back(pick(4), 1);
          break;
        case 4:
          till.collect();
          break;
        case 5:
          shop.add_line(some * 300, some);
          break;
        case 6:
          shop.change_line(pick(4), some - 1);
          break;
        case 7:
          shop.capture(some * 500);
          break;
        case 8:
          shop.refund(some * 300, "Kulanz");
          break;
        case 9:
          shop.fulfil(pick(4), some);
          break;
        case 10:
          shop.cancel_parcel(pick(4));
          break;
        case 11:
          shop.announce(pick(4), some);
          break;
        case 12:
          shop.receive(pick(4), some);
          break;
        case 13:
          CHECK(till.pull(shop));
          break;
        case 14:
          till.push(shop);
          break;
        case 15:
          till.push(shop, true);
          break;
        default:
          till.settle(shop);
      }
      for (const OutboxRow& row : open_intents(till.database(), till.order().row)) {
        // Somebody looks at it, and gives it up where it can be.
        if (row.state == OutboxState::refused) till.handle(DropIntent{row.row});
      }
    }
    till.settle(shop);
    const Order order = till.order();
    if (till.sync() == "done" && order.attention.empty()) {
      CHECK(differs(account_of(order), shop.books) == "");
    }
    CHECK(std::holds_alternative<JournalSound>(verify_journal(till.database())));
  }
}

TEST_CASE("account: a line that a person took out is shown as taken out, and no other is it") {
  AccountTill till;
  PersonsShop shop(till.clock.now());
  REQUIRE(till.pull(shop));
  const Order before = till.order();
  REQUIRE(till.handle(FulfilOrder{before.id, {{before.lines[1].id, pieces(1)}}}));
  REQUIRE(shop.change_line(0, 0));
  till.settle(shop);
  const Order order = till.order();
  REQUIRE(order.lines.size() == 2);
  CHECK(order.lines[0].id == before.lines[0].id);
  CHECK(order.lines[0].quantity.thousandths == 0);
  CHECK(order.lines[0].removed == before.lines[0].quantity);
  CHECK(fulfilled_quantity(order, order.lines[1]) == pieces(1));
  CHECK(open_quantity(order, order.lines[0]) == pieces(0));
  REQUIRE(shop.add_line(900, 2));
  till.settle(shop);
  CHECK(till.order().lines.size() == 3);
  CHECK(fulfilled_quantity(till.order(), till.order().lines[2]) == pieces(0));
}

TEST_CASE("account: cash given back here and an equal refund there are two") {
  AccountTill till;
  PersonsShop shop(till.clock.now());
  REQUIRE(shop.capture(4000));
  REQUIRE(till.pull(shop));
  REQUIRE(till.refund_cash(1000, "Kulanz"));
  REQUIRE(shop.refund(1000, "Kulanz"));
  till.settle(shop);
  CHECK(refunded_sum(till.order()).minor == 2000);
  CHECK(till.order().refunds.size() == 2);
  CHECK(shop.books.refunded == 2000);
  // What was given back there is told once, with its reason.
  till.settle(shop);
  const Order order = till.order();
  const auto told = std::count_if(order.timeline.begin(), order.timeline.end(), [](const auto& e) {
    return e.kind == "refunded" && e.actor == "shop" && e.detail.find("Kulanz") < e.detail.size();
  });
  CHECK(told == 1);
}

TEST_CASE("account: what was given back beyond what the platform has is shown, not in step") {
  AccountTill till;
  PersonsShop shop(till.clock.now());
  REQUIRE(shop.capture(4000));
  REQUIRE(till.pull(shop));
  REQUIRE(till.refund_cash(4000, "Kulanz"));
  REQUIRE(shop.refund(4000, "all of it"));
  till.settle(shop);
  CHECK(till.sync() == "refused");
  // The cash is out of the drawer: to give up telling of it is no agreement.
  const auto row = stuck_row(till.database(), till.order().row);
  REQUIRE(row);
  REQUIRE(till.handle(DropIntent{row->row}));
  CHECK(till.sync() == "done");
  CHECK(till.order().attention == "The platform counts other refunds than the till.");
  CHECK(refunded_sum(till.order()) == in_cents(8000));
}

TEST_CASE(
    "account: a payment at the counter that the platform never takes can be given up, and stays") {
  AccountTill till;
  PersonsShop shop(till.clock.now());
  REQUIRE(shop.capture(2000));
  REQUIRE(till.pull(shop));
  REQUIRE(till.collect());
  const auto waiting = open_intents(till.database(), till.order().row);
  REQUIRE(waiting.size() == 1);
  CHECK_FALSE(till.handle(DropIntent{waiting[0].row}));  // it may still be taken
  shop.takes_payments = false;
  till.settle(shop);
  CHECK(till.sync() == "refused");
  const Money paid = paid_sum(till.order());
  REQUIRE(till.handle(DropIntent{waiting[0].row}));
  CHECK(till.sync() == "done");
  CHECK(paid_sum(till.order()) == paid);
  CHECK(till.order().attention == "The platform counts other payments than the till.");
  till.settle(shop);  // no news makes it look as if it were in step
  CHECK(paid_sum(till.order()) == paid);
  CHECK(till.order().attention == "The platform counts other payments than the till.");
}

TEST_CASE("account: news that a rule of the store refuses mark the order, and drop no other") {
  AccountTill till;
  PersonsShop shop(till.clock.now());
  REQUIRE(till.pull(shop));
  till.database().execute(
      "CREATE TRIGGER no_news BEFORE INSERT ON refunds "
      "BEGIN SELECT RAISE(ABORT, 'not today'); END");
  REQUIRE(shop.capture(4000));
  REQUIRE(shop.refund(500, ""));
  CHECK_FALSE(till.pull(shop));
  CHECK(till.database().ok());
  CHECK(till.order().attention == "News of this order contradict what is written here.");
  CHECK(till.order().refunds.empty());
  till.database().execute("DROP TRIGGER no_news");
  CHECK(till.pull(shop));
  CHECK(till.order().attention.empty());
  CHECK(till.order().refunds.size() == 1);
}

TEST_CASE("account: a receipt says what it said, whatever becomes of its order's lines") {
  AccountTill till;
  PersonsShop shop(till.clock.now());
  REQUIRE(shop.capture(2000));
  REQUIRE(till.pull(shop));
  REQUIRE(till.collect());
  till.settle(shop);
  const auto rows = receipts_of_order(till.database(), till.order().row);
  REQUIRE(rows.size() == 1);
  const std::string before = canonical_text(*load_receipt(till.database(), rows[0]));
  REQUIRE(shop.add_line(300, 1));
  REQUIRE(shop.change_line(1, 1));
  till.settle(shop);
  CHECK(canonical_text(*load_receipt(till.database(), rows[0])) == before);
  CHECK(std::holds_alternative<JournalSound>(verify_journal(till.database())));
}
