#include "pos/runtime/service_notice.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace pos {

namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

ServiceNotice::ServiceNotice() : socket_(variable("NOTIFY_SOCKET")) {
  const std::string_view text = variable("WATCHDOG_USEC");
  std::int64_t microseconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), microseconds);
  if (!socket_.empty() && microseconds > 0) {
    every_ = std::chrono::milliseconds(std::max<std::int64_t>(microseconds / 2000, 1));
  }
}

void ServiceNotice::ready() {
  say("READY=1");
}

void ServiceNotice::alive(bool is_well, Clock::time_point now) {
  if (!is_watched() || !is_well || now < next_) return;
  say("WATCHDOG=1");
  next_ = now + every_;
}

std::chrono::milliseconds ServiceNotice::patience(Clock::time_point now) const {
  if (!is_watched()) return std::chrono::milliseconds::max();
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_ - now);
  // Where the till was not well at its time, it is asked again soon.
  return std::max(left, every_ / 10 + std::chrono::milliseconds(1));
}

void ServiceNotice::say(const std::string& words) const {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_[0] == '@') address.sun_path[0] = '\0';  // an abstract name
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return;
  ::sendto(descriptor, words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
           reinterpret_cast<const sockaddr*>(&address), length);
  ::close(descriptor);
}

}  // namespace pos
