#include "pos/config/demo.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include "core/register.h"
#include "sync/upstream/json/order_json.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

using namespace pos;

namespace {

// When the latest of the demo's orders came in.
core::Instant newest_order(const std::filesystem::path& shop) {
  core::Instant newest{};
  for (const auto& entry : std::filesystem::directory_iterator(shop / "upstream" / "inbox")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const auto order = syncing::order_from_json(text);
    REQUIRE(order);
    newest = std::max(newest, order->placed);
  }
  return newest;
}

}  // namespace

TEST_CASE("demo: it signs for a test, unless somebody chose a country or has staff before") {
  tests::FakeClock clock;
  const auto settings_after = [&](const std::vector<core::Command>& before) {
    const tests::TempFolder folder;
    {
      const auto till = core::Register::open({folder.path(), core::Durability::none, {}}, clock);
      REQUIRE(till);
      for (const core::Command& command : before) REQUIRE((*till)->handle(command));
    }
    REQUIRE(make_demo_shop(folder.path(), clock));
    const auto till = core::Register::open({folder.path(), core::Durability::none, {}}, clock);
    REQUIRE(till);
    return (*till)->snapshot().settings;
  };
  CHECK(settings_after({}).shop.country == "DE");
  CHECK(settings_after({}).fiscal.device == "software");
  CHECK(
      settings_after({core::AddCashier{"Chefin", core::Role::manager, "7391", ""}}).shop.country ==
      "DE");
  CHECK(settings_after({core::ChangeSetting{"shop.country", "AT"}}).shop.country == "AT");
  const auto real = settings_after({core::ChangeSetting{"fiscal.device", "epson"}});
  CHECK(real.fiscal.device == "epson");
}

TEST_CASE("demo: its orders came in within the last day, whenever it is started") {
  for (const char* start :
       {"2026-11-21T14:45:00Z", "2026-12-24T09:00:00Z", "2028-02-29T23:59:59Z"}) {
    CAPTURE(start);
    const tests::TempFolder folder;
    tests::FakeClock clock;
    clock.set(*syncing::instant_from(start));
    REQUIRE(make_demo_shop(folder.path(), clock));
    const auto age = clock.now() - newest_order(folder.path());
    CHECK(age >= std::chrono::hours(0));
    CHECK(age < std::chrono::hours(24));
  }
}
