// tresen terminal: the card terminal's upkeep, and what a ZVT message means.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>

#include "core/store/till_store.h"
#include "drivers/terminal/zvt/message.h"
#include "pos/cli/command.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/config/configuration.h"
#include "pos/config/make_terminal.h"

namespace pos::cli {

namespace {

struct Verb {
  const char* name;
  const char* says;
  drivers::CardService service;
};
constexpr std::array verbs{
    Verb{"test", "Speak with the terminal and say what is wrong",
         drivers::CardService::connection_test},
    Verb{"login", "Initialise the terminal", drivers::CardService::log_in},
    Verb{"diagnose", "Let the terminal test its way to the bank", drivers::CardService::diagnosis},
    Verb{"end-of-day", "Close the terminal's day", drivers::CardService::end_of_day},
    Verb{"totals", "Ask for the terminal's sums", drivers::CardService::totals},
    Verb{"reprint", "Hand over the last slip again", drivers::CardService::reprint},
    Verb{"show", "Show a word on the terminal, to see which one it is",
         drivers::CardService::display_text},
    Verb{"log-off", "Give the terminal back to its own keys", drivers::CardService::log_off}};

// Prints what the terminal wants printed.
class PrintingHooks final : public drivers::CardHooks {
 public:
  bool before_send(const std::string&) override { return false; }
  bool receipt(const drivers::ReceiptBlock& block) override {
    for (const drivers::BlockLine& line : block.lines) print(line.text);
    return true;
  }
};

class Terminal final : public Command {
 public:
  explicit Terminal(CLI::App& app) {
    app.require_subcommand(1);
    for (const Verb& verb : verbs) subs_.push_back(app.add_subcommand(verb.name, verb.says));
    unresolved_ = app.add_subcommand(
        "unresolved", "List the card payments whose outcome is not known, and that wait for one");
    unresolved_->fallthrough();
    decode_ = app.add_subcommand("decode", "Say what a message means, given in hex");
    // The options of every command may stand behind the verb, too.
    for (CLI::App* sub : subs_) sub->fallthrough();
    decode_->fallthrough();
    decode_->add_option("--zvt", hex_, "A ZVT message, or a block of a serial line")->required();
    decode_->add_option("--charset", charset_, "cp437, latin1, zvt7 or utf8");
  }

  Status run(const Common& common) override {
    if (decode_->parsed()) return decode();
    if (unresolved_->parsed()) return unresolved(common);
    for (std::size_t i = 0; i < subs_.size(); ++i) {
      if (subs_[i]->parsed()) return serve(common, verbs[i].service);
    }
    return wrong_usage;
  }

 private:
  Status decode() const {
    const auto bytes = drivers::zvt::from_hex(hex_);
    if (!bytes) return fail("this is not hex: two digits for each byte", wrong_usage);
    const auto words = drivers::zvt::describe(*bytes, drivers::zvt::charset_from(charset_));
    if (!words) {
      return fail(
          fmt::format("no ZVT message: at byte {}: {}", words.error().place, words.error().why));
    }
    print(printable(*words));
    return well;
  }

  static Status unresolved(const Common& common) {
    auto reading = open_for_reading(common);
    if (!reading) return cannot;
    Table table({{"Since", "started"},
                 {"Order", "order"},
                 {"Kind", "kind"},
                 {"Amount", "amount", Align::right},
                 {"Terminal", "terminal"},
                 {"Phase", "phase"},
                 {"Step", "step"},
                 {"Asked", "asked", Align::right},
                 {"Said", "says"},
                 {"Attempt", "attempt"}});
    for (const core::CardAttempt& attempt : core::open_attempts(reading->database)) {
      table.add({time_cell(attempt.started, reading->settings.shop.time_zone), attempt.order_number,
                 core::word(attempt.kind), attempt.amount, attempt.terminal,
                 core::word(attempt.phase), core::word(attempt.step),
                 static_cast<std::int64_t>(attempt.asked), attempt.says,
                 core::to_text(attempt.id)});
    }
    print_table(table, common.json ? Form::json : Form::text, "Every card payment is cleared up.");
    return after_reading(reading->database);
  }

  static Status serve(const Common& common, drivers::CardService service) {
    const auto configuration = read_configuration(common.data);
    if (!configuration) return fail(configuration.error());
    core::Settings settings;
    if (std::filesystem::exists(store_file(common))) {
      auto database = core::Database::open(store_file(common), core::Access::read);
      if (!database) return fail(core::in_words(database.error()));
      settings = settings_of(*database, *configuration);
    } else {
      for (const core::SettingEntry& entry : configuration->entries) {
        [[maybe_unused]] const auto applied = core::apply(settings, entry.key, entry.value);
      }
    }
    const auto terminal =
        make_terminal(settings.terminal, settings.shop.currency, configuration->secrets.terminal,
                      (common.data / "simulated-terminal.txt").string());
    if (!terminal)
      return fail("no card terminal is set up: set terminal.kind and terminal.address");
    PrintingHooks hooks;
    const auto report = terminal->serve(service, hooks);
    Table table({{"", "health"}, {"What", "says"}, {"", "detail"}});
    bool is_well = true;
    for (const drivers::ServiceFinding& finding : report) {
      is_well = is_well && finding.is_well;
      table.add({finding.is_well ? "ok" : "bad", finding.says, finding.detail});
    }
    print_table(table, common.json ? Form::json : Form::text, "");
    return is_well ? well : cannot;
  }

  std::vector<CLI::App*> subs_;
  CLI::App *decode_ = nullptr, *unresolved_ = nullptr;
  std::string hex_, charset_ = "cp437";
};

}  // namespace

std::unique_ptr<Command> terminal_command(CLI::App& app) {
  return std::make_unique<Terminal>(app);
}

}  // namespace pos::cli
