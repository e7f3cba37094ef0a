// tresen voucher: what is on the vouchers that this till knows, and what a person does with
// them, by the same commands that the screens give.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/store/voucher_store.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

std::string state_of(const core::Voucher& voucher, core::Instant now) {
  if (voucher.is_blocked) return "blocked";
  if (core::has_expired(voucher, now)) return "expired";
  return voucher.balance.is_zero() ? "spent" : "active";
}

// The facts of a voucher, each with its heading.
std::vector<std::pair<Column, Cell>> facts_of(const core::Voucher& voucher, core::Instant now,
                                              std::string_view zone) {
  return {{{"Number", "number"}, {core::shown_voucher_number(voucher.number), voucher.number}},
          {{"Kind", "kind"}, core::word(voucher.kind)},
          {{"Holder", "holder"}, voucher.holder},
          {{"Tax code", "tax_code"}, voucher.tax_code},
          {{"State", "state"}, state_of(voucher, now)},
          {{"Value", "value", Align::right}, voucher.value},
          {{"Balance", "balance", Align::right}, voucher.balance},
          {{"Held", "held", Align::right}, voucher.held},
          {{"Sold", "sold"}, time_cell(voucher.sold, zone)},
          {{"Expires", "expires"}, time_cell(voucher.expires, zone)}};
}

Table history_of(const core::Voucher& voucher, std::string_view zone) {
  Table table({{"At", "at"},
               {"Event", "event"},
               {"Amount", "amount", Align::right},
               {"Order", "order"},
               {"Receipt", "receipt"},
               {"By", "by"},
               {"Approved by", "approved_by"},
               {"Reason", "reason"}});
  for (const core::VoucherEntry& entry : voucher.history) {
    table.add({time_cell(entry.at, zone), core::word(entry.event), entry.amount, entry.order_number,
               entry.receipt_code, entry.actor, entry.approver, entry.reason});
  }
  return table;
}

class VoucherCommand final : public Command {
 public:
  explicit VoucherCommand(CLI::App& app) {
    app.add_option("VERB", verb_, "list, show, issue, topup, block, unblock or payout")
        ->check(CLI::IsMember({"list", "show", "issue", "topup", "block", "unblock", "payout"}))
        ->capture_default_str();
    app.add_option("WHAT", what_, "The voucher's number; of issue the amount");
    app.add_option("AMOUNT", amount_, "Of topup, such as 25.00");
    app.add_option("--number", number_, "Of issue: that of a card which is printed already");
    app.add_option("--tax", tax_, "Of issue: the code of the one rate that it is for");
    app.add_option("--tender", tender_, "Of issue and topup: how it is paid")
        ->check(CLI::IsMember({"cash", "other"}))
        ->capture_default_str();
    app.add_option("--reason", reason_, "Of block, unblock and payout");
    app.add_option("--limit", limit_, "Of list: at most so many")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    app.add_option("--as", cashier_, "Who does this, once there are cashiers")->type_name("NAME");
    app.add_option("--pin-file", pin_file_, "A file with the PIN, or - for stdin")
        ->type_name("FILE");
  }

  Status run(const Common& common) override {
    if (verb_ == "list") return list(common);
    if (what_.empty()) {
      return fail(verb_ == "issue" ? "issue needs an amount, such as 25.00"
                                   : verb_ + " needs the number of a voucher",
                  wrong_usage);
    }
    return verb_ == "show" ? show(common) : change(common);
  }

 private:
  Status list(const Common& common) const {
    const core::Instant now = core::SystemClock().now();
    const auto found = [&](Reading& store) {
      const std::string& zone = store.settings.shop.time_zone;
      std::vector<Column> columns;
      for (const auto& [column, cell] : facts_of({}, now, zone)) columns.push_back(column);
      Table table(std::move(columns));
      for (const core::Voucher& voucher : core::vouchers(store.database, limit_)) {
        std::vector<Cell> cells;
        for (const auto& [column, cell] : facts_of(voucher, now, zone)) cells.push_back(cell);
        table.add(std::move(cells));
      }
      return table;
    };
    return print_from_store(common, found, "no vouchers yet; tresen voucher issue AMOUNT");
  }

  Status show(const Common& common) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto voucher = core::tell_voucher(store->database, core::plain_voucher_number(what_));
    if (const Status read = after_reading(store->database); read != well) return read;
    if (!voucher) return is_not_known();
    print_voucher(*voucher, common, store->settings.shop.time_zone);
    return well;
  }

  static void print_voucher(const core::Voucher& voucher, const Common& common,
                            std::string_view zone) {
    const auto facts = facts_of(voucher, core::SystemClock().now(), zone);
    const Table history = history_of(voucher, zone);
    if (common.json) {
      Json json = Json::object();
      for (const auto& [column, cell] : facts) json[column.key] = cell.json;
      json["history"] = history.as_json();
      return print_json(json);
    }
    for (const auto& [column, cell] : facts) {
      if (!cell.text.empty()) print(fmt::format("{:<9} {}", column.heading, printable(cell.text)));
    }
    print("");
    print_table(history, Form::text, "");
  }

  Status change(const Common& common) {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (const Status signed_in = sign_in(*till, cashier_, *pins); signed_in != well) {
      return signed_in;
    }
    std::string number = what_;
    const Status done =
        verb_ == "issue" || verb_ == "topup" ? sell(*till, number) : carry_out(*till, number);
    if (done != well) return done;
    const auto voucher = core::tell_voucher(till->database(), core::plain_voucher_number(number));
    if (!voucher) return is_not_known();
    print_voucher(*voucher, common, till->snapshot().settings.shop.time_zone);
    return well;
  }

  Status carry_out(core::Register& till, const std::string& number) const {
    const auto say = [&](const core::Command& command) {
      const auto done = till.handle(command);
      return done ? well : say_refusal(done.error());
    };
    if (verb_ == "block") return say(core::BlockVoucher{number, reason_});
    if (verb_ == "unblock") return say(core::UnblockVoucher{number, reason_});
    return say(core::PayOutVoucher{number, reason_});
  }

  // A sale of its own, paid at once; sets the number.
  Status sell(core::Register& till, std::string& number) const {
    const bool is_issue = verb_ == "issue";
    const core::Snapshot before = till.snapshot();
    const std::string& written = is_issue ? what_ : amount_;
    const auto amount = core::parse_plain(written, before.settings.shop.currency);
    if (!amount || amount->minor <= 0) {
      return fail(fmt::format("\"{}\" is not an amount like 25.00", written), wrong_usage);
    }
    if (!before.order.lines.empty()) {
      return fail("a cart is open at the till: finish or park it first", attention);
    }
    const core::Command line = is_issue ? core::Command(core::SellVoucher{*amount, number_, tax_})
                                        : core::Command(core::TopUpVoucher{number, *amount});
    if (const auto added = till.handle(line); !added) return say_refusal(added.error());
    const core::Money due = till.snapshot().due;
    const auto paid = till.handle(
        tender_ == "cash" ? core::Command(core::TakeCash{due})
                          : core::Command(core::TakeOther{core::Tender::other, due, "Voucher"}));
    if (!paid) {
      till.handle(core::VoidLine{till.snapshot().last_line, "not paid"});
      return say_refusal(paid.error());
    }
    const auto& done = till.snapshot().done;
    if (done && !done->vouchers.empty()) number = done->vouchers.front().number;
    return well;
  }

  Status is_not_known() const {
    return fail(
        fmt::format("there is no voucher {}; tresen voucher list has them", printable(what_)),
        attention);
  }

  std::string verb_ = "list", what_, amount_, number_, tax_, tender_ = "cash", reason_;
  int limit_ = 50;
  std::string cashier_, pin_file_;
};

}  // namespace

std::unique_ptr<Command> voucher_command(CLI::App& app) {
  return std::make_unique<VoucherCommand>(app);
}

}  // namespace pos::cli
