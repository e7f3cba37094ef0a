// tresen shift: the till's day, from the float to the Z report.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "core/store/terminal_day_store.h"
#include "core/store/till_store.h"
#include "core/tax/country.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/config/make_terminal.h"
#include "pos/config/terminal_day.h"

namespace pos::cli {

namespace {

using core::Money;

Json json_of(Money money) {
  return core::to_plain(money);
}

Json coins_json(const std::vector<core::CoinCount>& coins, core::Currency currency) {
  Json all = Json::array();
  for (const core::CoinCount& coin : coins) {
    all.push_back({{"value", json_of(Money{coin.value, currency})}, {"number", coin.number}});
  }
  return all;
}

Json tenders_json(const core::ShiftReport& report) {
  Json all = Json::array();
  for (const core::TenderSum& sum : report.tenders) {
    all.push_back({{"tender", word(sum.tender)},
                   {"label", sum.label},
                   {"count", sum.count},
                   {"taken", json_of(sum.taken)},
                   {"given_back", json_of(sum.given_back)},
                   {"net", json_of(sum.net())}});
  }
  return all;
}

Json taxes_json(const core::ShiftReport& report) {
  Json all = Json::array();
  for (const core::TaxLine& tax : report.taxes) {
    all.push_back({{"rate", core::to_plain(tax.rate)},
                   {"key", tax.key.number},
                   {"net", json_of(tax.net)},
                   {"tax", json_of(tax.tax)},
                   {"gross", json_of(tax.gross)}});
  }
  return all;
}

Json cases_json(const core::ShiftReport& report) {
  Json all = Json::array();
  for (const core::CaseSum& sum : report.cases) {
    all.push_back({{"case", word(sum.business_case)},
                   {"rate", core::to_plain(sum.taxed.rate)},
                   {"key", sum.taxed.key.number},
                   {"net", core::to_plain(sum.net)},
                   {"tax", core::to_plain(sum.tax)},
                   {"gross", json_of(sum.gross)}});
  }
  return all;
}

Json cashiers_json(const core::ShiftReport& report) {
  Json all = Json::array();
  for (const core::CashierSum& sum : report.cashiers) {
    all.push_back({{"cashier", sum.cashier},
                   {"sales", sum.sales},
                   {"deposits", json_of(report.deposits)},
                   {"turnover", json_of(sum.turnover)},
                   {"tips", json_of(sum.tips)}});
  }
  return all;
}

Json moves_json(const core::ShiftReport& report) {
  Json all = Json::array();
  for (const core::CashMoveRow& move : report.moves) {
    all.push_back({{"receipt", move.code},
                   {"kind", word(move.movement.kind)},
                   {"amount", json_of(move.movement.amount)},
                   {"reason", move.movement.reason},
                   {"at", core::to_iso(move.at)},
                   {"cashier", move.cashier},
                   {"approver", move.movement.approver}});
  }
  return all;
}

Json events_json(const core::ShiftEvents& events) {
  return {{"voided_lines", events.voided_lines},
          {"voided_carts", events.voided_carts},
          {"prices_changed", events.price_overrides},
          {"no_sales", events.no_sales},
          {"reprints", events.reprints},
          {"tenders_taken_back", events.tenders_taken_back}};
}

Json drawer_json(const core::Shift& shift, const core::ShiftReport& report) {
  const Money expected = report.expected(shift.opening);
  Json drawer = {{"kept", json_of(shift.kept)},
                 {"opening", json_of(shift.opening)},
                 {"opening_difference", json_of(shift.opening_difference())},
                 {"cash_sales", json_of(report.cash_sales())},
                 {"cash_refunds", json_of(report.cash_refunds())},
                 {"paid_in", json_of(report.paid_in())},
                 {"paid_out", json_of(report.paid_out())},
                 {"drops", json_of(report.drops())},
                 {"expected", json_of(expected)}};
  if (!shift.counted) {
    drawer["counted"] = nullptr;
    return drawer;
  }
  const Money difference = *shift.counted - expected;
  drawer["counted"] = json_of(*shift.counted);
  drawer["coins"] = coins_json(shift.coins, expected.currency);
  drawer["closing_difference"] = json_of(difference);
  drawer["shift_difference"] = json_of(shift.opening_difference() + difference);
  drawer["dropped"] = json_of(shift.dropped);
  drawer["left"] = json_of(shift.left());
  return drawer;
}

// Null where the terminal was not asked.
Json terminal_json(const std::optional<core::TerminalComparison>& comparison) {
  if (!comparison) return nullptr;
  if (comparison->is_open) return {{"compared", false}, {"says", comparison->says}};
  Json differences = Json::array();
  for (const core::BookingDifference& each : comparison->differences) {
    differences.push_back({{"kind", word(each.kind)},
                           {"order", each.order},
                           {"here", json_of(each.ours)},
                           {"there", json_of(each.theirs)},
                           {"difference", json_of(each.difference())},
                           {"reference", each.reference}});
  }
  return {{"compared", true},
          {"says", comparison->says},
          {"here", json_of(comparison->ours)},
          {"there", json_of(comparison->theirs)},
          {"difference", json_of(comparison->difference())},
          {"unexplained", json_of(comparison->unexplained())},
          {"differences", std::move(differences)}};
}

Json json_of(const core::Shift& shift, const core::ShiftReport& report,
             const std::optional<core::TerminalComparison>& terminal) {
  Json all = {{"state", word(shift.state)},
              {"z", shift.z_number},
              {"currency", report.currency.text()},
              {"opened", core::to_iso(shift.opened)},
              {"opened_by", shift.opened_by},
              {"opened_by_itself", shift.opened_itself},
              {"first_receipt", report.first_code},
              {"last_receipt", report.last_code},
              {"sales", report.sales},
              {"collected", report.collected},
              {"refunds", report.refunds},
              {"trainings", report.trainings},
              {"sold", json_of(report.sold)},
              {"refunded", json_of(report.given_back)},
              {"turnover", json_of(report.turnover())},
              {"rounding", json_of(report.rounding)},
              {"tips", json_of(report.tips)},
              {"discounts", report.discounts},
              {"discounted", json_of(report.discounted)}};
  if (shift.state == core::ShiftState::closed) {
    all["closed"] = core::to_iso(shift.closed);
    all["closed_by"] = shift.closed_by;
    all["approver"] = shift.approver;
    all["note"] = shift.note;
  }
  all["vouchers"] = {{"sold", json_of(report.vouchers.sold)},
                     {"taken_back", json_of(report.vouchers.taken_back)},
                     {"redeemed", json_of(report.vouchers.redeemed)},
                     {"refunded", json_of(report.vouchers.refunded)},
                     {"credit_issued", json_of(report.vouchers.credit)},
                     {"paid_out", json_of(report.moved(core::CashMoveKind::voucher_payout))},
                     {"prepaid", json_of(report.vouchers.prepaid)}};
  all["drawer"] = drawer_json(shift, report);
  all["tenders"] = tenders_json(report);
  all["taxes"] = taxes_json(report);
  all["cases"] = cases_json(report);
  all["receivables"] = json_of(report.receivables);
  all["cashiers"] = cashiers_json(report);
  all["moves"] = moves_json(report);
  all["events"] = events_json(report.events);
  all["terminal"] = terminal_json(terminal);
  return all;
}

// The same for people.
class Lines {
 public:
  void add(std::string_view label, std::string_view value) {
    text_ += fmt::format("{:<28}{:>14}\n", printable(label), printable(value));
  }
  void add(std::string_view label, Money money) { add(label, core::to_plain(money)); }
  void add_if(std::string_view label, Money money) {
    if (!money.is_zero()) add(label, money);
  }
  void blank() { text_ += '\n'; }
  std::string text() const { return text_; }

 private:
  std::string text_;
};

void add_drawer(Lines& lines, const core::Shift& shift, const core::ShiftReport& report) {
  const Money expected = report.expected(shift.opening);
  if (!shift.opening_difference().is_zero()) {
    lines.add("left by the last closing", shift.kept);
    lines.add("difference at the opening", shift.opening_difference());
  }
  lines.add("opening float", shift.opening);
  lines.add_if("cash taken", report.cash_sales());
  lines.add_if("cash given back", -report.cash_refunds());
  lines.add_if("paid in", report.paid_in());
  lines.add_if("paid out", -report.paid_out());
  lines.add_if("drops", -report.drops());
  lines.add("expected", expected);
  if (!shift.counted) return;
  lines.add("counted", *shift.counted);
  lines.add("difference", *shift.counted - expected);
  if (shift.state != core::ShiftState::closed) return;
  lines.add_if("taken out at the closing", shift.dropped);
  lines.add("left for the next float", shift.left());
}

void add_terminal(Lines& lines, const core::TerminalComparison& comparison) {
  lines.blank();
  if (comparison.is_open) {
    lines.add("card terminal", "not compared");
    if (!comparison.says.empty()) lines.add("", comparison.says);
    return;
  }
  if (!comparison.says.empty()) lines.add("card terminal", comparison.says);
  lines.add("card payments here", comparison.ours);
  lines.add("at the terminal", comparison.theirs);
  lines.add("difference", comparison.difference());
  for (const core::BookingDifference& each : comparison.differences) {
    lines.add(fmt::format("  {} {}", each.order, word(each.kind)), each.difference());
  }
  if (!comparison.unexplained().is_zero()) {
    lines.add("  no payment explains", comparison.unexplained());
  }
}

std::string text_of(const core::Shift& shift, const core::ShiftReport& report,
                    const std::optional<core::TerminalComparison>& terminal,
                    std::string_view zone) {
  Lines lines;
  if (shift.z_number > 0) lines.add("Z report", std::to_string(shift.z_number));
  lines.add("shift", word(shift.state));
  lines.add("opened", time_cell(shift.opened, zone).text);
  lines.add("by", shift.opened_itself ? "itself" : shift.opened_by);
  if (shift.state == core::ShiftState::closed) {
    lines.add("closed", time_cell(shift.closed, zone).text);
    lines.add("by", shift.closed_by);
  }
  lines.blank();
  lines.add(fmt::format("sales ({})", report.sales), report.sold);
  if (report.refunds > 0) {
    lines.add(fmt::format("refunds ({})", report.refunds), -report.given_back);
  }
  lines.add_if("deposits given back", -report.deposits);
  lines.add("turnover", report.turnover());
  lines.add_if("cash rounding", report.rounding);
  lines.add_if("tips", report.tips);
  lines.add_if(fmt::format("discounts ({})", report.discounts), report.discounted);
  lines.add_if("vouchers sold", report.vouchers.sold);
  lines.add_if("vouchers taken back", -report.vouchers.taken_back);
  lines.add_if("vouchers redeemed", report.vouchers.redeemed);
  lines.add_if("given back onto vouchers", report.vouchers.refunded);
  lines.add_if("store credit issued", report.vouchers.credit);
  lines.add_if("taxed when the voucher was sold", report.vouchers.prepaid);
  for (const core::TaxLine& tax : report.taxes) {
    const std::string_view why = core::why_untaxed(tax.taxed());
    lines.add(fmt::format("tax {} %{}{}", core::to_plain(tax.rate), why.empty() ? "" : " ", why),
              tax.tax);
  }
  for (const core::TenderSum& sum : report.tenders) {
    lines.add(sum.label.empty() ? word(sum.tender) : std::string_view(sum.label), sum.net());
  }
  lines.blank();
  add_drawer(lines, shift, report);
  if (terminal) add_terminal(lines, *terminal);
  return lines.text();
}

// "50x3,0.20x7": pieces of each coin and note.
std::optional<std::vector<core::CoinCount>> coins_from(std::string_view text,
                                                       core::Currency currency) {
  std::vector<core::CoinCount> coins;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    const std::string_view item = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto times = item.find('x');
    if (times == item.npos) return {};
    const auto value = core::parse_plain(item.substr(0, times), currency);
    const std::string_view digits = item.substr(times + 1);
    std::int64_t number = 0;
    const auto [rest, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_number = fault == std::errc{} && rest == digits.data() + digits.size();
    if (!value || value->minor <= 0 || !is_number || number < 0 || number > 1'000'000) return {};
    coins.push_back({value->minor, number});
  }
  return coins;
}

// What the terminal wants printed is printed with the till's own slips.
class QueueingHooks final : public drivers::CardHooks {
 public:
  explicit QueueingHooks(core::Register& till) : till_(till) {}
  bool before_send(const std::string&) override { return false; }
  bool receipt(const drivers::ReceiptBlock& block) override {
    return till_.handle(core::QueueTerminalSlip{terminal_slip(block, {})}).has_value();
  }

 private:
  core::Register& till_;
};

class ShiftCommand final : public Command {
 public:
  explicit ShiftCommand(CLI::App& app) {
    app.require_subcommand(0, 1);
    show_ = verb(app, "show", "The open shift so far, or --z N: a closed one");
    show_->add_option("--z", z_number_, "Number of a Z report");
    list_ = verb(app, "list", "The shifts, the latest first");
    list_->add_option("--limit", limit_, "At most so many")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    open_ = verb(app, "open", "Open the shift with a float");
    add_amount(*open_, "The float; or --coins");
    in_ = verb(app, "in", "Put cash into the drawer");
    out_ = verb(app, "out", "Take cash out of the drawer");
    for (CLI::App* move : {in_, out_}) {
      move->add_option("AMOUNT", amount_, "As in 12.50")->required();
      move->add_option("--reason", reason_, "What for");
    }
    in_->add_option("--kind", in_kind_, "What it is")
        ->check(CLI::IsMember({"paid in", "owner in"}))
        ->capture_default_str();
    out_->add_option("--kind", out_kind_, "What it is")
        ->check(CLI::IsMember(
            {"paid out", "safe drop", "bank", "wages", "expense", "owner out", "tip payout"}))
        ->capture_default_str();
    count_ = verb(app, "count", "Say what lies in the drawer");
    add_amount(*count_, "The sum; or --coins");
    close_ = verb(app, "close", "Close the shift: prints the Z report");
    close_->add_option("--counted", amount_, "What lies in the drawer, unless it was counted");
    close_->add_option("--coins", coins_, "The same by coin and note, as in 50x3,0.20x7");
    close_->add_option("--drop", drop_, "Take this out; the rest is the next float")
        ->capture_default_str();
    close_->add_option("--note", reason_, "Why there is a difference");
    x_ = verb(app, "x", "Print an X report: the sums so far");
    for (CLI::App* doing : {open_, in_, out_, count_, close_, x_}) {
      doing->add_option("--as", cashier_, "Who does this, once there are cashiers")
          ->type_name("NAME");
      doing->add_option("--approved-by", approver_, "The manager whose PIN follows, where needed")
          ->type_name("NAME");
      doing->add_option("--pin-file", pin_file_, "A file with the PINs, one a line, or -")
          ->type_name("FILE");
    }
  }

  Status run(const Common& common) override {
    if (list_->parsed()) return list(common);
    for (const CLI::App* doing : {open_, in_, out_, count_, close_, x_}) {
      if (doing->parsed()) return work(common);
    }
    return show(common);
  }

 private:
  static CLI::App* verb(CLI::App& app, const char* name, const char* says) {
    CLI::App* sub = app.add_subcommand(name, says);
    sub->fallthrough();
    return sub;
  }

  void add_amount(CLI::App& app, const char* says) {
    app.add_option("AMOUNT", amount_, says);
    app.add_option("--coins", coins_, "Coins and notes, as in 50x3,0.20x7");
  }

  Status show(const Common& common) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    std::optional<core::Shift> shift;
    if (z_number_ == 0) {
      shift = core::open_shift(store->database);
      if (!shift) return show_none(common, *store);
    } else {
      shift = core::find_shift(store->database, z_number_);
      if (!shift) {
        return fail(fmt::format("there is no Z report {}; see tresen shift list", z_number_),
                    attention);
      }
    }
    return show(common, *store, *shift);
  }

  static Status show_none(const Common& common, Reading& store) {
    const Money kept = core::kept_cash(store.database, store.settings.shop.currency);
    if (const Status read = after_reading(store.database); read != well) return read;
    if (common.json) {
      print_json({{"state", "none"}, {"kept", json_of(kept)}});
    } else {
      print(fmt::format("no shift is open; {} lie in the drawer; tresen shift open AMOUNT",
                        core::to_plain(kept)));
    }
    return well;
  }

  static Status show(const Common& common, Reading& store, const core::Shift& shift) {
    const core::ShiftReport report = core::report_of(store.database, shift);
    const auto terminal = core::terminal_day_of(store.database, shift.row);
    if (const Status read = after_reading(store.database); read != well) return read;
    if (common.json) {
      print_json(json_of(shift, report, terminal));
    } else {
      fmt::print("{}", text_of(shift, report, terminal, store.settings.shop.time_zone));
    }
    return well;
  }

  Status list(const Common& common) const {
    const auto rows = [this](Reading& store) {
      Table table({{"Z", "z", Align::right},
                   {"State", "state"},
                   {"Opened", "opened"},
                   {"Closed", "closed"},
                   {"By", "closed_by"},
                   {"Turnover", "turnover", Align::right},
                   {"Expected", "expected", Align::right},
                   {"Counted", "counted", Align::right},
                   {"Difference", "difference", Align::right},
                   {"", "currency"}});
      const std::string& zone = store.settings.shop.time_zone;
      for (const core::Shift& shift : core::shifts(store.database, limit_)) {
        const core::ShiftReport report = core::report_of(store.database, shift);
        const Money expected = report.expected(shift.opening);
        const Cell none("", nullptr);
        table.add({shift.z_number > 0 ? Cell(shift.z_number) : none, word(shift.state),
                   time_cell(shift.opened, zone), time_cell(shift.closed, zone), shift.closed_by,
                   report.turnover(), expected, shift.counted ? Cell(*shift.counted) : none,
                   shift.counted ? Cell(*shift.counted - expected) : none, report.currency.text()});
      }
      return table;
    };
    return print_from_store(common, rows, "no shift yet; tresen shift open AMOUNT");
  }

  std::optional<Money> money(const std::string& text, core::Currency currency) const {
    const auto parsed = core::parse_plain(text, currency);
    if (parsed) return *parsed;
    fail(fmt::format("\"{}\" is not an amount as in 12.50", text), wrong_usage);
    return {};
  }

  // What was counted, as a sum or as coins; nothing: it was said why it is neither.
  std::optional<core::CountDrawer> counted(core::Currency currency) const {
    core::CountDrawer count;
    if (!coins_.empty()) {
      const auto coins = coins_from(coins_, currency);
      if (!coins) {
        fail(fmt::format("\"{}\" are no coins as in 50x3,0.20x7", coins_), wrong_usage);
        return {};
      }
      count.coins = *coins;
      count.counted = core::sum_of(*coins, currency);
    } else {
      count.counted = money(amount_.empty() ? "?" : amount_, currency);
      if (!count.counted) return {};
    }
    return count;
  }

  Status work(const Common& common) const {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    const core::Currency currency = till->snapshot().settings.shop.currency;
    const auto commands = commands_for(currency);
    if (commands.empty()) return wrong_usage;
    if (const Status signed_in = sign_in(*till, cashier_, *pins); signed_in != well) {
      return signed_in;
    }
    const std::string approval = approver_.empty() ? "" : pins->next("PIN of " + approver_);
    for (const core::Command& command : commands) {
      if (command.is<core::CloseShift>()) end_terminal_day(common, *till);
      const auto done = till->handle(command, approval);
      if (!done) return say_refusal(done.error());
    }
    return say_what_is(common, *till);
  }

  // Its own day, before the shift's. Where it is not reached, the Z report says so.
  static void end_terminal_day(const Common& common, core::Register& till) {
    const core::Snapshot now = till.snapshot();
    const auto& settings = now.settings;
    const bool is_wanted = core::ends_day_with_shift(settings.terminal) && now.shift &&
                           now.shift->counted && !now.terminal_day;
    const auto configuration = read_configuration(common.data);
    if (!is_wanted || !configuration) return;
    const auto terminal =
        make_terminal(settings.terminal, settings.shop.currency, configuration->secrets.terminal,
                      (common.data / "simulated-terminal.txt").string());
    // What keeps the terminal from being asked keeps the shift from closing, and is said there.
    if (!terminal || !till.handle(core::EndTerminalDay{})) return;
    QueueingHooks hooks(till);
    const auto day = terminal->end_day(hooks);
    [[maybe_unused]] const auto kept =
        till.handle(core::TerminalDayEnded{terminal_day(day, settings.shop.currency)});
  }

  // Empty: it was said what is wrong.
  std::vector<core::Command> commands_for(core::Currency currency) const {
    if (x_->parsed()) return {core::PrintInterimReport{}};
    if (in_->parsed() || out_->parsed()) {
      const auto amount = money(amount_, currency);
      if (!amount) return {};
      const auto kind = core::cash_move_from(in_->parsed() ? in_kind_ : out_kind_);
      return {core::MoveCash{kind.value_or(core::CashMoveKind::paid_in), *amount, reason_}};
    }
    std::optional<core::CountDrawer> count;
    const bool is_counted = !amount_.empty() || !coins_.empty();
    if (!close_->parsed() || is_counted) {
      count = counted(currency);
      if (!count) return {};
    }
    if (open_->parsed()) return {core::OpenShift{*count->counted, count->coins}};
    if (count_->parsed()) return {*count};
    const auto drop = money(drop_, currency);
    if (!drop) return {};
    std::vector<core::Command> commands;
    if (count) commands.emplace_back(*count);
    commands.emplace_back(core::CloseShift{*drop, reason_});
    return commands;
  }

  // The shift as it is now; after a closing its Z report.
  Status say_what_is(const Common& common, core::Register& till) const {
    auto& database = till.database();
    auto shift = core::open_shift(database);
    if (!shift) {
      auto latest = core::shifts(database, 1);
      if (latest.empty()) return well;
      shift = std::move(latest.front());
    }
    const core::ShiftReport report = core::report_of(database, *shift);
    const auto terminal = core::terminal_day_of(database, shift->row);
    if (common.json) {
      print_json(json_of(*shift, report, terminal));
    } else {
      fmt::print("{}", text_of(*shift, report, terminal, till.snapshot().settings.shop.time_zone));
    }
    return well;
  }

  CLI::App *show_ = nullptr, *list_ = nullptr, *open_ = nullptr, *in_ = nullptr, *out_ = nullptr,
           *count_ = nullptr, *close_ = nullptr, *x_ = nullptr;
  std::string amount_, coins_, reason_, drop_ = "0", cashier_, approver_, pin_file_;
  std::string in_kind_ = "paid in", out_kind_ = "paid out";
  std::int64_t z_number_ = 0, limit_ = 50;
};

}  // namespace

std::unique_ptr<Command> shift_command(CLI::App& app) {
  return std::make_unique<ShiftCommand>(app);
}

}  // namespace pos::cli
