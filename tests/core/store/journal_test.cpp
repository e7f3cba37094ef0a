// Invariant 5: journal, transactions and receipts are never changed.
#include "core/store/journal.h"

#include <doctest/doctest.h>

#include <fstream>

#include "core/store/receipt_store.h"

#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

void sell(TillDriver& till) {
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
}

std::string what_is_broken(TillDriver& till) {
  const auto result = verify_journal(till.database());
  const auto* broken = std::get_if<JournalBroken>(&result);
  return broken ? broken->what : "";
}

}  // namespace

TEST_CASE("journal: after sales it is sound, and knows every receipt") {
  TillDriver till;
  sell(till);
  sell(till);
  const auto sound = verify_journal(till.database());
  REQUIRE(std::holds_alternative<JournalSound>(sound));
  CHECK(std::get<JournalSound>(sound).receipts == 2);
}

TEST_CASE("journal: the store refuses to change or remove what was recorded") {
  TillDriver till;
  sell(till);
  for (const char* sql :
       {"UPDATE journal SET content = 'x'", "DELETE FROM journal", "UPDATE receipts SET amount = 1",
        "DELETE FROM receipts", "UPDATE transactions SET amount = 1", "DELETE FROM transactions",
        "UPDATE receipts SET taxes = ''", "UPDATE order_lines SET unit_price = 1",
        "DELETE FROM order_lines"}) {
    CHECK_FALSE_MESSAGE(till.database().execute(sql), sql);
  }
}

TEST_CASE("journal: an entry that was changed behind the store's back is found") {
  TillDriver till;
  sell(till);
  REQUIRE(till.database().execute("DROP TRIGGER journal_stays"));
  REQUIRE(till.database().execute("UPDATE journal SET actor = 'nobody' WHERE seq = 1"));
  CHECK(what_is_broken(till).find("entry 1 was changed") == 0);
}

TEST_CASE("journal: a receipt that was changed behind the store's back is found") {
  TillDriver till;
  sell(till);
  REQUIRE(till.database().execute("DROP TRIGGER receipts_stay"));
  REQUIRE(till.database().execute("UPDATE receipts SET cashier = 'nobody'"));
  CHECK(what_is_broken(till) == "receipt T1-R000001 is not what the journal says");
}

TEST_CASE("journal: a removed entry is found") {
  TillDriver till;
  sell(till);
  sell(till);
  REQUIRE(till.database().execute("DROP TRIGGER journal_remains"));
  REQUIRE(till.database().execute("DELETE FROM journal WHERE seq = 1"));
  CHECK(what_is_broken(till).find("missing") != std::string::npos);
}

TEST_CASE("journal: sums of an order that were changed behind the store's back are found") {
  TillDriver till;
  sell(till);
  SUBCASE("its total") {
    REQUIRE(till.database().execute("UPDATE orders SET total = 1"));
  }
  SUBCASE("what was paid") {
    REQUIRE(till.database().execute("UPDATE orders SET paid = 1"));
  }
  CHECK(what_is_broken(till) ==
        "the sums of order T1-000001 are not those of its lines and payments");
}

TEST_CASE("journal: verified while the till sells it is as sound as before") {
  TillDriver till;
  sell(till);
  auto reader = Database::open(till.folder() / "till.db", Access::read);
  REQUIRE(reader);
  const OneState state(*reader);
  CHECK(latest_entries(*reader, 1).size() == 1);
  sell(till);
  const auto result = verify_journal(*reader);
  REQUIRE(std::holds_alternative<JournalSound>(result));
  CHECK(std::get<JournalSound>(result).receipts == 1);
}

TEST_CASE("journal: its latest part is proven alone, and what lies before it is not looked at") {
  TillDriver till;
  for (int i = 0; i < 6; ++i) sell(till);
  Database& database = till.database();
  const JournalPart whole = whole_journal(database);
  const JournalPart latest = latest_part(database, 2);
  CHECK(latest.after > 0);
  CHECK(latest.last == whole.last);
  CHECK(latest.last_receipt == 6);
  CHECK(latest_part(database, 1000) == whole);
  const auto sound = verify_part(database, latest);
  REQUIRE(std::holds_alternative<JournalSound>(sound));
  CHECK(std::get<JournalSound>(sound).entries == latest.last - latest.after);
  CHECK(std::get<JournalSound>(sound).receipts == 6 - latest.after_receipt);

  REQUIRE(database.execute("DROP TRIGGER journal_stays"));
  REQUIRE(database.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 1"));
  CHECK(std::holds_alternative<JournalSound>(verify_part(database, latest)));
  CHECK(std::holds_alternative<JournalBroken>(verify_part(database, whole)));
  REQUIRE(
      database.execute("UPDATE journal SET actor = 'nobody' WHERE seq = "
                       "(SELECT max(seq) FROM journal)"));
  CHECK(std::holds_alternative<JournalBroken>(verify_part(database, latest)));
}

TEST_CASE("journal: its parts are the whole, each receipt in one of them") {
  TillDriver till;
  for (int i = 0; i < 9; ++i) sell(till);
  Database& database = till.database();
  const JournalPart whole = whole_journal(database);
  for (const std::int64_t wanted : {1, 2, 3, 50}) {
    const auto parts = split(database, whole, wanted);
    CHECK(parts.front().after == 0);
    CHECK(parts.back().last == whole.last);
    std::int64_t entries = 0, receipts = 0, work = 0;
    for (const JournalPart& part : parts) {
      CHECK(part.after == entries);
      const auto sound = verify_part(database, part, [&](std::int64_t more) { work += more; });
      REQUIRE(std::holds_alternative<JournalSound>(sound));
      entries += std::get<JournalSound>(sound).entries;
      receipts += std::get<JournalSound>(sound).receipts;
    }
    CHECK(entries == whole.last);
    CHECK(receipts == 9);
    CHECK(work == work_in(whole));
  }
}

TEST_CASE("journal: an order's sums that were changed behind the store's back are found") {
  TillDriver till;
  for (int i = 0; i < 3; ++i) sell(till);
  REQUIRE(till.database().execute("UPDATE orders SET total = 1 WHERE row = 2"));
  CHECK(what_is_broken(till).find("T1-000002") != std::string::npos);
}

TEST_CASE("journal: a receipt carries the entry that proves it, now and when it is read again") {
  TillDriver till;
  till.scan(krimi);
  const auto effects = till.must(TakeCash{euros(1400)});
  const auto* slip = find_effect<PrintSlip>(effects);
  REQUIRE(slip);
  const Anchor now = anchor_of(till.database());
  CHECK(slip->receipt.journal_entry == now.seq);
  CHECK(slip->receipt.journal_hash == now.hash);
  const auto again = load_receipt(till.database(), 1);
  REQUIRE(again);
  CHECK(again->journal_entry == now.seq);
  CHECK(again->journal_hash == now.hash);
  const auto pushed = anchor_of_order(till.database(), 1, 1);
  REQUIRE(pushed);
  CHECK(pushed->hash == now.hash);
  CHECK(pushed->receipts == 1);
  CHECK_FALSE(anchor_of_order(till.database(), 1, 0));
}

TEST_CASE("anchor: it is read in the form that was written, and as it stands on a slip") {
  const Anchor anchor{52, std::string(64, 'a'), 25, 24};
  CHECK(anchor_from(to_text(anchor)) == anchor);
  CHECK(anchor_from(printed(anchor)) == Anchor{52, std::string(printed_hash, 'a')});
  CHECK(anchor_from("52:AAAAAAAA") == Anchor{52, "aaaaaaaa"});
  for (const char* wrong : {"", "52", "52:aaa", "x:aaaaaaaa", "0:aaaaaaaa", "52:gggggggg",
                            "tresen-anchor/2 entry 52 hash aaaaaaaa receipts 25 orders 24"}) {
    CHECK_FALSE_MESSAGE(anchor_from(wrong), wrong);
  }
}

namespace {

// The store as a copy of it was, put back while the till was not running.
class OlderCopy {
 public:
  explicit OlderCopy(TillDriver& till) : till_(till) {
    till.close();
    bytes_ = read();
    till.reopen();
  }
  void put_back() {
    till_.close();
    std::ofstream(till_.folder() / "till.db", std::ios::binary) << bytes_;
  }

 private:
  std::string read() const {
    std::ifstream stream(till_.folder() / "till.db", std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  TillDriver& till_;
  std::string bytes_;
};

}  // namespace

TEST_CASE("anchor: an older copy of the store is seen, and no number is given out twice") {
  TillDriver till;
  sell(till);
  OlderCopy copy(till);
  sell(till);
  sell(till);
  copy.put_back();
  const auto anchor = read_anchor(anchor_file(till.folder()));
  REQUIRE(anchor);
  {
    auto store = Database::open(till.folder() / "till.db", Access::read);
    REQUIRE(store);
    CHECK(holds(*store, *anchor) == Held::cut_off);
    const auto result = verify_journal(*store, {*anchor});
    REQUIRE(std::holds_alternative<JournalBroken>(result));
    CHECK(std::get<JournalBroken>(result).what.find("older copy") != std::string::npos);
  }
  till.reopen();
  sell(till);
  const auto result = verify_journal(till.database(), {*anchor, anchor_of(till.database())});
  REQUIRE(std::holds_alternative<JournalSound>(result));
  const auto& gaps = std::get<JournalSound>(result).gaps;
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].first == 2);
  CHECK(gaps[0].last == 3);
  CHECK(load_receipt(till.database(), 4));
  CHECK(till.now().done->number == "T1-000004");
}

TEST_CASE("anchor: a journal that was written anew is seen, and stays on record") {
  TillDriver till;
  sell(till);
  till.close();
  const auto anchor = *read_anchor(anchor_file(till.folder()));
  {
    auto store = Database::open(till.folder() / "till.db", Access::write);
    REQUIRE(store->execute("DROP TRIGGER journal_stays"));
    REQUIRE(store->execute("UPDATE journal SET hash = 'other' || substr(hash, 6)"));
    CHECK(holds(*store, anchor) == Held::rewritten);
  }
  till.reopen();
  CHECK(latest_entries(till.database(), 1)[0].kind == gap_kind);
  CHECK(latest_entries(till.database(), 1)[0].content.find(anchor.hash) != std::string::npos);
}

TEST_CASE("receipts: their numbers have no gap, even after a sale that was not saved") {
  TillDriver till;
  sell(till);
  till.scan(krimi);
  till.refused(TakeCash{euros(-1)});
  till.must(TakeCash{euros(1400)});
  CHECK(what_is_broken(till).empty());
}
