#include "pos/ui/chime.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

TEST_CASE("chime: it is short, heard, not clipped, and begins and ends in silence") {
  for (const auto sound : {pos::ui::Sound::arrival, pos::ui::Sound::refusal}) {
    const auto samples = pos::ui::chime_samples(sound, 22'050);
    CHECK(samples.size() < 22'050);
    const auto loudest = std::max_element(samples.begin(), samples.end(),
                                          [](int a, int b) { return std::abs(a) < std::abs(b); });
    REQUIRE(loudest != samples.end());
    CHECK(std::abs(*loudest) > 3'000);
    CHECK(std::abs(*loudest) < 16'000);
    CHECK(std::abs(samples.front()) < 200);
    CHECK(std::abs(samples.back()) < 200);
  }
}
