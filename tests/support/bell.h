#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace tests {

// Wakes the test as the window would be woken.
class Bell {
 public:
  void ring() {
    {
      const std::lock_guard lock(mutex_);
      ++rings_;
    }
    rang_.notify_all();
  }
  // Until `holds`, looked at after each ring. False: it never came to hold.
  template <class Condition>
  bool wait_until(Condition holds) {
    std::unique_lock lock(mutex_);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    for (;;) {
      const auto heard = rings_;
      lock.unlock();
      if (holds()) return true;
      lock.lock();
      if (std::chrono::steady_clock::now() > end) return false;
      rang_.wait_for(lock, std::chrono::milliseconds{50}, [&] { return rings_ != heard; });
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable rang_;
  std::uint64_t rings_ = 0;
};

}  // namespace tests
