// The one thread that talks to the outside: pushes what the outbox holds, pulls
// online orders, sends mails. It reads the store on a connection of its own;
// what it has learnt goes to the register, which alone writes.
#pragma once

#include <atomic>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "core/settings/settings.h"
#include "core/store/database.h"
#include "pos/desk/scene.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/mail_trial.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/register_line.h"
#include "pos/runtime/worker.h"
#include "sync/outside.h"
#include "sync/runner.h"

namespace pos {

struct UseOutside {
  core::Settings settings;
};
// Whether somebody looks at the list of orders: then they are pulled more often.
struct WatchOrders {
  bool is_watched = false;
};
// Tries a connection; the answer is shown among the devices.
struct TryUpstream {
  UpstreamTrial trial;
};
// Keeps the key of a platform in the secrets file; before the settings that need it.
struct KeepKey {
  std::string key;
};
struct ReadSecrets {};  // the secrets file has changed
// Sends a test mail in this language.
struct TryMail {
  std::string address;
  Language language;
};
using SyncMessage = std::variant<core::WakeSync, UseOutside, WatchOrders, TryUpstream, KeepKey,
                                 TryMail, ReadSecrets>;

class SyncThread {
 public:
  SyncThread(syncing::Outside outside, core::Database database, const core::Clock& clock,
             const Translations& translations, Latest<Devices>& devices, PostBack post_back,
             Wake wake);
  ~SyncThread();

  void tell(SyncMessage message);
  // Nothing is on its way, and nothing waits that could go now.
  bool is_idle() const { return messages_.is_idle() && is_idle_; }
  void stop();

 private:
  void loop();
  void take_messages();
  void turn_prices(syncing::Step& step);
  void hand_over(const std::vector<core::Command>& commands);
  void use(const core::Settings& settings);
  void show();
  void compare_clocks();
  DeviceState platform() const;
  DeviceState mail_server() const;
  std::chrono::milliseconds pull_pause() const;
  void begin_trial(const UpstreamTrial& trial);
  void look_at_trial();
  void end_trial(TrialAnswer answer);
  void look_at_mail_trial();
  void keep(const std::string& key);
  // What this step has achieved, for the Sync page.
  void count(const syncing::Step& step);

  syncing::Outside outside_;
  core::Database database_;
  const core::Clock& clock_;
  core::WaitingClock waiting_;
  std::chrono::milliseconds told_ahead_{0};  // of the platform's clock
  core::Instant rules_due_;                  // when the rules look at all orders again
  core::Instant tried_turn_, tried_at_;      // of prices, last
  const Translations& translations_;
  Latest<Devices>& devices_;
  RegisterLine line_;
  Wake wake_;
  Queue<SyncMessage> messages_;
  std::atomic<bool> is_idle_ = false;
  SyncProgress progress_;
  std::deque<core::Instant> sent_;  // within the last minute
  bool is_watched_ = false;
  std::optional<syncing::RunnerParts> trial_;  // a connection that is being tried
  core::Instant trial_until_;
  std::optional<MailTrial> mail_trial_;
  std::mutex runner_mutex_;  // around the pointer, for `tell`
  std::unique_ptr<syncing::Runner> runner_;
  Worker worker_;
};

}  // namespace pos
