#include "sync/base/transfers.h"

#include <algorithm>

#include "core/base/ensure.h"

namespace syncing {

Transfers::~Transfers() {
  curl_multi_cleanup(multi_);
}

CURL* Transfers::make() {
  if (!multi_) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    ENSURE(ready == CURLE_OK);
    const std::lock_guard lock(mutex_);
    multi_ = curl_multi_init();
    ENSURE(multi_ != nullptr);
    if (is_woken_) curl_multi_wakeup(multi_);
  }
  CURL* transfer = curl_easy_init();
  ENSURE(transfer != nullptr);
  return transfer;
}

void Transfers::add(CURL* transfer, const void* owner) {
  curl_easy_setopt(transfer, CURLOPT_PRIVATE, const_cast<void*>(owner));
  ENSURE(curl_multi_add_handle(multi_, transfer) == CURLM_OK);
}

void Transfers::drop(CURL* transfer) {
  curl_multi_remove_handle(multi_, transfer);
  std::erase_if(ended_, [&](const EndedOf& e) { return e.ended.transfer == transfer; });
}

void Transfers::perform() {
  if (!multi_) return;
  int running = 0;
  curl_multi_perform(multi_, &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    // The message is gone once its handle is removed.
    const Ended ended{message->easy_handle, message->data.result};
    void* owner = nullptr;
    curl_easy_getinfo(ended.transfer, CURLINFO_PRIVATE, &owner);
    curl_multi_remove_handle(multi_, ended.transfer);
    ended_.push_back({owner, ended});
  }
}

std::vector<Transfers::Ended> Transfers::ended(const void* owner) {
  std::vector<Ended> taken;
  std::erase_if(ended_, [&](const EndedOf& e) {
    if (e.owner == owner) taken.push_back(e.ended);
    return e.owner == owner;
  });
  return taken;
}

void Transfers::wait(std::chrono::milliseconds at_most) {
  at_most = std::clamp<std::chrono::milliseconds>(at_most, {}, std::chrono::hours{1});
  if (!multi_) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, at_most, [&] { return is_woken_; });
    is_woken_ = false;
  } else {
    curl_multi_poll(multi_, nullptr, 0, static_cast<int>(at_most.count()), nullptr);
  }
}

void Transfers::wake() {
  const std::lock_guard lock(mutex_);
  is_woken_ = true;
  changed_.notify_one();
  if (multi_) curl_multi_wakeup(multi_);
}

}  // namespace syncing
