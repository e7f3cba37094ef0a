// A security device that a test holds in its hand: it answers when it is told to.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "drivers/signing/signing_device.h"

namespace tests {

class FakeTse final : public drivers::SigningDevice {
 public:
  // What the next calls meet; shared by the test and the worker.
  struct Hand {
    std::mutex mutex;
    std::condition_variable changed;
    bool hangs = false;         // a call waits until it is let go
    bool is_away = false;       // nothing gets there
    bool loses_answer = false;  // the next one, once
    int busy = 0;               // so many calls find another till there
    bool is_stopped = false;
    int prepared = 0, looked = 0;
    drivers::SigningSetup set_up_with;
    std::function<void()> before_set_up;
    std::vector<drivers::SigningStep> signed_steps;
    std::vector<drivers::Signature> signatures;
    std::int64_t transactions = 0;

    void let_go() {
      {
        const std::lock_guard lock(mutex);
        hangs = false;
      }
      changed.notify_all();
    }
    void set_away(bool away) {
      const std::lock_guard lock(mutex);
      is_away = away;
    }
    std::size_t signed_count() {
      const std::lock_guard lock(mutex);
      return signed_steps.size();
    }
  };

  explicit FakeTse(Hand& hand) : hand_(hand) {}

  drivers::Signing<drivers::SigningStatus> status() override {
    const std::lock_guard lock(hand_.mutex);
    ++hand_.looked;
    if (hand_.is_away) return tl::unexpected(away());
    drivers::SigningStatus status;
    status.state = drivers::SigningState::ready;
    status.serial = std::string(64, 'a');
    status.public_key = "no key";
    status.algorithm = "ecdsa-plain-SHA256";
    status.time_format = "unixTime";
    status.maker = "Test";
    status.is_test = true;
    status.clients = clients_;
    return status;
  }
  drivers::Signing<core::Done> prepare(const std::string& client, core::Instant) override {
    const std::lock_guard lock(hand_.mutex);
    if (hand_.is_away) return tl::unexpected(away());
    ++hand_.prepared;
    clients_ = {client};
    return core::Done{};
  }
  drivers::Signing<drivers::Signature> start(const drivers::SigningStep& step) override {
    return sign(step);
  }
  drivers::Signing<drivers::Signature> finish(const drivers::SigningStep& step) override {
    return sign(step);
  }
  drivers::Signing<drivers::Recovered> recover(const drivers::SigningStep& step) override {
    const std::lock_guard lock(hand_.mutex);
    if (hand_.is_away) return tl::unexpected(away());
    for (std::size_t i = hand_.signed_steps.size(); i-- > 0;) {
      const drivers::SigningStep& done = hand_.signed_steps[i];
      if (done.id == step.id && done.verb == step.verb) return hand_.signatures[i];
    }
    return drivers::NotSigned{};
  }
  drivers::Signing<std::vector<drivers::OpenTransaction>> open(const std::string&) override {
    return std::vector<drivers::OpenTransaction>{};
  }
  drivers::Signing<core::Done> archive(const drivers::ArchiveSpan&,
                                       const drivers::ArchiveSink&) override {
    return core::Done{};
  }
  drivers::Signing<core::Done> discard_archived() override { return core::Done{}; }
  drivers::Signing<std::string> certificates() override { return std::string("PEM"); }
  drivers::Signing<core::Done> set_up(const drivers::SigningSetup& setup, core::Instant) override {
    const std::lock_guard lock(hand_.mutex);
    hand_.set_up_with = setup;
    if (hand_.before_set_up) hand_.before_set_up();
    return core::Done{};
  }
  drivers::Signing<core::Done> unblock(const drivers::SigningSetup&) override {
    return core::Done{};
  }
  void request_stop() override {
    {
      const std::lock_guard lock(hand_.mutex);
      hand_.is_stopped = true;
    }
    hand_.changed.notify_all();
  }

 private:
  static drivers::SigningFailure away() {
    return {drivers::SigningFault::unreachable, "The security device cannot be reached.", ""};
  }
  drivers::Signing<drivers::Signature> sign(const drivers::SigningStep& step) {
    std::unique_lock lock(hand_.mutex);
    hand_.changed.wait(lock, [&] { return !hand_.hangs || hand_.is_stopped; });
    if (hand_.is_away || hand_.is_stopped) return tl::unexpected(away());
    if (hand_.busy > 0) {
      --hand_.busy;
      return tl::unexpected(drivers::SigningFailure{drivers::SigningFault::busy,
                                                    "Another till uses the security device.", ""});
    }
    drivers::Signature signature;
    signature.transaction =
        step.verb == drivers::SigningVerb::start ? ++hand_.transactions : step.transaction;
    signature.counter = static_cast<std::int64_t>(hand_.signed_steps.size()) + 1;
    signature.time = core::SystemClock().now();
    signature.value = "signed";
    signature.serial = std::string(64, 'a');
    hand_.signed_steps.push_back(step);
    hand_.signatures.push_back(signature);
    if (std::exchange(hand_.loses_answer, false)) {
      return tl::unexpected(
          drivers::SigningFailure{drivers::SigningFault::lost, "The answer was lost.", ""});
    }
    return signature;
  }

  Hand& hand_;
  std::vector<std::string> clients_;
};

}  // namespace tests
