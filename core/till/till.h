// What the register knows between two commands, and the steps that its commands
// share. Lives on the register thread; commands in core/commands/ are its only
// friends. A command copies what it changes, writes it in one transaction, and
// keeps the copy only when the commit has worked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/clock_doubt.h"
#include "core/base/ids.h"
#include "core/cards/day_end.h"
#include "core/effects.h"
#include "core/fiscal/signing.h"
#include "core/orders/order.h"
#include "core/orders/pricing.h"
#include "core/settings/settings.h"
#include "core/shift/shift.h"
#include "core/snapshot.h"
#include "core/staff/pin_record.h"
#include "core/staff/role.h"
#include "core/staff/staff.h"
#include "core/store/database.h"
#include "core/store/journal.h"
#include "core/store/receipt_store.h"

namespace core {

// What has to be written again about the sale that was completed last.
struct LastSale {
  DoneSale sale;
  std::int64_t print_job = 0;  // rows; 0: none was asked for
  std::int64_t mail_row = 0;
  std::int64_t push_row = 0;
  std::int64_t receipt_row = 0;
};

// What the till signs with, where its country asks for it.
struct SigningDesk {
  std::string client;                          // the till's serial, as the device knows it
  std::optional<SigningDeviceFacts> device;    // that is in use; nothing: none was seen yet
  std::optional<SigningDeviceFacts> stranger;  // that answered in its place
  std::optional<SigningOutage> outage;         // that lasts
  std::vector<SigningOutage> outages;          // the latest first, a few
};

struct Till {
  Till(Database& store, const Clock& time, IdSource& identities)
      : database(store), clock(time), ids(identities), journal(store) {}

  Database& database;
  const Clock& clock;
  IdSource& ids;
  Journal journal;

  Settings settings;
  std::vector<Cashier> staff;
  std::vector<StaffRole> roles;
  std::optional<Cashier> cashier;
  std::optional<Cashier> approver;  // of the command in hand
  bool training = false;            // nothing that is rung up counts
  bool is_practice = false;         // the command in hand, which the journal tells apart
  bool reports_are_open = false;    // to who is signed in, by right or by approval
  std::vector<PinRecord> pins;      // of those who had a wrong one keyed in

  ClockWitnesses clock_witnesses;
  std::optional<ClockWitness> trusted_against;  // a person knew better than this one

  std::optional<Order> draft;       // the open cart
  std::optional<Order> collecting;  // a placed order whose rest is being paid
  Instant collecting_since;
  OrderId without_address;             // who buys it wanted no address on the receipt
  std::optional<CardAttempt> attempt;  // shown: open, or ended and not yet dismissed
  std::vector<CardAttempt> put_off;    // unknown, their orders parked or left
  SigningDesk signing;
  std::optional<LastSale> last;
  std::optional<DoneRefund> refunded;  // the last that was booked at this till
  std::optional<Shift> shift;          // that is not closed
  // What the terminal said at the end of its day, in this shift.
  std::optional<TerminalComparison> terminal_day;
  std::vector<ParkedOrder> parked;
  LineId last_line;
  Arrivals arrivals;
  std::optional<BulkResult> bulk;
  std::optional<std::string> not_saved;  // why the store is read-only
  bool is_unclear = false;               // and whether the last command is in it all the same
  std::uint64_t revision = 1;
  std::uint64_t orders_revision = 1;
  // Where many slips wait they are handed to the printers a few at a time: behind this
  // row none was yet. Nothing: all were.
  std::optional<std::int64_t> slips_after = 0;
  // How often variants were sold since the till last rested: what a plug that
  // is pulled may forget, kept off the commits of the sales.
  std::map<std::int64_t, std::int64_t> sold;

  // The date in the shop's zone, as it was looked up last.
  struct Day {
    std::int64_t quarter = 0;  // of an hour since 1970
    std::string zone;
    std::string date;
  };
  Day day;

  std::string actor() const { return cashier ? cashier->name : "till"; }
  std::int64_t cashier_number() const { return cashier ? cashier->row : 0; }
  Instant now() const { return clock.now(); }
  bool has_order() const {
    return collecting || (draft && !(draft->lines.empty() && draft->returns.empty()));
  }
  // The order that tenders go to; only where has_order().
  const Order& in_hand() const { return collecting ? *collecting : *draft; }
};

Refusal refuse(std::string_view text, std::string_view detail = "",
               RefusalKind kind = RefusalKind::rule);

// Nothing: the signed-in cashier (or the approver) may. A refusal: why not.
std::optional<Refusal> forbidden(const Till& till, Permission permission);

// Nothing: `wanted` is within the limit of whoever is signed in, or of the approver who
// has `permission` by right. A refusal: it needs approval.
std::optional<Refusal> beyond_limit(const Till& till,
                                    std::optional<std::int64_t> RoleLimits::*limit,
                                    std::int64_t wanted, Permission permission);

// Without asking again whoever let them in.
bool may_see_reports(const Till& till);

// A transaction of the register. `commit` gives the refusal to hand on; then
// nothing has changed (or, where it says so, that is not sure) and the store is
// read-only until it works again.
class Work {
 public:
  explicit Work(Till& till) : till_(till) { transaction_.emplace(till.database); }
  ~Work();
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  void note(std::string_view kind, std::string_view subject, std::string_view content = "");
  // A receipt that was just written; it learns where the journal carries it.
  void note(Receipt& receipt);
  void note(Receipt& receipt, std::string_view text);  // with what the journal is to say
  // What the till's shift is once this is committed; nothing: none is open.
  void keep_shift(std::optional<Shift> shift) { shift_ = std::move(shift); }
  std::optional<Refusal> commit();

 private:
  Till& till_;
  std::optional<Transaction> transaction_;
  bool noted_ = false;  // the journal has gone ahead of the store
  std::optional<std::optional<Shift>> shift_;
};

// The date in the shop's zone, "2026-11-21".
const std::string& today(Till& till);

// The open cart to change: a copy, or a new draft (not yet written; row 0).
Order cart_copy(Till& till);
// Why the lines of the cart cannot be changed now; nothing: they can.
std::optional<Refusal> cart_is_fixed(const Till& till);
// Why it can be neither parked nor voided; nothing: it can. What vouchers have paid of it
// they hold for it, or have back.
std::optional<Refusal> cart_is_tied(const Till& till);
// After the commit: the changed copy is the open cart. What a card was declined
// for is forgotten with the sum that it was asked for.
void keep_cart(Till& till, Order order);
// Whether the order has grown beyond what any order may cost.
bool is_too_large(const Order& order);
// Writes a new draft's row, with its number. Inside a transaction.
void begin_if_new(Till& till, Order& order);

// What was given back just now is what the screens tell of.
void tell_refund(Till& till, DoneRefund refund);

// Why the clock may be wrong, unless a person has said that it is right.
std::optional<ClockDoubt> doubt_of(const Till& till);

// Why nothing may be sold: the country asks for a security device, and there is none.
// Nothing: it may.
std::optional<Refusal> needs_device(const Till& till);

// Why the order in hand cannot be tendered now; nothing: it can.
std::optional<Refusal> cannot_tender(const Till& till);

// Writes a print job for a receipt and gives its effect. Inside a transaction. `day`: what a
// receipt of no order says, where that is known already.
PrintSlip print_job(Till& till, const Receipt& receipt, SlipForm form,
                    std::optional<DayDocument> day = {});

// The effect for a job. What may be on paper already is a copy.
PrintSlip slip_of(Till& till, const PrintJob& job, const Receipt& receipt);

// So many of the slips that wait are in the printers' hands at once. A slip is its whole
// receipt: a printer that is away all day must not cost memory for each sale.
constexpr std::int64_t slips_at_once = 50;

// Gives `slip` to its printer, or keeps it for later where so many wait there already.
void hand_out(Till& till, PrintSlip slip, Effects& effects);

// The effects for the next `most` slips that were not handed out yet.
Effects next_slips(Till& till, std::int64_t most);

std::vector<ParkedOrder> load_parked(Database& database);

}  // namespace core
