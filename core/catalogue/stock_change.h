// What was counted at the till, or came in or went out there beside the sales, as the outside
// is told of it. Plain values.
#pragma once

#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/catalogue/catalogue.h"
#include "core/catalogue/pulled_catalogue.h"

namespace core {

struct StockChange {
  std::string title, sku, barcode;        // of the article; empty where it is gone
  UpstreamVariant names = {};             // what the platform calls it
  std::optional<Quantity> before, after;  // by the till's books; nothing: not counted
  std::string who, reason, till;
  Instant at;
  Quantity delta() const {
    return {after.value_or(Quantity{0}).thousandths - before.value_or(Quantity{0}).thousandths};
  }
};

}  // namespace core
