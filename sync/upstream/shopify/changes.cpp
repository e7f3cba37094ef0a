#include "sync/upstream/shopify/changes.h"

#include <algorithm>
#include <map>

#include "core/orders/account.h"
#include "core/orders/pricing.h"
#include "sync/upstream/shopify/state.h"

namespace syncing::shopify {

namespace {

// Of a line, in pieces. Cancelled: refunded before it left, and will not leave.
struct Back {
  std::int64_t refunded = 0, cancelled = 0, returned = 0, announced = 0;
  core::Money returned_for;
};
using Backs = std::map<core::LineId, Back>;

std::int64_t pieces_at(const Json& json, std::string_view path) {
  return std::clamp<std::int64_t>(number_at(json, path), 0, most_pieces);
}

// With the tax that stands beside the price where it is not in it.
core::Money worth(const Json& item, const core::Order& order) {
  const core::Money none{0, order.currency};
  const core::Money net = money_at(item, "subtotalSet").value_or(none);
  if (order.tax_mode == core::TaxMode::included) return net;
  return net + money_at(item, "totalTaxSet").value_or(none);
}

void read_refunded(const Json& json, const core::Order& order, Backs& backs) {
  for (const Json& refund : at(json, "refunds")) {
    for (const Json& item : at(refund, "refundLineItems.nodes")) {
      Back& back = backs[line_id_of(at(item, "lineItem"))];
      const std::int64_t pieces = pieces_at(item, "quantity");
      const std::string type = text_at(item, "restockType");
      back.refunded += pieces;
      if (type == "CANCEL") back.cancelled += pieces;
      if (type != "RETURN") continue;
      back.returned += pieces;
      back.returned_for += worth(item, order);
    }
  }
}

void read_announced(const Json& json, Backs& backs) {
  for (const Json& there : at(json, "returns.nodes")) {
    if (text_at(there, "status") != "OPEN") continue;
    for (const Json& item : at(there, "returnLineItems.nodes")) {
      const std::int64_t left = pieces_at(item, "quantity") - pieces_at(item, "refundedQuantity");
      backs[line_id_of(at(item, "fulfillmentLineItem.lineItem"))].announced +=
          std::max<std::int64_t>(0, left);
    }
  }
}

// `current`: Shopify's count of what was neither taken out by an edit nor refunded.
void fold(core::LineItem& line, const Json& current, const Back& back) {
  const std::int64_t ever = line.quantity.thousandths / 1000;
  const std::int64_t now = current.is_number() ? current.get<std::int64_t>() : ever - back.refunded;
  const std::int64_t edited = std::clamp<std::int64_t>(ever - now - back.refunded, 0, ever);
  const std::int64_t removed = std::min(ever, edited + back.cancelled);
  line.removed = core::pieces(removed);
  line.quantity = core::pieces(ever - removed);
  line.returned = core::pieces(back.returned);
  line.returned_for = back.returned_for;
  line.announced = core::pieces(back.announced);
  // A discount is that of all that was ordered.
  if (removed == 0 || !line.discount) return;
  line.discount->value = core::scale_rounded(line.discount->value, ever - removed, ever);
  if (line.discount->value == 0) line.discount.reset();
}

// What is owed there. Whether money that is only held counts as transacted Shopify does
// not say; while no money was given back the present total does, and later a difference of
// just what is held.
std::optional<core::Money> owed_there(const Json& json, const core::Order& order) {
  const auto outstanding = money_at(json, "totalOutstandingSet");
  const auto present = money_at(json, "currentTotalPriceSet");
  if (!present) return outstanding;
  const core::Money held = core::capturable_sum(order);
  const core::Money unpaid = *present - core::paid_sum(order);
  if (!outstanding || (!held.is_zero() && core::refunded_sum(order).is_zero())) return unpaid;
  return *outstanding + held == unpaid ? unpaid : outstanding;
}

}  // namespace

void fold_changes(const Json& json, core::Order& order) {
  Backs backs;
  for (core::LineItem& line : order.lines) backs[line.id].returned_for = {0, order.currency};
  read_refunded(json, order, backs);
  read_announced(json, backs);
  for (const Json& node : at(json, "lineItems.nodes")) {
    const core::LineId id = line_id_of(node);
    const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                   [&](const core::LineItem& one) { return one.id == id; });
    if (line != order.lines.end()) fold(*line, at(node, "currentQuantity"), backs[id]);
  }
}

void credit_rest(const Json& json, core::Order& order) {
  order.credited = {0, order.currency};
  if (const auto owed = owed_there(json, order)) order.credited = core::owed(order) - *owed;
}

}  // namespace syncing::shopify
