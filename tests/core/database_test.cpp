#include "core/store/database.h"

#include <doctest/doctest.h>

#include <fstream>

#include "core/store/migrations.h"
#include "tests/support/temp_folder.h"

using namespace core;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
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
  const auto first = StoreLock::take(folder / "till.lock");
  REQUIRE(first);
  CHECK(StoreLock::take(folder / "till.lock").error().fault == StoreFault::locked);
}
