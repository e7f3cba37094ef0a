#include "pos/screens/order/order_verbs.h"

namespace pos {

Reaction capture_all(const core::OrderDetail& detail) {
  return verb(core::CapturePayment{detail.order.id, steps_of(detail).capturable});
}

Reaction fulfil(const core::Order& order, std::vector<core::LineQuantity> lines,
                const ParcelInput& parcel) {
  core::FulfilOrder command{order.id};
  command.lines = std::move(lines);
  command.carrier = parcel.carrier;
  command.tracking_number = parcel.tracking_number;
  command.notify_customer = parcel.tells_customer && cannot_tell(order).empty();
  return verb(std::move(command));
}

Reaction refund(const Scene& scene, const core::OrderDetail& detail, const RefundInput& input) {
  const std::vector<RefundWay> ways = refund_ways(detail.foreseen, scene.words);
  core::RefundOrder command;
  command.order = detail.order.id;
  const core::RefundWish wish = refund_wish(scene, detail, input);
  command.lines = wish.lines;
  command.with_extras = wish.with_extras;
  command.amount = wish.amount;
  command.reason = refund_reasons(scene.words).at(*input.reason);
  command.tender = ways[input.way].tender;
  command.original = ways[input.way].original;
  command.to_voucher = back_to_voucher(detail, wish, command.tender);
  return verb(std::move(command));
}

Reaction all_steps(const core::OrderDetail& detail, const ParcelInput& parcel) {
  const OrderSteps steps = steps_of(detail);
  Reaction all;
  const auto add = [&](Reaction one) {
    for (core::Command& command : one.commands) all.commands.push_back(std::move(command));
  };
  if (steps.can_capture) add(capture_all(detail));
  if (!steps.to_fulfil.empty()) add(fulfil(detail.order, {}, parcel));
  add(verb(core::ArchiveOrder{detail.order.id}));
  return all;
}

}  // namespace pos
