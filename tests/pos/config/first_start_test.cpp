#include "pos/config/first_start.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "core/register.h"
#include "pos/config/demo.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

using namespace pos;

namespace {

core::Snapshot till_in(const std::filesystem::path& folder) {
  const tests::FakeClock clock;
  const auto till = core::Register::open({folder, core::Durability::none, {}}, clock);
  REQUIRE(till);
  return (*till)->snapshot();
}

void write(const std::filesystem::path& file, const char* text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

}  // namespace

TEST_CASE("first start: a folder with a store or a tresen.toml is none") {
  const tests::TempFolder folder;
  CHECK(is_untouched(folder.path()));
  CHECK(is_untouched(folder.path() / "not-there"));
  write(folder / "tresen.toml", "");
  CHECK_FALSE(is_untouched(folder.path()));
  const tests::TempFolder other;
  write(other / "till.db", "");
  CHECK_FALSE(is_untouched(other.path()));
}

TEST_CASE("first start: nothing of the demo is in the shop's own till, now or later") {
  const tests::TempFolder folder;
  const tests::FakeClock clock;
  REQUIRE(begin_first_start(folder.path(), "en", clock));
  REQUIRE(make_demo_shop(folder.path(), clock));
  const core::Snapshot till = till_in(folder.path());
  CHECK_FALSE(till.counts.has_articles);
  CHECK(till.settings.till.language == "en");
  CHECK(till.settings.setup.wizard == "doors");
  for (const core::SettingEntry& entry : core::entries(till.settings)) {
    INFO(entry.key << " = " << entry.value);
    CHECK(entry.value.find("Lindner") == std::string::npos);
    CHECK(entry.value.find("lindner") == std::string::npos);
    CHECK(entry.value != "simulated");
    CHECK(entry.value != "folder");
  }
  CHECK(till.settings.shop.tax_number.empty());
  CHECK_FALSE(std::filesystem::exists(folder / "upstream"));
  // Its own pictures, not those of the demo's goods.
  CHECK(pictures_folder(folder.path()) == folder / "pictures");
}

TEST_CASE("first start: the shop to look around in is named so") {
  const tests::TempFolder folder;
  const tests::FakeClock clock;
  REQUIRE(make_demo_shop(folder.path(), clock));
  REQUIRE(mark_as_demo(folder.path(), "en", clock));
  const core::Snapshot till = till_in(folder.path());
  CHECK(till.settings.setup.shop == "demo");
  CHECK(till.settings.shop.name.starts_with("DEMO "));
  CHECK(till.counts.has_articles);
}

TEST_CASE("first start: what was restored takes the place of the store, also after a power cut") {
  const tests::TempFolder folder;
  REQUIRE(move_restored(folder.path()));  // there is none
  write(folder / "till.db", "fresh");
  write(folder / "pictures" / "old.png", "x");
  write(restored_folder(folder.path()) / "till.db", "old till");
  write(restored_folder(folder.path()) / "secrets.toml", "s");
  write(restored_folder(folder.path()) / "pictures" / "new.png", "x");
  bool has_log = false;
  SUBCASE("at once") {}
  SUBCASE("cut before the store was moved") {
    std::filesystem::remove(folder / "till.db");
    std::filesystem::rename(restored_folder(folder.path()) / "secrets.toml",
                            folder / "secrets.toml");
  }
  SUBCASE("cut between the store's log and the store") {
    std::filesystem::remove(folder / "till.db");
    write(folder / "till.db-wal", "of the restored one");
    has_log = true;
  }
  REQUIRE(move_restored(folder.path()));
  std::ifstream store(folder / "till.db");
  std::string text;
  std::getline(store, text);
  CHECK(text == "old till");
  CHECK(std::filesystem::exists(folder / "till.db-wal") == has_log);
  CHECK(std::filesystem::exists(folder / "secrets.toml"));
  CHECK(std::filesystem::exists(folder / "pictures" / "new.png"));
  CHECK_FALSE(std::filesystem::exists(folder / "pictures" / "old.png"));
  CHECK_FALSE(std::filesystem::exists(restored_folder(folder.path())));
}
