// What the screens may show: an immutable copy, published by the register after
// every command. Lists that can be long (orders, products, outbox) are not
// here; screens ask the reader for a page of them when `revision` has grown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock_doubt.h"
#include "core/cards/card_attempt.h"
#include "core/cards/day_end.h"
#include "core/fiscal/signing.h"
#include "core/orders/order.h"
#include "core/orders/pricing.h"
#include "core/orders/receipt.h"
#include "core/orders/refund.h"
#include "core/settings/settings.h"
#include "core/shift/shift.h"
#include "core/staff/pin_record.h"
#include "core/staff/role.h"
#include "core/staff/staff.h"

namespace core {

struct ParkedOrder {
  OrderId id;
  std::string number;
  std::string customer;
  std::string first_item;
  std::int64_t pieces = 0;
  Money total;
  Instant since;
  Money held = {};  // on vouchers, for this cart
};

// The sale that was completed last, until the next one begins.
struct DoneSale {
  OrderId order;
  std::string number;
  Money total;
  Money paid_now;
  Money given;           // cash that was handed over; 0: none
  bool by_card = false;  // at least a part of it
  Money change;
  Money cash_back = {};  // handed out for goods that came back; above 0
  Money still_due;       // > 0: left partially paid
  Instant at;
  std::string email;
  bool print_asked = false;
  std::string print_state;  // waiting, sending, printed, sent, refused, unsure
  std::string mail_state;   // waiting, sending, done, refused, unclear
  std::string push_state;
  std::string signing_state;  // waiting, signed, missed; empty: no country asks for it
  std::vector<ReceiptVoucher> vouchers = {};  // sold, redeemed
};

// Money that was given back at this till last, since the start of the program.
struct DoneRefund {
  std::uint64_t count = 0;  // 1, 2, 3 ...: a screen that told of the last one has news
  OrderId order;
  std::string number;
  RefundNote note;
  std::string actor;
  bool is_asked = false;                      // of the platform, which has not confirmed it yet
  std::vector<ReceiptVoucher> vouchers = {};  // that a part of it went onto
};

struct Counts {
  std::int64_t new_orders = 0;
  std::int64_t expiring = 0;        // authorizations that lapse within two days
  std::int64_t outbox_waiting = 0;  // waiting, sending
  std::int64_t outbox_stuck = 0;    // refused, unclear
  std::int64_t prints_waiting = 0;  // waiting, sending, refused, unsure
  std::string print_trouble;        // why, in words
  std::int64_t put_aside = 0;       // came from outside and could not be taken
  std::string aside_name;           // the latest of them
  bool has_articles = false;
  bool has_shifts = false;  // one was ever opened
};

// An online order that came in while the till was running.
struct Arrival {
  OrderId order;
  std::string number;
  std::string customer;
  Money total;
};
// For toast and sound: a screen that saw a lower `count` before has news.
struct Arrivals {
  std::uint64_t count = 0;      // since the start of the program
  std::vector<Arrival> latest;  // the last of them, latest first; at most ten
};

// What became of the last BulkCommand.
struct BulkResult {
  std::uint64_t number = 0;  // 1, 2, 3 ... since the start of the program
  std::string verb;          // "capture", "fulfil", "archive"
  std::int64_t done = 0;
  std::int64_t refused = 0;
  std::string first_reason;  // of a refusal, a text key
  std::string first_order;   // its number
};

// Of the security device, where the country asks for one.
struct SigningView {
  bool is_wanted = false;         // the country asks for it
  std::string needs_device = {};  // why nothing may be sold, an English key
  std::string client = {};        // the till's serial
  std::optional<SigningDeviceFacts> device = {};
  std::optional<SigningDeviceFacts> stranger = {};  // that answers in its place
  std::optional<SigningOutage> outage = {};         // that lasts
  std::vector<SigningOutage> outages = {};          // the latest first, a few
};

struct Snapshot {
  std::uint64_t revision = 0;         // grows with every command that changed something
  std::uint64_t orders_revision = 0;  // grows when placed orders, outbox or prints changed
  Settings settings;
  std::vector<Cashier> staff;
  std::vector<StaffRole> roles = every_shops_roles();
  std::optional<Cashier> cashier;         // signed in
  bool needs_sign_in = false;             // there are cashiers and nobody is signed in
  bool training = false;                  // nothing that is rung up counts
  bool may_see_reports = false;           // by right, or let in by somebody who has it
  std::vector<PinRecord> pins;            // of those who had a wrong one keyed in
  int wrong_pins = 0;                     // at approvals, in a row
  Instant locked_until;                   // no approval is looked at before
  std::optional<ClockDoubt> clock_doubt;  // why the clock may be wrong
  std::vector<PinGuesses> guesses;        // to be told to the manager who is signed in

  // The order in hand: the open cart, or a placed order that is being collected.
  Order order;
  Totals totals;
  Money paid;
  Money due;
  bool collecting = false;
  bool asks_for_address = false;  // an invoice of it would name the customer: asked once
  LineId last_line;               // added or changed last
  std::optional<CardAttempt> attempt;
  std::vector<CardAttempt> put_off;  // unknown attempts whose orders are not in hand
  std::vector<ParkedOrder> parked;
  std::optional<DoneSale> done;
  std::optional<DoneRefund> refunded;
  std::optional<Shift> shift;  // that is not closed; nothing: the next receipt opens one
  SigningView signing;
  std::optional<TerminalComparison> terminal_day;  // of this shift; nothing: it was not asked
  Counts counts;
  Arrivals arrivals;
  std::optional<BulkResult> bulk;
  std::optional<std::string> not_saved;  // the store is read-only, and why
  bool is_unclear = false;               // whether the last command is in it all the same
};

// Card attempts whose outcome nobody knows: the one in hand first, then those that
// were put off, the oldest first.
std::vector<const CardAttempt*> unresolved_attempts(const Snapshot& till);

}  // namespace core
