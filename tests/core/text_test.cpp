#include "core/base/text.h"

#include <doctest/doctest.h>

#include "core/base/ids.h"

using namespace core;

TEST_CASE("text: folding makes a search insensitive to case and accents") {
  CHECK(fold("Bergkäse 12 Monate") == "bergkase 12 monate");
  CHECK(fold("STRASSE/Straße") == "strasse strasse");
  CHECK(fold("Œuvre Łódź") == "ouvre lodz");
}

TEST_CASE("text: an e-mail address cannot carry a header") {
  CHECK(is_email("brandt@example.de"));
  CHECK_FALSE(is_email("brandt.example.de"));
  CHECK_FALSE(is_email("a@b.de\nBcc: x@y.de"));
  CHECK_FALSE(is_email("a@b"));
  CHECK_FALSE(is_email("a b@c.de"));
}

TEST_CASE("text: initials are two capitals") {
  CHECK(initials("Landjäger, Paar") == "LP");
  CHECK(initials("öl") == "Ö");
  CHECK(initials("Bergkäse 12 Monate") == "BM");
  CHECK(initials("4711") == "4");
}

TEST_CASE("text: broken UTF-8 is recognised") {
  CHECK(is_utf8("Käse"));
  CHECK_FALSE(is_utf8("K\xE4se"));
}

TEST_CASE("ids: they sort by the time they were made, even when the clock goes back") {
  IdSource ids(7);
  const Instant noon{std::chrono::milliseconds{1'700'000'000'000}};
  const Uuid first = ids.next(noon);
  const Uuid second = ids.next(noon - std::chrono::hours{1});
  CHECK(first < second);
  CHECK(uuid_from(to_text(first)) == first);
  CHECK(to_text(first)[14] == '7');
}
