// The latest of something that one thread makes and another looks at. A mutex
// around a shared pointer: atomic<shared_ptr> trips ThreadSanitizer with g++ 12.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace pos {

template <class Value>
class Latest {
 public:
  explicit Latest(Value first = {}) : value_(std::make_shared<const Value>(std::move(first))) {}

  void publish(Value value) {
    auto made = std::make_shared<const Value>(std::move(value));
    const std::lock_guard lock(mutex_);
    value_ = std::move(made);
  }

  // Changes a copy; for values that several threads know a part of.
  template <class Change>
  void update(Change change) {
    const std::lock_guard lock(mutex_);
    Value copy = *value_;
    change(copy);
    value_ = std::make_shared<const Value>(std::move(copy));
  }

  std::shared_ptr<const Value> get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Value> value_;
};

}  // namespace pos
