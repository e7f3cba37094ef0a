// A way to Shopify without a network: a test answers each request, or not yet.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "sync/upstream/shopify_wire.h"

namespace tests {

class FakeWire final : public syncing::shopify::Wire {
 public:
  struct Request {
    std::uint64_t id;
    syncing::shopify::Json body;
    std::string operation() const { return syncing::shopify::text_at(body, "operationName"); }
  };

  void begin(std::uint64_t id, std::string body) override {
    auto json = syncing::shopify::Json::parse(body);
    said.push_back(syncing::shopify::text_at(json, "operationName"));
    open.push_back({id, std::move(json)});
    most_open = std::max(most_open, open.size());
  }
  std::vector<Ended> ended() override { return std::exchange(ended_, {}); }

  // Answers the oldest request; false: there is none.
  bool answer(const syncing::shopify::Heard& heard) {
    if (open.empty()) return false;
    ended_.push_back({open.front().id, heard});
    open.pop_front();
    return true;
  }

  std::deque<Request> open;
  std::vector<std::string> said;  // every operation, in order
  std::size_t most_open = 0;

 private:
  std::vector<Ended> ended_;
};

}  // namespace tests
