#include "pos/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace pos::cli {

namespace {

constexpr std::int64_t bar_width = 40;
constexpr const char* clear_line = "\r\x1b[K";

}  // namespace

// Nothing before it can be told, and where it is over in a moment.
std::string Progress::time_left(std::int64_t done, std::int64_t total) const {
  const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(watch_.elapsed());
  if (done <= 0 || elapsed.count() < 2) return "";
  return fmt::format(", about {} s left", elapsed.count() * (total - done) / done);
}

Progress::Progress(std::string what) : what_(std::move(what)), terminal_(isatty(2) == 1) {}

Progress::~Progress() {
  if (terminal_ && percent_ >= 0) std::fputs(clear_line, stderr);
}

void Progress::show(std::int64_t done, std::int64_t total) {
  if (!terminal_ || total <= 0) return;
  const std::int64_t percent = std::clamp<std::int64_t>(done * 100 / total, 0, 100);
  if (percent == percent_) return;
  percent_ = percent;
  const auto full = static_cast<std::size_t>(percent * bar_width / 100);
  const std::string bar =
      std::string(full, '#') + std::string(static_cast<std::size_t>(bar_width) - full, '.');
  fmt::print(stderr, "{}{} [{}] {:3} %{}", clear_line, what_, bar, percent, time_left(done, total));
  std::fflush(stderr);
}

}  // namespace pos::cli
