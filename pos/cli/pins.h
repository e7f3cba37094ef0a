// PINs for the command line. Never an argument, which every process could read:
// they come from the terminal without echo, or one on a line of stdin or a file.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

namespace pos::cli {

class Pins {
 public:
  // An empty name or "-": stdin.
  static std::optional<Pins> from(const std::string& file);

  // The next PIN; `whose` is shown where a person has to type it.
  std::string next(const std::string& whose);

 private:
  std::string text_;  // of a file
  bool stdin_ = true;
};

}  // namespace pos::cli
