// tresen receipts: the numbered documents of the till.
#include <CLI/CLI.hpp>

#include "core/store/receipt_store.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

Table table_of(const std::vector<core::ReceiptRow>& rows, std::string_view zone) {
  Table table({{"Receipt", "receipt"},
               {"Kind", "kind"},
               {"Order", "order"},
               {"Finished", "finished"},
               {"Amount", "amount", Align::right},
               {"", "currency"},
               {"Cashier", "cashier"}});
  for (const core::ReceiptRow& row : rows) {
    table.add({row.code, row.kind, row.order_number, time_cell(row.finished, zone), row.amount,
               row.amount.currency.text(), row.cashier});
  }
  return table;
}

class Receipts final : public Command {
 public:
  explicit Receipts(CLI::App& app) {
    app.add_option("--limit", limit_, "At most so many")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
  }

  Status run(const Common& common) override {
    const auto rows = [this](Reading& store) {
      return table_of(core::receipt_rows(store.database, 0, limit_), store.settings.shop.time_zone);
    };
    return print_from_store(common, rows, "no receipts yet");
  }

 private:
  std::int64_t limit_ = 50;
};

}  // namespace

std::unique_ptr<Command> receipts_command(CLI::App& app) {
  return std::make_unique<Receipts>(app);
}

}  // namespace pos::cli
