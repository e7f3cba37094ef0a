// What libcurl is doing at the same time, and the one place where the sync
// thread waits. Lives on the sync thread; only `wake` may be called by others.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <vector>

namespace syncing {

class Transfers {
 public:
  struct Ended {
    CURL* transfer;
    CURLcode code;
  };

  Transfers();
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  // The handle stays its owner's, who is found again by `owner`.
  void add(CURL* transfer, const void* owner);
  void drop(CURL* transfer);

  // Moves what can be moved, without waiting.
  void perform();
  // The transfers of this owner that have ended; they are no longer part of it.
  std::vector<Ended> ended(const void* owner);

  // Waits until something can be moved, `wake` is called, or the time is over.
  void wait(std::chrono::milliseconds at_most);
  void wake();

 private:
  struct EndedOf {
    const void* owner;
    Ended ended;
  };
  CURLM* multi_;
  std::vector<EndedOf> ended_;
};

}  // namespace syncing
