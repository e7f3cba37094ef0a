// tresen print: a receipt's slip as bytes, a reprint, what waits for a printer,
// and the set-up slip that finds the printer's code table.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "core/store/till_store.h"
#include "drivers/printer/escpos_encoder.h"
#include "drivers/printer/profiles.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/config/whole_file.h"
#include "pos/layout/day_layout.h"
#include "pos/layout/printer_words.h"
#include "pos/layout/receipt_words.h"
#include "pos/layout/slip_logo.h"
#include "pos/layout/test_slip.h"
#include "pos/runtime/printer_thread.h"
#include "pos/runtime/runtime.h"

namespace pos::cli {

namespace {

using core::PrintState;

std::optional<core::SlipForm> form_from(std::string_view text) {
  for (const auto form : {core::SlipForm::original, core::SlipForm::copy, core::SlipForm::gift,
                          core::SlipForm::voucher}) {
    if (core::word(form) == text) return form;
  }
  return {};
}

// "12", "T1-R000012".
std::optional<core::Receipt> find_receipt(core::Database& database, const core::Settings& settings,
                                          const std::string& wanted) {
  const bool is_number = !wanted.empty() && wanted.find_first_not_of("0123456789") == wanted.npos &&
                         wanted.size() < 10;
  const std::string code =
      is_number ? fmt::format("{}-R{:06}", settings.till.id, std::stol(wanted)) : wanted;
  auto receipt = core::find_receipt_by_code(database, code);
  if (!receipt) fail("there is no receipt " + code + "; see tresen receipts");
  return receipt;
}

Status write_bytes(const std::string& file, const drivers::Bytes& bytes) {
  const auto why = write_whole(
      file, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  return why ? fail("cannot write " + *why) : well;
}

Table table_of(const std::vector<core::PrintJob>& jobs, core::Database& database,
               std::string_view zone) {
  Table table({{"Slip", "slip", Align::right},
               {"Receipt", "receipt"},
               {"Form", "form"},
               {"State", "state"},
               {"Copy", "repeated"},
               {"Printer", "printer", Align::right},
               {"Since", "since"},
               {"Why", "reason"}});
  for (const core::PrintJob& job : jobs) {
    const auto receipt = core::load_receipt(database, job.receipt_row);
    table.add({job.row, receipt ? receipt->code : "", core::word(job.form), core::word(job.state),
               Cell(job.repeated ? "yes" : "", job.repeated), std::int64_t{job.printer + 1},
               time_cell(job.created, zone), job.reason});
  }
  return table;
}

// The slips of the card terminal, with numbers of their own.
void add_card_slips(Table& table, const std::vector<core::TerminalSlipRow>& rows,
                    std::string_view zone) {
  for (const core::TerminalSlipRow& row : rows) {
    table.add({fmt::format("card {}", row.slip.row), row.order_number,
               row.slip.copy == core::SlipCopy::merchant ? "card, merchant" : "card, customer",
               core::word(row.state), Cell("", false), std::int64_t{1},
               time_cell(row.created, zone), row.reason});
  }
}

class Print final : public Command {
 public:
  explicit Print(CLI::App& app) {
    app.add_option("--receipt", receipt_, "Number or code of a receipt: prints it again");
    app.add_option("--to", to_, "Write the slip's bytes to a file instead of printing them");
    app.add_option("--profile", profile_, "Family of printers, instead of that of the settings");
    app.add_option("--form", form_, "original, copy, gift or voucher")->capture_default_str();
    app.add_flag("--profiles", lists_profiles_, "List the families of printers");
    app.add_flag("--setup-slip", is_setup_, "Print candidate code tables and ask which is right");
    app.add_option("--table", table_, "The line of the set-up slip that reads right");
    app.add_flag("--test", is_test_, "Print a test slip");
    app.add_flag("--jobs", lists_jobs_, "List the slips and what became of them");
    app.add_flag("--waiting", prints_waiting_, "Print what waits, without a window");
    app.add_option("--for", seconds_, "With --waiting: for so many seconds at most")
        ->capture_default_str();
    app.add_option("--again", again_,
                   "Print this slip of --jobs again, marked as a copy if unsure");
    app.add_option("--drop", drop_, "Do not print this slip");
    app.add_option("--card-again", card_again_, "Print this slip of the card terminal again");
    app.add_option("--card-drop", card_drop_, "Do not print this slip of the card terminal");
    app.add_option("--elsewhere", elsewhere_, "Print this slip on the other printer");
  }

  Status run(const Common& common) override {
    if (lists_profiles_) return list_profiles(common);
    if (!profile_.empty()) {
      core::PrinterSettings wanted;
      wanted.profile = profile_;
      if (const auto fault = fault_of(wanted)) return fail(*fault);
    }
    if (lists_jobs_) return list_jobs(common);
    if (table_ > 0) return choose_table(common);
    if (is_setup_) return print_setup(common);
    if (is_test_) return print_test(common);
    if (prints_waiting_) return print_waiting(common);
    if (again_ > 0) return tell(common, core::RetryPrint{again_});
    if (drop_ > 0) return tell(common, core::DropPrint{drop_});
    if (card_again_ > 0) return tell(common, core::RetryTerminalSlip{card_again_});
    if (card_drop_ > 0) return tell(common, core::DropTerminalSlip{card_drop_});
    if (elsewhere_ > 0) return tell(common, core::PrintElsewhere{elsewhere_});
    if (!receipt_.empty()) return to_.empty() ? print_again(common) : write_slip(common);
    return fail("say what to print: --receipt N, --test, --setup-slip, --jobs, --waiting",
                wrong_usage);
  }

 private:
  drivers::Profile chosen(core::PrinterSettings settings) const {
    if (!profile_.empty()) {
      settings.profile = profile_;
      settings.code_table.clear();
    }
    return profile_of(settings);
  }

  Status list_profiles(const Common& common) {
    Table table({{"Profile", "profile"},
                 {"Printers", "printers"},
                 {"Columns", "columns", Align::right},
                 {"Dots", "dots", Align::right},
                 {"Code tables", "code_tables"}});
    for (const drivers::Profile& profile : drivers::profiles()) {
      std::string tables;
      for (const drivers::CodeTable& each : profile.code_tables) {
        const std::string text = drivers::text_of(each);
        if (!text.empty()) tables += (tables.empty() ? "" : " ") + text;
      }
      table.add({profile.id, profile.name, std::int64_t{profile.columns},
                 std::int64_t{profile.dots}, tables});
    }
    print_table(table, common.json ? Form::json : Form::text, "");
    return well;
  }

  Status list_jobs(const Common& common) {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto jobs = core::print_jobs(store->database, 1'000'000);
    const std::string& zone = store->settings.shop.time_zone;
    Table table = table_of(jobs, store->database, zone);
    add_card_slips(table, core::terminal_slips(store->database, 1'000'000), zone);
    if (const Status read = after_reading(store->database); read != well) return read;
    print_table(table, common.json ? Form::json : Form::text, "no slips yet");
    return well;
  }

  Status write_slip(const Common& common) {
    const auto form = form_from(form_);
    if (!form) return fail("--form is original, copy, gift or voucher", wrong_usage);
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto receipt = find_receipt(store->database, store->settings, receipt_);
    if (!receipt) return cannot;
    const Translations translations = Translations::load();
    const drivers::Profile profile = chosen(store->settings.printer);
    core::PrintSlip wanted{0, *form, *receipt};
    wanted.day = core::load_day_document(store->database, *receipt);
    wanted.code = store->settings.fiscal.code;
    core::make_blind(wanted.day, store->settings.shift, *receipt);
    const std::string& picture = store->settings.till.logo;
    const auto logo =
        picture.empty() ? std::nullopt : slip_logo(common.data / picture, profile.dots);
    const auto slip = slip_document(wanted, translations(language_of(*receipt)), profile.columns,
                                    logo ? &*logo : nullptr);
    return write_bytes(to_, drivers::escpos_bytes(slip, profile));
  }

  Status print_again(const Common& common) {
    const core::SystemClock clock;
    auto till = open_register(common, clock);
    if (!till) return cannot;
    const auto receipt = find_receipt(till->database(), till->snapshot().settings, receipt_);
    if (!receipt) return cannot;
    core::Command again = core::PrintDayReceiptAgain{receipt->row};
    if (has_order(receipt->kind)) {
      again = core::PrintAgain{receipt->order.id, core::SlipForm::copy, receipt->row};
    }
    const auto printed = till->handle(again);
    if (!printed) return say_refusal(printed.error());
    print(fmt::format("the copy of {} waits for the printer", receipt->code));
    return well;
  }

  Status tell(const Common& common, const core::Command& command) {
    const core::SystemClock clock;
    auto till = open_register(common, clock);
    if (!till) return cannot;
    const auto done = till->handle(command);
    return done ? well : say_refusal(done.error());
  }

  Status say_outcome(const drivers::PrintOutcome& outcome) {
    if (const auto trouble = drivers::trouble_of(outcome)) {
      return fail(std::string(in_words(*trouble, settings_)));
    }
    return well;
  }

  // The printer itself, for what belongs to no receipt.
  std::unique_ptr<drivers::Printer> printer(const Common& common) {
    auto store = open_for_reading(common);
    if (!store) return nullptr;
    settings_ = store->settings.printer;
    if (!profile_.empty()) settings_.profile = profile_;
    if (!to_.empty()) {
      settings_.kind = "file";
      settings_.address = to_;
    }
    if (const auto fault = fault_of(settings_)) {
      fail(*fault);
      return nullptr;
    }
    if (settings_.kind == "none") {
      fail("no printer is set up; see tresen settings printer.kind");
      return nullptr;
    }
    return make_printer(settings_);
  }

  Status print_test(const Common& common) {
    auto device = printer(common);
    if (!device) return cannot;
    const auto& profile = drivers::profile(profile_.empty() ? "generic-80" : profile_);
    return say_outcome(device->print(test_slip(profile)));
  }

  Status print_setup(const Common& common) {
    auto device = printer(common);
    if (!device) return cannot;
    if (const Status printed = say_outcome(device->print_code_tables()); printed != well) {
      return printed;
    }
    const auto tables = drivers::candidate_tables();
    for (std::size_t i = 0; i < tables.size(); ++i) {
      print(fmt::format("{:2}  {}", i + 1, drivers::text_of(tables[i])));
    }
    if (::isatty(STDIN_FILENO) == 0) {
      print("tell the line that reads \"ÄÖÜ äöü ß § €\" with tresen print --table LINE");
      return well;
    }
    fmt::print("Which line reads \"ÄÖÜ äöü ß § €\"? ");
    std::fflush(stdout);
    std::string line;
    std::getline(std::cin, line);
    if (std::sscanf(line.c_str(), "%d", &table_) != 1) return well;
    return choose_table(common);
  }

  Status choose_table(const Common& common) {
    const auto tables = drivers::candidate_tables();
    if (static_cast<std::size_t>(table_) > tables.size()) {
      return fail(fmt::format("--table is a line from 1 to {}", tables.size()), wrong_usage);
    }
    return tell(common, core::ChangeSetting{
                            "printer.code_table",
                            drivers::text_of(tables[static_cast<std::size_t>(table_) - 1])});
  }

  // The till itself, without its screens, until nothing waits.
  Status print_waiting(const Common& common) {
    auto configuration = read_configuration(common.data);
    if (!configuration) return fail(configuration.error());
    const core::SystemClock clock;
    const Translations translations = Translations::load();
    Queue<int> bell(1);
    auto runtime = Runtime::start(
        {common.data, std::move(configuration->entries), configuration->secrets.mail_password},
        clock, translations, [&bell] { bell.push(0); });
    if (!runtime) return fail(core::in_words(runtime.error()));
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const core::Instant end = clock.now() + std::chrono::seconds{seconds_};
    const auto waits = [](const core::PrintJob& job) {
      return job.state == PrintState::waiting || job.state == PrintState::sending;
    };
    for (;;) {
      const auto jobs = core::open_print_jobs(store->database);
      const bool is_done = std::ranges::none_of(jobs, waits);
      if (is_done) return jobs.empty() ? well : say_left(jobs);
      if (clock.now() >= end) return say_left(jobs);
      bell.pop(std::chrono::milliseconds{250});
    }
  }

  static Status say_left(const std::vector<core::PrintJob>& jobs) {
    std::string reason;
    for (const core::PrintJob& job : jobs) {
      if (!job.reason.empty()) reason = " " + job.reason;
    }
    note(fmt::format("{} not printed yet;{} see tresen print --jobs", jobs.size(), reason));
    return attention;
  }

  std::string receipt_, to_, profile_, form_ = "original";
  bool lists_profiles_ = false, is_setup_ = false, is_test_ = false, lists_jobs_ = false,
       prints_waiting_ = false;
  core::PrinterSettings settings_;  // of the printer that is tried
  int table_ = 0, seconds_ = 3600;
  std::int64_t again_ = 0, drop_ = 0, elsewhere_ = 0, card_again_ = 0, card_drop_ = 0;
};

}  // namespace

std::unique_ptr<Command> print_command(CLI::App& app) {
  return std::make_unique<Print>(app);
}

}  // namespace pos::cli
