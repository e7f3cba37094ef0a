// One order as JSON, the format of the folder upstream (see folder.md). Pure.
// Reading judges every field and reports all that is wrong at once, each by the
// path of its field ("lines[2].quantity").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/catalogue/stock_change.h"
#include "core/orders/order.h"
#include "core/store/anchor.h"

namespace syncing {

// The order as it stands; the same order has the same bytes. With the anchor of its
// latest receipt, where it has one.
std::string to_json(const core::Order& order, const std::optional<core::Anchor>& anchor = {});
// What was counted at the till, as "tresen-stock/1".
std::string to_json(const core::StockChange& change, const core::Uuid& id);

struct FieldFault {
  std::string field;       // its path; empty: the file as a whole
  std::string what;        // goes on behind the field: "is negative"
  std::string value = {};  // what stands there
  friend bool operator==(const FieldFault&, const FieldFault&) = default;
};
struct OrderFaults {
  // The text ends too early or is not JSON: perhaps it is still being written.
  bool not_json = false;
  std::vector<FieldFault> faults;
};
std::string in_words(const FieldFault& fault);    // Field "extras[0].amount" is negative ("-2.00")
std::string in_words(const OrderFaults& faults);  // one fault on a line

// An order that was placed elsewhere. Ids that are missing are derived from
// the channel and the number, so that the same order read twice is the same. Only
// what leaves no order at all is a fault: no number, another format. A field that
// cannot be read is named, with what stands there, in the order's `attention`. The
// bytes are a file's: UTF-8, or UTF-16 as Windows writes it.
core::Result<core::Order, OrderFaults> order_from_json(std::string_view bytes);

// "2026-11-21T14:44:05Z", with or without milliseconds or an offset.
core::Result<core::Instant, std::string> instant_from(std::string_view iso);

}  // namespace syncing
