// tresen sync --once: what a running till does all the time, once.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/sync_now.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

class SyncOnce final : public Command {
 public:
  explicit SyncOnce(CLI::App& app) {
    app.add_flag("--once", once_, "Once, then end; a till that runs does it all the time")
        ->required();
  }

  Status run(const Common& common) override {
    std::error_code unknown;
    if (!std::filesystem::exists(store_file(common), unknown)) {
      return fail(
          core::in_words(core::StoreError{core::StoreFault::missing, store_file(common).string()}));
    }
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    const auto figures = sync_now(common, *till, clock);
    if (!figures) return cannot;
    if (common.json) {
      print_json({{"done", figures->done},
                  {"received", figures->received},
                  {"waiting", figures->waiting},
                  {"stuck", figures->stuck},
                  {"trouble", figures->trouble}});
    } else {
      print(fmt::format("{} sent, {} orders received, {} waiting, {} need attention", figures->done,
                        figures->received, figures->waiting, figures->stuck));
    }
    if (!figures->trouble.empty()) note(figures->trouble);
    const bool all_done = figures->waiting == 0 && figures->stuck == 0 && figures->trouble.empty();
    if (!all_done) note("see tresen outbox for the reasons");
    return all_done ? well : attention;
  }

 private:
  bool once_ = false;
};

}  // namespace

std::unique_ptr<Command> sync_command(CLI::App& app) {
  return std::make_unique<SyncOnce>(app);
}

}  // namespace pos::cli
