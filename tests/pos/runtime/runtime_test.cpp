// The threads together, on a real store: what TSan watches.
#include "pos/runtime/runtime.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/store/catalogue_store.h"
#include "tests/support/bell.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/receipts.h"
#include "tests/support/temp_folder.h"

using namespace pos;
using tests::Bell;

namespace {

struct RunningShop {
  tests::TempFolder folder;
  core::SystemClock clock;
  Translations translations = Translations::load(TRESEN_LOCALE);
  Bell bell;
  std::vector<core::SettingEntry> settings;
  std::unique_ptr<Runtime> runtime;

  explicit RunningShop(std::vector<core::SettingEntry> fixed = {}) : settings(std::move(fixed)) {
    open();
  }
  void open() {
    auto started =
        Runtime::start({folder.path(), settings, ""}, clock, translations, [this] { bell.ring(); });
    REQUIRE_MESSAGE(started, (started ? "" : core::in_words(started.error())));
    runtime = std::move(*started);
  }
  core::Snapshot now() { return *runtime->snapshot(); }
  bool rests() {
    return bell.wait_until([&] { return runtime->is_idle(); });
  }
  void sell(std::int64_t cents) {
    runtime->post(core::AddOpenItem{"Brezel", {cents, core::eur}, "reduced"});
  }
};

}  // namespace

TEST_CASE("runtime: a sale is stored, printed and pushed, with a thread for each") {
  RunningShop shop;
  shop.sell(350);
  shop.runtime->post(core::SetCustomer{{"Marlene", "marlene@example.de", ""}});
  shop.runtime->post(core::TakeCash{{500, core::eur}});
  REQUIRE(shop.bell.wait_until([&] {
    const auto now = shop.now();
    return now.done && now.done->print_state == "printed" && now.done->push_state == "done" &&
           now.done->mail_state == "done";
  }));
  CHECK(shop.now().done->change.minor == 150);
  CHECK(std::filesystem::exists(shop.folder / "upstream/outbox/T1-000001.v1.json"));
  CHECK_FALSE(std::filesystem::is_empty(shop.folder / "mail"));
}

TEST_CASE("runtime: a terminal that is not there is not ready after a payment that failed") {
  RunningShop shop({{"terminal.kind", "zvt"}, {"terminal.address", "/nowhere/terminal"}});
  CHECK(shop.runtime->devices()->terminal.words.empty());
  CHECK(shop.runtime->devices()->terminal.state == ui::State::neutral);
  shop.sell(990);
  shop.runtime->post(core::StartCard{{990, core::eur}});
  const auto is_found = [&](std::string_view words) {
    return shop.bell.wait_until([&] {
      const DeviceState terminal = shop.runtime->devices()->terminal;
      return terminal.words == words && terminal.state == ui::State::bad &&
             terminal.seen != core::Instant{};
    });
  };
  CHECK(is_found("Terminal not reached"));
  REQUIRE(shop.bell.wait_until([&] {
    return shop.now().attempt && shop.now().attempt->phase == core::CardPhase::not_started;
  }));
  shop.runtime->post(core::DismissCard{shop.now().attempt->id});
  shop.runtime->post(core::ServeTerminal{core::TerminalWork::connection_test});
  CHECK(is_found("Terminal trouble"));
}

TEST_CASE("runtime: what is simulated, or a folder, is known as such") {
  RunningShop shop;
  CHECK(shop.bell.wait_until([&] {
    const auto devices = shop.runtime->devices();
    return devices->printer.is_simulated && devices->terminal.is_simulated &&
           devices->sync.is_simulated && devices->mail.is_simulated;
  }));
}

TEST_CASE("runtime: the picture of a slip that is not on paper has a line that says so") {
  const auto height = [](const char* printer) {
    RunningShop shop(std::vector<core::SettingEntry>{{"printer.kind", printer}});
    shop.runtime->draw_slip({tests::plain_sale(), core::SlipForm::original});
    int found = 0;
    CHECK(shop.bell.wait_until([&] {
      while (const auto message = shop.runtime->next_message()) {
        if (const auto* slip = std::get_if<SlipPicture>(&*message)) found = slip->image.height;
      }
      return found > 0;
    }));
    return found;
  };
  CHECK(height("simulated") > height("none"));
}

TEST_CASE("runtime: a report is printed, and written into a file of the data folder") {
  const tests::TempFolder paper;
  RunningShop shop({{"printer.kind", "file"},
                    {"printer.address", (paper / "slips").string()},
                    {"till.receipts", "never"}});
  shop.sell(350);
  shop.runtime->post(core::TakeCash{{350, core::eur}});
  REQUIRE(shop.bell.wait_until([&] { return shop.now().done.has_value(); }));
  const core::DayRule rule = core::day_rule(shop.now().settings);
  const core::Day today = core::day_of(shop.clock.now(), rule);
  const core::ReportAsk ask = core::report_ask(core::span_of(core::SpanKind::week, today), rule,
                                               core::eur, shop.clock.now());
  shop.runtime->post(core::PrintReport{ask});
  shop.runtime->write_report(ask);
  std::optional<Written> written;
  REQUIRE(shop.bell.wait_until([&] {
    while (const auto message = shop.runtime->next_message()) {
      if (const auto* told = std::get_if<Written>(&*message)) written = *told;
    }
    return written.has_value();
  }));
  CHECK(written->why_not.empty());
  CHECK(std::filesystem::path(written->file).parent_path() == shop.folder / "reports");
  CHECK(std::filesystem::file_size(written->file) > 100);
  CHECK(shop.rests());
  CHECK(std::filesystem::file_size(paper / "slips") > 100);
  // A folder that cannot be made is told in words.
  std::filesystem::remove_all(shop.folder / "reports");
  std::ofstream(shop.folder / "reports") << "in the way";
  written.reset();
  shop.runtime->write_report(ask);
  REQUIRE(shop.bell.wait_until([&] {
    while (const auto message = shop.runtime->next_message()) {
      if (const auto* told = std::get_if<Written>(&*message)) written = *told;
    }
    return written.has_value();
  }));
  CHECK_FALSE(written->why_not.empty());
}

TEST_CASE("runtime: a card payment waits for the terminal and goes on with its answer") {
  RunningShop shop;
  shop.sell(990);
  shop.runtime->post(core::StartCard{{990, core::eur}});
  REQUIRE(shop.bell.wait_until([&] { return shop.runtime->devices()->asks_for_answer; }));
  shop.runtime->answer_terminal(drivers::SimulatedAnswer::approve);
  REQUIRE(shop.bell.wait_until([&] { return shop.now().done.has_value(); }));
  CHECK_FALSE(shop.now().attempt);
}

TEST_CASE("runtime: a lost answer stays unknown until the terminal is asked again") {
  RunningShop shop;
  shop.sell(990);
  shop.runtime->post(core::StartCard{{990, core::eur}});
  REQUIRE(shop.bell.wait_until([&] { return shop.runtime->devices()->asks_for_answer; }));
  shop.runtime->answer_terminal(drivers::SimulatedAnswer::silent_charged);
  REQUIRE(shop.bell.wait_until([&] {
    const auto now = shop.now();
    return now.attempt && now.attempt->phase == core::CardPhase::unknown;
  }));
  const auto says = [&](std::string_view words) {
    return shop.bell.wait_until([&] { return shop.runtime->devices()->terminal.words == words; });
  };
  CHECK(says("Terminal silent"));
  shop.runtime->post(core::AskTerminal{shop.now().attempt->id});
  REQUIRE(shop.bell.wait_until([&] { return shop.now().done.has_value(); }));
  CHECK(says("Terminal ready"));
}

TEST_CASE("runtime: whichever sync of the disk fails once, nothing waits for ever") {
  tests::FaultyVfs vfs;
  for (int n = 1; n <= 12; ++n) {
    CAPTURE(n);
    RunningShop shop;
    shop.sell(350);
    shop.runtime->post(core::SetCustomer{{"Marlene", "marlene@example.de", ""}});
    REQUIRE(shop.rests());
    vfs.fail_at(n, tests::Fault::sync_fails, 1);
    shop.runtime->post(core::TakeCash{{500, core::eur}});
    const bool is_sold = shop.bell.wait_until([&] {
      const auto now = shop.now();
      if (now.done) return true;
      // Refused: the cashier takes the cash once more.
      while (auto message = shop.runtime->next_message()) {
        if (std::holds_alternative<Refused>(*message)) {
          shop.runtime->post(core::TakeCash{{500, core::eur}});
        }
      }
      return false;
    });
    REQUIRE(is_sold);
    CHECK(shop.bell.wait_until([&] {
      const auto now = shop.now();
      return now.done && now.done->print_state == "printed" && now.done->push_state == "done" &&
             now.done->mail_state == "done" && !now.not_saved;
    }));
    vfs.mend();
  }
}

TEST_CASE("runtime: of many questions the last one is answered") {
  RunningShop shop;
  for (const char* typed : {"b", "br", "bre", "brez"}) {
    shop.runtime->ask(core::AskProducts{typed});
  }
  std::string answered;
  REQUIRE(shop.bell.wait_until([&] {
    while (auto message = shop.runtime->next_message()) {
      if (const auto* answer = std::get_if<core::Answer>(&*message)) {
        if (const auto* found = std::get_if<core::FoundProducts>(answer)) answered = found->text;
      }
    }
    return answered == "brez";
  }));
}

TEST_CASE("runtime: what is refused comes back to the screens in words") {
  RunningShop shop;
  shop.runtime->post(core::TakeCash{{100, core::eur}});
  std::string words;
  REQUIRE(shop.bell.wait_until([&] {
    while (auto message = shop.runtime->next_message()) {
      if (const auto* refused = std::get_if<Refused>(&*message)) words = refused->refusal.text;
    }
    return !words.empty();
  }));
  CHECK(words == "There is nothing to pay.");
}

TEST_CASE("runtime: stopping in the middle of a card payment leaves it unknown, never lost") {
  RunningShop shop;
  shop.sell(990);
  shop.runtime->post(core::StartCard{{990, core::eur}});
  REQUIRE(shop.bell.wait_until([&] { return shop.runtime->devices()->asks_for_answer; }));
  shop.runtime.reset();
  shop.open();
  REQUIRE(shop.rests());
  const auto now = shop.now();
  CHECK_FALSE(now.done);
  CHECK(now.order.lines.size() == 1);
}
