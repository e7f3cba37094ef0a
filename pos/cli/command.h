// What a command of the command line is. Each lies in a file of its own, adds
// its options to the parser and is run when it was named. One thread.
#pragma once

#include <filesystem>
#include <memory>

namespace CLI {
class App;
}

namespace pos::cli {

// The exit status, as `tresen --help` says.
enum Status : int {
  well = 0,
  attention = 1,  // done, and something is not as it should be: bad rows, a broken journal
  cannot = 2,     // not done: a file, folder or store is in the way
  wrong_usage = 64,
};

// What every command is told.
struct Common {
  std::filesystem::path data;  // the data folder
  bool json = false;           // tables as JSON
};

class Command {
 public:
  virtual ~Command() = default;
  virtual Status run(const Common& common) = 0;
};

std::unique_ptr<Command> import_command(CLI::App& app);
std::unique_ptr<Command> products_command(CLI::App& app);
std::unique_ptr<Command> customers_command(CLI::App& app);
std::unique_ptr<Command> orders_command(CLI::App& app);
std::unique_ptr<Command> order_command(CLI::App& app);
std::unique_ptr<Command> outbox_command(CLI::App& app);
std::unique_ptr<Command> receipts_command(CLI::App& app);
std::unique_ptr<Command> report_command(CLI::App& app);
std::unique_ptr<Command> journal_command(CLI::App& app);
std::unique_ptr<Command> staff_command(CLI::App& app);
std::unique_ptr<Command> training_command(CLI::App& app);
std::unique_ptr<Command> settings_command(CLI::App& app);
std::unique_ptr<Command> doctor_command(CLI::App& app);
std::unique_ptr<Command> support_command(CLI::App& app);
std::unique_ptr<Command> backup_command(CLI::App& app);
std::unique_ptr<Command> restore_command(CLI::App& app);
std::unique_ptr<Command> sync_command(CLI::App& app);
std::unique_ptr<Command> replay_command(CLI::App& app);
std::unique_ptr<Command> terminal_command(CLI::App& app);
std::unique_ptr<Command> terminal_sim_command(CLI::App& app);

std::unique_ptr<Command> print_command(CLI::App& app);
std::unique_ptr<Command> printer_sim_command(CLI::App& app);
std::unique_ptr<Command> tse_sim_command(CLI::App& app);
// Adds `device` to `tresen fiscal`.
std::unique_ptr<Command> fiscal_device_command(CLI::App& fiscal);
std::unique_ptr<Command> automations_command(CLI::App& app);
std::unique_ptr<Command> mail_command(CLI::App& app);
std::unique_ptr<Command> shift_command(CLI::App& app);
std::unique_ptr<Command> articles_command(CLI::App& app);
std::unique_ptr<Command> voucher_command(CLI::App& app);
std::unique_ptr<Command> fiscal_command(CLI::App& app);
std::unique_ptr<Command> export_command(CLI::App& app);
std::unique_ptr<Command> return_command(CLI::App& app);

}  // namespace pos::cli
