#include "pos/desk/setup_steps.h"

#include <algorithm>

namespace pos {

namespace {

constexpr std::array<std::string_view, all_setup_steps.size()> step_words{
    "country", "shop", "articles", "printer", "terminal", "platform", "mail", "staff", "cash"};

std::vector<std::string_view> list_of(std::string_view list) {
  std::vector<std::string_view> all;
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    all.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return all;
}

bool is_real(std::string_view kind) {
  return kind != "none" && kind != "simulated" && kind != "folder";
}

// Whether the till itself shows that it was settled.
bool is_settled(const core::Snapshot& till, SetupStep step) {
  const core::Settings& settings = till.settings;
  switch (step) {
    case SetupStep::country:
      return !settings.shop.country.empty() && till.signing.needs_device.empty();
    case SetupStep::shop:
      return !settings.shop.name.empty() && settings.shop.name != core::ShopSettings{}.name;
    case SetupStep::articles:
      return till.counts.has_articles;
    case SetupStep::printer:
      return is_real(settings.printer.kind);
    case SetupStep::terminal:
      return is_real(settings.terminal.kind);
    case SetupStep::platform:
      return is_real(settings.upstream.kind);
    case SetupStep::mail:
      return is_real(settings.mail.kind);
    case SetupStep::staff:
      return !till.staff.empty();
    case SetupStep::cash:
      return till.shift || till.counts.has_shifts;
  }
  return false;
}

}  // namespace

std::string_view word(SetupStep step) {
  return step_words[static_cast<std::size_t>(step)];
}

bool is_optional(SetupStep step) {
  return step != SetupStep::country && step != SetupStep::shop && step != SetupStep::articles &&
         step != SetupStep::cash;
}

bool is_left_out(const core::Settings& settings, SetupStep step) {
  return is_optional(step) && std::ranges::count(list_of(settings.setup.done), word(step)) > 0;
}

bool is_done(const core::Snapshot& till, SetupStep step) {
  return is_settled(till, step) || is_left_out(till.settings, step);
}

std::vector<SetupStep> open_steps(const core::Snapshot& till) {
  std::vector<SetupStep> open;
  for (const SetupStep step : all_setup_steps) {
    if (!is_done(till, step)) open.push_back(step);
  }
  return open;
}

core::ChangeSetting leave_out(const core::Settings& settings, SetupStep step) {
  std::string done = settings.setup.done;
  if (!is_left_out(settings, step)) done += (done.empty() ? "" : ",") + std::string(word(step));
  return {"setup.done", done};
}

}  // namespace pos
