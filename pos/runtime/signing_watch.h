// Watches how long a customer waits for a signing device. What was told it must be ended, one
// after the other, each within the patience; else `overdue` is called for the first that is
// not, once, and the others are forgotten: nobody waits for them any longer.
//
// A thread of its own, for the worker's may hang in the device. Any thread may call it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

#include "core/fiscal/signing_effects.h"
#include "pos/runtime/worker.h"

namespace pos {

class SigningWatch {
 public:
  using Overdue = std::function<void(const core::SignStep&)>;
  SigningWatch(std::chrono::milliseconds patience, Overdue overdue);
  ~SigningWatch();

  void told(const core::SignStep& step);
  void ended();  // the first of them, or none where they were forgotten
  void stop();

 private:
  using Steady = std::chrono::steady_clock;
  void loop();

  std::chrono::milliseconds patience_;
  Overdue overdue_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<core::SignStep> waiting_;
  std::size_t forgotten_ = 0;  // told, not ended, and no longer waited for
  Steady::time_point since_;
  bool is_stopped_ = false;
  Worker worker_;
};

}  // namespace pos
