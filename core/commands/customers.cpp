// What is kept of customers: written down, changed, brought together, removed. The journal
// learns numbers and what was done, never who it is: nobody can be removed from there.
#include <fmt/format.h>

#include <tuple>

#include "core/commands/all.h"
#include "core/store/customer_store.h"
#include "core/store/order_store.h"

namespace core {

namespace {

Refusal customer_is_gone() {
  return refuse("This customer is not there.", "", RefusalKind::not_found);
}

Refusal was_removed() {
  return refuse("This customer was removed.", "", RefusalKind::not_found);
}

// The fields that are new, without what stands in them.
std::string change_text(const CustomerRecord& before, const CustomerRecord& after,
                        std::optional<bool> may_mail) {
  std::string text = before.id == 0 ? "new" : "";
  const auto note = [&](std::string_view what) {
    fmt::format_to(std::back_inserter(text), "{}{}", text.empty() ? "" : ", ", what);
  };
  if (before.id != 0) {
    if (before.name != after.name) note("name");
    if (before.company != after.company) note("company");
    if (before.email != after.email) note("e-mail");
    if (before.phone != after.phone) note("phone");
    const auto address = [](const CustomerRecord& record) {
      return std::tie(record.street, record.postcode, record.city, record.country);
    };
    if (address(before) != address(after)) note("address");
    if (before.vat_id != after.vat_id) note("VAT id");
    if (before.language != after.language) note("language");
    if (before.notes != after.notes) note("notes");
  }
  if (may_mail) note(*may_mail ? "may be mailed" : "is not to be mailed");
  return text;
}

// What `into` lacks comes from the other.
CustomerRecord completed(CustomerRecord into, const CustomerRecord& other) {
  for (const auto field : {&CustomerRecord::name, &CustomerRecord::company, &CustomerRecord::email,
                           &CustomerRecord::phone, &CustomerRecord::vat_id,
                           &CustomerRecord::language, &CustomerRecord::notes}) {
    if ((into.*field).empty()) into.*field = other.*field;
  }
  if (!into.has_address()) {
    into.street = other.street;
    into.postcode = other.postcode;
    into.city = other.city;
    into.country = other.country;
  }
  return into;
}

// The orders at the counter follow what the store says of their customer.
void follow(Till& till, std::int64_t other, const Customer& now) {
  for (auto* order : {&till.draft, &till.collecting}) {
    if (!*order || (*order)->customer.record != other) continue;
    (*order)->customer.record = now.record;
    if (!now.is_known()) (*order)->customer = {};
  }
}

struct Saving {
  CustomerRecord before, after;
};

Result<Saving, Refusal> plan(Till& till, const CustomerRecord& wanted) {
  if (auto no = forbidden(till, Permission::edit_customers)) return tl::unexpected(*no);
  Saving saving{{}, tidied(wanted)};
  CustomerRecord& record = saving.after;
  if (record.id == 0) {
    record.created = till.now();
  } else {
    auto known = load_customer(till.database, record.id);
    if (!known || known->state == CustomerState::merged) return tl::unexpected(customer_is_gone());
    if (known->state == CustomerState::removed) return tl::unexpected(was_removed());
    saving.before = std::move(*known);
  }
  if (const auto wrong = what_is_wrong(record); !wrong.empty()) {
    return tl::unexpected(refuse(wrong));
  }
  if (record.email.empty()) return saving;
  const auto other = find_customer_by_email(till.database, record.email);
  if (other && other->id != record.id) {
    return tl::unexpected(refuse("Another customer has this e-mail address.",
                                 fmt::format("{} ({})", shown_name(*other), other->id)));
  }
  return saving;
}

// Within a transaction; gives the number.
std::int64_t save(Till& till, Work& work, const Saving& saving, std::optional<bool> may_mail) {
  const CustomerRecord& known = saving.before;
  // Said again, it is nothing new.
  if (!known.consents.empty() && may_mail == known.may_mail()) may_mail.reset();
  const std::int64_t id = save_customer(till.database, saving.after);
  if (may_mail) add_consent(till.database, id, {*may_mail, till.now(), till.actor()});
  const std::string changes = change_text(known, saving.after, may_mail);
  if (!changes.empty()) work.note("customer", journal_name(id), changes);
  return id;
}

}  // namespace

Handled carry_out(Till& till, const SaveCustomer& command) {
  const auto saving = plan(till, command.customer);
  if (!saving) return tl::unexpected(saving.error());
  Work work(till);
  save(till, work, *saving, command.may_mail);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return Effects{};
}

Handled carry_out(Till& till, const BillTo& command) {
  if (till.attempt && holds_order(till.attempt->phase)) {
    return tl::unexpected(refuse("A card payment is not settled yet."));
  }
  if (!till.has_order()) return tl::unexpected(refuse("The cart is empty."));
  CustomerRecord wanted = command.customer;
  if (const auto known = find_customer(till.database, wanted.id)) {
    const std::int64_t id = known->id;
    wanted = completed(std::move(wanted), *known);
    wanted.id = id;
  }
  auto saving = plan(till, wanted);
  if (!saving) return tl::unexpected(saving.error());
  Order order = till.in_hand();
  Work work(till);
  saving->after.id = save(till, work, *saving, {});
  order.customer = as_customer(saving->after);
  update_order(till.database, order, price(order));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  (till.collecting ? till.collecting : till.draft) = std::move(order);
  ++till.orders_revision;
  return Effects{};
}

Handled carry_out(Till& till, const MergeCustomers& command) {
  if (auto no = forbidden(till, Permission::remove_customers)) return tl::unexpected(*no);
  const auto into = find_customer(till.database, command.into);
  auto other = find_customer(till.database, command.other);
  if (!into || !other) return tl::unexpected(customer_is_gone());
  if (command.into == command.other) {
    return tl::unexpected(refuse("This is the same customer."));
  }
  for (const auto& each : {*into, *other}) {
    if (each.state == CustomerState::removed) return tl::unexpected(was_removed());
  }
  if (into->id == other->id) return Effects{};  // they are one already
  Work work(till);
  work.note("customers merged", journal_name(other->id), "into " + journal_name(into->id));
  CustomerRecord whole = completed(*into, *other);
  if (!into->notes.empty() && !other->notes.empty()) whole.notes += "\n" + other->notes;
  // An address of its own stays with the other, so that who comes with it is known.
  if (into->email.empty() && !other->email.empty()) {
    other->email.clear();
    save_customer(till.database, *other);
  }
  merge_customers(till.database, into->id, other->id);
  save_customer(till.database, whole);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  follow(till, other->id, as_customer(whole));
  ++till.orders_revision;
  return Effects{};
}

Handled carry_out(Till& till, const RemoveCustomer& command) {
  if (auto no = forbidden(till, Permission::remove_customers)) return tl::unexpected(*no);
  const auto known = find_customer(till.database, command.customer);
  if (!known) return tl::unexpected(customer_is_gone());
  if (known->state == CustomerState::removed) return tl::unexpected(was_removed());
  if (till.collecting && till.collecting->customer.record == known->id) {
    return tl::unexpected(refuse("Finish collecting this payment first."));
  }
  // Whom goods or money are owed, or who owes them, is not forgotten yet.
  const std::string open = unfinished_order(till.database, known->id);
  if (!open.empty()) {
    return tl::unexpected(refuse("An order of this customer is not finished yet.", open));
  }
  Work work(till);
  work.note("customer removed", journal_name(known->id));
  remove_customer(till.database, known->id);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  follow(till, known->id, {});
  till.parked = load_parked(till.database);
  if (till.last) till.last.reset();
  ++till.orders_revision;
  return Effects{};
}

Handled carry_out(Till& till, const LeaveOutAddress&) {
  if (!till.has_order()) return tl::unexpected(refuse("The cart is empty."));
  till.without_address = till.in_hand().id;
  ++till.revision;
  return Effects{};
}

}  // namespace core
