// What a shop keeps of one person, written down for that person: master data, what was
// said about mail, orders with their lines. Pure.
#pragma once

#include <string>

#include "core/customers/customer.h"

namespace pos {

// One object; times in ISO 8601 and UTC, amounts as decimal texts.
std::string customer_json(const core::CustomerData& data);
// One fact a line: "what", "number", "at", "name", "value".
std::string customer_csv(const core::CustomerData& data);

}  // namespace pos
