// An order: what is sold, to whom, and what has been paid. It begins as a draft
// (the open cart), may be parked, and is placed when it is paid or left partly
// paid; from then on its lines never change. Plain values; no thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/stored.h"
#include "core/catalogue/catalogue.h"
#include "core/orders/business_case.h"
#include "core/orders/return_line.h"
#include "core/tax/tax.h"

namespace core {

enum class DiscountKind { percent, amount };
template <>
inline constexpr int stored_count<DiscountKind> = 1 + static_cast<int>(DiscountKind::amount);

// A reduction with its reason. Percent in basis points, amount in minor units;
// never more than what it is taken from.
struct Discount {
  DiscountKind kind = DiscountKind::percent;
  std::int64_t value = 0;
  std::string reason;
  friend bool operator==(const Discount&, const Discount&) = default;
};

// A copy of the product at the moment of sale: later changes of the catalogue
// never change an order.
struct LineItem {
  LineId id;
  std::int64_t variant = 0;  // row in the catalogue; 0: open item
  std::string title;
  std::string sku;
  std::string barcode;
  Unit unit = Unit::piece;
  Money unit_price;                    // per piece or per kilogram
  std::optional<Money> regular_price;  // before a price override
  Quantity quantity;
  std::string tax_code;
  Rate tax_rate;
  std::optional<Discount> discount;
  std::string note;
  bool digital = false;
  bool gift_card = false;
  // Of a platform's line, as it tells them now. `quantity` is what is ordered still.
  std::string upstream_id = {};  // its name for the line, which stays when others go
  Quantity removed = {0};        // taken out again by an edit there
  Quantity announced = {0};      // wanted back, and not here yet
  Quantity returned = {0};       // came back
  Money returned_for = {};       // what the order costs less for that
  std::string voucher = {};      // the number of the voucher that it sells; empty: none
  bool tops_up = false;          // that voucher is there already
  std::string category = {};     // of the product, for reports; may be empty
  TaxKey tax_key = {};           // of its country for `tax_code`; 0: not known yet
  BusinessCase business_case = BusinessCase::goods;  // of a voucher: as case_of() has it
  Taxed taxed() const { return {tax_rate, tax_key}; }
  LineId deposit_for = {};  // the line whose bottles this deposit is for; nil: of none
  friend bool operator==(const LineItem&, const LineItem&) = default;
};

// Taken out whole at the platform: it is told of, and on no slip.
inline bool is_taken_out(const LineItem& line) {
  return line.quantity.thousandths == 0 && line.removed.thousandths > 0;
}

// A line that was taken off before it was sold: it stays, and is counted nowhere.
struct VoidedLine {
  LineItem line;
  Instant at;
  std::string who;
  std::string approver;  // the manager whose PIN allowed it; empty: nobody was asked
  std::string reason;
  friend bool operator==(const VoidedLine&, const VoidedLine&) = default;
};

// A voucher is sold one on a line, for what it is worth: no discount touches it.
inline bool sells_voucher(const LineItem& line) {
  return !line.voucher.empty();
}

// The deposit for the bottles of another line: it comes and goes with that, undiscounted.
inline bool is_deposit(const LineItem& line) {
  return !line.deposit_for.is_nil();
}
// Whether a discount on the order leaves it alone.
inline bool keeps_its_price(const LineItem& line) {
  return sells_voucher(line) || is_deposit(line);
}

struct Customer {
  std::string name;
  std::string email;
  std::string language;     // of the receipt: "de", "en"; empty: the shop's
  std::int64_t record = 0;  // what the shop keeps of them; 0: nothing
  bool is_known() const { return !name.empty() || !email.empty(); }
  // What was said of them is gone, and who it was.
  bool is_removed() const { return record != 0 && !is_known(); }
  // The same was said; whose record it is, is another matter.
  friend bool operator==(const Customer& a, const Customer& b) {
    return a.name == b.name && a.email == b.email && a.language == b.language;
  }
};

// A payout is what was handed out for goods that came back in exchange for others.
enum class TransactionKind { sale, authorization, capture, void_, refund, payout };
template <>
inline constexpr int stored_count<TransactionKind> = 1 + static_cast<int>(TransactionKind::payout);
enum class Tender { cash, card, gift_card, other };
template <>
inline constexpr int stored_count<Tender> = 1 + static_cast<int>(Tender::other);
enum class TransactionState { success, failure, pending, unknown };
template <>
inline constexpr int stored_count<TransactionState> = 1 +
                                                      static_cast<int>(TransactionState::unknown);

// One movement of money for an order. For cash, `given` is what was handed over
// and `amount` what stays; the difference is the change due. A tip lies beside the
// amount: it is the staff's, and no turnover.
struct Payment {
  TransactionId id;
  TransactionKind kind = TransactionKind::sale;
  Tender tender = Tender::cash;
  TransactionState state = TransactionState::success;
  Money amount;
  Money given;
  std::string label;      // of another tender: "Überweisung"
  std::string reference;  // terminal's trace and authorisation, masked card: "Visa •••• 4242"
  TransactionId original;  // of a void: the payment that it takes back
  Instant at;
  std::int64_t version = 0;      // of the order that it makes: one more than the order had
  std::string upstream_id = {};  // the platform's name for it; empty: it has none yet
  Instant expires = {};  // of an authorization: no money can be taken after it; 0: not known
  Money tip = {};
  Money change() const {
    return given > amount + tip ? given - amount - tip : Money{0, amount.currency};
  }
  friend bool operator==(const Payment&, const Payment&) = default;
};

// Shipping, and whatever else an online order adds to its lines.
struct ExtraCharge {
  std::string title;
  Money amount;
  Rate tax_rate;
  TaxKey tax_key = {};
  Taxed taxed() const { return {tax_rate, tax_key}; }
  friend bool operator==(const ExtraCharge&, const ExtraCharge&) = default;
};

struct TimelineEntry {
  Instant at;
  std::string kind;  // a text key: "order placed", "payment received"
  std::string detail;
  std::string actor;  // cashier, "shop", "till"
  friend bool operator==(const TimelineEntry&, const TimelineEntry&) = default;
};

struct Address {
  std::string name, company, street, extra, postcode, city, region, country, phone;
  bool is_known() const { return !street.empty() || !city.empty(); }
  friend bool operator==(const Address&, const Address&) = default;
};

// How the goods reach the customer. Pick-up orders are never fulfilled by a rule.
enum class Delivery { counter, shipping, pickup, digital };
template <>
inline constexpr int stored_count<Delivery> = 1 + static_cast<int>(Delivery::digital);

struct LineQuantity {
  LineId line;
  Quantity quantity;
  friend bool operator==(const LineQuantity&, const LineQuantity&) = default;
};

// Goods that left, or lie ready to be picked up: one parcel, one hand-over.
enum class FulfilmentState { ready, done, cancelled };
template <>
inline constexpr int stored_count<FulfilmentState> = 1 +
                                                     static_cast<int>(FulfilmentState::cancelled);
struct Fulfilment {
  FulfilmentId id;
  FulfilmentState state = FulfilmentState::done;
  std::vector<LineQuantity> lines;
  std::string carrier;
  std::string tracking_number;  // several are separated by ", "
  std::string tracking_url;     // several are a line each
  bool notify_customer = false;
  Instant at;
  std::int64_t version = 0;  // of the order that it makes
  std::string upstream_id;   // the platform's name for it; empty: it has none yet
  friend bool operator==(const Fulfilment&, const Fulfilment&) = default;
};

// Money and goods back against an order. The money itself is in the order's
// payments (kind refund), which name this refund's payments as `original`.
struct RefundedLine {
  LineId line;
  Quantity quantity;
  Money amount;
  bool restock = false;  // the goods go back to the shelf
  bool damaged = false;  // or are counted as what nobody can sell
  friend bool operator==(const RefundedLine&, const RefundedLine&) = default;
};
struct Refund {
  RefundId id;
  std::vector<RefundedLine> lines;  // empty: an amount without goods
  std::vector<TransactionId> payments;
  Money amount;
  std::string reason;
  Instant at;
  std::int64_t version = 0;
  std::string upstream_id;
  Money rounding;        // what coins made of `amount`, in no tax: goods for 12.32, 12.30 in cash
  std::string approver;  // the manager whose PIN allowed it; empty: nobody was asked
  // What the goods, the shipping and whatever else came back were worth.
  Money worth() const { return amount - rounding; }
  friend bool operator==(const Refund&, const Refund&) = default;
};

// `training`: rung up to learn the till. It is never placed, its version stays 0, and so no
// list, sum or rule knows of it; only its receipts do.
enum class Stage { draft, parked, open, archived, cancelled, training };

struct Order {
  OrderId id;
  std::int64_t row = 0;  // in the store; 0: not stored
  std::string number;    // "T1-000123", or that of the upstream
  std::string channel;   // "till", "online", or the name of a marketplace
  Stage stage = Stage::draft;
  TaxMode tax_mode = TaxMode::included;
  Currency currency = eur;
  Customer customer;
  std::vector<LineItem> lines;
  std::vector<VoidedLine> voided;
  std::vector<ReturnLine> returns;  // what came back over the counter with this sale
  std::vector<ExtraCharge> extras;
  std::optional<Discount> discount;
  Money cash_rounding;  // set when a cash tender completed the order; its own amount
  Money credited;       // by the platform without goods: what the order costs less for it
  std::vector<Payment> payments;
  std::vector<Fulfilment> fulfilments;
  std::vector<Refund> refunds;
  Delivery delivery = Delivery::counter;
  Address address;
  std::vector<TimelineEntry> timeline;
  std::string note;
  std::string cashier;
  std::string fulfilment;        // upstream's own word where there is one
  std::string upstream_payment;  // the same for the payment status
  std::string upstream_id;       // the platform's id of this order; empty: not there yet
  std::string upstream_number;   // what the platform calls it on its own pages
  bool is_new = false;           // online order that nobody has opened yet
  bool goods_along = false;      // before all was paid: what is left is owed for them
  bool customer_edited = false;  // here, so that what upstream says of it no longer counts
  std::string attention;         // what is wrong with it, as a text key; empty: nothing
  Instant created;
  Instant placed;
  std::int64_t version = 0;  // 0 while a draft; 1 when placed; grows with every change
  friend bool operator==(const Order&, const Order&) = default;
};

// The eight words of Shopify. Another word from upstream is kept as text.
enum class PaymentStatus {
  pending,
  authorized,
  partially_paid,
  paid,
  partially_refunded,
  refunded,
  voided,
  expired
};
std::string_view word(PaymentStatus status);  // "partially_paid"
std::string_view word(Tender tender);
std::string_view word(Stage stage);
std::string_view word(TransactionKind kind);
std::string_view word(TransactionState state);
std::string_view word(Delivery delivery);      // "counter", "shipping", "pickup", "digital"
std::string_view word(FulfilmentState state);  // "ready", "done", "cancelled"

// Whether a payment succeeded and was not taken back before the order was placed.
bool stands(const Order& order, const Payment& payment);
// What the goods that came back with this sale give, and what was handed out for them. The
// rest has paid for what is sold.
Money returned_worth(const Order& order);
Money paid_out_sum(const Order& order);
// What its payments brought, less what they handed out.
Money tendered_sum(const Order& order);
// Whether any payment of it stands.
bool has_tenders(const Order& order);
// What was received: sales and captures that succeeded, and goods in exchange.
Money received_sum(const Order& order);
// What was given back, by whomever.
Money refunded_sum(const Order& order);
// What has been received and kept.
Money paid_sum(const Order& order);
// What the customer still owes of `total`: never below zero, and never what was
// given back. Authorized money is owed until it is captured.
Money still_owed(const Order& order, Money total);
// What of the money that was received can still be given back.
Money refundable_sum(const Order& order);
// The cash rounding of the sale that its refunds have not given back yet.
Money open_rounding(const Order& order);
// The derived payment status for an order whose total is `total`.
PaymentStatus payment_status(const Order& order, Money total);
// The word to show and filter by: upstream's own if it sent one, else derived.
std::string payment_word(const Order& order, Money total);
std::string fulfilment_word(const Order& order);

// How much of a line left in parcels that stand.
Quantity fulfilled_quantity(const Order& order, const LineItem& line);
// How much of a line came back: by the platform's word, and by refunds that it does
// not know of yet.
Quantity returned_quantity(const Order& order, const LineItem& line);
// How much of a line is still to leave: what was refunded before it left stays.
Quantity open_quantity(const Order& order, const LineItem& line);
// The lines with their open quantities; empty: everything has left.
std::vector<LineQuantity> open_lines(const Order& order);
// How much of a line can still be refunded.
Quantity refundable_quantity(const Order& order, const LineItem& line);

// Money that is authorized and neither taken nor released.
Money capturable_sum(const Order& order);
// The authorization that money is taken from next; nullptr: there is none.
const Payment* open_authorization(const Order& order);
// When the first open authorization lapses; 0: none does, or it is not known.
Instant authorization_expiry(const Order& order);
// This long before an authorization lapses the merchant is warned.
inline constexpr std::chrono::hours expiry_warning{48};
inline bool is_expiring(Instant expires, Instant now) {
  return expires != Instant{} && expires - expiry_warning <= now;
}
// The label of the void that says that an authorization lapsed.
inline constexpr std::string_view lapsed_label = "expired";

// The order as it stood at `version`: later payments left out.
Order as_of(const Order& order, std::int64_t version);

// Number of pieces, a weighed line counting as one.
std::int64_t piece_count(const Order& order);
// The same of what comes back with it.
std::int64_t returned_piece_count(const Order& order);

}  // namespace core
