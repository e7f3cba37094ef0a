// Dialogues that are being held over HTTP, several at a time: asks each what to
// send next, sends it, and hands back what was heard, until it has its result.
// A dialogue is pure; it has
//
//   std::variant<HttpRequest, Result> next();
//   void hear(const Heard& heard);
//
// A request that must be alone waits for the one before it, and its dialogue
// with it; all others go on beside it. Where the answer to such a request was
// lost the server may still be busy with it: those that wait are told that it
// cannot be reached, and come again after the pause that follows from that.
//
// Lives on the sync thread.
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "sync/base/http.h"

namespace syncing {

template <class Dialogue, class Result>
class Conversations {
 public:
  // The client must outlive it.
  explicit Conversations(HttpClient& http) : http_(&http) {}

  struct Ended {
    std::int64_t row = 0;
    Result result;
    Dialogue dialogue;
  };

  void begin(std::int64_t row, Dialogue dialogue) { go_on(row, std::move(dialogue)); }

  // Whether the answer was for one of these.
  bool take(const HttpClient::Ended& ended) {
    const auto at = waiting_.find(ended.number);
    if (at == waiting_.end()) return false;
    auto [row, dialogue] = std::move(at->second);
    waiting_.erase(at);
    if (ended.number == alone_) end_alone(ended.heard);
    dialogue.hear(ended.heard);
    go_on(row, std::move(dialogue));
    return true;
  }

  std::vector<Ended> ended() { return std::exchange(ended_, {}); }
  bool is_empty() const { return waiting_.empty() && ended_.empty(); }

 private:
  struct Held {
    std::int64_t row = 0;
    Dialogue dialogue;
    HttpRequest request;
  };

  void go_on(std::int64_t row, Dialogue dialogue) {
    auto next = dialogue.next();
    if (auto* request = std::get_if<HttpRequest>(&next)) {
      Held held{row, std::move(dialogue), std::move(*request)};
      if (held.request.alone && alone_ != 0) {
        queue_.push_back(std::move(held));
      } else {
        send(std::move(held));
      }
    } else {
      ended_.push_back({row, std::get<Result>(std::move(next)), std::move(dialogue)});
    }
  }

  void send(Held held) {
    const bool is_alone = held.request.alone;
    const std::uint64_t number = http_->begin(std::move(held.request));
    if (is_alone) alone_ = number;
    waiting_.emplace(number, std::pair{held.row, std::move(held.dialogue)});
  }

  void end_alone(const Heard& heard) {
    alone_ = 0;
    if (heard.may_have_arrived) {
      Heard unsent;
      unsent.trouble = heard.trouble;
      for (Held& held : std::exchange(queue_, {})) {
        held.dialogue.hear(unsent);
        go_on(held.row, std::move(held.dialogue));
      }
      return;
    }
    if (queue_.empty()) return;
    Held next = std::move(queue_.front());
    queue_.pop_front();
    send(std::move(next));
  }

  HttpClient* http_;
  std::unordered_map<std::uint64_t, std::pair<std::int64_t, Dialogue>> waiting_;
  std::deque<Held> queue_;   // for their turn to be alone
  std::uint64_t alone_ = 0;  // the request that is; 0: none
  std::vector<Ended> ended_;
};

}  // namespace syncing
