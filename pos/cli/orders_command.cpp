// tresen orders: the Orders page as a table.
#include <CLI/CLI.hpp>

#include "core/store/order_store.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

Table table_of(const std::vector<core::OrderRow>& rows, std::string_view zone) {
  Table table({{"Number", "number"},
               {"Placed", "placed"},
               {"Channel", "channel"},
               {"Customer", "customer"},
               {"Pieces", "pieces", Align::right},
               {"Total", "total", Align::right},
               {"Paid", "paid", Align::right},
               {"", "currency"},
               {"Payment", "payment"},
               {"Fulfilment", "fulfilment"},
               {"Status", "status"},
               {"Sync", "sync"},
               {"Reason", "reason"}});
  for (const core::OrderRow& row : rows) {
    table.add({row.number, time_cell(row.placed, zone), row.channel, row.customer, row.pieces,
               row.total, row.paid, row.total.currency.text(), row.payment, row.fulfilment,
               row.stage, row.sync, row.reason});
  }
  return table;
}

class Orders final : public Command {
 public:
  explicit Orders(CLI::App& app) {
    app.add_option("--payment", filter_.payment, "Payment status, such as paid or partially_paid")
        ->type_name("WORD");
    app.add_option("--fulfilment", filter_.fulfilment, "Fulfilment status, such as unfulfilled")
        ->type_name("WORD");
    app.add_option("--status", filter_.stage, "Order status")
        ->check(CLI::IsMember({"open", "archived", "cancelled"}));
    app.add_option("--search", filter_.text, "Number, customer, SKU or end of the card number")
        ->type_name("TEXT");
    app.add_option("--limit", filter_.limit, "At most so many")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
  }

  Status run(const Common& common) override {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const core::OrderPage page = core::order_page(store->database, filter_);
    if (const Status read = after_reading(store->database); read != well) return read;
    print_table(table_of(page.rows, store->settings.shop.time_zone),
                common.json ? Form::json : Form::text, "no orders");
    return well;
  }

 private:
  core::OrderFilter filter_;
};

}  // namespace

std::unique_ptr<Command> orders_command(CLI::App& app) {
  return std::make_unique<Orders>(app);
}

}  // namespace pos::cli
