// A step of an order as a fact: what was done is written, with timeline, stock and mails.
// Inside the caller's transaction.
#pragma once

#include <string>
#include <string_view>

#include "core/orders/step.h"
#include "core/till/till.h"

namespace core {

// Who took a step: a person, or a rule for a reason.
struct Cause {
  std::string detail;        // for the timeline: a tracking number, who took the goods
  std::string_view because;  // of a rule; empty: a person did it
};

// `was_intended`: it was asked of the platform before, which has confirmed it now.
void make_fact(Till& till, Work& work, Order& order, Step step, const Cause& cause,
               bool was_intended);

// What the timeline says of a step, and what it says beside it.
std::string_view fact_word(const Step& step);
std::string detail_of(const Order& order, const Step& step, const Cause& cause);
// Its parts belong to this version of the order.
void stamp(Step& step, std::int64_t version);

}  // namespace core
