#include "pos/config/whole_file.h"

#include <doctest/doctest.h>

#include "tests/support/program.h"

namespace fs = std::filesystem;

TEST_CASE("whole file: what is written takes the place of what was there") {
  const tests::TempFolder folder;
  const fs::path file = folder / "report.csv";
  CHECK_FALSE(pos::write_whole(file, "first"));
  CHECK_FALSE(pos::write_whole(file, "second"));
  CHECK(tests::read_file(file) == "second");
}

TEST_CASE("whole file: a link stays one, and its file is the one that changes") {
  const tests::TempFolder folder;
  tests::write_file(folder / "kept.csv", "first");
  fs::create_symlink("kept.csv", folder / "link.csv");
  CHECK_FALSE(pos::write_whole(folder / "link.csv", "second"));
  CHECK(fs::is_symlink(folder / "link.csv"));
  CHECK(tests::read_file(folder / "kept.csv") == "second");
}

TEST_CASE("whole file: a folder that is not there, or a folder in its place, is said in words") {
  const tests::TempFolder folder;
  CHECK(pos::write_whole(folder / "none/report.csv", "x"));
  CHECK(pos::write_whole(folder.path(), "x"));
}

TEST_CASE("whole file: a name alone is a file in the folder of whoever calls") {
  const tests::Shop shop;
  shop.must({"replay", tests::data_file("baskets.csv"), "--no-push", "--limit", "1"});
  const tests::TempFolder here;
  shop.must({"print", "--receipt", "1", "--to", "slip.bin"}, {.before_exec = [&] {
              [[maybe_unused]] const int moved = chdir(here.path().c_str());
            }});
  CHECK(fs::file_size(here / "slip.bin") > 100);
}
