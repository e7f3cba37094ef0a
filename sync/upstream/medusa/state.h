// One order as it stands at Medusa, as far as telling it something needs to
// know. Pure; a field that is missing reads as nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/orders/order.h"
#include "sync/upstream/json/json_values.h"

namespace syncing::medusa {

struct RefundState {
  std::string id, note;
  core::Money amount;
};

struct PaymentState {
  std::string id;
  core::Money amount, captured, refunded;
  std::vector<std::string> captures = {};  // their ids
  std::vector<RefundState> refunds = {};
  bool is_canceled = false;
};

struct CollectionState {
  std::string id;
  std::string status;  // "not_paid", "completed", "authorized", "canceled" ...
  core::Money amount;
  std::vector<PaymentState> payments;
  std::string created;
};

struct LineState {
  std::string id;
  std::int64_t position = -1;  // of the till's line that it was made from; -1: not said
  std::int64_t quantity = 0, fulfilled = 0, delivered = 0;
  std::int64_t coming_back = 0, returned = 0;  // whole or damaged
  core::Money returned_for;                    // what the order's total is less by
  core::Money coming_back_for;                 // and what it will be
  bool requires_shipping = false;
};

using ParcelLines = std::vector<std::pair<std::string, std::int64_t>>;

struct FulfilmentState {
  std::string id;
  std::string mark;  // the till's parcel that it was made from; empty: somebody else's
  bool is_shipped = false, is_delivered = false, is_canceled = false;
  ParcelLines lines;  // Medusa's line and how many pieces of it
};

struct OrderState {
  std::string id, status, display_number, our_id;
  core::Money total;             // as it is now: less by what was credited and what came back
  core::Money credited;          // a refund without goods becomes a credit line
  std::vector<LineState> lines;  // by their ids: as they were made
  std::vector<CollectionState> collections;  // as they were made, without cancelled ones
  std::vector<FulfilmentState> fulfilments;
  Json metadata;
  // What Medusa says is owed, goods that are only announced left out; none: it does not say.
  std::optional<core::Money> owed = {};
  core::Money sold_for() const;   // the total before anything was given back
  bool is_being_changed() const;  // its total means nothing until that has ended
  core::Money captured() const;
  core::Money refunded() const;
};

// What the till writes beside its parcels, its returns and its payments there, so that
// none is ever taken for somebody else's, nor somebody else's for one of its own.
inline constexpr std::string_view parcel_mark = "pos_fulfilment", return_mark = "pos_refund",
                                  payment_mark = "pos_paid_", received_mark = "pos_back_";

// The fields that `order_state` reads, for the URL.
extern const std::string_view order_fields;

// What is in a parcel. Medusa names every stocked thing in it: of a kit each of its parts,
// as often as it takes them. `lines`: the order's.
ParcelLines parcel_lines(const Json& parcel, const Json& lines);
// `json`: a line of the order.
LineState line_state(const Json& json, core::Currency currency);
// `json`: the order itself.
OrderState order_state(const Json& json);

}  // namespace syncing::medusa
