#include "pos/cli/till_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <optional>

#include "pos/app.h"
#include "pos/cli/say.h"
#include "pos/config/configuration.h"
#include "pos/config/demo.h"

namespace pos::cli {

namespace {

// What the flags and the files of the data folder make of a till; nothing:
// what is wrong has been said.
std::optional<TillOptions> options_of(const Common& common, const TillFlags& flags) {
  TillOptions options;
  options.folder = flags.demo ? common.data / "demo" : common.data;
  options.is_headless = flags.headless;
  options.is_fullscreen = flags.fullscreen;
  if (!flags.screen.empty()) {
    options.screen = screen_from(flags.screen);
    if (!options.screen) {
      fail(
          fmt::format(
              "there is no screen \"{}\": sell, tender, orders, shift, reports, outbox or settings",
              flags.screen),
          wrong_usage);
      return {};
    }
  }
  if (!flags.size.empty() &&
      (std::sscanf(flags.size.c_str(), "%dx%d", &options.width, &options.height) != 2 ||
       options.width < 320 || options.height < 320)) {
    fail(fmt::format("\"{}\" is no size such as 1280x800", flags.size), wrong_usage);
    return {};
  }
  auto configuration = read_configuration(options.folder);
  if (!configuration) {
    fail(configuration.error());
    return {};
  }
  options.fixed_settings = std::move(configuration->entries);
  options.mail_password = std::move(configuration->secrets.mail_password);
  options.terminal = std::move(configuration->secrets.terminal);
  options.signing = std::move(configuration->secrets.signing);
  if (flags.dark) options.fixed_settings.push_back({"till.appearance", "dark"});
  if (!flags.language.empty()) options.fixed_settings.push_back({"till.language", flags.language});
  const core::SystemClock clock;
  if (auto made = make_demo_shop(options.folder, clock); !made) {
    fail(made.error());
    return {};
  }
  options.pictures = pictures_folder(options.folder);
  return options;
}

class DriveCommand final : public Command {
 public:
  explicit DriveCommand(CLI::App& app) {
    app.add_option("SCRIPT", script_, "Steps, one a line: tap, type, scan, expect, shot ...")
        ->required();
    add_till_flags(app, flags_);
  }
  Status run(const Common& common) override {
    const auto options = options_of(common, flags_);
    return options ? static_cast<Status>(drive_till(*options, script_)) : cannot;
  }

 private:
  std::string script_;
  TillFlags flags_;
};

}  // namespace

void add_till_flags(CLI::App& app, TillFlags& flags) {
  app.add_flag("--demo", flags.demo, "The demo shop, in a data folder of its own");
  app.add_flag("--dark", flags.dark, "Dark colours");
  app.add_flag("--headless", flags.headless, "Without a window");
  app.add_flag("--fullscreen", flags.fullscreen, "The whole screen");
  app.add_option("--screen", flags.screen,
                 "Open there: sell, tender, orders, shift, reports, outbox, settings");
  app.add_option("--size", flags.size, "Of the window, such as 1280x800");
  app.add_option("--lang", flags.language, "Of the screens: de or en");
}

Status run_till_command(const Common& common, const TillFlags& flags) {
  const auto options = options_of(common, flags);
  return options ? static_cast<Status>(run_till(*options)) : cannot;
}

std::unique_ptr<Command> drive_command(CLI::App& app) {
  return std::make_unique<DriveCommand>(app);
}

}  // namespace pos::cli
