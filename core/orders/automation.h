// The three rules that take an order through its phases without being asked.
// Each looks only at the order as it stands, so they can be tried at any time
// and any number of times. Pure; no thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/orders/order.h"
#include "core/settings/settings.h"

namespace core {

enum class RuleVerb { capture, fulfil, archive };
std::string_view word(RuleVerb verb);

struct RuleStep {
  RuleVerb verb;
  std::vector<LineQuantity> lines;  // of a fulfilment
  std::string_view because;         // a text key: "fulfilled and paid"
};

// What the rules would do next; nothing: the order is left as it is. An order
// that needs attention is never touched, nor is a pick-up order fulfilled.
std::optional<RuleStep> next_step(const Order& order, const RuleSettings& rules);

// A dry run: what the rules would do to an order now, one entry for each step.
struct WouldDo {
  OrderId order;
  std::string number;
  std::string customer;
  RuleVerb verb;
  std::string_view because;
  Money amount = {};  // of a capture
};

}  // namespace core
