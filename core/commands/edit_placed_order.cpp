// What can still be changed of a placed order: the customer, and what people
// write on its timeline.
#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/orders/receive.h"
#include "core/store/customer_store.h"

namespace core {

Handled carry_out(Till& till, const SetOrderCustomer& command) {
  auto placed = placed_order(till, command.order, Permission::sell);
  if (!placed) return tl::unexpected(placed.error());
  Customer customer = command.customer;
  customer.name = trim(customer.name);
  customer.email = trim(customer.email);
  if (!customer.email.empty() && !is_email(customer.email)) {
    return tl::unexpected(refuse("This is not an e-mail address.", customer.email));
  }
  Order& order = placed->order;
  const std::string wrong = "The e-mail address cannot be right: " + order.customer.email;
  Work work(till);
  ++order.version;
  order.customer = std::move(customer);
  order.customer_edited = true;
  // What was wrong with the address is not wrong any more.
  if (order.attention == wrong) {
    order.attention.clear();
    order.attention = attention_of(order, till.settings.shop.currency);
  }
  order.customer.record = remember_customer(till.database, order.customer, till.now());
  write_order(till, order);
  add_to_timeline(till, order, "customer changed", order.customer.email, till.actor());
  work.note("customer changed", order.number, journal_name(order.customer.record));
  queue_push(till, order);
  return finish_order(till, work);
}

Handled carry_out(Till& till, const NoteOrder& command) {
  auto placed = placed_order(till, command.order, Permission::sell);
  if (!placed) return tl::unexpected(placed.error());
  const std::string note(trim(command.note));
  if (note.empty() || note.size() > 1000) return tl::unexpected(refuse("Please write a note."));
  Work work(till);
  add_to_timeline(till, placed->order, "note", note, till.actor());
  return finish_order(till, work);
}

}  // namespace core
