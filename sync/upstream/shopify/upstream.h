// Shopify as the upstream, through its GraphQL Admin API: till orders are pushed,
// what is decided here about online orders is told, online orders and the
// catalogue are pulled. What is said is decided by dialogues that do no I/O; this
// class has as many of them on the way as the shop's rate allows.
//
// Lives on the sync thread. Decisions and traps: decisions.md, "Shopify".
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>

#include "sync/upstream/shopify/dialogue.h"
#include "sync/upstream/shopify/pull.h"
#include "sync/upstream/upstream.h"

namespace syncing {

struct ShopifySettings {
  shopify::Access access;
  std::string location;  // gid or name of the place that the till stands in; empty: the first
  std::string trouble;   // why the address cannot be used, in words; empty: it can
  bool mails_receipts = false;
};

class Shopify final : public Upstream {
 public:
  // The clock is for the connection test: it says when an answer was heard.
  Shopify(std::unique_ptr<HttpClient> http, ShopifySettings settings, const core::Clock& clock);

  void begin(std::vector<Job> jobs) override;
  void begin_pull(const PullFrom& from) override;
  std::vector<RowAnswer> answers() override;
  std::optional<Pulled> pulled() override;
  void begin_check() override;
  std::optional<Check> checked() override;
  // Pulled orders are kept by the cursor that goes with them.
  void accept(const core::Order&) override {}
  std::string refuse(const core::Order& order, const std::string&) override {
    return order.upstream_number.empty() ? order.number : order.upstream_number;
  }

 private:
  // The shop is looked at once before anything else is said to it.
  enum class Known { nothing, shop, all };
  using Pulling = std::variant<std::monostate, shopify::PullDialogue, shopify::BulkDialogue>;

  std::uint64_t send(const shopify::Request& request);
  void listen();
  void go_on();
  void meet_shop();
  void hear_of_shop(const Heard& heard);
  void advance(std::unique_ptr<shopify::Dialogue> dialogue);
  void give_up(const Answer& answer);
  void start_pull();
  void advance_pull();
  void end_pull(shopify::Found found);

  std::unique_ptr<HttpClient> http_;
  ShopifySettings settings_;
  const core::Clock* clock_;
  shopify::ShopFacts shop_;
  Known known_ = Known::nothing;
  std::uint64_t shop_request_ = 0;  // 0: none is on its way
  std::uint64_t pull_request_ = 0;
  std::uint64_t check_requests_[2] = {0, 0};  // SetUp, Scopes
  std::deque<Job> waiting_;
  std::unordered_map<std::uint64_t, std::unique_ptr<shopify::Dialogue>> talking_;
  std::vector<RowAnswer> answers_;

  std::optional<PullFrom> pull_from_;  // wanted and not begun
  bool catalogue_is_next_ = false;     // orders and the catalogue take turns
  Pulling pulling_;
  std::optional<Pulled> pulled_;
  std::optional<Heard> check_heard_[2];
  core::Instant check_heard_at_;
  std::optional<Check> checked_;
};

}  // namespace syncing
