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

#include "sync/upstream/medusa/draft.h"
#include "sync/upstream/medusa/reply.h"
#include "sync/upstream/medusa/roll.h"
#include "sync/upstream/medusa/state.h"
#include "sync/upstream/upstream.h"

namespace syncing::medusa {

class Dialogue {
 public:
  // The API and the place must outlive the dialogue. `told`: where it is already.
  Dialogue(Job job, const Api& api, const Place& place, const Told& told = {})
      : job_(std::move(job)),
        api_(&api),
        place_(&place),
        id_(told.order.empty() ? told.draft : told.order),
        is_draft_(told.order.empty() && !told.draft.empty()),
        looked_for_order_(job_.is_unheard_of || place.refuses_doubles || told.is_sure),
        looked_for_draft_(looked_for_order_) {}

  using Next = std::variant<HttpRequest, Answer>;
  Next next();
  void hear(const Heard& heard);

 private:
  using Step = std::optional<Next>;  // none: nothing is missing here
  using LineCounts = std::vector<std::pair<std::string, std::int64_t>>;  // Medusa's lines
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
    returns,          // what comes back already
    receipt_dropped,  // that was begun and not ended
    return_begun,     // a new return
    return_moved,     // a step of it
    returned,         // its last one
    written,          // any other change: it answers with the order
    shelf,            // an article's stock
    shelf_noted,      // what it is to become
    shelf_set,
  };

  Next decide();
  Step find();
  Step bring_up_to_date();
  static Answer was_cancelled() { return refused("This order was cancelled at Medusa."); }
  Step settle_money();
  Step add_payment();
  Step make_collection(core::Money amount);
  Step pay(const std::string& collection);
  Step give_back();
  Step settle_refunds();
  core::Money told_of(const core::Refund& refund) const;
  Step take_back();
  Step take_back(const core::Refund& refund);
  Step begin_return(const core::Refund& refund, const LineCounts& missing);
  Step receive_announced(const core::Refund& refund, const LineCounts& missing);
  LineCounts not_back_yet(const core::Refund& refund) const;
  bool covers_legacy_returns() const;
  Step move_return();
  Step receive();
  Step hand_over();
  Step capture();
  Step fulfil();
  Step fulfil_lines(const LineCounts& missing, const std::string& mark);
  Step send(const core::Fulfilment& parcel);
  Step deliver();
  Step archive();
  Step cancel();
  Next move_stock();
  std::string stock_note() const;
  void take_shelf(const Json& json);
  Answer success() const;
  Answer named(Answer answer) const;

  HttpRequest ask(Asked what, HttpRequest request);
  // What locks the stock of several articles: see decisions.md, "Stock is moved ...".
  static HttpRequest moving_stock(HttpRequest request) {
    request.alone = true;
    return request;
  }
  HttpRequest write(HttpRequest request) { return ask(Asked::written, std::move(request)); }
  std::string order_path(std::string_view rest = "") const;
  std::string changed(std::string_view rest) const;
  void take(const Reply& reply);
  void take_order(const Json& json);
  void take_return(const Json& json);
  void forget_return() {
    return_ = {};
    returns_.reset();
  }
  bool is_waited_for(const std::string& message) const;
  // The till's line that a line of Medusa's was made from, or stands for here.
  std::optional<core::LineId> till_line(std::size_t line) const;
  bool is_own() const { return job_.order.channel == "till"; }

  Job job_;
  const Api* api_;
  const Place* place_;
  Asked asked_ = Asked::nothing;
  std::optional<Answer> answer_;
  std::optional<OrderState> state_;
  std::string id_;  // Medusa's, once it is known
  bool is_draft_ = false;
  bool looked_for_order_, looked_for_draft_;
  std::string collection_;  // made, and not paid yet
  // Goods that come back are one return at Medusa, in steps that follow each other.
  struct Return {
    enum class Stage { unknown, none, begun, filled, requested, receiving, received };
    Stage stage = Stage::unknown;
    std::string id;
    LineCounts lines;
    bool is_ours = true;  // begun by this till: what is left of it may be dropped
  };
  struct ReturnThere {
    std::string id, status, mark;
    LineCounts lines;  // and how many of each are still to come
  };
  Return return_;
  std::optional<std::vector<ReturnThere>> returns_;
  bool dropped_receipt_ = false;
  // An article at the till's place, and what a job of this till wanted to make of it last.
  struct Shelf {
    bool is_stocked = false;
    std::int64_t there = 0;
    Json metadata;
    std::string noted_key;
    std::int64_t noted_from = -1, noted_to = -1;
  };
  std::optional<Shelf> shelf_;
  bool wrote_ = false;               // something that was asked for was done in this dialogue
  std::optional<core::Money> told_;  // captured or refunded in this dialogue
  std::size_t steps_ = 0;
  std::size_t refusals_ = 0;
};

}  // namespace syncing::medusa
