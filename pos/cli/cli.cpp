#include "pos/cli/cli.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "pos/cli/command.h"
#include "pos/cli/say.h"
#include "pos/cli/till_command.h"

namespace pos::cli {

namespace {

struct Entry {
  const char* name;
  const char* says;
  std::unique_ptr<Command> (*make)(CLI::App&);
};

constexpr std::array commands{
    Entry{"import", "Read products from a CSV file, Shopify's or our own", import_command},
    Entry{"products", "List or search the products", products_command},
    Entry{"articles", "Make and change articles, count them, take them in", articles_command},
    Entry{"customers", "List or search who has bought before", customers_command},
    Entry{"orders", "List orders, the latest first", orders_command},
    Entry{"order", "Show one order, or capture, fulfil, archive, cancel, refund it", order_command},
    Entry{"automations", "Apply the rules to all orders; --dry-run lists what they would do",
          automations_command},
    Entry{"mail", "Look at a mail of an order, or send a test mail", mail_command},
    Entry{"outbox", "List what the outside has to learn, and how far it got", outbox_command},
    Entry{"return", "Take goods back, with their receipt or without, also in exchange",
          return_command},
    Entry{"voucher", "List, show, issue, top up, block or pay out vouchers", voucher_command},
    Entry{"receipts", "List receipts, the latest first", receipts_command},
    Entry{"report", "Say what was taken in a day, a week, a month or any span", report_command},
    Entry{"journal", "List the journal, or verify that nothing in it was changed", journal_command},
    Entry{"shift", "Open and close the shift, move cash, count; X and Z reports", shift_command},
    Entry{"fiscal", "Set up, test, verify and export the security device (TSE) of a country",
          fiscal_command},
    Entry{"export", "Write the closings of a span for the tax office (DSFinV-K)", export_command},
    Entry{"staff", "List the cashiers, or add one; roles, limits and badges", staff_command},
    Entry{"training", "Begin or end the training mode, in which nothing counts", training_command},
    Entry{"settings", "Show the settings, or change one", settings_command},
    Entry{"sync", "Push, pull and mail now; --once", sync_command},
    Entry{"doctor", "Check folder, store, devices and queues, and say what to do", doctor_command},
    Entry{"support", "Write a file for whoever helps: logs and states, nothing of customers",
          support_command},
    Entry{"backup", "Copy the till into a sealed file, or its store, also while it runs",
          backup_command},
    Entry{"restore", "Make a till again of a sealed backup", restore_command},
    Entry{"replay", "Ring up each line of a file of baskets as one order", replay_command},
    Entry{"terminal", "Test, close or ask the card terminal; decode its messages",
          terminal_command},
    Entry{"terminal-sim", "Be a card terminal without a card, for trying out",
          terminal_sim_command},
    Entry{"tse-sim", "Be a signing device that signs nothing real, for trying out",
          tse_sim_command},
    Entry{"print", "Print a receipt again, what waits, or the set-up slip", print_command},
    Entry{"printer-sim", "A simulated receipt printer at a TCP port", printer_sim_command},
    Entry{"drive", "Drive the screens by a script, without a window", drive_command},
};

constexpr const char* footer =
    "Exit status: 0 done; 1 done, but something is not as it should be (bad rows, a broken\n"
    "journal, a warning); 2 not done: a file, folder or store is in the way; 64 wrong usage.\n"
    "The settings of tresen.toml in the data folder win over those in the store.";

// Where the data lies unless --data says otherwise (XDG base directories).
std::filesystem::path default_folder() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data) {
    return std::filesystem::path(data) / "tresen";
  }
  if (const char* home = std::getenv("HOME"); home && *home) {
    return std::filesystem::path(home) / ".local" / "share" / "tresen";
  }
  return {};
}

void add_common(CLI::App& app, Common& common) {
  app.add_option("--data", common.data, "Data folder [default: ~/.local/share/tresen]")
      ->type_name("DIR");
}

// Every command that prints something also prints it for programs.
void add_json(CLI::App& app, Common& common) {
  app.add_flag("--json", common.json, "Print JSON");
}

bool is_command(std::string_view name) {
  return std::any_of(commands.begin(), commands.end(),
                     [&](const Entry& entry) { return entry.name == name; });
}

// The parser's own words, but for the commonest slip.
std::string sentence(const CLI::ParseError& error, int argc, char** argv) {
  if (argc > 1 && argv[1][0] != '-' && !is_command(argv[1])) {
    return fmt::format("there is no command \"{}\"", argv[1]);
  }
  std::string text = error.what();
  if (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

// Parses; an exit status when there is nothing left to run.
std::optional<int> parse(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return {};
  } catch (const CLI::CallForHelp& wish) {
    return app.exit(wish);
  } catch (const CLI::CallForVersion& wish) {
    return app.exit(wish);
  } catch (const CLI::ParseError& error) {
    return fail(fmt::format("{}; see tresen --help", sentence(error, argc, argv)), wrong_usage);
  }
}

// What is said of the till's own window although a command follows, which would never hear it.
std::string misplaced_flag(const CLI::App& app) {
  if (app.get_subcommands().empty()) return "";
  for (const CLI::Option* option : app.get_options()) {
    const bool is_for_all = option->check_name("--data") || option->check_name("--help");
    if (!is_for_all && option->count() > 0) return option->get_name();
  }
  return "";
}

}  // namespace

int run(int argc, char** argv) {
  // A file that cannot grow is an error to report, not the end of the program;
  // what the till writes is nobody else's to read.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  ::umask(077);
  Common common{default_folder(), false};
  CLI::App app("Tresen, the till that goes on selling without a network", "tresen");
  app.footer(footer);
  app.set_version_flag("--version", "tresen " TRESEN_VERSION);
  add_common(app, common);
  app.require_subcommand(0, 1);
  TillFlags flags;
  add_till_flags(app, flags);

  std::vector<std::pair<CLI::App*, std::unique_ptr<Command>>> made;
  for (const Entry& entry : commands) {
    CLI::App* sub = app.add_subcommand(entry.name, entry.says);
    made.emplace_back(sub, entry.make(*sub));
    add_common(*sub, common);
    add_json(*sub, common);
  }
  if (const auto status = parse(app, argc, argv)) return *status;
  if (const std::string flag = misplaced_flag(app); !flag.empty()) {
    const std::string command = app.get_subcommands().front()->get_name();
    return fail(fmt::format("{} in front of {} says nothing to it; see tresen {} --help", flag,
                            command, command),
                wrong_usage);
  }
  if (common.data.empty()) return fail("no home folder is known, name one with --data DIR");

  std::optional<int> status;
  for (const auto& [sub, command] : made) {
    if (sub->parsed()) status = command->run(common);
  }
  if (!status) status = run_till_command(common, flags);
  if (std::fflush(stdout) != 0) return fail("the output could not be written");
  return *status;
}

}  // namespace pos::cli
