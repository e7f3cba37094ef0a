#include "core/base/text.h"

#include <doctest/doctest.h>

#include "core/base/ids.h"
#include "tests/support/utf16.h"

using namespace core;

TEST_CASE("text: a file is read as UTF-8, with a byte order mark or as UTF-16") {
  const std::string text = "{\"name\": \"Grüße, 東京 \U0001F377\"}";
  CHECK(file_text(text) == text);
  CHECK(file_text("\xEF\xBB\xBF" + text) == text);
  for (const bool is_big : {false, true}) {
    for (const bool is_marked : {false, true}) {
      CHECK(file_text(tests::utf16(text, is_big, is_marked)) == text);
    }
    CHECK(file_text(tests::utf16("", is_big)).empty());
  }
  // What is of another table, and what is nothing at all, is left to who reads it.
  CHECK(file_text("K\xE4se") == "K\xE4se");
  CHECK(file_text("").empty());
}

TEST_CASE("text: UTF-16 in pieces of any length is one text, and half a letter is no letter") {
  const std::string text = "a\U0001F377ß";
  const std::string bytes = tests::utf16(text, false, false);
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    Utf16Reader reader(Utf16Reader::Order::little);
    std::string read;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      reader.append(read, std::string_view(bytes).substr(at, size));
    }
    reader.end(read);
    CHECK(read == text);
  }
  CHECK(file_text(tests::utf16(text, false).substr(0, 6)) == "a\uFFFD");
  using namespace std::string_literals;
  CHECK(file_text("\xFE\xFF\xDC\x00\x00\x61\xD8\x00\x00\x62\x00"s) == "\uFFFDa\uFFFDb\uFFFD");
}

TEST_CASE("text: folding makes a search insensitive to case and accents") {
  CHECK(fold("Bergkäse 12 Monate") == "bergkase 12 monate");
  CHECK(fold("STRASSE/Straße") == "strasse strasse");
  CHECK(fold("Œuvre Łódź") == "ouvre lodz");
}

TEST_CASE("text: Latin letters are folded as the stores of older tills have them") {
  std::string all;
  for (char32_t c = 0xC0; c < 0x180; ++c) {
    std::string letter;
    append_utf8(letter, c);
    all += fold(letter);
  }
  CHECK(all ==
        "aaaaaaaeceeeeiiiidnoooooouuuuythssaaaaaaaeceeeeiiiidnoooooouuuuythy"
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooo"
        "rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs");
  CHECK(fold("½ kg, 3² × µ") == "kg 3");
}

TEST_CASE("text: other scripts are folded too, and no syllable becomes another") {
  CHECK(fold("МОСКВА") == fold("москва"));
  CHECK(fold("Αθήνα") == fold("ΑΘΗΝΑ"));
  CHECK(fold("Phở bò") == "pho bo");
  CHECK(fold("שָׁלוֹם") == fold("שלום"));
  CHECK(fold("が") != fold("か"));
  CHECK(fold("한국어") == "한국어");
  CHECK(fold("น้ำ") != fold("นา"));
  CHECK_FALSE(fold("🎁").empty());
}

TEST_CASE("text: a letter and its mark that came apart are the letter again") {
  const std::string apart = "Ka\u0308sekuchen Gru\u0308\u00DFe";
  CHECK(composed(apart) == "Käsekuchen Grüße");
  CHECK(fold(apart) == fold("Käsekuchen Grüße"));
  CHECK(composed("plain") == "plain");
  CHECK(composed("\xFF") == "\xFF");
}

TEST_CASE("text: an e-mail address cannot carry a header") {
  CHECK(is_email("brandt@example.de"));
  CHECK_FALSE(is_email("brandt.example.de"));
  CHECK_FALSE(is_email("a@b.de\nBcc: x@y.de"));
  CHECK_FALSE(is_email("a@b"));
  CHECK_FALSE(is_email("a b@c.de"));
}

TEST_CASE("text: a domain in other letters is an address, and has its ASCII form") {
  CHECK(is_email("kundin@bücherstube.example"));
  CHECK(ascii_address("kundin@Bücherstube.example") == "kundin@xn--bcherstube-9db.example");
  CHECK(ascii_address("Kasse@Laden.example") == "Kasse@Laden.example");
  CHECK(ascii_address("a@bu\u0308cher.example") == ascii_address("a@bücher.example"));
  CHECK(ascii_address("a@почта.example") == "a@xn--80a1acny.example");
  CHECK_FALSE(is_email("jürgen@laden.example"));
  CHECK_FALSE(is_email("a@ü"));
  CHECK_FALSE(is_email("a@-ü.example"));
}

TEST_CASE("text: initials are two capitals") {
  CHECK(initials("иван петров") == "ИП");
  CHECK(initials("漢字") == "漢");
  CHECK(initials("o\u0308l") == "Ö");
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

TEST_CASE("text: no blank of any script stays at its ends, nor what nobody sees there") {
  for (const char* text : {"Jule", " Jule\t", "\u00A0Jule\u00A0", "\uFEFFJule\u200B",
                           "\u3000Jule\r\n", "\u2003\u2060Jule\u202F"}) {
    CHECK(trim(text) == "Jule");
  }
  CHECK(trim("\u00A0 \uFEFF").empty());
  CHECK(trim("\xA0Jule\x85") == "\xA0Jule\x85");  // no UTF-8
  CHECK(trim("a\u200D") == "a\u200D");            // joins letters
}

TEST_CASE("text: what stands in one line is put into one") {
  CHECK(one_line(" Jule\r\nHarms ") == "Jule Harms");
  CHECK(one_line("Jule \t\n Harms") == "Jule  Harms");
  CHECK(one_line("eins\u2028zwei") == "eins zwei");
  CHECK(one_line("\n").empty());
  CHECK(as_utf8("Gr\xFC\xDF"
                "e") == "Gr\uFFFD\uFFFDe");
}

TEST_CASE("text: a blank that no server takes is in no address") {
  CHECK(is_email("h@example.de"));
  CHECK_FALSE(is_email("h@example.de\u00A0"));
  CHECK_FALSE(is_email("h@exam\u3000ple.de"));
}
