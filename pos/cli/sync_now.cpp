#include "pos/cli/sync_now.h"

#include "core/store/aside_store.h"
#include "core/store/outbox_store.h"
#include "pos/cli/progress.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/layout/mail_body.h"
#include "sync/outside.h"

namespace pos::cli {

std::optional<SyncFigures> sync_now(const Common& common, core::Register& till,
                                    const core::Clock& clock) {
  const auto configuration = read_configuration(common.data);
  if (!configuration) {
    fail(configuration.error());
    return {};
  }
  auto reader = core::Database::open(store_file(common), core::Access::read);
  if (!reader) {
    fail(core::in_words(reader.error()));
    return {};
  }
  const Translations translations = Translations::load();
  const core::Settings settings = till.snapshot().settings;
  syncing::Runner runner(
      *reader,
      syncing::runner_parts({settings, common.data, configuration->secrets.mail_password,
                             static_cast<std::uint64_t>(clock.now().time_since_epoch().count()),
                             configuration->secrets.upstream_key},
                            mail_body(translations, {settings.shop, common.data / "templates"})));
  SyncFigures figures;
  // Whoever asks by hand does not want to wait for the next try.
  till.handle(core::SyncNow{});
  till.handle(core::ApplyRules{});
  const std::int64_t rows = core::outbox_counts(till.database()).waiting;
  Progress progress("sending");
  const core::WaitingClock waiting(clock);
  const auto handle = [&](const core::Command& command) {
    auto handled = till.handle(command);
    if (const auto* answered = command.as<core::OutboxAnswered>(); answered && handled) {
      for (const auto& answer : answered->answers) {
        if (answer.fate == core::OutboxFate::done) ++figures.done;
      }
      progress.show(figures.done, rows);
    }
    if (command.is<core::ReceiveOrder>() && handled) ++figures.received;
    if (const auto* many = command.as<core::ReceiveOrders>(); many && handled) {
      figures.received += static_cast<std::int64_t>(many->orders.size());
    }
    return handled;
  };
  constexpr std::chrono::seconds patience{10};
  syncing::run_until_idle(runner, waiting, handle, patience);
  const core::OutboxCounts left = core::outbox_counts(till.database());
  figures.waiting = left.waiting;
  figures.stuck = left.stuck;
  figures.aside = core::count_put_aside(till.database());
  figures.trouble = runner.pull_trouble();
  return figures;
}

std::optional<syncing::Check> check_platform(const Common& common) {
  const auto configuration = read_configuration(common.data);
  if (!configuration) {
    fail(configuration.error());
    return {};
  }
  const auto store = open_for_reading(common);
  if (!store) return {};
  syncing::Outside outside{store->settings, common.data, "", 0,
                           configuration->secrets.upstream_key};
  outside.settings.mail.kind = "none";
  syncing::RunnerParts parts = syncing::runner_parts(outside, {});
  if (!parts.upstream) {
    return syncing::Check{false, {}, {"No platform is connected: upstream.kind is none."}};
  }
  constexpr std::chrono::seconds longest{60};
  const core::SystemClock wall;
  const core::WaitingClock clock(wall);
  const core::Instant until = clock.now() + longest;
  parts.upstream->begin_check();
  for (;;) {
    parts.transfers->perform();
    if (auto check = parts.upstream->checked()) return check;
    if (clock.now() > until) {
      return syncing::Check{false, {}, {"The platform does not answer. Look at the address."}};
    }
    parts.transfers->wait(std::chrono::milliseconds{200});
  }
}

}  // namespace pos::cli
