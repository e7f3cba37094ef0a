#include "pos/ui/translate.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace pos {
namespace {

constexpr std::uint32_t magic = 0x950412DE, swapped_magic = 0xDE120495;

// A .mo file (GNU gettext manual, "The Format of GNU MO Files"): a header of
// seven numbers, two tables of (length, offset), and the strings, each ended
// by a zero byte. Every number is checked before it is used.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool has_magic() {
    is_swapped_ = number(0) == swapped_magic;
    return bytes_.size() >= 28 && number(0) == magic;
  }

  std::uint32_t number(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4 && at + i < bytes_.size(); ++i) {
      const std::size_t shift = is_swapped_ ? 3 - i : i;
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[at + i]))
               << (8 * shift);
    }
    return value;
  }

  // The string of entry `index` in the table at `table`.
  bool string(std::size_t table, std::size_t index, std::string_view& out) const {
    const std::size_t entry = table + 8 * index;
    if (entry + 8 > bytes_.size()) return false;
    const std::size_t length = number(entry), offset = number(entry + 4);
    if (offset >= bytes_.size() || length >= bytes_.size() - offset) return false;
    if (bytes_[offset + length] != '\0') return false;
    out = bytes_.substr(offset, length);
    return true;
  }

 private:
  std::string_view bytes_;
  bool is_swapped_ = false;
};

std::string file_of(const std::string& folder, Language language) {
  const std::string path = folder + "/" + std::string(code_of(language)) + "/LC_MESSAGES/tresen.mo";
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string_view code_of(Language language) {
  return language == Language::german ? "de" : "en";
}

Language language_from(std::string_view code) {
  return code.starts_with("de") ? Language::german : Language::english;
}

std::string_view name_of(Language language) {
  return language == Language::german ? "Deutsch" : "English";
}

std::string_view Words::operator()(std::string_view english) const {
  const auto found = entries_.find(english);
  if (found == entries_.end()) return english;
  const std::string_view translated = found->second.substr(0, found->second.find('\0'));
  return translated.empty() ? english : translated;
}

// German counts like English: one form for 1, another for everything else.
std::string_view Words::operator()(std::string_view one, std::string_view many,
                                   std::int64_t n) const {
  const std::string_view own = n == 1 ? one : many;
  std::string key(one);
  key += '\0';
  key += many;
  const auto found = entries_.find(key);
  if (found == entries_.end()) return own;
  const std::size_t end = found->second.find('\0');
  const std::string_view first = found->second.substr(0, end);
  const std::string_view second =
      end == std::string_view::npos ? first : found->second.substr(end + 1);
  const std::string_view form = n == 1 ? first : second;
  return form.empty() ? own : form;
}

std::string_view Words::with(std::string_view context, std::string_view english) const {
  std::string key(context);
  key += '\4';
  key += english;
  const auto found = entries_.find(key);
  return found == entries_.end() || found->second.empty() ? english : found->second;
}

std::string fill_braces(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string text;
  std::size_t next = 0;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    text += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    pattern.remove_prefix(open);
    const bool is_plain = pattern.starts_with("{}");
    const bool is_numbered =
        pattern.size() >= 3 && pattern[1] >= '0' && pattern[1] <= '9' && pattern[2] == '}';
    const std::size_t which = is_numbered ? static_cast<std::size_t>(pattern[1] - '0') : next;
    // Braces that name nothing are shown as they are.
    if ((!is_plain && !is_numbered) || which >= values.size()) {
      text += '{';
      pattern.remove_prefix(1);
      continue;
    }
    text += *(values.begin() + static_cast<std::ptrdiff_t>(which));
    pattern.remove_prefix(is_plain ? 2 : 3);
    if (is_plain) ++next;
  }
  return text;
}

std::string Words::fill(std::string_view english,
                        std::initializer_list<std::string_view> values) const {
  return fill_braces((*this)(english), values);
}

std::string Words::fill(std::string_view one, std::string_view many, std::int64_t n) const {
  const std::string number = std::to_string(n);
  return fill_braces((*this)(one, many, n), {number});
}

core::Result<core::Done, CatalogueError> read_catalogue(std::string bytes, Words& words) {
  if (bytes.empty()) return tl::unexpected(CatalogueError::missing);
  Words fresh(words.language());
  fresh.file_.assign(bytes.begin(), bytes.end());
  Reader reader({fresh.file_.data(), fresh.file_.size()});
  if (!reader.has_magic()) return tl::unexpected(CatalogueError::broken);
  const std::size_t count = reader.number(8);
  const std::size_t originals = reader.number(12), translations = reader.number(16);
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view english, translated;
    if (!reader.string(originals, i, english) || !reader.string(translations, i, translated))
      return tl::unexpected(CatalogueError::broken);
    // The empty key is the header of the file.
    if (!english.empty()) fresh.entries_.emplace(english, translated);
  }
  words = std::move(fresh);
  return core::Done{};
}

Translations Translations::load(const std::string& folder) {
  Translations all;
  for (Words& words : all.words_) read_catalogue(file_of(folder, words.language()), words);
  return all;
}

Translations Translations::load() {
  return load(TRESEN_LOCALE);
}

const Words& Translations::operator()(Language language) const {
  return words_[static_cast<std::size_t>(language)];
}

}  // namespace pos
