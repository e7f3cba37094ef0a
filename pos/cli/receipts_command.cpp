// tresen receipts: the numbered documents of the till.
#include <CLI/CLI.hpp>

#include "core/orders/case_lines.h"
#include "core/store/master_store.h"
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

// The lines of carts that were given up, voided ones among them.
Table aborted_of(Reading& store, std::int64_t limit) {
  Table table({{"Receipt", "receipt"},
               {"Order", "order"},
               {"Given up", "finished"},
               {"Cashier", "cashier"},
               {"Quantity", "quantity", Align::right},
               {"Name", "name"},
               {"Price", "price", Align::right},
               {"Voided by", "voided_by"},
               {"Why", "reason"}});
  const std::string& zone = store.settings.shop.time_zone;
  for (const std::int64_t row :
       core::receipts_of(store.database, core::ReceiptsOf::aborted, limit)) {
    const auto receipt = core::load_receipt(store.database, row);
    if (!receipt) continue;
    const auto add = [&](const core::LineItem& line, const std::string& who,
                         const std::string& why) {
      table.add({receipt->code, receipt->order.number, time_cell(receipt->finished, zone),
                 receipt->cashier, line.quantity, line.title, line.unit_price, who, why});
    };
    for (const core::LineItem& line : receipt->order.lines) add(line, "", "");
    for (const core::VoidedLine& voided : receipt->order.voided) {
      add(voided.line, voided.who, voided.reason);
    }
  }
  return table;
}

// What each receipt is in business, line by line.
Table cases_of(Reading& store, std::int64_t limit) {
  Table table({{"Receipt", "receipt"},
               {"Case", "case"},
               {"Article", "article"},
               {"Tax %", "rate", Align::right},
               {"Key", "key", Align::right},
               {"Net", "net", Align::right},
               {"Tax", "tax", Align::right},
               {"Gross", "gross", Align::right}});
  for (const std::int64_t row :
       core::receipts_of(store.database, core::ReceiptsOf::orders, limit)) {
    const auto receipt = core::load_receipt(store.database, row);
    if (!receipt) continue;
    for (const core::CaseLine& line : core::business_case_lines(*receipt)) {
      table.add({receipt->code, word(line.business_case), line.text,
                 core::to_plain(line.taxed.rate), line.taxed.key.number, core::to_plain(line.net),
                 core::to_plain(line.tax), line.gross});
    }
  }
  return table;
}

// Who the shop and its till were, a version for each change.
Table masters_of(Reading& store) {
  Table table({{"No.", "version", Align::right},
               {"Since", "since"},
               {"Name", "name"},
               {"Branch", "site"},
               {"Street", "street"},
               {"Postcode", "postcode"},
               {"Town", "city"},
               {"Country", "country"},
               {"Tax no.", "tax_number"},
               {"VAT id", "vat_id"},
               {"Till", "till"},
               {"Serial", "serial"},
               {"Make", "make"},
               {"Model", "model"},
               {"Software", "software"},
               {"", "currency"}});
  for (const core::MasterData& master : core::master_data_versions(store.database)) {
    table.add({master.row, time_cell(master.since, store.settings.shop.time_zone), master.name,
               master.site, master.street, master.postcode, master.city, master.country,
               master.tax_number, master.vat_id, master.till, master.serial, master.make,
               master.model, master.software, master.currency});
  }
  return table;
}

class Receipts final : public Command {
 public:
  explicit Receipts(CLI::App& app) {
    app.add_option("--limit", limit_, "At most so many")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
    app.add_flag("--cases", cases_, "What each is in business, line by line");
    app.add_flag("--aborted", aborted_, "The lines of carts that were given up");
    app.add_flag("--master", master_, "Who the shop and the till were, and since when");
  }

  Status run(const Common& common) override {
    const auto rows = [this](Reading& store) {
      if (aborted_) return aborted_of(store, limit_);
      if (cases_) return cases_of(store, limit_);
      if (master_) return masters_of(store);
      return table_of(core::receipt_rows(store.database, 0, limit_), store.settings.shop.time_zone);
    };
    return print_from_store(common, rows, "no receipts yet");
  }

 private:
  std::int64_t limit_ = 50;
  bool cases_ = false, aborted_ = false, master_ = false;
};

}  // namespace

std::unique_ptr<Command> receipts_command(CLI::App& app) {
  return std::make_unique<Receipts>(app);
}

}  // namespace pos::cli
