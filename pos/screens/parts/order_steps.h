// What can still be done with an order, and with how much of it: what may be
// captured, collected, handed over, given back, archived. Judged on the order as
// it will be when all that is on its way has come true. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "core/questions.h"

namespace pos {

struct OrderSteps {
  core::Money authorised;  // what stands of its authorisations
  core::Money captured;    // sales and captures, before refunds
  core::Money capturable;  // 0: nothing waits to be captured
  core::Money due;         // to be collected at the counter
  core::Money refundable;
  core::Instant expires;                                 // of the open authorisation; 0: not known
  std::vector<core::LineQuantity> to_fulfil, to_refund;  // what has not left, not come back
  bool is_ready = false;                                 // lies ready to be picked up
  bool can_capture = false, can_collect = false, can_fulfil = false, can_archive = false,
       can_reopen = false, can_cancel = false, can_refund = false;
  int open = 0;  // of capture (or collect), fulfil, archive

  // One button may do all that is left: more than one step, and none that
  // needs a person at the counter.
  bool can_do_all() const { return open > 1 && !can_collect && (can_capture || can_fulfil); }
};
OrderSteps steps_of(const core::OrderDetail& detail);

// A sale at the counter that is paid and taken along: it may be archived, but waits
// for nothing. The words are those of its row.
struct StateWords {
  std::string_view channel, stage, payment, fulfilment, attention;
};
bool needs_no_step(const StateWords& order);
bool is_complete(const core::OrderDetail& detail);

}  // namespace pos
