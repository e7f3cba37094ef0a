#include "pos/runtime/signing_watch.h"

#include <utility>

namespace pos {

SigningWatch::SigningWatch(std::chrono::milliseconds patience, Overdue overdue)
    : patience_(patience), overdue_(std::move(overdue)) {
  worker_ = Worker("signing-watch", [this] { loop(); });
}

SigningWatch::~SigningWatch() {
  stop();
}

void SigningWatch::told(const core::SignStep& step) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) since_ = Steady::now();
    waiting_.push_back(step);
  }
  changed_.notify_all();
}

void SigningWatch::ended() {
  {
    const std::lock_guard lock(mutex_);
    if (forgotten_ > 0) {
      --forgotten_;
    } else if (!waiting_.empty()) {
      waiting_.pop_front();
    }
    since_ = Steady::now();
  }
  changed_.notify_all();
}

void SigningWatch::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

void SigningWatch::loop() {
  std::unique_lock lock(mutex_);
  while (!is_stopped_) {
    if (waiting_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto until = since_ + patience_;
    if (Steady::now() < until) {
      changed_.wait_until(lock, until);
      continue;
    }
    const core::SignStep first = std::move(waiting_.front());
    forgotten_ += waiting_.size();
    waiting_.clear();
    lock.unlock();
    overdue_(first);
    lock.lock();
  }
}

}  // namespace pos
