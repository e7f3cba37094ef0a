// The numbered, gapless, immutable document of one thing that happened at the
// till. An order can have several: a deposit now, the balance later. Printed,
// mailed and read by tax audits; the journal carries its text in a hash chain.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/stored.h"
#include "core/fiscal/signing.h"
#include "core/orders/order.h"
#include "core/orders/pricing.h"
#include "core/settings/master_data.h"
#include "core/settings/settings.h"

namespace core {

enum class ReceiptKind {
  sale,
  deposit,
  balance,
  refund,
  cash_movement,  // these three belong to no order: core/shift has what they say
  x_report,
  z_report,
  correction,  // of a tender: what was rung up as one was another
  training,    // a sale or a refund that never was: in the count and the journal, in no sum
  aborted,     // a cart that was given up: its lines, and no money
  exchange,    // of a sale in which goods came back; or they did, and nothing was sold
};
template <>
inline constexpr int stored_count<ReceiptKind> = 1 + static_cast<int>(ReceiptKind::exchange);
std::string_view word(ReceiptKind kind);
inline bool has_order(ReceiptKind kind) {
  return kind < ReceiptKind::cash_movement || kind > ReceiptKind::z_report;
}

// Whether it gives goods or money back, in earnest or in training.
struct Receipt;
bool gives_back(const Receipt& receipt);

// What a receipt did to a voucher: sold it, or took or gave back what is on it.
struct ReceiptVoucher {
  std::string number;
  TransactionId payment;      // that it was taken or given back by; nil: it was sold
  Money amount;               // below 0: redeemed
  Money left;                 // on it afterwards
  Instant expires = {};       // no longer good from then on; 0: never
  std::string holder = {};    // of a store credit
  std::string tax_code = {};  // of a voucher that was taxed when it was sold
  Rate tax_rate = {};
  TaxKey tax_key = {};
  bool is_new = false;  // its number was made here just now: it is printed on a slip
  friend bool operator==(const ReceiptVoucher&, const ReceiptVoucher&) = default;
};

// Whom a receipt is made out to, as an invoice. It is printed, and never told the journal,
// which nobody can be removed from.
struct InvoiceTo {
  std::int64_t customer = 0;  // the number of the record
  Address address;
  std::string vat_id;
  bool is_known() const { return address.is_known(); }
  friend bool operator==(const InvoiceTo&, const InvoiceTo&) = default;
};

// By what was taken for an order on its earlier receipts, and given back, tax by tax.
struct EarlierTaxes {
  std::vector<TaxLine> taken;
  std::vector<TaxLine> given_back;  // below 0
};

// The text that the journal has of a receipt: the first knew no keys and no cases.
inline constexpr int receipt_text_with_cases = 2;
inline constexpr int latest_receipt_text = receipt_text_with_cases;

struct Receipt {
  ReceiptId id;
  std::int64_t row = 0;
  std::int64_t number = 0;  // gapless for the till
  std::string code;         // "T1-R000123": printed, and its barcode
  ReceiptKind kind = ReceiptKind::sale;
  ShopSettings shop;  // as it stood then
  std::string till;
  std::string cashier;
  Instant started;  // first line of the order, or start of collecting
  Instant finished;
  Order order;  // as of the version that this receipt documents; of none: its currency only
  Totals totals;
  Money paid_before;              // by earlier receipts of the order
  std::vector<Payment> payments;  // what this receipt documents
  Money amount;  // their sum: what was received now; below 0: given back; 0 of a correction
                 // and of goods for goods
  Money tips;    // beside `amount`
  Money change;
  Money still_due;
  std::vector<TaxLine> taxes;      // of `amount`; over all receipts they sum to the order's
  std::int64_t journal_entry = 0;  // the entry of the journal that carries it; 0: none yet
  std::string journal_hash = {};   // and its hash: who has it on paper can prove the journal
  std::vector<ReceiptVoucher> vouchers = {};  // what it did to them
  InvoiceTo invoice = {};                     // nobody: a receipt like any other
  int text = latest_receipt_text;
  std::optional<Taxed> house_tips = {};  // how its tips are taxed; nothing: they are the staff's
  EarlierTaxes before = {};              // of a balance
  MasterData master = {};                // as it stood then; row 0: written before there was any
  std::int64_t cashier_number = 0;       // which no other cashier ever has; 0: nobody was signed in
  std::optional<ReceiptSigning> signing = {};  // what a security device said; nothing: no need
  std::int64_t reverses_row = 0;
  std::string reverses = {};  // of a refund: the code of the receipt whose goods it takes back
};

// `voucher`: the vouchers that the receipt sold or issued, a slip for each.
enum class SlipForm { original, copy, gift, packing, voucher, voucher_copy };
template <>
inline constexpr int stored_count<SlipForm> = 1 + static_cast<int>(SlipForm::voucher_copy);
std::string_view word(SlipForm form);

// A number of which only the end is shown: who reads it cannot spend it.
std::string masked_number(std::string_view voucher);

// Whether the order's vouchers that are not taxed yet stand in this sum of its taxes.
bool holds_vouchers(const Order& order, Taxed sum);
// What of such a sum of the receipt, or of an earlier one of its order, is for them: of a part
// payment their share.
Money share_of_vouchers(const Receipt& receipt, const TaxLine& sum);
// What of the receipt's amount was paid for vouchers that are not taxed yet: no turnover.
// Below 0 where they were given back.
Money paid_for_vouchers(const Receipt& receipt);
// What of it vouchers have paid that were taxed when they were sold, and stands in no
// tax line. Below 0 where it went back onto them.
Money taxed_before(const Receipt& receipt);

// The tax that falls on a part payment: the amount is split over the sums of the taxes by
// what they are; the last receipt of an order has what is left.
std::vector<TaxLine> taxes_of_part(const Totals& totals, Money amount,
                                   const std::vector<TaxLine>& already, bool completes);

// Works out totals, payments, change and what is still due from `order` (as of
// the version that the receipt documents) and `kind`.
void complete_receipt(Receipt& receipt);

// Which version of the shop, which till and software, and which cashier: a line of the texts
// below and of those of a day's receipts.
void write_master(std::string& text, const Receipt& receipt);

// Everything the receipt says, one fact on a line, in a fixed form: what the
// journal hashes. The same receipt has the same text for ever.
std::string canonical_text(const Receipt& receipt);

}  // namespace core
