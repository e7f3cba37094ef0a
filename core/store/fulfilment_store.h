// Goods that left and goods that came back: the fulfilments and refunds of an
// order in the store. What is `intended` was asked of the platform and is not a
// fact yet: orders are loaded without it.
//
// The writing functions are called inside a Transaction of the register.
#pragma once

#include <optional>
#include <vector>

#include "core/orders/order.h"
#include "core/store/database.h"

namespace core {

enum class Standing { fact, intended };

void insert_fulfilment(Database& database, const Order& order, const Fulfilment& fulfilment,
                       Standing standing);
// State, tracking, version and the platform's name; a fact from now on.
void update_fulfilment(Database& database, const Fulfilment& fulfilment);
void insert_refund(Database& database, const Order& order, const Refund& refund, Standing standing);
// An intended refund has happened; or a refund has learnt its name upstream.
void confirm_refund(Database& database, const Refund& refund);
// What was only intended and is not wanted any more.
void forget_intended(Database& database, const Uuid& subject);

std::vector<Fulfilment> load_fulfilments(Database& database, const Order& order);
std::vector<Refund> load_refunds(Database& database, const Order& order);
std::optional<Fulfilment> find_intended_fulfilment(Database& database, const Uuid& id);
std::optional<Refund> find_intended_refund(Database& database, const Uuid& id, Currency currency);

// The link that is sent for a digital product; empty: none is set up.
std::string download_link(Database& database, std::string_view sku);
void save_download_link(Database& database, std::string_view sku, std::string_view link);

}  // namespace core
