// What an X or a Z report says: the sums of the receipts of a shift and the account of
// its drawer. Pure: receipts are added one by one. Turnover is what the tax lines say,
// without vouchers; turnover, vouchers, tips and rounding together are what the tenders
// brought, net of change.
#pragma once

#include <string>
#include <vector>

#include "core/cards/day_end.h"
#include "core/orders/case_lines.h"
#include "core/orders/receipt.h"
#include "core/shift/shift.h"

namespace core {

struct TenderSum {
  Tender tender = Tender::cash;
  std::string label;       // of another tender
  std::int64_t count = 0;  // payments and repayments
  Money taken;
  Money given_back;  // above 0
  Money net() const { return taken - given_back; }
  friend bool operator==(const TenderSum&, const TenderSum&) = default;
};

struct CashierSum {
  std::string cashier;
  std::int64_t sales = 0;
  Money turnover;  // less what was given back
  Money tips;
  friend bool operator==(const CashierSum&, const CashierSum&) = default;
};

// A cash movement with its receipt.
struct CashMoveRow {
  std::int64_t receipt = 0;  // row
  std::string code;
  CashMovement movement;
  Instant at;
  std::string cashier;
  friend bool operator==(const CashMoveRow&, const CashMoveRow&) = default;
};

// What happened beside the sales, as the journal counts it.
struct ShiftEvents {
  std::int64_t voided_lines = 0, voided_carts = 0, price_overrides = 0, no_sales = 0, reprints = 0,
               tenders_taken_back = 0;
  friend bool operator==(const ShiftEvents&, const ShiftEvents&) = default;
};

// What came in for vouchers and went out of them: owed to their holders, and no turnover.
struct VoucherFigures {
  Money sold;        // that are taxed when they are redeemed
  Money taken_back;  // of them, above 0
  Money redeemed;    // by those of every kind
  Money refunded;    // back onto them
  Money credit;      // issued for goods that came back
  Money prepaid;     // of what was redeemed: taxed when it was sold
  friend bool operator==(const VoucherFigures&, const VoucherFigures&) = default;
};

struct ShiftReport {
  Currency currency;
  std::int64_t first_receipt = 0, last_receipt = 0;  // rows; 0: there is none
  std::string first_code, last_code;
  std::int64_t sales = 0;      // receipts of the first payment of an order
  std::int64_t collected = 0;  // receipts of a later payment
  std::int64_t refunds = 0;
  std::int64_t corrections = 0;  // of tenders, which move no turnover
  std::int64_t trainings = 0;    // receipts of the training mode, which move nothing
  Money sold;                    // gross, before what was given back
  Money given_back;              // above 0
  Money deposits;                // given back for empties, above 0; no refund
  std::int64_t discounts = 0;    // orders with one
  Money discounted;              // above 0
  Money rounding;                // of cash, in no tax
  Money tips;                    // the staff's, in the tenders' sums
  VoucherFigures vouchers;
  std::vector<TenderSum> tenders;
  std::vector<TaxLine> taxes;  // net of refunds, by rate and key, the highest rate first
  std::vector<CaseSum> cases;  // of all receipts, tips and vouchers with them
  Money tendered;              // what the cases sum to: vouchers that are lines left out
  Money receivables;           // set for goods that went along (below 0), less those released
  std::vector<CashierSum> cashiers;
  std::vector<CashMoveRow> moves;
  ShiftEvents events;

  Money turnover() const { return sold - given_back - deposits; }
  // What the tenders brought beside turnover, receivables and rounding.
  Money for_vouchers() const { return vouchers.sold - vouchers.taken_back + vouchers.prepaid; }
  Money cash_sales() const;              // cash that came in and stayed
  Money cash_refunds() const;            // above 0
  Money moved(CashMoveKind kind) const;  // above 0, whichever way
  Money paid_in() const;                 // all kinds that come in but the float
  Money paid_out() const;                // all kinds that leave but drops
  Money drops() const;                   // to safe and bank before the closing
  // What should lie in the drawer of a shift that began with `opening`, before the drop
  // of its closing.
  Money expected(Money opening) const;
  friend bool operator==(const ShiftReport&, const ShiftReport&) = default;
};

ShiftReport empty_report(Currency currency);
// In the order of their numbers.
void add(ShiftReport& report, const Receipt& receipt);
void add(ShiftReport& report, const CashMoveRow& move);

// What the journal keeps of a cash movement, and of a report. The same for ever: what
// is learnt later begins a text with a new version.
std::string canonical_text(const Receipt& head, const CashMovement& movement);
std::string canonical_text(const Receipt& head, const Shift& shift, const ShiftReport& report);
// Behind that of a Z report before whose closing the terminal's day was closed.
std::string canonical_text(const TerminalComparison& comparison);

}  // namespace core
