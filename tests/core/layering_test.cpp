// The house keeps its directions: core <- sync, core/base <- drivers, all <- pos.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <regex>
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
