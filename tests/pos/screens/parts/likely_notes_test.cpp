#include "pos/screens/parts/likely_notes.h"

#include <doctest/doctest.h>

namespace {

std::vector<std::int64_t> notes(std::int64_t minor, core::Currency currency = core::eur) {
  std::vector<std::int64_t> all;
  for (const core::Money& note : pos::likely_notes({minor, currency})) all.push_back(note.minor);
  return all;
}
using Notes = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("likely notes: the next ones above the amount, smallest first") {
  CHECK(notes(4783) == Notes{5000, 6000, 10000});
  CHECK(notes(1234) == Notes{1500, 2000, 5000});
  CHECK(notes(85) == Notes{200, 500, 1000});
  CHECK(notes(210) == Notes{500, 1000, 2000});
}

TEST_CASE("likely notes: an amount that one kind of note makes up exactly asks for no more of it") {
  CHECK(notes(5000) == Notes{6000, 10000});
  CHECK(notes(2000) == Notes{5000, 10000});
}

TEST_CASE("likely notes: nothing due and an unknown currency have none") {
  CHECK(notes(0).empty());
  CHECK(notes(-500).empty());
  CHECK(notes(500, core::currency_from("XXX")).empty());
  CHECK(notes(core::largest_minor).empty());
}

TEST_CASE("likely notes: francs have no note below ten") {
  CHECK(notes(1230, core::chf) == Notes{2000, 5000, 10000});
}

TEST_CASE("likely notes: cash is unlikely beyond the next two amounts and 200 above the due") {
  const auto euros = [](std::int64_t minor) { return core::Money{minor, core::eur}; };
  CHECK(pos::is_unlikely(euros(999'999'999), euros(2730)));
  CHECK(pos::is_unlikely(euros(22'731), euros(2730)));
  CHECK_FALSE(pos::is_unlikely(euros(22'730), euros(2730)));
  CHECK_FALSE(pos::is_unlikely(euros(20'000), euros(2730)));
  CHECK_FALSE(pos::is_unlikely(euros(150'000), euros(130'000)));
  CHECK(pos::is_unlikely(euros(150'001), euros(130'000)));
  const core::Currency yen = core::currency_from("JPY");
  CHECK_FALSE(pos::is_unlikely({10'000, yen}, {2730, yen}));
  CHECK(pos::is_unlikely({100'000, yen}, {2730, yen}));
}
