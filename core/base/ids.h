// Identifiers made on the till: UUID version 7 (RFC 9562 section 5.7), so that
// rows made offline on two tills never collide and sort by time.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace core {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  friend auto operator<=>(const Uuid&, const Uuid&) = default;
  bool is_nil() const { return *this == Uuid{}; }
};

std::string to_text(const Uuid& id);                   // "018f...-....-7...-....-............"
std::optional<Uuid> uuid_from(std::string_view text);  // the same form

// A different type for each thing that has an id.
template <class Tag>
struct Id {
  Uuid uuid;
  friend auto operator<=>(const Id&, const Id&) = default;
  bool is_nil() const { return uuid.is_nil(); }
};
using OrderId = Id<struct OrderTag>;
using LineId = Id<struct LineTag>;
using TransactionId = Id<struct TransactionTag>;
using AttemptId = Id<struct AttemptTag>;
using ReceiptId = Id<struct ReceiptTag>;
using FulfilmentId = Id<struct FulfilmentTag>;
using RefundId = Id<struct RefundTag>;

template <class Tag>
std::string to_text(const Id<Tag>& id) {
  return to_text(id.uuid);
}

// Makes ids that never go backwards, even when the clock does. One owner: the
// register. The seed is for tests; without one the system's randomness is used.
class IdSource {
 public:
  IdSource();
  explicit IdSource(std::uint64_t seed);
  Uuid next(Instant now);

 private:
  std::uint64_t random();

  std::uint64_t state_ = 0;
  std::int64_t last_millisecond_ = 0;
  std::uint32_t counter_ = 0;
};

}  // namespace core
