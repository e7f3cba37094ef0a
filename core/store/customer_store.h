// Who has bought before, here or at the platform. The writing functions run in
// the caller's transaction; errors show in Database::error().
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/customers/customer.h"
#include "core/customers/pulled_customer.h"
#include "core/orders/order_list.h"
#include "core/store/database.h"

namespace core {

// --- what was said with an order, and by the platform ---
// One address is one customer, whose name is the latest that was given; who left no
// address and has no record is not kept. Gives the record; 0: none.
std::int64_t remember_customer(Database& database, const Customer& customer, Instant now);

// What the platform says of its customers counts more than what was typed here.
void put_pulled_customers(Database& database, const std::vector<PulledCustomer>& pulled,
                          Instant now);

// --- records ---
// As it is stored, also one that was merged or removed.
std::optional<CustomerRecord> load_customer(Database& database, std::int64_t id);
// Who is meant by a number today: of a merged record the one in its place.
std::optional<CustomerRecord> find_customer(Database& database, std::int64_t id);
std::optional<CustomerRecord> find_customer_by_email(Database& database, std::string_view email);
std::int64_t latest_customer(Database& database);  // its number; 0: there is none

// Writes all its fields; makes it where its id is 0. Gives the id.
std::int64_t save_customer(Database& database, const CustomerRecord& record);
void add_consent(Database& database, std::int64_t customer, const Consent& consent);
// `into` takes over orders, consents and numbers; its own fields are not touched.
void merge_customers(Database& database, std::int64_t into, std::int64_t other);
// Empties the record and those that it has taken the place of, and takes what was said of
// them off their orders; receipts keep the name that they were printed with.
void remove_customer(Database& database, std::int64_t id);
// An order of theirs that is not paid, not handed over or not settled; empty: there is none.
std::string unfinished_order(Database& database, std::int64_t id);

// Whom a receipt of the order is made out to.
InvoiceTo invoice_of(Database& database, const Order& order);

// --- asking ---
// Those whose name, company, address, phone number or number has, for each word of `text`,
// a word that begins like it; in the order of their names. No word: none.
std::vector<CustomerRecord> find_records(Database& database, std::string_view text,
                                         std::int64_t limit);
// All, in the order of their names.
std::vector<CustomerRecord> records(Database& database, std::int64_t limit);
// The same as an order says them.
std::vector<Customer> find_customers(Database& database, std::string_view text, std::int64_t limit);
std::vector<Customer> customers(Database& database, std::int64_t limit);

CustomerSums sums_of_customer(Database& database, std::int64_t id, Currency currency);
std::optional<CustomerData> data_of_customer(Database& database, std::int64_t id);

}  // namespace core
