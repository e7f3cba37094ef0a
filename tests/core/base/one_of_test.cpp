#include "core/base/one_of.h"

#include <doctest/doctest.h>

#include <string>

namespace {

struct Said {
  std::string words;
};
struct Counted {
  int pieces = 0;
};
using Either = core::OneOf<Said, Counted>;

}  // namespace

TEST_CASE("one of: it is what was put in, and nothing else") {
  const Either said = Said{"hello"};
  CHECK(said.is<Said>());
  CHECK_FALSE(said.is<Counted>());
  CHECK(said.get<Said>().words == "hello");
  CHECK(said.as<Said>() == &said.get<Said>());
  CHECK(said.as<Counted>() == nullptr);
  CHECK_THROWS_AS(said.get<Counted>(), std::bad_any_cast);
  CHECK(Either{}.is<Said>());  // as a variant: the first, empty
}

TEST_CASE("one of: a copy is its own, and may become another kind") {
  Either one = Said{"hello"};
  Either copy = one;
  copy.as<Said>()->words = "bye";
  CHECK(one.get<Said>().words == "hello");
  one = Counted{3};
  CHECK(one.get<Counted>().pieces == 3);
  one = std::move(copy);
  CHECK(one.get<Said>().words == "bye");
}

TEST_CASE("one of: the handler of its kind is called") {
  struct Handler {
    std::string operator()(const Said& said) const { return said.words; }
    std::string operator()(const Counted& counted) const { return std::to_string(counted.pieces); }
  };
  CHECK(Either{Said{"hello"}}.visit(Handler{}) == "hello");
  CHECK(Either{Counted{3}}.visit(Handler{}) == "3");
}
