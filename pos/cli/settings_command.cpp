// tresen settings: all of them, one of them, or a new value for one.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

bool is_fixed(const Configuration& configuration, std::string_view key) {
  return std::any_of(configuration.entries.begin(), configuration.entries.end(),
                     [&](const core::SettingEntry& entry) { return entry.key == key; });
}

class SettingsList final : public Command {
 public:
  explicit SettingsList(CLI::App& app) {
    app.add_option("KEY", key_, "As in printer.kind");
    value_option_ = app.add_option("VALUE", value_, "The new value");
    app.add_option("--as", manager_, "The manager who does this, once there are cashiers")
        ->type_name("NAME");
    app.add_option("--pin-file", pin_file_, "A file with the manager's PIN, or - for stdin")
        ->type_name("FILE");
  }

  Status run(const Common& common) override {
    const auto configuration = read_configuration(common.data);
    if (!configuration) return fail(configuration.error());
    return value_option_->count() > 0 ? change(common, *configuration)
                                      : show(common, *configuration);
  }

 private:
  Status show(const Common& common, const Configuration& configuration) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    if (const Status read = after_reading(store->database); read != well) return read;
    Table table({{"Key", "key"}, {"Value", "value"}, {"Set in", "set_in"}});
    for (const auto& entry : core::entries(store->settings)) {
      if (!key_.empty() && entry.key != key_) continue;
      if (!key_.empty() && !common.json) {
        print(printable(entry.value));
        return well;
      }
      table.add({entry.key, entry.value, is_fixed(configuration, entry.key) ? "tresen.toml" : ""});
    }
    if (table.empty()) {
      return fail(fmt::format("there is no setting \"{}\"; tresen settings lists them", key_),
                  attention);
    }
    print_table(table, common.json ? Form::json : Form::text, "");
    return well;
  }

  Status change(const Common& common, const Configuration& configuration) const {
    if (is_fixed(configuration, key_)) {
      return fail(fmt::format("{} is set in {}, change it there", key_,
                              (common.data / "tresen.toml").string()),
                  attention);
    }
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (const Status signed_in = sign_in(*till, manager_, *pins); signed_in != well) {
      return signed_in;
    }
    const auto done = till->handle(core::ChangeSetting{key_, value_});
    return done ? well : say_refusal(done.error());
  }

  std::string key_;
  std::string value_;
  CLI::Option* value_option_ = nullptr;
  std::string manager_;
  std::string pin_file_;
};

}  // namespace

std::unique_ptr<Command> settings_command(CLI::App& app) {
  return std::make_unique<SettingsList>(app);
}

}  // namespace pos::cli
