#include "pos/screens/settings/settings_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pos/screens/settings/settings_devices.h"

namespace pos {

namespace {

enum class WayToMend : std::uint8_t {
  none,
  outbox,       // its page
  clock,        // a person says that it is right
  section,      // its settings
  test_device,  // of the card with this number
  sync_now,
  signing,
  back_up,
};

struct Checkup {
  CheckupRow row;
  WayToMend mend = WayToMend::none;
  Section section = Section::devices;
  std::size_t device = 0;
};

ui::State state_of(Health health) {
  return health == Health::ok     ? ui::State::ok
         : health == Health::warn ? ui::State::warn
                                  : ui::State::bad;
}

struct Remedy {
  std::string_view what;
  WayToMend mend;
  Section section = Section::devices;
};
// What a finding of the doctor leads to.
constexpr std::array<Remedy, 9> ways_to_mend{{
    {"outbox", WayToMend::outbox},
    {"slips", WayToMend::outbox},
    {"from outside", WayToMend::outbox},
    {"time zone", WayToMend::section, Section::shop},
    {"tax rates", WayToMend::section, Section::tax},
    {"clock", WayToMend::clock},
    {"signing", WayToMend::signing},
    {"upstream", WayToMend::section, Section::upstream},
    {"mail", WayToMend::section, Section::mail},
}};

std::string_view action_of(WayToMend mend) {
  switch (mend) {
    case WayToMend::outbox:
      return "Show";
    case WayToMend::clock:
      return "The clock is right";
    case WayToMend::section:
      return "Set up";
    case WayToMend::sync_now:
      return "Sync now";
    case WayToMend::signing:
      return "State and test";
    case WayToMend::back_up:
      return "Back up now";
    case WayToMend::none:
    case WayToMend::test_device:
      break;
  }
  return "";
}

// The checks are named by words for programs: "data folder".
std::string checkup_name(const Scene& scene, std::string_view what) {
  std::string name(scene.words.with("check", what));
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z') {
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  }
  return name;
}

Checkup checkup_of(const Scene& scene, const Finding& finding) {
  Checkup check;
  check.row = {checkup_name(scene, finding.what), finding.says, "", state_of(finding.health)};
  if (finding.health == Health::ok) return check;
  const auto way = std::ranges::find(ways_to_mend, finding.what, &Remedy::what);
  if (way == ways_to_mend.end()) return check;
  if (way->mend == WayToMend::clock && !scene.till.clock_doubt) return check;
  check.mend = way->mend;
  check.section = way->section;
  check.row.action = scene.words(action_of(check.mend));
  return check;
}

// As it was seen last: asking it is what the button does.
Checkup checkup_of(const Scene& scene, const DeviceCard& device, std::size_t index) {
  Checkup check;
  check.row = {device.title, device.state_words, device.action, device.state};
  check.section = device.page;
  check.device = index;
  check.mend = WayToMend::test_device;
  if (device.action.empty()) {
    check.mend = device.page == Section::upstream && device.state != ui::State::neutral
                     ? WayToMend::sync_now
                     : WayToMend::section;
    check.row.action = scene.words(action_of(check.mend));
  }
  if (device.state == ui::State::ok) check.row.action.clear();
  return check;
}

std::optional<Checkup> backup_check(const Scene& scene) {
  // The demo shop has nothing to lose.
  if (scene.till.settings.setup.shop != "own") return {};
  const DeviceState& backup = scene.devices.backup;
  Checkup check;
  check.row.title = scene.words("Backup");
  check.section = Section::backup;
  if (scene.till.settings.backup.folder.empty()) {
    check.mend = WayToMend::section;
    check.row.state = ui::State::warn;
    check.row.says = scene.words("No folder is set: what is in this till exists only once.");
  } else {
    check.mend = WayToMend::back_up;
    check.row.state = backup.state;
    check.row.says = scene.words(backup.words.empty() ? "None since the till was started"
                                                      : std::string_view(backup.words));
  }
  if (check.row.state != ui::State::ok) check.row.action = scene.words(action_of(check.mend));
  return check;
}

int rank_of_state(ui::State state) {
  return state == ui::State::bad    ? 0
         : state == ui::State::warn ? 1
         : state == ui::State::ok   ? 3
                                    : 2;
}

std::vector<Checkup> checkups_of(const Scene& scene) {
  std::vector<Checkup> checks;
  if (scene.found.examined) {
    for (const Finding& finding : scene.found.examined->findings) {
      checks.push_back(checkup_of(scene, finding));
    }
  }
  const std::vector<DeviceCard> devices = device_cards(scene);
  for (std::size_t i = 0; i < devices.size(); ++i) {
    checks.push_back(checkup_of(scene, devices[i], i));
  }
  if (auto backup = backup_check(scene)) checks.push_back(std::move(*backup));
  std::ranges::stable_sort(checks, {},
                           [](const Checkup& check) { return rank_of_state(check.row.state); });
  return checks;
}

}  // namespace

std::vector<CheckupRow> check_rows(const Scene& scene) {
  std::vector<CheckupRow> rows;
  for (Checkup& check : checkups_of(scene)) rows.push_back(std::move(check.row));
  return rows;
}

Reaction mend(const Scene& scene, std::size_t row, SettingsInput& input) {
  const std::vector<Checkup> checks = checkups_of(scene);
  if (row >= checks.size()) return {};
  const Checkup& check = checks[row];
  Reaction reaction;
  switch (check.mend) {
    case WayToMend::none:
      break;
    case WayToMend::outbox:
      return show(Screen::outbox);
    case WayToMend::clock:
      return say(core::TrustClock{});
    case WayToMend::sync_now:
      return say(core::SyncNow{});
    case WayToMend::signing:
      input.shows_fiscal = true;
      break;
    case WayToMend::section:
      input.section = check.section;
      input.has_looked = false;
      break;
    case WayToMend::test_device:
      return try_device(scene, check.device, input);
    case WayToMend::back_up:
      reaction.errand = BackUpNow{};
      break;
  }
  return reaction;
}

std::vector<std::string> device_lines(const Scene& scene) {
  const Devices& devices = scene.devices;
  const std::array<std::pair<const char*, const DeviceState*>, 11> all{
      {{"printer", &devices.printer},
       {"second printer", &devices.printer2},
       {"terminal", &devices.terminal},
       {"drawer", &devices.drawer},
       {"scanner", &devices.scanner},
       {"display", &devices.display},
       {"scale", &devices.scale},
       {"security device", &devices.signing},
       {"sync", &devices.sync},
       {"mail", &devices.mail},
       {"backup", &devices.backup}}};
  std::vector<std::string> lines;
  for (const auto& [name, state] : all) {
    if (state->words.empty()) continue;
    const bool is_seen = state->seen != core::Instant{};
    lines.push_back(fmt::format("{}: {}{}", name, state->words,
                                is_seen ? ", " + core::to_iso(state->seen) : ""));
  }
  return lines;
}

}  // namespace pos
