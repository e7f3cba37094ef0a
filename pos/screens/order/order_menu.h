// What else can be done with an order: behind the three dots. What cannot be
// done now says why.
#pragma once

#include "pos/desk/scene.h"
#include "pos/screens/parts/order_steps.h"

namespace pos {

enum class OrderVerb : std::uint8_t {
  mail_receipt,
  mails,     // which one is sent again
  resend,    // of: its kind
  download,  // of: the line
  voucher,   // of: which of the order's
  packing_slip,
  capture_part,
  refund,
  correct,  // of: the tender that it was
  customer,
  note,
  reopen,
  cancel,
};

struct OrderMenuRow {
  OrderVerb verb;
  std::string word, why_not;  // why_not empty: enabled
  ui::Icon icon;
  std::size_t of = 0;  // what the verb is about
  friend bool operator==(const OrderMenuRow&, const OrderMenuRow&) = default;
};
struct OrderMenuView {
  std::string title, close;
  std::vector<OrderMenuRow> rows;
  friend bool operator==(const OrderMenuView&, const OrderMenuView&) = default;
};
struct OrderMenuTap {
  bool is_closed = false;
  std::optional<OrderVerb> verb = {};
  std::size_t of = 0;
};

// The vouchers that the order sold, took or filled, each once.
std::vector<std::string> vouchers_of(const core::OrderDetail& detail);
OrderMenuView order_menu(const Scene& scene, const core::OrderDetail& detail);
// The mails of this order that can be sent again.
OrderMenuView mail_menu(const Scene& scene, const core::OrderDetail& detail);
OrderMenuTap draw(ui::Ui& ui, const OrderMenuView& view);

}  // namespace pos
