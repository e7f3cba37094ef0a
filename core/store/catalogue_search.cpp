#include "core/store/catalogue_search.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_set>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"
#include "core/store/catalogue_store.h"
#include "core/store/search_words.h"

namespace core {

namespace {

// The index answers in the order of rows, for ordering all its hits by
// popularity takes 30 to 60 ms among a million products. So the best sellers,
// of which a shop has not many, are looked through first and one by one.
constexpr int best_sellers_looked_through = 1000;
// Three letters in a row are not yet the word: rows to look at before giving up.
constexpr int most_rows_checked = 2000;
constexpr std::size_t longest_query = 200;  // bytes; a scanned QR code is no name

enum class Match { exact, word, inside, near };

struct Hit {
  std::int64_t row;
  Match match;
  std::int64_t popularity;
  bool begins;  // the name begins with what was typed
};

struct Seller {
  std::int64_t row;
  std::int64_t popularity;
  std::string words;
};

class Search {
 public:
  Search(Database& database, std::string_view text, int limit)
      : database_(database),
        text_(trim(text).substr(0, longest_query)),
        folded_(fold(text_)),
        limit_(static_cast<std::size_t>(std::max(limit, 0))) {}

  std::vector<Variant> run();

 private:
  bool is_full() const { return hits_.size() >= limit_; }
  void add(std::int64_t row, Match match, std::int64_t popularity, std::string_view words);
  void find_codes();
  void find_beginning_names();
  void find_words(const WordChoices& words, Match match);
  void find_inside(const WordChoices& words);
  void read_sellers();
  std::vector<Variant> best() const;

  Database& database_;
  std::string text_;
  std::string folded_;
  std::size_t limit_;
  std::vector<Seller> sellers_;
  std::vector<Hit> hits_;
  std::unordered_set<std::int64_t> rows_;
};

std::vector<Variant> Search::run() {
  if (folded_.empty() || limit_ == 0) return {};
  read_sellers();
  find_codes();
  const WordChoices words = spellings_of(folded_);
  find_words(words, Match::word);
  if (!is_full()) find_inside(words);
  if (hits_.empty()) find_words(near_misses_of(database_, folded_), Match::near);
  std::sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) {
    return std::tuple(a.match, -a.popularity, !a.begins, a.row) <
           std::tuple(b.match, -b.popularity, !b.begins, b.row);
  });
  return best();
}

void Search::add(std::int64_t row, Match match, std::int64_t popularity, std::string_view words) {
  if (!rows_.insert(row).second) return;
  if (words == folded_) match = Match::exact;
  hits_.push_back({row, match, popularity, words.starts_with(folded_)});
}

void Search::read_sellers() {
  auto query = database_.query(
      "SELECT id, popularity, words FROM variants WHERE popularity > 0 "
      "ORDER BY popularity DESC, id LIMIT ?");
  query.with(best_sellers_looked_through);
  while (query.next()) sellers_.push_back({query.integer(0), query.integer(1), query.text(2)});
}

void Search::find_codes() {
  // U+10FFFF sorts behind every text that begins with the code.
  const std::string end = "\xF4\x8F\xBF\xBF";
  const std::string code = normal_barcode(text_);
  const auto limit = static_cast<std::int64_t>(limit_);
  auto barcodes = database_.query(
      "SELECT v.id, v.popularity, v.words, b.code = ?1 FROM barcodes b "
      "JOIN variants v ON v.id = b.variant_id WHERE b.code >= ?1 AND b.code < ?2 "
      "ORDER BY b.code LIMIT ?3");
  barcodes.with(code, code + end, limit);
  while (barcodes.next()) {
    add(barcodes.integer(0), barcodes.flag(3) ? Match::exact : Match::word, barcodes.integer(1),
        barcodes.view(2));
  }
  auto skus = database_.query(
      "SELECT id, popularity, words, sku = ?1 FROM variants "
      "WHERE sku >= ?1 AND sku < ?2 AND sku <> '' ORDER BY sku LIMIT ?3");
  skus.with(text_, text_ + end, limit);
  while (skus.next()) {
    add(skus.integer(0), skus.flag(3) ? Match::exact : Match::word, skus.integer(1), skus.view(2));
  }
}

// Names that begin with the text, straight from the index of names: among many
// thousand hits of a short text these are the ones that were meant.
void Search::find_beginning_names() {
  auto query = database_.query(
      "SELECT id, popularity, words FROM variants WHERE words >= ?1 AND words < ?2 "
      "ORDER BY words LIMIT ?3");
  query.with(folded_, folded_ + "\xF4\x8F\xBF\xBF", static_cast<std::int64_t>(limit_));
  while (query.next()) add(query.integer(0), Match::word, query.integer(1), query.view(2));
}

void Search::find_words(const WordChoices& words, Match match) {
  if (words.empty()) return;
  for (const Seller& seller : sellers_) {
    if (begin_words(words, seller.words)) {
      add(seller.row, match, seller.popularity, seller.words);
    }
  }
  if (match == Match::word) find_beginning_names();
  const std::string expression = index_expression(database_, words);
  if (expression.empty()) return;
  auto query = database_.query(
      "SELECT v.id, v.popularity, v.words FROM variant_words w JOIN variants v ON v.id = w.rowid "
      "WHERE variant_words MATCH ? ORDER BY w.rowid LIMIT ?");
  query.with(expression, static_cast<std::int64_t>(limit_));
  while (query.next()) add(query.integer(0), match, query.integer(1), query.view(2));
}

void Search::find_inside(const WordChoices& words) {
  for (const Seller& seller : sellers_) {
    if (lie_inside(words, seller.words)) {
      add(seller.row, Match::inside, seller.popularity, seller.words);
    }
  }
  const std::string expression = trigram_expression(words);
  if (expression.empty()) return;
  auto query = database_.query(
      "SELECT v.id, v.popularity, v.words FROM variant_trigrams t JOIN variants v "
      "ON v.id = t.rowid WHERE variant_trigrams MATCH ? ORDER BY t.rowid LIMIT ?");
  query.with(expression, most_rows_checked);
  while (!is_full() && query.next()) {
    if (lie_inside(words, query.view(2))) {
      add(query.integer(0), Match::inside, query.integer(1), query.view(2));
    }
  }
}

std::vector<Variant> Search::best() const {
  std::vector<Variant> variants;
  for (std::size_t i = 0; i < std::min(hits_.size(), limit_); ++i) {
    if (auto variant = find_variant(database_, {hits_[i].row})) {
      variants.push_back(std::move(*variant));
    }
  }
  return variants;
}

}  // namespace

std::vector<Variant> search(Database& database, std::string_view text, int limit) {
  return Search(database, text, limit).run();
}

}  // namespace core
