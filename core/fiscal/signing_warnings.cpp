#include "core/fiscal/signing_warnings.h"

#include <cstdlib>

namespace core {

namespace {

using std::chrono::days;
using std::chrono::duration_cast;
using std::chrono::floor;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t certificate_days = 90, grave_days = 7;
constexpr std::int64_t full_percent = 80, grave_full = 95;
constexpr std::int64_t left_percent = 10, grave_left = 2;
constexpr std::int64_t self_test_minutes = 60;
constexpr std::int64_t clock_seconds = 30, grave_clock = 60 * 60;

}  // namespace

std::vector<SigningWarning> signing_warnings(const SigningDeviceFacts& device, Instant now) {
  using Kind = SigningWarningKind;
  std::vector<SigningWarning> warnings;
  if (device.certificate_end != Instant{}) {
    const std::int64_t left = floor<days>(device.certificate_end - now).count();
    if (left < 0) {
      warnings.push_back({Kind::certificate_over, -left, true});
    } else if (left <= certificate_days) {
      warnings.push_back({Kind::certificate_ends, left, left <= grave_days});
    }
  }
  if (device.bytes_used && device.bytes_in_all && *device.bytes_in_all > 0) {
    const std::int64_t used = *device.bytes_used * 100 / *device.bytes_in_all;
    if (used > full_percent) warnings.push_back({Kind::store_full, used, used >= grave_full});
  }
  if (device.signatures_left) {
    const std::int64_t all = device.signatures_made + *device.signatures_left;
    const std::int64_t left = all > 0 ? *device.signatures_left * 100 / all : 0;
    if (left < left_percent)
      warnings.push_back({Kind::signatures_used_up, left, left < grave_left});
  }
  if (device.self_test_due) {
    const std::int64_t left = duration_cast<minutes>(*device.self_test_due - now).count();
    if (left < self_test_minutes) warnings.push_back({Kind::self_test_due, left, false});
  }
  const std::int64_t off = std::llabs(duration_cast<seconds>(device.ahead).count());
  if (off > clock_seconds) warnings.push_back({Kind::clock_off, off, off >= grave_clock});
  const bool is_new = now - device.adopted < days{1};
  const std::int64_t old =
      device.archived == Instant{} ? -1 : duration_cast<days>(now - device.archived).count();
  if (!is_new && (old < 0 || old >= 1)) warnings.push_back({Kind::archive_old, old, false});
  return warnings;
}

}  // namespace core
