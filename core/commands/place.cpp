// What happens when an order is paid, or left partly paid: one transaction
// writes everything that has to be true, and the effects follow its commit.
#include "core/commands/place.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/commands/mails.h"
#include "core/commands/placed_order.h"
#include "core/commands/returns.h"
#include "core/commands/settle_vouchers.h"
#include "core/commands/shift_work.h"
#include "core/commands/signing_steps.h"
#include "core/commands/steps.h"
#include "core/commands/tax_keys.h"
#include "core/commands/training.h"
#include "core/orders/account.h"
#include "core/orders/exchange.h"
#include "core/orders/receipt.h"
#include "core/store/catalogue_store.h"
#include "core/store/customer_store.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "core/tax/country.h"
#include "core/till/till.h"

namespace core {

namespace {

// The house's own tips are turnover at the usual rate; the staff's are none.
std::optional<Taxed> tax_on_tips(Till& till) {
  const std::vector<TaxRate>& rates = till.settings.money.rates;
  if (till.settings.receipts.tips != "house" || rates.empty()) return {};
  const Rate rate = rate_on(rates, rates.front().code, today(till));
  const Country country = country_from(till.settings.shop.country);
  return Taxed{rate, key_of(country, rates, rates.front().code, rate)};
}

Receipt write_receipt(Till& till, Work& work, const Order& order, bool completes,
                      const std::vector<VoucherReturn>& returns) {
  Receipt receipt;
  receipt.id = {till.ids.next(till.now())};
  receipt.kind = takes_back(order)    ? ReceiptKind::exchange
                 : !completes         ? ReceiptKind::deposit
                 : order.version == 1 ? ReceiptKind::sale
                                      : ReceiptKind::balance;
  receipt.shop = till.settings.shop;
  receipt.till = till.settings.till.id;
  receipt.cashier = till.actor();
  receipt.cashier_number = till.cashier_number();
  receipt.started = till.collecting ? till.collecting_since : order.created;
  receipt.finished = till.now();
  receipt.order = order;
  complete_receipt(receipt);
  const auto already =
      order.version == 1 ? std::vector<TaxLine>{} : receipted_taxes(till.database, order.row);
  // The last of an order's receipts has what is left, unless money came another way.
  Money receipted = receipt.amount;
  for (const TaxLine& line : already) receipted += line.gross;
  const auto before = taxed_before(till, order);
  for (const TaxedBefore& sum : before) receipted += sum.all - sum.now;
  const bool has_the_rest = takes_back(order) || (completes && receipted == receipt.totals.total);
  if (!order.goods_along) {
    receipt.taxes = taxes_of_part(receipt.totals, receipt.amount, already, has_the_rest);
  } else if (order.version == 1) {
    receipt.taxes = receipt.totals.taxes;  // all that is sold is taxed now
  }
  for (const TaxedBefore& sum : before) {
    const bool is_all = has_the_rest && !order.goods_along;
    leave_out(receipt.taxes, sum.taxed, is_all ? sum.all : sum.now);
  }
  if (!receipt.tips.is_zero()) receipt.house_tips = tax_on_tips(till);
  if (takes_back(order)) add_taxes(receipt.taxes, taxes_of_returns(order));
  for (const VoucherReturn& back : returns) leave_out(receipt.taxes, back);
  receipt.invoice = invoice_of(till.database, order);
  insert_receipt(till.database, receipt);
  work.note(receipt);
  if (receipt.kind == ReceiptKind::balance) {
    receipt.before = earlier_taxes(till.database, order, receipt.row);
  }
  return receipt;
}

void take_from_stock(Database& database, const Order& order) {
  for (const LineItem& line : order.lines) {
    if (line.variant) change_stock(database, {line.variant}, {-line.quantity.thousandths});
  }
}

std::int64_t queue(Till& till, OutboxRow row) {
  row.key = till.ids.next(till.now());
  row.created = row.not_before = till.now();
  return insert_outbox(till.database, row);
}

DoneSale done_sale(const Receipt& receipt) {
  DoneSale sale;
  sale.order = receipt.order.id;
  sale.number = receipt.order.number;
  sale.total = receipt.totals.total - returned_worth(receipt.order);
  sale.paid_now = receipt.amount;
  sale.change = receipt.change;
  sale.still_due = receipt.still_due;
  sale.given = sale.cash_back = {0, receipt.order.currency};
  for (const Payment& payment : receipt.payments) {
    const bool is_out = payment.kind == TransactionKind::payout;
    if (is_out && payment.tender == Tender::cash) sale.cash_back += payment.amount;
    if (is_out) continue;
    if (payment.tender == Tender::cash) sale.given += payment.given;
    sale.by_card |= payment.tender == Tender::card;
  }
  sale.at = receipt.finished;
  sale.email = receipt.order.customer.email;
  sale.vouchers = receipt.vouchers;
  return sale;
}

void event(Till& till, Order& order, std::string_view kind, std::string_view detail) {
  order.timeline.push_back({till.now(), std::string(kind), std::string(detail), till.actor()});
  insert_event(till.database, order, order.timeline.back());
}

}  // namespace

Placed place(Till& till, Work& work, Order order, std::vector<VoucherReturn> returns) {
  keep_tax_keys(till, order);
  const Totals totals = price(order);
  ensure_conserved(order, totals);
  const bool completes = owed(order, totals.total).minor <= 0;
  const bool first = order.version == 0;
  if (first && takes_back(order)) bind_returns(till, order);
  ++order.version;
  order.stage = order.stage == Stage::draft ? Stage::open : order.stage;
  if (first) {
    order.placed = till.now();
    order.cashier = till.actor();
  }
  // What is paid over the counter is handed over the counter.
  if ((completes || order.goods_along) && order.channel == "till") order.fulfilment = "fulfilled";
  order.upstream_payment.clear();
  order.customer.record = remember_customer(till.database, order.customer, till.now());
  update_order(till.database, order, totals);
  if (first) take_from_stock(till.database, order);
  if (first) event(till, order, "order placed", order.number);

  Effects signing;
  begin_shift_if_none(till, work, signing);
  Receipt receipt = write_receipt(till, work, order, completes, returns);
  settle_vouchers(till, work, receipt, completes);
  fill_vouchers(till, work, receipt, std::move(returns), order.returns);
  if (takes_back(order)) book_returns(till, work, order);
  sign_receipt(till, work, receipt, signing);
  event(till, order, completes ? "paid" : "part payment received", to_plain(receipt.amount));

  Placed placed{order, {done_sale(receipt), 0, 0, 0, receipt.row}, {}};
  for (const Payment& payment : receipt.payments) {
    if (payment.tender != Tender::cash) continue;
    placed.effects.push_back(OpenDrawer{});
    break;
  }
  for (Effect& step : signing) placed.effects.push_back(std::move(step));
  if (till.settings.till.receipts == "always" && till.settings.printer.kind != "none") {
    PrintSlip slip = print_job(till, receipt, SlipForm::original);
    placed.last.print_job = slip.job;
    placed.last.sale.print_asked = true;
    hand_out(till, std::move(slip), placed.effects);
  }
  if (auto slips = voucher_slips(till, receipt)) {
    hand_out(till, std::move(*slips), placed.effects);
  }
  OutboxRow row;
  row.order_row = order.row;
  row.version = order.version;
  if (order.lines.empty()) {
    // Nothing was sold: the refunds are told with the orders that they are of.
  } else if (is_master_of(till, order)) {
    if (till.settings.upstream.kind != "none") placed.last.push_row = queue(till, row);
  } else {
    for (const Payment& payment : receipt.payments) {
      row.kind = OutboxKind::add_payment;
      row.subject = payment.id.uuid;
      row.amount = payment.amount;
      placed.last.push_row = queue(till, row);
    }
    row.subject = {};
    row.amount = {};
  }
  if (mails_receipt(till, order)) {
    row.kind = OutboxKind::mail_receipt;
    row.receipt_row = receipt.row;
    row.recipient = order.customer.email;
    placed.last.mail_row = queue(till, row);
  }
  follow_rules(till, work, placed.order);
  if (placed.last.push_row || placed.last.mail_row) placed.effects.push_back(WakeSync{});
  return placed;
}

Placed place_in_training(Till& till, Work& work, Order order) {
  ensure_conserved(order, price(order));
  order.version = 1;
  order.stage = Stage::training;
  order.cashier = till.actor();
  Placed placed{order, {}, {}};
  placed.last.sale = done_sale(write_training_receipt(till, work, order, placed.effects));
  for (const Effect& effect : placed.effects) {
    const auto* slip = std::get_if<PrintSlip>(&effect);
    if (!slip) continue;
    placed.last.print_job = slip->job;
    placed.last.sale.print_asked = true;
  }
  return placed;
}

void keep_placed(Till& till, Placed& placed) {
  for (const LineItem& line : placed.order.lines) {
    if (placed.order.stage == Stage::training) break;
    if (placed.order.version == 1 && line.variant) ++till.sold[line.variant];
  }
  (till.collecting ? till.collecting : till.draft).reset();
  auto& last_receipt = till.clock_witnesses.last_receipt;
  last_receipt = std::max(last_receipt.value_or(placed.last.sale.at), placed.last.sale.at);
  till.last = std::move(placed.last);
  ++till.orders_revision;
}

Handled take_payment(Till& till, Work& work, Payment payment, Money rounding) {
  Order order = till.in_hand();
  order.cash_rounding += rounding;
  // Cash for a rest that coins let off is change, or a tip.
  if (payment.amount.minor > 0 || payment.given.minor > 0) {
    if (payment.id.is_nil()) payment.id = {till.ids.next(till.now())};
    payment.at = till.now();
    payment.version = order.version + 1;
    insert_payment(till.database, order, payment);
    order.payments.push_back(payment);
  }
  const Totals totals = price(order);
  const Money open = owed(order, totals.total);
  // What came back may give more than is bought: that is handed out first.
  if (open.minor > 0 || (takes_back(order) && open.minor < 0)) {
    update_order(till.database, order, totals);
    if (auto failed = work.commit()) return tl::unexpected(*failed);
    (till.collecting ? till.collecting : till.draft) = std::move(order);
    Effects effects;
    if (payment.tender == Tender::cash) effects.push_back(OpenDrawer{});
    return effects;
  }
  Placed placed = till.training ? place_in_training(till, work, std::move(order))
                                : place(till, work, std::move(order));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  keep_placed(till, placed);
  return std::move(placed.effects);
}

}  // namespace core
