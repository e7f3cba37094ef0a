// tresen order NUMBER: everything that the till knows of one order, or with a
// verb: what the screens can do with it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/orders/account.h"
#include "core/store/answers.h"
#include "pos/cli/order_verbs.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

std::string discount_text(const std::optional<core::Discount>& discount) {
  return discount ? discount->reason : "";
}

// As a percentage for people; for programs basis points, as a number where they are whole.
Cell rate_cell(core::Rate rate) {
  const std::string percent =
      fmt::format("{:g}", static_cast<double>(rate.basis_points * 1000 + rate.thousandths) / 1e5);
  if (rate.thousandths == 0) return Cell(percent, rate.basis_points);
  return Cell(percent, core::basis_points_text(rate));
}

Table lines_of(const core::OrderDetail& detail) {
  Table table({{"Quantity", "quantity", Align::right},
               {"Name", "name"},
               {"SKU", "sku"},
               {"Price", "price", Align::right},
               {"Discount", "discount", Align::right},
               {"Amount", "amount", Align::right},
               {"Tax %", "tax_basis_points", Align::right},
               {"Sent", "fulfilled", Align::right},
               {"Back", "returned", Align::right},
               {"Taken out", "removed", Align::right},
               {"Coming", "announced", Align::right},
               {"Why", "discount_reason"},
               {"Note", "note"}});
  const core::Account account = core::account_of(detail.order);
  for (std::size_t i = 0; i < detail.order.lines.size(); ++i) {
    const core::LineAccount& counted = account.lines[i];
    const core::LineItem& line = detail.order.lines[i];
    const core::LineTotal& total = detail.totals.lines[i];
    table.add({line.quantity, line.title, line.sku, line.unit_price,
               total.line_discount + total.order_discount, total.final(), rate_cell(line.tax_rate),
               counted.fulfilled, counted.returned, counted.removed, counted.announced,
               discount_text(line.discount), line.note});
  }
  return table;
}

// What was taken off before it was sold.
Table voided_of(const core::OrderDetail& detail, std::string_view zone) {
  Table table({{"Voided", "quantity", Align::right},
               {"Name", "name"},
               {"Price", "price", Align::right},
               {"At", "at"},
               {"By", "by"},
               {"Approved by", "approver"},
               {"Why", "reason"}});
  for (const core::VoidedLine& voided : detail.order.voided) {
    table.add({voided.line.quantity, voided.line.title, voided.line.unit_price,
               time_cell(voided.at, zone), voided.who, voided.approver, voided.reason});
  }
  return table;
}

Table payments_of(const core::OrderDetail& detail, std::string_view zone) {
  Table table({{"At", "at"},
               {"Kind", "kind"},
               {"Tender", "tender"},
               {"State", "state"},
               {"Amount", "amount", Align::right},
               {"Given", "given", Align::right},
               {"Label", "label"},
               {"Reference", "reference"}});
  for (const core::Payment& payment : detail.order.payments) {
    table.add({time_cell(payment.at, zone), word(payment.kind), word(payment.tender),
               word(payment.state), payment.amount, payment.given, payment.label,
               payment.reference});
  }
  return table;
}

Table parcels_of(const core::OrderDetail& detail, std::string_view zone) {
  Table table({{"At", "at"},
               {"Parcel", "state"},
               {"Carrier", "carrier"},
               {"Tracking", "tracking"},
               {"Items", "items", Align::right}});
  for (const core::Fulfilment& parcel : detail.order.fulfilments) {
    core::Quantity items{0};
    for (const core::LineQuantity& line : parcel.lines) {
      items.thousandths += line.quantity.thousandths;
    }
    table.add({time_cell(parcel.at, zone), word(parcel.state), parcel.carrier,
               parcel.tracking_number, items});
  }
  return table;
}

Table receipts_of(const core::OrderDetail& detail, std::string_view zone) {
  Table table({{"Receipt", "receipt"},
               {"Kind", "kind"},
               {"Finished", "finished"},
               {"Amount", "amount", Align::right},
               {"Still due", "still_due", Align::right}});
  for (const core::Receipt& receipt : detail.receipts) {
    table.add({receipt.code, word(receipt.kind), time_cell(receipt.finished, zone), receipt.amount,
               receipt.still_due});
  }
  return table;
}

Table history_of(const core::OrderDetail& detail, std::string_view zone) {
  Table table({{"At", "at"}, {"What", "what"}, {"Detail", "detail"}, {"Who", "who"}});
  for (const core::TimelineEntry& entry : detail.order.timeline) {
    const auto note = core::refund_note_from(entry.detail, detail.order.currency);
    table.add({time_cell(entry.at, zone), entry.kind, note ? refund_words(*note) : entry.detail,
               entry.actor});
  }
  return table;
}

Table taxes_of(const core::OrderDetail& detail) {
  Table table({{"Tax %", "basis_points", Align::right},
               {"Key", "tax_key", Align::right},
               {"Net", "net", Align::right},
               {"Tax", "tax", Align::right},
               {"Gross", "gross", Align::right}});
  for (const core::TaxLine& tax : detail.totals.taxes) {
    table.add({rate_cell(tax.rate), tax.key.number, tax.net, tax.tax, tax.gross});
  }
  return table;
}

// The facts of the order itself, one on a line: name and value.
std::vector<std::pair<Column, Cell>> facts_of(const core::OrderDetail& detail,
                                              std::string_view zone) {
  const core::Order& order = detail.order;
  const core::Totals& totals = detail.totals;
  const core::Account account = core::account_of(order);
  // A platform's total is what the order costs now; that of a sale is what it was sold for.
  const bool is_sale = order.channel == "till";
  return {{{"Order", "number"}, order.number},
          {{"Id", "id"}, core::to_text(order.id)},
          {{"Version", "version"}, order.version},
          {{"Channel", "channel"}, order.channel},
          {{"Status", "status"}, word(order.stage)},
          {{"Payment", "payment"}, detail.payment},
          {{"Fulfilment", "fulfilment"}, detail.fulfilment},
          {{"Sync", "sync"}, detail.sync},
          {{"Reason", "reason"}, detail.reason},
          {{"Attention", "attention"}, order.attention},
          {{"Placed", "placed"}, time_cell(order.placed, zone)},
          {{"Cashier", "cashier"}, order.cashier},
          {{"Customer", "customer"}, order.customer.name},
          {{"E-mail", "email"}, order.customer.email},
          {{"Note", "note"}, order.note},
          {{"Currency", "currency"}, order.currency.text()},
          {{"Subtotal", "subtotal"}, totals.subtotal},
          {{"Discounts", "discounts"}, totals.line_discounts + totals.order_discount},
          {{"Shipping", "shipping"}, totals.extras},
          {{"Rounding", "rounding"}, totals.rounding},
          {{"Total", "total"}, is_sale ? totals.total : account.now()},
          {{"Returned", "returned"}, account.returned},
          {{"Credited", "credited"}, account.credited},
          {{"Authorized", "authorized"}, account.authorized},
          {{"Captured", "captured"}, account.captured},
          {{"Refunded", "refunded"}, account.refunded},
          {{"Paid", "paid"}, account.captured - account.refunded},
          {{"Due", "due"}, core::still_owed(order, totals.total)},
          // Below 0: to the customer.
          {{"Owed on balance", "owed"}, account.owed}};
}

void print_text(const core::OrderDetail& detail, std::string_view zone) {
  for (const auto& [column, cell] : facts_of(detail, zone)) {
    if (!cell.text.empty()) print(fmt::format("{:<11} {}", column.heading, printable(cell.text)));
  }
  print_section(lines_of(detail));
  print_section(voided_of(detail, zone));
  print_section(taxes_of(detail));
  print_section(payments_of(detail, zone));
  print_section(parcels_of(detail, zone));
  print_section(receipts_of(detail, zone));
  print_section(history_of(detail, zone));
}

Json as_json(const core::OrderDetail& detail, std::string_view zone) {
  Json json = Json::object();
  for (const auto& [column, cell] : facts_of(detail, zone)) json[column.key] = cell.json;
  json["lines"] = lines_of(detail).as_json();
  json["voided"] = voided_of(detail, zone).as_json();
  json["taxes"] = taxes_of(detail).as_json();
  json["payments"] = payments_of(detail, zone).as_json();
  json["parcels"] = parcels_of(detail, zone).as_json();
  json["receipts"] = receipts_of(detail, zone).as_json();
  json["history"] = history_of(detail, zone).as_json();
  return json;
}

class ShowOrder final : public Command {
 public:
  explicit ShowOrder(CLI::App& app) {
    app.add_option("NUMBER", number_, "As in T1-000123")->required();
    add_verb_options(app, verb_);
    app.add_option("--as", cashier_, "Who does this, once there are cashiers")->type_name("NAME");
    app.add_option("--pin-file", pin_file_, "A file with the PIN, or - for stdin")
        ->type_name("FILE");
  }

  Status run(const Common& common) override {
    return verb_.verb.empty() ? show(common) : change(common);
  }

 private:
  Status change(const Common& common) {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (const Status signed_in = sign_in(*till, cashier_, *pins); signed_in != well) {
      return signed_in;
    }
    const auto order = core::find_order_by_number(till->database(), number_);
    if (!order) {
      return fail("there is no order " + number_ + "; tresen orders lists them", attention);
    }
    return run_verb(*till, *order, verb_);
  }

  Status show(const Common& common) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto order = core::find_order_by_number(store->database, number_);
    if (const Status read = after_reading(store->database); read != well) return read;
    if (!order)
      return fail("there is no order " + number_ + "; tresen orders lists them", attention);
    const core::Answer answer = core::answer(store->database, core::AskOrder{order->id});
    if (const Status read = after_reading(store->database); read != well) return read;
    const auto& detail = std::get<core::FoundOrder>(answer).detail;
    if (!detail) return fail("the order " + number_ + " cannot be read");
    if (common.json) {
      print_json(as_json(*detail, store->settings.shop.time_zone));
    } else {
      print_text(*detail, store->settings.shop.time_zone);
    }
    return well;
  }

  std::string number_;
  VerbOptions verb_;
  std::string cashier_;
  std::string pin_file_;
};

}  // namespace

std::unique_ptr<Command> order_command(CLI::App& app) {
  return std::make_unique<ShowOrder>(app);
}

}  // namespace pos::cli
