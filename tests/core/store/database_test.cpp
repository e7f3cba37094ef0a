#include "core/store/database.h"

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "core/store/migrations.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/till_driver.h"

using namespace core;
using tests::euros;
using tests::TillDriver;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::int64_t number_in(Database& database, const std::string& sql) {
  BuiltQuery query(database, sql);
  return query.rows().next() ? query.rows().integer(0) : -1;
}

std::int64_t application_id() {
  tests::TempFolder folder;
  auto fresh = Database::open(folder / "till.db", Access::write);
  return number_in(*fresh, "PRAGMA application_id");
}

// A store as a program with the first `version` migrations has left it.
void make_old_store(const std::filesystem::path& file, std::size_t version,
                    const std::string& content) {
  sqlite3* old = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &old) == SQLITE_OK);
  const auto as_it_is = [](sqlite3_context* context, int, sqlite3_value** values) {
    sqlite3_result_value(context, values[0]);
  };
  const auto id_of = [](sqlite3_context* context, int, sqlite3_value** values) {
    Uuid id;
    id.bytes[15] = static_cast<std::uint8_t>(sqlite3_value_int(values[0]));
    sqlite3_result_blob(context, id.bytes.data(), 16, SQLITE_TRANSIENT);
  };
  sqlite3_create_function(old, "id", 1, SQLITE_UTF8, nullptr, id_of, nullptr, nullptr);
  for (const char* name : {"folded", "normal_barcode"}) {
    sqlite3_create_function(old, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, as_it_is,
                            nullptr, nullptr);
  }
  std::string sql = "PRAGMA application_id=" + std::to_string(application_id()) +
                    "; PRAGMA user_version=" + std::to_string(version) + ";";
  for (std::size_t i = 0; i < version; ++i) sql += std::string(migrations()[i].sql) + ";";
  char* said = nullptr;
  sqlite3_exec(old, (sql + content).c_str(), nullptr, nullptr, &said);
  const std::string why = said ? said : "";
  CHECK(why == "");
  sqlite3_free(said);
  sqlite3_close(old);
}

}  // namespace

TEST_CASE("database: a transaction that is not committed leaves nothing behind") {
  tests::TempFolder folder;
  auto database = Database::open(folder / "till.db", Access::write);
  REQUIRE(database);
  REQUIRE(database->execute("CREATE TABLE t (n INTEGER) STRICT"));
  {
    Transaction transaction(*database);
    database->query("INSERT INTO t VALUES (1)").run();
  }
  auto count = database->query("SELECT count(*) FROM t");
  REQUIRE(count.next());
  CHECK(count.integer(0) == 0);
}

TEST_CASE("database: one failed statement makes the whole commit fail") {
  tests::TempFolder folder;
  auto database = Database::open(folder / "till.db", Access::write);
  REQUIRE(database->execute("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT"));
  {
    Transaction transaction(*database);
    database->query("INSERT INTO t VALUES (?)").with(1).run();
    CHECK_FALSE(database->query("INSERT INTO t VALUES (?)").with(1).run());
    CHECK_FALSE(transaction.commit());
  }
  auto count = database->query("SELECT count(*) FROM t");
  REQUIRE(count.next());
  CHECK(count.integer(0) == 0);
}

TEST_CASE("database: a store of a newer version is refused unharmed") {
  tests::TempFolder folder;
  const auto file = folder / "till.db";
  {
    auto database = Database::open(file, Access::write);
    REQUIRE(database);
    REQUIRE(database->execute("PRAGMA user_version=9999"));
  }
  const auto before = bytes_of(file);
  CHECK(Database::open(file, Access::write).error().fault == StoreFault::too_new);
  CHECK(bytes_of(file) == before);
}

TEST_CASE("database: a store whose tables are made anew keeps all that was in them") {
  const auto wanted = std::find_if(
      migrations().begin(), migrations().end(),
      [](const Migration& migration) { return migration.name == "0011_fewer_trees.sql"; });
  REQUIRE(wanted != migrations().end());
  tests::TempFolder folder;
  const auto file = folder / "till.db";
  make_old_store(
      file, static_cast<std::size_t>(wanted - migrations().begin()),
      "INSERT INTO orders (row, id, number, channel, stage, tax_added, currency, created, version) "
      "VALUES (1, id(1), 'T1-000001', 'till', 'open', 0, 'EUR', 5, 2),"
      "(2, id(2), 'T1-000002', 'till', 'open', 0, 'EUR', 6, 1),"
      "(3, id(3), 'T1-000003', 'till', 'draft', 0, 'EUR', 7, 0);"
      "INSERT INTO counters VALUES ('orders', 3), ('receipts', 3);"
      "INSERT INTO transactions (id, order_row, kind, tender, state, amount, given, label, "
      "reference, at, version) VALUES (id(10), 1, 0, 1, 0, 500, 500, '', '**** 4242', 5, 1),"
      "(id(11), 2, 0, 0, 0, 700, 700, '', '', 6, 1), (id(9), 1, 0, 0, 0, 200, 200, '', '', 7, 2);"
      "INSERT INTO order_events (order_row, at, kind, detail, actor) VALUES (1, 5, 'placed', '', "
      "'A'), (2, 6, 'placed', '', 'A'), (1, 4, 'paid', '', 'A');"
      "INSERT INTO receipts (id, number, code, kind, order_row, order_version, shop, till, "
      "cashier, "
      "started, finished, cash_rounding, total, paid_before, amount) VALUES "
      "(id(17), 1, 'T1-R000001', 0, 1, 1, '', 'T1', 'A', 5, 5, 0, 700, 0, 500),"
      "(id(18), 2, 'T1-R000002', 0, 2, 1, '', 'T1', 'A', 6, 6, 0, 700, 0, 700),"
      "(id(19), 3, 'T1-R000003', 2, 1, 2, '', 'T1', 'A', 7, 7, 0, 700, 500, 200);"
      "INSERT INTO receipt_taxes VALUES (1, 1900, 420, 80, 500), (2, 700, 654, 46, 700),"
      "(3, 700, 93, 7, 100), (3, 1900, 84, 16, 100);"
      "INSERT INTO print_jobs (receipt_row, form, state, created) VALUES (2, 0, 1, 6);"
      "INSERT INTO outbox (key, kind, order_row, version, receipt_row, state, created) VALUES "
      "(id(33), 0, 1, 1, NULL, 2, 5), (id(34), 1, 2, 1, 2, 0, 6);");
  auto store = Database::open(file, Access::write);
  REQUIRE(store);
  CHECK(number_in(*store, "SELECT count(*) FROM pragma_foreign_key_check") == 0);
  CHECK(number_in(*store, "PRAGMA foreign_keys") == 1);
  // In the order of their writing, which is not that of their ids or times.
  const auto first = load_order(*store, 1);
  REQUIRE(first);
  REQUIRE(first->payments.size() == 2);
  CHECK(first->payments[0].amount.minor == 500);
  CHECK(first->payments[0].reference == "**** 4242");
  CHECK(first->payments[1].amount.minor == 200);
  REQUIRE(first->timeline.size() == 2);
  CHECK(first->timeline[0].kind == "placed");
  CHECK(first->timeline[1].kind == "paid");
  auto receipt = find_receipt_by_code(*store, "T1-R000002");
  REQUIRE(receipt);
  CHECK(receipt->number == 2);
  CHECK(receipt->order.number == "T1-000002");
  REQUIRE(receipt->taxes.size() == 1);
  CHECK(receipt->taxes[0] == TaxLine{{700}, euros(654), euros(46), euros(700)});
  CHECK(receipts_of_order(*store, 1) == std::vector<std::int64_t>{1, 3});
  CHECK(receipts_of_order(*store, 3).empty());
  const auto taxes = receipted_taxes(*store, 1);
  REQUIRE(taxes.size() == 2);
  CHECK(taxes[0] == TaxLine{{1900}, euros(504), euros(96), euros(600)});
  CHECK(taxes[1] == TaxLine{{700}, euros(93), euros(7), euros(100)});
  const auto cart = load_draft(*store);
  REQUIRE(cart);
  CHECK(cart->number == "T1-000003");
  CHECK_FALSE(find_receipt_by_code(*store, "T2-R000002"));
  CHECK_FALSE(find_receipt_by_code(*store, "T1-R000004"));
  const auto mail = load_outbox(*store, 2);
  REQUIRE(mail);
  CHECK(mail->receipt_row == 2);
  CHECK(mail->key.bytes[15] == 34);
  // The next receipt goes on from here.
  insert_receipt(*store, *receipt);
  CHECK(receipt->number == 4);
  CHECK(receipt->code == "T1-R000004");
  CHECK(receipts_of_order(*store, 2) == std::vector<std::int64_t>{2, 4});
  for (const char* change : {"UPDATE receipts SET amount = 1", "DELETE FROM receipts",
                             "UPDATE transactions SET amount = 1", "DELETE FROM transactions"}) {
    CHECK_FALSE(store->execute(change));
  }
}

TEST_CASE("database: only who writes brings an older store up to date") {
  tests::TempFolder folder;
  const auto file = folder / "till.db";
  make_old_store(file, migrations().size() - 1, "");
  CHECK(Database::open(file, Access::read).error().fault == StoreFault::too_old);
  CHECK(Database::open(file, Access::write));
  CHECK(Database::open(file, Access::read));
}

TEST_CASE(
    "database: wherever the plug is pulled, an older store is before its migrations or behind") {
  bool was_before = false;
  for (int n = 1;; n += 1 + n / 16) {
    CAPTURE(n);
    tests::TempFolder folder;
    const auto file = folder / "till.db";
    make_old_store(file, 1,
                   "INSERT INTO orders (id, number, channel, stage, tax_added, currency, created, "
                   "version) VALUES (id(1), 'T1-000001', 'till', 'open', 0, 'EUR', 5, 2);");
    const pid_t child = ::fork();
    if (child == 0) {
      tests::FaultyVfs vfs;
      vfs.fail_at(n, tests::Fault::plug_pulled);
      _exit(Database::open(file, Access::write) ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    const bool was_pulled = WEXITSTATUS(status) == 99;
    if (!was_pulled) REQUIRE(WEXITSTATUS(status) == 0);
    sqlite3* found = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &found) == SQLITE_OK);
    sqlite3_stmt* asked = nullptr;
    REQUIRE(sqlite3_prepare_v2(found, "PRAGMA user_version", -1, &asked, nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_step(asked) == SQLITE_ROW);
    const auto version = static_cast<std::size_t>(sqlite3_column_int(asked, 0));
    sqlite3_finalize(asked);
    sqlite3_close(found);
    CHECK((version == 1 || version == migrations().size()));
    was_before |= version == 1;
    auto store = Database::open(file, Access::write);
    REQUIRE(store);
    CHECK(number_in(*store, "SELECT count(*) FROM orders WHERE number = 'T1-000001'") == 1);
    if (!was_pulled) break;
  }
  CHECK(was_before);
}

TEST_CASE("database: a migration that leaves a row without what it refers to is taken back") {
  tests::TempFolder folder;
  const auto file = folder / "till.db";
  make_old_store(file, migrations().size() - 1,
                 "INSERT INTO order_events (order_row, position, at, kind, detail, actor) VALUES "
                 "(77, 0, 5, 'placed', '', 'A');");
  const auto store = Database::open(file, Access::write);
  REQUIRE_FALSE(store);
  CHECK(store.error().fault == StoreFault::corrupt);
  CHECK(store.error().detail.find("order_events") != std::string::npos);
  CHECK(Database::open(file, Access::read).error().fault == StoreFault::too_old);
}

TEST_CASE("database: a file of another program is refused unharmed") {
  tests::TempFolder folder;
  const auto file = folder / "till.db";
  std::ofstream(file) << "These are my holiday photographs, not a store. Please leave them alone.";
  const auto before = bytes_of(file);
  CHECK(Database::open(file, Access::write).error().fault == StoreFault::not_ours);
  CHECK(bytes_of(file) == before);
}

TEST_CASE("database: a store can be locked once") {
  tests::TempFolder folder;
  const auto first = StoreLock::take(folder.path());
  REQUIRE(first);
  CHECK(StoreLock::is_taken(folder.path()));
  CHECK(StoreLock::take(folder.path()).error().fault == StoreFault::locked);
}

TEST_CASE("database: a store whose lock file was deleted is still locked") {
  tests::TempFolder folder;
  {
    const auto first = StoreLock::take(folder.path());
    REQUIRE(first);
    REQUIRE(std::filesystem::remove(folder / "till.lock"));
    CHECK(StoreLock::is_taken(folder.path()));
    CHECK(StoreLock::take(folder.path()).error().fault == StoreFault::locked);
  }
  CHECK_FALSE(StoreLock::is_taken(folder.path()));
  CHECK(StoreLock::take(folder.path()));
}

TEST_CASE("database: one state of the store goes on while another writes to it") {
  TillDriver till;
  auto reader = Database::open(till.folder() / "till.db", Access::read);
  REQUIRE(reader);
  const auto orders = [&] { return number_in(*reader, "SELECT count(*) FROM orders"); };
  {
    const OneState outer(*reader);
    const OneState inner(*reader);
    CHECK(orders() == 0);
    till.scan(tests::krimi);
    till.must(TakeCash{euros(1400)});
    CHECK(orders() == 0);
  }
  CHECK(reader->ok());
  CHECK(orders() == 1);
}
