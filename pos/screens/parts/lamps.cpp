#include "pos/screens/parts/lamps.h"

#include "pos/ui/format.h"

namespace pos {

namespace {

namespace icons = ui::icons;

// The keys of a lamp where there is nothing to see.
struct Lamp {
  ui::Icon icon, icon_of_trouble;
  const char *none, *simulated, *not_tried;
};
constexpr Lamp printer_lamp{icons::print, icons::print_disabled, "No printer", "Printer simulated",
                            "Printer not tried yet"};
constexpr Lamp terminal_lamp{icons::contactless, icons::contactless, "No terminal",
                             "Terminal simulated", "Terminal not tried yet"};
constexpr Lamp signing_lamp{icons::verified_user, icons::error, "No TSE", "TSE: TEST",
                            "TSE not tried yet"};
constexpr Lamp sync_lamp{icons::sync, icons::sync_problem, "No platform", "Sync: a folder only",
                         "Sync not tried yet"};

// What was seen last and, where that is a while ago, since when.
StripView lit(const Scene& scene, const DeviceState& device, const Lamp& lamp) {
  if (!device.is_there) return {std::string(scene.words(lamp.none)), lamp.icon, ui::State::neutral};
  const bool is_trouble = device.state == ui::State::bad || device.state == ui::State::warn;
  if (device.is_simulated && !is_trouble) {
    return {std::string(scene.words(lamp.simulated)), lamp.icon, ui::State::neutral};
  }
  if (device.words.empty()) {
    return {std::string(scene.words(lamp.not_tried)), lamp.icon, ui::State::neutral};
  }
  std::string word(scene.words(device.words));
  if (const std::string age = age_text(scene, device.seen); !age.empty()) word += " · " + age;
  return {std::move(word), is_trouble ? lamp.icon_of_trouble : lamp.icon, device.state};
}

// Why it is out of order stands in the banner.
StripView signing_lit(const Scene& scene) {
  DeviceState device = scene.devices.signing;
  if (scene.till.signing.outage) {
    return {std::string(scene.words("TSE out of order")), icons::error, ui::State::bad};
  }
  if (device.state == ui::State::ok) device.words = "TSE ready";
  return lit(scene, device, signing_lamp);
}

StripView sync_lit(const Scene& scene) {
  DeviceState sync = scene.devices.sync;
  const bool is_trouble = sync.state == ui::State::bad || sync.state == ui::State::warn;
  // Why is on its page; here is no room for it.
  if (is_trouble) sync.words = "Sync trouble";
  StripView lamp = lit(scene, sync, sync_lamp);
  const std::int64_t waiting = scene.till.counts.outbox_waiting;
  if (waiting == 0) return lamp;
  lamp.word = is_trouble
                  ? scene.words.fill("Sync trouble: {} waits", "Sync trouble: {} wait", waiting)
                  : scene.words.fill("Sync: {} waits", "Sync: {} wait", waiting);
  lamp.state = is_trouble ? sync.state : ui::State::warn;
  return lamp;
}

}  // namespace

std::vector<StripView> lamps(const Scene& scene) {
  std::vector<StripView> entries{lit(scene, scene.devices.printer, printer_lamp)};
  const auto unresolved = std::ssize(core::unresolved_attempts(scene.till));
  if (unresolved > 0) {
    entries.push_back(
        {scene.words.fill("{} card payment unclear", "{} card payments unclear", unresolved),
         icons::contactless, ui::State::warn});
  } else {
    entries.push_back(lit(scene, scene.devices.terminal, terminal_lamp));
  }
  if (scene.till.signing.is_wanted) entries.push_back(signing_lit(scene));
  entries.push_back(sync_lit(scene));
  return entries;
}

std::string age_text(const Scene& scene, core::Instant seen) {
  if (seen == core::Instant{} || scene.instant < seen) return "";
  const auto minutes =
      std::chrono::duration_cast<std::chrono::minutes>(scene.instant - seen).count();
  // It is known by the minute: one may be just now.
  if (minutes < 2) return "";
  if (minutes < 60) return scene.words.fill("{} min ago", {std::to_string(minutes)});
  if (minutes < 24 * 60) return scene.words.fill("{} h ago", {std::to_string(minutes / 60)});
  return scene.words.fill("{} day ago", "{} days ago", minutes / (24 * 60));
}

}  // namespace pos
