#include "drivers/printer/preview.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "drivers/printer/png.h"
#include "drivers/printer/symbols.h"
#include "tests/support/sample_slip.h"
#include "tests/support/temp_folder.h"

using namespace drivers;
using tests::Language;
using tests::sample_slip;

namespace {

// What zbarimg reads in the picture, one code a line: "QR-Code:text".
std::string codes_in(const Document& document, const Profile& profile) {
  const tests::TempFolder folder;
  const auto picture = preview(document, profile);
  REQUIRE(picture.has_value());
  const std::string path = folder / "slip.png";
  REQUIRE(save_png(*picture, path).has_value());
  const std::string command =
      "zbarimg -q -Sdisable -Sqrcode.enable -Scode128.enable -Sean13.enable '" + path +
      "' 2>/dev/null";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe);
  std::string output;
  std::array<char, 512> buffer{};
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe)) output += buffer.data();
  ::pclose(pipe);
  return output;
}

std::size_t dark_pixels(const Picture& picture) {
  return static_cast<std::size_t>(
      std::ranges::count_if(picture.grey, [](std::uint8_t grey) { return grey < 128; }));
}

}  // namespace

TEST_CASE(
    "preview: a phone reads the QR code and a scanner the barcode, in every profile with "
    "pictures") {
  for (const Profile& each : profiles()) {
    if (!each.has_raster) continue;
    INFO(std::string(each.id));
    const std::string codes = codes_in(sample_slip(Language::german), each);
    CHECK(codes.find("QR-Code:V0;T1;Kassenbeleg-V1;Beleg^40.62") != codes.npos);
    CHECK(codes.find("CODE-128:T1-000123\n") != codes.npos);
  }
}

TEST_CASE("preview: EAN-13 of every leading digit is read back") {
  for (char first = '0'; first <= '9'; ++first) {
    const std::string digits = std::string(1, first) + "12345678903";
    const std::string whole = ean13(digits).value_or("");
    REQUIRE(whole.size() == 13);
    const std::string codes = codes_in(
        Document{}.add(Barcode{BarcodeKind::ean13, digits}).add(Cut{}), profile("generic-58"));
    CHECK(codes == "EAN-13:" + whole + "\n");
  }
}

TEST_CASE("preview: Code 128 of every printable character is read back") {
  for (int start = ' '; start < 0x7F; start += 12) {
    std::string text;
    for (int c = start; c < 0x7F && text.size() < 12; ++c) text += static_cast<char>(c);
    const std::string codes =
        codes_in(Document{}.add(Barcode{BarcodeKind::code128, text}), profile("generic-80"));
    CHECK(codes == "CODE-128:" + text + "\n");
  }
}

TEST_CASE("preview: it is as wide as the paper, and as long as its text") {
  const auto wide = preview(sample_slip(Language::english), profile("generic-80"));
  const auto narrow = preview(sample_slip(Language::english), profile("generic-58"));
  REQUIRE((wide && narrow));
  CHECK(wide->width == 576 + 64);
  CHECK(narrow->width == 384 + 64);
  CHECK(narrow->height > wide->height);
  for (const auto& picture : {*wide, *narrow}) {
    CHECK(picture.grey.size() == static_cast<std::size_t>(picture.width * picture.height));
  }
}

TEST_CASE("preview: the margins stay white and the lines carry ink") {
  const auto picture = preview(sample_slip(Language::german), profile("generic-80"));
  REQUIRE(picture);
  int spoiled = 0;
  for (std::size_t i = 0; i < picture->grey.size(); ++i) {
    const int x = static_cast<int>(i) % picture->width;
    const bool in_margin = x < 24 || x >= picture->width - 24;
    spoiled += in_margin && picture->grey[i] != 255 ? 1 : 0;
  }
  CHECK(spoiled == 0);
  CHECK(dark_pixels(*picture) > 20000);
}

TEST_CASE("preview: bold carries more ink, double height is taller") {
  const auto drawn = [](TextStyle style) {
    return preview(Document{}.add(text_line("Gesamt 42,12 €", style)), profile("generic-80"))
        .value();
  };
  CHECK(dark_pixels(drawn(bold)) > dark_pixels(drawn(plain)));
  CHECK(drawn(large).height == drawn(plain).height + 24);
}

TEST_CASE("preview: an empty document is an empty piece of paper") {
  const auto picture = preview({}, profile("generic-80"));
  REQUIRE(picture);
  CHECK(picture->height > 0);
  CHECK(dark_pixels(*picture) == 0);
}

TEST_CASE("preview: a missing font is an error, not a crash") {
  const auto picture = preview(sample_slip(Language::german), profile("generic-80"),
                               {"/nonexistent/font.ttf", "/nonexistent/bold.ttf"});
  CHECK(picture == tl::unexpected(PreviewError::font_missing));
}

TEST_CASE("png: a folder that is not there is an error") {
  const auto picture = preview({}, profile("generic-80"));
  REQUIRE(picture);
  CHECK(save_png(*picture, "/nonexistent/slip.png") == tl::unexpected(PngError::not_written));
}
