#include "pos/ui/fonts.h"

#include <doctest/doctest.h>

using namespace pos::ui;

TEST_CASE("fonts: a missing one is named with the package that holds it") {
  const auto inter = Fonts::open("no-such-folder", "no-such-file");
  REQUIRE_FALSE(inter);
  CHECK(to_text(inter.error()).find("fonts-inter") != std::string::npos);
  const auto icons = Fonts::open("/usr/share/fonts/opentype/inter", "no-such-file");
  REQUIRE_FALSE(icons);
  CHECK(icons.error().package == "fonts-material-design-icons-iconfont");
}

TEST_CASE("fonts: every digit has the same advance, comma and point keep theirs") {
  const auto fonts = Fonts::open();
  REQUIRE(fonts);
  const float one = (*fonts)->advance(Face::semibold, 18, U'1');
  for (char32_t digit = U'0'; digit <= U'9'; ++digit)
    CHECK((*fonts)->advance(Face::semibold, 18, digit) == one);
  CHECK((*fonts)->advance(Face::semibold, 18, U',') < one);
}

TEST_CASE("fonts: the letters that a till needs are there") {
  const auto fonts = Fonts::open();
  REQUIRE(fonts);
  const Glyph missing = (*fonts)->glyph(Face::regular, 14, 0x10FFFE);
  for (const char32_t letter : U"ÄÖÜäöüßéñçøåœŁřžőğ€–—−…„“”’×•·✓")
    if (letter != 0) {
      const Glyph glyph = (*fonts)->glyph(Face::regular, 14, letter);
      INFO("U+" << static_cast<int>(letter));
      CHECK(glyph.width > 0);
      CHECK((glyph.width != missing.width || glyph.height != missing.height ||
             glyph.advance != missing.advance));
    }
}

TEST_CASE("fonts: a name in any script has letters, and their font is opened with the first") {
  const auto fonts = Fonts::open();
  REQUIRE(fonts);
  for (const char32_t letter : U"Käse 12,90 € „Grüße“ Œuvre Łódź − × • Иван Παύλος") {
    if (letter != 0) (*fonts)->glyph(Face::medium, 18, letter);
  }
  CHECK((*fonts)->opened_fonts() == 0);
  CHECK((*fonts)->glyph(Face::regular, 18, U'ש').width > 0);
  CHECK((*fonts)->opened_fonts() == 1);
  const Glyph missing = (*fonts)->glyph(Face::regular, 18, 0x10FFFE);
  for (const char32_t letter : U"田中花子한국어ไทยשלוםسلامहिन्दीქართული😀🎁") {
    if (letter == 0) continue;
    INFO("U+" << static_cast<int>(letter));
    const Glyph glyph = (*fonts)->glyph(Face::regular, 18, letter);
    CHECK((glyph.width != missing.width || glyph.height != missing.height ||
           glyph.advance != missing.advance));
  }
}

TEST_CASE("fonts: what is not to be seen takes no room") {
  const auto fonts = Fonts::open();
  REQUIRE(fonts);
  for (const char32_t unseen : {U'\u200D', U'\u200E', U'\uFE0F', U'\u00AD', U'\u2028'}) {
    CHECK((*fonts)->advance(Face::regular, 18, unseen) == 0);
    CHECK((*fonts)->glyph(Face::regular, 18, unseen).width == 0);
  }
}

TEST_CASE("fonts: an atlas that runs full starts again, larger") {
  const auto fonts = Fonts::open();
  REQUIRE(fonts);
  const std::uint64_t serial = (*fonts)->atlas().serial;
  const int height = (*fonts)->atlas().height;
  for (char32_t letter = U'A'; letter < 0x17F && !(*fonts)->is_full(); ++letter)
    (*fonts)->glyph(Face::semibold, 120, letter);
  REQUIRE((*fonts)->is_full());
  (*fonts)->begin_frame();
  CHECK_FALSE((*fonts)->is_full());
  CHECK((*fonts)->atlas().serial != serial);
  CHECK((*fonts)->atlas().height > height);
  CHECK((*fonts)->glyph(Face::semibold, 18, U'A').width > 0);
}
