// tresen sync --once: tells the outside what the outbox holds, pulls online
// orders and sends mails, until nothing is left that could go now.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/store/outbox_store.h"
#include "pos/cli/command.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/mail_body.h"
#include "sync/outside.h"

namespace pos::cli {

namespace {

class SyncCommand final : public Command {
 public:
  explicit SyncCommand(CLI::App& app) {
    app.add_flag("--once", once_, "Until nothing is left that could go now")->required();
  }

  Status run(const Common& common) override {
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    auto configuration = read_configuration(common.data);
    if (!configuration) return fail(configuration.error());
    auto reader = core::Database::open(store_file(common), core::Access::read);
    if (!reader) return fail(core::in_words(reader.error()));
    const Translations translations = Translations::load();
    syncing::Runner runner(*reader, syncing::runner_parts({till->snapshot().settings, common.data,
                                                           configuration->secrets.mail_password, 0},
                                                          mail_body(translations)));
    // Whoever asks by hand does not want to wait for the next try.
    till->handle(core::SyncNow{});
    syncing::run_until_idle(runner, clock,
                            [&](const core::Command& command) { return till->handle(command); });
    const auto counts = core::outbox_counts(till->database());
    fmt::print("{} done, {} waiting, {} need attention\n", counts.done, counts.waiting,
               counts.stuck);
    return counts.waiting == 0 && counts.stuck == 0 ? well : attention;
  }

 private:
  bool once_ = false;
};

}  // namespace

std::unique_ptr<Command> sync_command(CLI::App& app) {
  return std::make_unique<SyncCommand>(app);
}

}  // namespace pos::cli
