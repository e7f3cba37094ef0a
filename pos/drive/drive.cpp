#include "pos/drive/drive.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>

#include "core/base/text.h"

namespace pos {

namespace {

using Outcome = core::Result<core::Done, std::string>;

constexpr std::chrono::seconds longest_rest{20};
constexpr std::chrono::seconds longest_expectation{5};
constexpr std::chrono::milliseconds glance{4};

constexpr std::string_view verbs[] = {
    "tap",  "hold", "type",   "key",       "scan",          "expect",         "expect-not",
    "shot", "size", "screen", "wait-idle", "shot-customer", "expect-customer"};

// The moment by which something must have happened, on the monotonic clock.
class Deadline {
 public:
  explicit Deadline(std::chrono::seconds patience)
      : end_(std::chrono::steady_clock::now() + patience) {}
  bool is_over() const { return std::chrono::steady_clock::now() > end_; }

 private:
  std::chrono::steady_clock::time_point end_;
};

}  // namespace

core::Result<std::vector<DriveStep>, std::string> read_script(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) {
    return tl::unexpected(fmt::format("cannot read {}: give the path of a script", file.string()));
  }
  std::vector<DriveStep> steps;
  std::string text;
  for (int line = 1; std::getline(stream, text); ++line) {
    const std::string_view said = core::trim(text);
    if (said.empty() || said.front() == '#') continue;
    const auto blank = said.find(' ');
    DriveStep step{line, std::string(said.substr(0, blank)), ""};
    if (blank != said.npos) step.argument = core::trim(said.substr(blank));
    const bool is_known =
        std::find(std::begin(verbs), std::end(verbs), step.verb) != std::end(verbs);
    if (!is_known) {
      return tl::unexpected(fmt::format("{}:{}: there is no step \"{}\"; steps are: {}",
                                        file.string(), line, step.verb, fmt::join(verbs, ", ")));
    }
    if (step.argument.empty() && step.verb != "wait-idle") {
      return tl::unexpected(
          fmt::format("{}:{}: \"{}\" needs a word behind it", file.string(), line, step.verb));
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

Outcome Driver::carry_out(const DriveStep& step) {
  if (auto rested = come_to_rest(); !rested) return rested;
  if (step.verb == "wait-idle") return core::Done{};
  if (step.verb == "shot") return shot(step.argument);
  if (step.verb == "expect") return expect(step.argument, true);
  if (step.verb == "expect-not") return expect(step.argument, false);
  if (step.verb.ends_with("-customer")) return at_customer(step);
  if (step.verb == "size") return resize(step.argument);
  if (step.verb == "tap" || step.verb == "hold") return tap(step.argument, step.verb == "hold");
  if (step.verb == "type") {
    stage_.type(step.argument);
  } else if (step.verb == "scan") {
    stage_.scan(step.argument);
  } else if (step.verb == "key") {
    std::string_view name = step.argument;
    ui::Stroke stroke;
    if (name.starts_with("Shift+")) {
      stroke.shift = true;
      name.remove_prefix(6);
    }
    const ui::Key key = ui::key_from_name(name);
    if (key == ui::Key::none) {
      return tl::unexpected(fmt::format("there is no key \"{}\"", step.argument));
    }
    stroke.key = key;
    window_.input().stroke(stroke);
  } else if (step.verb == "screen") {
    const auto screen = screen_from(step.argument);
    if (!screen) return tl::unexpected(fmt::format("there is no screen \"{}\"", step.argument));
    stage_.go(*screen);
  }
  return come_to_rest();
}

// Frames are drawn and threads waited for until both have nothing left to do.
Outcome Driver::come_to_rest() {
  const Deadline deadline(longest_rest);
  for (int calm = 0; calm < 2;) {
    const bool drew = stage_.draw_due_frames();
    calm = !drew && runtime_.is_idle() && stage_.is_idle() ? calm + 1 : 0;
    if (deadline.is_over()) return tl::unexpected(std::string("the till does not come to rest"));
    if (calm == 0) window_.wait(glance);
  }
  return core::Done{};
}

Outcome Driver::tap(const std::string& label, bool hold) {
  const ui::Item* item = stage_.log().find(label);
  if (!item) {
    return tl::unexpected(
        fmt::format("\"{}\" is not on the screen, but: {}", label, what_is_shown()));
  }
  const auto x = static_cast<float>(item->rect.x0 + item->rect.x1) / 2;
  const auto y = static_cast<float>(item->rect.y0 + item->rect.y1) / 2;
  window_.input().press(x, y);
  if (hold) {
    const Deadline held(std::chrono::seconds{1});
    while (!held.is_over()) {
      stage_.draw_due_frames();
      window_.wait(glance);
    }
  }
  window_.input().release(x, y);
  return come_to_rest();
}

Outcome Driver::expect(const std::string& text, bool wanted) {
  const Deadline deadline(longest_expectation);
  while (stage_.log().shows(text) != wanted) {
    if (deadline.is_over()) {
      return tl::unexpected(fmt::format("\"{}\" {}; the screen shows: {}", text,
                                        wanted ? "cannot be read" : "can be read",
                                        what_is_shown()));
    }
    window_.wait(glance);
    stage_.draw_due_frames();
  }
  return core::Done{};
}

Outcome Driver::shot(const std::string& file) {
  if (!ui::save_png(window_.renderer().picture(), file)) {
    return tl::unexpected(fmt::format("cannot write {}", file));
  }
  return core::Done{};
}

Outcome Driver::at_customer(const DriveStep& step) {
  CustomerWindow* customer = stage_.customer();
  if (!customer) {
    return tl::unexpected(std::string("the customer has no window: set display.window to on"));
  }
  if (step.verb == "shot-customer") {
    if (ui::save_png(customer->picture(), step.argument)) return core::Done{};
    return tl::unexpected(fmt::format("cannot write {}", step.argument));
  }
  if (customer->log().shows(step.argument)) return core::Done{};
  return tl::unexpected(fmt::format("\"{}\" is not in the customer's window, but: {}",
                                    step.argument, words_in(customer->log())));
}

Outcome Driver::resize(const std::string& size) {
  int width = 0;
  int height = 0;
  if (std::sscanf(size.c_str(), "%dx%d", &width, &height) != 2 || width < 320 || height < 320 ||
      width > 7680 || height > 7680) {
    return tl::unexpected(fmt::format("\"{}\" is no size such as 1280x800", size));
  }
  window_.resize(width, height);
  return come_to_rest();
}

std::string Driver::what_is_shown() const {
  return words_in(stage_.log());
}

std::string Driver::words_in(const ui::ItemLog& log) {
  std::string shown;
  for (const ui::Item& item : log.items()) {
    if (item.label.empty()) continue;
    if (!shown.empty()) shown += " | ";
    shown += item.label;
    if (shown.size() > 1500) return shown + " ...";
  }
  return shown;
}

}  // namespace pos
