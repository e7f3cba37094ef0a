// A bounded queue of messages between two threads. Messages are values.
// Any thread may call anything.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace pos {

template <class Message>
class Queue {
 public:
  explicit Queue(std::size_t capacity = 4096) : capacity_(capacity) {}

  // False, and nothing is added, when the queue is full or closed. Never waits.
  bool push(Message message) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_ || messages_.size() >= capacity_) return false;
      messages_.push_back(std::move(message));
    }
    arrived_.notify_one();
    return true;
  }

  // The oldest message; nothing when `patience` is over or the queue is closed.
  // Until `finished` is called the queue counts as busy.
  std::optional<Message> pop(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, patience, [&] { return closed_ || !messages_.empty(); });
    return take();
  }
  std::optional<Message> pop() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return closed_ || !messages_.empty(); });
    return take();
  }
  // A pause of whoever takes from it: so long, or until it is closed, which is false.
  bool stays_open_for(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return !arrived_.wait_for(lock, time, [&] { return closed_; });
  }
  std::optional<Message> try_pop() {
    const std::lock_guard lock(mutex_);
    return take();
  }

  // The one who popped has dealt with all that it took.
  void finished() {
    const std::lock_guard lock(mutex_);
    busy_ = false;
  }

  // Ends every wait; what is still there is popped before the end.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    arrived_.notify_all();
  }

  bool is_closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }
  bool is_empty() const {
    const std::lock_guard lock(mutex_);
    return messages_.empty();
  }
  // Nothing waits and nothing is being dealt with.
  bool is_idle() const {
    const std::lock_guard lock(mutex_);
    return messages_.empty() && !busy_;
  }

 private:
  std::optional<Message> take() {
    if (messages_.empty()) return {};
    std::optional<Message> message(std::move(messages_.front()));
    messages_.pop_front();
    busy_ = true;
    return message;
  }

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Message> messages_;
  std::size_t capacity_;
  bool closed_ = false;
  bool busy_ = false;
};

}  // namespace pos
