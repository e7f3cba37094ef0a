// What the placeholders of an order's mails stand for. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "core/orders/order.h"
#include "core/settings/settings.h"
#include "pos/layout/template.h"

namespace pos {

// What is sent for a digital line: a link or a code; the line is told without one
// where none is set up.
struct Download {
  core::LineId line;
  std::string link;
};

// `fulfilment` is the one that the mail is about; nullptr: the order as a whole.
Placeholders placeholders(const core::Order& order, const core::ShopSettings& shop,
                          const core::Fulfilment* fulfilment,
                          const std::vector<Download>& downloads, const Words& words);

}  // namespace pos
