// How one thing is told to Shopify: reads how the order stands there, decides
// what is missing, tells it, and looks again until nothing is missing. Pure:
// whoever holds it asks `next`, sends the request, and hands back what was heard.
//
// Because every step follows from what Shopify has just said, a dialogue may be
// cut anywhere and begun again: what is there already is never told twice.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "sync/upstream/shopify/operations.h"
#include "sync/upstream/shopify/order_input.h"
#include "sync/upstream/shopify/state.h"
#include "sync/upstream/upstream.h"

namespace syncing::shopify {

struct Request {
  const Operation* operation = nullptr;
  Json variables = Json::object();
};

// How the shop's API is reached.
struct Access {
  std::string url;  // as `api_url` makes it
  std::string token;
};
// Text that is not UTF-8 becomes U+FFFD.
HttpRequest post(const Request& request, const Access& access);

class Dialogue {
 public:
  // The shop must outlive the dialogue.
  Dialogue(Job job, const ShopFacts& shop)
      : job_(std::move(job)), shop_(&shop), looked_(job_.is_unheard_of) {}

  using Next = std::variant<Request, Answer>;
  // The same until something is heard.
  Next next();
  void hear(const Heard& heard);

  const Job& job() const { return job_; }
  // How the order stands there; none: not known, or not there.
  const std::optional<OrderState>& state() const { return state_; }

 private:
  using Step = std::optional<Next>;  // none: nothing is missing here

  Answer well() const;
  static Answer was_cancelled() { return refused("This order was cancelled at Shopify."); }
  Next decide();
  Next move_stock() const;
  Next bring_up_to_date();
  Step settle_money();
  Step settle_refunds();
  Step settle_goods();
  Step prepare_pickup();
  Step capture();
  Step void_authorization();
  Step archive();
  Step unarchive();
  Step cancel();

  Request tell(std::string what, Request request);
  Next look();
  Step read_lines();
  Step read_parcels();
  Step read_sent();
  bool is_cancelled_there(const core::Fulfilment& fulfilment) const;
  std::int64_t left_there(core::LineId line) const;
  std::int64_t taken_out(const core::LineItem& line, std::int64_t lacking) const;
  core::Quantity wanted_of(const core::LineItem& line) const;
  Request refund_request(const core::Refund& refund);
  Step fulfil_request(const core::Fulfilment* named,
                      std::vector<std::pair<std::string, std::int64_t>> missing);
  bool is_own() const { return job_.order.channel == "till"; }
  const core::Fulfilment* subject_fulfilment() const;

  void take(const Json& data);
  void take_lines(const Json& data);
  void take_parcels(const Json& data);
  void take_sent(const Json& data);
  void take_write(const Json& data);
  void take_stock(const Json& data);

  Job job_;
  const ShopFacts* shop_;
  std::optional<Next> next_;
  std::size_t steps_ = 0;
  std::uint64_t failed_keys_ = 0;  // of a change of stock: Shopify takes them no more
  bool looked_;
  std::string remark_;   // of an answer that is done, in words
  core::Learnt learnt_;  // what Shopify calls what was told
  std::optional<OrderState> state_;
  std::vector<LinePlace> lines_;
  std::vector<Parcel> parcels_;
  std::optional<std::vector<SentParcel>> sent_;  // once it is read
  std::optional<std::string> lines_after_ = "";  // cursor of the next page; none: all are read
  std::optional<std::string> parcels_after_ = "";
  std::set<std::string> told_;     // what was told in this dialogue and answered
  std::string telling_;            // what the request that is out tells
  std::optional<Answer> refusal_;  // Shopify's no to the last thing that was told
};

}  // namespace syncing::shopify
