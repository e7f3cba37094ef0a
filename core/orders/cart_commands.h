// The open order; the first item begins one. Plain values.
#pragma once

#include <optional>
#include <string>

#include "core/orders/order.h"

namespace core {

struct AddVariant {
  std::int64_t variant;
  Quantity quantity{};
};
struct Scan {
  std::string code;
};  // product, in-store price or weight label, receipt
struct AddOpenItem {
  std::string title;
  Money price;
  std::string tax_code;
};
struct ChangeQuantity {
  LineId line;
  Quantity quantity;
};
struct OverridePrice {
  LineId line;
  Money price;
  std::string reason;
};
struct DiscountLine {
  LineId line;
  std::optional<Discount> discount;
};  // none: taken off again
struct DiscountOrder {
  std::optional<Discount> discount;
};
struct NoteLine {
  LineId line;
  std::string note;
};
struct SetCustomer {
  Customer customer;
};  // empty: taken off again
struct VoidLine {
  LineId line;
  std::string reason;
};
struct VoidOrder {
  std::string reason;
};
struct ParkOrder {};
struct RecallOrder {
  OrderId order;
};  // parks an open order that has lines

}  // namespace core
