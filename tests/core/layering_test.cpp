// The house keeps its directions: core <- sync, core/base <- drivers, all <- pos;
// and within each of them a room knows only rooms below it.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;
  std::string target;
};

std::vector<Include> includes_of(const std::string& folder) {
  static const std::regex quoted("^#include \"([^\"]+)\"");
  std::vector<Include> includes;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(TRESEN_SOURCE) / folder)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    std::ifstream stream(entry.path());
    std::string line;
    std::smatch match;
    while (std::getline(stream, line)) {
      if (std::regex_search(line, match, quoted)) {
        includes.push_back({fs::relative(entry.path(), TRESEN_SOURCE).string(), match[1]});
      }
    }
  }
  return includes;
}

void check_only(const std::string& folder, const std::vector<std::string>& allowed) {
  const auto includes = includes_of(folder);
  CHECK_FALSE(includes.empty());
  for (const auto& include : includes) {
    bool is_allowed = false;
    for (const auto& prefix : allowed) is_allowed |= include.target.starts_with(prefix);
    CHECK_MESSAGE(is_allowed, include.file << " includes " << include.target);
  }
}

// Where a file is at home: its folder, or itself where it stands above its folder.
std::string room_of(const std::string& file) {
  const std::string name = fs::path(file).replace_extension().string();
  if (name == "core/register" || name == "pos/main") return name;
  return fs::path(file).parent_path().string();
}

// The rooms of a folder, the lowest first: each knows only those before it.
void check_downward(const std::string& folder, const std::vector<std::string>& rooms) {
  const auto height = [&](const std::string& room) {
    return std::find(rooms.begin(), rooms.end(), room) - rooms.begin();
  };
  for (const auto& include : includes_of(folder)) {
    const std::string here = room_of(include.file);
    CHECK_MESSAGE(height(here) < std::ssize(rooms), here << " is no room that README draws");
    if (!include.target.starts_with(folder + "/")) continue;
    CHECK_MESSAGE(height(room_of(include.target)) <= height(here),
                  include.file << " includes " << include.target);
  }
}

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("layering: core knows only itself") {
  check_only("core", {"core/"});
}

TEST_CASE("layering: drivers know only the values of core/base and themselves") {
  check_only("drivers", {"core/base/", "drivers/"});
}

TEST_CASE("layering: sync knows core and itself") {
  check_only("sync", {"core/", "sync/"});
}

TEST_CASE("layering: within core, drivers, sync and pos arrows go down, as README draws them") {
  const std::string readme = text_of(fs::path(TRESEN_SOURCE) / "README.md");
  for (const std::string folder : {"core", "drivers", "sync", "pos"}) {
    // "core: base < tax < ... < register"; a dot is what stands in the folder itself.
    const std::size_t begin = readme.find("\n" + folder + ": ");
    REQUIRE_MESSAGE(begin != readme.npos, "README draws no rooms of " << folder);
    std::istringstream line(readme.substr(begin, readme.find("\n\n", begin) - begin));
    std::vector<std::string> rooms;
    for (std::string word; line >> word;) {
      if (word == "<" || word == folder + ":") continue;
      rooms.push_back(word == "." ? folder : folder + "/" + word);
    }
    check_downward(folder, rooms);
  }
}

TEST_CASE("layering: screens ask for nothing of the store, and threads know no screen") {
  for (const auto& include : includes_of("pos/screens")) {
    CHECK_MESSAGE(!include.target.starts_with("core/store/"),
                  include.file << " includes " << include.target);
  }
  for (const auto& include : includes_of("pos/runtime")) {
    CHECK_MESSAGE(!include.target.starts_with("pos/screens/"),
                  include.file << " includes " << include.target);
  }
}

TEST_CASE("layering: no thread is made outside pos/runtime, and core asks nobody for the time") {
  for (const std::string folder : {"core", "drivers", "sync", "pos"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(TRESEN_SOURCE) / folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string name = fs::relative(entry.path(), TRESEN_SOURCE).string();
      const std::string text = text_of(entry.path());
      if (!name.starts_with("pos/runtime/")) {
        CHECK_MESSAGE(text.find("std::thread") == std::string::npos, name << " makes a thread");
        CHECK_MESSAGE(text.find("std::async") == std::string::npos, name << " makes a thread");
      }
      if (folder == "core" && name != "core/base/clock.cpp") {
        CHECK_MESSAGE(text.find("system_clock::now") == std::string::npos,
                      name << " asks the clock");
      }
      CHECK_MESSAGE(text.find("sleep_for") == std::string::npos, name << " sleeps");
    }
  }
}
