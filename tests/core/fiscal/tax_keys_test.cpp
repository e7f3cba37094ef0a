#include "core/fiscal/tax_keys.h"

#include <doctest/doctest.h>

#include <set>

#include "core/base/text.h"

// Its names are its own, also where sources are joined.
namespace core::fiscal {

TEST_CASE("tax keys: those that are known are keys, stand once, and fit where they are named") {
  std::set<int> seen;
  for (const KnownKey& known : known_keys()) {
    CAPTURE(known.key);
    CHECK(seen.insert(known.key).second);
    CHECK(is_tax_key(known.key));
    CHECK(code_points(known.name).size() <= 55);  // UST_BESCHR
  }
  CHECK(seen.size() == 16);
}

TEST_CASE("tax keys: a former rate belongs to the sum of its successor") {
  CHECK(sum_of(21) == sum_of(general_rate));
  CHECK(sum_of(22) == sum_of(reduced_rate));
  CHECK(sum_of(13) == sum_of(farm_rate));
  CHECK(sum_of(zero_rate) == sum_of(outside_tax));
  CHECK_FALSE(sum_of(1000));
}

}  // namespace core::fiscal
