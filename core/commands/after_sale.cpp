// What can still be asked for when a sale is done: another slip, a mail, the drawer.
#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"

namespace core {

namespace {

Refusal order_is_gone() {
  return refuse("This order is not there.", "", RefusalKind::not_found);
}

// The receipt of an order with this row, or the one that was made last.
std::optional<Receipt> receipt_of(Database& database, const Order& order, std::int64_t row) {
  const auto rows = receipts_of_order(database, order.row);
  if (rows.empty()) return {};
  if (row == 0) return load_receipt(database, rows.back());
  if (std::find(rows.begin(), rows.end(), row) == rows.end()) return {};
  return load_receipt(database, row);
}

Refusal no_receipt() {
  return refuse("This order has no receipt of this till.");
}

}  // namespace

Handled carry_out(Till& till, const NextSale&) {
  till.last.reset();
  ++till.revision;
  return Effects{};
}

Handled carry_out(Till& till, const PrintAgain& command) {
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  const auto order = find_order(till.database, command.order);
  if (!order) return tl::unexpected(order_is_gone());
  const auto receipt = receipt_of(till.database, *order, command.receipt);
  if (!receipt) return tl::unexpected(no_receipt());
  const bool first_for_last = command.form == SlipForm::original && till.last &&
                              till.last->sale.order == command.order && !till.last->print_job;
  const SlipForm form =
      command.form == SlipForm::original && !first_for_last ? SlipForm::copy : command.form;
  Work work(till);
  work.note("printed again", receipt->code, word(form));
  PrintSlip slip = print_job(till, *receipt, form);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  if (till.last && till.last->sale.order == command.order) {
    till.last->print_job = slip.job;
    till.last->sale.print_asked = true;
  }
  return Effects{std::move(slip)};
}

Handled carry_out(Till& till, const EmailReceipt& command) {
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  const std::string email(trim(command.email));
  if (!is_email(email)) {
    return tl::unexpected(refuse("This is not an e-mail address.", email));
  }
  if (till.settings.mail.kind == "none") return tl::unexpected(refuse("Mail is not set up."));
  const auto order = find_order(till.database, command.order);
  if (!order) return tl::unexpected(order_is_gone());
  const auto receipts = receipts_of_order(till.database, order->row);
  if (receipts.empty()) return tl::unexpected(no_receipt());
  OutboxRow row;
  row.key = till.ids.next(till.now());
  row.kind = OutboxKind::mail_receipt;
  row.order_row = order->row;
  row.version = order->version;
  row.receipt_row = receipts.back();
  row.recipient = email;
  row.created = row.not_before = till.now();
  Work work(till);
  work.note("receipt mailed", order->number, email);
  const std::int64_t mail = insert_outbox(till.database, row);
  insert_event(till.database, *order, {till.now(), "receipt mailed", email, till.actor()});
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  if (till.last && till.last->sale.order == command.order) {
    till.last->mail_row = mail;
    till.last->sale.email = email;
  }
  ++till.orders_revision;
  return Effects{WakeSync{}};
}

Handled carry_out(Till& till, const OpenDrawerByHand& command) {
  if (auto no = forbidden(till, Permission::open_drawer)) return tl::unexpected(*no);
  Work work(till);
  work.note("no sale", "", command.reason);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return Effects{OpenDrawer{}};
}

Handled carry_out(Till& till, const MarkSeen& command) {
  auto order = find_order(till.database, command.order);
  if (!order) return tl::unexpected(order_is_gone());
  if (!order->is_new) return Effects{};
  order->is_new = false;
  Work work(till);
  update_order(till.database, *order, price(*order));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return Effects{};
}

}  // namespace core
