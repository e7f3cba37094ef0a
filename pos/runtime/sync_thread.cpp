#include "pos/runtime/sync_thread.h"

#include <spdlog/spdlog.h>

#include "core/store/upstream_store.h"
#include "pos/config/configuration.h"
#include "pos/layout/mail_body.h"

namespace pos {

namespace {

constexpr std::chrono::minutes rules_every{10};
// Prices that could not be turned are tried again so soon.
constexpr std::chrono::seconds turn_again_after{30};

// How often the platform is asked at least while somebody looks at the orders.
constexpr std::chrono::seconds pull_every_when_watched{5};
// A trial that takes longer has failed, and how often it is looked at.
constexpr std::chrono::seconds longest_trial{30};
constexpr std::chrono::milliseconds trial_glance{100};

}  // namespace

SyncThread::SyncThread(syncing::Outside outside, core::Database database, const core::Clock& clock,
                       const Translations& translations, Latest<Devices>& devices,
                       PostBack post_back, Wake wake)
    : outside_(std::move(outside)),
      database_(std::move(database)),
      clock_(clock),
      waiting_(clock),
      translations_(translations),
      devices_(devices),
      line_(std::move(post_back)),
      wake_(std::move(wake)) {
  use(outside_.settings);
  worker_ = Worker("sync", [this] { loop(); });
}

SyncThread::~SyncThread() {
  stop();
}

void SyncThread::tell(SyncMessage message) {
  if (!messages_.push(std::move(message))) return;
  const std::lock_guard lock(runner_mutex_);
  runner_->wake();
}

void SyncThread::stop() {
  messages_.close();
  {
    const std::lock_guard lock(runner_mutex_);
    runner_->wake();
  }
  worker_.join();
}

void SyncThread::use(const core::Settings& settings) {
  outside_.settings = settings;
  // Read again, because the key of a platform may have been entered since.
  if (const auto configuration = read_configuration(outside_.folder)) {
    const Secrets& secrets = configuration->secrets;
    outside_.upstream_key = secrets.upstream_key;
    if (!secrets.mail_password.empty()) outside_.mail_password = secrets.mail_password;
  }
  auto runner = std::make_unique<syncing::Runner>(
      database_,
      syncing::runner_parts(
          outside_, mail_body(translations_, {settings.shop, outside_.folder / "templates"})));
  runner->pull_every(pull_pause());
  const std::lock_guard lock(runner_mutex_);
  runner_ = std::move(runner);
}

void SyncThread::take_messages() {
  while (auto message = messages_.try_pop()) {
    if (const auto* changed = std::get_if<UseOutside>(&*message)) {
      use(changed->settings);
    } else if (const auto* watch = std::get_if<WatchOrders>(&*message)) {
      is_watched_ = watch->is_watched;
      runner_->pull_every(pull_pause());
    } else if (const auto* tried = std::get_if<TryUpstream>(&*message)) {
      begin_trial(tried->trial);
    } else if (const auto* mail = std::get_if<TryMail>(&*message)) {
      mail_trial_.emplace(outside_, mail->address, translations_(mail->language), waiting_.now());
    } else if (const auto* kept = std::get_if<KeepKey>(&*message)) {
      keep(kept->key);
    } else if (std::holds_alternative<ReadSecrets>(*message)) {
      use(core::Settings(outside_.settings));
    } else {
      runner_->wake();
    }
  }
}

std::chrono::milliseconds SyncThread::pull_pause() const {
  const std::chrono::seconds usual{outside_.settings.upstream.poll_seconds};
  return is_watched_ ? std::min(usual, pull_every_when_watched) : usual;
}

void SyncThread::begin_trial(const UpstreamTrial& trial) {
  syncing::Outside outside = outside_;
  outside.settings.upstream.kind = trial.kind;
  outside.settings.upstream.address = trial.address;
  outside.settings.mail.kind = "none";
  outside.upstream_key = trial.key;
  trial_ = syncing::runner_parts(outside, {});
  trial_until_ = waiting_.now() + longest_trial;
  // Without a platform there is nothing to ask.
  if (!trial_->upstream) return end_trial({TrialState::good, "", {}});
  trial_->upstream->begin_check();
}

void SyncThread::look_at_trial() {
  if (!trial_) return;
  trial_->transfers->perform();
  if (const auto check = trial_->upstream->checked()) {
    std::string why;
    for (const std::string& line : check->trouble) why += (why.empty() ? "" : " ") + line;
    end_trial({check->works ? TrialState::good : TrialState::bad, why, check->found});
  } else if (waiting_.now() > trial_until_) {
    end_trial({TrialState::bad, "The platform does not answer. Look at the address.", {}});
  }
}

void SyncThread::look_at_mail_trial() {
  if (!mail_trial_) return;
  auto answer = mail_trial_->look(waiting_.now());
  if (!answer) return;
  mail_trial_.reset();
  devices_.update([&](Devices& devices) {
    devices.mail_trial = {answer->works ? TrialState::good : TrialState::bad, answer->words, {}};
  });
  wake_();
}

void SyncThread::end_trial(TrialAnswer answer) {
  trial_.reset();
  devices_.update([&](Devices& devices) { devices.trial = std::move(answer); });
  wake_();
}

// In the secrets file, beside what is in it; `use` reads it again.
void SyncThread::keep(const std::string& key) {
  const auto kept = keep_secret(outside_.folder, "upstream", "key", key);
  if (!kept) spdlog::error("{}", kept.error());
  use(core::Settings(outside_.settings));  // at once, though no setting has changed
}

void SyncThread::loop() {
  while (!messages_.is_closed()) {
    take_messages();
    syncing::Step step = runner_->step(waiting_.now());
    // What only time brings: authorizations that lapse, a rule that was switched on.
    if (waiting_.now() >= rules_due_) {
      rules_due_ = waiting_.now() + rules_every;
      step.commands.emplace_back(core::ApplyRules{});
    }
    turn_prices(step);
    compare_clocks();
    hand_over(step.commands);
    is_idle_ = step.idle && step.commands.empty() && !trial_ && !mail_trial_ && !line_.owes();
    messages_.finished();
    count(step);
    show();
    look_at_trial();
    look_at_mail_trial();
    if (!step.commands.empty()) continue;
    auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(step.next - waiting_.now());
    if (trial_ || mail_trial_) pause = std::min(pause, trial_glance);
    if (line_.owes()) pause = std::min<std::chrono::milliseconds>(pause, tell_again_after);
    runner_->wait(pause);
  }
}

// A price that the platform told beforehand turns at its moment, offline too. A
// store that cannot be written is not asked all the time.
void SyncThread::turn_prices(syncing::Step& step) {
  const core::Instant turn = core::next_price_turn(database_);
  if (turn == core::Instant{}) return;
  const core::Instant due = turn == tried_turn_ ? tried_at_ + turn_again_after : turn;
  if (due <= clock_.now()) {
    step.commands.emplace_back(core::TurnPrices{});
    tried_turn_ = turn;
    tried_at_ = clock_.now();
  } else {
    step.next = std::min(step.next, due);
  }
}

// Waits until the register has written what was learnt, so that the next step
// finds it in the store.
void SyncThread::hand_over(const std::vector<core::Command>& commands) {
  line_.tell_owed();
  std::deque<std::pair<std::uint64_t, const core::Command*>> asked;
  const auto hear = [&] {
    for (const auto& [question, command] : asked) {
      const auto reply = line_.wait_for(question);
      if (reply && *reply) runner_->not_taken(*command, **reply);
    }
    asked.clear();
  };
  for (const core::Command& command : commands) {
    if (command.is<core::OutboxAnswered>()) {
      // Who has answered is not asked again: this must get onto the disk.
      hear();
      line_.insist(command);
    } else {
      asked.emplace_back(line_.begin(command), &command);
    }
  }
  hear();
}

// The platform's clock beside ours, told when it has changed by more than answers take.
void SyncThread::compare_clocks() {
  const auto theirs = runner_->take_server_date();
  if (!theirs) return;
  const std::chrono::milliseconds ahead = *theirs - clock_.now();
  if (std::chrono::abs(ahead - told_ahead_) < worth_telling) return;
  told_ahead_ = ahead;
  line_.mention(core::ClockSeen{core::ClockWitness::platform, ahead});
}

void SyncThread::count(const syncing::Step& step) {
  const core::Instant now = waiting_.now();
  for (const core::Command& command : step.commands) {
    const auto* answered = command.as<core::OutboxAnswered>();
    if (!answered) continue;
    for (const core::OutboxAnswer& answer : answered->answers) {
      if (answer.fate == core::OutboxFate::done) sent_.push_back(now);
    }
  }
  while (!sent_.empty() && sent_.front() < now - std::chrono::minutes{1}) sent_.pop_front();
  progress_.sent_last_minute = static_cast<std::int64_t>(sent_.size());
  // By the minute, so that a quiet till draws no frame for it.
  const auto contact =
      std::max(runner_->last_contact(), sent_.empty() ? core::Instant{} : sent_.back());
  progress_.work = runner_->progress();
  // Shown to people, so by the clock on the wall.
  const auto ahead = contact == core::Instant{} ? core::Instant::duration{} : now - clock_.now();
  progress_.last_contact = std::chrono::floor<std::chrono::minutes>(contact - ahead);
}

DeviceState SyncThread::platform() const {
  const std::string& kind = outside_.settings.upstream.kind;
  DeviceState state;
  state.is_there = kind != "none";
  state.is_simulated = kind == "folder";
  const core::Instant contact = runner_->last_contact();
  if (const std::string& trouble = runner_->pull_trouble(); !trouble.empty()) {
    state.state = ui::State::warn;
    state.words = trouble;
  } else if (contact != core::Instant{}) {
    state.state = ui::State::ok;
    state.words = "Sync ready";
  }
  state.seen = std::chrono::floor<std::chrono::minutes>(contact);
  return state;
}

DeviceState SyncThread::mail_server() const {
  const std::string& kind = outside_.settings.mail.kind;
  DeviceState state;
  state.is_there = kind != "none";
  state.is_simulated = kind == "folder";
  const auto& last = runner_->last_mail();
  if (last.at == core::Instant{}) return state;
  state.state = last.trouble.empty() ? ui::State::ok : ui::State::warn;
  state.words = last.trouble.empty() ? "The last mail was taken" : last.trouble;
  state.seen = std::chrono::floor<std::chrono::minutes>(last.at);
  return state;
}

void SyncThread::show() {
  const DeviceState sync = platform(), mail = mail_server();
  const auto before = devices_.get();
  if (before->sync == sync && before->mail == mail && before->progress == progress_) return;
  devices_.update([&](Devices& devices) {
    devices.sync = sync;
    devices.mail = mail;
    devices.progress = progress_;
  });
  wake_();
}

}  // namespace pos
