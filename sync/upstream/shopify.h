// Shopify as the upstream, through its GraphQL Admin API: till orders are pushed,
// what is decided here about online orders is told, online orders are pulled.
// What is said is decided by dialogues that do no I/O; this class has as many of
// them on the way as the shop's rate allows, one for each order.
//
// Lives on the sync thread. Decisions and traps: decisions.md, "Shopify".
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>

#include "sync/upstream/shopify_dialogue.h"
#include "sync/upstream/shopify_pull.h"
#include "sync/upstream/shopify_wire.h"
#include "sync/upstream/upstream.h"

namespace syncing {

class Shopify final : public Upstream {
 public:
  // `location`: gid or name of the place that the till stands in; empty: the first.
  Shopify(std::unique_ptr<shopify::Wire> wire, std::string location);

  void begin(std::vector<Job> jobs) override;
  void begin_pull(core::Instant now) override;
  std::vector<RowAnswer> answers() override;
  std::optional<Pulled> pulled() override;
  void accept(const core::Order& order) override;
  void refuse(const core::Order& order, const std::string& reason) override;

 private:
  // The shop is looked at once before anything else is said to it.
  enum class Known { nothing, shop, all };

  std::uint64_t send(const shopify::Request& request);
  void meet_shop();
  void hear_of_shop(const shopify::Heard& heard);
  void listen();
  void go_on();
  void advance(std::unique_ptr<shopify::Dialogue> dialogue);
  void advance_pull();
  void give_up(const Answer& answer);
  void settle(const core::Order& order);

  std::unique_ptr<shopify::Wire> wire_;
  std::string location_;
  shopify::ShopFacts shop_;
  Known known_ = Known::nothing;
  std::uint64_t last_request_ = 0;
  std::uint64_t shop_request_ = 0;  // 0: none is on its way
  std::uint64_t pull_request_ = 0;
  std::deque<Job> waiting_;
  std::map<std::uint64_t, std::unique_ptr<shopify::Dialogue>> talking_;
  std::vector<RowAnswer> answers_;

  bool pull_wanted_ = false;
  core::Instant pull_at_;
  std::unique_ptr<shopify::PullDialogue> pull_;
  std::optional<Pulled> pulled_;
  shopify::Place place_;       // up to here everything is in the till's store
  shopify::Place next_place_;  // and up to here, once `offered_` is empty
  std::set<core::OrderId> offered_;
};

}  // namespace syncing
