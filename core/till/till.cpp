#include "core/till/till.h"

#include <fmt/format.h>

#include <utility>

#include "core/orders/account.h"
#include "core/orders/receipt.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "core/store/signing_store.h"
#include "core/tax/country.h"
#include "core/vouchers/voucher.h"

namespace core {

Refusal refuse(std::string_view text, std::string_view detail, RefusalKind kind) {
  return {kind, std::string(text), std::string(detail)};
}

namespace {

// Whether the approver of this command may do it by right.
bool approves(const Till& till, Permission permission) {
  return till.approver &&
         allowed(role_of(till.roles, till.approver->role), permission) == Allowed::yes;
}

}  // namespace

std::optional<Refusal> forbidden(const Till& till, Permission permission) {
  if (till.staff.empty()) return {};
  if (!till.cashier) return refuse("Please sign in first.", "", RefusalKind::not_allowed);
  switch (allowed(role_of(till.roles, till.cashier->role), permission)) {
    case Allowed::yes:
      return {};
    case Allowed::with_approval:
      if (approves(till, permission)) return {};
      return refuse("This needs approval.", word(permission), RefusalKind::needs_approval);
    case Allowed::no:
      break;
  }
  return refuse("You may not do this.", word(permission), RefusalKind::not_allowed);
}

std::optional<Refusal> beyond_limit(const Till& till,
                                    std::optional<std::int64_t> RoleLimits::*limit,
                                    std::int64_t wanted, Permission permission) {
  if (!till.cashier) return {};
  const auto own = role_of(till.roles, till.cashier->role).limits.*limit;
  if (!own || wanted <= *own) return {};
  if (approves(till, permission)) {
    const auto theirs = role_of(till.roles, till.approver->role).limits.*limit;
    if (!theirs || wanted <= *theirs) return {};
  }
  return refuse("This is above your limit and needs approval.", word(permission),
                RefusalKind::needs_approval);
}

bool may_see_reports(const Till& till) {
  return !forbidden(till, Permission::see_reports) || (till.cashier && till.reports_are_open);
}

Work::~Work() {
  transaction_.reset();
  if (noted_) till_.journal.forget();
}

void Work::note(std::string_view kind, std::string_view subject, std::string_view content) {
  std::string who = till_.actor();
  if (till_.approver) who += fmt::format(" (approved by {})", till_.approver->name);
  const bool is_told_apart = till_.is_practice && kind != "receipt";
  const std::string practised = is_told_apart ? fmt::format("training: {}", kind) : "";
  till_.journal.append({till_.now(), who, is_told_apart ? practised : kind, subject, content});
  noted_ = true;
}

void Work::note(Receipt& receipt) {
  note(receipt, canonical_text(receipt));
}

void Work::note(Receipt& receipt, std::string_view text) {
  note("receipt", receipt.code, text);
  receipt.journal_entry = till_.journal.last_seq();
  receipt.journal_hash = till_.journal.last_hash();
}

std::optional<Refusal> Work::commit() {
  const auto committed = transaction_->commit();
  ++till_.revision;
  if (committed) {
    noted_ = false;
    if (shift_) till_.shift = std::move(*shift_);
    till_.not_saved.reset();
    till_.is_unclear = false;
    return {};
  }
  till_.not_saved = in_words(committed.error());
  till_.is_unclear = committed.error().fault == StoreFault::unclear;
  if (till_.is_unclear) {
    return refuse(
        "It is unclear whether this was saved. What is still open here once the disk "
        "works again was not.",
        *till_.not_saved, RefusalKind::not_saved);
  }
  return refuse("Not saved. Nothing was changed.", *till_.not_saved, RefusalKind::not_saved);
}

// Looked up once in a quarter of an hour: every zone of the world is a multiple
// of that from UTC, so no day begins within one.
const std::string& today(Till& till) {
  const auto quarter = std::chrono::floor<std::chrono::minutes>(till.now().time_since_epoch()) / 15;
  Till::Day& day = till.day;
  if (day.date.empty() || day.quarter != quarter.count() ||
      day.zone != till.settings.shop.time_zone) {
    const LocalTime local = local_time(till.now(), till.settings.shop.time_zone);
    day = {quarter.count(), till.settings.shop.time_zone,
           fmt::format("{:04}-{:02}-{:02}", local.year, local.month, local.day)};
  }
  return day.date;
}

Order cart_copy(Till& till) {
  if (till.draft) return *till.draft;
  Order order;
  order.channel = "till";
  order.tax_mode = till.settings.money.tax_mode;
  order.currency = till.settings.shop.currency;
  order.cash_rounding = {0, order.currency};
  return order;
}

void keep_cart(Till& till, Order order) {
  const bool is_asked = till.attempt && till.attempt->kind == CardKind::sale;
  if (is_asked && till.draft && owed(order) != owed(*till.draft)) {
    till.attempt.reset();
  }
  till.draft = std::move(order);
}

std::optional<Refusal> cart_is_fixed(const Till& till) {
  if (till.attempt && holds_order(till.attempt->phase)) {
    return refuse("A card payment is not settled yet.");
  }
  if (till.collecting) return refuse("Finish collecting this payment first.");
  if (till.draft && has_tenders(*till.draft)) {
    return refuse("Part of it is paid already: finish it, or take the payment back first.");
  }
  return {};
}

std::optional<Refusal> cart_is_tied(const Till& till) {
  auto fixed = cart_is_fixed(till);
  const bool is_held = till.attempt && holds_order(till.attempt->phase);
  if (!fixed || is_held || till.collecting || !till.draft) return fixed;
  if (tendered_sum(*till.draft) == voucher_part(*till.draft)) return {};
  return fixed;
}

void tell_refund(Till& till, DoneRefund refund) {
  refund.count = till.refunded ? till.refunded->count + 1 : 1;
  till.refunded = std::move(refund);
}

bool is_too_large(const Order& order) {
  std::int64_t sum = 0;
  for (const LineItem& line : order.lines) {
    sum += price_of(line.unit_price, line.quantity).minor;
    if (sum > largest_minor) return true;
  }
  return false;
}

void begin_if_new(Till& till, Order& order) {
  if (order.row) return;
  order.id = {till.ids.next(till.now())};
  order.number =
      fmt::format("{}-{:06}", till.settings.till.id, next_number(till.database, "orders"));
  order.created = till.now();
  order.cashier = till.actor();
  insert_order(till.database, order);
  name_draft(till.database, order);
}

std::optional<Refusal> needs_device(const Till& till) {
  if (country_from(till.settings.shop.country) != Country::germany) return {};
  if (till.settings.fiscal.device == "none") {
    return refuse(
        "Germany asks for a security device (TSE), and none is set up. Set one up under "
        "Settings, Fiscal.");
  }
  // The software device is made by the till itself, and cannot be out of reach.
  if (!till.signing.device && till.settings.fiscal.device != "software") {
    return refuse(
        "The security device (TSE) was never reached. Finish setting it up under Settings, "
        "Fiscal.");
  }
  return {};
}

std::optional<Refusal> cannot_tender(const Till& till) {
  if (!till.has_order()) return refuse("There is nothing to pay.");
  if (till.attempt && holds_order(till.attempt->phase)) {
    return refuse("A card payment is not settled yet.");
  }
  if (const auto doubt = doubt_of(till); doubt && doubt->is_grave) {
    return refuse("The clock seems to be wrong. Set it, or say above that it is right.");
  }
  if (auto no = needs_device(till)) return no;
  return forbidden(till, Permission::sell);
}

namespace {

std::optional<DayDocument> day_document(Till& till, const Receipt& receipt,
                                        std::optional<DayDocument> document = {}) {
  if (!document) document = load_day_document(till.database, receipt);
  make_blind(document, till.settings.shift, receipt);
  return document;
}

}  // namespace

PrintSlip print_job(Till& till, const Receipt& receipt, SlipForm form,
                    std::optional<DayDocument> day) {
  PrintJob job;
  job.receipt_row = receipt.row;
  job.form = form;
  job.created = till.now();
  PrintSlip slip{insert_print_job(till.database, job), form, receipt};
  slip.day = day_document(till, receipt, std::move(day));
  slip.code = till.settings.fiscal.code;
  slip.logo = till.settings.till.logo;
  return slip;
}

PrintSlip slip_of(Till& till, const PrintJob& job, const Receipt& receipt) {
  const bool is_copy = job.repeated && job.form == SlipForm::original;
  return {job.row,
          is_copy ? SlipForm::copy : job.form,
          receipt,
          job.printer,
          job.repeated,
          day_document(till, receipt),
          till.settings.fiscal.code,
          till.settings.till.logo};
}

void hand_out(Till& till, PrintSlip slip, Effects& effects) {
  // Its turn comes with the signature, or with the outage that takes its place.
  if (awaits_signature(till.database, slip.receipt.row)) return;
  const auto waiting = waiting_print_jobs(till.database, 0, slips_at_once + 1);
  if (static_cast<std::int64_t>(waiting.size()) <= slips_at_once) {
    effects.push_back(std::move(slip));
  } else if (!till.slips_after) {
    till.slips_after = slip.job - 1;
  }
}

Effects next_slips(Till& till, std::int64_t most) {
  Effects effects;
  if (!till.slips_after) return effects;
  const auto jobs = waiting_print_jobs(till.database, *till.slips_after, most);
  for (const PrintJob& job : jobs) {
    till.slips_after = job.row;
    if (const auto receipt = load_receipt(till.database, job.receipt_row)) {
      effects.push_back(slip_of(till, job, *receipt));
    }
  }
  if (static_cast<std::int64_t>(jobs.size()) < most) till.slips_after.reset();
  return effects;
}

namespace {

std::string first_title(const Order& order) {
  if (!order.lines.empty()) return order.lines.front().title;
  return order.returns.empty() ? "" : order.returns.front().title;
}

}  // namespace

std::vector<ParkedOrder> load_parked(Database& database) {
  std::vector<std::int64_t> rows;
  auto query = database.query("SELECT row FROM orders WHERE stage = 'parked' ORDER BY row");
  while (query.next()) rows.push_back(query.integer(0));
  std::vector<ParkedOrder> parked;
  for (const std::int64_t row : rows) {
    const auto order = load_order(database, row);
    if (!order) continue;
    parked.push_back({order->id, order->number, order->customer.name, first_title(*order),
                      piece_count(*order) + returned_piece_count(*order),
                      price(*order).total - returned_worth(*order), order->created,
                      voucher_part(*order)});
  }
  return parked;
}

}  // namespace core
