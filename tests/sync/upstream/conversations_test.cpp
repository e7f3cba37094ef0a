#include "sync/upstream/conversations.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/fake_http.h"

namespace {

using namespace syncing;
using tests::FakeHttp;

// Asks for its one thing and has what was heard as its result.
struct Question {
  HttpRequest request;
  std::optional<std::string> heard;

  std::variant<HttpRequest, std::string> next() {
    if (heard) return *heard;
    return request;
  }
  void hear(const Heard& answer) { heard = answer.trouble.empty() ? answer.body : answer.trouble; }
};

Question question(std::string url, bool alone) {
  return {{"POST", std::move(url), {}, "", alone}, {}};
}

}  // namespace

TEST_CASE("conversations: stock is moved by one request at a time, all else goes on beside it") {
  FakeHttp http;
  Conversations<Question, std::string> talks(http);
  talks.begin(1, question("first", true));
  talks.begin(2, question("second", true));
  talks.begin(3, question("beside", false));
  talks.begin(4, question("third", true));
  std::vector<std::string> sent;
  const auto answer = [&] {
    for (const auto& open : http.open) sent.push_back(open.request.url);
    sent.emplace_back("/");
    while (http.answer({200, {}, "good", "", false, {}})) {
    }
    for (const auto& ended : http.ended()) CHECK(talks.take(ended));
  };
  while (!http.open.empty()) answer();
  CHECK(sent == std::vector<std::string>{"first", "beside", "/", "second", "/", "third", "/"});
  CHECK(talks.ended().size() == 4);
  CHECK(talks.is_empty());
}

TEST_CASE("conversations: behind a lost answer nothing moves stock until it comes again") {
  FakeHttp http;
  Conversations<Question, std::string> talks(http);
  talks.begin(1, question("first", true));
  talks.begin(2, question("second", true));
  CHECK(http.answer({0, {}, "", "The answer was lost.", true, {}}));
  for (const auto& ended : http.ended()) CHECK(talks.take(ended));
  CHECK(http.open.empty());
  const auto ended = talks.ended();
  REQUIRE(ended.size() == 2);
  CHECK(ended[0].row == 2);
  CHECK(ended[0].result == "The answer was lost.");
  talks.begin(2, question("second", true));
  CHECK(http.open.size() == 1);
}
