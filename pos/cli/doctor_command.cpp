// tresen doctor: is everything as it should be, and what to do if not.
#include "pos/doctor/doctor.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/cli/verify.h"

namespace pos::cli {

namespace {

Finding check_lock(const std::filesystem::path& data) {
  const bool is_taken = core::StoreLock::is_taken(data);
  return {"lock", Health::ok, is_taken ? "A till runs here." : "No till runs here."};
}

Findings check_inside(const Common& common, Extent extent, const Words& words) {
  auto database = core::Database::open(store_file(common), core::Access::read);
  if (!database) {
    return {check_folder(common.data, words),
            check_space(common.data, words),
            {"store", Health::bad, core::in_words(database.error())}};
  }
  const auto by_extent = [&](const std::vector<core::Anchor>& anchors) {
    return verify(*database, store_file(common), anchors, extent);
  };
  Findings all =
      examine(*database, common.data, core::SystemClock().now(), words, {extent, by_extent});
  if (const auto configuration = read_configuration(common.data)) {
    all.push_back(check_printer(settings_of(*database, *configuration).printer, words));
  }
  return all;
}

Finding check_translations(const Translations& translations) {
  const bool german = translations(Language::german)("Cash") != "Cash";
  return german ? Finding{"languages", Health::ok, "German and English."}
                : Finding{"languages", Health::warn,
                          "The German texts are not there: install Tresen again."};
}

Findings look_everywhere(const Common& common, Extent extent) {
  const Translations translations = Translations::load();
  const Words& words = translations(Language::english);
  Findings all{check_folder(common.data, words)};
  if (all.front().health != Health::bad) {
    all = check_inside(common, extent, words);
    all.push_back(check_lock(common.data));
  }
  all.push_back(check_fonts(words));
  all.push_back(check_translations(translations));
  return all;
}

class Doctor final : public Command {
 public:
  explicit Doctor(CLI::App& app) {
    app.add_flag("--all", all_, "Also every page and the whole journal of a large store");
  }

  Status run(const Common& common) override {
    const Findings all = look_everywhere(common, all_ ? Extent::all : Extent::latest);
    Table table({{"", "health"}, {"Check", "check"}, {"How it stands", "says"}});
    for (const Finding& finding : all) {
      table.add({word(finding.health), finding.what, finding.says});
    }
    print_table(table, common.json ? Form::json : Form::text, "");
    const auto worst =
        std::max_element(all.begin(), all.end(),
                         [](const Finding& a, const Finding& b) { return a.health < b.health; });
    return worst->health == Health::ok ? well : worst->health == Health::warn ? attention : cannot;
  }

 private:
  bool all_ = false;
};

}  // namespace

std::unique_ptr<Command> doctor_command(CLI::App& app) {
  return std::make_unique<Doctor>(app);
}

}  // namespace pos::cli
