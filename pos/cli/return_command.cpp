// tresen return: goods that come back, against their receipt or without one, alone or in
// exchange for others, by the same commands that the screens give.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <vector>

#include "core/store/catalogue_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/vouchers/voucher.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

struct Wanted {
  std::string sku;
  std::optional<core::Quantity> quantity;  // nothing: all of it, or one
};

// "SKU" or "SKU=2".
std::optional<Wanted> wanted_from(const std::string& said) {
  const auto equals = said.find('=');
  Wanted wanted{said.substr(0, equals), {}};
  if (equals == std::string::npos) return wanted;
  const auto quantity = core::parse_quantity(said.substr(equals + 1));
  if (!quantity || quantity->thousandths <= 0) {
    fail(fmt::format("\"{}\" is not a quantity like 2 or 0.252", said.substr(equals + 1)),
         wrong_usage);
    return {};
  }
  wanted.quantity = *quantity;
  return wanted;
}

Table lines_of(const core::Receipt& receipt) {
  Table table({{"Line", "line"},
               {"SKU", "sku"},
               {"Quantity", "quantity", Align::right},
               {"Amount", "amount", Align::right},
               {"Of", "order"},
               {"Reason", "reason"}});
  for (std::size_t i = 0; i < receipt.order.lines.size(); ++i) {
    const core::LineItem& line = receipt.order.lines[i];
    table.add({line.title, line.sku, core::to_plain(line.quantity), receipt.totals.lines[i].final(),
               "", ""});
  }
  for (const core::ReturnLine& line : receipt.order.returns) {
    table.add({line.title, line.sku, "-" + core::to_plain(line.quantity), -line.amount,
               line.order_number, line.reason});
  }
  return table;
}

class ReturnCommand final : public Command {
 public:
  explicit ReturnCommand(CLI::App& app) {
    app.add_option("RECEIPT", sold_by_,
                   "The receipt or the order that sold it; left out: nobody knows");
    app.add_option("--line", lines_, "What comes back: SKU or SKU=QUANTITY; may be repeated");
    app.add_option("--new", new_, "What is bought instead: SKU or SKU=QUANTITY; may be repeated");
    app.add_option("--empties", empties_,
                   "Bottles: the SKU of the deposit or of its article, SKU=QUANTITY; may be "
                   "repeated");
    app.add_option("--slip", slips_, "The code of a slip of the bottle machine; may be repeated");
    app.add_flag("--another-slip", is_another_, "It is another one with the same code");
    app.add_option("--price", price_, "Without a receipt: what one of it gives, at most today's");
    app.add_option("--reason", reason_, "Why it comes back; not of empties");
    app.add_option("--name", name_, "The customer's, as it is needed without a receipt");
    app.add_flag("--damaged", is_damaged_, "It cannot be sold again");
    app.add_flag("--no-restock", stays_away_, "It does not go back to the shelf");
    app.add_option("--tender", tender_, "How the difference is paid or given back")
        ->check(CLI::IsMember({"cash", "gift_card", "other"}))
        ->capture_default_str();
    app.add_option("--as", cashier_, "Who does this, once there are cashiers")->type_name("NAME");
    app.add_option("--pin-file", pin_file_, "A file with the PIN, or - for stdin")
        ->type_name("FILE");
  }

  Status run(const Common& common) override {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    if (lines_.empty() && sold_by_.empty() && empties_.empty() && slips_.empty()) {
      return fail("--line says what comes back, as in --line SKU=2", wrong_usage);
    }
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (const Status signed_in = sign_in(*till, cashier_, *pins); signed_in != well) {
      return signed_in;
    }
    const core::Snapshot before = till->snapshot();
    if (!before.order.lines.empty() || !before.order.returns.empty()) {
      return fail("a cart is open at the till: finish or park it first", attention);
    }
    Status done = take_empties(*till);
    if (done == well) done = take_back(*till);
    if (done == well) done = buy(*till);
    if (done == well && !name_.empty()) {
      done = say(*till, core::SetCustomer{core::Customer{name_, "", "", 0}});
    }
    if (done == well) done = settle(*till);
    if (done != well) {
      till->handle(core::VoidOrder{"not carried out"});
      return done;
    }
    return tell(*till, common);
  }

 private:
  static Status say(core::Register& till, const core::Command& command) {
    const auto done = till.handle(command);
    return done ? well : say_refusal(done.error());
  }

  core::Shelf shelf() const {
    if (is_damaged_) return core::Shelf::damaged;
    return stays_away_ ? core::Shelf::nowhere : core::Shelf::restock;
  }

  std::optional<core::Order> sold_order(core::Register& till) const {
    if (const auto receipt = core::find_receipt_by_code(till.database(), sold_by_);
        receipt && core::has_order(receipt->kind)) {
      return core::find_order(till.database(), receipt->order.id);
    }
    return core::find_order_by_number(till.database(), sold_by_);
  }

  Status take_empties(core::Register& till) const {
    for (const std::string& said : empties_) {
      const auto wanted = wanted_from(said);
      if (!wanted) return wrong_usage;
      const auto variant = core::find_by_sku(till.database(), wanted->sku);
      if (!variant) return fail("no article has the SKU " + printable(wanted->sku), attention);
      const Status done =
          say(till, core::TakeEmpties{variant->id.row, wanted->quantity.value_or(core::pieces(1))});
      if (done != well) return done;
    }
    for (const std::string& code : slips_) {
      const Status done = say(till, core::TakeDepositSlip{code, is_another_});
      if (done != well) return done;
    }
    return well;
  }

  Status take_back(core::Register& till) const {
    if (sold_by_.empty()) return take_back_unproven(till);
    const auto order = sold_order(till);
    if (!order) {
      return fail(fmt::format("no receipt or order is called {}; tresen receipts lists them",
                              printable(sold_by_)),
                  attention);
    }
    core::TakeBack back{order->id, {}, reason_};
    for (const std::string& said : lines_) {
      const auto wanted = wanted_from(said);
      if (!wanted) return wrong_usage;
      const auto line = std::ranges::find(order->lines, wanted->sku, &core::LineItem::sku);
      if (line == order->lines.end()) {
        return fail("the order has no line with the SKU " + printable(wanted->sku), attention);
      }
      const core::Quantity left = core::refundable_quantity(*order, *line);
      back.lines.push_back({line->id, wanted->quantity.value_or(left), shelf()});
    }
    for (const core::LineItem& line : order->lines) {
      const core::Quantity left = core::refundable_quantity(*order, line);
      if (lines_.empty() && left.thousandths > 0) back.lines.push_back({line.id, left, shelf()});
    }
    if (back.lines.empty()) return fail("all of it has come back already", attention);
    return say(till, back);
  }

  Status take_back_unproven(core::Register& till) const {
    const core::Currency currency = till.snapshot().settings.shop.currency;
    core::Money price{0, currency};
    if (!price_.empty()) {
      const auto parsed = core::parse_plain(price_, currency);
      if (!parsed || parsed->minor <= 0) {
        return fail(fmt::format("\"{}\" is not an amount like 12.50", price_), wrong_usage);
      }
      price = *parsed;
    }
    for (const std::string& said : lines_) {
      const auto wanted = wanted_from(said);
      if (!wanted) return wrong_usage;
      const auto variant = core::find_by_sku(till.database(), wanted->sku);
      if (!variant) return fail("no article has the SKU " + printable(wanted->sku), attention);
      const Status done =
          say(till, core::TakeBackUnproven{variant->id.row,
                                           "",
                                           "",
                                           wanted->quantity.value_or(core::pieces(1)),
                                           price,
                                           shelf(),
                                           reason_,
                                           {}});
      if (done != well) return done;
    }
    return well;
  }

  Status buy(core::Register& till) const {
    for (const std::string& said : new_) {
      const auto wanted = wanted_from(said);
      if (!wanted) return wrong_usage;
      const auto variant = core::find_by_sku(till.database(), wanted->sku);
      if (!variant) return fail("no article has the SKU " + printable(wanted->sku), attention);
      const Status done =
          say(till, core::AddVariant{variant->id.row, wanted->quantity.value_or(core::pieces(1))});
      if (done != well) return done;
    }
    return well;
  }

  Status settle(core::Register& till) const {
    const core::Snapshot now = till.snapshot();
    const core::Tender tender = tender_ == "cash"        ? core::Tender::cash
                                : tender_ == "gift_card" ? core::Tender::gift_card
                                                         : core::Tender::other;
    if (now.due.minor <= 0) return say(till, core::GiveBack{tender, {}, {}, ""});
    if (tender == core::Tender::cash) {
      return say(till, core::TakeCash{now.due +
                                      core::cash_rounding(now.due, now.settings.money.cash_step)});
    }
    return say(till, core::TakeOther{tender, now.due, ""});
  }

  static Status tell(core::Register& till, const Common& common) {
    const auto rows = core::receipt_rows(till.database(), 0, 1);
    const auto receipt =
        rows.empty() ? std::nullopt : core::find_receipt_by_code(till.database(), rows[0].code);
    if (!receipt) return fail("the receipt cannot be read");
    const core::Money amount = receipt->amount;
    if (common.json) {
      Json json = Json::object();
      json["receipt"] = receipt->code;
      json["order"] = receipt->order.number;
      json["amount"] = core::to_plain(amount);
      json["lines"] = lines_of(*receipt).as_json();
      json["vouchers"] = Json::array();
      for (const core::ReceiptVoucher& voucher : receipt->vouchers) {
        json["vouchers"].push_back(
            {{"number", voucher.number}, {"amount", core::to_plain(voucher.amount)}});
      }
      print_json(json);
      return well;
    }
    print_table(lines_of(*receipt), Form::text, "");
    print(fmt::format("{}: {} {}", receipt->code, amount.minor < 0 ? "give back" : "paid",
                      core::to_plain(amount.minor < 0 ? -amount : amount)));
    for (const core::ReceiptVoucher& voucher : receipt->vouchers) {
      print(fmt::format("voucher {}: {}, {} on it now", core::shown_voucher_number(voucher.number),
                        core::to_plain(voucher.amount), core::to_plain(voucher.left)));
    }
    return well;
  }

  std::string sold_by_, price_, reason_, name_, tender_ = "cash";
  std::vector<std::string> lines_, new_, empties_, slips_;
  bool is_damaged_ = false, stays_away_ = false, is_another_ = false;
  std::string cashier_, pin_file_;
};

}  // namespace

std::unique_ptr<Command> return_command(CLI::App& app) {
  return std::make_unique<ReturnCommand>(app);
}

}  // namespace pos::cli
