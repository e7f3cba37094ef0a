// What is done with files outside of the store, and what a shop's threads make of it.
#include "pos/runtime/errand_thread.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "pos/backup/backup.h"
#include "pos/config/first_start.h"
#include "pos/runtime/runtime.h"
#include "tests/support/bell.h"
#include "tests/support/temp_folder.h"

using namespace pos;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

std::vector<std::string> names(const FolderList& list) {
  std::vector<std::string> all;
  for (const FileEntry& entry : list.entries) all.push_back(entry.name);
  return all;
}

struct ErrandShop {
  tests::TempFolder folder;
  core::SystemClock clock;
  Translations translations = Translations::load(TRESEN_LOCALE);
  tests::Bell bell;
  std::unique_ptr<Runtime> runtime;

  ErrandShop() {
    auto started =
        Runtime::start({folder.path(), {}, ""}, clock, translations, [this] { bell.ring(); });
    REQUIRE_MESSAGE(started, (started ? "" : core::in_words(started.error())));
    runtime = std::move(*started);
  }
  // Runs it, and hears what came of it.
  template <class Answer>
  Answer hear(Errand errand) {
    std::optional<Answer> heard;
    runtime->run(std::move(errand));
    CHECK(bell.wait_until([&] {
      while (auto message = runtime->next_message()) {
        if (auto* one = std::get_if<Answer>(&*message)) heard = std::move(*one);
      }
      return heard.has_value();
    }));
    return heard.value_or(Answer{});
  }
  void set(const char* key, std::string value) {
    runtime->post(core::ChangeSetting{key, std::move(value)});
  }
};

constexpr const char* two_articles = "name,price,tax\nBrot,3.20,reduced\nTee,4.50,reduced\n";

}  // namespace

TEST_CASE("errands: sticks come first, whoever they were mounted for") {
  const tests::TempFolder root;
  fs::create_directories(root / "media" / "BACKUP");
  fs::create_directories(root / "media" / "anna" / "STICK");
  fs::create_directories(root / "run" / "media" / "anna" / "KINGSTON");
  fs::create_directories(root / "home" / "anna" / "Downloads");
  const FolderList places = usual_places(root.path(), root / "home" / "anna");
  CHECK(names(places) ==
        std::vector<std::string>{"BACKUP", "STICK", "KINGSTON", "anna", "Downloads"});
  CHECK(usual_places(root / "nothing", "").entries.empty());
}

TEST_CASE("errands: a folder lists its folders, then what may be chosen") {
  const tests::TempFolder folder;
  put(folder / "b.CSV", "12345");
  put(folder / "a.csv", "1");
  put(folder / "c.pdf", "1");
  put(folder / ".hidden.csv", "1");
  fs::create_directories(folder / "inner");
  const FolderList list = list_folder({folder.path().string(), {".csv"}});
  CHECK(names(list) == std::vector<std::string>{"inner", "a.csv", "b.CSV"});
  CHECK(list.entries[0].is_folder);
  CHECK(list.entries[2].bytes == 5);
  CHECK(list.why_not.empty());
  CHECK_FALSE(list_folder({(folder / "gone").string(), {".csv"}}).why_not.empty());
}

TEST_CASE("errands: a file of articles is tried, then taken in one go") {
  ErrandShop shop;
  const std::string file = (shop.folder / "articles.csv").string();
  put(file, two_articles);
  const auto tried = shop.hear<ImportAnswer>(ImportFile{file, true, false});
  CHECK(tried.report.variants == 2);
  CHECK_FALSE(tried.is_stored);
  CHECK_FALSE(shop.runtime->snapshot()->counts.has_articles);
  const auto taken = shop.hear<ImportAnswer>(ImportFile{file, false, false});
  CHECK(taken.is_stored);
  CHECK(shop.runtime->snapshot()->counts.has_articles);
  CHECK(shop.hear<ImportAnswer>(ImportFile{file + ".gone", true, false}).why_not ==
        "The file cannot be read.");
}

TEST_CASE("errands: a secret is in its file, and only its name is told") {
  ErrandShop shop;
  shop.runtime->run(KeepSecret{"mail", "password", "geheim"});
  CHECK(shop.bell.wait_until(
      [&] { return std::ranges::count(shop.runtime->devices()->secrets, "mail.password") == 1; }));
  const auto configuration = read_configuration(shop.folder.path());
  REQUIRE(configuration);
  CHECK(configuration->secrets.mail_password == "geheim");
}

TEST_CASE("errands: a logo is copied into the data folder and becomes the shop's") {
  ErrandShop shop;
  const tests::TempFolder stick;
  put(stick / "Logo.PNG", "png");
  shop.runtime->run(TakeLogo{(stick / "Logo.PNG").string()});
  REQUIRE(
      shop.bell.wait_until([&] { return !shop.runtime->snapshot()->settings.till.logo.empty(); }));
  const std::string name = shop.runtime->snapshot()->settings.till.logo;
  CHECK(name.ends_with(".png"));
  CHECK(fs::exists(shop.folder / name));
  CHECK_FALSE(shop.hear<Written>(TakeLogo{(stick / "gone.png").string()}).why_not.empty());
}

TEST_CASE("errands: after a closing the till lies sealed in its folder, and opens another one") {
  ErrandShop shop;
  const tests::TempFolder stick;
  const auto code = shop.hear<BackupCodeMade>(MakeBackupCode{});
  REQUIRE(code.why_not.empty());
  shop.set("backup.folder", stick.path().string());
  shop.runtime->post(core::OpenShift{{5000, core::eur}});
  shop.runtime->post(core::CountDrawer{core::Money{5000, core::eur}});
  shop.runtime->post(core::CloseShift{{0, core::eur}, ""});
  REQUIRE(shop.bell.wait_until(
      [&] { return shop.runtime->devices()->backup.words == "The last backup is whole"; }));
  std::string file;
  for (const auto& entry : fs::directory_iterator(stick.path())) file = entry.path().string();
  CHECK(file.ends_with("-" + code.mark + ".tresen"));

  ErrandShop other;
  const auto wrong =
      other.hear<RestoreAnswer>(RestoreFile{file, RecoveryCode::make().text(), 0, 0});
  CHECK(wrong.why_not.find("this is another code") == 0);
  CHECK_FALSE(fs::exists(restored_folder(other.folder.path())));
  const auto restored = other.hear<RestoreAnswer>(RestoreFile{file, code.code, 0, 0});
  CHECK(restored.why_not.empty());
  CHECK(restored.till == "T1");
  other.runtime.reset();
  REQUIRE(move_restored(other.folder.path()));
  const auto till =
      core::Register::open({other.folder.path(), core::Durability::none, {}}, other.clock);
  REQUIRE(till);
  CHECK((*till)->snapshot().counts.has_shifts);
}

TEST_CASE("errands: a backup that fails says why") {
  ErrandShop shop;
  const auto told = [&](std::string_view words) {
    shop.runtime->run(BackUpNow{});
    return shop.bell.wait_until([&] {
      const DeviceState backup = shop.runtime->devices()->backup;
      return backup.words == words && backup.state == ui::State::bad;
    });
  };
  shop.set("backup.folder", (shop.folder / "gone").string());
  CHECK(told("There is no recovery code yet."));
  shop.hear<BackupCodeMade>(MakeBackupCode{});
  CHECK(told("The folder for backups is not there."));
}
