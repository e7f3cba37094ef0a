// What is kept of customers. Plain values.
#pragma once

#include <optional>

#include "core/customers/customer.h"

namespace core {

// Makes a record (id 0), or gives one all these values. What was said about mail is
// written down with the time and who heard it; nothing: nothing new was said.
struct SaveCustomer {
  CustomerRecord customer;
  std::optional<bool> may_mail;
};
// Two records of one person become the first: orders, consents and what it lacks move
// there, and the number of the other leads to it.
struct MergeCustomers {
  std::int64_t into = 0;
  std::int64_t other = 0;
};
// What is kept of somebody goes; what was printed stays as long as the law wants it.
struct RemoveCustomer {
  std::int64_t customer = 0;
};
// Who buys the order in hand, with the address for its receipt: the record is made, or
// takes what is said here (what is left empty stays), and the order is theirs.
struct BillTo {
  CustomerRecord customer;
};
// Who buys wants no address on the receipt of the order in hand: it is not asked again.
struct LeaveOutAddress {};

}  // namespace core
