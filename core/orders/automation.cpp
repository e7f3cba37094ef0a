#include "core/orders/automation.h"

#include <algorithm>

#include "core/orders/step.h"

namespace core {

std::string_view word(RuleVerb verb) {
  switch (verb) {
    case RuleVerb::capture:
      return "capture";
    case RuleVerb::fulfil:
      return "fulfil";
    case RuleVerb::archive:
      break;
  }
  return "archive";
}

namespace {

std::optional<RuleStep> capture_step(const Order& order, const RuleSettings& rules) {
  if (rules.capture == "by_hand" || rules.platform_capture == "on") return {};
  if (!cannot_capture(order, {0, order.currency}).empty()) return {};
  if (rules.capture == "at_order") return RuleStep{RuleVerb::capture, {}, "the order was placed"};
  if (!is_fulfilled(order)) return {};
  return RuleStep{RuleVerb::capture, {}, "everything is fulfilled"};
}

std::optional<RuleStep> fulfil_step(const Order& order, const RuleSettings& rules) {
  if (rules.fulfil == "by_hand" || rules.platform_fulfil == "on") return {};
  if (order.delivery == Delivery::pickup || !is_paid(order)) return {};
  // A word such as "on_hold" is somebody's decision.
  if (!order.fulfilment.empty() && order.fulfilment != "unfulfilled" &&
      order.fulfilment != "partially_fulfilled") {
    return {};
  }
  std::vector<LineQuantity> lines = open_lines(order);
  if (rules.fulfil == "digital") {
    std::erase_if(lines, [&](const LineQuantity& open) {
      const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                     [&](const LineItem& item) { return item.id == open.line; });
      return !line->digital && !line->gift_card;
    });
  }
  if (!cannot_fulfil(order, lines).empty() || lines.empty()) return {};
  return RuleStep{RuleVerb::fulfil, std::move(lines), "paid"};
}

std::optional<RuleStep> archive_step(const Order& order, const RuleSettings& rules) {
  if (rules.archive != "on" || rules.platform_archive == "on") return {};
  if (!is_paid(order) || !is_fulfilled(order)) return {};
  return RuleStep{RuleVerb::archive, {}, "fulfilled and paid"};
}

}  // namespace

std::optional<RuleStep> next_step(const Order& order, const RuleSettings& rules) {
  if (order.version == 0 || order.stage != Stage::open || !order.attention.empty()) return {};
  if (auto step = capture_step(order, rules)) return step;
  if (auto step = fulfil_step(order, rules)) return step;
  return archive_step(order, rules);
}

}  // namespace core
