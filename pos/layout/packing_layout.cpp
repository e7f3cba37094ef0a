#include "pos/layout/packing_layout.h"

#include <fmt/format.h>

#include "pos/ui/format.h"

namespace pos {

namespace {

void add_text(std::vector<std::string>& lines, std::string text) {
  if (!text.empty()) lines.push_back(std::move(text));
}

std::string joined(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + " " + second;
}

core::Quantity to_pack(const core::Order& order, const core::LineItem& line, bool all) {
  return all ? line.quantity : core::open_quantity(order, line);
}

}  // namespace

std::vector<std::string> address_lines(const core::Address& address) {
  std::vector<std::string> lines;
  add_text(lines, address.name);
  add_text(lines, address.company);
  add_text(lines, address.street);
  add_text(lines, address.extra);
  add_text(lines, joined(address.postcode, address.city));
  add_text(lines, address.region);
  add_text(lines, address.country);
  return lines;
}

drivers::Document packing_slip(const core::Receipt& receipt, const Words& words) {
  const core::Order& order = receipt.order;
  const Language language = words.language();
  const core::LocalTime now = core::local_time(receipt.finished, receipt.shop.time_zone);
  drivers::Document slip;
  slip.add(drivers::centred(receipt.shop.name, drivers::tall));
  slip.add(drivers::Blank{});
  slip.add(drivers::text_line(std::string(words("Packing slip")), drivers::bold));
  slip.add(drivers::amount_row(words.fill("Order {}", {order.number}), date_text(now, language)));
  slip.add(drivers::Rule{});
  auto to = address_lines(order.address);
  if (to.empty() && !order.customer.name.empty()) to = {order.customer.name};
  for (const std::string& line : to) slip.add(drivers::text_line(line));
  if (!to.empty()) slip.add(drivers::Rule{});
  const bool all = core::open_lines(order).empty();
  for (const core::LineItem& line : order.lines) {
    const core::Quantity quantity = to_pack(order, line, all);
    if (quantity.thousandths <= 0 || line.digital || line.gift_card) continue;
    const std::string amount =
        quantity_text(quantity, line.unit == core::Unit::kilogram ? "kg" : "", language);
    slip.add(drivers::amount_row("[ ] " + line.title, amount));
    if (!line.sku.empty()) slip.add(drivers::text_line("    " + line.sku));
    if (!line.note.empty()) slip.add(drivers::text_line("    " + line.note));
  }
  if (!order.note.empty()) {
    slip.add(drivers::Rule{});
    slip.add(drivers::text_line(order.note));
  }
  return slip.add(drivers::Cut{});
}

}  // namespace pos
