#include "core/base/base64.h"

#include <doctest/doctest.h>

#include "core/base/clock.h"

using namespace core;

TEST_CASE("base64: the examples of RFC 4648 section 10, both ways") {
  for (const auto& [bytes, text] : {std::pair{"", ""},
                                    {"f", "Zg=="},
                                    {"fo", "Zm8="},
                                    {"foo", "Zm9v"},
                                    {"foob", "Zm9vYg=="},
                                    {"fooba", "Zm9vYmE="},
                                    {"foobar", "Zm9vYmFy"}}) {
    CHECK(to_base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
  }
}

TEST_CASE("base64: what is not exactly that form is nothing") {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Z===", "Zm9v\n", " Zm9v", "Zm-v", "Zh=="}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64(text));
  }
}

TEST_CASE("hex: in either case, and only whole bytes") {
  CHECK(to_hex(std::string("\x00\xff\x1a", 3)) == "00ff1a");
  CHECK(from_hex("00FF1a") == std::string("\x00\xff\x1a", 3));
  CHECK(from_hex("") == "");
  for (const char* text : {"0", "0g", "0 ", "00 11"}) CHECK_FALSE(from_hex(text));
}

TEST_CASE("clock: a time is read as it is written, to the millisecond") {
  const Instant time{std::chrono::milliseconds{1'795'946'462'345}};
  CHECK(from_iso(to_iso(time)) == time);
  CHECK(from_iso("2026-11-29T10:01:02.345Z") == time);
  CHECK(from_iso("2026-11-29T10:01:02Z") == time - std::chrono::milliseconds{345});
  CHECK(from_iso("2026-11-29T10:01:02.3Z") == time - std::chrono::milliseconds{45});
  for (const char* text :
       {"", "Z", "2026-11-29T10:01:02", "2026-02-29T10:01:02Z", "2026-11-29T24:01:02Z",
        "2026-11-29T10:60:02Z", "2026-11-29T10:01:60Z", "2026-11-29 10:01:02Z",
        "2026-11-29T10:01:02.Z", "2026-11-29T10:01:02.1234Z", "2026-11-29T10:01:02.xZ",
        "2026-11-29T10:01:02+01:00", "2O26-11-29T10:01:02Z"}) {
    CAPTURE(text);
    CHECK_FALSE(from_iso(text));
  }
}
