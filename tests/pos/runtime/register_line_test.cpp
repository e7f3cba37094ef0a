// How a worker speaks to the register, with a register that is played by the test.
#include "pos/runtime/register_line.h"

#include <doctest/doctest.h>

#include <chrono>
#include <vector>

using namespace pos;
using namespace std::chrono_literals;

namespace {

const Reply well;
const Reply refused = core::Refusal{core::RefusalKind::rule, "No.", ""};
const Reply full = core::Refusal{core::RefusalKind::not_saved, "Not saved.", ""};

// Answers each command at once with the next of `replies`; one that has none waits.
struct Played {
  std::vector<Post> posts;
  std::deque<Reply> replies;
  RegisterLine line{[this](Post post) {
    posts.push_back(std::move(post));
    if (!replies.empty()) {
      answer(posts.size() - 1, replies.front());
      replies.pop_front();
    }
    return true;
  }};

  void answer(std::size_t post, const Reply& reply) {
    const Asker& asker = *posts[post].asker;
    asker.replies->push({asker.question, reply});
  }
};

}  // namespace

TEST_CASE("register line: a reply that comes late is not taken for the next one's") {
  Played played;
  CHECK_FALSE(played.line.ask(core::SyncNow{}, 1ms));
  played.replies = {well};
  // The late one first, as the register would give them.
  played.answer(0, refused);
  const auto reply = played.line.ask(core::SyncNow{}, 1000ms);
  REQUIRE(reply);
  CHECK_FALSE(*reply);
}

TEST_CASE("register line: of several questions each hears its own reply") {
  Played played;
  const auto first = played.line.begin(core::SyncNow{});
  const auto second = played.line.begin(core::SyncNow{});
  played.answer(0, refused);
  played.answer(1, well);
  CHECK(*played.line.wait_for(first) == refused);
  CHECK_FALSE(*played.line.wait_for(second));
}

TEST_CASE("register line: what could not be saved is told again until it is, in its order") {
  Played played;
  played.replies = {full, full, well, well};
  played.line.insist(core::OutboxAnswered{});
  played.line.insist(core::PrintAnswered{7, core::PrintFate::printed, ""});
  CHECK(played.line.owes());
  CHECK(played.posts.size() == 1);
  played.line.tell_owed();
  CHECK(played.line.owes());
  CHECK(played.posts.size() == 2);
  played.line.tell_owed();
  CHECK_FALSE(played.line.owes());
  REQUIRE(played.posts.size() == 4);
  CHECK(played.posts[2].command.is<core::OutboxAnswered>());
  CHECK(played.posts[3].command.is<core::PrintAnswered>());
}

TEST_CASE("register line: what is refused by a rule is not told again") {
  Played played;
  played.replies = {refused};
  played.line.insist(core::OutboxAnswered{});
  CHECK_FALSE(played.line.owes());
  CHECK(played.posts[0].asker->refusals == Refusals::to_both);
}

TEST_CASE("register line: a till that is stopping is not waited for") {
  RegisterLine line([](Post) { return false; });
  CHECK_FALSE(line.ask(core::SyncNow{}));
  line.insist(core::OutboxAnswered{});
  CHECK(line.owes());
}
