// What became of a thing that the outside was told.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/commands.h"

namespace syncing {

struct Answer {
  core::OutboxFate fate = core::OutboxFate::done;
  std::string reason;      // in words, for the Outbox page; empty when done
  bool link_down = false;  // nothing else can go this way for now either
  std::optional<std::chrono::seconds> retry_after;  // the other side's wish
  core::Learnt learnt = {};                         // with `done` and `again`
  friend bool operator==(const Answer&, const Answer&) = default;
};

inline Answer done() {
  return {};
}
inline Answer again(std::string reason) {
  return {core::OutboxFate::again, std::move(reason), false, {}, {}};
}
inline Answer link_is_down(std::string reason) {
  return {core::OutboxFate::again, std::move(reason), true, {}, {}};
}
inline Answer refused(std::string reason) {
  return {core::OutboxFate::refused, std::move(reason), false, {}, {}};
}

struct RowAnswer {
  std::int64_t row = 0;  // of the outbox
  Answer answer;
};

}  // namespace syncing
