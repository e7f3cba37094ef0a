#include "core/store/search_words.h"

#include <algorithm>

#include "core/base/text.h"

namespace core {

namespace {

constexpr std::size_t most_words = 8;
constexpr std::size_t shortest_mistyped = 3;  // letters
constexpr std::size_t longest_mistyped = 24;
constexpr std::size_t most_near_misses = 24;  // of a word
constexpr int most_words_named = 32;
constexpr std::string_view behind_all = "\xF4\x8F\xBF\xBF";  // U+10FFFF sorts behind any word

using Letters = std::u32string;

Letters letters_of(std::string_view word) {
  const auto points = code_points(word);
  return {points.begin(), points.end()};
}

std::string text_of(const Letters& letters) {
  std::string text;
  for (const char32_t letter : letters) append_utf8(text, letter);
  return text;
}

std::vector<std::string> split(std::string_view folded) {
  std::vector<std::string> words;
  while (!folded.empty() && words.size() < most_words) {
    const auto end = std::min(folded.find(' '), folded.size());
    if (end > 0) words.emplace_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return words;
}

// "kaese" -> "kase": how "Käse" is typed on a keyboard without umlauts.
std::string without_digraphs(const std::string& word) {
  std::string plain;
  for (std::size_t i = 0; i < word.size(); ++i) {
    plain += word[i];
    const bool umlaut = word[i] == 'a' || word[i] == 'o' || word[i] == 'u';
    if (umlaut && i + 1 < word.size() && word[i + 1] == 'e') ++i;
  }
  return plain;
}

// Walks the vocabulary of the catalogue along one word.
class Vocabulary {
 public:
  explicit Vocabulary(Database& database) : database_(database) {}

  // The first word from `text` on; empty behind the last one.
  std::string from(const std::string& text) {
    auto query = database_.query("SELECT word FROM search_words WHERE word >= ? LIMIT 1");
    return query.with(text).next() ? query.text(0) : std::string();
  }

  std::vector<std::string> words_with(const std::string& beginning, int limit) {
    std::vector<std::string> words;
    auto query =
        database_.query("SELECT word FROM search_words WHERE word >= ?1 AND word < ?2 LIMIT ?3");
    query.with(beginning, beginning + std::string(behind_all), limit);
    while (query.next()) words.push_back(query.text(0));
    return words;
  }

  bool has_beginning(const std::string& beginning) {
    return from(beginning).starts_with(beginning);
  }

  // The letters that follow `beginning` in the words of the catalogue.
  Letters letters_after(const std::string& beginning) {
    Letters letters;
    for (std::string word = from(beginning); !word.empty() && word.starts_with(beginning);) {
      if (word.size() == beginning.size()) {
        // The beginning is a word itself; a zero byte leads to the next one.
        word = from(beginning + '\0');
        continue;
      }
      const char32_t letter = letters_of(std::string_view(word).substr(beginning.size()))[0];
      letters += letter;
      std::string next = beginning;
      append_utf8(next, letter);
      word = from(next.append(behind_all));
    }
    return letters;
  }

 private:
  Database& database_;
};

// Damerau's four mistakes, at every place of one word.
class NearMisses {
 public:
  NearMisses(Database& database, const std::string& word)
      : vocabulary_(database), typed_(letters_of(word)) {
    try_word(typed_);
  }

  std::vector<std::string> find() {
    if (typed_.size() < shortest_mistyped || typed_.size() > longest_mistyped) return found_;
    for (std::size_t at = 0; at < typed_.size(); ++at) {
      try_swapped(at);
      try_with_letter(at);
      try_without(at);
    }
    return found_;
  }

 private:
  void try_word(const Letters& letters) {
    const std::string word = text_of(letters);
    if (found_.size() >= most_near_misses) return;
    if (std::find(found_.begin(), found_.end(), word) != found_.end()) return;
    if (vocabulary_.has_beginning(word)) found_.push_back(word);
  }

  void try_swapped(std::size_t at) {
    if (at + 1 >= typed_.size() || typed_[at] == typed_[at + 1]) return;
    Letters swapped = typed_;
    std::swap(swapped[at], swapped[at + 1]);
    try_word(swapped);
  }

  // Another letter here, or one more: only those that the catalogue has here.
  void try_with_letter(std::size_t at) {
    const Letters before = typed_.substr(0, at);
    for (const char32_t letter : vocabulary_.letters_after(text_of(before))) {
      try_word(before + letter + typed_.substr(at + 1));
      try_word(before + letter + typed_.substr(at));
    }
  }

  // Without its last letter a word is what was typed before: no mistake.
  void try_without(std::size_t at) {
    if (at + 1 < typed_.size()) try_word(typed_.substr(0, at) + typed_.substr(at + 1));
  }

  Vocabulary vocabulary_;
  Letters typed_;
  std::vector<std::string> found_;
};

bool some_word_begins(std::string_view name, std::string_view beginning) {
  for (std::size_t at = 0; at != name.npos;) {
    if (name.substr(at).starts_with(beginning)) return true;
    at = name.find(' ', at);
    if (at != name.npos) ++at;
  }
  return false;
}

// The index keeps lists for beginnings of up to three letters and reads them as
// it goes; for a longer one it would first join the lists of all words that
// begin so. Naming these words, when they are few, is ten times faster.
std::vector<std::string> terms_for(Vocabulary& vocabulary, const std::string& beginning) {
  std::vector<std::string> terms{"\"" + beginning + "\"*"};
  if (letters_of(beginning).size() <= 3) return terms;
  const auto words = vocabulary.words_with(beginning, most_words_named + 1);
  if (words.size() > static_cast<std::size_t>(most_words_named)) return terms;
  terms.clear();
  for (const std::string& word : words) terms.push_back("\"" + word + "\"");
  return terms;
}

// Every third trigram and the last one cover the word; the others would only
// make the index read more.
std::string trigrams_of(const Letters& letters) {
  std::string expression;
  for (std::size_t at = 0; at + 3 <= letters.size();) {
    expression += (at > 0 ? " AND \"" : "\"") + text_of(letters.substr(at, 3)) + "\"";
    const std::size_t last = letters.size() - 3;
    at = at == last ? letters.size() : std::min(at + 3, last);
  }
  return expression;
}

}  // namespace

WordChoices spellings_of(std::string_view folded) {
  WordChoices words;
  for (std::string& word : split(folded)) {
    std::vector<std::string> spellings{word};
    if (std::string plain = without_digraphs(word); plain != word) spellings.push_back(plain);
    words.push_back(std::move(spellings));
  }
  return words;
}

WordChoices near_misses_of(Database& database, std::string_view folded) {
  WordChoices words;
  for (const auto& spellings : spellings_of(folded)) {
    words.emplace_back();
    for (const std::string& word : spellings) {
      for (std::string& near : NearMisses(database, word).find()) {
        words.back().push_back(std::move(near));
      }
    }
    if (words.back().empty()) return {};
  }
  return words;
}

bool begin_words(const WordChoices& words, std::string_view name) {
  return std::all_of(words.begin(), words.end(), [&](const auto& spellings) {
    return std::any_of(spellings.begin(), spellings.end(),
                       [&](const auto& word) { return some_word_begins(name, word); });
  });
}

bool lie_inside(const WordChoices& words, std::string_view name) {
  return std::all_of(words.begin(), words.end(), [&](const auto& spellings) {
    return std::any_of(spellings.begin(), spellings.end(),
                       [&](const auto& word) { return name.find(word) != name.npos; });
  });
}

std::string index_expression(Database& database, const WordChoices& words) {
  Vocabulary vocabulary(database);
  std::string expression;
  for (const auto& spellings : words) {
    std::string choices;
    for (const std::string& beginning : spellings) {
      for (const std::string& term : terms_for(vocabulary, beginning)) {
        choices += (choices.empty() ? "(" : " OR ") + term;
      }
    }
    if (choices.empty()) return {};
    expression += (expression.empty() ? "" : " AND ") + choices + ")";
  }
  return expression;
}

std::string trigram_expression(const WordChoices& words) {
  std::string expression;
  for (const auto& spellings : words) {
    std::string choices;
    for (const std::string& word : spellings) {
      const std::string trigrams = trigrams_of(letters_of(word));
      // A spelling too short for the index may be anywhere.
      if (trigrams.empty()) choices.clear();
      if (trigrams.empty()) break;
      choices += (choices.empty() ? "(" : " OR (") + trigrams + ")";
    }
    if (choices.empty()) continue;
    expression += (expression.empty() ? "(" : " AND (") + choices + ")";
  }
  return expression;
}

}  // namespace core
