#include "pos/ui/translate.h"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using namespace pos;

namespace {

// The bytes of a .mo file with these entries.
std::string catalogue(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string head, strings;
  const auto add = [](std::string& to, std::uint32_t number) {
    for (int i = 0; i < 4; ++i) to += static_cast<char>(number >> (8 * i));
  };
  const auto count = static_cast<std::uint32_t>(entries.size());
  const std::uint32_t start = 28 + 16 * count;
  for (const std::uint32_t number : {0x950412DEU, 0U, count, 28U, 28 + 8 * count, 0U, 0U})
    add(head, number);
  std::string tables[2];
  for (int side = 0; side < 2; ++side)
    for (const auto& [english, german] : entries) {
      const std::string& text = side == 0 ? english : german;
      add(tables[side], static_cast<std::uint32_t>(text.size()));
      add(tables[side], start + static_cast<std::uint32_t>(strings.size()));
      strings += text + '\0';
    }
  return head + tables[0] + tables[1] + strings;
}

const std::string plural = std::string("{} item") + '\0' + "{} items";
const std::string plural_german = std::string("{} Artikel") + '\0' + "{} Artikel (viele)";

}  // namespace

TEST_CASE("words: the built catalogue speaks German and English at the same time") {
  const Translations all = Translations::load(TRESEN_LOCALE);
  CHECK(all(Language::german)("Cash") == "Bar");
  CHECK(all(Language::english)("Cash") == "Cash");
  CHECK(all(Language::german)("Not in any catalogue") == "Not in any catalogue");
}

TEST_CASE("words: a number chooses the form") {
  Words words(Language::german);
  REQUIRE(read_catalogue(catalogue({{plural, plural_german}}), words));
  CHECK(words.fill("{} item", "{} items", 1) == "1 Artikel");
  CHECK(words.fill("{} item", "{} items", 7) == "7 Artikel (viele)");
  CHECK(words.fill("{} line", "{} lines", 2) == "2 lines");
}

TEST_CASE("words: a context separates two meanings") {
  Words words(Language::german);
  REQUIRE(read_catalogue(catalogue({{"verb\4Park", "Parken"}, {"Park", "Grünanlage"}}), words));
  CHECK(words.with("verb", "Park") == "Parken");
  CHECK(words("Park") == "Grünanlage");
}

TEST_CASE("words: braces are filled in order or by number, and broken ones shown") {
  CHECK(fill_braces("{} of {}", {"3", "5"}) == "3 of 5");
  CHECK(fill_braces("{1} von {0}", {"3", "5"}) == "5 von 3");
  CHECK(fill_braces("{} {} {", {"a"}) == "a {} {");
  CHECK(fill_braces("{9}", {"a"}) == "{9}");
}

TEST_CASE("words: a catalogue cut at any byte is refused or read, and changes nothing if refused") {
  const std::string whole = catalogue({{"", "header"}, {"Cash", "Bar"}, {plural, plural_german}});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    Words words(Language::german);
    const auto read = read_catalogue(whole.substr(0, length), words);
    INFO("length " << length);
    CHECK_FALSE(read);
    CHECK(words("Cash") == "Cash");
  }
  Words words(Language::german);
  CHECK(read_catalogue(whole, words));
  CHECK(words("Cash") == "Bar");
}

TEST_CASE("words: numbers in a broken catalogue never lead out of it") {
  const std::string whole = catalogue({{"Cash", "Bar"}, {"Card", "Karte"}});
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const char byte : {'\xFF', '\x7F', '\0'}) {
      std::string broken = whole;
      broken[at] = byte;
      Words words(Language::german);
      (void)read_catalogue(broken, words);
      CHECK_FALSE(words("Cash").empty());
    }
}

TEST_CASE("languages: read from a code") {
  CHECK(language_from("de_AT.UTF-8") == Language::german);
  CHECK(language_from("en") == Language::english);
  CHECK(language_from("") == Language::english);
  CHECK(code_of(Language::german) == "de");
}
