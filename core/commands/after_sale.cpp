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
  if (till.training && order->stage != Stage::training) {
    return tl::unexpected(refuse("This cannot be done in training."));
  }
  const auto receipt = receipt_of(till.database, *order, command.receipt);
  if (!receipt) return tl::unexpected(no_receipt());
  const bool first_for_last = command.form == SlipForm::original && till.last &&
                              till.last->sale.order == command.order && !till.last->print_job;
  SlipForm form = command.form;
  if (form == SlipForm::original && !first_for_last) form = SlipForm::copy;
  // The first one came out with the sale.
  if (form == SlipForm::voucher) form = SlipForm::voucher_copy;
  const bool is_voucher = form == SlipForm::voucher_copy;
  const auto& issued = receipt->vouchers;
  if (is_voucher && std::none_of(issued.begin(), issued.end(),
                                 [](const ReceiptVoucher& voucher) { return voucher.is_new; })) {
    return tl::unexpected(refuse("This receipt has issued no voucher."));
  }
  Work work(till);
  work.note("printed again", receipt->code, word(form));
  PrintSlip slip = print_job(till, *receipt, form);
  const std::int64_t job = slip.job;
  Effects effects;
  hand_out(till, std::move(slip), effects);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  if (till.last && till.last->sale.order == command.order && !is_voucher) {
    till.last->print_job = job;
    till.last->sale.print_asked = true;
  }
  return effects;
}

namespace {

// Why no receipt can be mailed to `email`; nothing: it can.
std::optional<Refusal> cannot_mail(Till& till, const std::string& email) {
  if (auto no = forbidden(till, Permission::sell)) return no;
  if (!is_email(email)) return refuse("This is not an e-mail address.", email);
  if (till.settings.mail.kind == "none") return refuse("Mail is not set up.");
  return {};
}

// Within a transaction; returns the row of the outbox.
std::int64_t queue_receipt(Till& till, Work& work, const Order& order, std::int64_t receipt_row,
                           const std::string& email) {
  OutboxRow row;
  row.key = till.ids.next(till.now());
  row.kind = OutboxKind::mail_receipt;
  row.order_row = order.row;
  row.version = order.version;
  row.receipt_row = receipt_row;
  row.recipient = email;
  row.created = row.not_before = till.now();
  work.note("receipt mailed", order.number);
  const std::int64_t mail = insert_outbox(till.database, row);
  insert_event(till.database, order, {till.now(), "receipt mailed", email, till.actor()});
  return mail;
}

// Once it is committed.
Effects mail_is_queued(Till& till, const Order& order, std::int64_t mail,
                       const std::string& email) {
  if (till.last && till.last->sale.order == order.id) {
    till.last->mail_row = mail;
    till.last->sale.email = email;
  }
  ++till.orders_revision;
  return Effects{WakeSync{}};
}

}  // namespace

Handled carry_out(Till& till, const EmailReceipt& command) {
  const std::string email(trim(command.email));
  if (auto no = cannot_mail(till, email)) return tl::unexpected(*no);
  const auto order = find_order(till.database, command.order);
  if (!order) return tl::unexpected(order_is_gone());
  const auto receipts = receipts_of_order(till.database, order->row);
  if (receipts.empty()) return tl::unexpected(no_receipt());
  Work work(till);
  const std::int64_t mail = queue_receipt(till, work, *order, receipts.back(), email);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  return mail_is_queued(till, *order, mail, email);
}

// Both or neither: a slip is not dropped before its receipt is on its way.
Handled carry_out(Till& till, const MailPrint& command) {
  const std::string email(trim(command.email));
  if (auto no = cannot_mail(till, email)) return tl::unexpected(*no);
  const auto job = load_print_job(till.database, command.job);
  const auto receipt = job ? load_receipt(till.database, job->receipt_row) : std::nullopt;
  if (!receipt || job->state == PrintState::printed || job->state == PrintState::dropped) {
    return tl::unexpected(refuse("This slip is printed already."));
  }
  const auto order = find_order(till.database, receipt->order.id);
  if (!order) return tl::unexpected(order_is_gone());
  Work work(till);
  const std::int64_t mail = queue_receipt(till, work, *order, job->receipt_row, email);
  work.note("slip dropped", std::to_string(command.job), "mailed");
  set_print_state(till.database, command.job, PrintState::dropped, "");
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  Effects effects = mail_is_queued(till, *order, mail, email);
  for (Effect& slip : next_slips(till, 1)) effects.push_back(std::move(slip));
  return effects;
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

Handled carry_out(Till& till, const OpenRecord& command) {
  if (auto receipt = find_receipt_by_code(till.database, command.code)) {
    if (has_order(receipt->kind)) return Effects{ShowOrder{receipt->order.id}};
    return Effects{ShowDayReceipt{std::move(*receipt)}};
  }
  const auto order = find_order_by_number(till.database, command.code);
  if (!order) return tl::unexpected(order_is_gone());
  return Effects{ShowOrder{order->id}};
}

}  // namespace core
