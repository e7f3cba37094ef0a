#include "pos/desk/scan_filter.h"

#include <doctest/doctest.h>

using namespace pos;

namespace {

core::Instant at(int milliseconds) {
  return core::Instant{std::chrono::milliseconds{1'000'000 + milliseconds}};
}

std::string typed(const ScanFilter::Sorted& sorted) {
  std::string text;
  for (const auto& stroke : sorted.strokes) {
    text += stroke.key == ui::Key::backspace ? "<"
            : stroke.key == ui::Key::enter   ? "!"
                                             : stroke.text;
  }
  return text;
}

}  // namespace

TEST_CASE("scan filter: a letter that a person types is on the screen at once") {
  ScanFilter filter({});
  CHECK(typed(filter.sort({{.text = "k"}}, at(0), true)) == "k");
  CHECK(typed(filter.sort({{.text = "ä"}}, at(120), true)) == "ä");
  CHECK(typed(filter.flush(at(300))).empty());
}

TEST_CASE("scan filter: a burst that ends with Enter is a scan and leaves no letter behind") {
  ScanFilter filter({});
  std::string seen;
  std::vector<std::string> scans;
  int time = 0;
  for (const char digit : std::string("4000001000013")) {
    const auto sorted = filter.sort({{.text = std::string(1, digit)}}, at(time += 5), true);
    seen += typed(sorted);
  }
  const auto end = filter.sort({{.key = ui::Key::enter}}, at(time + 5), true);
  CHECK(seen == "4");
  CHECK(typed(end) == "<");
  REQUIRE(end.scans.size() == 1);
  CHECK(end.scans[0] == "4000001000013");
}

TEST_CASE("scan filter: where an amount is keyed nothing shows before it is known to be typing") {
  ScanFilter filter({});
  CHECK(typed(filter.sort({{.text = "7"}}, at(0), false)).empty());
  CHECK(typed(filter.flush(at(100))) == "7");
}

TEST_CASE("scan filter: a function key passes and releases what was held before it") {
  ScanFilter filter({});
  filter.sort({{.text = "7"}}, at(0), false);
  const auto sorted = filter.sort({{.key = ui::Key::f9}}, at(5), false);
  REQUIRE(sorted.strokes.size() == 2);
  CHECK(sorted.strokes[0].text == "7");
  CHECK(sorted.strokes[1].key == ui::Key::f9);
}
