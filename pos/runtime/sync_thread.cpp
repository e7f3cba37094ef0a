#include "pos/runtime/sync_thread.h"

#include "pos/mail_body.h"

namespace pos {

namespace {

// A reply that takes longer than this belongs to a till that is stopping.
constexpr std::chrono::seconds longest_commit{30};
constexpr std::chrono::minutes rules_every{10};

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
  auto runner = std::make_unique<syncing::Runner>(
      database_,
      syncing::runner_parts(
          outside_, mail_body(translations_, {settings.shop, outside_.folder / "templates"})));
  const std::lock_guard lock(runner_mutex_);
  runner_ = std::move(runner);
}

void SyncThread::take_messages() {
  while (auto message = messages_.try_pop()) {
    if (const auto* changed = std::get_if<UseOutside>(&*message)) {
      use(changed->settings);
    } else {
      runner_->wake();
    }
  }
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
    is_idle_ = step.idle && step.commands.empty();
    messages_.finished();
    show();
    if (!step.commands.empty()) continue;
    runner_->wait(std::chrono::duration_cast<std::chrono::milliseconds>(step.next - clock_.now()));
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

void SyncThread::show() {
  const std::string trouble = runner_->pull_trouble();
  DeviceState state{ui::State::ok, "Sync", outside_.settings.upstream.kind != "none"};
  if (!trouble.empty()) state = {ui::State::warn, trouble, true};
  const DeviceState before = devices_.get()->sync;
  if (before.words == state.words && before.is_there == state.is_there) return;
  devices_.update([&](Devices& devices) { devices.sync = state; });
  wake_();
}

}  // namespace pos
