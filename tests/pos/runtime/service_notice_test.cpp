#include "pos/runtime/service_notice.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "tests/support/temp_folder.h"

using pos::ServiceNotice;
using namespace std::chrono_literals;

namespace {

// The end that systemd listens at.
class Listener {
 public:
  explicit Listener(const std::string& path) : descriptor_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    REQUIRE(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  ~Listener() { ::close(descriptor_); }
  std::string heard() const {
    std::array<char, 100> bytes{};
    const auto size = ::recv(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    return size > 0 ? std::string(bytes.data(), static_cast<std::size_t>(size)) : "";
  }

 private:
  int descriptor_;
};

// As systemd sets them; gone afterwards.
struct Environment {
  Environment(const std::string& socket, const char* watchdog) {
    ::setenv("NOTIFY_SOCKET", socket.c_str(), 1);
    ::setenv("WATCHDOG_USEC", watchdog, 1);
  }
  ~Environment() {
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
  }
};

}  // namespace

TEST_CASE("service notice: the watchdog is told twice in its time, and not by a till that hangs") {
  const tests::TempFolder folder;
  const std::string path = (folder / "notify").string();
  const Listener systemd(path);
  const Environment environment(path, "30000000");
  ServiceNotice notice;
  notice.ready();
  CHECK(systemd.heard() == "READY=1");
  const auto now = ServiceNotice::Clock::now();
  notice.alive(true, now);
  CHECK(systemd.heard() == "WATCHDOG=1");
  CHECK(notice.patience(now) == 15s);
  notice.alive(true, now + 14s);
  CHECK(systemd.heard().empty());
  notice.alive(false, now + 15s);
  CHECK(systemd.heard().empty());
  CHECK(notice.patience(now + 15s) < 3s);  // looks again soon
  notice.alive(true, now + 17s);
  CHECK(systemd.heard() == "WATCHDOG=1");
}

TEST_CASE("service notice: where nobody asked, nothing is said and nothing wakes the till") {
  ServiceNotice notice;
  notice.ready();
  notice.alive(true, ServiceNotice::Clock::now());
  CHECK_FALSE(notice.is_watched());
  CHECK(notice.patience(ServiceNotice::Clock::now()) == std::chrono::milliseconds::max());
}
