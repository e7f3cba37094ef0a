// tresen journal: its latest entries; tresen journal search: those of a person, an
// article, a sum; tresen journal verify: the chain's latest part, or all of it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>

#include "core/store/journal.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/cli/verify.h"
#include "pos/doctor/anchors.h"

namespace pos::cli {

namespace {

Table table_of(const std::vector<core::JournalRow>& rows, std::string_view zone) {
  Table table({{"Entry", "seq", Align::right},
               {"At", "at"},
               {"Who", "actor"},
               {"What", "kind"},
               {"Subject", "subject"},
               {"Content", "content"}});
  for (const core::JournalRow& row : rows) {
    const std::string first_line = row.content.substr(0, row.content.find('\n'));
    table.add({row.seq, time_cell(row.at, zone), row.actor, row.kind, row.subject,
               Cell(first_line, row.content)});
  }
  return table;
}

Status say_sound(const Verified& verified, bool is_anchored, const Common& common) {
  const auto& sound = std::get<core::JournalSound>(verified.verdict);
  // What is missing stays missing, though the till has told it itself.
  const Status status = sound.gaps.empty() ? well : attention;
  if (common.json) {
    Json gaps = Json::array();
    for (const core::JournalGap& gap : sound.gaps) {
      gaps.push_back({{"entry", gap.seq}, {"first", gap.first}, {"last", gap.last}});
    }
    print_json({{"sound", true},
                {"from", verified.part.after + 1},
                {"entries", sound.entries},
                {"receipts", sound.receipts},
                {"anchored", is_anchored},
                {"gaps", std::move(gaps)}});
    return status;
  }
  if (verified.is_whole()) {
    print(fmt::format("the journal is sound: {} entries, {} receipts", sound.entries,
                      sound.receipts));
  } else {
    print(fmt::format("the journal is sound from entry {} on: {} entries, {} receipts",
                      verified.part.after + 1, sound.entries, sound.receipts));
    note("what lies before was not looked at: --all verifies it from the first entry");
  }
  for (const core::JournalGap& gap : sound.gaps) note(in_words(gap, Words(Language::english)));
  if (!is_anchored && sound.entries > 0) {
    note("nothing outside the store proves its end: give --anchor as printed on a receipt");
  }
  return status;
}

Status say_broken(const core::JournalBroken& broken, const Common& common) {
  if (common.json) {
    print_json({{"sound", false}, {"entry", broken.seq}, {"what", broken.what}});
  }
  return fail("the journal is broken: " + broken.what, attention);
}

class JournalList final : public Command {
 public:
  explicit JournalList(CLI::App& app) {
    app.add_option("--limit", limit_, "At most so many")
        ->check(CLI::Range(1, 100'000'000))
        ->capture_default_str();
    search_ = app.add_subcommand("search", "Look for entries, the latest first");
    search_->fallthrough();
    search_->add_option("--person", wanted_.person, "Who did or approved it")->type_name("NAME");
    search_->add_option("--kind", wanted_.kind, "What it is, as in \"void line\"")
        ->type_name("KIND");
    search_->add_option("--text", wanted_.text, "An article, a number, a reason")
        ->type_name("TEXT");
    search_->add_option("--amount", amount_, "Of a receipt, or said in the entry, as in 12.50");
    search_->add_option("--from", from_, "The first day, as in 2026-01-31")->type_name("DAY");
    search_->add_option("--to", to_, "The last day")->type_name("DAY");
    search_->add_flag("--count", counts_, "How often each kind stands there in these days");
    verify_ = app.add_subcommand("verify", "Check the latest entries and receipts");
    verify_->fallthrough();
    verify_->add_flag("--all", all_, "Every entry and every receipt from the first one on");
    verify_->add_option("--anchor", printed_, "ENTRY:HASH as on a receipt, proves its end");
  }

  Status run(const Common& common) override {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    if (search_->parsed()) return search(*store, common);
    return verify_->parsed() ? verify(*store, common) : list(*store, common);
  }

 private:
  Status verify(Reading& store, const Common& common) const {
    auto anchors = known_anchors(common.data, store.settings);
    for (const std::string& text : printed_) {
      auto anchor = core::anchor_from(text);
      if (!anchor) return fail(text + " is no anchor like 52:3f9a12c4d5e6f708", wrong_usage);
      anchors.push_back(std::move(*anchor));
    }
    const auto verified = pos::cli::verify(store.database, store_file(common), anchors,
                                           all_ ? Extent::all : Extent::latest);
    if (const Status read = after_reading(store.database); read != well) return read;
    if (const auto* broken = std::get_if<core::JournalBroken>(&verified.verdict)) {
      return say_broken(*broken, common);
    }
    return say_sound(verified, !anchors.empty(), common);
  }

  // The instant at which `days` after the day that was named begins.
  static std::optional<core::Instant> day(const std::string& text, int days,
                                          std::string_view zone) {
    int year = 0;
    unsigned month = 0, number = 0;
    if (!core::is_iso_date(text) ||
        std::sscanf(text.c_str(), "%d-%u-%u", &year, &month, &number) != 3) {
      fail(fmt::format("\"{}\" is no day as in 2026-01-31", text), wrong_usage);
      return {};
    }
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(number)};
    return core::instant_at(std::chrono::sys_days(date) + std::chrono::days(days), 0, zone);
  }

  Status search(Reading& store, const Common& common) const {
    const std::string& zone = store.settings.shop.time_zone;
    core::JournalSearch wanted = wanted_;
    wanted.limit = limit_;
    if (!from_.empty() && !(wanted.from = day(from_, 0, zone))) return wrong_usage;
    if (!to_.empty() && !(wanted.until = day(to_, 1, zone))) return wrong_usage;
    if (!amount_.empty()) {
      const auto amount = core::parse_plain(amount_, store.settings.shop.currency);
      if (!amount)
        return fail(fmt::format("\"{}\" is not an amount as in 12.50", amount_), wrong_usage);
      wanted.amount = *amount;
    }
    if (counts_) return count(store, common, wanted);
    const auto rows = core::find_entries(store.database, wanted);
    if (const Status read = after_reading(store.database); read != well) return read;
    print_table(table_of(rows, zone), common.json ? Form::json : Form::text,
                "no entry is like this");
    return well;
  }

  static Status count(Reading& store, const Common& common, const core::JournalSearch& wanted) {
    Table table({{"What", "kind"}, {"Times", "times", Align::right}});
    const auto counts = core::count_entries(store.database, wanted.from.value_or(core::Instant{}),
                                            wanted.until.value_or(core::Instant::max()));
    for (const core::JournalCount& each : counts) table.add({each.kind, each.number});
    if (const Status read = after_reading(store.database); read != well) return read;
    print_table(table, common.json ? Form::json : Form::text, "no entry in these days");
    return well;
  }

  Status list(Reading& store, const Common& common) const {
    const auto rows = core::latest_entries(store.database, limit_);
    if (const Status read = after_reading(store.database); read != well) return read;
    print_table(table_of(rows, store.settings.shop.time_zone),
                common.json ? Form::json : Form::text, "the journal is empty");
    return well;
  }

  std::int64_t limit_ = 50;
  std::vector<std::string> printed_;
  bool all_ = false;
  core::JournalSearch wanted_;
  std::string amount_, from_, to_;
  bool counts_ = false;
  CLI::App *verify_ = nullptr, *search_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> journal_command(CLI::App& app) {
  return std::make_unique<JournalList>(app);
}

}  // namespace pos::cli
