// tresen replay BASKETS.csv: real baskets through the real register.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <optional>

#include "core/base/text.h"
#include "core/catalogue/csv.h"
#include "pos/cli/progress.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/sync_now.h"
#include "pos/cli/table.h"
#include "pos/runtime/stopwatch.h"
#include "pos/tools/baseline.h"
#include "pos/tools/replay.h"

namespace pos::cli {

namespace {

// The till copies its log into the store when it idles; here, so often.
constexpr std::int64_t orders_between_rests = 100;

struct NumberedBasket {
  std::int64_t line = 0;
  Basket items;
};

double milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

// The whole file before the first order, so that a bad row sells nothing.
std::optional<std::vector<NumberedBasket>> read_baskets(const std::string& file,
                                                        std::int64_t limit) {
  auto stream = open_file(file);
  if (!stream) return {};
  core::CsvReader reader(*stream, core::letters_of(*stream));
  std::vector<NumberedBasket> baskets;
  core::CsvRow row;
  while (limit == 0 || static_cast<std::int64_t>(baskets.size()) < limit) {
    const auto more = reader.next(row);
    if (!more) {
      fail(fmt::format("{}:{}: the row {}", file, more.error().line, in_words(more.error().fault)));
      return {};
    }
    if (!*more) break;
    NumberedBasket basket{row.line, {}};
    for (std::string& item : row.fields) {
      if (!core::fold(item).empty()) basket.items.push_back(std::move(item));
    }
    if (!basket.items.empty()) baskets.push_back(std::move(basket));
  }
  return baskets;
}

// A cart that a person, or a replay that was killed, has left open.
Status clear_cart(core::Register& till) {
  const core::Snapshot now = till.snapshot();
  if (!now.staff.empty()) {
    return fail("this store has cashiers; replay into a data folder of its own with --data DIR");
  }
  if (now.order.lines.empty()) return well;
  const auto parked = till.handle(core::ParkOrder{});
  return parked ? well : say_refusal(parked.error());
}

class ReplayBaskets final : public Command {
 public:
  explicit ReplayBaskets(CLI::App& app) {
    app.add_option("BASKETS", file_, "A CSV file: one basket a line, items by name or SKU")
        ->required();
    app.add_option("--limit", limit_, "At most so many baskets; 0: all")
        ->check(CLI::NonNegativeNumber);
    app.add_option("--seed", seed_, "Of prices and tenders")->capture_default_str();
    app.add_flag("--no-print", no_print_, "Leave the slips waiting for a printer");
    app.add_flag("--no-push", no_push_, "Leave orders and mails in the outbox");
    app.add_flag("--unsafe-no-sync", no_sync_,
                 "Do not force commits to disk: only to measure what the code costs");
    app.add_flag("--baseline", baseline_,
                 "Also time bare SQLite commits of the same size: those that complete a sale, "
                 "without syncs all of them");
  }

  Status run(const Common& common) override {
    const auto baskets = read_baskets(file_, limit_);
    if (!baskets) return cannot;
    if (no_sync_) note("nothing is forced to disk: this store is for benchmarks only");
    const core::SystemClock clock;
    const auto durability = no_sync_ ? core::Durability::none : core::Durability::full;
    const auto till = open_register(common, clock, durability);
    if (!till) return cannot;
    if (const Status ready = clear_cart(*till); ready != well) return ready;
    if (baseline_) raw_.emplace(common.data, durability);
    Replay replay(*till, seed_);
    if (no_print_) replay.leave_slips();
    const Stopwatch watch;
    if (const Status rung = ring_up(*till, replay, *baskets); rung != well) return rung;
    const auto elapsed = watch.elapsed() - (raw_ ? raw_->time() : std::chrono::nanoseconds{});
    if (!no_push_) {
      sent_ = sync_now(common, *till, clock);
      if (!sent_) return cannot;
    }
    report(common, replay.figures(), elapsed);
    return sent_ && sent_->waiting + sent_->stuck > 0 ? attention : well;
  }

 private:
  Status ring_up(core::Register& till, Replay& replay, const std::vector<NumberedBasket>& baskets) {
    Progress progress("replaying");
    std::int64_t done = 0;
    for (const NumberedBasket& basket : baskets) {
      const std::int64_t pages_before = replay.figures().pages_written;
      if (auto rung = replay.ring_up(basket.items); !rung) {
        return say_refusal({rung.error().kind,
                            fmt::format("{}:{}: {}", file_, basket.line, rung.error().text),
                            rung.error().detail});
      }
      if (raw_ && no_sync_) {
        for (const std::int64_t pages : replay.commits_of_order()) raw_->commit(pages);
      } else if (raw_) {
        raw_->commit(replay.figures().pages_written - pages_before);
      }
      if (++done % orders_between_rests == 0) {
        till.rest();
        if (raw_) raw_->rest();
      }
      progress.show(done, static_cast<std::int64_t>(baskets.size()));
    }
    return well;
  }

  void report(const Common& common, const ReplayFigures& figures,
              std::chrono::nanoseconds elapsed) const {
    const double p50 = milliseconds(percentile(figures.commits, 50));
    const double p99 = milliseconds(percentile(figures.commits, 99));
    const double seconds = milliseconds(elapsed) / 1000;
    const double speed = seconds > 0 ? static_cast<double>(figures.orders) / seconds : 0;
    if (common.json) {
      Json json{{"orders", figures.orders},
                {"items", figures.items},
                {"products_made", figures.products_made},
                {"total", core::to_plain(figures.total)},
                {"currency", figures.total.currency.text()},
                {"commit_p50_ms", p50},
                {"commit_p99_ms", p99},
                {"seconds", seconds},
                {"orders_per_second", speed}};
      if (raw_ && no_sync_) json["baseline_orders_per_second"] = raw_speed(figures);
      if (raw_ && !no_sync_) {
        json["baseline_p50_ms"] = milliseconds(percentile(raw_->commits(), 50));
        json["baseline_p99_ms"] = milliseconds(percentile(raw_->commits(), 99));
      }
      if (sent_) {
        json["sent"] = sent_->done;
        json["waiting"] = sent_->waiting;
        json["stuck"] = sent_->stuck;
      }
      print_json(json);
      return;
    }
    print(fmt::format("{:.1f} s, {:.0f} orders a second, {} products made", seconds, speed,
                      figures.products_made));
    if (raw_) print(baseline_line(figures, p50));
    if (sent_) {
      print(fmt::format("{} orders and mails sent, {} waiting, {} need attention", sent_->done,
                        sent_->waiting, sent_->stuck));
    }
    print(fmt::format("replayed {} orders, {} items, total {} {}, p50/p99 commit {:.2f}/{:.2f} ms",
                      figures.orders, figures.items, core::to_plain(figures.total),
                      figures.total.currency.text(), p50, p99));
  }

  double raw_speed(const ReplayFigures& figures) const {
    return static_cast<double>(figures.orders) * 1000 / std::max(milliseconds(raw_->time()), 1e-3);
  }

  std::string baseline_line(const ReplayFigures& figures, double p50) const {
    if (no_sync_) {
      return fmt::format("bare SQLite, the same {} commits: {:.0f} orders a second",
                         raw_->commits().size(), raw_speed(figures));
    }
    const double raw = milliseconds(percentile(raw_->commits(), 50));
    return fmt::format(
        "bare SQLite commits of the same {:.1f} pages: p50/p99 {:.2f}/{:.2f} ms; ours is {:.2f} "
        "times that",
        static_cast<double>(figures.pages_written) /
            static_cast<double>(std::max<std::int64_t>(figures.orders, 1)),
        raw, milliseconds(percentile(raw_->commits(), 99)), raw > 0 ? p50 / raw : 0);
  }

  std::string file_;
  std::int64_t limit_ = 0;
  std::uint64_t seed_ = 1;
  bool no_push_ = false, no_print_ = false;
  bool no_sync_ = false;
  bool baseline_ = false;
  std::optional<Baseline> raw_;
  std::optional<SyncFigures> sent_;
};

}  // namespace

std::unique_ptr<Command> replay_command(CLI::App& app) {
  return std::make_unique<ReplayBaskets>(app);
}

}  // namespace pos::cli
