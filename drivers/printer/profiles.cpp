#include "drivers/printer/profiles.h"

#include <algorithm>
#include <charconv>

namespace drivers {

namespace {

using enum CodePage;
using Tables = std::array<CodeTable, 3>;

// Most printers follow Epson's numbers. CP858 first: a printer that ignores the
// selection stays on CP437 or CP850, where the umlauts are the same bytes.
constexpr Tables epson_tables{{{cp858, 19}, {wpc1252, 16}, {cp437, 0}}};

constexpr std::array all{
    Profile{.id = "generic-80", .name = "ESC/POS, 80 mm", .code_tables = epson_tables},
    Profile{.id = "generic-58",
            .name = "ESC/POS, 58 mm",
            .columns = 32,
            .dots = 384,
            .code_tables = epson_tables,
            .cut = CutKind::none},
    Profile{.id = "epson-tm-t20",
            .name = "Epson TM-T20II / TM-T20III",
            .code_tables = epson_tables,
            .status = StatusSupport::expected,
            .has_process_id = true},
    Profile{.id = "epson-tm-t88",
            .name = "Epson TM-T88IV / V / VI / VII",
            .columns = 42,
            .dots = 512,
            .code_tables = epson_tables,
            .status = StatusSupport::expected,
            .has_process_id = true},
    // 180 dots an inch, a buffer of 4 KB, no process id.
    Profile{.id = "epson-tm-t88iii",
            .name = "Epson TM-T88II / TM-T88III",
            .columns = 42,
            .dots = 512,
            .code_tables = epson_tables,
            .has_qr = false,
            .status = StatusSupport::expected,
            .strip_rows = 24},
    // No CP858 in its list of tables.
    Profile{.id = "epson-tm-m30",
            .name = "Epson TM-m30 / m30II / m30III",
            .code_tables = {{{wpc1252, 16}, {iso8859_15, 40}, {cp850, 2}}},
            .status = StatusSupport::expected,
            .has_process_id = true},
    // Nine needles, 76 mm. 33 letters fit with either of its two fonts.
    Profile{.id = "epson-tm-u220",
            .name = "Epson TM-U220 (impact)",
            .columns = 33,
            .dots = 396,
            .code_tables = {{{cp437, 0}, {}, {}}},
            .has_qr = false,
            .has_barcodes = false,
            .status = StatusSupport::expected,
            .has_raster = false,
            .has_mode_byte_only = true},
    Profile{.id = "star-escpos",
            .name = "Star TSP / mC-Print (ESC/POS mode)",
            .code_tables = epson_tables},
    Profile{.id = "bixolon", .name = "Bixolon SRP-330 / 350", .code_tables = epson_tables},
    Profile{.id = "citizen-ct", .name = "Citizen CT-S / CT-E", .code_tables = epson_tables},
    Profile{.id = "seiko-rp", .name = "Seiko RP-F10 / RP-D10", .code_tables = epson_tables},
    Profile{.id = "hp-wincor",
            .name = "HP A779 / Wincor TH230",
            .columns = 44,
            .dots = 528,
            .code_tables = {{{cp858, 6}, {wpc1252, 8}, {cp437, 0}}},
            .has_qr = false},
    Profile{
        .id = "metapace-t1", .name = "Metapace T-1", .code_tables = epson_tables, .has_qr = false},
    Profile{.id = "rongta-80",
            .name = "Rongta RP326 / RP332",
            .columns = 42,
            .dots = 512,
            .code_tables = {{{cp858, 19}, {wpc1252, 16}, {iso8859_15, 44}}}},
    Profile{.id = "xprinter-80",
            .name = "Xprinter / POS-80",
            .code_tables = epson_tables,
            .leaves_kanji = true},
    Profile{.id = "kefar-80",
            .name = "Kefar KR-306 / YHD-8390",
            .code_tables = {{{cp858, 14}, {wpc1252, 11}, {cp437, 0}}},
            .leaves_kanji = true},
    Profile{.id = "pos-58",
            .name = "58 mm without cutter (POS-5890, ZJ-58, Netum)",
            .columns = 32,
            .dots = 384,
            .code_tables = epson_tables,
            .has_qr = false,
            .has_barcodes = false,
            .cut = CutKind::none,
            .status = StatusSupport::none,
            .leaves_kanji = true},
    Profile{.id = "munbyn-80",
            .name = "Munbyn ITPP047",
            .columns = 42,
            .dots = 512,
            .code_tables = {{{wpc1252, 6}, {cp437, 0}, {}}},
            .leaves_kanji = true},
    Profile{.id = "sunmi-58",
            .name = "Sunmi V2 (built in)",
            .columns = 32,
            .dots = 384,
            .code_tables = epson_tables,
            .cut = CutKind::none,
            .status = StatusSupport::none},
    // The least that an ESC/POS printer can be: text in CP437, pictures as dots.
    Profile{.id = "plain-80",
            .name = "Anything else, 80 mm (no umlaut trouble, no status)",
            .code_tables = {{{cp437, 0}, {}, {}}},
            .has_qr = false,
            .has_barcodes = false,
            .status = StatusSupport::none,
            .leaves_kanji = true},
};

constexpr std::array candidates{
    CodeTable{cp858, 19},   CodeTable{wpc1252, 16},    CodeTable{cp850, 2},
    CodeTable{cp437, 0},    CodeTable{iso8859_15, 40}, CodeTable{cp858, 14},
    CodeTable{wpc1252, 11}, CodeTable{cp858, 6},       CodeTable{wpc1252, 8},
    CodeTable{wpc1252, 6},  CodeTable{iso8859_15, 44},
};

struct PageWord {
  CodePage page;
  std::string_view word;
};
constexpr std::array page_words{PageWord{cp437, "cp437"}, PageWord{cp850, "cp850"},
                                PageWord{cp858, "cp858"}, PageWord{wpc1252, "cp1252"},
                                PageWord{iso8859_15, "iso8859-15"}};

}  // namespace

std::span<const CodeTable> candidate_tables() {
  return candidates;
}

std::string text_of(CodeTable table) {
  const auto* found = std::ranges::find(page_words, table.page, &PageWord::page);
  if (found == page_words.end()) return "";
  return std::string(found->word) + "@" + std::to_string(table.number);
}

std::optional<CodeTable> code_table_from(std::string_view text) {
  const auto at = text.find('@');
  const auto* found = std::ranges::find(page_words, text.substr(0, at), &PageWord::word);
  if (at == text.npos || found == page_words.end()) return {};
  const std::string_view digits = text.substr(at + 1);
  std::uint8_t number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc{} || end != digits.data() + digits.size()) return {};
  return CodeTable{found->page, number};
}

Profile with(Profile profile, const ProfileChoices& choices) {
  if (const auto table = code_table_from(choices.code_table)) {
    profile.code_tables = {*table, {}, {}};
  }
  if (choices.drawer_pin >= 0) {
    profile.drawer_pin = static_cast<std::uint8_t>(choices.drawer_pin == 0 ? 0 : 1);
  }
  // 24 V for longer than half a second burns the solenoid out.
  if (choices.pulse_ms > 0) {
    profile.pulse_on = static_cast<std::uint8_t>(std::clamp(choices.pulse_ms / 2, 10, 100));
  }
  return profile;
}

std::span<const Profile> profiles() {
  return all;
}

const Profile* find_profile(std::string_view id) {
  const auto* found = std::ranges::find(all, id, &Profile::id);
  return found == all.end() ? nullptr : found;
}

const Profile& profile(std::string_view id) {
  const Profile* found = find_profile(id);
  return found ? *found : all.front();
}

}  // namespace drivers
