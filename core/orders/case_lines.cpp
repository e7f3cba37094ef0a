#include "core/orders/case_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/orders/account.h"
#include "core/orders/refund.h"
#include "core/tax/country.h"

namespace core {

namespace {

constexpr std::int64_t hundred_thousandths = 100'000;

// What no tax is on has one key in each country; before there were keys it had none.
Taxed untaxed(const Receipt& receipt) {
  const Country country = country_from(receipt.shop.country);
  return {{}, receipt.text < receipt_text_with_cases ? TaxKey{} : untaxed_key(country)};
}

FineAmount fine_tax_inside(Money gross, Rate rate) {
  return {tax_inside(Money{fine(gross).hundred_thousandths, {}}, rate).minor};
}

CaseLine case_line(BusinessCase business_case, Taxed taxed, Money gross) {
  CaseLine line{business_case, taxed, {}, {}, {1000}, gross, {}, {}};
  line.tax = fine_tax_inside(gross, taxed.rate);
  line.net = fine(gross) - line.tax;
  return line;
}

void add_if(std::vector<CaseLine>& lines, BusinessCase business_case, Taxed taxed, Money gross) {
  if (!gross.is_zero()) lines.push_back(case_line(business_case, taxed, gross));
}

// --- where tax is added: the tax of each rate is that of its sum, shared out over its lines ---

struct NetLine {
  CaseLine line;
  Money net;
};

void put_tax_on(std::vector<NetLine>& parts, const TaxLine& sum) {
  NetLine* largest = nullptr;
  Money left = sum.tax;
  for (NetLine& part : parts) {
    if (part.line.taxed != sum.taxed()) continue;
    const Money tax = share_of(part.net, sum.rate);
    left -= tax;
    part.line.gross = part.net + tax;
    part.line.tax = fine(tax);
    if (!largest || std::abs(part.net.minor) > std::abs(largest->net.minor)) largest = &part;
  }
  if (!largest) return;
  largest->line.gross += left;
  largest->line.tax += fine(left);
}

// --- goods ---

// What was ordered, each line with its discount behind it, and the shipping.
std::vector<CaseLine> goods_of(const Receipt& receipt) {
  const Order& order = receipt.order;
  std::vector<NetLine> parts;
  const auto put = [&](BusinessCase business_case, Taxed taxed, Money amount) -> CaseLine& {
    parts.push_back({case_line(business_case, taxed, amount), amount});
    return parts.back().line;
  };
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const LineItem& line = order.lines[i];
    const LineTotal& total = receipt.totals.lines[i];
    if (is_taken_out(line)) continue;
    CaseLine& goods = put(case_of(line), line.taxed(), total.gross);
    goods.line = line.id;
    goods.text = line.title;
    goods.quantity = line.quantity;
    const Money off = total.line_discount + total.order_discount;
    if (!off.is_zero()) put(BusinessCase::discount, line.taxed(), -off).line = line.id;
  }
  for (const ExtraCharge& extra : order.extras) {
    put(BusinessCase::extra_charge, extra.taxed(), extra.amount).text = extra.title;
  }
  if (order.tax_mode == TaxMode::added) {
    for (const TaxLine& sum : receipt.totals.taxes) put_tax_on(parts, sum);
  }
  std::vector<CaseLine> lines;
  for (NetLine& part : parts) {
    part.line.net = fine(part.line.gross) - part.line.tax;
    lines.push_back(std::move(part.line));
  }
  return lines;
}

// --- parts of an order ---

// What the receipt's tax lines leave out: what vouchers paid that were taxed when sold.
std::vector<TaxLine> whole_taxes(const Receipt& receipt) {
  std::vector<TaxLine> taxes = receipt.taxes;
  for (const ReceiptVoucher& voucher : receipt.vouchers) {
    if (voucher.payment.is_nil() || voucher.tax_code.empty()) continue;
    const Taxed taxed{voucher.tax_rate, voucher.tax_key};
    sum_for(taxes, taxed, voucher.amount.currency).gross -= voucher.amount;
  }
  return taxes;
}

void add_sums(std::vector<CaseLine>& lines, BusinessCase business_case,
              const std::vector<TaxLine>& taxes, int sign = 1) {
  for (const TaxLine& sum : taxes) {
    add_if(lines, business_case, sum.taxed(), sign < 0 ? -sum.gross : sum.gross);
  }
}

// Of an order, and neither a correction nor what is in no sum.
bool moves_money(ReceiptKind kind) {
  return kind <= ReceiptKind::refund || kind == ReceiptKind::exchange;
}

bool is_of_till(const Receipt& receipt) {
  return receipt.order.channel == "till";
}

// What is owed for goods that went along.
void add_receivable(std::vector<CaseLine>& lines, const Receipt& receipt) {
  const Money owed = gross_of(lines, receipt.order.currency) - receipt.amount;
  add_if(lines, BusinessCase::receivable, untaxed(receipt), -owed);
}

// What of the sums is for vouchers, which are no supply that could be paid for beforehand: it
// sells a part of them (§ 3 (15) UStG).
Money take_vouchers_out(std::vector<TaxLine>& sums, const Receipt& receipt) {
  Money vouchers{0, receipt.order.currency};
  for (TaxLine& sum : sums) {
    const Money share = share_of_vouchers(receipt, sum);
    sum.gross -= share;
    vouchers += share;
  }
  return vouchers;
}

// What was paid for goods before they go, or given back of it.
std::vector<CaseLine> before_goods_go(const Receipt& receipt, BusinessCase business_case) {
  std::vector<CaseLine> lines;
  std::vector<TaxLine> taxes = whole_taxes(receipt);
  const Money vouchers = take_vouchers_out(taxes, receipt);
  add_sums(lines, business_case, taxes);
  add_if(lines, BusinessCase::voucher_sold, untaxed(receipt), vouchers);
  return lines;
}

std::vector<CaseLine> part_payment(const Receipt& receipt) {
  std::vector<CaseLine> lines;
  if (!receipt.order.goods_along) {
    lines = before_goods_go(receipt, BusinessCase::down_payment);
  } else if (receipt.order.version == 1) {
    lines = goods_of(receipt);
    add_receivable(lines, receipt);
  } else {
    add_if(lines, BusinessCase::receivable_released, untaxed(receipt), receipt.amount);
  }
  return lines;
}

// All that was ordered, less what was given back before it was paid; and what was paid on
// it is no down payment any more.
std::vector<CaseLine> last_payment(const Receipt& receipt) {
  std::vector<CaseLine> lines;
  if (receipt.order.goods_along) {
    const Money paid = receipt.amount - receipt.totals.rounding;
    add_if(lines, BusinessCase::receivable_released, untaxed(receipt), paid);
    return lines;
  }
  EarlierTaxes before = receipt.before;
  const Money vouchers = take_vouchers_out(before.taken, receipt);
  take_vouchers_out(before.given_back, receipt);
  lines = goods_of(receipt);
  add_sums(lines, BusinessCase::discount, before.given_back);
  add_sums(lines, BusinessCase::down_payment_released, before.taken, -1);
  add_sums(lines, BusinessCase::down_payment_released, before.given_back, -1);
  add_if(lines, BusinessCase::voucher_sold, untaxed(receipt), -vouchers);
  return lines;
}

// --- what comes back ---

const LineItem* line_named(const Order& order, LineId id) {
  const auto at = std::ranges::find(order.lines, id, &LineItem::id);
  return at == order.lines.end() ? nullptr : &*at;
}

std::vector<CaseLine> goods_back(const Receipt& receipt, const Refund& refund) {
  const Order& order = receipt.order;
  std::vector<CaseLine> lines;
  std::vector<TaxLine> rest = whole_taxes(receipt);
  for (const RefundedLine& part : refund.lines) {
    const LineItem* line = line_named(order, part.line);
    if (!line) continue;
    CaseLine back = case_line(case_of(*line), line->taxed(), -part.amount);
    back.line = line->id;
    back.text = line->title;
    back.quantity = {-part.quantity.thousandths};
    lines.push_back(std::move(back));
    sum_for(rest, line->taxed(), order.currency).gross += part.amount;
  }
  // Beside the lines it is shipping, or money for none of them.
  for (const TaxLine& sum : rest) {
    const bool is_extra =
        !refund.lines.empty() && std::ranges::any_of(order.extras, [&](const ExtraCharge& extra) {
          return extra.taxed() == sum.taxed();
        });
    add_if(lines, is_extra ? BusinessCase::extra_charge : BusinessCase::goods, sum.taxed(),
           sum.gross);
  }
  return lines;
}

std::vector<CaseLine> given_back(const Receipt& receipt) {
  const Order& order = receipt.order;
  const auto refund = std::ranges::find(order.refunds, order.version, &Refund::version);
  std::vector<CaseLine> lines;
  if (is_of_till(receipt) && !were_goods_sold(order, order.version)) {
    lines = before_goods_go(receipt, BusinessCase::down_payment_released);
  } else if (refund == order.refunds.end()) {
    add_sums(lines, BusinessCase::goods, whole_taxes(receipt));
  } else {
    lines = goods_back(receipt, *refund);
  }
  if (refund != order.refunds.end()) {
    add_if(lines, BusinessCase::rounding, untaxed(receipt), -refund->rounding);
  }
  return lines;
}

// --- what lies beside the goods ---

// Where redeeming a voucher is a line and no tender.
bool is_line(const Receipt& receipt, const ReceiptVoucher* voucher) {
  const bool is_taxed = voucher && !voucher->tax_code.empty();
  return is_taxed || country_from(receipt.shop.country) != Country::austria;
}

void add_voucher_payment(std::vector<CaseLine>& lines, const Receipt& receipt,
                         const Payment& payment) {
  const auto known = std::ranges::find(receipt.vouchers, payment.id, &ReceiptVoucher::payment);
  const ReceiptVoucher* voucher = known == receipt.vouchers.end() ? nullptr : &*known;
  const bool goes_back =
      payment.kind == TransactionKind::refund || payment.kind == TransactionKind::payout;
  // Money that becomes a store credit buys one.
  if (goes_back && payment.original.is_nil()) {
    add_if(lines, BusinessCase::voucher_sold, untaxed(receipt), payment.amount);
    return;
  }
  if (!is_line(receipt, voucher)) return;
  const bool is_taxed = voucher && !voucher->tax_code.empty();
  const Taxed taxed = is_taxed ? Taxed{voucher->tax_rate, voucher->tax_key} : untaxed(receipt);
  add_if(lines, is_taxed ? BusinessCase::taxed_voucher_redeemed : BusinessCase::voucher_redeemed,
         taxed, goes_back ? payment.amount : -payment.amount);
}

std::vector<CaseLine> voucher_payments(const Receipt& receipt) {
  std::vector<CaseLine> lines;
  for (const Payment& payment : receipt.payments) {
    if (payment.tender == Tender::gift_card) add_voucher_payment(lines, receipt, payment);
  }
  return lines;
}

void append(std::vector<CaseLine>& lines, std::vector<CaseLine> more) {
  lines.insert(lines.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

// Goods that went along come back before they were paid for.
bool is_claim_let_off(const Receipt& receipt) {
  return receipt.kind == ReceiptKind::refund && lets_claim_off(receipt.order);
}

// What came back over the counter with the sale.
std::vector<CaseLine> returned_goods(const Receipt& receipt) {
  std::vector<CaseLine> lines;
  for (const ReturnLine& back : receipt.order.returns) {
    const bool is_deposit = back.kind == ReturnKind::deposit;
    CaseLine line = case_line(is_deposit ? BusinessCase::deposit_back : BusinessCase::goods,
                              back.taxed(), -back.amount);
    line.text = back.title;
    line.quantity = {-back.quantity.thousandths};
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<CaseLine> lines_of_amount(const Receipt& receipt) {
  if (receipt.kind == ReceiptKind::refund) return given_back(receipt);
  std::vector<CaseLine> lines;
  if (!is_of_till(receipt)) {
    // What the platform took of it is on no receipt of this till.
    add_sums(lines, BusinessCase::goods, whole_taxes(receipt));
    return lines;
  }
  if (receipt.kind == ReceiptKind::exchange) {
    lines = goods_of(receipt);
    append(lines, returned_goods(receipt));
    return lines;
  }
  if (receipt.kind == ReceiptKind::deposit) return part_payment(receipt);
  return receipt.kind == ReceiptKind::sale ? goods_of(receipt) : last_payment(receipt);
}

}  // namespace

FineAmount fine(Money money) {
  return {money.minor * hundred_thousandths / power_of_ten(money.currency.digits())};
}

std::string to_plain(FineAmount amount) {
  const std::int64_t size = std::abs(amount.hundred_thousandths);
  return fmt::format("{}{}.{:05}", amount.hundred_thousandths < 0 ? "-" : "",
                     size / hundred_thousandths, size % hundred_thousandths);
}

BusinessCase case_of(const LineItem& line) {
  if (is_deposit(line)) return BusinessCase::deposit;
  if (!sells_voucher(line)) return line.business_case;
  return line.tax_code == not_taxable ? BusinessCase::voucher_sold
                                      : BusinessCase::taxed_voucher_sold;
}

std::vector<CaseLine> business_case_lines(const Receipt& receipt) {
  if (!moves_money(receipt.kind)) return {};
  std::vector<CaseLine> lines = lines_of_amount(receipt);
  // What the goods leave of the amount is what coins made of it.
  const Money left = receipt.amount - gross_of(lines, receipt.order.currency);
  add_if(lines,
         is_claim_let_off(receipt) ? BusinessCase::receivable_released : BusinessCase::rounding,
         untaxed(receipt), left);
  append(lines, voucher_payments(receipt));
  add_if(lines, receipt.house_tips ? BusinessCase::tip_house : BusinessCase::tip_staff,
         receipt.house_tips.value_or(untaxed(receipt)), receipt.tips);
  return lines;
}

Money tendered(const Receipt& receipt) {
  if (!moves_money(receipt.kind)) return {0, receipt.order.currency};
  return receipt.amount + receipt.tips +
         gross_of(voucher_payments(receipt), receipt.order.currency);
}

Money receivables(const Receipt& receipt) {
  Money sum{0, receipt.order.currency};
  if (!receipt.order.goods_along) return sum;
  for (const CaseLine& line : business_case_lines(receipt)) {
    const bool is_claim = line.business_case == BusinessCase::receivable ||
                          line.business_case == BusinessCase::receivable_released;
    if (is_claim) sum += line.gross;
  }
  return sum;
}

Money gross_of(const std::vector<CaseLine>& lines, Currency currency) {
  Money sum{0, currency};
  for (const CaseLine& line : lines) sum += line.gross;
  return sum;
}

void add(std::vector<CaseSum>& sums, const CaseLine& line) {
  const auto place = std::pair(line.business_case, line.taxed);
  const auto of = [](const CaseSum& sum) { return std::pair(sum.business_case, sum.taxed); };
  auto at = std::ranges::find_if(sums, [&](const CaseSum& sum) { return !(of(sum) < place); });
  if (at == sums.end() || of(*at) != place) {
    at = sums.insert(at, {line.business_case, line.taxed, {0, line.gross.currency}, {}, {}});
  }
  at->gross += line.gross;
  at->net += line.net;
  at->tax += line.tax;
}

}  // namespace core
