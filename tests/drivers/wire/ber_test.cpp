#include "drivers/wire/ber.h"

#include <doctest/doctest.h>

#include "core/base/base64.h"

using namespace drivers;

namespace {

std::string raw(std::string_view hex) {
  return core::from_hex(hex).value();
}

std::optional<ber::Element> only(const std::string& bytes) {
  std::string_view rest = bytes;
  const auto element = ber::take(rest);
  if (!rest.empty()) return {};
  return element;
}

}  // namespace

TEST_CASE("ber: lengths short, long and open") {
  CHECK(only(raw("0403616263"))->content == "abc");
  CHECK(only(raw("048103616263"))->content == "abc");
  CHECK(only(raw("04820003616263"))->content == "abc");
  const std::string open = raw("a28004026162040163") + std::string(2, '\0');
  CHECK(only(open)->content.size() == 7);
  CHECK(ber::octets(*only(open)) == "abc");
  // Within one another, too.
  const std::string nested = raw("a280248004016104016200000401630000");
  CHECK(ber::octets(*only(nested)) == "abc");
}

TEST_CASE("ber: what is cut short at any place is nothing, and nothing is taken off") {
  for (const std::string& whole :
       {raw("048203e8") + std::string(1000, 'x'), raw("a280040261620401630000")}) {
    REQUIRE(only(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
      std::string_view rest = std::string_view(whole).substr(0, size);
      CHECK_FALSE(ber::take(rest));
      CHECK(rest.size() == size);
    }
  }
}

TEST_CASE("ber: hostile bytes are nothing") {
  CHECK_FALSE(only(raw("04ffffffffff")));
  CHECK_FALSE(only(raw("0488ffffffffffffffff00")));
  CHECK_FALSE(only(raw("0480616200")));  // open, but in one piece
  CHECK_FALSE(only(raw("1f810401ff")));  // a tag of several bytes
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += raw("a280");
  CHECK_FALSE(only(deep));
}

TEST_CASE("ber: numbers from 0 on, with or without the zero byte before a high bit") {
  CHECK(ber::number(raw("00")) == 0);
  CHECK(ber::number(raw("80")) == 128);
  CHECK(ber::number(raw("0080")) == 128);
  CHECK(ber::number(raw("7fffffffffffffff")) == INT64_MAX);
  CHECK_FALSE(ber::number(raw("008000000000000000")));
  CHECK_FALSE(ber::number(""));
  for (const std::int64_t value : {0L, 1L, 127L, 128L, 255L, 256L, 65535L, 20'000'000L,
                                   1'795'946'400L, static_cast<long>(INT64_MAX)}) {
    CHECK(ber::number(only(ber::der_integer(value))->content) == value);
  }
  CHECK(ber::der_integer(128) == raw("02020080"));
}

TEST_CASE("ber: what is written has the shortest length") {
  CHECK(ber::der(4, std::string(127, 'x')).size() == 129);
  CHECK(ber::der(4, std::string(128, 'x')).size() == 131);
  CHECK(ber::der(4, std::string(256, 'x')).size() == 260);
  CHECK(ber::object_id_text(raw("04007f000703070101")) == "0.4.0.127.0.7.3.7.1.1");
  CHECK(ber::object_id_text(raw("2a8648ce3d040302")) == "1.2.840.10045.4.3.2");
}
