#include "pos/runtime/signing_work.h"

#include <algorithm>
#include <random>
#include <utility>
#include <variant>

#include "core/base/text.h"
#include "drivers/signing/proof.h"

namespace pos {

namespace {

using std::chrono::milliseconds;

// Another till that has the device, or an export: not in step with the others that wait.
constexpr milliseconds shortest_wait{50}, longest_wait{250};
// A self-test that falls due sooner is made before the shop opens.
constexpr std::int64_t self_test_soon_s = 2 * 60 * 60;
// Its clock is set anew where it is further off.
constexpr milliseconds clock_is_off{30'000};

drivers::SigningStep device_step(const core::SignStep& step, std::int64_t last_counter) {
  drivers::SigningStep told;
  told.verb = step.verb == core::SigningVerb::start ? drivers::SigningVerb::start
                                                    : drivers::SigningVerb::finish;
  told.id = core::to_text(step.transaction);
  told.client = step.client;
  told.transaction = step.number;
  told.process_type = step.process_type;
  told.process_data = step.process_data;
  told.last_counter = std::max(step.last_counter, last_counter);
  return told;
}

// Whether the device has signed what it was told, and nothing else: a start that was another
// till's, or an older one's, would give the receipt a transaction that is not its own.
bool is_proven(const core::SignStep& step, const drivers::SigningStatus& device,
               const drivers::Signature& signature) {
  drivers::FinishedTransaction said{step.client,           step.process_type,  step.process_data,
                                    signature.transaction, signature.counter,  signature.time,
                                    device.algorithm,      device.time_format, signature.value,
                                    device.public_key};
  const bool begins = step.verb == core::SigningVerb::start;
  if (begins) said.id = core::to_text(step.transaction);
  const auto proof = begins ? drivers::prove_start(said) : drivers::prove(said);
  // A curve or an algorithm that we do not know is no reason to stop a shop.
  return proof || proof.error() != drivers::ProofFault::signature;
}

core::SigningAnswer answer_of(const drivers::SigningFailure& failure) {
  if (failure.fault == drivers::SigningFault::lost) {
    return core::SignatureLost{failure.says, failure.detail};
  }
  return core::NotSigned{failure.says, failure.detail,
                         failure.fault == drivers::SigningFault::refused};
}

milliseconds random_wait() {
  static thread_local std::minstd_rand dice{std::random_device{}()};
  std::uniform_int_distribution<milliseconds::rep> spread(shortest_wait.count(),
                                                          longest_wait.count());
  return milliseconds{spread(dice)};
}

}  // namespace

SigningWork::SigningWork(drivers::SigningDevice& device, std::string kind, const core::Clock& clock,
                         Ask ask, Pause pause)
    : device_(device),
      kind_(std::move(kind)),
      clock_(clock),
      ask_(std::move(ask)),
      pause_(std::move(pause)) {}

// Another device than the one that was looked at is for the register to refuse.
bool SigningWork::is_answer_of(const core::SignStep& step,
                               const drivers::Signature& signature) const {
  if (status_ && signature.serial != status_->serial) return true;
  const std::int64_t seen = std::max(step.last_counter, last_counter_);
  return signature.counter > seen && (!status_ || is_proven(step, *status_, signature));
}

void SigningWork::heed_clock(const drivers::Signature& signature) {
  ahead_ = std::chrono::floor<milliseconds>(signature.time - clock_.now());
  ahead_now_ = ahead_;
  if (status_ && status_->takes_tills_time && std::chrono::abs(ahead_) > clock_is_off) {
    is_prepared_ = false;
  }
}

core::SigningAnswer SigningWork::answer_of(const core::SignStep& step,
                                           const drivers::Signature& signature) {
  const bool is_known = status_ && signature.serial == status_->serial;
  if (is_known && !is_proven(step, *status_, signature)) {
    return core::NotSigned{"The security device's signature does not verify.",
                           core::to_text(step.transaction)};
  }
  last_counter_ = std::max(last_counter_, signature.counter);
  return core::DeviceSignature{signature.transaction, signature.counter, signature.time,
                               signature.value, signature.serial};
}

core::SigningAnswer SigningWork::recover(const core::SignStep& step) {
  const auto found = device_.recover(device_step(step, last_counter_));
  if (!found) {
    // Whatever keeps it from telling: what became of the step is not known.
    return core::SignatureLost{found.error().says, found.error().detail};
  }
  if (const auto* signature = std::get_if<drivers::Signature>(&*found)) {
    return answer_of(step, *signature);
  }
  return core::NeverReached{};
}

core::SigningAnswer SigningWork::send(const core::SignStep& step) {
  const bool begins = step.verb == core::SigningVerb::start;
  bool was_lost = false;
  for (;;) {
    const auto told = device_step(step, last_counter_);
    const auto signature = begins ? device_.start(told) : device_.finish(told);
    if (signature && is_answer_of(step, *signature)) {
      heed_clock(*signature);
      return answer_of(step, *signature);
    }
    if (!signature) {
      const drivers::SigningFailure& failure = signature.error();
      if (failure.fault == drivers::SigningFault::busy && pause_(random_wait())) continue;
      if (failure.fault != drivers::SigningFault::lost) return pos::answer_of(failure);
    }
    // Lost, or the answer to something else: the device tells what became of this.
    core::SigningAnswer found = recover(step);
    // It never got there: once more, and then it is an outage.
    if (!std::holds_alternative<core::NeverReached>(found)) return found;
    if (was_lost && signature) return answer_of(step, *signature);
    if (was_lost) return core::NotSigned{signature.error().says, signature.error().detail};
    was_lost = true;
  }
}

void SigningWork::carry_out(const core::SignStep& step) {
  const auto reply = ask_(core::SigningBegins{step.transaction, step.verb, step.asks});
  if (!reply || *reply) return;
  ahead_now_.reset();
  core::SigningAnswer answer = step.asks ? recover(step) : send(step);
  ask_(core::SigningAnswered{step.transaction, step.verb, std::move(answer), ahead_now_});
}

bool SigningWork::is_away(std::string says, std::string detail) {
  trouble_ = says;
  ask_(core::SigningDeviceAway{std::move(says), std::move(detail)});
  return false;
}

// What the register says to it; nothing: it may be set.
std::optional<core::Refusal> SigningWork::why_not_set_time(const std::string& serial,
                                                           bool is_asked) {
  const auto reply = ask_(core::SigningSetsTime{serial, is_asked});
  return reply ? *reply : core::Refusal{};
}

drivers::Signing<drivers::SigningStatus> SigningWork::ready_status(const std::string& client,
                                                                   bool is_asked) {
  auto status = device_.status();
  if (!status) return status;
  using drivers::SigningState;
  if (status->state == SigningState::not_set_up && kind_ == "software") {
    if (auto made = device_.set_up({"", "", "", client}, clock_.now()); !made) {
      return tl::unexpected(made.error());
    }
    status = device_.status();
    if (!status) return status;
  }
  const bool is_soon = status->seconds_to_self_test.value_or(self_test_soon_s) < self_test_soon_s;
  const bool is_known = std::ranges::find(status->clients, client) != status->clients.end();
  const bool is_ready = status->state == SigningState::ready && status->has_time && is_known;
  if (status->state == SigningState::not_set_up || status->state == SigningState::worn_out ||
      (is_ready && is_prepared_ && !is_soon && !is_asked)) {
    return status;
  }
  if (status->takes_tills_time) {
    if (const auto no = why_not_set_time(status->serial, is_asked)) {
      // One that can sign does, by the time that it has.
      if (status->state == SigningState::ready && status->has_time) return status;
      return tl::unexpected(
          drivers::SigningFailure{drivers::SigningFault::busy, no->text, no->detail});
    }
  }
  if (auto prepared = device_.prepare(client, clock_.now()); !prepared) {
    return tl::unexpected(prepared.error());
  }
  is_prepared_ = true;
  ahead_ = {};
  return device_.status();
}

core::SigningDeviceSeen SigningWork::seen(const drivers::SigningStatus& status,
                                          const std::string& client) {
  if (certificates_of_ != status.serial) {
    if (auto chain = device_.certificates()) {
      certificates_ = std::move(*chain);
      certificates_of_ = status.serial;
    }
  }
  core::SigningDeviceSeen seen;
  core::SigningDeviceFacts& facts = seen.device;
  const core::Instant now = clock_.now();
  facts.serial = status.serial;
  facts.kind = kind_;
  facts.public_key = status.public_key;
  facts.algorithm = status.algorithm;
  facts.time_format = status.time_format;
  facts.is_test = status.is_test;
  facts.certification = status.certification;
  facts.maker = status.maker;
  facts.version = status.version;
  facts.certificates = certificates_of_ == status.serial ? certificates_ : "";
  facts.certificate_end = status.certificate_end;
  facts.ahead = status.clock ? *status.clock - now : ahead_;
  facts.signatures_made = status.signatures_made;
  facts.signatures_left = status.signatures_left;
  facts.bytes_used = status.bytes_used;
  facts.bytes_in_all = status.bytes_in_all;
  if (status.seconds_to_self_test) {
    facts.self_test_due = now + std::chrono::seconds{*status.seconds_to_self_test};
  }
  if (const auto open = device_.open(client)) {
    for (const drivers::OpenTransaction& one : *open) seen.open.push_back(one.number);
  }
  return seen;
}

bool SigningWork::look(const std::string& client, bool is_asked) {
  if (is_asked) needs_person_.reset();
  if (needs_person_) return is_away(needs_person_->says, needs_person_->detail);
  const auto status = ready_status(client, is_asked);
  if (!status) {
    const drivers::SigningFailure& failure = status.error();
    if (failure.fault == drivers::SigningFault::needs_person) needs_person_ = failure;
    is_prepared_ = false;
    return is_away(failure.says, failure.detail);
  }
  status_ = *status;
  if (status->state == drivers::SigningState::not_set_up) {
    return is_away("The security device is not set up yet.", "");
  }
  if (status->state == drivers::SigningState::worn_out) {
    // A till whose clock runs ahead takes every certificate to be over.
    const auto no = why_not_set_time(status->serial, is_asked);
    if (no && !no->text.empty()) return is_away(no->text, no->detail);
    return is_away("The security device has come to its end: a new one is needed.", "");
  }
  trouble_.clear();
  const auto reply = ask_(seen(*status, client));
  return reply && !*reply;
}

}  // namespace pos
