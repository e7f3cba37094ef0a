// One order as it stands at Shopify, as far as telling it something needs to
// know. Pure readers; a field that is missing reads as nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "sync/upstream/shopify/reply.h"

namespace syncing::shopify {

struct Transaction {
  std::string id, kind, status, gateway, parent;
  core::Money amount;
  bool succeeded() const { return status == "SUCCESS"; }
};

struct OrderState {
  std::string id, name, fulfilment, payment;
  bool closed = false, cancelled = false, can_mark_as_paid = false;
  core::Money total, received, outstanding, refunded;
  std::vector<Transaction> transactions;
  std::vector<std::string> refund_notes;
};
std::optional<OrderState> order_state(const Json& order);

// Of an authorization: what can still be captured. Nothing after a void.
core::Money capturable(const OrderState& order, const Transaction& authorization);
core::Money captured(const OrderState& order);
// The one that has most left; null: there is none with anything left.
const Transaction* open_authorization(const OrderState& order);
// Where money that went in by this gateway can go back: the payment of the same
// gateway that has most left, else any that has most left.
const Transaction* refundable_payment(const OrderState& order, std::string_view gateway,
                                      core::Money amount);

struct LinePlace {
  std::string id;
  core::LineId line;          // ours: told at creation, else derived from Shopify's
  std::int64_t quantity = 0;  // ever ordered
  std::int64_t current = 0;   // neither taken out nor given back
  std::int64_t unfulfilled = 0, refundable = 0;
};
LinePlace line_place(const Json& line);

// A parcel that left, or was cancelled after it had.
struct SentParcel {
  std::string id;
  bool stands = true;
  std::vector<std::pair<std::string, std::int64_t>> lines;  // Shopify's, and how many
};
SentParcel sent_parcel(const Json& fulfilment);

// The id that a line of Shopify's own orders has here; the same each time.
core::LineId line_id_of(const Json& line);

// Shopify's fulfilment order: what is to leave from one place.
struct Parcel {
  struct Item {
    std::string id, line;
    std::int64_t remaining = 0;
  };
  std::string id, status;
  bool can_fulfil = false, is_pickup = false;
  std::vector<Item> items;
};
Parcel parcel(const Json& fulfilment_order);

// An id that depends only on what it names. Numbered ids sort by their number.
core::Uuid derived_id(std::string_view what);
core::Uuid derived_id(std::string_view what, std::uint64_t number);
// The number at the end of "gid://shopify/LineItem/123".
std::uint64_t number_of(std::string_view gid);

}  // namespace syncing::shopify
