#include "core/orders/step.h"

#include <algorithm>

#include "core/orders/pricing.h"

namespace core {

namespace {

// What the till knows itself wins over an older word of the upstream.
void goods_moved(Order& order) {
  order.fulfilment.clear();
}
void money_moved(Order& order) {
  order.upstream_payment.clear();
}

std::string_view not_open(const Order& order) {
  if (order.version == 0) return "This order is not placed yet.";
  if (order.stage == Stage::cancelled) return "This order is cancelled.";
  return "";
}

}  // namespace

void apply_step(Order& order, const Step& step) {
  if (step.payment) {
    order.payments.push_back(*step.payment);
    money_moved(order);
  }
  order.payments.insert(order.payments.end(), step.more_payments.begin(), step.more_payments.end());
  if (step.refund) order.refunds.push_back(*step.refund);
  if (step.fulfilment) {
    const auto known = std::find_if(
        order.fulfilments.begin(), order.fulfilments.end(),
        [&](const Fulfilment& fulfilment) { return fulfilment.id == step.fulfilment->id; });
    if (known == order.fulfilments.end()) {
      order.fulfilments.push_back(*step.fulfilment);
    } else {
      *known = *step.fulfilment;
    }
    goods_moved(order);
  }
  if (step.verb == OutboxKind::archive) order.stage = Stage::archived;
  if (step.verb == OutboxKind::reopen) order.stage = Stage::open;
  if (step.verb == OutboxKind::cancel) order.stage = Stage::cancelled;
}

bool is_paid(const Order& order) {
  return payment_word(order, price(order).total) == word(PaymentStatus::paid);
}

bool is_fulfilled(const Order& order) {
  if (fulfilment_word(order) == "fulfilled") return true;
  return !order.lines.empty() && open_lines(order).empty();
}

std::string_view cannot_capture(const Order& order, Money amount) {
  if (const auto no = not_open(order); !no.empty()) return no;
  const Money open = capturable_sum(order);
  if (open.minor <= 0) return "No authorized payment is left to capture.";
  if (amount.minor < 0) return "This amount is not possible.";
  if (amount.minor > open.minor) return "This is more than is authorized.";
  return "";
}

std::string_view cannot_void(const Order& order) {
  if (order.version == 0) return "This order is not placed yet.";
  if (!open_authorization(order)) return "No authorized payment is left to release.";
  return "";
}

std::string_view cannot_fulfil(const Order& order, const std::vector<LineQuantity>& lines) {
  if (const auto no = not_open(order); !no.empty()) return no;
  const auto open = open_lines(order);
  if (open.empty()) return "All of this order has left already.";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto at = std::find_if(open.begin(), open.end(), [&](const LineQuantity& line) {
      return line.line == lines[i].line;
    });
    const bool twice =
        std::any_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const LineQuantity& other) { return other.line == lines[i].line; });
    if (twice || lines[i].quantity.thousandths <= 0) return "This quantity is not possible.";
    if (at == open.end() || lines[i].quantity.thousandths > at->quantity.thousandths) {
      return "This is more than is still to be fulfilled.";
    }
  }
  return "";
}

std::string_view cannot_archive(const Order& order) {
  if (order.version == 0) return "This order is not placed yet.";
  if (order.stage == Stage::archived) return "This order is archived already.";
  return "";
}

std::string_view cannot_reopen(const Order& order) {
  if (order.stage == Stage::cancelled) return "This order is cancelled.";
  if (order.stage != Stage::archived) return "This order is open already.";
  return "";
}

std::string_view cannot_cancel(const Order& order) {
  if (const auto no = not_open(order); !no.empty()) return no;
  const bool gone = std::any_of(
      order.fulfilments.begin(), order.fulfilments.end(),
      [](const Fulfilment& fulfilment) { return fulfilment.state == FulfilmentState::done; });
  if (gone || order.fulfilment == "fulfilled") {
    return "Goods of this order have left already: refund them instead.";
  }
  return "";
}

}  // namespace core
