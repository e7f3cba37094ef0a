#include "drivers/scanner/wedge.h"

#include <doctest/doctest.h>

#include <random>

#include "core/base/text.h"

using namespace drivers;
using std::chrono::milliseconds;

namespace {

core::Instant at(int ms) {
  return core::Instant{milliseconds{1'700'000'000'000 + ms}};
}

// Plays keys `gap` milliseconds apart and gives back what came out by then.
std::vector<WedgeEvent> played(WedgeDetector& wedge, std::u32string_view keys, int gap,
                               int start = 0) {
  std::vector<WedgeEvent> out;
  for (const char32_t key : keys) {
    for (WedgeEvent& event : wedge.feed(key, at(start))) out.push_back(std::move(event));
    start += gap;
  }
  return out;
}

using Heard = std::vector<WedgeEvent>;

}  // namespace

TEST_CASE("wedge: a fast burst that ends in Enter is a scan") {
  WedgeDetector wedge;
  CHECK(played(wedge, U"4006381333931\r", 5) == Heard{Scan{"4006381333931"}});
  CHECK_FALSE(wedge.next_deadline());
}

TEST_CASE("wedge: keys all in the same millisecond are a scan") {
  WedgeDetector wedge;
  CHECK(played(wedge, U"20112345\n", 0) == Heard{Scan{"20112345"}});
}

TEST_CASE("wedge: what a person types comes back as typing, Enter included") {
  WedgeDetector wedge;
  CHECK(played(wedge, U"käse\n", 120) ==
        Heard{Typed{U"k"}, Typed{U"ä"}, Typed{U"s"}, Typed{U"e"}, Typed{U"\n"}});
}

TEST_CASE("wedge: a key waits no longer than the longest gap") {
  WedgeDetector wedge;
  CHECK(wedge.feed(U'7', at(0)).empty());
  REQUIRE(wedge.next_deadline() == at(36));
  CHECK(wedge.flush(at(35)).empty());
  CHECK(wedge.flush(at(36)) == Heard{Typed{U"7"}});
  CHECK(wedge.flush(at(1000)).empty());
}

TEST_CASE("wedge: too short a burst is typing") {
  WedgeDetector wedge;
  CHECK(played(wedge, U"123\r", 5) == Heard{Typed{U"123\n"}});
}

TEST_CASE("wedge: a pause inside ends the burst") {
  WedgeDetector wedge;
  Heard out = played(wedge, U"4006", 5);
  for (WedgeEvent& event : played(wedge, U"381333931\r", 5, 200)) out.push_back(std::move(event));
  CHECK(out == Heard{Typed{U"4006"}, Scan{"381333931"}});
}

TEST_CASE("wedge: a key typed shortly before a scan is kept apart from it") {
  WedgeDetector wedge;
  Heard out = played(wedge, U"2", 5);
  for (WedgeEvent& event : played(wedge, U"4006381333931\r", 5, 80))
    out.push_back(std::move(event));
  CHECK(out == Heard{Typed{U"2"}, Scan{"4006381333931"}});
}

TEST_CASE("wedge: prefix and suffix mark a scan and are not part of it") {
  WedgeDetector wedge({.prefix = U"]E0", .suffix = U"#"});
  CHECK(played(wedge, U"]E04006381333931#\r", 5) == Heard{Scan{"4006381333931"}});
  CHECK(played(wedge, U"4006381333931\r", 5, 500) == Heard{Typed{U"4006381333931\n"}});
  CHECK(played(wedge, U"]E0#\r", 5, 900) == Heard{Typed{U"]E0#\n"}});
}

TEST_CASE("wedge: a scanner without Enter is found by the pause, a held key is not") {
  WedgeDetector wedge({.end = ScanEnd::by_key_or_pause});
  CHECK(played(wedge, U"4006381333931", 5).empty());
  CHECK(wedge.flush(at(500)) == Heard{Scan{"4006381333931"}});
  CHECK(played(wedge, U"xxxxxxxx", 30, 1000).empty());
  CHECK(wedge.flush(at(2000)) == Heard{Typed{U"xxxxxxxx"}});
}

TEST_CASE("wedge: a clock that goes back ends the burst and loses nothing") {
  WedgeDetector wedge;
  CHECK(wedge.feed(U'1', at(1000)).empty());
  CHECK(wedge.feed(U'2', at(0)) == Heard{Typed{U"1"}});
  CHECK(wedge.flush(at(-5)) == Heard{Typed{U"2"}});
}

TEST_CASE("wedge: whatever is typed and scanned, every key comes out once and in order") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    INFO("seed ", seed);
    std::mt19937 random(seed);
    const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
    WedgeDetector wedge({.shortest_code = static_cast<std::size_t>(1 + below(8)),
                         .end = below(2) == 0 ? ScanEnd::by_key : ScanEnd::by_key_or_pause});
    std::string in, out;
    int now = 0;
    const auto collect = [&](const Heard& events) {
      for (const WedgeEvent& event : events) {
        if (const auto* scan = std::get_if<Scan>(&event)) out += scan->code;
        if (const auto* typed = std::get_if<Typed>(&event)) {
          for (const char32_t c : typed->text) {
            if (c != U'\n' && c != U'\t') core::append_utf8(out, c);
          }
        }
      }
    };
    for (int i = 0; i < 60; ++i) {
      now += below(3) == 0 ? below(200) : below(20);
      if (below(5) == 0) collect(wedge.flush(at(now)));
      const char32_t key = below(6) == 0 ? U'\r' : static_cast<char32_t>('0' + below(10));
      if (key != U'\r') core::append_utf8(in, key);
      collect(wedge.feed(key, at(now)));
    }
    collect(wedge.flush(at(now + 1000)));
    CHECK(out == in);
    CHECK_FALSE(wedge.next_deadline());
  }
}
