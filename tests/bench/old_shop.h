// A German shop that has sold for years: a day that was really rung up and closed, with a
// signature for each receipt, again and again (double.sql), and whatever is rung up behind.
// Every order waits for its platform. One for all benchmarks of a program: it only grows.
// TRESEN_BENCH_SHOP in the environment is the folder that it is left in.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "core/register.h"
#include "core/store/shift_store.h"
#include "tests/bench/size.h"
#include "tests/support/fake_clock.h"
#include "tests/support/paper_tse.h"
#include "tests/support/temp_folder.h"

namespace benches {

class OldShop {
 public:
  static OldShop& with(std::int64_t receipts) {
    static OldShop shop;
    while (shop.number("SELECT max(row) FROM receipts") < receipts) shop.twice_as_old();
    return shop;
  }

  // A day of so many sales, of one to six articles, a third of them by card.
  void sell(std::int64_t sales) {
    for (std::int64_t sale = 0; sale < sales; ++sale) {
      for (std::int64_t article = 0; article <= sale % 6; ++article) {
        must(core::Scan{code((sale * 7 + article * 13) % articles)});
      }
      const core::Money due = till_->snapshot().due;
      sale % 3 ? must(core::TakeCash{due}) : pay_by_card(due);
      clock_.advance(std::chrono::seconds{30});
    }
  }
  // All that was taken is in the drawer, and stays there.
  core::Money count() {
    const core::Shift shift = *till_->snapshot().shift;
    const core::Money all = core::report_of(till_->database(), shift).expected(shift.opening);
    must(core::CountDrawer{all});
    return all;
  }
  void end_day() { must(core::CloseShift{count(), ""}); }
  void must(const core::Command& command) {
    auto handled = till_->handle(command);
    if (!handled) {
      fail(handled.error().text);
    } else {
      carry_out(std::move(*handled));
    }
  }

  // Commits that are on the disk, and others while it is filled.
  void open(core::Durability durability) {
    till_.reset();
    auto opened = core::Register::open({folder_, durability, {}}, clock_);
    if (!opened) return fail(opened.error().detail);
    till_ = std::move(*opened);
    carry_out(till_->resume());
    must(core::TrustClock{});
    must(tse_.seen());
  }
  void close() { till_.reset(); }
  core::Register& till() { return *till_; }
  const core::Clock& clock() const { return clock_; }
  const std::filesystem::path& folder() const { return folder_; }
  // Of the journal, that were written behind those of double.sql.
  std::int64_t entries_of_late() { return number("SELECT max(seq) FROM journal") - doubled_; }

 private:
  static constexpr std::int64_t articles = 200;
  static std::string code(std::int64_t article) {
    return "4000" + std::to_string(100000000 + article);
  }

  // Its receipts are older than those of a shop that was on holiday; whoever opens it next is
  // not asked about that.
  ~OldShop() {
    clock_.set(core::SystemClock().now());
    open(core::Durability::none);
  }
  OldShop() {
    if (const char* kept = std::getenv("TRESEN_BENCH_SHOP")) folder_ = kept;
    clock_.set(core::SystemClock().now() - std::chrono::hours{24 * 1500});
    open(core::Durability::none);
    core::Transaction transaction(till_->database());
    for (std::int64_t article = 0; article < articles; ++article) {
      core::Variant variant;
      variant.sku = variant.product_title = "Artikel " + std::to_string(article);
      variant.barcodes = {code(article)};
      variant.price = {199 + article * 7, core::eur};
      variant.tax_code = article % 4 ? "reduced" : "standard";
      core::put_product(till_->database(), {variant.sku, variant.sku, {variant}}, "bench");
    }
    if (!transaction.commit()) fail("no articles");
    must(core::ChangeSetting{"fiscal.device", "software"});
    must(core::ChangeSetting{"shop.country", "DE"});
    must(tse_.seen());
    sell(is_brief() ? 50 : 1000);
    end_day();
  }

  void twice_as_old() {
    if (till_->snapshot().shift) end_day();
    std::ifstream file(TRESEN_SOURCE "/tests/bench/double.sql");
    const std::string sql{std::istreambuf_iterator<char>(file), {}};
    const auto doubled = till_->database().execute(sql.c_str());
    if (!doubled) fail(doubled.error().detail);
    till_->database().checkpoint();
    doubled_ = number("SELECT max(seq) FROM journal");
    clock_.set(
        core::Instant{std::chrono::milliseconds{number("SELECT max(finished) FROM receipts")}});
    clock_.advance(std::chrono::hours{12});
    tse_.has_signed(number("SELECT max(number) FROM signing_transactions"),
                    number("SELECT max(counter) FROM signatures"));
    open(core::Durability::none);
  }

  void pay_by_card(core::Money due) {
    must(core::StartCard{due});
    must(core::CardAnswered{till_->snapshot().attempt->id,
                            {core::CardPhase::approved, due, "approved", "Visa •••• 4242"}});
  }

  // What the workers of printer and device would.
  void carry_out(core::Effects effects) {
    for (core::Effect& effect : effects) {
      if (const auto* slip = std::get_if<core::PrintSlip>(&effect)) {
        must(core::PrintAnswered{slip->job, core::PrintFate::printed, ""});
      } else if (const auto* step = std::get_if<core::SignStep>(&effect)) {
        must(core::SigningBegins{step->transaction, step->verb, step->asks});
        tse_.now = clock_.now();
        must(core::SigningAnswered{step->transaction, step->verb, tse_.sign(*step)});
      }
    }
  }

  std::int64_t number(const char* sql) {
    core::BuiltQuery query(till_->database(), sql);
    return query.rows().next() ? query.rows().integer(0) : 0;
  }
  static void fail(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::abort();
  }

  tests::TempFolder temporary_;
  std::filesystem::path folder_ = temporary_.path();
  tests::FakeClock clock_;
  tests::PaperTse tse_;
  std::unique_ptr<core::Register> till_;
  std::int64_t doubled_ = 0;
};

}  // namespace benches
