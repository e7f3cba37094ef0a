// Invariant 5: journal, transactions and receipts are never changed.
#include "core/store/journal.h"

#include <doctest/doctest.h>

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

TEST_CASE("receipts: their numbers have no gap, even after a sale that was not saved") {
  TillDriver till;
  sell(till);
  till.scan(krimi);
  till.refused(TakeCash{euros(-1)});
  till.must(TakeCash{euros(1400)});
  CHECK(what_is_broken(till).empty());
}
