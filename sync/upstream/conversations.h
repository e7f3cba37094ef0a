// Dialogues that are being held over HTTP, several at a time: asks each what to
// send next, sends it, and hands back what was heard, until it has its result.
// A dialogue is pure; it has
//
//   std::variant<HttpRequest, Result> next();
//   void hear(const Heard& heard);
//
// Lives on the sync thread.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "sync/http.h"

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
    dialogue.hear(ended.heard);
    go_on(row, std::move(dialogue));
    return true;
  }

  std::vector<Ended> ended() { return std::exchange(ended_, {}); }
  bool is_empty() const { return waiting_.empty() && ended_.empty(); }

 private:
  void go_on(std::int64_t row, Dialogue dialogue) {
    auto next = dialogue.next();
    if (auto* request = std::get_if<HttpRequest>(&next)) {
      const std::uint64_t number = http_->begin(std::move(*request));
      waiting_.emplace(number, std::pair{row, std::move(dialogue)});
    } else {
      ended_.push_back({row, std::get<Result>(std::move(next)), std::move(dialogue)});
    }
  }

  HttpClient* http_;
  std::unordered_map<std::uint64_t, std::pair<std::int64_t, Dialogue>> waiting_;
  std::vector<Ended> ended_;
};

}  // namespace syncing
