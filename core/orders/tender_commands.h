// What is paid toward the order in hand, except by card; and what can be asked for when it
// is paid. Plain values.
#pragma once

#include <optional>
#include <string>

#include "core/orders/order.h"
#include "core/orders/receipt.h"

namespace core {

struct TakeCash {
  Money given;
  Money tip = {};  // of it, where it settles what is due
};                 // more than is due: change
struct TakeOther {
  Tender tender;
  Money amount;
  std::string label;
};
struct UndoTender {
  TransactionId payment;
};  // before the order is placed; cash and other only
struct LeavePartiallyPaid {
  std::optional<bool> goods_along = {};  // nothing: as the shop has it
};
struct CollectPayment {
  OrderId order;
};  // takes a placed order in hand
struct StopCollecting {};
// What was rung up as one tender was another: within the shift, by a receipt of its own
// that names the old payment.
struct CorrectTender {
  OrderId order;
  TransactionId payment;  // nil: the only one of the order that stands
  Tender tender = Tender::cash;
  std::string label = {};  // of another tender
  std::string reason = {};
};
struct NextSale {};  // the Done card was read
struct PrintAgain {
  OrderId order;
  SlipForm form;
  std::int64_t receipt = 0;  // row of one of its receipts; 0: the latest
};
struct EmailReceipt {
  OrderId order;
  std::string email;
};
struct OpenDrawerByHand {
  std::string reason;
};
struct MarkSeen {
  OrderId order;
};

}  // namespace core
