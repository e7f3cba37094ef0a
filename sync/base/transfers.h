// What libcurl is doing at the same time, and the one place where the sync
// thread waits. Lives on the sync thread; only `wake` may be called by others.
// Until the first transfer is made there is no libcurl: its TLS takes 1.7 MiB, and
// a till with neither platform nor mail server needs none.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/clock.h"

namespace syncing {

class Transfers {
 public:
  struct Ended {
    CURL* transfer;
    CURLcode code;
  };

  Transfers() = default;
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  // A new handle; whoever asked for it cleans it up.
  CURL* make();
  // The handle stays its owner's, who is found again by `owner`.
  void add(CURL* transfer, const void* owner);
  void drop(CURL* transfer);

  // Moves what can be moved, without waiting.
  void perform();
  // The transfers of this owner that have ended; they are no longer part of it.
  std::vector<Ended> ended(const void* owner);

  // The clock of a server, as an answer told it; once for each.
  void note_date(core::Instant date) { date_ = date; }
  std::optional<core::Instant> take_date() { return std::exchange(date_, std::nullopt); }

  // Waits until something can be moved, `wake` is called, or the time is over.
  void wait(std::chrono::milliseconds at_most);
  void wake();

 private:
  struct EndedOf {
    const void* owner;
    Ended ended;
  };
  std::vector<EndedOf> ended_;
  std::optional<core::Instant> date_;

  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  bool is_woken_ = false;
  CURLM* multi_ = nullptr;  // set by the sync thread, once
};

}  // namespace syncing
