// HTTP without a network: a test answers each request, or not yet.
#pragma once

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "sync/base/http.h"

namespace tests {

class FakeHttp final : public syncing::HttpClient {
 public:
  struct Open {
    std::uint64_t number;
    syncing::HttpRequest request;
  };

  std::uint64_t begin(syncing::HttpRequest request) override {
    all.push_back(request);
    open.push_back({++last_, std::move(request)});
    most_open = std::max(most_open, open.size());
    return last_;
  }
  std::vector<Ended> ended() override { return std::exchange(ended_, {}); }

  // Answers the oldest request; false: there is none.
  bool answer(syncing::Heard heard) {
    if (open.empty()) return false;
    ended_.push_back({open.front().number, std::move(heard)});
    open.pop_front();
    return true;
  }

  std::deque<Open> open;
  std::vector<syncing::HttpRequest> all;
  std::size_t most_open = 0;

 private:
  std::uint64_t last_ = 0;
  std::vector<Ended> ended_;
};

}  // namespace tests
