#include "drivers/printer/escpos_encoder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "drivers/printer/code_page.h"
#include "drivers/printer/layout.h"
#include "drivers/printer/slip_letters.h"
#include "tests/support/escpos_decoder.h"
#include "tests/support/golden.h"
#include "tests/support/sample_slip.h"

using namespace drivers;
using namespace std::string_literals;
using tests::decoded;
using tests::Language;
using tests::sample_slip;

namespace {

std::string utf8(const std::u32string& text) {
  std::string result;
  for (const char32_t c : text) core::append_utf8(result, c);
  return result;
}

// The lines that the layout asks for, to compare with the lines that came out.
std::vector<std::string> text_of(const Document& document, const Profile& profile) {
  std::vector<std::string> lines;
  const auto add = [&](const std::vector<PrintedLine>& printed) {
    for (const PrintedLine& line : printed) {
      std::string text;
      for (const Span& span : line.spans) text += utf8(span.text);
      lines.push_back(text);
    }
  };
  for (const Block& block : document.blocks) {
    if (const auto* text = std::get_if<TextLine>(&block)) add(lines_of(*text, profile));
    if (const auto* row = std::get_if<Row>(&block)) add(lines_of(*row, profile));
    if (const auto* rule = std::get_if<Rule>(&block)) add(lines_of(*rule, profile));
    if (const auto* blank = std::get_if<Blank>(&block)) {
      lines.insert(lines.end(), static_cast<std::size_t>(blank->lines), "");
    }
    const auto* qr = std::get_if<Qr>(&block);
    if (qr && !profile.has_qr && !profile.has_raster) add(lines_of(centred(qr->text), profile));
    const auto* barcode = std::get_if<Barcode>(&block);
    if (barcode && !profile.has_barcodes) lines.push_back(barcode->text);
  }
  return lines;
}

std::string read_back(const std::string& text, const Profile& profile) {
  const auto slip = decoded(escpos_bytes(Document{}.add(text_line(text)), profile), profile);
  REQUIRE(slip.sound);
  std::string all;
  for (const std::string& line : slip.lines) all += line;
  return all;
}

}  // namespace

TEST_CASE("escpos: the bytes of a slip are those that were agreed") {
  for (const Language language : {Language::german, Language::english}) {
    for (const std::string id : {"generic-80", "generic-58"}) {
      const Bytes bytes = escpos_bytes(sample_slip(language), profile(id));
      const std::string actual(bytes.begin(), bytes.end());
      const std::string name =
          "slip_" + id + (language == Language::german ? "_de" : "_en") + ".bin";
      tests::check_golden(name, actual);
    }
  }
}

TEST_CASE("escpos: every profile prints the whole slip, read back as it was meant") {
  for (const Profile& each : profiles()) {
    for (const Language language : {Language::german, Language::english}) {
      INFO(std::string(each.id));
      const Document document = sample_slip(language);
      const auto slip = decoded(escpos_bytes(document, each), each);
      CHECK(slip.sound);
      CHECK(slip.initialised);
      CHECK(slip.lines == text_of(document, each));
      CHECK(slip.cuts == 1);
      CHECK(slip.qr_codes.size() == (each.has_qr ? 1U : 0U));
      CHECK(slip.barcodes.size() == (each.has_barcodes ? 1U : 0U));
      if (each.has_raster) CHECK(slip.picture_rows >= 56);
      if (!each.has_raster) CHECK(slip.picture_rows == 0);
    }
  }
}

TEST_CASE("escpos: German and French letters print as themselves in every profile") {
  for (const Profile& each : profiles()) {
    INFO(std::string(each.id));
    CHECK(read_back("ÄÖÜäöüß", each) == "ÄÖÜäöüß");
    CHECK(read_back("éèêëàâçîïôùûü É", each) == "éèêëàâçîïôùûü É");
  }
}

TEST_CASE("escpos: what a profile lacks is spelled out, never a question mark") {
  for (const Profile& each : profiles()) {
    INFO(std::string(each.id));
    const std::string euro = read_back("9,95 €", each);
    CHECK((euro == "9,95 €" || euro == "9,95 EUR"));
    const std::string all = read_back("„“ – … • × − § 19 ’ ½ ™ 5 000", each);
    CHECK(all.find('?') == all.npos);
    if (!each.has_raster) CHECK(read_back("Łódź", each) == "Lódz");
  }
  CHECK(read_back("€", profile("generic-80")) == "€");
  CHECK(read_back("€", profile("generic-58")) == "€");
  CHECK(read_back("3 € – „gut“", profile("plain-80")) == "3 EUR - \"gut\"");
}

TEST_CASE("escpos: a letter and its mark that came apart print as the letter") {
  for (const Profile& each : profiles()) {
    CHECK(read_back("Ka\u0308sekuchen Gru\u0308ße, Cafe\u0301", each) == "Käsekuchen Grüße, Café");
  }
}

TEST_CASE(
    "escpos: a line with letters that the printer has not is a picture, the others are text") {
  for (const Profile& each : profiles()) {
    INFO(std::string(each.id));
    for (const char* name : {"Łukasz Żak", "Иван Петров", "田中 花子", "Παύλος", "שלום", "🎁"}) {
      INFO(name);
      Document document;
      document.add(text_line("davor"))
          .add(amount_row(name, "12,34"))
          .add(text_line("danach", bold));
      const auto slip = decoded(escpos_bytes(document, each), each);
      CHECK(slip.sound);
      CHECK(slip.lines.front() == "davor");
      CHECK(slip.lines.back() == "danach");
      CHECK(slip.lines.size() == (each.has_raster ? 2U : 3U));
      CHECK(slip.picture_rows == (each.has_raster ? 30U : 0U));
    }
  }
}

TEST_CASE("escpos: the picture of a line has ink where its letters are, and the line's width") {
  const Profile& wide = profile("generic-80");
  SlipLetters letters;
  REQUIRE(letters.is_ready());
  for (const char* name : {"Иван", "田中", "Łódź", "ไทย", "한국", "😀"}) {
    INFO(name);
    const auto lines = lines_of(text_line(name, large), wide);
    REQUIRE(lines.size() == 1);
    CHECK(needs_picture(lines[0], wide));
    const Logo picture = picture_of(lines[0], wide, letters);
    CHECK(picture.width == columns_of(lines[0]) * 12);
    CHECK(picture.height == 54);
    int ink = 0;
    for (const std::uint8_t byte : picture.bits) ink += std::popcount(byte);
    CHECK(ink > 100);
    CHECK(ink < picture.width * picture.height / 2);
  }
  CHECK(columns_of(lines_of(text_line("田中"), wide)[0]) == 4);
}

TEST_CASE("escpos: without the fonts such a line is still printed") {
  SlipLetters none(SlipFonts{"no such file", "none", {}});
  CHECK_FALSE(none.is_ready());
}

TEST_CASE("escpos: no text becomes a command") {
  const std::string evil("a\x1B@b\x1Dk\x10\x04\x01\x00\x7F\xC2\x9B z\xFF"s);
  for (const Profile& each : profiles()) {
    const auto slip = decoded(escpos_bytes(Document{}.add(text_line(evil)), each), each);
    CHECK(slip.sound);
    CHECK(slip.cuts == 0);
    CHECK(slip.lines.size() == 1);
  }
}

TEST_CASE("escpos: a code that cannot be one is printed as text") {
  const Profile& wide = profile("generic-80");
  Document document;
  document.add(Barcode{BarcodeKind::ean13, "4006381333932"})
      .add(Barcode{BarcodeKind::ean13, "40063813339X1"})
      .add(Barcode{BarcodeKind::code128, "Käse"})
      .add(Barcode{BarcodeKind::code128, std::string(40, 'w')})
      .add(Qr{std::string(4000, 'q')});
  const auto slip = decoded(escpos_bytes(document, wide), wide);
  CHECK(slip.sound);
  CHECK(slip.barcodes.empty());
  CHECK(slip.qr_codes.empty());
  CHECK(slip.lines[0] == "4006381333932");
  CHECK(slip.lines[2] == "Käse");
}

TEST_CASE("escpos: barcodes are sent in form B, with their check digit and escapes") {
  const Profile& wide = profile("generic-80");
  Document document;
  document.add(Barcode{BarcodeKind::ean13, "400638133393"})
      .add(Barcode{BarcodeKind::code128, "A{1"});
  const auto slip = decoded(escpos_bytes(document, wide), wide);
  CHECK(slip.barcodes == std::vector<std::string>{"4006381333931", "{BA{{1"});
}

TEST_CASE("escpos: a picture holds no real-time command and keeps its dots") {
  Logo dangerous{32, 2, {0x10, 0x14, 0x01, 0x00, 0x10, 0x04, 0x01, 0xFF}};
  Logo full_width{576, 1, Bytes(72, 0)};
  full_width.bits[3] = 0x10;
  full_width.bits[4] = 0x04;
  for (const Logo& logo : {dangerous, full_width}) {
    const Bytes bytes = escpos_bytes(Document{}.add(logo), profile("generic-80"));
    for (const std::uint8_t second : Bytes{0x04, 0x05, 0x14}) {
      const Bytes command{0x10, second};
      CHECK(std::search(bytes.begin(), bytes.end(), command.begin(), command.end()) == bytes.end());
    }
    CHECK(decoded(bytes, profile("generic-80")).sound);
  }
}

TEST_CASE("escpos: a broken logo is left out") {
  Document document;
  document.add(Logo{16, 3, {1, 2, 3}}).add(Logo{-8, 1, {}}).add(Logo{4000, 1, Bytes(500, 1)});
  CHECK(
      decoded(escpos_bytes(document, profile("generic-80")), profile("generic-80")).picture_rows ==
      0);
}

TEST_CASE("escpos: the drawer's pulse is five bytes and nothing else") {
  CHECK(escpos_drawer_pulse(profile("generic-80")) == Bytes{0x1B, 'p', 0, 25, 250});
}

TEST_CASE("escpos: a receipt of 40 items stays under 4 KB") {
  Document document = sample_slip(Language::german);
  for (int i = 0; i < 36; ++i) document.add(amount_row("Bergkäse 12 Monate gereift", "7,53 A"));
  CHECK(escpos_bytes(document, profile("generic-80")).size() < 4096);
}

TEST_CASE("code pages: each byte and its character belong to each other") {
  for (const CodePage page : {CodePage::cp437, CodePage::cp850, CodePage::cp858, CodePage::wpc1252,
                              CodePage::iso8859_15}) {
    for (int byte = 0x20; byte < 0x100; ++byte) {
      const char32_t c = character_of(page, static_cast<std::uint8_t>(byte));
      if (c == 0xFFFD || byte == 0x7F) continue;
      CHECK(byte_for(page, c) == static_cast<std::uint8_t>(byte));
    }
    CHECK_FALSE(byte_for(page, U'\x1B'));
  }
}

TEST_CASE("escpos: an impact printer gets no command that it would print as text") {
  const Profile& impact = profile("epson-tm-u220");
  const Bytes bytes = escpos_bytes(sample_slip(Language::german), impact);
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    // The cut is all that it knows of GS.
    if (bytes[i] == 0x1D) CHECK(bytes[i + 1] == 'V');
  }
  const Bytes wide = escpos_bytes(Document{}.add(text_line("A", large)), impact);
  const Bytes wanted{0x1B, '!', 0x38, 'A'};
  CHECK(std::search(wide.begin(), wide.end(), wanted.begin(), wanted.end()) != wide.end());
}

TEST_CASE("code pages: the bytes that shops notice are right") {
  CHECK(byte_for(CodePage::cp858, U'€') == 0xD5);
  CHECK(byte_for(CodePage::wpc1252, U'€') == 0x80);
  CHECK(byte_for(CodePage::iso8859_15, U'€') == 0xA4);
  CHECK_FALSE(byte_for(CodePage::cp850, U'€'));
  CHECK(byte_for(CodePage::cp437, U'ß') == 0xE1);
  CHECK(byte_for(CodePage::cp858, U'§') == 0xF5);
  CHECK_FALSE(byte_for(CodePage::cp437, U'§'));
}

TEST_CASE("profiles: ids are distinct, the default is 80 mm, widths agree with the font") {
  for (const Profile& each : profiles()) {
    CHECK(std::ranges::count(profiles(), each.id, &Profile::id) == 1);
    CHECK(each.dots / each.columns == 12);
    CHECK(each.code_tables[0].page != CodePage::none);
    CHECK(each.pulse_on < each.pulse_off);
  }
  CHECK(profile("no such printer").id == "generic-80");
  CHECK(find_profile("no such printer") == nullptr);
}

namespace {

struct Known {
  std::string_view ours;
  std::string theirs;
};

std::string name_of(CodePage page) {
  switch (page) {
    case CodePage::none:
      return "";
    case CodePage::cp437:
      return "CP437";
    case CodePage::cp850:
      return "CP850";
    case CodePage::cp858:
      return "CP858";
    case CodePage::wpc1252:
      return "CP1252";
    case CodePage::iso8859_15:
      return "ISO_8859-15";
  }
  return "";
}

// Whether a table of what makers say agrees with ours.
void check_against(const nlohmann::json& known, const Profile& ours) {
  INFO(std::string(ours.id));
  CHECK(known["fonts"]["0"]["columns"].get<int>() == ours.columns);
  for (const CodeTable& table : ours.code_tables) {
    if (table.page == CodePage::none) continue;
    CHECK(known["codePages"][std::to_string(table.number)] == name_of(table.page));
  }
  CHECK(known["features"]["qrCode"].get<bool>() >= ours.has_qr);
  CHECK(known["features"]["barcodeB"].get<bool>() >= ours.has_barcodes);
  CHECK(known["features"]["bitImageRaster"].get<bool>() >= ours.has_raster);
}

}  // namespace

TEST_CASE("profiles: they agree with what is known of the models") {
  const auto known = nlohmann::json::parse(R"({"fonts": {"0": {"columns": 42}},
    "codePages": {"0": "CP437", "16": "CP1252", "19": "CP858"},
    "features": {"qrCode": true, "barcodeB": true, "bitImageRaster": true}})");
  check_against(known, profile("epson-tm-t88"));
}

TEST_CASE("profiles: they agree with the printer database where it is present") {
  std::ifstream file(std::string(TRESEN_SOURCE) +
                     "/../shared/data/escpos-printer-capabilities.json");
  if (!file) return;
  const auto database = nlohmann::json::parse(file)["profiles"];
  for (const auto& [ours, theirs] :
       {Known{"epson-tm-t20", "TM-T20III"}, Known{"epson-tm-t88", "TM-T88V"},
        Known{"epson-tm-m30", "TM-m30III"}, Known{"kefar-80", "KR-306"},
        Known{"munbyn-80", "ITPP047"}, Known{"rongta-80", "RP326"}, Known{"pos-58", "POS-5890"},
        Known{"sunmi-58", "Sunmi-V2"}, Known{"bixolon", "SRP-S300"},
        Known{"citizen-ct", "CT-S651"}}) {
    check_against(database[theirs], profile(ours));
  }
}
