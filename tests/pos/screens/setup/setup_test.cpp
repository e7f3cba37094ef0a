#include "pos/screens/setup/setup_screen.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "pos/backup/recovery_code.h"
#include "pos/screens/settings/setup_faces.h"
#include "tests/pos/screens/tender_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;
using namespace test;

namespace {

// A till that was started in an empty folder.
struct SetupPlay {
  SetupPlay() {
    stage.till.order = {};
    stage.till.settings.setup = {"own", "steps", ""};
    stage.till.settings.shop.name.clear();
    stage.till.settings.printer.kind = stage.till.settings.terminal.kind = "none";
    stage.till.settings.mail.kind = stage.till.settings.upstream.kind = "none";
  }
  UiDriver::Draw draw() {
    return [this](ui::Ui& ui) {
      Reaction reaction = run(ui, stage.scene(), input);
      if (!reaction.is_empty()) all.push_back(std::move(reaction));
    };
  }
  void tap(std::string_view name) { ui.tap(name, draw()); }
  void show() { ui.draw(draw()); }
  // The settings that were changed, "key=value" each.
  std::vector<std::string> changes() const {
    std::vector<std::string> list;
    for (const Reaction& reaction : all) {
      for (const core::Command& command : reaction.commands) {
        const auto* change = command.as<core::ChangeSetting>();
        if (change) list.push_back(change->key + "=" + change->value);
      }
    }
    return list;
  }
  bool has_changed(std::string_view entry) const {
    const auto list = changes();
    return std::ranges::find(list, entry) != list.end();
  }
  template <class Kind>
  const Kind* errand() const {
    for (const Reaction& reaction : all) {
      if (reaction.errand && std::holds_alternative<Kind>(*reaction.errand)) {
        return &std::get<Kind>(*reaction.errand);
      }
    }
    return nullptr;
  }
  void answer(core::ImportReport report, bool is_trial = true) {
    stage.found.import =
        ImportAnswer{"/stick/articles.csv", is_trial, std::move(report), !is_trial, ""};
  }

  TenderScene stage;
  SetupInput input;
  std::vector<Reaction> all;
  UiDriver ui;
};

core::ImportReport report_of(std::int64_t variants, std::int64_t problems) {
  core::ImportReport report;
  report.rows = variants + problems;
  report.variants = variants;
  report.complete = true;
  report.problem_count = problems;
  for (std::int64_t i = 0; i < problems; ++i) {
    report.problems.push_back(
        {"articles.csv", i + 2, "Price", "\"x\" is not an amount such as 12.90"});
  }
  return report;
}

// The Settings beside the steps; what they ask for is put into `last`.
auto settings_page(const SetupPlay& play, SettingsInput& input, Reaction& last) {
  return [&](ui::Ui& ui) {
    Reaction reaction = run(ui, play.stage.scene(), input);
    if (!reaction.is_empty()) last = std::move(reaction);
  };
}

}  // namespace

TEST_CASE("setup: three doors, and what is behind them") {
  SetupPlay play;
  play.stage.till.settings.setup.wizard = "doors";
  play.show();
  CHECK(play.ui.shows("Welcome"));
  play.tap("Deutsch");
  CHECK(play.has_changed("till.language=de"));
  CHECK(play.has_changed("shop.language=de"));
  SUBCASE("a shop of one's own") {
    play.tap("Set up my shop");
    CHECK(play.has_changed("setup.wizard=steps"));
  }
  SUBCASE("looking around") {
    play.tap("Just look around");
    REQUIRE(play.all.back().leaving);
    CHECK(*play.all.back().leaving == Leaving::to_demo);
  }
  SUBCASE("a till that is replaced") {
    play.tap("Restore a backup");
    play.show();
    CHECK(play.ui.shows("Choose the backup"));
    REQUIRE(play.errand<ListFolder>());
    CHECK(play.errand<ListFolder>()->endings == std::vector<std::string>{".tresen"});
  }
}

TEST_CASE("setup: every step can be left for later, and the last one ends it") {
  SetupPlay play;
  play.show();
  CHECK(play.ui.shows("Step 1 of 9"));
  for (int step = 2; step <= 9; ++step) {
    play.tap("Later");
    CHECK(play.ui.shows("Step " + std::to_string(step) + " of 9"));
  }
  play.tap("Later");
  CHECK(play.has_changed("setup.wizard=off"));
  CHECK(play.all.back().go == Screen::sell);
  // Nothing counts as settled because it was passed.
  CHECK(open_steps(play.stage.till).size() == all_setup_steps.size());
}

TEST_CASE("setup: it goes on where it was left, and says what is done") {
  SetupPlay play;
  play.stage.till.settings.shop.country = "AT";
  play.stage.till.settings.shop.name = "Tabak Hofer";
  play.show();
  CHECK(play.input.step == SetupStep::articles);
  CHECK_FALSE(is_done(play.stage.till, SetupStep::articles));
  play.stage.till.counts.has_articles = true;
  CHECK(is_done(play.stage.till, SetupStep::articles));
}

TEST_CASE("setup: Germany is settled once there is a device that signs") {
  SetupPlay play;
  play.stage.till.settings.shop.country = "DE";
  play.stage.till.signing.needs_device = "Germany asks for a security device (TSE).";
  CHECK_FALSE(is_done(play.stage.till, SetupStep::country));
  play.stage.till.signing.needs_device.clear();
  CHECK(is_done(play.stage.till, SetupStep::country));
  const auto rows = setting_rows(play.stage.scene(), Section::first_country);
  CHECK(std::ranges::count(rows, "fiscal.device", &SettingRow::key) == 1);
  play.stage.till.settings.shop.country = "AT";
  const auto others = setting_rows(play.stage.scene(), Section::first_country);
  CHECK(std::ranges::count(others, "fiscal.device", &SettingRow::key) == 0);
}

TEST_CASE("setup: a country brings its currency and its clock") {
  SetupPlay play;
  play.show();
  play.tap("Switzerland");
  CHECK(play.changes() == std::vector<std::string>{"shop.country=CH",
                                                   "shop.time_zone=Europe/Zurich",
                                                   "shop.currency=CHF", "tax.cash_step=5"});
}

TEST_CASE("setup: what a shop does without is remembered, and is not open") {
  SetupPlay play;
  open_step(play.input, SetupStep::printer);
  play.input.is_alone = false;
  play.show();
  play.tap("We do without it");
  REQUIRE(play.has_changed("setup.done=printer"));
  play.stage.till.settings.setup.done = "printer";
  CHECK(is_done(play.stage.till, SetupStep::printer));
  CHECK(leave_out(play.stage.till.settings, SetupStep::mail).value == "printer,mail");
  CHECK(std::string(state_of(play.stage.till, SetupStep::printer)) == "Left out");
  // Neither a name nor the first float can be done without.
  play.stage.till.settings.setup.done = "shop,cash";
  CHECK_FALSE(is_done(play.stage.till, SetupStep::shop));
  CHECK_FALSE(is_done(play.stage.till, SetupStep::cash));
}

TEST_CASE("setup: the receipt is drawn anew whenever its shop has changed") {
  SetupPlay play;
  open_step(play.input, SetupStep::shop);
  const auto samples = [&] {
    return std::ranges::count_if(play.all,
                                 [](const Reaction& one) { return one.sample.has_value(); });
  };
  play.show();
  CHECK(samples() == 1);
  play.show();
  CHECK(samples() == 1);
  play.stage.till.settings.shop.name = "Tabak Hofer";
  play.show();
  CHECK(samples() == 2);
  CHECK(play.all.back().sample->receipt.shop.name == "Tabak Hofer");
}

TEST_CASE("setup: a file of articles is tried first, its faults are listed, then it is taken") {
  SetupPlay play;
  open_step(play.input, SetupStep::articles);
  play.show();
  play.tap("From a file");
  play.show();
  play.stage.found.folder = FolderList{"", "", {{"STICK", "/media/STICK", true, 0}}, ""};
  play.tap("STICK");
  play.show();
  REQUIRE(play.all.back().errand);
  CHECK(std::get<ListFolder>(*play.all.back().errand).folder == "/media/STICK");
  play.stage.found.folder = FolderList{
      "/media/STICK", "", {{"articles.csv", "/media/STICK/articles.csv", false, 4200}}, ""};
  play.tap("articles.csv");
  play.show();
  REQUIRE(play.errand<ImportFile>());
  CHECK(play.errand<ImportFile>()->is_trial);
  CHECK(play.ui.shows("The file is being read"));

  play.answer(report_of(10, 2));
  play.show();
  CHECK(play.ui.shows("2 problems in this file"));
  CHECK(play.ui.shows("Line 3 · Price"));
  CHECK(play.ui.shows("\"x\" is not an amount such as 12.90"));
  CHECK(play.ui.find("Take 10 good ones") != nullptr);
  play.tap("Read it again");
  CHECK(std::get<ImportFile>(*play.all.back().errand).is_trial);

  play.answer(report_of(5000, 0));
  play.show();
  play.tap("Take over 5,000 articles");
  CHECK_FALSE(std::get<ImportFile>(*play.all.back().errand).is_trial);
  play.answer(report_of(5000, 0), false);
  play.show();
  CHECK(play.ui.shows("5,000 articles are in the till"));
}

TEST_CASE("setup: what is wrong with a row is said in the reader's language") {
  const Translations translations = Translations::load(TRESEN_LOCALE);
  const Words& german = translations(Language::german);
  CHECK(problem_words("\"12,x\" is not an amount such as 12.90", german) ==
        "„12,x“ ist kein Betrag wie 12.90");
  CHECK(problem_words("is missing", german) == "fehlt");
}

TEST_CASE("setup: a scan at the articles is the first one's barcode") {
  SetupPlay play;
  open_step(play.input, SetupStep::articles);
  take_code("]E04001234567890", play.stage.scene(), play.input);
  REQUIRE(play.input.articles.article);
  CHECK(play.input.articles.article->article.barcodes.front() == "4001234567890");
}

TEST_CASE("setup: a backup is restored with its code and the last slip") {
  SetupPlay play;
  play.stage.till.settings.setup.wizard = "doors";
  const std::string code = RecoveryCode::make().text();
  play.input.restore.emplace();
  play.input.restore->step = RestoreStep::code;
  play.input.restore->file = "/media/STICK/T1.tresen";
  play.show();
  // A mistyped group is named while it is typed.
  play.input.restore->text.value =
      code.substr(0, 4) + (code[4] == '2' ? "3" : "2") + code.substr(5);
  play.show();
  play.tap("Next");
  CHECK(play.ui.refused() == "group 1 of the code is mistyped");
  take_code(code, play.stage.scene(), play.input);
  play.show();
  play.tap("Next");
  CHECK(play.ui.shows("The last slip of the old till"));
  play.input.restore->text.value = "T1-R000123";
  play.show();
  play.tap("Next");
  const auto* errand = play.errand<RestoreFile>();
  REQUIRE(errand);
  CHECK(errand->file == "/media/STICK/T1.tresen");
  CHECK(errand->code == code);
  CHECK(errand->last_receipt == 123);
  play.show();
  CHECK(play.ui.shows("The backup is being read"));
  SUBCASE("another till's code") {
    play.stage.found.restore = RestoreAnswer{
        "this is another code: a.tresen is opened by the one marked 7X, this one is 2K",
        "",
        "",
        {},
        0};
    play.show();
    CHECK(play.ui.shows("Nothing was restored"));
    play.tap("Back");
    CHECK(play.input.restore->step == RestoreStep::code);
    CHECK(play.input.restore->text.value == code);
  }
  SUBCASE("it is whole") {
    play.stage.found.restore = RestoreAnswer{"", "Tabak Hofer", "T1", play.stage.instant(), 123};
    play.show();
    CHECK(play.ui.shows("Till T1 of Tabak Hofer"));
    play.tap("Open this till");
    REQUIRE(play.all.back().leaving);
    CHECK(*play.all.back().leaving == Leaving::to_restored);
  }
}

TEST_CASE("setup: the number on a slip") {
  CHECK(number_on_slip("T1-R000123") == 123);
  CHECK(number_on_slip(" 77 ") == 77);
  CHECK_FALSE(number_on_slip(""));
  CHECK_FALSE(number_on_slip("T1-R"));
  CHECK_FALSE(number_on_slip("1234567890123456"));
}

TEST_CASE("setup: the first float opens the shift, and selling begins") {
  SetupPlay play;
  open_step(play.input, SetupStep::cash);
  play.input.is_alone = false;
  play.stage.found.shift.emplace();
  play.stage.found.shift->kept = euros(0);
  play.stage.found.shift->next_z_number = 1;
  play.show();
  play.ui.type("15000", play.draw());
  play.tap("Open the shift");
  const core::OpenShift* open = nullptr;
  for (const Reaction& reaction : play.all) {
    for (const core::Command& command : reaction.commands) {
      if (const auto* one = command.as<core::OpenShift>()) open = one;
    }
  }
  REQUIRE(open);
  CHECK(open->opening == euros(15'000));
  play.stage.till.shift.emplace();
  play.show();
  CHECK(play.ui.shows("The shift is open"));
  play.tap("Begin to sell");
  CHECK(play.has_changed("setup.wizard=off"));
}

TEST_CASE("setup: the Settings say what is open, and open each step") {
  SetupPlay play;
  SettingsInput input;
  input.section = Section::setup;
  Reaction last;
  const auto draw = settings_page(play, input, last);
  play.ui.draw(draw);
  CHECK(play.ui.shows("9 steps are still open"));
  play.ui.tap("step-mail", draw);
  CHECK(last.go == Screen::setup);
  REQUIRE(last.setup);
  CHECK(*last.setup == SetupStep::mail);
  open_step(play.input, SetupStep::mail);
  play.show();
  CHECK_FALSE(play.ui.shows("of 9"));
  play.tap("Back to the settings");
  CHECK(play.all.back().go == Screen::settings);
}

TEST_CASE("settings: a secret goes to its file alone, typed or scanned") {
  SetupPlay play;
  play.stage.till.settings.mail.kind = "smtp";
  open_step(play.input, SetupStep::mail);
  play.show();
  play.tap("secret#mail.password");
  play.show();
  take_code("geheim!", play.stage.scene(), play.input);
  play.show();
  CHECK_FALSE(play.ui.shows("geheim"));
  play.tap("Save");
  const auto* kept = play.errand<KeepSecret>();
  REQUIRE(kept);
  CHECK(kept->table == "mail");
  CHECK(kept->key == "password");
  CHECK(kept->value == "geheim!");
  CHECK(play.changes().empty());
  play.stage.devices.secrets = {"mail.password"};
  play.show();
  CHECK(play.ui.shows("••••••"));
}

TEST_CASE("settings: a backup needs a code first, then a folder") {
  SetupPlay play;
  SettingsInput input;
  input.section = Section::backup;
  Reaction last;
  const auto draw = settings_page(play, input, last);
  play.ui.draw(draw);
  play.ui.tap("Make the recovery code", draw);
  REQUIRE(last.errand);
  CHECK(std::holds_alternative<MakeBackupCode>(*last.errand));
  play.stage.found.backup_code = BackupCodeMade{"7XK2M-11111-22222-33333-44444", "7X", ""};
  play.stage.devices.secrets = {"backup.key"};
  play.ui.draw(draw);
  CHECK(play.ui.shows("7XK2M-11111-22222-33333-44444"));
  play.ui.tap("I have written it down", draw);
  CHECK_FALSE(play.ui.shows("7XK2M"));
  play.ui.tap("backup.folder", draw);
  play.stage.found.folder = FolderList{"", "", {{"STICK", "/media/STICK", true, 0}}, ""};
  play.ui.tap("STICK", draw);
  play.ui.tap("Take this folder", draw);
  REQUIRE(only<core::ChangeSetting>(last));
  CHECK(only<core::ChangeSetting>(last)->value == "/media/STICK");
  play.stage.till.settings.backup.folder = "/media/STICK";
  play.ui.tap("Back up now", draw);
  REQUIRE(last.errand);
  CHECK(std::holds_alternative<BackUpNow>(*last.errand));
  play.stage.devices.backup = {ui::State::bad, "The folder for backups is not there."};
  play.ui.draw(draw);
  CHECK(play.ui.shows("The folder for backups is not there."));
}
