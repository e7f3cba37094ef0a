// Shopify's orders and goods as the till's own. Pure; whatever the answer holds,
// reading ends with a value or a sentence.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue/pulled_catalogue.h"
#include "core/customers/pulled_customer.h"
#include "core/orders/order.h"
#include "sync/upstream/shopify/reply.h"

namespace syncing::shopify {

inline constexpr std::size_t most_faults_told = 20;  // of one reading

// An order as OrderWhole asks for it, with all its lines. Shopify's total is the
// order's to the cent: what does not add up becomes a charge of its own that says
// so. The error is a sentence that names the order.
core::Result<core::Order, std::string> order_from(const Json& order);

// Whether a till pushed it: those are not pulled.
bool is_from_a_till(const Json& order);

struct ReadProduct {
  core::PulledProduct product;
  std::string category;
  bool is_gift_card = false;
  bool is_sold = true;  // others are taken off the till
};
core::Result<ReadProduct, std::string> product_from(const Json& product, core::Currency currency);

// As PullCustomers asks for one.
core::PulledCustomer customer_from(const Json& customer);

// A variant as VariantWhole asks for it is added to its product. A sentence: it
// cannot be sold, and why.
std::optional<std::string> add_variant(ReadProduct& read, const Json& variant,
                                       core::Currency currency);

// A piece of the whole catalogue as a bulk operation writes it: JSON, one object
// a line, each product followed by its variants. `used`: bytes up to the first
// product that may go on after the piece; the next piece begins there.
struct BulkPiece {
  std::vector<ReadProduct> products;
  std::vector<std::string> faults;  // sentences, the first few
  std::size_t used = 0;
};
enum class PieceIs { last, followed };
BulkPiece read_bulk(std::string_view bytes, PieceIs place, core::Currency currency);

core::Quantity stock_of(const Json& quantity);

// "partially_paid" of "PARTIALLY_PAID": any word, known or not.
std::string lower_word(std::string_view word);

}  // namespace syncing::shopify
