// Compares a text with a file of tests/golden. UPDATE_GOLDEN=1 writes the file
// anew; without it a missing file is a failure like a different one.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace tests {

inline void check_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(TRESEN_SOURCE) + "/tests/golden/" + name;
  if (std::getenv("UPDATE_GOLDEN")) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  CHECK_MESSAGE(file.is_open(), "missing: tests/golden/" << name);
  std::ostringstream golden;
  golden << file.rdbuf();
  CHECK_MESSAGE(golden.str() == text, "tests/golden/" << name);
}

}  // namespace tests
