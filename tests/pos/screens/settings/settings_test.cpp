#include "pos/screens/settings/settings_devices.h"
#include "pos/screens/settings/settings_screen.h"
#include "pos/screens/settings/settings_table.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/pos/screens/tender_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;
using namespace test;

namespace {

struct SettingsPlay {
  UiDriver::Draw draw() {
    return [this](ui::Ui& ui) {
      Reaction reaction = run(ui, stage.scene(), input);
      if (!reaction.is_empty()) last = std::move(reaction);
    };
  }
  void tap(std::string_view name) { ui.tap(name, draw()); }
  void show() { ui.draw(draw()); }
  const core::ChangeSetting* change() const { return only<core::ChangeSetting>(last); }

  TenderScene stage;
  SettingsInput input;
  Reaction last;
  UiDriver ui;
};

SettingRow row_with(const Scene& scene, Section section, std::string_view key) {
  for (const SettingRow& row : setting_rows(scene, section)) {
    if (row.key == key) return row;
  }
  FAIL("there is no row " << key);
  return {};
}

}  // namespace

TEST_CASE("settings: every row stands for a key of core, with its value") {
  const TenderScene stage;
  const auto entries = core::entries(stage.till.settings);
  for (int i = 0; i <= static_cast<int>(Section::scanner); ++i) {
    for (const SettingRow& row : setting_rows(stage.scene(), static_cast<Section>(i))) {
      INFO(row.key);
      CHECK_FALSE(row.label.empty());
      if (row.key.find('#') != std::string::npos) continue;  // a part of one
      const auto entry = std::find_if(entries.begin(), entries.end(),
                                      [&](const auto& each) { return each.key == row.key; });
      REQUIRE(entry != entries.end());
      CHECK(entry->value == row.value);
      for (const SettingOption& option : row.options) {
        core::Settings settings = stage.till.settings;
        CHECK(core::apply(settings, row.key, option.value));
      }
    }
  }
}

TEST_CASE("settings: what does not apply to the chosen kind is not shown") {
  TenderScene stage;
  const auto is_shown = [&](Section section, std::string_view key) {
    const auto rows = setting_rows(stage.scene(), section);
    return std::ranges::find(rows, key, &SettingRow::key) != rows.end();
  };
  core::Settings& settings = stage.till.settings;
  settings.fiscal.device = "software";
  CHECK_FALSE(is_shown(Section::fiscal, "fiscal.address"));
  CHECK_FALSE(is_shown(Section::fiscal, "fiscal.client_id"));
  CHECK(is_shown(Section::fiscal, "fiscal.code"));
  settings.fiscal.device = "fiskaly";
  CHECK(is_shown(Section::fiscal, "fiscal.client_id"));
  settings.terminal.kind = "zvt";
  CHECK_FALSE(is_shown(Section::terminal, "terminal.key_id"));
  CHECK(is_shown(Section::terminal, "terminal.charset"));
  for (const SettingNeed& need : setting_needs()) {
    INFO(need.key);
    CHECK(core::apply(settings, std::string(need.other), std::string(need.values.front())));
    const auto specs = setting_specs();
    const auto spec = std::ranges::find(
        specs, need.key, [](const SettingSpec& each) { return std::string_view(each.key); });
    REQUIRE(spec != specs.end());
    CHECK(is_shown(spec->section, need.key));
  }
}

TEST_CASE("settings: a choice with few options is one tap") {
  SettingsPlay play;
  play.show();
  play.tap("This till");
  play.tap("Dark");
  REQUIRE(play.change());
  CHECK(play.change()->key == "till.appearance");
  CHECK(play.change()->value == "dark");
}

TEST_CASE("settings: what is set already is not sent again") {
  SettingsPlay play;
  play.input.section = Section::till;
  play.show();
  play.tap("Light");
  CHECK(play.last.is_empty());
}

TEST_CASE("settings: a choice with many options opens a sheet") {
  SettingsPlay play;
  play.input.section = Section::printer;
  play.show();
  play.tap("printer.profile");
  play.tap("ESC/POS, 58 mm");
  REQUIRE(play.change());
  CHECK(play.change()->value == "generic-58");
  CHECK(play.input.editing.empty());
}

TEST_CASE("settings: words are typed into a sheet and saved with Enter") {
  SettingsPlay play;
  play.stage.till.settings.mail.kind = "smtp";
  play.input.section = Section::mail;
  play.show();
  play.tap("mail.host");
  play.ui.type("smtp.example.com", play.draw());
  play.ui.key(ui::Key::enter, play.draw());
  REQUIRE(play.change());
  CHECK(play.change()->key == "mail.host");
  CHECK(play.change()->value == "smtp.example.com");
  CHECK(play.ui.ui().focused().empty());
}

TEST_CASE("settings: what is not possible is not sent, and it says why") {
  TenderScene stage;
  stage.till.settings.mail.kind = "smtp";
  const Scene scene = stage.scene();
  const SettingRow port = row_with(scene, Section::mail, "mail.port");
  CHECK(objection(scene, port, "70000") == "A number from 1 to 65535.");
  CHECK(objection(scene, port, "x") == "A number from 1 to 65535.");
  CHECK(objection(scene, port, "465").empty());
  const SettingRow name = row_with(scene, Section::shop, "shop.name");
  CHECK(objection(scene, name, "  ") == "This must not be empty.");
}

TEST_CASE("settings: the labels of the scale are a table, of which each line is changed alone") {
  SettingsPlay play;
  play.input.section = Section::scanner;
  const auto enter = [&](std::string_view key, std::string_view entry) {
    play.input.editing = key;
    play.show();
    play.input.text.value = entry;
    play.ui.key(ui::Key::enter, play.draw());
    return play.change() ? play.change()->value : std::string();
  };
  CHECK(row_with(play.stage.scene(), Section::scanner, "scanner.labels#2").shown ==
        "28 IIIII GGGGG");
  CHECK(enter("scanner.labels#4", "26 IIIII GGGGG") ==
        "21 IIIII PPPPP; 22 IIII x PPPPP; 28 IIIII GGGGG; 29 IIII x GGGGG; 26 IIIII GGGGG");
  CHECK(play.change()->key == "scanner.labels");
  CHECK(enter("scanner.labels#0", "") == "; 22 IIII x PPPPP; 28 IIIII GGGGG; 29 IIII x GGGGG");
  const SettingRow row = row_with(play.stage.scene(), Section::scanner, "scanner.labels#0");
  CHECK(objection(play.stage.scene(), row, "26 IIIII") ==
        "A prefix and letters for twelve digits in all, each prefix once.");
  CHECK(objection(play.stage.scene(), row, "22 IIIII GGGGG") != "");
}

TEST_CASE("settings: one tax rate is changed step by step, the others stay") {
  SettingsPlay play;
  play.input.section = Section::tax;
  play.show();
  CHECK(play.ui.shows("19%"));
  play.tap("tax.rates#0");
  for (int step = 0; step < 2; ++step) play.ui.key(ui::Key::enter, play.draw());
  REQUIRE(play.input.rate);
  REQUIRE(play.input.rate->step == RateStep::percent);
  for (const char* entry : {"101", "-1", "x", "1.999999", ""}) {
    play.input.rate->text.value = entry;
    play.ui.key(ui::Key::enter, play.draw());
    CHECK(play.input.rate->step == RateStep::percent);
  }
  play.input.rate->text.value = " 16,5 ";
  for (int step = 0; step < 3; ++step) play.ui.key(ui::Key::enter, play.draw());
  REQUIRE(play.change());
  CHECK(play.change()->key == "tax.rates");
  CHECK(play.change()->value ==
        "standard=1650#1;reduced=700#2;zero=0#8;exempt=0#6;not_taxable=0#5");
  CHECK_FALSE(play.input.rate);
}

TEST_CASE("settings: a tax rate is added with its name and its days") {
  SettingsPlay play;
  play.input.section = Section::tax;
  play.show();
  play.tap("Add tax rate");
  const auto enter = [&](std::string_view text) {
    play.input.rate->text.value = text;
    play.ui.key(ui::Key::enter, play.draw());
  };
  play.show();
  enter("reduced");
  enter("Less");
  enter("5");
  enter("2027-02-30");
  CHECK(play.input.rate->step == RateStep::from);
  enter("2027-01-01");
  enter("2026-12-31");
  CHECK(play.input.rate);
  enter("2027-06-30");
  REQUIRE(play.change());
  CHECK(play.change()->value ==
        "standard=1900#1;reduced=700#2;zero=0#8;exempt=0#6;not_taxable=0#5;"
        "reduced=500@2027-01-01..2027-06-30|Less");
}

TEST_CASE("settings: a cashier is changed, and removed only when asked twice") {
  SettingsPlay play;
  play.stage.till.staff = {{1, "Klara Lindner", core::Role::manager, "", ""},
                           {2, "Nina Roth", core::Role::cashier, "de", ""}};
  play.input.section = Section::staff;
  play.show();
  play.tap("person-2");
  play.tap("Manager");
  play.tap("Dark");
  play.tap("Save");
  const auto* changed = only<core::ChangeCashier>(play.last);
  REQUIRE(changed);
  CHECK(changed->cashier == core::Cashier{2, "Nina Roth", core::Role::manager, "de", "dark"});
  CHECK(changed->pin.empty());
  CHECK_FALSE(play.input.staff);
  play.last = {};
  play.tap("person-2");
  play.tap("Remove");
  CHECK(play.last.is_empty());
  play.tap("Remove");
  REQUIRE(only<core::RemoveCashier>(play.last));
  CHECK(only<core::RemoveCashier>(play.last)->cashier == 2);
}

TEST_CASE("settings: a role is changed on one sheet, with its limits and each permission") {
  SettingsPlay play;
  play.stage.till.staff = {{1, "Klara Lindner", core::Role::manager, "", ""}};
  play.input.section = Section::staff;
  play.show();
  play.tap("role-1");
  play.show();
  REQUIRE(play.input.role);
  CHECK(play.ui.shows("Cashier"));
  play.input.role->fields.values = {"cashier", "12,5", "20.00", ""};
  core::set(play.input.role->role, core::Permission::refund, core::Allowed::yes);
  play.show();
  play.tap("Save");
  const auto* saved = only<core::SaveRole>(play.last);
  REQUIRE(saved);
  CHECK(saved->role.role == core::Role::cashier);
  CHECK(saved->role.limits == core::RoleLimits{1250, 2000, std::nullopt});
  CHECK(core::allowed(saved->role, core::Permission::refund) == core::Allowed::yes);
  play.last = {};
  play.input.role->fields.values[2] = "a lot";
  play.show();
  play.tap("Save");
  CHECK(play.last.is_empty());
}

TEST_CASE("settings: training is begun and ended from the staff's page") {
  SettingsPlay play;
  play.input.section = Section::staff;
  play.show();
  play.tap("Begin training");
  CHECK(only<core::StartTraining>(play.last));
  play.last = {};
  play.stage.till.training = true;
  play.tap("End training");
  CHECK(only<core::EndTraining>(play.last));
}

TEST_CASE("settings: a badge is scanned for the cashier whose sheet is open") {
  SettingsPlay play;
  play.stage.till.staff = {{1, "Klara Lindner", core::Role::manager, "", ""}};
  play.input.section = Section::staff;
  play.show();
  CHECK_FALSE(take_typed("4099999000017", play.input));
  play.tap("person-1");
  play.tap("Badge");
  play.show();
  CHECK(take_typed("4099999000017", play.input));
  play.show();
  play.tap("Save");
  const auto* given = only<core::SetBadge>(play.last);
  REQUIRE(given);
  CHECK(given->cashier == 1);
  CHECK(given->code == "4099999000017");
}

TEST_CASE("settings: devices show how they are, and lead to their own page and back") {
  SettingsPlay play;
  play.stage.devices.printer = {ui::State::bad, "Paper is out"};
  play.show();
  CHECK(play.ui.shows("Paper is out"));
  play.tap("tune-0");
  CHECK(play.input.section == Section::printer);
  play.ui.key(ui::Key::escape, play.draw());
  CHECK(play.input.section == Section::devices);
}

TEST_CASE("settings: a device is green only where it was seen, and simulated ones say so") {
  SettingsPlay play;
  core::Settings& settings = play.stage.till.settings;
  const auto state_of = [&](Section page) {
    for (const DeviceCard& card : device_cards(play.stage.scene())) {
      if (card.page == page) return card.state_words + (card.state == ui::State::ok ? " +" : "");
    }
    return std::string("none");
  };
  play.stage.devices = {};
  settings.printer.kind = settings.terminal.kind = "simulated";
  settings.mail.kind = settings.upstream.kind = "folder";
  CHECK(state_of(Section::printer) == "Simulated");
  CHECK(state_of(Section::terminal) == "Simulated");
  CHECK(state_of(Section::mail) == "A folder only");
  CHECK(state_of(Section::upstream) == "A folder only");
  CHECK(state_of(Section::scanner) == "Not tried yet");
  CHECK(state_of(Section::scale) == "Not set up");
  settings.printer.kind = "tcp";
  settings.terminal.kind = "zvt";
  settings.mail.kind = "smtp";
  for (const Section page : {Section::printer, Section::terminal, Section::mail})
    CHECK(state_of(page) == "Not tried yet");
  // What the platform answers says nothing of the mail server.
  play.stage.devices.sync = {ui::State::ok, "Sync ready"};
  CHECK(state_of(Section::mail) == "Not tried yet");
  play.stage.devices.terminal = {ui::State::ok, "Terminal ready"};
  CHECK(state_of(Section::terminal) == "Terminal ready +");
}

TEST_CASE("settings: the test slip is a whole receipt of the shop") {
  SettingsPlay play;
  play.show();
  play.tap("Test slip");
  REQUIRE(play.last.slip);
  const core::Receipt& receipt = play.last.slip->receipt;
  CHECK(receipt.shop.name == play.stage.till.settings.shop.name);
  CHECK(receipt.still_due.is_zero());
  CHECK(receipt.taxes.size() == 2);
}

TEST_CASE("settings: a cashier is added with a name, a role and the same PIN twice") {
  SettingsPlay play;
  play.stage.till.staff = {{1, "Klara Lindner", core::Role::manager, "", ""}};
  play.input.section = Section::staff;
  play.show();
  play.tap("Add cashier");
  play.ui.type("Nina Roth", play.draw());
  play.tap("Next");
  play.tap("English");
  play.tap("Next");
  for (const char* key : {"1", "2", "3", "4"}) play.tap(key);
  play.tap("Next");
  for (const char* key : {"1", "2", "3", "5"}) play.tap(key);
  CHECK(play.ui.shows("The two PINs are not the same."));
  play.tap("backspace");
  play.tap("4");
  play.ui.key(ui::Key::enter, play.draw());
  const auto* added = only<core::AddCashier>(play.last);
  REQUIRE(added);
  CHECK(added->name == "Nina Roth");
  CHECK(added->role == core::Role::cashier);
  CHECK(added->language == "en");
  CHECK(added->pin == "1234");
  CHECK_FALSE(play.input.staff);
}

TEST_CASE("settings: the first cashier can only be a manager") {
  SettingsPlay play;
  StaffSheetInput input;
  input.step = StaffStep::repeat;
  input.name.value = "Klara";
  input.pin = input.repeated = "1234";
  const Reaction reaction = react({.kind = StaffSheetTap::Kind::next}, play.stage.scene(), input);
  REQUIRE(only<core::AddCashier>(reaction));
  CHECK(only<core::AddCashier>(reaction)->role == core::Role::manager);
}

TEST_CASE("settings: text size and hand belong to a cashier") {
  SettingsPlay play;
  core::Cashier cashier;
  cashier.row = 3;
  cashier.name = "Mehmet Kaya";
  cashier.role = core::Role::manager;
  play.stage.till.staff = {cashier};
  play.stage.till.cashier = cashier;
  play.input.section = Section::staff;
  play.tap("person-3");
  play.tap("125%");
  play.tap("At the left");
  play.tap("Save");
  const auto* change = only<core::ChangeCashier>(play.last);
  REQUIRE(change);
  CHECK(change->cashier.text_percent == 125);
  CHECK(change->cashier.hand == "left");
  play.stage.till.cashier = change->cashier;
  CHECK(text_percent(play.stage.till) == 125);
  CHECK(is_left_handed(play.stage.till));
}

TEST_CASE("settings: an error of a device is read whole, and its buttons stay") {
  SettingsPlay play;
  const std::string error =
      "The printer at 192.168.0.9:9100 does not answer. Is it switched on, and is its cable in? "
      "Then print a test slip, or choose another address.";
  play.stage.devices.printer = {ui::State::bad, error};
  play.input.section = Section::devices;
  play.show();
  const ui::Item* words = play.ui.find(error);
  REQUIRE(words);
  CHECK(words->rect.y1 - words->rect.y0 >= 2 * 20);
  const ui::Item* button = play.ui.find("tune-0");
  REQUIRE(button);
  CHECK(button->rect.y0 >= words->rect.y1);
}

TEST_CASE("settings: the security device is told of, warned of and tested") {
  SettingsPlay play;
  core::SigningView& signing = play.stage.till.signing;
  signing.is_wanted = true;
  signing.client = "TRESEN0123456789ABCDEF01234567";
  core::SigningDeviceFacts device;
  device.serial = std::string(64, 'a');
  device.maker = "Tresen";
  device.is_test = true;
  device.adopted = device.archived = play.stage.scene().instant;
  device.certificate_end = play.stage.scene().instant + std::chrono::days{5};
  signing.device = device;
  core::SigningOutage outage;
  outage.began = play.stage.scene().instant - std::chrono::hours{2};
  outage.ended = play.stage.scene().instant - std::chrono::hours{1};
  outage.reason = "The security device does not answer in time.";
  signing.outages = {outage};
  const FiscalSheetView view = present_fiscal(play.stage.scene());
  REQUIRE(view.notes.size() == 2);
  CHECK(view.notes[0].state == ui::State::bad);
  CHECK(view.notes[0].says == "The certificate of the TSE ends in 5 days: order a new TSE.");
  CHECK(view.notes[1].says.find("does not answer in time") != std::string::npos);

  play.show();
  play.tap("Fiscal");
  play.tap("State and test");
  CHECK(play.ui.shows(std::string(64, 'a')));
  play.tap("Test it");
  CHECK(only<core::TestSigningDevice>(play.last));
}
