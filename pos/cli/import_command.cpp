// tresen import FILE: products of a file into the catalogue, all or nothing.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/store/catalogue_store.h"
#include "pos/cli/progress.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/layout/deposit_name.h"
#include "pos/ui/translate.h"

namespace pos::cli {

namespace {

std::string problem_line(const core::ImportProblem& problem) {
  std::string line = problem.file;
  if (problem.line) line += fmt::format(":{}", problem.line);
  if (!problem.field.empty()) line += ": " + problem.field;
  return line + ": " + problem.what;
}

Json as_json(const std::vector<core::ImportProblem>& problems) {
  Json list = Json::array();
  for (const auto& problem : problems) {
    list.push_back({{"line", problem.line}, {"field", problem.field}, {"what", problem.what}});
  }
  return list;
}

Json as_json(const core::ImportOutcome& outcome, const std::string& file) {
  return {{"file", file},
          {"stored", outcome.stored},
          {"rows", outcome.report.rows},
          {"products", outcome.report.products},
          {"variants", outcome.report.variants},
          {"created", outcome.created},
          {"updated", outcome.updated},
          {"removed", outcome.removed},
          {"not_for_sale", outcome.report.not_for_sale},
          {"problem_count", outcome.report.problem_count},
          {"problems", as_json(outcome.report.problems)},
          {"warning_count", outcome.report.warning_count},
          {"warnings", as_json(outcome.report.warnings)}};
}

void note_more(std::int64_t count, const std::vector<core::ImportProblem>& listed,
               std::string_view what) {
  const auto more = count - static_cast<std::int64_t>(listed.size());
  if (more > 0) note(fmt::format("and {} more {}", more, what));
}

class Import final : public Command {
 public:
  explicit Import(CLI::App& app) {
    app.add_option("FILE", file_, "A CSV file with product headings")->required();
    app.add_flag("--dry-run", dry_run_, "Only say what would be done");
    app.add_flag("--skip-bad", skip_bad_, "Import the good rows and list the bad ones");
    app.add_flag("--replace", replace_, "Remove the products that the file does not name");
    app.add_option("--as", manager_, "The manager who does this, once there are cashiers")
        ->type_name("NAME");
    app.add_option("--pin-file", pin_file_, "A file with the manager's PIN, or -")
        ->type_name("FILE");
  }

  Status run(const Common& common) override {
    auto stream = open_file(file_);
    if (!stream) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    if (!dry_run_) {
      auto pins = Pins::from(pin_file_);
      if (!pins) return cannot;
      const Status signed_in = sign_in(*till, manager_, *pins);
      if (signed_in != well) return signed_in;
    }
    const auto outcome = import(*till, *stream);
    if (!outcome) return say_refusal(outcome.error());
    const core::ImportReport& report = outcome->report;
    for (const auto& problem : report.problems) fail(problem_line(problem));
    note_more(report.problem_count, report.problems, "problems");
    for (const auto& warning : report.warnings) note("warning: " + problem_line(warning));
    note_more(report.warning_count, report.warnings, "warnings");
    if (common.json) {
      print_json(as_json(*outcome, file_));
    } else {
      print(summary(*outcome));
    }
    if (!outcome->report.complete && outcome->report.rows == 0) return cannot;
    return is_good(*outcome) ? well : attention;
  }

 private:
  core::Result<core::ImportOutcome, core::Refusal> import(core::Register& till,
                                                          std::ifstream& stream) const {
    Progress progress("importing");
    core::ImportOptions options;
    options.mode = replace_ ? core::ImportMode::replace : core::ImportMode::merge;
    options.skip_bad = skip_bad_;
    options.dry_run = dry_run_;
    const Translations translations = Translations::load();
    const Language language = language_from(till.snapshot().settings.till.language);
    options.deposit_name = deposit_name(translations(language));
    options.progress = [&](std::int64_t done, std::int64_t total) { progress.show(done, total); };
    std::error_code unknown;
    const auto size = std::filesystem::file_size(file_, unknown);
    const core::ImportSource source{stream, file_, unknown ? 0 : static_cast<std::int64_t>(size),
                                    till.snapshot().settings.shop.currency};
    return till.import(source, options);
  }

  bool is_good(const core::ImportOutcome& outcome) const {
    return outcome.report.complete && (skip_bad_ || outcome.report.problem_count == 0);
  }

  std::string summary(const core::ImportOutcome& outcome) const {
    const auto& report = outcome.report;
    if (!is_good(outcome)) {
      return fmt::format(
          "nothing imported: {} {} in {} rows; mend them, or leave them out with "
          "--skip-bad",
          report.problem_count, report.problem_count == 1 ? "problem" : "problems", report.rows);
    }
    std::string text =
        fmt::format("{} {} products, {} variants ({} new, {} updated, {} removed)",
                    dry_run_ ? "would import" : "imported", report.products, report.variants,
                    outcome.created, outcome.updated, outcome.removed);
    if (report.problem_count > 0) {
      text += fmt::format(", {} {} left out", report.problem_count,
                          report.problem_count == 1 ? "problem" : "problems");
    }
    if (report.not_for_sale > 0) {
      text += fmt::format(", {} archived or draft not taken", report.not_for_sale);
    }
    return text;
  }

  std::string file_, manager_, pin_file_;
  bool dry_run_ = false;
  bool skip_bad_ = false;
  bool replace_ = false;
};

}  // namespace

std::unique_ptr<Command> import_command(CLI::App& app) {
  return std::make_unique<Import>(app);
}

}  // namespace pos::cli
