#include "core/commands/settle_vouchers.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "core/base/ensure.h"
#include "core/base/text.h"
#include "core/store/catalogue_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/voucher_store.h"

namespace core {

namespace {

NewEntry entry_of(const Till& till, const Receipt& receipt, std::int64_t voucher,
                  VoucherEvent event, Money amount) {
  NewEntry entry{voucher, event, amount, till.now(), till.actor()};
  if (till.approver) entry.approver = till.approver->name;
  entry.order_row = receipt.order.row;
  entry.receipt_row = receipt.row;
  return entry;
}

void note_entry(Work& work, const Voucher& voucher, const NewEntry& entry) {
  work.note(fmt::format("voucher {}", word(entry.event)), masked_number(voucher.number),
            to_plain(entry.amount));
}

// What a line of a paid order sold is good from now on.
void issue(Till& till, Work& work, const Receipt& receipt, std::size_t index) {
  const LineItem& line = receipt.order.lines[index];
  const Money amount = receipt.totals.lines[index].final();
  if (amount.minor <= 0 || has_filled(till.database, line.id)) return;
  auto voucher = find_voucher(till.database, line.voucher);
  const VoucherEvent event = voucher ? VoucherEvent::topped_up : VoucherEvent::issued;
  if (!voucher) {
    voucher.emplace();
    voucher->number = line.voucher;
    voucher->value = amount;
    voucher->sold = till.now();
    voucher->expires =
        voucher_expiry(till.now(), till.settings.vouchers.expiry, till.settings.shop.time_zone);
    if (line.tax_code != not_taxable) {
      voucher->kind = VoucherKind::single_purpose;
      voucher->tax_code = line.tax_code;
      voucher->tax_rate = line.tax_rate;
      voucher->tax_key = line.tax_key;
    }
    insert_voucher(till.database, *voucher, receipt.order.row, receipt.row);
  }
  NewEntry entry = entry_of(till, receipt, voucher->row, event, amount);
  entry.line = line.id;
  insert_entry(till.database, entry);
  note_entry(work, *voucher, entry);
}

}  // namespace

std::string new_voucher_number(Till& till) {
  ENSURE(sodium_init() >= 0);
  for (;;) {
    VoucherPicks picks{};
    for (std::uint8_t& pick : picks) {
      pick = static_cast<std::uint8_t>(
          randombytes_uniform(static_cast<std::uint32_t>(voucher_letters.size())));
    }
    std::string number = voucher_number(picks);
    const bool is_free = !is_number_taken(till.database, number) &&
                         !find_by_barcode(till.database, number) &&
                         !find_by_sku(till.database, number);
    // A store that cannot be read refuses the commit.
    if (is_free || !till.database.ok()) return number;
  }
}

bool is_voucher_of_ours(Till& till, std::string_view number) {
  const std::string plain = plain_voucher_number(number);
  return is_voucher_number(plain) || find_voucher(till.database, plain).has_value();
}

std::optional<Refusal> cannot_take_paper(Till& till, std::string_view number, Money amount) {
  const Order& order = till.in_hand();
  const std::string& rule = till.settings.vouchers.unknown;
  if (rule == "refuse") return refuse("This voucher is not known here.", number);
  if (trim(number).empty()) return refuse("Please give the number of the voucher.");
  if (amount > redeemable(order, price(order), {}, {})) {
    return refuse("A voucher cannot be bought with a voucher.");
  }
  return rule == "approval" ? forbidden(till, Permission::manage_vouchers) : std::nullopt;
}

void give_back_tender(Till& till, Work& work, Order& order, TransactionId payment) {
  const auto taken = std::find_if(order.payments.begin(), order.payments.end(),
                                  [&](const Payment& other) { return other.id == payment; });
  if (taken == order.payments.end()) return;
  Payment back = *taken;
  back.id = {till.ids.next(till.now())};
  back.kind = TransactionKind::void_;
  back.original = taken->id;
  back.at = till.now();
  work.note("tender taken back", order.number,
            fmt::format("{} {}", word(back.tender), to_plain(back.amount)));
  insert_payment(till.database, order, back);
  delete_hold(till.database, payment);
  order.payments.push_back(std::move(back));
}

std::vector<TaxedBefore> taxed_before(Till& till, const Order& order) {
  std::vector<TaxedBefore> sums;
  for (const Payment& payment : order.payments) {
    const bool is_voucher = payment.tender == Tender::gift_card && !payment.reference.empty();
    if (!is_voucher || payment.kind != TransactionKind::sale || !stands(order, payment)) continue;
    const auto taxed = taxed_before(till.database, payment.id);
    if (!taxed) continue;
    const Money zero{0, order.currency};
    auto sum = std::find_if(sums.begin(), sums.end(),
                            [&](const TaxedBefore& other) { return other.taxed == *taxed; });
    if (sum == sums.end()) sum = sums.insert(sum, {*taxed, zero, zero});
    sum->all += payment.amount;
    if (payment.version >= order.version) sum->now += payment.amount;
  }
  return sums;
}

void leave_out(std::vector<TaxLine>& taxes, Taxed taxed, Money gross) {
  TaxLine& line = sum_for(taxes, taxed, gross.currency);
  line.gross -= gross;
  line.tax -= tax_inside(gross, taxed.rate);
  line.net = line.gross - line.tax;
}

void leave_out(std::vector<TaxLine>& taxes, const VoucherReturn& back) {
  if (back.voucher.kind != VoucherKind::single_purpose) return;
  leave_out(taxes, back.voucher.taxed(), -back.payment.amount);
}

void settle_vouchers(Till& till, Work& work, Receipt& receipt, bool completes) {
  const Order& order = receipt.order;
  const bool sells =
      completes && std::any_of(order.lines.begin(), order.lines.end(), sells_voucher);
  const bool redeems =
      std::any_of(receipt.payments.begin(), receipt.payments.end(), [](const Payment& payment) {
        return payment.tender == Tender::gift_card && !payment.reference.empty();
      });
  if (!sells && !redeems) return;
  if (redeems) {
    for (const VoucherHold& hold : holds_of(till.database, order.row, order.currency)) {
      delete_hold(till.database, hold.payment);
      NewEntry entry = entry_of(till, receipt, hold.voucher, VoucherEvent::redeemed, -hold.amount);
      entry.payment = hold.payment;
      insert_entry(till.database, entry);
    }
  }
  for (std::size_t i = 0; sells && i < order.lines.size(); ++i) {
    if (sells_voucher(order.lines[i])) issue(till, work, receipt, i);
  }
  receipt.vouchers = vouchers_of_receipt(till.database, receipt.row);
}

std::optional<PrintSlip> voucher_slips(Till& till, const Receipt& receipt) {
  const bool has_new = std::any_of(receipt.vouchers.begin(), receipt.vouchers.end(),
                                   [](const ReceiptVoucher& voucher) { return voucher.is_new; });
  if (!has_new || till.settings.printer.kind == "none") return {};
  return print_job(till, receipt, SlipForm::voucher);
}

namespace {

Voucher new_voucher(Till& till, VoucherKind kind, Money amount) {
  Voucher voucher;
  voucher.number = new_voucher_number(till);
  voucher.kind = kind;
  voucher.value = amount;
  voucher.balance = voucher.held = {0, amount.currency};
  voucher.sold = till.now();
  voucher.expires =
      voucher_expiry(till.now(), till.settings.vouchers.expiry, till.settings.shop.time_zone);
  return voucher;
}

VoucherReturn return_to(Till& till, Voucher voucher, Money amount, TransactionId original) {
  VoucherReturn back;
  back.payment.id = {till.ids.next(till.now())};
  back.payment.kind = TransactionKind::refund;
  back.payment.tender = Tender::gift_card;
  back.payment.amount = back.payment.given = amount;
  back.payment.reference = masked_number(voucher.number);
  back.payment.original = original;
  back.payment.at = till.now();
  back.voucher = std::move(voucher);
  return back;
}

}  // namespace

std::vector<VoucherReturn> returns_to_vouchers(Till& till, const Order& order, Money to_voucher,
                                               Money as_credit) {
  std::vector<VoucherReturn> returns;
  Money left = to_voucher;
  for (const VoucherPart& part : voucher_parts(order)) {
    const Money amount = std::min(left, part.left);
    const auto paid_by = voucher_of_payment(till.database, part.payment);
    if (amount.minor <= 0 || !paid_by) continue;
    left -= amount;
    if (!paid_by->is_blocked && !has_expired(*paid_by, till.now())) {
      returns.push_back(return_to(till, *paid_by, amount, part.payment));
      continue;
    }
    Voucher instead = new_voucher(till, paid_by->kind, amount);
    instead.tax_code = paid_by->tax_code;
    instead.tax_rate = paid_by->tax_rate;
    instead.tax_key = paid_by->tax_key;
    instead.holder = paid_by->holder;
    returns.push_back(return_to(till, std::move(instead), amount, part.payment));
  }
  if (as_credit.minor > 0) {
    Voucher credit = new_voucher(till, VoucherKind::store_credit, as_credit);
    credit.holder = order.customer.name.empty() ? order.customer.email : order.customer.name;
    returns.push_back(return_to(till, std::move(credit), as_credit, {}));
    returns.back().event = VoucherEvent::issued;
  }
  return returns;
}

std::optional<Refusal> cannot_return_vouchers(Till& till, const Order& order,
                                              const RefundPlan& plan) {
  Money out{0, order.currency};  // paid for vouchers that stay out
  Money returned = out;          // and for those that come back
  const Totals totals = price(order);
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const LineItem& line = order.lines[i];
    if (!sells_voucher(line) || refundable_quantity(order, line).thousandths == 0) continue;
    if (!has_filled(till.database, line.id)) continue;
    const auto back = std::ranges::find(plan.lines, line.id, &RefundedLine::line);
    if (back == plan.lines.end()) {
      out += totals.lines[i].final();
      continue;
    }
    const auto voucher = find_voucher(till.database, line.voucher);
    if (back->quantity != line.quantity || back->amount != totals.lines[i].final()) {
      return refuse("A voucher is given back as a whole.");
    }
    if (!voucher || voucher->available() < back->amount) {
      return refuse("This voucher has been spent, so it cannot be given back.",
                    masked_number(line.voucher));
    }
    returned += back->amount;
  }
  if (plan.amount - plan.rounding < returned) return refuse("A voucher is given back as a whole.");
  if (refundable_sum(order) - plan.amount >= out || out.is_zero()) return {};
  return refuse("What was paid for a voucher goes back with the voucher only.");
}

namespace {

void fill(Till& till, Work& work, const Receipt& receipt, std::vector<VoucherReturn> returns,
          const std::string& reason) {
  for (VoucherReturn& back : returns) {
    if (back.voucher.row == 0) {
      insert_voucher(till.database, back.voucher, receipt.order.row, receipt.row);
    }
    NewEntry entry = entry_of(till, receipt, back.voucher.row, back.event, back.payment.amount);
    entry.payment = back.payment.id;
    entry.reason = reason;
    insert_entry(till.database, entry);
    note_entry(work, back.voucher, entry);
  }
}

}  // namespace

void fill_vouchers(Till& till, Work& work, Receipt& receipt, std::vector<VoucherReturn> returns,
                   const std::vector<ReturnLine>& lines) {
  if (returns.empty()) return;
  fill(till, work, receipt, std::move(returns), lines.empty() ? "" : lines.front().reason);
  receipt.vouchers = vouchers_of_receipt(till.database, receipt.row);
}

void settle_returns(Till& till, Work& work, Receipt& receipt, std::vector<VoucherReturn> returns) {
  const Order& order = receipt.order;
  const Refund& refund = order.refunds.back();
  bool has_any = !returns.empty();
  fill(till, work, receipt, std::move(returns), refund.reason);
  for (const RefundedLine& part : refund.lines) {
    const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                   [&](const LineItem& other) { return other.id == part.line; });
    if (line == order.lines.end() || !sells_voucher(*line)) continue;
    const auto voucher = find_voucher(till.database, line->voucher);
    // The terminal may have been asked before: what was spent meanwhile is gone.
    const Money taken = voucher ? std::min(voucher->available(), part.amount) : Money{};
    if (taken.minor <= 0) continue;
    NewEntry entry = entry_of(till, receipt, voucher->row, VoucherEvent::taken_back, -taken);
    entry.line = line->id;
    entry.reason = refund.reason;
    insert_entry(till.database, entry);
    note_entry(work, *voucher, entry);
    has_any = true;
  }
  if (has_any) receipt.vouchers = vouchers_of_receipt(till.database, receipt.row);
}

}  // namespace core
