// Which characters a printer can print as text, and what to print instead of
// the others. Pure. The tables are those of the ROM code pages 437, 850 and
// 858, Windows-1252 and ISO 8859-15.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/printer/profiles.h"

namespace drivers {

// The byte for a character; the same for ASCII in all of them. Never a byte
// below 0x20, whatever glyph a ROM may have there.
std::optional<std::uint8_t> byte_for(CodePage page, char32_t character);

// The character of a byte; U+FFFD where the page has none.
char32_t character_of(CodePage page, std::uint8_t byte);

// The first table of the profile that has the character.
std::optional<CodeTable> table_for(const Profile& profile, char32_t character);

// Whether a character must be drawn: the profile has no letter for it, no sign that
// means the same ("-" for "–"), but it prints pictures.
bool is_drawn(const Profile& profile, char32_t character);

// `text` in characters that the profile has or is_drawn(): "–" as "-", "€" as "EUR"
// where it is missing. A profile without pictures gets "l" for "ł", and "?" as the
// last resort. Letters and their marks are put together; newlines stay, other
// control characters become blanks.
std::u32string printable(std::string_view text, const Profile& profile);

}  // namespace drivers
