#include "core/orders/receipt_event.h"

#include "core/base/ensure.h"
#include "core/fiscal/tax_keys.h"

namespace core {

namespace {

// By the rate that was printed; the ones of former years belong to the same sums
// (DSFinV-K 2.4, Anlage 2: the last digit of a key of history is the key of today).
int key_of(Rate rate) {
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

bool comes_back(const Payment& payment) {
  return payment.kind == TransactionKind::refund || payment.kind == TransactionKind::void_;
}

fiscal::ProcessData receipt_data_of(const std::vector<fiscal::GrossOfKey>& gross,
                                    const std::vector<fiscal::Paid>& paid) {
  auto data = fiscal::receipt_data(fiscal::EventKind::receipt, gross, paid);
  ENSURE(data);  // every key here has its sum
  return std::move(*data);
}

}  // namespace

fiscal::ProcessData event_of(const Receipt& receipt) {
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
  for (const TaxLine& tax : receipt.taxes) {
    gross.push_back({key_of(tax.rate), tax.gross});
    untaxed -= tax.gross;
  }
  gross.push_back({fiscal::outside_tax, untaxed});
  return receipt_data_of(gross, paid);
}

fiscal::ProcessData event_of_cash(Money amount) {
  return receipt_data_of({{fiscal::outside_tax, amount}}, {{fiscal::Means::cash, amount}});
}

}  // namespace core
