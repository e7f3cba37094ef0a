// A customer of the platform as it was pulled. A plain value.
#pragma once

#include <string>

#include "core/orders/order.h"

namespace core {

struct PulledCustomer {
  std::string upstream_id;
  Customer customer;
  bool is_gone = false;  // deleted there: only the id counts
  friend bool operator==(const PulledCustomer&, const PulledCustomer&) = default;
};

}  // namespace core
