#include "pos/cli/till_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <optional>

#include "pos/app.h"
#include "pos/cli/say.h"
#include "pos/config/configuration.h"
#include "pos/config/demo.h"
#include "pos/config/first_start.h"

namespace pos::cli {

namespace {

bool is_plain(const TillFlags& flags) {
  return !flags.demo && !flags.dark && !flags.headless && flags.screen.empty() &&
         flags.size.empty() && flags.language.empty();
}

std::optional<TillOptions> options_of(const Common& common, const TillFlags& flags);

// Through a door of the first start: the same window on another folder.
core::Result<TillOptions, std::string> reopen(const Common& common, TillFlags flags,
                                              Leaving leaving, Language language) {
  flags.first_start = false;
  const std::string cannot = "it cannot be opened";
  if (leaving == Leaving::to_restored) {
    if (auto moved = move_restored(common.data); !moved) return tl::unexpected(moved.error());
    auto options = options_of(common, flags);
    if (!options) return tl::unexpected(cannot);
    return std::move(*options);
  }
  flags.demo = true;
  auto options = options_of(common, flags);
  if (!options) return tl::unexpected(cannot);
  const core::SystemClock clock;
  if (auto marked = mark_as_demo(options->folder, std::string(code_of(language)), clock); !marked) {
    return tl::unexpected(marked.error());
  }
  return std::move(*options);
}

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
  const core::SystemClock clock;
  std::error_code unknown;
  if (!std::filesystem::exists(options.folder / "till.db", unknown)) {
    if (auto moved = move_restored(options.folder); !moved) {
      fail(moved.error());
      return {};
    }
  }
  if (flags.first_start && is_untouched(options.folder)) {
    const std::string language = flags.language.empty() ? session_language() : flags.language;
    if (auto begun = begin_first_start(options.folder, language, clock); !begun) {
      fail(begun.error());
      return {};
    }
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
  if (auto made = make_demo_shop(options.folder, clock); !made) {
    fail(made.error());
    return {};
  }
  options.pictures = pictures_folder(options.folder);
  options.reopen = [common, flags](Leaving leaving, Language language) {
    return reopen(common, flags, leaving, language);
  };
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
  app.add_flag("--first-start", flags.first_start,
               "In an empty folder: ask for what a shop's own till needs, as the window does by "
               "itself where no other option is given");
  app.add_flag("--fullscreen", flags.fullscreen, "The whole screen");
  app.add_option("--screen", flags.screen,
                 "Open there: sell, tender, orders, shift, reports, outbox, settings");
  app.add_option("--size", flags.size, "Of the window, such as 1280x800");
  app.add_option("--lang", flags.language, "Of the screens: de or en");
}

Status run_till_command(const Common& common, const TillFlags& flags) {
  TillFlags seen = flags;
  // Whoever says how it is to open has something in mind; scripts rely on the demo shop.
  seen.first_start = flags.first_start || is_plain(flags);
  const auto options = options_of(common, seen);
  return options ? static_cast<Status>(run_till(*options)) : cannot;
}

std::unique_ptr<Command> drive_command(CLI::App& app) {
  return std::make_unique<DriveCommand>(app);
}

}  // namespace pos::cli
