// tresen automations: what the rules would do (--dry-run), or doing it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/store/rule_store.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

class Automations final : public Command {
 public:
  explicit Automations(CLI::App& app) {
    app.add_flag("--dry-run", dry_run_, "Only list what the rules would do");
  }

  Status run(const Common& common) override {
    const core::SystemClock clock;
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto steps = core::dry_run(store->database, store->settings.rules, clock.now());
    if (const Status read = after_reading(store->database); read != well) return read;
    if (!dry_run_) {
      const auto till = open_register(common, clock);
      if (!till) return cannot;
      const auto done = till->handle(core::ApplyRules{});
      if (!done) return say_refusal(done.error());
    }
    Table table({{"Order", "order"},
                 {"Customer", "customer"},
                 {dry_run_ ? "Would" : "Did", "step"},
                 {"Because", "because"}});
    for (const core::WouldDo& step : steps) {
      table.add({step.number, step.customer, core::word(step.verb), step.because});
    }
    print_table(table, common.json ? Form::json : Form::text, "the rules have nothing to do");
    return well;
  }

 private:
  bool dry_run_ = false;
};

}  // namespace

std::unique_ptr<Command> automations_command(CLI::App& app) {
  return std::make_unique<Automations>(app);
}

}  // namespace pos::cli
