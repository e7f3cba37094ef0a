// How one thing is told to Medusa: finds the order, sees what is missing, tells
// it, until nothing is missing. Pure: whoever holds it asks `next`, sends the
// request, and hands back what was heard.
//
// Because what is missing follows from what Medusa says, a dialogue may be cut
// anywhere and begun again: what is there already is never told twice. Facts
// tried against Medusa 2.21; the choices are in decisions.md.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <variant>

#include "core/pricing.h"
#include "sync/upstream/medusa_reply.h"
#include "sync/upstream/medusa_state.h"
#include "sync/upstream/upstream.h"

namespace syncing::medusa {

// The ids of the shop that every order needs; found once, by `Introduction`.
struct Place {
  std::string shop, region, channel, location, misc_variant;
  core::Currency currency = core::eur;
  std::string country = "de";  // of the shop: taxes follow from it
  core::Instant server_time;
  friend bool operator==(const Place&, const Place&) = default;
};

// Our key of an order at Medusa: the number that people know, and enough of the
// id that a till which was set up anew never meets its own old numbers.
std::string our_id(const core::Order& order);

// The body of the draft order. Amounts are the line's share of what is paid, in
// whole cents a piece, so that Medusa's sum is the till's.
Json draft_of(const core::Order& order, const std::vector<core::UpstreamVariant>& variants,
              const Place& place);

class Dialogue {
 public:
  // Both must outlive the dialogue.
  Dialogue(Job job, const Api& api, const Place& place)
      : job_(std::move(job)), api_(&api), place_(&place) {}

  using Next = std::variant<HttpRequest, Answer>;
  Next next();
  void hear(const Heard& heard);

 private:
  using Step = std::optional<Next>;  // none: nothing is missing here
  enum class Asked {
    nothing,
    order_by_our_id,
    draft_by_our_id,
    order_itself,
    created,
    converted,
    collection,
    paid,
    dropped,
    fulfilled,
    written,  // any other change: look again afterwards
  };

  Next decide();
  Step find();
  Step bring_up_to_date();
  Step settle_money(core::Money received);
  Step settle_refunds(core::Money refunded);
  Step hand_over();
  Step capture();
  Step fulfil();
  Step fulfil_lines(const std::vector<std::pair<std::string, std::int64_t>>& missing);
  Step deliver();
  Step archive();
  Step cancel();
  Answer success() const;

  HttpRequest ask(Asked what, HttpRequest request);
  HttpRequest write(HttpRequest request) { return ask(Asked::written, std::move(request)); }
  std::string order_path(std::string_view rest = "") const;
  void take(const Reply& reply);
  bool is_own() const { return job_.order.channel == "till"; }

  Job job_;
  const Api* api_;
  const Place* place_;
  Asked asked_ = Asked::nothing;
  std::optional<Answer> answer_;
  std::optional<OrderState> state_;
  std::string id_;  // Medusa's, once it is known
  bool is_draft_ = false;
  bool looked_for_order_ = false, looked_for_draft_ = false;
  std::string collection_;           // made, and not paid yet
  std::optional<core::Money> told_;  // captured or refunded in this dialogue
  std::size_t steps_ = 0;
  std::size_t refusals_ = 0;
};

}  // namespace syncing::medusa
