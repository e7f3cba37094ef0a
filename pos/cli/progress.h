// A bar on stderr while something takes long, with the time that is left; nothing
// where stderr is no terminal. Gone from the screen when it is destroyed.
#pragma once

#include <cstdint>
#include <string>

#include "pos/runtime/stopwatch.h"

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
  std::string time_left(std::int64_t done, std::int64_t total) const;

  std::string what_;
  Stopwatch watch_;
  bool terminal_;
  std::int64_t percent_ = -1;
};

}  // namespace pos::cli
