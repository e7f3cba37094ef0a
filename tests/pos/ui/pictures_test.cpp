#include "pos/ui/pictures.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

using namespace pos::ui;

namespace {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pictures-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
};

// Left half red, right half blue.
std::string red_and_blue(const Folder& folder, const std::string& name, int width, int height) {
  Image image{width, height, {}};
  for (int i = 0; i < width * height; ++i)
    image.pixels.push_back(i % width < width / 2 ? 0xFF0000 : 0x0000FF);
  REQUIRE(save_png(image, folder.file(name)));
  return folder.file(name);
}

}  // namespace

TEST_CASE("pictures: are brought to their size, cut and rounded") {
  const Folder folder;
  const std::string file = red_and_blue(folder, "a.png", 64, 32);
  Pictures pictures;
  pictures.begin_frame();
  const Texture* texture = pictures.find(file, 16, 16, Corners::top, 4);
  REQUIRE(texture != nullptr);
  CHECK(texture->width == 16);
  CHECK(texture->rgba[16 * 8 + 2] == 0xFFFF0000);
  CHECK(texture->rgba[16 * 8 + 13] == 0xFF0000FF);
  CHECK((texture->rgba[0] >> 24) < 64);         // rounded at the top
  CHECK(texture->rgba[16 * 15] == 0xFFFF0000);  // square at the bottom
  CHECK(pictures.find(file, 16, 16, Corners::top, 4) == texture);
}

TEST_CASE("pictures: missing, empty and broken files are no picture") {
  const Folder folder;
  std::ofstream(folder.file("empty.png"));
  std::ofstream(folder.file("text.png")) << "not a picture";
  const std::string whole = red_and_blue(folder, "whole.png", 40, 40);
  std::filesystem::resize_file(whole, std::filesystem::file_size(whole) / 2);
  Pictures pictures;
  for (const char* name : {"none.png", "empty.png", "text.png"}) {
    pictures.begin_frame();
    CHECK(pictures.find(folder.file(name), 16, 16, Corners::all, 4) == nullptr);
  }
  pictures.begin_frame();
  pictures.find(whole, 16, 16, Corners::all, 4);
  CHECK(pictures.find("", 16, 16, Corners::all, 4) == nullptr);
  CHECK(pictures.find(whole, 0, 16, Corners::all, 4) == nullptr);
}

TEST_CASE("pictures: only a few are decoded in one frame, the others in the next ones") {
  const Folder folder;
  const std::string file = red_and_blue(folder, "a.png", 20, 20);
  Pictures pictures;
  int shown = 0, frames = 0;
  do {
    pictures.begin_frame();
    shown = 0;
    for (int size = 4; size < 14; ++size)
      shown += pictures.find(file, size, size, Corners::none, 0) != nullptr;
    ++frames;
  } while (pictures.is_waiting() && frames < 100);
  CHECK(shown == 10);
  CHECK(frames > 1);
}

TEST_CASE("pictures: the cache stays within its bound") {
  const Folder folder;
  const std::string file = red_and_blue(folder, "a.png", 20, 20);
  Pictures pictures(20 * 20 * 4 * 2);
  pictures.begin_frame();
  const std::uint64_t first = pictures.find(file, 20, 20, Corners::none, 0)->serial;
  for (int i = 0; i < 4; ++i) {
    pictures.begin_frame();
    pictures.find(file, 21 + i, 20, Corners::none, 0);
  }
  pictures.begin_frame();
  pictures.begin_frame();
  CHECK(pictures.find(file, 20, 20, Corners::none, 0)->serial != first);
}
