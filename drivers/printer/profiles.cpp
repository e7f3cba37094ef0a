#include "drivers/printer/profiles.h"

#include <algorithm>

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
            .status = StatusSupport::expected},
    Profile{.id = "epson-tm-t88",
            .name = "Epson TM-T88IV / V / VI / VII",
            .columns = 42,
            .dots = 512,
            .code_tables = epson_tables,
            .status = StatusSupport::expected},
    // No CP858 in its list of tables.
    Profile{.id = "epson-tm-m30",
            .name = "Epson TM-m30 / m30II / m30III",
            .code_tables = {{{wpc1252, 16}, {iso8859_15, 40}, {cp850, 2}}},
            .status = StatusSupport::expected},
    Profile{.id = "star-escpos",
            .name = "Star TSP / mC-Print (ESC/POS mode)",
            .code_tables = epson_tables},
    Profile{.id = "bixolon", .name = "Bixolon SRP-330 / 350", .code_tables = epson_tables},
    Profile{.id = "citizen-ct", .name = "Citizen CT-S / CT-E", .code_tables = epson_tables},
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

}  // namespace

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
