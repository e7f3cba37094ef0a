#include "pos/layout/slip_logo.h"

#include <doctest/doctest.h>

#include "pos/ui/renderer.h"
#include "tests/support/program.h"

namespace {

// Its left half is black, its right half of a grey.
void write_picture(const std::filesystem::path& file, int width, int height, std::uint32_t grey) {
  pos::ui::Image picture{width, height, {}};
  for (int i = 0; i < width * height; ++i) {
    picture.pixels.push_back(i % width < width / 2 ? 0 : grey);
  }
  REQUIRE(pos::ui::save_png(picture, file.string()));
}

int black_dots(const drivers::Logo& logo, int from, int to) {
  int count = 0;
  const int stride = (logo.width + 7) / 8;
  for (int y = 0; y < logo.height; ++y) {
    for (int x = from; x < to; ++x) {
      count += logo.bits[static_cast<std::size_t>(y * stride + x / 8)] >> (7 - x % 8) & 1;
    }
  }
  return count;
}

}  // namespace

TEST_CASE("slip logo: it keeps its shape within two thirds of the paper") {
  const tests::TempFolder folder;
  struct {
    int width, height, wide, high;
  } cases[] = {{3000, 500, 384, 64}, {400, 800, 64, 128}, {20, 10, 40, 20}};
  for (const auto& one : cases) {
    write_picture(folder / "logo.png", one.width, one.height, 0xFFFFFF);
    const auto logo = pos::slip_logo(folder / "logo.png", 576);
    REQUIRE(logo);
    CHECK(logo->width == one.wide);
    CHECK(logo->height == one.high);
    CHECK(black_dots(*logo, 0, logo->width / 2) == logo->width / 2 * logo->height);
    CHECK(black_dots(*logo, logo->width / 2, logo->width) == 0);
  }
}

TEST_CASE("slip logo: a grey becomes as many black dots as it is dark") {
  const tests::TempFolder folder;
  write_picture(folder / "logo.png", 400, 100, 0x404040);
  const auto logo = pos::slip_logo(folder / "logo.png", 576);
  REQUIRE(logo);
  const int half = logo->width / 2;
  const double share =
      static_cast<double>(black_dots(*logo, half, logo->width)) / (half * logo->height);
  CHECK(share > 0.72);
  CHECK(share < 0.78);
}

TEST_CASE("slip logo: what is no picture leaves the slip as it is") {
  const tests::TempFolder folder;
  tests::write_file(folder / "logo.png", "no picture");
  CHECK_FALSE(pos::slip_logo(folder / "logo.png", 576));
  CHECK_FALSE(pos::slip_logo(folder / "none.png", 576));
}

TEST_CASE("slip logo: the shop's picture stands on its receipts") {
  const tests::Shop shop;
  shop.must({"replay", tests::data_file("baskets.csv"), "--no-push", "--limit", "1"});
  const std::string plain = shop.file("plain").string(), with_logo = shop.file("logo").string();
  shop.must({"print", "--receipt", "1", "--to", plain});
  write_picture(shop.data() / "logo.png", 300, 100, 0xFFFFFF);
  shop.must({"settings", "shop.logo", "logo.png"});
  shop.must({"print", "--receipt", "1", "--to", with_logo});
  // A raster picture: GS v 0.
  CHECK(tests::read_file(plain).find("\x1dv0") == std::string::npos);
  CHECK(tests::read_file(with_logo).find("\x1dv0") != std::string::npos);
}
