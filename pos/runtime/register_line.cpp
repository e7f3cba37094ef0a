#include "pos/runtime/register_line.h"

namespace pos {

namespace {

bool is_not_saved(const Reply& reply) {
  return reply && reply->kind == core::RefusalKind::not_saved;
}

}  // namespace

std::uint64_t RegisterLine::hand_over(core::Command command, Refusals refusals) {
  Post post{std::move(command)};
  post.asker = Asker{&replies_, ++last_, refusals};
  return post_back_(std::move(post)) ? last_ : 0;
}

void RegisterLine::mention(core::Command command) {
  hand_over(std::move(command), Refusals::to_the_worker);
  // Replies that nobody waits for are not left to fill the queue.
  while (replies_.try_pop()) {
  }
}

std::uint64_t RegisterLine::begin(core::Command command) {
  return hand_over(std::move(command), Refusals::to_the_worker);
}

std::optional<Reply> RegisterLine::wait_for(std::uint64_t question) {
  if (question == 0) return {};
  while (auto heard = replies_.pop()) {
    if (heard->question == question) return std::move(heard->reply);
  }
  return {};
}

std::optional<Reply> RegisterLine::ask(core::Command command) {
  return wait_for(begin(std::move(command)));
}

std::optional<Reply> RegisterLine::ask(core::Command command, std::chrono::milliseconds patience) {
  const std::uint64_t question = begin(std::move(command));
  if (question == 0) return {};
  const auto until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    auto heard = replies_.pop(std::max(left, std::chrono::milliseconds{0}));
    if (!heard) return {};
    if (heard->question == question) return std::move(heard->reply);
  }
}

bool RegisterLine::is_saved(const core::Command& command) {
  const auto reply = wait_for(hand_over(command, Refusals::to_both));
  return reply && !is_not_saved(*reply);
}

// In the order in which it happened: what comes later waits behind what is owed.
void RegisterLine::insist(core::Command command) {
  if (owes() || !is_saved(command)) owed_.push_back(std::move(command));
}

void RegisterLine::tell_owed() {
  while (owes() && is_saved(owed_.front())) owed_.pop_front();
}

}  // namespace pos
