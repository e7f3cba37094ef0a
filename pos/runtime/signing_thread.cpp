#include "pos/runtime/signing_thread.h"

#include <spdlog/spdlog.h>

#include <thread>
#include <utility>

#include "pos/runtime/signing_archive.h"
#include "pos/runtime/signing_setup.h"

namespace pos {

namespace {

using SigningSteady = std::chrono::steady_clock;

// A device that another till uses, or that exports, is waited for no longer than this.
constexpr std::chrono::milliseconds longest_busy{3500};

// A change of how receipts look is no reason to log in and test anew.
bool is_same_device(const core::FiscalSettings& a, const core::FiscalSettings& b) {
  return a.device == b.device && a.address == b.address && a.device_id == b.device_id &&
         a.client_id == b.client_id && a.authority == b.authority;
}

}  // namespace

SigningThread::SigningThread(std::string client, std::filesystem::path folder, Make make,
                             Latest<Devices>& devices, const core::Clock& clock, PostBack post_back,
                             Wake wake, SigningTimes times)
    : client_(std::move(client)),
      folder_(std::move(folder)),
      make_(std::move(make)),
      devices_(devices),
      clock_(clock),
      line_(post_back),
      post_back_(std::move(post_back)),
      wake_(std::move(wake)),
      times_(times),
      quiet_since_(SigningSteady::now()),
      watch_(times.patience, [this](const core::SignStep& step) {
        post_back_({core::SigningOverdue{step.transaction, step.verb}, {}, {}});
      }) {
  worker_ = Worker("signing", [this] { loop(); });
}

SigningThread::~SigningThread() {
  stop();
}

void SigningThread::stop() {
  messages_.close();
  {
    const std::lock_guard lock(guard_);
    if (device_) device_->request_stop();
  }
  worker_.join();
  watch_.stop();
}

// What was signed must get onto the disk; all else can be asked again.
std::optional<Reply> SigningThread::say(core::Command command) {
  if (!command.is<core::SigningAnswered>()) return line_.ask(std::move(command));
  line_.insist(std::move(command));
  return Reply{};
}

// While another till has the device.
bool SigningThread::pause(std::chrono::milliseconds time) {
  if (messages_.is_closed() || SigningSteady::now() + time > step_began_ + longest_busy) {
    return false;
  }
  return messages_.stays_open_for(time);
}

bool SigningThread::tell(SigningMessage message) {
  if (const auto* step = std::get_if<core::SignStep>(&message)) {
    watch_.told(*step);
    // An archive can wait, a customer cannot.
    if (is_archiving_) {
      const std::lock_guard lock(guard_);
      if (device_) device_->request_stop();
    }
  }
  return messages_.push(std::move(message));
}

void SigningThread::loop() {
  while (!messages_.is_closed()) {
    auto message = device_ ? messages_.pop(patience()) : messages_.pop();
    if (messages_.is_closed()) return;
    if (message) {
      deal_with(std::move(*message));
    } else if (line_.owes()) {
      line_.tell_owed();
    } else {
      look(false);
      archive_if_quiet();
    }
    messages_.finished();
  }
}

std::chrono::milliseconds SigningThread::patience() const {
  if (line_.owes()) return tell_again_after;
  const bool is_well = is_ready_ && work_ && work_->is_prepared();
  return is_well ? times_.look_every : times_.probe_every;
}

void SigningThread::deal_with(SigningMessage message) {
  if (const auto* step = std::get_if<core::SignStep>(&message)) {
    step_began_ = SigningSteady::now();
    if (work_) work_->carry_out(*step);
    quiet_since_ = SigningSteady::now();
    watch_.ended();
  } else if (const auto* probe = std::get_if<core::ProbeSigningDevice>(&message)) {
    // An outage has begun: it is looked at again in a while, or at once where a person asks.
    is_ready_ = false;
    if (probe->is_asked) look(true);
    show();
  } else if (const auto* wish = std::get_if<SigningWish>(&message)) {
    serve(*wish);
  } else {
    use(std::move(std::get<UseSigning>(message).settings));
  }
}

void SigningThread::use(core::FiscalSettings settings) {
  const bool is_same = work_ && is_same_device(settings, settings_);
  settings_ = std::move(settings);
  if (is_same) return;
  make_anew();
  look(false);
  show();
}

void SigningThread::make_anew() {
  work_.reset();
  is_ready_ = false;
  auto made = settings_.device != "none" ? make_(settings_) : nullptr;
  {
    const std::lock_guard lock(guard_);
    device_ = std::move(made);
  }
  if (device_) {
    work_ = std::make_unique<SigningWork>(
        *device_, settings_.device, clock_,
        [this](core::Command command) { return say(std::move(command)); },
        [this](std::chrono::milliseconds time) { return pause(time); });
  }
}

// --- the assistant ---

namespace {

SigningFound found_bad(const drivers::SigningFailure& failure) {
  SigningFound found;
  found.state = TrialState::bad;
  found.words = failure.says;
  return found;
}

}  // namespace

// At fiskaly the till chooses them, and writes them down before anything is made there.
void SigningThread::choose_ids() {
  if (settings_.device != "fiskaly") return;
  for (const auto& [key, id] : {std::pair("fiscal.device_id", &settings_.device_id),
                                std::pair("fiscal.client_id", &settings_.client_id)}) {
    if (!id->empty()) continue;
    const std::string chosen = core::to_text(ids_.next(clock_.now()));
    const auto reply = line_.ask(core::ChangeSetting{key, chosen});
    if (reply && !*reply) *id = chosen;
  }
}

SigningFound SigningThread::look_for_it() {
  if (!device_) return found_bad(no_device_chosen());
  const auto status = device_->status();
  if (!status) return found_bad(status.error());
  SigningFound found;
  found.state = TrialState::good;
  found.maker = status->maker;
  found.serial = status->serial;
  found.is_new = status->state == drivers::SigningState::not_set_up;
  return found;
}

SigningFound SigningThread::set_it_up(const SigningWish& wish) {
  choose_ids();
  const auto done = set_up_device(wish, client_, folder_, clock_.now(), [this] {
    make_anew();
    return device_.get();
  });
  if (!done) return found_bad(done.error());
  if (wish.kind == SigningWish::Kind::keep_keys) return look_for_it();
  look(true);
  SigningFound found = look_for_it();
  if (found.state == TrialState::good && !is_ready_) {
    found.state = TrialState::bad;
    found.words = work_ ? work_->trouble() : "";
  }
  return found;
}

void SigningThread::serve(const SigningWish& wish) {
  SigningFound found = wish.kind == SigningWish::Kind::look ? look_for_it() : set_it_up(wish);
  devices_.update([&](Devices& devices) {
    found.puk = devices.signing_found.puk;
    devices.signing_found = found;
  });
  show();
  wake_();
}

void SigningThread::look(bool is_asked) {
  if (!work_) return;
  is_ready_ = work_->look(client_, is_asked);
  show();
}

// What could not be fetched is tried again after the next quiet time.
void SigningThread::archive_if_quiet() {
  if (!is_ready_ || settings_.archive != "nightly" || folder_.empty()) return;
  if (SigningSteady::now() - quiet_since_ < times_.quiet) return;
  if (clock_.now() - last_archive(folder_) < times_.archive_every) return;
  is_archiving_ = true;
  const bool discards = settings_.discard == "on";
  const auto file = archive_device(*device_, folder_, clock_.now(), discards);
  is_archiving_ = false;
  quiet_since_ = SigningSteady::now();
  if (!file) {
    spdlog::warn("security device: {}", file.error());
    return;
  }
  line_.ask(core::SigningArchived{work_->status()->serial, file->filename().string()});
  if (!discards) return;
  if (const auto done = device_->discard_archived(); !done) {
    spdlog::warn("security device: {}", done.error().says);
  }
}

void SigningThread::show() {
  DeviceState state;
  state.is_there = device_ != nullptr;
  if (work_ && work_->status()) state.is_simulated = work_->status()->is_test;
  if (is_ready_) {
    state.state = ui::State::ok;
    state.words = "Security device ready";
  } else if (device_) {
    state.state = ui::State::bad;
    state.words = work_->trouble().empty() ? "Security device away" : work_->trouble();
  }
  state.seen = std::chrono::floor<std::chrono::minutes>(clock_.now());
  const DeviceState before = devices_.get()->signing;
  if (before == state) return;
  devices_.update([&](Devices& devices) { devices.signing = state; });
  if (before.words != state.words || before.state != state.state) wake_();
}

}  // namespace pos
