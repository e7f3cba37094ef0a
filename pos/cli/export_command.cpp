// tresen export: for the tax office, the closings of a span as one file (dsfinvk), and the
// records of the security device (tar).
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <vector>

#include "core/store/export_closings.h"
#include "core/tax/country.h"
#include "pos/cli/say.h"
#include "pos/cli/signing_now.h"
#include "pos/cli/store.h"
#include "pos/export/dsfinvk_file.h"
#include "pos/ui/translate.h"

namespace pos::cli {

namespace {

struct Exported {
  std::int64_t closings = 0, receipts = 0, bytes = 0;
  std::int64_t first_z = 0, last_z = 0;
  bool is_test = false;
};

// Whoever reads the export reads German.
std::string in_german(std::string_view english) {
  static const Translations translations = Translations::load();
  return std::string(translations(Language::german)(english));
}

// Gives a file that is whole its name, and makes sure that it stays.
core::Result<core::Done, std::string> give_name(const std::filesystem::path& part,
                                                const std::filesystem::path& file) {
  const auto trouble = [&] {
    return tl::unexpected(fmt::format("{}: {}", file.string(), std::strerror(errno)));
  };
  if (::rename(part.c_str(), file.c_str()) != 0) return trouble();
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool is_synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!is_synced) return trouble();
  return core::Done{};
}

core::Result<Exported, std::string> write_closings(core::Database& database,
                                                   const std::vector<core::Shift>& closings,
                                                   const core::DayRule& rule,
                                                   const std::filesystem::path& zip) {
  DsfinvkFile file(zip);
  if (const auto opened = file.open(); !opened) return tl::unexpected(opened.error());
  core::ClosingsExport source(database, file.writer(), rule, in_german);
  Exported exported;
  for (const core::Shift& closing : closings) {
    const auto written = source.write(closing);
    if (!database.ok()) return tl::unexpected(core::in_words(*database.error()));
    if (!written) return tl::unexpected(written.error());
    ++exported.closings;
    exported.receipts += written->receipts;
    exported.is_test |= written->is_test;
  }
  exported.first_z = closings.front().z_number;
  exported.last_z = closings.back().z_number;
  if (const auto saved = file.save(core::SystemClock().now()); !saved) {
    return tl::unexpected(saved.error());
  }
  return exported;
}

// What the checker of exports does not find right; empty: nothing.
std::vector<std::string> findings_of(const std::filesystem::path& zip) {
  const auto report = check_dsfinvk(zip);
  if (!report) return {report.error()};
  std::vector<std::string> all;
  for (const auto& one : report->findings) {
    all.push_back(fmt::format("{}{}: {}", one.file,
                              one.line > 0 ? fmt::format(", line {}", one.line) : "", one.says));
  }
  const auto said = static_cast<std::int64_t>(all.size());
  const auto count = static_cast<std::int64_t>(report->finding_count);
  if (count > said) all.push_back(fmt::format("and {} more", count - said));
  return all;
}

std::string first_of(const std::vector<std::string>& findings) {
  if (findings.size() < 2) return findings.empty() ? "" : findings.front();
  return fmt::format("{} (and {} more)", findings.front(), findings.size() - 1);
}

class ExportCommand final : public Command {
 public:
  explicit ExportCommand(CLI::App& app) {
    app.require_subcommand(1);
    dsfinvk_ = app.add_subcommand("dsfinvk", "The closings of a span as DSFinV-K 2.4, in one ZIP");
    dsfinvk_->fallthrough();
    auto* from = dsfinvk_->add_option("--from", from_, "The first day, as in 2026-11-01");
    auto* to = dsfinvk_->add_option("--to", to_, "The last day; else the same one");
    auto* from_z = dsfinvk_->add_option("--from-z", from_z_, "Or the number of the first Z report");
    auto* to_z = dsfinvk_->add_option("--to-z", to_z_, "The last one; else the same one");
    to->needs(from);
    to_z->needs(from_z);
    from_z->excludes(from);
    for (CLI::Option* number : {from_z, to_z}) number->check(CLI::PositiveNumber);
    dsfinvk_->add_option("--out", out_, "The file to make")->required()->type_name("FILE.zip");
    dsfinvk_->add_flag("--force", is_forced_,
                       "Make the file also where its check finds something, and say what");
    tar_ = app.add_subcommand("tar", "The records of the security device (TSE), as a TAR");
    tar_->fallthrough();
    auto* first = tar_->add_option("--from", from_, "Only what was signed from this day on");
    auto* last = tar_->add_option("--to", to_, "Up to this day; else the same one");
    auto* tar = tar_->add_option("--out", out_, "The file to make; else one in the data folder")
                    ->type_name("FILE.tar");
    first->needs(tar);
    last->needs(first);
  }

  Status run(const Common& common) override {
    if (tar_->parsed()) return write_tar(common);
    if (from_.empty() && from_z_ == 0) {
      return fail("say which closings: --from DATE --to DATE, or --from-z N --to-z N", wrong_usage);
    }
    auto store = open_for_reading(common);
    if (!store) return cannot;
    if (core::country_from(store->settings.shop.country) != core::Country::germany) {
      return fail(
          "DSFinV-K is Germany's, and this shop is in no country or in another; see tresen fiscal "
          "setup --country DE",
          attention);
    }
    const core::DayRule rule = core::day_rule(store->settings);
    std::vector<core::Shift> closings;
    if (const Status found = find(store->database, rule, closings); found != well) return found;
    if (const Status read = after_reading(store->database); read != well) return read;
    say_open(store->database);
    if (closings.empty()) {
      return fail(
          "no closing is in that span, so there is nothing to export; see tresen shift list",
          attention);
    }
    return write(common, *store, closings, rule);
  }

 private:
  Status find(core::Database& database, const core::DayRule& rule,
              std::vector<core::Shift>& closings) const {
    if (from_z_ > 0) {
      closings = core::closings_by_number(database, from_z_, to_z_ > 0 ? to_z_ : from_z_);
      return well;
    }
    core::Day from, to;
    if (const Status read = days(from, to); read != well) return read;
    closings = core::closings_by_day(database, from, to, rule);
    return well;
  }

  Status days(core::Day& from, core::Day& to) const {
    const auto first = core::day_from(from_);
    const auto last = core::day_from(to_.empty() ? from_ : to_);
    for (const auto& [day, text] : {std::pair(first, from_), std::pair(last, to_)}) {
      if (!day) return fail(fmt::format("\"{}\" is no day as in 2026-11-01", text), wrong_usage);
    }
    if (*last < *first) return fail("the last day is before the first", wrong_usage);
    from = *first;
    to = *last;
    return well;
  }

  Status write_tar(const Common& common) const {
    drivers::ArchiveSpan span;
    if (!from_.empty()) {
      core::Day from, to;
      if (const Status read = days(from, to); read != well) return read;
      const auto store = open_for_reading(common);
      if (!store) return cannot;
      const core::DayRule rule = core::day_rule(store->settings);
      span.from = core::begin_of(from, rule);
      span.to = core::begin_of(to + std::chrono::days{1}, rule);
    }
    return archive_now(common, out_, span);
  }

  static void say_open(core::Database& database) {
    const std::int64_t open = core::receipts_not_closed(database);
    if (open == 0) return;
    note(fmt::format("{} of the shift that is still open {} not in it; see tresen shift close",
                     open == 1 ? "1 receipt" : fmt::format("{} receipts", open),
                     open == 1 ? "is" : "are"));
  }

  Status write(const Common& common, Reading& store, const std::vector<core::Shift>& closings,
               const core::DayRule& rule) const {
    std::error_code unknown;
    const std::filesystem::path folder = std::filesystem::path(out_).parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder, unknown)) {
      return fail(fmt::format("no export was made: there is no folder {}", folder.string()));
    }
    // It has its name only once it was read again and adds up.
    const std::filesystem::path part = out_ + ".part";
    auto exported = write_closings(store.database, closings, rule, part);
    std::vector<std::string> findings;
    if (exported) findings = findings_of(part);
    std::string trouble = exported ? first_of(findings) : exported.error();
    if (exported && is_forced_) trouble.clear();
    if (trouble.empty()) {
      exported->bytes = static_cast<std::int64_t>(std::filesystem::file_size(part, unknown));
      if (const auto named = give_name(part, out_); !named) trouble = named.error();
    }
    if (!trouble.empty()) {
      std::filesystem::remove(part, unknown);
      const bool has_way_out = exported && !findings.empty() && !is_forced_;
      return fail(fmt::format("no export was made: {}{}", trouble,
                              has_way_out ? "; --force makes it all the same" : ""));
    }
    say(common, *exported, core::receipts_not_closed(store.database));
    for (const std::string& finding : findings) note("not right: " + finding);
    return findings.empty() ? well : attention;
  }

  void say(const Common& common, const Exported& exported, std::int64_t open) const {
    if (common.json) {
      print_json({{"file", out_},
                  {"closings", exported.closings},
                  {"first_z", exported.first_z},
                  {"last_z", exported.last_z},
                  {"receipts", exported.receipts},
                  {"not_closed", open},
                  {"bytes", exported.bytes},
                  {"is_test", exported.is_test}});
      return;
    }
    print(fmt::format("{}: closings {} to {}, {} receipts, {} KiB", out_, exported.first_z,
                      exported.last_z, exported.receipts, (exported.bytes + 1023) / 1024));
    if (exported.is_test) print("TEST: a device has signed that is not certified");
  }

  CLI::App *dsfinvk_ = nullptr, *tar_ = nullptr;
  std::string from_, to_, out_;
  std::int64_t from_z_ = 0, to_z_ = 0;
  bool is_forced_ = false;
};

}  // namespace

std::unique_ptr<Command> export_command(CLI::App& app) {
  return std::make_unique<ExportCommand>(app);
}

}  // namespace pos::cli
