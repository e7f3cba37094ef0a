// A till's talk with the host of an Epson TSE, over wires that say what a test wants.
#include "drivers/signing/epson/dialogue.h"

#include <doctest/doctest.h>

#include <deque>

namespace epson_dialogue_tests {

using namespace drivers;
using namespace drivers::epson;

namespace {

const std::string greeting =
    std::string("<connect><data><client_id>sock1</client_id></data></connect>") + '\0';
const std::string opened = std::string("<open_device><code>OK</code></open_device>") + '\0';
const std::string closed = std::string("<close_device><code>OK</code></close_device>") + '\0';
const std::string taken_up = std::string("<reconnect><code>OK</code></reconnect>") + '\0';
const std::string hang_up = "hang up";

std::string result(const std::string& json) {
  return "<device_data><data><success>true</success><code>SUCCESS</code><resultdata>" + json +
         "</resultdata></data><data_id>9</data_id></device_data>" + '\0';
}
std::string good(const std::string& function) {
  return result(R"({"result":"EXECUTION_OK","function":")" + function + R"(","output":{}})");
}

// What each connection says: first by itself, then to each message that it hears.
struct Wires {
  std::deque<std::deque<std::string>> connections;
  std::vector<std::string> heard;
  int opened = 0;
};

class ScriptedHost final : public Transport {
 public:
  explicit ScriptedHost(Wires& wires) : wires_(wires) {}
  core::Result<core::Done, LinkError> open(Milliseconds) override {
    ++wires_.opened;
    if (wires_.connections.empty()) return tl::unexpected(LinkError::refused);
    answers_ = wires_.connections.front();
    wires_.connections.pop_front();
    say_next();
    return core::Done{};
  }
  core::Result<std::size_t, LinkError> write(ByteView bytes, Milliseconds) override {
    if (is_over_) return tl::unexpected(LinkError::cut);
    const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    wires_.heard.push_back(text.substr(0, text.find('>') + 1));
    say_next();
    return bytes.size();
  }
  core::Result<Bytes, LinkError> read(Milliseconds) override {
    if (waiting_.empty()) return tl::unexpected(is_over_ ? LinkError::cut : LinkError::timed_out);
    const std::string part = waiting_.substr(0, 65'536);
    waiting_.erase(0, part.size());
    return Bytes(part.begin(), part.end());
  }
  void close() override {}
  bool answers() const override { return true; }

 private:
  void say_next() {
    if (answers_.empty()) return;
    if (answers_.front() == hang_up) {
      is_over_ = true;
    } else {
      waiting_ += answers_.front();
    }
    answers_.pop_front();
  }

  Wires& wires_;
  std::deque<std::string> answers_;
  std::string waiting_;
  bool is_over_ = false;
};

struct Talk {
  Wires wires;
  Dialogue dialogue;

  explicit Talk(std::deque<std::deque<std::string>> connections)
      : wires{std::move(connections), {}, 0},
        dialogue([this] { return std::make_unique<ScriptedHost>(wires); }, "local_TSE",
                 {.shortest_pause = Milliseconds{0}, .longest_pause = Milliseconds{0}}) {}
  Signing<Reply> call(Milliseconds patience = Milliseconds{50}) {
    return dialogue.call("StartTransaction", "TSE1", "{}", patience);
  }
};

SigningFault fault_of(const Signing<Reply>& reply) {
  REQUIRE_FALSE(reply);
  return reply.error().fault;
}

}  // namespace

TEST_CASE("epson dialogue: the TSE is opened for a call and closed behind it") {
  Talk talk({{greeting, opened, good("StartTransaction"), closed, opened, good("StartTransaction"),
              closed}});
  CHECK(talk.call());
  CHECK(talk.call());
  CHECK(talk.wires.opened == 1);
  CHECK(talk.wires.heard == std::vector<std::string>{"<open_device>", "<device_data>",
                                                     "<close_device>", "<open_device>",
                                                     "<device_data>", "<close_device>"});
}

TEST_CASE("epson dialogue: what never got as far as the TSE is unreachable") {
  for (const std::deque<std::string>& host : std::vector<std::deque<std::string>>{
           {},
           {hang_up},
           {"HTTP/1.1 400 Bad Request\r\n\r\n"},
           {std::string("<html></html>") + '\0'},
           {std::string(10U << 20U, 'x')},
           {greeting},
           {greeting, hang_up},
           {greeting, "<open_device><code>"},
           {greeting, std::string(10U << 20U, 'x')},
           {greeting,
            std::string("<open_device><code>DEVICE_OPEN_ERROR</code></open_device>") + '\0'},
           {greeting, std::string("<open_device><code>NEW_CODE</code></open_device>") + '\0'}}) {
    Talk talk({host});
    CHECK(fault_of(talk.call()) == SigningFault::unreachable);
  }
  Talk nobody({});
  CHECK(fault_of(nobody.call()) == SigningFault::unreachable);
}

TEST_CASE("epson dialogue: a wrong device name is for a person") {
  Talk talk(
      {{greeting, std::string("<open_device><code>DEVICE_NOT_FOUND</code></open_device>") + '\0'}});
  CHECK(fault_of(talk.call()) == SigningFault::needs_person);
}

TEST_CASE("epson dialogue: whatever is no answer, once the call has left, is a lost one") {
  for (const std::string& answer :
       {std::string(), hang_up, std::string(10U << 20U, 'x'), std::string("<device_data><data>"),
        result("{\"result\":"), result("<html>"), result(std::string(70'000, '[')),
        result(R"({"result":"EXECUTION_OK","function":"FinishTransaction","output":{}})"),
        std::string("<device_data><data><code>DEVICE_ERROR</code></data></device_data>") + '\0',
        std::string("<device_data><data><code>ERROR_TIMEOUT</code></data></device_data>") + '\0'}) {
    Talk talk({{greeting, opened, answer}});
    CHECK(fault_of(talk.call()) == SigningFault::lost);
  }
}

TEST_CASE("epson dialogue: a busy TSE and one that refuses have done nothing") {
  for (const auto& [code, fault] : {std::pair{"ERROR_DEVICE_BUSY", SigningFault::busy},
                                    std::pair{"DEVICE_NOT_OPEN", SigningFault::busy},
                                    std::pair{"PARAM_ERROR", SigningFault::refused}}) {
    Talk talk({{greeting, opened,
                "<device_data><data><code>" + std::string(code) +
                    "</code><resultdata></resultdata></data></device_data>" + '\0',
                closed}});
    CHECK(fault_of(talk.call()) == fault);
    CHECK(talk.wires.heard.back() == "<close_device>");
  }
}

TEST_CASE("epson dialogue: a late answer to another call is passed over") {
  Talk talk({{greeting, opened, good("GetStorageInfo") + good("StartTransaction"), closed}});
  const auto reply = talk.call();
  REQUIRE(reply);
  CHECK(reply->function == "StartTransaction");
}

TEST_CASE("epson dialogue: a connection that ended since the last call is made anew") {
  Talk talk({{greeting, opened, good("StartTransaction"), closed, hang_up},
             {greeting, taken_up, closed, opened, good("StartTransaction"), closed}});
  CHECK(talk.call());
  CHECK(talk.call());
  CHECK(talk.wires.opened == 2);
}

TEST_CASE("epson dialogue: an answer under way is heard over the next connection") {
  Talk talk({{greeting, opened, hang_up}, {greeting, taken_up + good("StartTransaction"), closed}});
  CHECK(talk.call());
  CHECK(talk.wires.heard == std::vector<std::string>{"<open_device>", "<device_data>",
                                                     "<reconnect>", "<close_device>"});
}

TEST_CASE(
    "epson dialogue: after a silence the next call frees the TSE first, and hears nothing old") {
  Talk talk({{greeting, opened},
             {greeting, taken_up + good("StartTransaction"), closed, opened,
              result(R"({"result":"EXECUTION_OK","function":"StartTransaction","output":{"n":2}})"),
              closed}});
  CHECK(fault_of(talk.call()) == SigningFault::lost);
  const auto reply = talk.call();
  REQUIRE(reply);
  CHECK(reply->output.contains("n"));
}

TEST_CASE("epson dialogue: more than the TSE takes at once is not sent") {
  Talk talk({{greeting, opened}});
  const auto refused = talk.dialogue.call("StartTransaction", "TSE1",
                                          "\"" + std::string(70'000, 'x') + "\"", Milliseconds{50});
  CHECK(fault_of(refused) == SigningFault::refused);
  CHECK(talk.wires.opened == 0);
}

}  // namespace epson_dialogue_tests
