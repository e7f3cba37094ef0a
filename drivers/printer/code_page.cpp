#include "drivers/printer/code_page.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/base/text.h"

namespace drivers {

namespace {

constexpr char32_t no_character = 0xFFFD;

// The upper halves, 0x80 to 0xFF.
constexpr std::u32string_view cp437_letters =
    U"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
    U"áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    U"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    U"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\uFFFD";
constexpr std::u32string_view cp850_letters =
    U"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ"
    U"áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
    U"└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀"
    U"ÓßÔÒõÕµþÞÚÛÙýÝ¯´\uFFFD±‗¾¶§÷¸°¨·¹³²■\uFFFD";
constexpr std::u32string_view cp858_letters =
    U"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ"
    U"áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
    U"└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀"
    U"ÓßÔÒõÕµþÞÚÛÙýÝ¯´\uFFFD±‗¾¶§÷¸°¨·¹³²■\uFFFD";
constexpr std::u32string_view wpc1252_letters =
    U"€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"
    U"\uFFFD¡¢£¤¥¦§¨©ª«¬\uFFFD®¯°±²³´µ¶·¸¹º»¼½¾¿"
    U"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    U"àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
constexpr std::u32string_view iso8859_15_letters =
    U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
    U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
    U"\uFFFD\uFFFD"
    U"\uFFFD¡¢£€¥Š§š©ª«¬\uFFFD®¯°±²³Žµ¶·ž¹º»ŒœŸ¿"
    U"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    U"àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

std::u32string_view upper_half(CodePage page) {
  switch (page) {
    case CodePage::none:
      return {};
    case CodePage::cp437:
      return cp437_letters;
    case CodePage::cp850:
      return cp850_letters;
    case CodePage::cp858:
      return cp858_letters;
    case CodePage::wpc1252:
      return wpc1252_letters;
    case CodePage::iso8859_15:
      return iso8859_15_letters;
  }
  return {};
}

struct Spelling {
  char32_t character;
  std::string_view instead;
};
// For characters that a code page may lack and that have no plain letter.
constexpr std::array spellings{
    Spelling{U'€', "EUR"},  Spelling{U'£', "GBP"},  Spelling{U'¥', "JPY"}, Spelling{U'–', "-"},
    Spelling{U'—', "-"},    Spelling{U'−', "-"},    Spelling{U'‐', "-"},   Spelling{U'‑', "-"},
    Spelling{U'„', "\""},   Spelling{U'“', "\""},   Spelling{U'”', "\""},  Spelling{U'«', "\""},
    Spelling{U'»', "\""},   Spelling{U'‚', "'"},    Spelling{U'‘', "'"},   Spelling{U'’', "'"},
    Spelling{U'‹', "'"},    Spelling{U'›', "'"},    Spelling{U'…', "..."}, Spelling{U'•', "*"},
    Spelling{U'·', "."},    Spelling{U'×', "x"},    Spelling{U'÷', ":"},   Spelling{U'─', "-"},
    Spelling{U'═', "="},    Spelling{U'™', "(TM)"}, Spelling{U'®', "(R)"}, Spelling{U'©', "(C)"},
    Spelling{U'§', "Par."}, Spelling{U'°', "o"},    Spelling{U'½', "1/2"}, Spelling{U'¼', "1/4"},
    Spelling{U'¾', "3/4"},  Spelling{U'²', "2"},    Spelling{U'³', "3"},   Spelling{U'‰', "o/oo"},
    Spelling{U'µ', "u"},    Spelling{U'№', "No."},  Spelling{U'→', "->"},  Spelling{U'ẞ', "SS"},
    Spelling{U'¡', "!"},    Spelling{U'¿', "?"},    Spelling{U'✓', "x"},   Spelling{U'´', "'"},
};

bool is_capital(char32_t c) {
  if (c < 0x100) return c >= 0xC0 && c <= 0xDE;
  if (c >= 0x139 && c <= 0x148) return c % 2 == 1;
  if (c >= 0x179 && c <= 0x17E) return c % 2 == 1;
  return c == 0x178 || (c < 0x178 && c % 2 == 0);
}

std::string instead_of(char32_t character) {
  const auto* known = std::ranges::find(spellings, character, &Spelling::character);
  if (known != spellings.end()) return std::string(known->instead);
  std::string letter;
  core::append_utf8(letter, character);
  std::string plain = core::fold(letter);
  const auto is_ascii = [](char c) { return c > ' ' && c < 0x7F; };
  if (plain.empty() || !std::ranges::all_of(plain, is_ascii)) return "?";
  if (is_capital(character)) plain[0] = static_cast<char>(std::toupper(plain[0]));
  return plain;
}

bool has_spelling(char32_t character) {
  return std::ranges::find(spellings, character, &Spelling::character) != spellings.end();
}

// Blanks of all kinds are one kind, and what cannot be seen is not printed.
std::optional<char32_t> tidied(char32_t c) {
  if (c == U'\n') return c;
  if (c < 0x20 || (c >= 0x7F && c <= 0xA0)) return c == U'\r' ? std::nullopt : std::optional(U' ');
  if (c >= 0x2000 && c <= 0x200A) return U' ';
  if (c == 0x202F || c == 0x3000) return U' ';
  if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF) return std::nullopt;
  if ((c >= 0x0300 && c <= 0x036F) || core::is_unseen(c)) return std::nullopt;
  return c;
}

}  // namespace

std::optional<std::uint8_t> byte_for(CodePage page, char32_t character) {
  if (character >= 0x20 && character < 0x7F) return static_cast<std::uint8_t>(character);
  if (character == no_character) return {};
  const auto at = upper_half(page).find(character);
  if (at == std::u32string_view::npos) return {};
  return static_cast<std::uint8_t>(0x80 + at);
}

char32_t character_of(CodePage page, std::uint8_t byte) {
  if (byte < 0x80) return byte;
  const auto half = upper_half(page);
  return half.empty() ? no_character : half[byte - 0x80U];
}

std::optional<CodeTable> table_for(const Profile& profile, char32_t character) {
  for (const CodeTable& table : profile.code_tables) {
    if (table.page != CodePage::none && byte_for(table.page, character)) return table;
  }
  return {};
}

bool is_drawn(const Profile& profile, char32_t character) {
  return profile.has_raster && character > U' ' && character != no_character &&
         !table_for(profile, character) && !has_spelling(character);
}

std::u32string printable(std::string_view text, const Profile& profile) {
  std::u32string result;
  for (const char32_t c : core::code_points(core::composed(text))) {
    const auto tidy = tidied(c);
    if (!tidy) continue;
    if (*tidy == U'\n' || table_for(profile, *tidy) || is_drawn(profile, *tidy)) {
      result += *tidy;
    } else {
      for (const char plain : instead_of(*tidy)) result += static_cast<char32_t>(plain);
    }
  }
  return result;
}

}  // namespace drivers
