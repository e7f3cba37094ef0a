#include "sync/transfers.h"

#include <algorithm>

#include "core/base/ensure.h"

namespace syncing {

namespace {

CURLM* made_multi() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  ENSURE(ready == CURLE_OK);
  CURLM* multi = curl_multi_init();
  ENSURE(multi != nullptr);
  return multi;
}

}  // namespace

Transfers::Transfers() : multi_(made_multi()) {}

Transfers::~Transfers() {
  curl_multi_cleanup(multi_);
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
  curl_multi_poll(multi_, nullptr, 0,
                  static_cast<int>(std::clamp<std::int64_t>(at_most.count(), 0, 3'600'000)),
                  nullptr);
}

void Transfers::wake() {
  curl_multi_wakeup(multi_);
}

}  // namespace syncing
