#include "pos/cli/pins.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <iterator>

#include "core/base/text.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"

namespace pos::cli {

namespace {

// Keeps what is typed off the screen while it lives.
class Silence {
 public:
  Silence() {
    quiet_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
    if (!quiet_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
  }
  ~Silence() {
    if (!quiet_) return;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    std::fputc('\n', stderr);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  bool quiet_ = false;
};

}  // namespace

std::optional<Pins> Pins::from(const std::string& file) {
  Pins pins;
  if (file.empty() || file == "-") return pins;
  auto stream = open_file(file);
  if (!stream) return {};
  pins.stdin_ = false;
  pins.text_ = core::file_text(std::string(std::istreambuf_iterator<char>(*stream), {}));
  return pins;
}

std::string Pins::next(const std::string& whose) {
  std::string line;
  if (stdin_) {
    if (::isatty(STDIN_FILENO)) {
      std::fputs((whose + ": ").c_str(), stderr);
      const Silence silence;
      std::getline(std::cin, line);
    } else {
      std::getline(std::cin, line);
    }
  } else {
    const auto end = std::min(text_.find('\n'), text_.size());
    line = text_.substr(0, end);
    text_.erase(0, end + 1);
  }
  return std::string(core::trim(line));
}

}  // namespace pos::cli
