// The security device's thread against a device that hangs, dies, loses answers and comes back.
#include "pos/runtime/signing_thread.h"

#include <doctest/doctest.h>

#include <chrono>

#include "core/register.h"
#include "core/store/signing_store.h"
#include "pos/runtime/register_thread.h"
#include "tests/support/bell.h"
#include "tests/support/fake_tse.h"
#include "tests/support/new_store.h"
#include "tests/support/program.h"
#include "tests/support/temp_folder.h"

using namespace pos;
using namespace std::chrono_literals;

namespace {

// A register with its thread, the signing thread, and a device in the test's hand.
class SigningTill {
 public:
  explicit SigningTill(SigningTimes times = {.patience = 150ms, .probe_every = 20ms})
      : times_(times) {
    tests::put_new_store(folder_.path());
    auto opened = core::Register::open({folder_.path(), core::Durability::none, {}}, clock_);
    REQUIRE(opened);
    for (const auto& [key, value] :
         {std::pair{"fiscal.device", "software"}, std::pair{"shop.country", "DE"},
          std::pair{"upstream.kind", "none"}}) {
      REQUIRE((*opened)->handle(core::ChangeSetting{key, value}));
    }
    const core::Snapshot now = (*opened)->snapshot();
    const auto wake = [this] { bell.ring(); };
    signing_ = std::make_unique<SigningThread>(
        now.signing.client, folder_.path(),
        [this](const core::FiscalSettings&) { return std::make_unique<tests::FakeTse>(hand); },
        devices_, clock_, [this](Post post) { return posts_.push(std::move(post)); }, wake, times_);
    signing_->tell(UseSigning{now.settings.fiscal});
    till_ = std::make_unique<RegisterThread>(
        std::move(*opened), posts_,
        [this](core::Effects effects, const core::Settings&) { dispatch(std::move(effects)); },
        [](const core::Settings&) {}, to_ui_, wake);
  }
  ~SigningTill() {
    signing_->stop();
    till_->stop();
  }

  void sell() {
    posts_.push({core::AddOpenItem{"Brezel", {350, core::eur}, "reduced"}, {}, {}});
    posts_.push({core::TakeCash{{350, core::eur}}, {}, {}});
  }
  core::Snapshot now() { return *till_->snapshot(); }
  template <class Condition>
  bool comes(Condition condition) {
    return bell.wait_until(condition);
  }
  bool last_sale_is(const std::string& state) {
    return comes([&] { return now().done && now().done->signing_state == state; });
  }
  bool is_ready() {
    return comes([&] { return now().signing.device && !now().signing.outage; });
  }

  void wish(SigningWish wish) { signing_->tell(std::move(wish)); }
  bool has_found(TrialState state) {
    return comes([&] { return devices_.get()->signing_found.state == state; });
  }
  std::string secrets() { return tests::read_file((folder_.path() / "secrets.toml").string()); }

  tests::FakeTse::Hand hand;
  tests::Bell bell;

 private:
  void dispatch(core::Effects effects) {
    for (core::Effect& effect : effects) {
      if (auto* step = std::get_if<core::SignStep>(&effect)) signing_->tell(std::move(*step));
      if (const auto* probe = std::get_if<core::ProbeSigningDevice>(&effect)) {
        signing_->tell(*probe);
      }
    }
  }

  SigningTimes times_;
  tests::TempFolder folder_;
  core::SystemClock clock_;
  Queue<Post> posts_;
  Queue<UiMessage> to_ui_;
  Latest<Devices> devices_;
  std::unique_ptr<SigningThread> signing_;
  std::unique_ptr<RegisterThread> till_;
};

}  // namespace

TEST_CASE("signing thread: the device is prepared before the first customer comes") {
  SigningTill till;
  REQUIRE(till.is_ready());
  CHECK(till.hand.prepared == 1);
  till.sell();
  CHECK(till.last_sale_is("signed"));
  CHECK(till.hand.signed_count() == 2);
}

TEST_CASE("signing thread: a device that hangs costs the first sale its patience, and no other") {
  SigningTill till;
  REQUIRE(till.is_ready());
  till.hand.hangs = true;
  till.sell();
  REQUIRE(till.last_sale_is("missed"));
  till.sell();
  CHECK(till.last_sale_is("missed"));
  CHECK(till.now().signing.outage->reason == "The security device does not answer in time.");
  till.hand.let_go();
  REQUIRE(till.is_ready());
  till.sell();
  CHECK(till.last_sale_is("signed"));
}

TEST_CASE("signing thread: a device that is away is looked for until it is there again") {
  SigningTill till;
  REQUIRE(till.is_ready());
  till.hand.set_away(true);
  till.sell();
  REQUIRE(till.last_sale_is("missed"));
  till.hand.set_away(false);
  REQUIRE(till.is_ready());
  till.sell();
  CHECK(till.last_sale_is("signed"));
}

TEST_CASE("signing thread: an answer that is lost is asked for, and signed once") {
  SigningTill till;
  REQUIRE(till.is_ready());
  till.hand.loses_answer = true;
  till.sell();
  CHECK(till.last_sale_is("signed"));
  CHECK(till.hand.signed_count() == 2);
}

TEST_CASE("signing thread: while another till has the device it waits for its turn") {
  SigningTill till({.patience = 5s, .probe_every = 20ms});
  REQUIRE(till.is_ready());
  till.hand.busy = 2;
  till.sell();
  CHECK(till.last_sale_is("signed"));
}

TEST_CASE("signing thread: what a person types is among the secrets before the device is told") {
  SigningTill till;
  REQUIRE(till.is_ready());
  std::string then;
  till.hand.before_set_up = [&] { then = till.secrets(); };
  till.wish({SigningWish::Kind::set_up, {"123456", "11111", "22222", ""}, "", ""});
  REQUIRE(till.has_found(TrialState::good));
  CHECK(then.find("22222") != std::string::npos);
  CHECK(then.find("11111") != std::string::npos);
  // The PUK is kept nowhere.
  CHECK(till.secrets().find("123456") == std::string::npos);
  CHECK(till.hand.set_up_with.puk == "123456");
  CHECK(till.hand.set_up_with.client == till.now().signing.client);
  till.sell();
  CHECK(till.last_sale_is("signed"));
}
