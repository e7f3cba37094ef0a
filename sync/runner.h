// Carries out what the planner decides: reads due rows of the outbox on a
// read-only connection, pushes, mails and pulls, and returns what the register
// must be told. It never waits but in `wait`, and has no thread of its own.
//
// Lives on the sync thread (or that of `tresen sync --once`); only `wake` may
// be called by others. The loop:
//
//   step = runner.step(clock.now());
//   hand step.commands to the register;   // and tell `not_taken` what it refused
//   runner.wait(step.next - clock.now());
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/commands.h"
#include "core/effects.h"
#include "core/store/database.h"
#include "core/store/outbox_store.h"
#include "sync/base/transfers.h"
#include "sync/mail/mailer.h"
#include "sync/mail/message.h"
#include "sync/planner.h"
#include "sync/upstream/upstream.h"

namespace syncing {

// What the mail of this row says. None: the store does not hold its receipt.
using MailBody = std::function<std::optional<MailContent>(core::Database&, const core::OutboxRow&)>;

struct RunnerParts {
  // Of the mailer and the upstream; declared first, because they let go of it.
  std::unique_ptr<Transfers> transfers = std::make_unique<Transfers>();
  std::unique_ptr<Upstream> upstream;  // none: orders wait
  std::string upstream_kind;           // "folder", "shopify": whose it is that is put aside
  std::unique_ptr<Mailer> mailer;      // none: mails wait
  std::string mail_from;
  MailBody mail_body;
  Habits habits;
  std::uint64_t seed = 0;  // of the jitter
};

struct Step {
  std::vector<core::Command> commands;  // OutboxAnswered, ReceiveOrder, NotePutAside
  core::Instant next;                   // when to step again at the latest
  bool idle = false;  // nothing to tell, nothing on its way, nothing that could go now
};

class Runner {
 public:
  // The database must outlive the runner.
  Runner(core::Database& reader, RunnerParts parts);
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // `now` must not go back between two steps (see WaitingClock).
  Step step(core::Instant now);
  // The register refused a command of a step: a pulled order that it will
  // never take is handed back to the upstream with the words.
  void not_taken(const core::Command& command, const core::Refusal& why);

  // Returns early when a transfer moves or `wake` is called.
  void wait(std::chrono::milliseconds at_most);
  // From any thread: the next step sees what the outbox holds now, and pulls.
  void wake();

  // Why the upstream cannot be asked for orders, in words; empty: it can.
  const std::string& pull_trouble() const {
    return pull_trouble_.empty() && !not_taken_.empty() ? not_taken_.begin()->second
                                                        : pull_trouble_;
  }
  // Until when the other side asked to be left alone.
  core::Instant asked_until() const { return planner_.asked_until(); }
  // How far a long pull is, in words ("12,000 products"); empty: none runs.
  const std::string& progress() const { return progress_; }
  // When the upstream last answered; 0: not yet.
  core::Instant last_contact() const { return last_contact_; }
  // What the upstream's clock said with the answers of the last step; once.
  std::optional<core::Instant> take_server_date() { return parts_.transfers->take_date(); }
  // The last mail that was handed to the mail server, or was not.
  struct LastMail {
    core::Instant at;     // 0: none yet
    std::string trouble;  // in words; empty: it was taken
  };
  const LastMail& last_mail() const { return last_mail_; }
  // How often it is asked from now on.
  void pull_every(std::chrono::milliseconds pause) { planner_.pull_every(pause); }

 private:
  void look(core::Instant now);
  void begin_pull(core::Instant now);
  bool is_unheard_of(const core::OutboxRow& row);
  void begin(const Push& push, core::Instant now);
  void begin(const Mail& mail, core::Instant now);
  void collect(core::Instant now, Step& step);
  void note(std::int64_t row, const Answer& answer, core::Instant now);
  void collect_pulled(core::Instant now, Step& step);
  void note_aside(Upstream::Pulled& pulled, Step& step);
  void go_on_taking(core::Instant now, Step& step);
  void offer(Step& step);
  bool holds(const core::Order& order);
  void settle_offered();

  // What was pulled of the catalogue and is not in the store yet.
  struct Taking {
    std::deque<core::ReceiveCatalogue> left;
    bool more = false;  // there is at the upstream
  };

  core::Database& reader_;
  RunnerParts parts_;
  Planner planner_;
  std::int64_t last_order_before_;            // of those that were there before this runner
  std::unordered_set<std::int64_t> told_;     // rows of later orders that a push was begun of
  std::vector<core::OutboxAnswer> answers_;   // of this step
  std::vector<core::Order> offered_;          // pulled orders that the register was told of
  std::set<core::OrderId> offered_together_;  // and not known to be taken
  std::optional<Taking> taking_;
  // Of a platform's orders: what is on its way, by the outbox's row; what was while the
  // running pull was read, so that its news of them may be old; and what is read again.
  struct OnItsWay {
    core::OrderId order;
    std::string upstream_id;
  };
  std::unordered_map<std::int64_t, OnItsWay> on_their_way_;
  std::set<core::OrderId> told_meanwhile_;
  std::set<std::string> to_read_again_;
  bool reads_again_ = false;                               // a pull follows the one that runs
  std::optional<std::vector<core::PutAside>> told_aside_;  // all of it, as the register was told
  std::vector<core::PutAside> refused_;                    // by the register, and not told yet
  bool tries_aside_ = false;                               // the pull that is going on
  std::string pull_trouble_;
  std::optional<std::chrono::seconds> pull_again_after_;  // as the upstream asked
  std::map<core::OrderId, std::string> not_taken_;  // orders whose news the till refused, and why
  std::string progress_;
  core::Instant last_contact_;
  LastMail last_mail_;
  std::atomic<bool> woken_ = false;
};

// Steps until nothing is left that could be done now; for `tresen sync --once`. A server
// that asks for a moment of at most `patience` gets it, a few times.
void run_until_idle(Runner& runner, const core::Clock& clock,
                    const std::function<core::Handled(const core::Command&)>& handle,
                    std::chrono::milliseconds patience = {});

}  // namespace syncing
