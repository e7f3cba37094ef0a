#include "core/base/money.h"

#include <doctest/doctest.h>

#include <numeric>

using namespace core;

TEST_CASE("money: a tie is rounded away from zero") {
  CHECK(scale_rounded(5, 1, 10) == 1);
  CHECK(scale_rounded(-5, 1, 10) == -1);
  CHECK(scale_rounded(4, 1, 10) == 0);
}

TEST_CASE("money: a weighed price is price per kilogram times thousandths") {
  CHECK(price_of({2490, eur}, {252}).minor == 627);
}

TEST_CASE("money: the parts of a split are the whole, and a tie goes to the earlier part") {
  const std::vector<std::int64_t> weights{1797, 1290};
  CHECK(split_by_weight(-309, weights) == std::vector<std::int64_t>{-180, -129});
  const auto thirds = split_evenly({100, eur}, 3);
  CHECK(thirds[0].minor == 34);
  CHECK(thirds[2].minor == 33);
}

TEST_CASE("money: plain amounts are read exactly or refused") {
  CHECK(parse_plain("12.5", eur)->minor == 1250);
  CHECK(parse_plain("-0.05", eur)->minor == -5);
  CHECK(parse_plain("1.005", eur).error() == AmountError::too_many_digits);
  CHECK(parse_plain("1,50", eur).error() == AmountError::not_a_number);
  CHECK(parse_plain("99999999999", eur).error() == AmountError::too_large);
  CHECK(to_plain(Money{-5, eur}) == "-0.05");
  CHECK(to_plain(Quantity{252}) == "0.252");
}
