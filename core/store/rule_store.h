// Which orders the rules have to look at, and what they would do: read along
// indexes, on any connection.
#pragma once

#include <string>
#include <vector>

#include "core/orders/automation.h"
#include "core/store/database.h"

namespace core {

// Rows of orders that a rule may want to take further; the rules decide.
std::vector<std::int64_t> rule_candidates(Database& database, const RuleSettings& rules);
// Rows of orders whose authorization lapses before `until`.
std::vector<std::int64_t> expiring_orders(Database& database, Instant until);

// What the rules would do to every order now.
std::vector<WouldDo> dry_run(Database& database, const RuleSettings& rules, Instant now);

// When this kind of upstream was heard of first; that is `now` where it never was.
// Inside a transaction of the register.
Instant first_contact(Database& database, std::string_view upstream, Instant now);

}  // namespace core
