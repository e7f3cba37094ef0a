#include "pos/backup/recovery_code.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>

using pos::RecoveryCode;

TEST_CASE("recovery code: it reads back, however it is typed") {
  const RecoveryCode code = RecoveryCode::make();
  const std::string text = code.text();
  CHECK(text.size() == 29);
  std::string sloppy;
  for (const char c : text) {
    if (c == '-') continue;
    sloppy += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
    sloppy += ' ';
  }
  for (const std::string& typed : {text, sloppy}) {
    CAPTURE(typed);
    const auto parsed = RecoveryCode::parse(typed);
    REQUIRE(parsed);
    CHECK(parsed->text() == text);
    CHECK(parsed->id() == code.id());
  }
  CHECK(RecoveryCode::make().text() != text);
}

TEST_CASE("recovery code: each wrong sign and each two that changed places name their group") {
  const std::string text = RecoveryCode::make().text();
  const auto group_of = [](std::size_t at) { return std::to_string(at / 6 + 1); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    for (const char wrong : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
      if (wrong == text[i]) continue;
      std::string typed = text;
      typed[i] = wrong;
      const auto parsed = RecoveryCode::parse(typed);
      REQUIRE_FALSE(parsed);
      CHECK(parsed.error() == "group " + group_of(i) + " of the code is mistyped");
    }
    if (i + 1 < text.size() && text[i + 1] != '-' && text[i + 1] != text[i]) {
      std::string typed = text;
      std::swap(typed[i], typed[i + 1]);
      CHECK_FALSE(RecoveryCode::parse(typed));
    }
  }
}

TEST_CASE("recovery code: what is none is told in words") {
  const auto error = [](std::string_view typed) { return RecoveryCode::parse(typed).error(); };
  CHECK(error("") == "a code has 25 signs, these are 0");
  CHECK(error("12345-67890") == "a code has 25 signs, these are 10");
  CHECK(error("1234U") == "a code has no \"U\" in it");
}
