#include "core/orders/receipt_event.h"

#include "core/base/ensure.h"
#include "core/fiscal/tax_keys.h"
#include "core/orders/case_lines.h"

namespace core {

namespace {

// By the rate that was printed; the ones of former years belong to the same sums
// (DSFinV-K 2.4, Anlage 2: the last digit of a key of history is the key of today).
int key_of_rate(Rate rate) {
  switch (rate.basis_points) {
    case 1900:
    case 1600:
      return fiscal::general_rate;
    case 700:
    case 500:
      return fiscal::reduced_rate;
    case 780:
    case 840:
    case 900:
    case 950:
    case 1070:
      return fiscal::farm_rate;
    case 550:
      return fiscal::forestry_rate;
    default:
      return fiscal::outside_tax;
  }
}

// A receipt of before there were keys has none, and one of the shop's own belongs by its rate.
int german_key_of(Taxed taxed) {
  const int key = static_cast<int>(taxed.key.number);
  return fiscal::sum_of(key) ? key : key_of_rate(taxed.rate);
}

bool comes_back(const Payment& payment) {
  return payment.kind == TransactionKind::refund || payment.kind == TransactionKind::payout ||
         payment.kind == TransactionKind::void_;
}

fiscal::ProcessData receipt_data_of(fiscal::EventKind kind,
                                    const std::vector<fiscal::GrossOfKey>& gross,
                                    const std::vector<fiscal::Paid>& paid) {
  auto data = fiscal::receipt_data(kind, gross, paid);
  ENSURE(data);  // every key here has its sum
  return std::move(*data);
}

}  // namespace

fiscal::ProcessData event_of(const Receipt& receipt) {
  if (receipt.kind == ReceiptKind::aborted) return fiscal::aborted_data();
  const Currency currency = receipt.order.currency;
  std::vector<fiscal::Paid> paid;
  Money untaxed{0, currency};
  for (const Payment& payment : receipt.payments) {
    if (payment.tender == Tender::gift_card) continue;
    const Money sum = payment.amount + payment.tip;
    const bool is_cash = payment.tender == Tender::cash;
    paid.push_back(
        {is_cash ? fiscal::Means::cash : fiscal::Means::other, comes_back(payment) ? -sum : sum});
    untaxed += paid.back().amount;
  }
  std::vector<fiscal::GrossOfKey> gross;
  const auto put = [&](Taxed taxed, Money amount) {
    gross.push_back({german_key_of(taxed), amount});
    untaxed -= amount;
  };
  // What was only practised is in no business.
  const bool is_training = receipt.kind == ReceiptKind::training;
  for (const CaseLine& line : business_case_lines(receipt)) put(line.taxed, line.gross);
  if (is_training) {
    for (const TaxLine& tax : receipt.taxes) put(tax.taxed(), tax.gross);
  }
  gross.push_back({fiscal::outside_tax, untaxed});
  return receipt_data_of(is_training ? fiscal::EventKind::training : fiscal::EventKind::receipt,
                         gross, paid);
}

fiscal::ProcessData event_of_cash(Money amount) {
  return receipt_data_of(fiscal::EventKind::receipt, {{fiscal::outside_tax, amount}},
                         {{fiscal::Means::cash, amount}});
}

}  // namespace core
