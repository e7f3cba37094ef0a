// What to tell the outside next, and when: decides, does nothing itself. The
// runner asks `next_action`, carries it out, and says what became of it.
//
// Pure: no clock, no randomness of its own (the seed is passed in). A row that
// fails waits longer each time, up to ten minutes; a way that is down as a whole
// (server unreachable, folder gone) is tried with one row at a time, at the
// latest every minute, so that a long queue does not hammer it and is gone soon
// after it is back. No row waits for another but those of one order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "core/commands.h"
#include "core/store/outbox_store.h"
#include "sync/base/answer.h"

namespace syncing {

struct Habits {
  std::size_t push_batch = 256;
  std::size_t mails_at_once = 4;
  std::chrono::milliseconds pull_every{5'000};
  std::chrono::milliseconds first_pause{2'000};  // doubles with each failure
  std::chrono::milliseconds longest_row_pause{600'000};
  std::chrono::milliseconds longest_link_pause{60'000};
};

struct Push {
  std::vector<core::OutboxRow> rows;
};
struct Mail {
  core::OutboxRow row;
};
struct Pull {};
struct WaitUntil {
  core::Instant at;
};
using Action = std::variant<Push, Mail, Pull, WaitUntil>;

// What the store says is due now; `next_due` is when the next row will be.
struct Due {
  std::vector<core::OutboxRow> pushes;
  std::vector<core::OutboxRow> mails;
  std::optional<core::Instant> next_due;
};

class Planner {
 public:
  Planner(Habits habits, std::uint64_t seed) : habits_(habits), random_(seed) {}

  // Replaces what was seen before. Rows that are on their way, or answered with
  // the answer not yet in the store, are passed over. Not to be told of a
  // reading that failed: rows that it does not hold count as settled.
  void see(Due due, core::Instant now);
  // Somebody waits: pull at once, and try what is down once more. What the
  // other side asked for (retry-after) stands.
  void wake() { next_pull_ = upstream_.not_before = mail_.not_before = {}; }

  // Something was told that is to be read again: pull at once.
  void pull_soon() { next_pull_ = {}; }

  // Another pause between two pulls, the one that runs included.
  void pull_every(std::chrono::milliseconds pause) {
    if (next_pull_ != core::Instant{}) next_pull_ += pause - habits_.pull_every;
    habits_.pull_every = pause;
  }

  Action next_action(core::Instant now);

  // What the store has to learn of it. Nothing: its way is down for a reason that
  // it was told of already, so the row waits as it did, and nothing is written.
  std::optional<core::OutboxAnswer> row_done(std::int64_t row, const Answer& answer,
                                             core::Instant now);
  // `more`: the next step of the pull is due at once.
  void pull_done(core::Instant now, bool more);
  // Like rows, a pull that fails is tried less and less often; when the other side has
  // said when, then.
  void pull_failed(core::Instant now, std::optional<std::chrono::seconds> retry_after = {});
  // Until when the other side asked to be left alone, at the latest; not after `now`: it
  // did not.
  core::Instant asked_until() const;

  // Whether the store is to be asked what is due: half of what was on its way when it
  // was asked last is answered, a row has become due, or that was a second ago.
  // Asking after every answer would cost more than sending.
  bool wants_to_see(core::Instant now) const;
  // How many due rows of a way are worth reading then: those that may be sent, and as
  // many as are on their way, which are still due in the store. Of a way that is down
  // one is enough.
  std::int64_t rows_worth_seeing(core::OutboxWay way) const;

  bool is_idle() const { return on_their_way_.empty() && !pulling_; }

 private:
  // One way to the outside: the upstream, or the mail server.
  struct Link {
    std::int64_t failures = 0;  // one after the other
    core::Instant not_before;   // by our own pause
    core::Instant asked_until;  // by the other side's wish
    std::size_t on_their_way = 0;
    std::string told;  // why it is down, as the store knows it
    core::Instant opens() const { return std::max(not_before, asked_until); }
  };
  struct OnItsWay {
    core::OutboxKind kind;
    std::int64_t attempts;
  };

  bool is_fresh(const core::OutboxRow& row) const;
  void start(const core::OutboxRow& row);
  Link& link_of(core::OutboxKind kind);
  std::size_t most_of(const Link& link, std::size_t most) const {
    return link.failures > 0 ? 1 : most;
  }
  std::size_t room_of(const Link& link, std::size_t most, core::Instant now) const;
  core::Instant next_wake(core::Instant now) const;
  std::chrono::milliseconds pause(std::int64_t failures, std::chrono::milliseconds longest);

  Habits habits_;
  std::uint64_t random_;
  Due due_;
  Link upstream_;
  Link mail_;
  core::Instant next_pull_;
  core::Instant pull_asked_until_;  // by the other side's wish
  bool pulling_ = false;
  std::int64_t failed_pulls_ = 0;   // one after the other
  core::Instant seen_at_;           // when the store was asked last
  std::size_t answered_since_ = 0;  // then
  std::unordered_map<std::int64_t, OnItsWay> on_their_way_;
  // Answered rows with the number of attempts they had: the store counts one
  // more once it has the answer.
  std::unordered_map<std::int64_t, std::int64_t> answered_;
};

}  // namespace syncing
