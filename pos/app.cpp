#include "pos/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <utility>

#include "pos/drive/drive.h"
#include "pos/runtime/runtime.h"
#include "pos/runtime/service_notice.h"
#include "pos/screens/stage.h"
#include "pos/support/log_file.h"
#include "pos/ui/fonts.h"
#include "pos/ui/window.h"

namespace pos {

namespace {

constexpr int cannot_start = 2;

int complain(std::string_view sentence) {
  fmt::print(stderr, "tresen: {}\n", sentence);
  return cannot_start;
}

// Everything that a till on a screen consists of, in the order of its making.
struct Till {
  core::SystemClock clock;
  Translations translations = Translations::load();
  std::unique_ptr<ui::Fonts> fonts;
  std::unique_ptr<ui::Window> window;
  std::unique_ptr<Runtime> runtime;
  std::unique_ptr<Stage> stage;
};

// Fails with a sentence that says what to do.
core::Result<core::Done, std::string> set_up(Till& till, const TillOptions& options) {
  auto fonts = ui::Fonts::open();
  if (!fonts) return tl::unexpected(to_text(fonts.error()));
  till.fonts = std::move(*fonts);
  // The store first: a second till on one store must not even open a window.
  auto runtime = Runtime::start({options.folder, options.fixed_settings, options.mail_password,
                                 options.terminal, options.signing},
                                till.clock, till.translations, ui::Window::wake);
  if (!runtime) return tl::unexpected(core::in_words(runtime.error()));
  till.runtime = std::move(*runtime);
  keep_log(options.folder);
  const std::string shop = till.runtime->snapshot()->settings.shop.name;
  auto window = ui::Window::open({.title = shop.empty() ? "Tresen" : shop,
                                  .width = options.width,
                                  .height = options.height,
                                  .is_headless = options.is_headless,
                                  .is_fullscreen = options.is_fullscreen});
  if (!window) return tl::unexpected(window.error());
  till.window = std::move(*window);
  till.stage = std::make_unique<Stage>(*till.runtime, *till.window, *till.fonts, till.translations,
                                       till.clock, options.pictures, options.screen);
  return core::Done{};
}

// What `till` was left for takes its place; nothing: it was not left.
core::Result<core::Done, std::string> follow(std::unique_ptr<Till>& till, TillOptions& options) {
  const auto leaving = till->stage->leaving();
  if (!leaving || !options.reopen) return core::Done{};
  const Language language = till->stage->language();
  till.reset();  // its store is somebody else's to open now
  const Reopen reopen = options.reopen;
  auto next = reopen(*leaving, language);
  if (!next) return tl::unexpected(next.error());
  next->is_headless = options.is_headless;
  options = std::move(*next);
  till = std::make_unique<Till>();
  return set_up(*till, options);
}

}  // namespace

int run_till(const TillOptions& first) {
  TillOptions options = first;
  auto till = std::make_unique<Till>();
  if (auto ready = set_up(*till, options); !ready) return complain(ready.error());
  if (const char* why = till->window->why_nobody_can_work()) complain(why);
  // A display server that goes down hangs up; SDL knows only the other two.
  std::signal(SIGHUP, [](int) { std::raise(SIGTERM); });
  ServiceNotice notice;
  bool is_ready = false;
  while (!till->window->is_closing()) {
    till->stage->draw_due_frames();
    if (auto followed = follow(till, options); !followed) return complain(followed.error());
    if (!std::exchange(is_ready, true)) notice.ready();
    notice.alive(till->runtime->register_answers(), ServiceNotice::Clock::now());
    // Nobody can use a till that shows nothing: whoever watches over it starts it anew.
    if (const auto why = till->window->renderer().trouble(); !why.empty()) {
      return complain(fmt::format("the screen cannot be drawn any more ({}); start it again", why));
    }
    till->window->wait(
        std::min(till->stage->patience(), notice.patience(ServiceNotice::Clock::now())));
  }
  return 0;
}

int drive_till(const TillOptions& options, const std::filesystem::path& script) {
  auto steps = read_script(script);
  if (!steps) return complain(steps.error());
  TillOptions headless = options;
  headless.is_headless = true;
  auto till = std::make_unique<Till>();
  if (auto ready = set_up(*till, headless); !ready) return complain(ready.error());
  for (const DriveStep& step : *steps) {
    Driver driver(*till->stage, *till->window, *till->runtime);
    auto done = driver.carry_out(step);
    if (done) done = follow(till, headless);
    if (!done) {
      fmt::print(stderr, "{}:{}: {}\n", script.string(), step.line, done.error());
      return 1;
    }
  }
  return 0;
}

}  // namespace pos
