// tresen doctor: is everything as it should be, and what to do if not.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "pos/cli/anchors.h"
#include "pos/cli/doctor.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

void append(Findings& all, Findings more) {
  for (Finding& finding : more) all.push_back(std::move(finding));
}

void check_inside(const Common& common, const Configuration& configuration, Extent extent,
                  Findings& all) {
  auto database = core::Database::open(store_file(common), core::Access::read);
  if (!database) {
    all.push_back({"store", Health::bad, core::in_words(database.error())});
    return;
  }
  const core::Settings settings = settings_of(*database, configuration);
  append(all, check_store(*database, store_file(common), known_anchors(common, settings), extent));
  append(all, check_queues(*database));
  all.push_back(check_time_zone(*database, settings));
  all.push_back(check_rates(settings));
  all.push_back(check_clock(*database, settings, core::SystemClock().now()));
  all.push_back(check_printer(settings.printer));
  all.push_back(
      check_signing(*database, settings, configuration.secrets.signing, core::SystemClock().now()));
  append(all, check_outside(common.data, settings));
}

Findings examine(const Common& common, Extent extent) {
  Findings all{check_folder(common.data)};
  if (all.front().health != Health::bad) {
    all.push_back(check_space(common.data));
    all.push_back(check_lock(common.data));
    if (const auto configuration = read_configuration(common.data)) {
      all.push_back({"settings", Health::ok, "tresen.toml and secrets.toml can be read"});
      check_inside(common, *configuration, extent, all);
    } else {
      all.push_back({"settings", Health::bad, configuration.error()});
    }
  }
  all.push_back(check_fonts());
  all.push_back(check_translations());
  return all;
}

class Doctor final : public Command {
 public:
  explicit Doctor(CLI::App& app) {
    app.add_flag("--all", all_, "Also every page and the whole journal of a large store");
  }

  Status run(const Common& common) override {
    const Findings all = examine(common, all_ ? Extent::all : Extent::latest);
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
