// Who has bought before, here or at the platform. The writing functions run in
// the caller's transaction; errors show in Database::error().
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/customers/pulled_customer.h"
#include "core/store/database.h"

namespace core {

// Of an order. One address is one customer, whose name is the latest that was
// given; who left no address is not kept.
void remember_customer(Database& database, const Customer& customer);

// What the platform says of its customers counts more than what was typed here.
void put_pulled_customers(Database& database, const std::vector<PulledCustomer>& pulled);

// Those whose name or address has, for each word of `text`, a word that begins
// like it; in the order of their names. No word: none.
std::vector<Customer> find_customers(Database& database, std::string_view text, std::int64_t limit);
// All, in the order of their names.
std::vector<Customer> customers(Database& database, std::int64_t limit);

}  // namespace core
