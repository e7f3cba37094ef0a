// Shopify's orders and goods as the till's own. Pure; whatever the answer holds,
// reading ends with a value or a sentence.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.h"
#include "core/order.h"
#include "sync/upstream/shopify_reply.h"

namespace syncing::shopify {

inline constexpr std::size_t most_faults_told = 20;  // of one reading

// An order as OrderWhole asks for it, with all its lines. Shopify's total is the
// order's to the cent: what does not add up becomes a charge of its own that says
// so. The error is a sentence that names the order.
core::Result<core::Order, std::string> order_from(const Json& order);

// Whether a till pushed it: those are not pulled.
bool is_from_a_till(const Json& order);

struct PulledVariant {
  std::string id;         // gid of the variant
  std::string inventory;  // gid of its inventory item
};
struct PulledProduct {
  std::string id;  // gid
  core::Product product;
  std::vector<PulledVariant> ids;  // of the product's variants, in their order
  std::string category;
  bool is_gift_card = false;
  bool is_sold = true;  // active, and not deleted
};
core::Result<PulledProduct, std::string> product_from(const Json& product, core::Currency currency);

// A variant as VariantWhole asks for it is added to its product. A sentence: it
// cannot be sold, and why.
std::optional<std::string> add_variant(PulledProduct& product, const Json& variant,
                                       core::Currency currency);

// The whole catalogue as a bulk operation writes it: JSON, one object a line, each
// product followed by its variants. Takes the bytes in pieces of any size and
// holds no more than one product and one line.
class BulkReader {
 public:
  explicit BulkReader(core::Currency currency) : currency_(currency) {}
  // The products that these bytes have completed.
  std::vector<PulledProduct> take(std::string_view bytes);
  // The last one; after it nothing more is taken.
  std::vector<PulledProduct> finish();
  const std::vector<std::string>& faults() const { return faults_; }  // sentences, the first few

 private:
  void take_line(std::string_view line, std::vector<PulledProduct>& ready);
  void fault(std::string what);

  core::Currency currency_;
  std::string rest_;  // of a line that has not ended
  bool too_long_ = false;
  std::optional<PulledProduct> open_;
  std::vector<std::string> faults_;
};

// "partially_paid" of "PARTIALLY_PAID": any word, known or not.
std::string lower_word(std::string_view word);

}  // namespace syncing::shopify
