// The words of a search: how else each may be spelt, whether a name has them,
// and how the two search indexes are asked. Everything is folded text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/store/database.h"

namespace core {

// For each word that was typed the spellings of which one must be found.
using WordChoices = std::vector<std::vector<std::string>>;

// Each word as typed and, where it has "ae", "oe" or "ue", as an umlaut folds.
WordChoices spellings_of(std::string_view folded);

// Each word also with one letter put in, left out, changed, or two neighbours
// swapped, as far as some word of the catalogue begins like that. Words of
// less than three letters stay as typed.
WordChoices near_misses_of(Database& database, std::string_view folded);

// Whether for each word some word of the name begins with one of its spellings.
bool begin_words(const WordChoices& words, std::string_view name);
// Whether each word is somewhere inside the name in one of its spellings.
bool lie_inside(const WordChoices& words, std::string_view name);

// What to ask `variant_words`. Empty: no name has the words.
std::string index_expression(Database& database, const WordChoices& words);
// What to ask `variant_trigrams`, whose answer may hold names without the
// words. Empty: the words are too short for it.
std::string trigram_expression(const WordChoices& words);

}  // namespace core
