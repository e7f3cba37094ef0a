// Goods that come back into the open cart, as lines with a minus, while others are sold;
// and what is handed out for them. Plain values.
#pragma once

#include <string>
#include <vector>

#include "core/orders/order.h"

namespace core {

struct LineBack {
  LineId line;
  Quantity quantity;
  Shelf shelf = Shelf::restock;
};
// Of an order that was paid, at the price that was paid: each line becomes one with a
// minus. All or nothing.
struct TakeBack {
  OrderId order;
  std::vector<LineBack> lines;
  std::string reason;
};
// Without a receipt: at today's price or less, never above.
struct TakeBackUnproven {
  std::int64_t variant = 0;  // row in the catalogue; 0: an article that it does not have
  std::string title = {};    // of such a one, with its tax
  std::string tax_code = {};
  Quantity quantity = pieces(1);
  Money price = {};  // per piece or kilogram; 0: today's
  Shelf shelf = Shelf::restock;
  std::string reason = {};
  LineId instead_of = {};  // a line of the cart that was rung up as sold: it comes back
};
// Empties of a deposit article, or of an article that bears one: no receipt is asked for.
struct TakeEmpties {
  std::int64_t variant;
  Quantity quantity = pieces(1);
};
// The slip of the machine. The same again is taken where it has no number of its own and a
// person says that it is another.
struct TakeDepositSlip {
  std::string code;
  bool is_another = false;
};
// While empties are taken back, one after the other: the code of a bottle, or a slip.
struct ScanEmpties {
  std::string code;
};
// What has come back gives more than is bought: the difference is handed out. When nothing
// is due it only settles.
struct GiveBack {
  Tender tender = Tender::cash;  // a gift card: back onto what paid, else a store credit
  Money amount = {};             // 0: all that is left
  TransactionId original = {};   // of a card: the payment that it goes back to; nil: any
  std::string label = {};        // of another tender
};

}  // namespace core
