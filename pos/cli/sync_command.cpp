// tresen sync --once: what a running till does all the time, once.
// tresen sync test: asks the platform who it is and whether the till may do what it must.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/store/aside_store.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/sync_now.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

class SyncOnce final : public Command {
 public:
  explicit SyncOnce(CLI::App& app) {
    auto* once =
        app.add_flag("--once", once_, "Once, then end; a till that runs does it all the time");
    app.add_option("WHAT", what_,
                   "test: only ask who is there, and tell nothing; refused: list what came from "
                   "outside and could not be taken; retry: take it once more")
        ->check(CLI::IsMember({"test", "refused", "retry"}))
        ->excludes(once);
  }

  Status run(const Common& common) override {
    if (!once_ && what_.empty())
      return fail("say --once, test, refused or retry; see tresen sync --help", wrong_usage);
    std::error_code unknown;
    if (!std::filesystem::exists(store_file(common), unknown)) {
      return fail(
          core::in_words(core::StoreError{core::StoreFault::missing, store_file(common).string()}));
    }
    if (what_ == "test") return test(common);
    if (what_ == "refused") return list_refused(common);
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (what_ == "retry") {
      const auto wanted = till->handle(core::TryAsideAgain{});
      if (!wanted) return say_refusal(wanted.error());
    }
    const auto figures = sync_now(common, *till, clock);
    if (!figures) return cannot;
    if (common.json) {
      print_json({{"done", figures->done},
                  {"received", figures->received},
                  {"waiting", figures->waiting},
                  {"stuck", figures->stuck},
                  {"refused", figures->aside},
                  {"trouble", figures->trouble}});
    } else {
      print(fmt::format("{} sent, {} orders received, {} waiting, {} need attention", figures->done,
                        figures->received, figures->waiting, figures->stuck));
    }
    if (figures->aside > 0) {
      note(fmt::format("{} from outside could not be taken; see tresen sync refused",
                       figures->aside));
    }
    if (!figures->trouble.empty()) note(figures->trouble);
    const bool all_done = figures->waiting == 0 && figures->stuck == 0 && figures->trouble.empty();
    if (!all_done) note("see tresen outbox for the reasons");
    return all_done && figures->aside == 0 ? well : attention;
  }

 private:
  static Status list_refused(const Common& common) {
    const auto rows = [](Reading& store) {
      Table table({{"From", "source"}, {"Name", "name"}, {"Since", "since"}, {"Why", "reason"}});
      for (const core::AsideRow& row : core::put_aside(store.database)) {
        table.add({row.source, row.what.name, time_cell(row.since, store.settings.shop.time_zone),
                   row.what.reason});
      }
      return table;
    };
    return print_from_store(common, rows, "everything could be taken");
  }

  static Status test(const Common& common) {
    const auto check = check_platform(common);
    if (!check) return cannot;
    if (common.json) {
      print_json({{"works", check->works}, {"found", check->found}, {"trouble", check->trouble}});
    } else {
      for (const std::string& line : check->found) print(line);
      for (const std::string& line : check->trouble) note(line);
      print(check->works ? "the platform can be used" : "the platform cannot be used");
    }
    return check->works ? well : attention;
  }

  bool once_ = false;
  std::string what_;
};

}  // namespace

std::unique_ptr<Command> sync_command(CLI::App& app) {
  return std::make_unique<SyncOnce>(app);
}

}  // namespace pos::cli
