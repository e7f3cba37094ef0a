// Goods that come back over the counter while others may be sold: a line with a minus in
// the open cart. What it gives is worked out when it is put there, never when it is paid.
// Kept beside the order's lines, which stay what was sold. Plain values; no thread.
#pragma once

#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/stored.h"
#include "core/catalogue/catalogue.h"
#include "core/tax/tax.h"

namespace core {

// Why money is given for it: a receipt says that it was sold, nobody can say, or it is an
// empty bottle, which every shop takes and which is no refund.
enum class ReturnKind { of_receipt, without_receipt, deposit };
template <>
inline constexpr int stored_count<ReturnKind> = 1 + static_cast<int>(ReturnKind::deposit);

std::string_view word(ReturnKind kind);  // "of_receipt"

// Where it goes. What is damaged is counted, and never for sale again.
enum class Shelf { nowhere, restock, damaged };
template <>
inline constexpr int stored_count<Shelf> = 1 + static_cast<int>(Shelf::damaged);

std::string_view word(Shelf shelf);  // "restock"

struct ReturnLine {
  LineId id;
  ReturnKind kind = ReturnKind::of_receipt;
  OrderId order;             // that sold it; nil: not known
  LineId line;               // of that order
  std::string order_number;  // for people
  std::int64_t variant = 0;  // row in the catalogue; 0: none
  std::string title;
  std::string sku;
  Unit unit = Unit::piece;
  Quantity quantity;  // above 0
  Money amount;       // what it gives, tax included, above 0
  std::string tax_code;
  Rate tax_rate;
  Shelf shelf = Shelf::restock;
  std::string category;
  std::string reason;
  std::string approver;  // the manager whose PIN allowed it; empty: nobody was asked
  std::string slip;      // the code of a deposit slip; empty: none
  TaxKey tax_key = {};   // of its country, as it was sold; 0: not known
  // Of `amount`, what a voucher had paid, or nobody can prove: whatever is bought for it, it
  // leaves as a voucher only. Known once the cart is paid.
  Money bound = {};
  Taxed taxed() const { return {tax_rate, tax_key}; }
  friend bool operator==(const ReturnLine&, const ReturnLine&) = default;
};

}  // namespace core
