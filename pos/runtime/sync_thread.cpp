#include "pos/runtime/sync_thread.h"

#include <spdlog/spdlog.h>

#include "pos/configuration.h"
#include "pos/mail_body.h"

namespace pos {

namespace {

// A reply that takes longer than this belongs to a till that is stopping.
constexpr std::chrono::seconds longest_commit{30};
constexpr std::chrono::minutes rules_every{10};

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
      translations_(translations),
      devices_(devices),
      post_back_(std::move(post_back)),
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
    outside_.upstream_key = configuration->secrets.upstream_key;
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
      mail_trial_.emplace(outside_, mail->address, translations_(mail->language), clock_.now());
    } else if (const auto* kept = std::get_if<KeepKey>(&*message)) {
      keep(kept->key);
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
  trial_until_ = clock_.now() + longest_trial;
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
  } else if (clock_.now() > trial_until_) {
    end_trial({TrialState::bad, "The platform does not answer. Look at the address.", {}});
  }
}

void SyncThread::look_at_mail_trial() {
  if (!mail_trial_) return;
  auto answer = mail_trial_->look(clock_.now());
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
  const auto kept = keep_upstream_key(outside_.folder, key);
  if (!kept) spdlog::error("{}", kept.error());
  use(core::Settings(outside_.settings));  // at once, though no setting has changed
}

void SyncThread::loop() {
  while (!messages_.is_closed()) {
    take_messages();
    syncing::Step step = runner_->step(clock_.now());
    // What only time brings: authorizations that lapse, a rule that was switched on.
    if (clock_.now() >= rules_due_) {
      rules_due_ = clock_.now() + rules_every;
      step.commands.emplace_back(core::ApplyRules{});
    }
    hand_over(step.commands);
    is_idle_ = step.idle && step.commands.empty() && !trial_ && !mail_trial_;
    messages_.finished();
    count(step);
    show();
    look_at_trial();
    look_at_mail_trial();
    if (!step.commands.empty()) continue;
    auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(step.next - clock_.now());
    if (trial_ || mail_trial_) pause = std::min(pause, trial_glance);
    runner_->wait(pause);
  }
}

// Waits until the register has written what was learnt, so that the next step
// finds it in the store.
void SyncThread::hand_over(const std::vector<core::Command>& commands) {
  std::size_t posted = 0;
  while (posted < commands.size() && post_back_(commands[posted], &replies_)) ++posted;
  for (std::size_t i = 0; i < posted; ++i) {
    const auto reply = replies_.pop(longest_commit);
    if (!reply) return;
    if (*reply) runner_->not_taken(commands[i], **reply);
  }
}

void SyncThread::count(const syncing::Step& step) {
  const core::Instant now = clock_.now();
  for (const core::Command& command : step.commands) {
    const auto* answered = std::get_if<core::OutboxAnswered>(&command);
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
  progress_.last_contact = std::chrono::floor<std::chrono::minutes>(contact);
}

void SyncThread::show() {
  const std::string trouble = runner_->pull_trouble();
  DeviceState state{ui::State::ok, "Sync ready", outside_.settings.upstream.kind != "none"};
  if (!trouble.empty()) state = {ui::State::warn, trouble, true};
  const auto before = devices_.get();
  const bool is_same = before->sync.words == state.words &&
                       before->sync.is_there == state.is_there && before->progress == progress_;
  if (is_same) return;
  devices_.update([&](Devices& devices) {
    devices.sync = state;
    devices.progress = progress_;
  });
  wake_();
}

}  // namespace pos
