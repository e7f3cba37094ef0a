// tresen outbox: what the outside has to learn; what is not done stands first.
#include <CLI/CLI.hpp>

#include "core/store/outbox_store.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

Table table_of(const std::vector<core::OutboxRow>& rows, std::string_view zone) {
  Table table({{"Row", "row", Align::right},
               {"Order", "order"},
               {"Version", "version", Align::right},
               {"What", "kind"},
               {"To", "recipient"},
               {"State", "state"},
               {"Tries", "attempts", Align::right},
               {"Next", "not_before"},
               {"Since", "created"},
               {"Reason", "reason"},
               {"Key", "key"}});
  for (const core::OutboxRow& row : rows) {
    table.add({row.row, row.order_number, row.version, word(row.kind), row.recipient,
               word(row.state), row.attempts, time_cell(row.not_before, zone),
               time_cell(row.created, zone), row.reason, core::to_text(row.key)});
  }
  return table;
}

class Outbox final : public Command {
 public:
  explicit Outbox(CLI::App& app) {
    app.add_option("--limit", limit_, "At most so many")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
  }

  Status run(const Common& common) override {
    const auto rows = [this](Reading& store) {
      return table_of(core::outbox_page(store.database, 0, limit_), store.settings.shop.time_zone);
    };
    return print_from_store(common, rows, "the outbox is empty");
  }

 private:
  std::int64_t limit_ = 50;
};

}  // namespace

std::unique_ptr<Command> outbox_command(CLI::App& app) {
  return std::make_unique<Outbox>(app);
}

}  // namespace pos::cli
