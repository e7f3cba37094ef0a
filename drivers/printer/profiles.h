// What one family of receipt printers can do: data, no code. The numbers of the
// code tables are those of `ESC t n` (Epson ESC/POS Application Programming
// Guide, "ESC t", and the makers' own manuals where they differ).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace drivers {

enum class CodePage { none, cp437, cp850, cp858, wpc1252, iso8859_15 };

struct CodeTable {
  CodePage page = CodePage::none;
  std::uint8_t number = 0;  // n of ESC t n
};

enum class CutKind { none, partial, full };

// Whether it answers DLE EOT and GS r.
enum class StatusSupport {
  none,      // never ask: it does not answer, or loses its place
  tried,     // ask; a silent one is taken as a printer that cannot speak
  expected,  // ask; a silent one is off or stuck, and nothing is sent
};

struct Profile {
  std::string_view id;    // as written in tresen.toml
  std::string_view name;  // as shown in Settings
  int columns = 48;       // of font A
  int dots = 576;         // printable dots per line
  // In order of preference; a character is looked for in one after the other,
  // then transliterated. The first one is selected at the start of every job.
  std::array<CodeTable, 3> code_tables{};
  bool has_qr = true;        // GS ( k; otherwise drawn as a raster
  bool has_barcodes = true;  // GS k form B; otherwise drawn as a raster
  CutKind cut = CutKind::partial;
  StatusSupport status = StatusSupport::tried;
  bool leaves_kanji = false;   // send FS . : else bytes from 0x80 print as Chinese
  std::uint8_t pulse_on = 25;  // drawer pulse in units of 2 ms
  std::uint8_t pulse_off = 250;
  std::uint8_t drawer_pin = 0;  // 0: pin 2 of the plug, 1: pin 5
  int strip_rows = 64;          // of a picture, in one command: short ones survive a small buffer
  // GS ( H function 48: it says which slip has been printed, not only processed.
  bool has_process_id = false;
  // GS v 0. An impact printer has none: its codes are printed as words, its
  // pictures are left out.
  bool has_raster = true;
  // ESC ! alone makes letters large; GS ! would be printed as text.
  bool has_mode_byte_only = false;
};

// What the shop found out about its own printer, over what the family can do.
struct ProfileChoices {
  std::string_view code_table{};  // "cp858@19" of the set-up slip; empty: the family's
  int drawer_pin = -1;            // -1: the family's
  int pulse_ms = 0;               // 0: the family's
};
Profile with(Profile profile, const ProfileChoices& choices);

// "cp858@19" and back; nothing for anything else.
std::string text_of(CodeTable table);
std::optional<CodeTable> code_table_from(std::string_view text);
// What the set-up slip tries, in its order: one of them is nearly always right.
std::span<const CodeTable> candidate_tables();

std::span<const Profile> profiles();          // the first one is the default, 80 mm
const Profile& profile(std::string_view id);  // an unknown id is the default
const Profile* find_profile(std::string_view id);

}  // namespace drivers
