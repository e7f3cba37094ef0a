// Orders with their lines, payments and timeline in the store. The writing
// functions are called inside a Transaction of the register; the reading ones
// work on any connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/orders/order.h"
#include "core/orders/order_list.h"
#include "core/orders/pricing.h"
#include "core/store/database.h"

namespace core {

// An address as one text: unit separators between the fields; empty: none.
std::string address_text(const Address& address);
Address address_from(std::string_view text);

// --- writing ---
void insert_order(Database& database, Order& order);  // sets order.row
void update_order(Database& database, const Order& order, const Totals& totals);
void save_line(Database& database, const Order& order, std::size_t index);  // insert or replace
// Takes a line off a cart; it stays among those that were voided.
void void_line(Database& database, const Order& order, const VoidedLine& voided);
// One that was rung up as sold and is taken back: it never was one.
void delete_line(Database& database, const Order& order, LineId line);
void save_return(Database& database, const Order& order, const ReturnLine& line);
void delete_return(Database& database, const Order& order, LineId line);
void insert_payment(Database& database, const Order& order, const Payment& payment);
// The platform's name for a payment, learnt after it was written; only once.
void set_payment_upstream_id(Database& database, const Order& order, TransactionId payment,
                             std::string_view id);
// This is the open cart from now on. Inside a transaction.
void name_draft(Database& database, const Order& order);
void insert_event(Database& database, const Order& order, const TimelineEntry& entry);
// Replaces a pulled order by a later version of itself, as a whole.
void replace_lines(Database& database, const Order& order);
// A platform's order may have other lines tomorrow: a receipt keeps those of today.
void keep_lines_of_receipt(Database& database, const Order& order, std::int64_t receipt_row);
// The order has the lines that the receipt kept.
void take_lines_of_receipt(Database& database, Order& order, std::int64_t receipt_row);
std::int64_t next_number(Database& database, std::string_view series);  // 1, 2, 3 ...

// --- reading ---
std::optional<Order> load_order(Database& database, std::int64_t row);
void load_lines(Database& database, Order& order);  // and its extras, by its row
std::optional<Order> find_order(Database& database, OrderId id);
// Whether another order of its channel has its number, or one from outside one of
// its payments.
bool collides(Database& database, const Order& order);
std::optional<Order> find_order_by_number(Database& database, std::string_view number);
std::optional<Order> load_draft(Database& database);
std::int64_t last_order_row(Database& database);  // 0: there is none

SyncState sync_state(Database& database, std::int64_t order_row);

OrderPage order_page(Database& database, const OrderFilter& filter);
// Of a search, what is found at once however many orders there are: the beginning
// of what order_page will say. Nothing: the filter asks for no search, or for a
// later page.
std::optional<OrderPage> first_hits(Database& database, const OrderFilter& filter);

TabCounts tab_counts(Database& database);

}  // namespace core
