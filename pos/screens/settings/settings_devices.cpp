#include "pos/screens/settings/settings_devices.h"

#include <algorithm>
#include <array>

#include "pos/screens/parts/lamps.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

constexpr std::array<SectionFace, 21> section_faces{{
    {"Devices", "What stands at this till, and how it is", ui::icons::devices},
    {"The shop", "What stands on every receipt", ui::icons::storefront},
    {"Tax and money", "Rates, prices, coins", ui::icons::calculate},
    {"This till", "Language, appearance, receipts", ui::icons::point_of_sale},
    {"Automations", "What the till does without being asked", ui::icons::bolt},
    {"Mail server", "How mails are sent", ui::icons::alternate_email},
    {"Mails", "Who mails what", ui::icons::mail_outline},
    {"Platform", "Where orders come from and go to", ui::icons::cloud_sync},
    {"Staff", "Who may do what", ui::icons::groups},
    {"Fiscal", "What the country asks of a till", ui::icons::verified_user},
    {"Backup", "The whole till in one sealed file", ui::icons::backup},
    {"Check-up", "What is wrong, and what to do", ui::icons::health_and_safety},
    {"First steps", "What makes the till your own", ui::icons::fact_check},
    {"Receipt printer", "", ui::icons::print},
    {"Card terminal", "", ui::icons::contactless},
    {"Barcode scanner", "", ui::icons::qr_code_scanner},
    {"Second printer", "", ui::icons::print},
    {"Customer display", "", ui::icons::devices},
    {"Scale", "", ui::icons::calculate},
    {"Language and country", "", ui::icons::language},
    {"Your shop", "", ui::icons::storefront},
}};

SettingRow row_with(const Scene& scene, Section section, std::string_view key) {
  const auto rows = setting_rows(scene, section);
  const auto row = std::ranges::find(rows, key, &SettingRow::key);
  return row == rows.end() ? SettingRow{} : *row;
}

// How it is connected: what its section begins with, but for what was found.
SettingRow connection_of(const Scene& scene, Section section) {
  if (section == Section::printer) return row_with(scene, section, "printer.kind");
  return setting_rows(scene, section).front();
}

// What was seen last, and when; nothing is green that was not.
DeviceCard card(const Scene& scene, Section page, const DeviceState& state) {
  DeviceCard device;
  device.icon = face_of(page).icon;
  device.title = scene.words(face_of(page).label);
  device.page = page;
  const std::string kind = connection_of(scene, page).value;
  const bool is_trouble = state.state == ui::State::bad || state.state == ui::State::warn;
  const char* nothing = kind == "none"        ? "Not set up"
                        : is_trouble          ? nullptr
                        : kind == "simulated" ? "Simulated"
                        : kind == "folder"    ? "A folder only"
                        : state.words.empty() ? "Not tried yet"
                                              : nullptr;
  device.state = nothing != nullptr ? ui::State::neutral : state.state;
  device.state_words = scene.words(nothing != nullptr ? nothing : state.words);
  if (nothing != nullptr) return device;
  if (const std::string age = age_text(scene, state.seen); !age.empty()) {
    device.state_words += " · " + age;
  }
  return device;
}

// One that is connected by itself: how, and what can be tried of it.
DeviceCard connected(const Scene& scene, Section page, const DeviceState& state, const char* action,
                     core::DeviceTest test) {
  const SettingRow connection = connection_of(scene, page);
  DeviceCard device = card(scene, page, state);
  device.second = connection.shown;
  if (connection.value != "none") {
    device.action = scene.words(action);
    device.test = test;
  }
  return device;
}

}  // namespace

const SectionFace& face_of(Section section) {
  return section_faces[static_cast<std::size_t>(section)];
}

bool is_printer_simulated(const Scene& scene) {
  return scene.till.settings.printer.kind == "simulated";
}

std::vector<DeviceCard> device_cards(const Scene& scene) {
  const Words& words = scene.words;
  const Devices& devices = scene.devices;
  std::vector<DeviceCard> cards;
  DeviceCard printer = card(scene, Section::printer, devices.printer);
  printer.second = connection_of(scene, Section::printer).shown;
  if (const std::string model = row_with(scene, Section::printer, "printer.profile").shown;
      !model.empty()) {
    printer.second += " · " + model;
  }
  const std::int64_t waiting = scene.till.counts.prints_waiting;
  if (waiting > 0) printer.second = words.fill("{} receipt waits.", "{} receipts wait.", waiting);
  if (is_printer_simulated(scene)) {
    printer.action = words("Test slip");  // on the screen: there is no paper
  } else {
    printer.action = words("Test print");
    printer.test = core::DeviceTest::print;
  }
  if (devices.printer.words == "The printer's cutter is stuck.") {
    printer.action = words("Cutter is free");
    printer.test = core::DeviceTest::recover_cutter;
  }
  cards.push_back(printer);
  if (scene.till.settings.printer2.kind != "none") {
    cards.push_back(connected(scene, Section::printer2, devices.printer2, "Test print",
                              core::DeviceTest::second_print));
  }
  DeviceCard terminal = card(scene, Section::terminal, devices.terminal);
  terminal.second = connection_of(scene, Section::terminal).shown;
  if (scene.till.settings.terminal.kind != "none") terminal.action = words("Test connection");
  cards.push_back(terminal);
  DeviceCard drawer = card(scene, Section::printer, devices.drawer);
  drawer.icon = ui::icons::inbox;
  drawer.title = words("Cash drawer");
  drawer.second = words("On the cable of the receipt printer");
  drawer.action = words("Open drawer");
  cards.push_back(drawer);
  // A keyboard tells nothing of itself but what it types.
  const bool has_scanned = devices.scanner.words.empty() && !scene.last_scan.empty();
  DeviceCard scanner =
      card(scene, Section::scanner,
           has_scanned ? DeviceState{ui::State::ok, "Scanner ready"} : devices.scanner);
  scanner.second = scene.last_scan.empty() ? std::string(words("Scan something to try it"))
                                           : words.fill("Last scan: {}", {scene.last_scan});
  cards.push_back(scanner);
  cards.push_back(
      connected(scene, Section::display, devices.display, "Test text", core::DeviceTest::display));
  DeviceCard scale =
      connected(scene, Section::scale, devices.scale, "Set to zero", core::DeviceTest::scale_zero);
  if (devices.weight) {
    scale.second += " · " + quantity_text(*devices.weight, words.language()) + " kg";
  }
  cards.push_back(scale);
  DeviceCard mail = card(scene, Section::mail, devices.mail);
  mail.second = connection_of(scene, Section::mail).shown;
  cards.push_back(mail);
  DeviceCard upstream = card(scene, Section::upstream, devices.sync);
  upstream.second = connection_of(scene, Section::upstream).shown;
  cards.push_back(upstream);
  return cards;
}

}  // namespace pos
