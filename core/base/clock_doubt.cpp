#include "core/base/clock_doubt.h"

#include <date/date.h>

#include <array>

namespace core {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds day = 24h;
// Clocks that nobody sets drift by seconds a day; an answer takes a while.
constexpr milliseconds drift = 2min;
// From here on a sale asks first.
constexpr milliseconds grave = 30 * day;
// A shop that is closed for the season is told, and may say that all is well.
constexpr milliseconds longest_holiday = 60 * day;

// No till ran this program before.
Instant made() {
  return date::sys_days{date::year{2026} / date::November / 1};
}

std::optional<ClockDoubt> unlike(Instant now, ClockWitness witness,
                                 std::optional<milliseconds> ahead) {
  if (!ahead || std::chrono::abs(*ahead) <= drift) return {};
  return ClockDoubt{witness, now + *ahead, std::chrono::abs(*ahead) >= grave};
}

std::optional<ClockDoubt> unlike_receipt(Instant now, std::optional<Instant> last) {
  if (!last) return {};
  const milliseconds since = now - *last;
  if (since >= -drift && since <= longest_holiday) return {};
  return ClockDoubt{ClockWitness::last_receipt, *last, std::chrono::abs(since) >= grave};
}

}  // namespace

std::optional<ClockDoubt> clock_doubt(Instant now, const ClockWitnesses& witnesses) {
  if (now < made()) return ClockDoubt{ClockWitness::program, made(), true};
  const std::array doubts{
      unlike(now, ClockWitness::platform, witnesses.platform_ahead),
      unlike(now, ClockWitness::terminal, witnesses.terminal_ahead),
      unlike(now, ClockWitness::signing_device, witnesses.signing_device_ahead),
      unlike_receipt(now, witnesses.last_receipt),
  };
  std::optional<ClockDoubt> gravest;
  for (const auto& doubt : doubts) {
    if (doubt && (!gravest || (doubt->is_grave && !gravest->is_grave))) gravest = doubt;
  }
  return gravest;
}

}  // namespace core
