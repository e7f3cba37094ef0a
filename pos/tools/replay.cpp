#include "pos/tools/replay.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/store/catalogue_store.h"
#include "pos/runtime/stopwatch.h"

namespace pos::cli {

namespace {

// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014:
// the same numbers on every machine, which std's distributions do not promise.
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

// FNV-1a.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 0xcbf29ce484222325U ^ seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return mixed(hash);
}

// Pages that the connection has written since the last question.
std::int64_t pages_written(core::Database& database) {
  int now = 0;
  int peak = 0;
  sqlite3_db_status(database.handle(), SQLITE_DBSTATUS_CACHE_WRITE, &now, &peak, 1);
  return now;
}

core::Refusal not_stored(const core::StoreError& error) {
  return {core::RefusalKind::not_saved, core::in_words(error), ""};
}

template <class Kind>
const Kind* find_effect(const core::Effects& effects) {
  for (const auto& effect : effects) {
    if (const auto* found = std::get_if<Kind>(&effect)) return found;
  }
  return nullptr;
}

}  // namespace

Replay::Replay(core::Register& till, std::uint64_t seed)
    : till_(till), seed_(seed), state_(seed), currency_(till.snapshot().settings.shop.currency) {
  figures_.total.currency = currency_;
}

std::uint64_t Replay::chance(std::uint64_t below) {
  state_ += 0x9e3779b97f4a7c15U;
  return mixed(state_) % below;
}

// From 0.39 to 14.99, ending in 9; three of four at the reduced rate, as food is.
core::Stored<core::Done> Replay::make_product(const std::string& name) {
  const std::uint64_t hash = hash_of(name, seed_);
  core::Variant variant;
  variant.product_title = name;
  variant.sku = fmt::format("R-{:08X}", hash >> 32);
  variant.price = {static_cast<std::int64_t>(39 + hash % 147 * 10), currency_};
  variant.tax_code = (hash >> 16) % 4 ? "reduced" : "standard";
  core::Transaction transaction(till_.database());
  core::put_product(till_.database(), {"replay-" + variant.sku, name, {variant}}, "replay");
  ++figures_.products_made;
  return transaction.commit();
}

core::Result<std::int64_t, core::Refusal> Replay::variant_of(const std::string& item) {
  const std::string name(core::trim(item));
  auto variant = core::find_by_name(till_.database(), name);
  if (!variant) variant = core::find_by_sku(till_.database(), name);
  if (!variant) {
    if (auto made = make_product(name); !made) return tl::unexpected(not_stored(made.error()));
    variant = core::find_by_name(till_.database(), name);
  }
  if (!variant) return tl::unexpected(core::Refusal{{}, "This is no name of a product.", name});
  known_.emplace(item, *variant);
  return variant->id.row;
}

Replay::Rung Replay::fill_cart(const Basket& basket) {
  for (const std::string& item : basket) {
    auto known = known_.find(item);
    if (known == known_.end()) {
      if (auto found = variant_of(item); !found) return tl::unexpected(found.error());
      known = known_.find(item);
    }
    const core::Variant& variant = known->second;
    const core::Command command = variant.barcodes.empty()
                                      ? core::Command(core::AddVariant{variant.id.row, {}})
                                      : core::Command(core::Scan{variant.barcodes.front()});
    if (auto added = handle(command); !added) return tl::unexpected(added.error());
  }
  return core::Done{};
}

core::Handled Replay::handle(const core::Command& command) {
  pages_written(till_.database());
  auto handled = till_.handle(command);
  const std::int64_t pages = pages_written(till_.database());
  if (pages > 0) commits_of_order_.push_back(pages);
  return handled;
}

core::Handled Replay::completing(const core::Command& command) {
  const Stopwatch watch;
  auto handled = handle(command);
  figures_.commits.push_back(watch.elapsed());
  if (handled) figures_.pages_written += commits_of_order_.back();
  return handled;
}

Replay::Rung Replay::pay_in_cash(core::Money due) {
  // Every other customer has it exactly; the rest pay with the next five.
  core::Money given = due;
  if (chance(2) == 1) given.minor = (due.minor / 500 + 1) * 500;
  return answer_printer(completing(core::TakeCash{given}));
}

Replay::Rung Replay::pay_by_card(core::Money due) {
  const auto started = handle(core::StartCard{due});
  if (!started) return tl::unexpected(started.error());
  const auto* asked = find_effect<core::AuthorizeCard>(*started);
  const core::CardResult approved{core::CardPhase::approved, due, "approved", "Visa •••• 4242"};
  return answer_printer(completing(core::CardAnswered{asked->attempt.id, approved}));
}

// Half of it, every other time by a voucher; the rest is owed.
Replay::Rung Replay::pay_a_part(core::Money due) {
  const core::Money part{std::max<std::int64_t>(1, due.minor / 2), due.currency};
  const core::Command tender =
      chance(2) == 1 ? core::Command(core::TakeOther{core::Tender::other, part, "Voucher"})
                     : core::Command(core::TakeCash{part});
  if (auto taken = handle(tender); !taken) return tl::unexpected(taken.error());
  return answer_printer(completing(core::LeavePartiallyPaid{}));
}

// As the printer's worker would, when the slip is out.
Replay::Rung Replay::answer_printer(const core::Handled& handled) {
  if (!handled) return tl::unexpected(handled.error());
  const auto* slip = find_effect<core::PrintSlip>(*handled);
  if (!slip || leaves_slips_) return core::Done{};
  auto done = handle(core::PrintAnswered{slip->job, core::PrintFate::printed, ""});
  if (!done) return tl::unexpected(done.error());
  return core::Done{};
}

Replay::Rung Replay::pay() {
  constexpr ReplayMix mix;
  std::uint64_t lot = chance(100);
  const bool wants_mail = lot < mix.email;
  if (wants_mail) {
    const core::Customer customer{"", fmt::format("customer-{}@example.org", figures_.orders + 1),
                                  ""};
    if (auto set = handle(core::SetCustomer{customer}); !set) {
      return tl::unexpected(set.error());
    }
  }
  const core::Snapshot now = till_.snapshot();
  const core::Money due = now.due;
  Rung paid = core::Done{};
  if (lot >= mix.email && lot < mix.email + mix.part_payment && due.minor > 1) {
    paid = pay_a_part(due);
  } else if (lot >= mix.email + mix.part_payment && lot < mix.email + mix.part_payment + mix.card) {
    paid = pay_by_card(due);
  } else {
    paid = pay_in_cash(due);
  }
  if (paid) figures_.total += now.totals.total;
  return paid;
}

Replay::Rung Replay::ring_up(const Basket& basket) {
  commits_of_order_.clear();
  Rung rung = fill_cart(basket);
  if (rung) rung = pay();
  if (!rung) {
    [[maybe_unused]] const auto voided = till_.handle(core::VoidOrder{"replay stopped"});
    return rung;
  }
  ++figures_.orders;
  figures_.items += static_cast<std::int64_t>(basket.size());
  return rung;
}

std::chrono::nanoseconds percentile(std::vector<std::chrono::nanoseconds> values, int percent) {
  if (values.empty()) return {};
  const std::size_t at = (values.size() - 1) * static_cast<std::size_t>(percent) / 100;
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(at);
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

}  // namespace pos::cli
