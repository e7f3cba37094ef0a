// A worker's line to the register: asks it to write something down, and hears
// what became of it. Each question has a number of its own, so that a reply that
// comes late is never taken for that of the next one.
//
// Lives on the worker's thread; outlives the register's, which answers everything
// that it was handed.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

#include "pos/runtime/messages.h"

namespace pos {

// How soon a worker tells again what could not be saved (`tell_owed`).
inline constexpr std::chrono::seconds tell_again_after{1};

class RegisterLine {
 public:
  explicit RegisterLine(PostBack post_back) : post_back_(std::move(post_back)) {}

  // Nobody waits for it; a refusal is shown to the cashier.
  void tell(core::Command command) { post_back_({std::move(command)}); }
  // Nobody waits for it, and nobody hears of a refusal.
  void mention(core::Command command);

  // The register's word on it; nothing: none came in time, or the till is stopping.
  // It may still be carried out then.
  std::optional<Reply> ask(core::Command command, std::chrono::milliseconds patience);
  // The same, however long it takes.
  std::optional<Reply> ask(core::Command command);

  // What has happened in the world and must get onto the disk. What could not be
  // saved is kept, and told again with `tell_owed`. Refused for any other reason, it
  // is shown to the cashier.
  void insist(core::Command command);
  bool owes() const { return !owed_.empty(); }
  void tell_owed();

  // For several at once: hands them over, then waits for each, in this order and
  // with no other question between. 0: the till is stopping.
  std::uint64_t begin(core::Command command);
  std::optional<Reply> wait_for(std::uint64_t question);

 private:
  std::uint64_t hand_over(core::Command command, Refusals refusals);
  bool is_saved(const core::Command& command);

  PostBack post_back_;
  std::uint64_t last_ = 0;
  std::deque<core::Command> owed_;
  Queue<NumberedReply> replies_{65'536};
};

}  // namespace pos
