// Rings up baskets through the register as the screens would: each item tapped
// or scanned, then one of a seeded mix of tenders. The same file and seed have
// the same prices and the same mix.
//
// Writes through the register; the thread of the register.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/register.h"

namespace pos::cli {

using Basket = std::vector<std::string>;  // names or SKUs

// Out of a hundred orders; the rest is paid in cash.
struct ReplayMix {
  std::uint64_t card = 30;
  std::uint64_t part_payment = 5;
  std::uint64_t email = 5;
};

struct ReplayFigures {
  std::int64_t orders = 0;
  std::int64_t items = 0;
  std::int64_t products_made = 0;
  core::Money total;
  std::int64_t pages_written = 0;                 // of the store, by the commits below
  std::vector<std::chrono::nanoseconds> commits;  // of the command that completed each sale
};

class Replay {
 public:
  // The register must outlive this; it has no cashiers and an empty cart.
  Replay(core::Register& till, std::uint64_t seed);
  // The slips wait for a printer instead of counting as printed.
  void leave_slips() { leaves_slips_ = true; }

  // One order. After a refusal the cart is void again and nothing was sold.
  core::Result<core::Done, core::Refusal> ring_up(const Basket& basket);

  const ReplayFigures& figures() const { return figures_; }
  // Pages that each commit of the last order has written.
  const std::vector<std::int64_t>& commits_of_order() const { return commits_of_order_; }

 private:
  bool leaves_slips_ = false;
  using Rung = core::Result<core::Done, core::Refusal>;

  std::uint64_t chance(std::uint64_t below);
  core::Result<std::int64_t, core::Refusal> variant_of(const std::string& item);
  core::Stored<core::Done> make_product(const std::string& name);
  Rung fill_cart(const Basket& basket);
  Rung pay();
  Rung pay_in_cash(core::Money due);
  Rung pay_by_card(core::Money due);
  Rung pay_a_part(core::Money due);
  core::Handled handle(const core::Command& command);
  core::Handled completing(const core::Command& command);
  Rung answer_printer(const core::Handled& handled);

  core::Register& till_;
  std::uint64_t seed_;
  std::uint64_t state_;
  core::Currency currency_;
  std::unordered_map<std::string, core::Variant> known_;  // by the item as the file spells it
  ReplayFigures figures_;
  std::vector<std::int64_t> commits_of_order_;
};

// The value that `percent` of them do not exceed; 0 for none.
std::chrono::nanoseconds percentile(std::vector<std::chrono::nanoseconds> values, int percent);

}  // namespace pos::cli
