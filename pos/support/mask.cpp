#include "pos/support/mask.h"

#include <cctype>
#include <regex>

#include "core/base/text.h"

namespace pos {

namespace {

// Shorter ones are words of every sentence.
constexpr std::size_t shortest_name = 4, shortest_secret = 4;
// The library's expressions go as deep as a line is long.
constexpr std::size_t longest_line = 1000;

struct Masked {
  std::regex found;
  const char* instead;
};

const std::vector<Masked>& masks() {
  static const std::vector<Masked> all{
      {std::regex(R"([^\s<>"',;:()=\[\]]+@[^\s<>"',;:()=\[\]]+)"), "<mail>"},
      {std::regex(R"((sk|pk|rk|shpat|shpca|shpss)_[A-Za-z0-9_]+)"), "<secret>"},
      {std::regex(R"((bearer|basic)\s+[A-Za-z0-9+/_.=-]+)", std::regex::icase), "<secret>"},
      {std::regex(R"((password|passwort|passphrase|secret|token|key|pin|puk)(\s*[=:]\s*)\S+)",
                  std::regex::icase),
       "$1$2<secret>"},
      {std::regex(R"(\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b)"), "<account>"},
      // A card's number, in groups or not; part of it masked by whoever wrote it.
      {std::regex(R"(\b\d(?:[ -]?[\dX*]){11,18}\b)"), "<number>"},
      {std::regex(R"((^|[^\w.:/-])(?:\+|00?)\d(?:[ /-]?\d){5,})"), "$1<phone>"},
      {std::regex(R"(/home/[^/\s]+)"), "/home/<user>"},
  };
  return all;
}

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0;
}

// The words of a text with what stands between them.
template <class OnWord, class OnRest>
void go_through(std::string_view text, const OnWord& on_word, const OnRest& on_rest) {
  while (!text.empty()) {
    std::size_t end = 0;
    const bool is_word = is_word_byte(text.front());
    while (end < text.size() && is_word_byte(text[end]) == is_word) ++end;
    const std::string_view part = text.substr(0, end);
    is_word ? on_word(part) : on_rest(part);
    text.remove_prefix(end);
  }
}

void replace_all(std::string& text, const std::string& what, std::string_view instead) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at)) {
    text.replace(at, what.size(), instead);
    at += instead.size();
  }
}

// Long words of letters and digits together are no words: keys, hashes.
bool looks_like_key(std::string_view word) {
  bool has_letter = false, has_digit = false;
  for (const char c : word) {
    has_digit |= c >= '0' && c <= '9';
    has_letter |= std::isalpha(static_cast<unsigned char>(c)) != 0;
  }
  return word.size() >= 20 && has_letter && has_digit;
}

}  // namespace

Mask::Mask(const std::vector<std::string>& people, std::vector<std::string> secrets)
    : secrets_(std::move(secrets)) {
  std::erase_if(secrets_,
                [](const std::string& secret) { return secret.size() < shortest_secret; });
  for (const std::string& name : people) {
    go_through(
        name,
        [this](std::string_view word) {
          if (word.size() >= shortest_name) people_.insert(core::fold(word));
        },
        [](std::string_view) {});
  }
}

std::string Mask::without_people(std::string_view line) const {
  std::string text;
  go_through(
      line,
      [&](std::string_view word) {
        if (looks_like_key(word)) {
          text += "<secret>";
        } else if (people_.contains(core::fold(word))) {
          text += "<name>";
        } else {
          text += word;
        }
      },
      [&](std::string_view rest) { text += rest; });
  return text;
}

std::string Mask::operator()(std::string_view text) const {
  std::string all;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string line(text.substr(0, std::min(end, longest_line)));
    for (const std::string& secret : secrets_) replace_all(line, secret, "<secret>");
    for (const Masked& mask : masks()) line = std::regex_replace(line, mask.found, mask.instead);
    all += without_people(line);
    if (end == text.npos) break;
    all += '\n';
    text.remove_prefix(end + 1);
  }
  return all;
}

}  // namespace pos
