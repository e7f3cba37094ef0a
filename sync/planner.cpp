#include "sync/planner.h"

#include <algorithm>

#include "core/base/ensure.h"

namespace syncing {

namespace {

// What was seen of the store is not acted on when it is older.
constexpr std::chrono::seconds seen_again_after{1};

// SplitMix64 (Steele, Lea, Flood 2014): enough to spread retries.
std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

}  // namespace

bool Planner::is_fresh(const core::OutboxRow& row) const {
  if (on_their_way_.contains(row.row)) return false;
  const auto at = answered_.find(row.row);
  return at == answered_.end() || row.attempts > at->second;
}

bool Planner::wants_to_see(core::Instant now) const {
  if (answered_since_ >= on_their_way_.size()) return true;
  if (due_.next_due && *due_.next_due <= now) return true;
  return now >= seen_at_ + seen_again_after;
}

std::int64_t Planner::rows_worth_seeing(core::OutboxWay way) const {
  const std::size_t room = way == core::OutboxWay::mail ? most_of(mail_, habits_.mails_at_once)
                                                        : most_of(upstream_, habits_.push_batch);
  return static_cast<std::int64_t>(room + on_their_way_.size() + answered_.size());
}

void Planner::see(Due due, core::Instant now) {
  due_ = std::move(due);
  seen_at_ = now;
  answered_since_ = 0;
  std::unordered_map<std::int64_t, std::int64_t> still_answered;
  const auto stale = [&](const core::OutboxRow& row) {
    if (is_fresh(row)) return false;
    if (const auto at = answered_.find(row.row); at != answered_.end()) still_answered.insert(*at);
    return true;
  };
  std::erase_if(due_.pushes, stale);
  std::erase_if(due_.mails, stale);
  answered_ = std::move(still_answered);
}

Planner::Link& Planner::link_of(core::OutboxKind kind) {
  return core::is_mail(kind) ? mail_ : upstream_;
}

// How many more rows may go this way now. A way that failed last is probed
// with a single row.
std::size_t Planner::room_of(const Link& link, std::size_t most, core::Instant now) const {
  if (now < link.opens()) return 0;
  most = most_of(link, most);
  return most - std::min(most, link.on_their_way);
}

void Planner::start(const core::OutboxRow& row) {
  on_their_way_.insert({row.row, {row.kind, row.attempts}});
  ++link_of(row.kind).on_their_way;
}

Action Planner::next_action(core::Instant now) {
  if (!pulling_ && now >= next_pull_ && now >= pull_asked_until_) {
    pulling_ = true;
    return Pull{};
  }
  const std::size_t pushes =
      std::min(due_.pushes.size(), room_of(upstream_, habits_.push_batch, now));
  if (pushes > 0) {
    const auto end = due_.pushes.begin() + static_cast<std::ptrdiff_t>(pushes);
    Push push{{due_.pushes.begin(), end}};
    due_.pushes.erase(due_.pushes.begin(), end);
    for (const core::OutboxRow& row : push.rows) start(row);
    return push;
  }
  if (!due_.mails.empty() && room_of(mail_, habits_.mails_at_once, now) > 0) {
    Mail mail{due_.mails.front()};
    due_.mails.erase(due_.mails.begin());
    start(mail.row);
    return mail;
  }
  return WaitUntil{next_wake(now)};
}

core::Instant Planner::next_wake(core::Instant now) const {
  core::Instant at = pulling_ ? now + habits_.pull_every : std::max(next_pull_, pull_asked_until_);
  const auto earlier = [&](core::Instant other) {
    if (other > now) at = std::min(at, other);
  };
  // One in the past is a row that waits for another of its order.
  if (due_.next_due) earlier(*due_.next_due);
  if (!due_.pushes.empty()) earlier(upstream_.opens());
  if (!due_.mails.empty()) earlier(mail_.opens());
  if (answered_since_ > 0) earlier(seen_at_ + seen_again_after);
  return at;
}

// Doubling, with a quarter more or less so that tills do not come in step.
std::chrono::milliseconds Planner::pause(std::int64_t failures, std::chrono::milliseconds longest) {
  std::chrono::milliseconds whole = habits_.first_pause;
  for (std::int64_t i = 1; i < failures && whole < longest; ++i) whole *= 2;
  whole = std::min(whole, longest);
  const auto half = static_cast<std::uint64_t>(whole.count() / 2);
  const auto part = half == 0 ? 0 : next_random(random_) % half;
  return whole * 3 / 4 + std::chrono::milliseconds{static_cast<std::int64_t>(part)};
}

std::optional<core::OutboxAnswer> Planner::row_done(std::int64_t row, const Answer& answer,
                                                    core::Instant now) {
  const auto at = on_their_way_.find(row);
  ENSURE(at != on_their_way_.end());
  const OnItsWay sent = at->second;
  on_their_way_.erase(at);
  ++answered_since_;
  Link& link = link_of(sent.kind);
  --link.on_their_way;
  core::OutboxAnswer told{row, answer.fate, answer.reason, now, answer.learnt};
  if (!answer.link_down) {
    link.failures = 0;
    link.told.clear();
    if (answer.fate == core::OutboxFate::again) {
      told.not_before = now + pause(sent.attempts + 1, habits_.longest_row_pause);
    }
  } else {
    // Several that were on their way together are one failure of the link.
    if (now >= link.not_before) {
      ++link.failures;
      link.not_before = now + pause(link.failures, habits_.longest_link_pause);
    }
    if (answer.retry_after) {
      link.asked_until = std::max(link.asked_until, now + *answer.retry_after);
    }
    const bool is_told = link.told == answer.reason && answer.learnt == core::Learnt{};
    if (is_told && answer.fate == core::OutboxFate::again) return {};
    link.told = answer.reason;
    told.not_before = link.opens();
  }
  if (answer.retry_after) told.not_before = std::max(told.not_before, now + *answer.retry_after);
  answered_[row] = sent.attempts;
  return told;
}

void Planner::pull_done(core::Instant now, bool more) {
  pulling_ = false;
  failed_pulls_ = 0;
  next_pull_ = more ? now : now + habits_.pull_every;
}

core::Instant Planner::asked_until() const {
  return std::max({upstream_.asked_until, mail_.asked_until, pull_asked_until_});
}

void Planner::pull_failed(core::Instant now, std::optional<std::chrono::seconds> retry_after) {
  pulling_ = false;
  ++failed_pulls_;
  if (retry_after) {
    next_pull_ = pull_asked_until_ = now + *retry_after;
    return;
  }
  next_pull_ = now + std::max(habits_.pull_every, pause(failed_pulls_, habits_.longest_link_pause));
}

}  // namespace syncing
