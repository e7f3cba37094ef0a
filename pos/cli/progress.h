// A bar on stderr while something takes long; nothing where stderr is no
// terminal. Gone from the screen when it is destroyed.
#pragma once

#include <cstdint>
#include <string>

namespace pos::cli {

class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Draws again only when another percent is done.
  void show(std::int64_t done, std::int64_t total);

 private:
  std::string what_;
  bool terminal_;
  std::int64_t percent_ = -1;
};

}  // namespace pos::cli
