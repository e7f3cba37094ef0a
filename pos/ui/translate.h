// The till's words in the language of whoever reads them: gettext catalogues
// (.mo, domain "tresen") read by ourselves, because a till may have no locale
// installed but C.UTF-8 and two people may read two languages at once.
// The English text is the key: words("Cash") is "Bar" in German.
//
// Immutable once loaded; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"

namespace pos {

enum class Language : std::uint8_t { english, german };
inline constexpr std::array languages = {Language::german, Language::english};

std::string_view code_of(Language language);    // "en", "de"
Language language_from(std::string_view code);  // "de", "de_DE", "de-AT"; else English
std::string_view name_of(Language language);    // "English", "Deutsch"

enum class CatalogueError : std::uint8_t { missing, broken };

// One language's words.
class Words {
 public:
  explicit Words(Language language) : language_(language) {}
  // The entries point into the bytes of the file, which a move keeps in place.
  Words(Words&&) = default;
  Words& operator=(Words&&) = default;

  Language language() const { return language_; }

  // The translation, or `english` itself.
  std::string_view operator()(std::string_view english) const;
  // By number: words("{} item", "{} items", n), still with its braces.
  std::string_view operator()(std::string_view one, std::string_view many, std::int64_t n) const;
  // The same word with different meanings: with("verb", "Park").
  std::string_view with(std::string_view context, std::string_view english) const;

  // The translation with its {} filled in order, or {0} {1} by number.
  std::string fill(std::string_view english, std::initializer_list<std::string_view> values) const;
  std::string fill(std::string_view one, std::string_view many, std::int64_t n) const;

 private:
  friend core::Result<core::Done, CatalogueError> read_catalogue(std::string bytes, Words& words);
  Language language_;
  std::unordered_map<std::string_view, std::string_view> entries_;
  std::vector<char> file_;
};

// All languages of the till.
class Translations {
 public:
  // Reads <folder>/<language>/LC_MESSAGES/tresen.mo. A language without a file,
  // or with a broken one, speaks English.
  static Translations load(const std::string& folder);
  // Where the build put them.
  static Translations load();

  const Words& operator()(Language language) const;

 private:
  std::array<Words, 2> words_{Words(Language::english), Words(Language::german)};
};

// Fills `words` from the bytes of a .mo file; pure. On failure nothing changes.
core::Result<core::Done, CatalogueError> read_catalogue(std::string bytes, Words& words);
std::string fill_braces(std::string_view pattern, std::initializer_list<std::string_view> values);

}  // namespace pos
