#include "core/register.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/commands/all.h"
#include "core/commands/pins.h"
#include "core/commands/signing_steps.h"
#include "core/commands/training.h"
#include "core/orders/account.h"
#include "core/store/aside_store.h"
#include "core/store/customer_store.h"
#include "core/store/master_store.h"
#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "core/store/report_store.h"
#include "core/store/shift_store.h"
#include "core/store/signing_store.h"
#include "core/store/terminal_day_store.h"
#include "core/store/till_store.h"
#include "core/till/anchoring.h"
#include "core/till/till.h"

namespace core {

struct Register::Parts {
  StoreLock lock;
  Database database;
  IdSource ids;
  Till till;
  Anchoring anchoring;
  DaySums day_sums;
  Counts counts;
  std::uint64_t counted_at = 0;  // orders_revision of `counts`

  Parts(StoreLock taken, Database opened, const Clock& clock, const std::filesystem::path& folder)
      : lock(std::move(taken)),
        database(std::move(opened)),
        till(database, clock, ids),
        anchoring(folder) {}
};

namespace {

Stored<Done> make_folder(const std::filesystem::path& folder) {
  std::error_code fault;
  const bool made = std::filesystem::create_directories(folder, fault);
  if (fault) {
    const bool is_full = fault == std::errc::no_space_on_device;
    return tl::unexpected(StoreError{is_full ? StoreFault::full : StoreFault::unwritable,
                                     folder.string() + ": " + fault.message()});
  }
  if (!made) return Done{};
  ::chmod(folder.c_str(), 0700);
  // What will be in it is durable only with its own name.
  const auto parent = folder.has_parent_path() ? folder.parent_path() : std::filesystem::path(".");
  if (const int above = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); above >= 0) {
    ::fsync(above);
    ::close(above);
  }
  return Done{};
}

// Its order was parked, or left after part of it had been paid, to be cleared up later.
bool is_put_off(Till& till, const CardAttempt& attempt) {
  if (attempt.kind != CardKind::sale) return false;
  const auto order = find_order(till.database, attempt.order);
  return order && order->stage == Stage::parked;
}

// The till was stopped while the terminal was at work: what it did is unknown.
void doubt_open_attempts(Till& till) {
  for (CardAttempt& attempt : open_attempts(till.database)) {
    if (attempt.phase == CardPhase::requested) {
      attempt.phase = CardPhase::unknown;
      attempt.says = "the till was restarted before the terminal answered";
      Work work(till);
      work.note("card unknown", to_text(attempt.id), attempt.says);
      update_attempt(till.database, attempt);
      if (work.commit()) continue;
    }
    // Only one can be in hand; the others wait on their page.
    if (is_put_off(till, attempt) || till.attempt) {
      till.put_off.push_back(attempt);
    } else {
      till.attempt = attempt;
    }
  }
  if (till.attempt && till.attempt->kind != CardKind::sale) return;
  if (!till.attempt || (till.draft && till.draft->id == till.attempt->order)) return;
  till.collecting = find_order(till.database, till.attempt->order);
  till.collecting_since = till.now();
}

// The till was stopped while a slip was on its way: nobody knows whether it is
// on paper, so a person is asked.
void doubt_open_slips(Till& till) {
  for (const PrintJob& job : print_jobs_on_their_way(till.database)) {
    Work work(till);
    work.note("slip unsure", std::to_string(job.row), "the till was restarted");
    set_print_state(till.database, job.row, PrintState::unsure,
                    "The till was restarted while this was printed.");
    [[maybe_unused]] const auto failed = work.commit();
  }
}

// What the till signs with, and what the device knows it by.
void set_up_signing(Till& till) {
  till.signing.client = till_serial(till.database);
  till.signing.device = signing_device(till.database);
  know_outages(till);
}

// What was queued while the clock was ahead would wait for that time to come.
void free_what_waits_too_long(Till& till) {
  constexpr std::chrono::hours longest_wait{24};
  if (!waits_beyond(till.database, till.now() + longest_wait)) return;
  Work work(till);
  make_outbox_due(till.database, till.now());
  [[maybe_unused]] const auto failed = work.commit();
}

Counts count(Database& database, Instant now) {
  Counts counts;
  auto expiring = database.query("SELECT count(*) FROM orders WHERE expires > 0 AND expires <= ?");
  expiring.with(now + expiry_warning);
  if (expiring.next()) counts.expiring = expiring.integer(0);
  auto fresh = database.query("SELECT count(*) FROM orders WHERE is_new = 1");
  if (fresh.next()) counts.new_orders = fresh.integer(0);
  const OutboxCounts outbox = outbox_counts(database);
  counts.outbox_waiting = outbox.waiting;
  counts.outbox_stuck = outbox.stuck;
  OpenPrints prints = count_open_prints(database);
  counts.prints_waiting = prints.count;
  counts.print_trouble = std::move(prints.reason);
  counts.put_aside = count_put_aside(database);
  if (counts.put_aside > 0) counts.aside_name = put_aside(database, 1).front().what.name;
  counts.has_articles = database.query("SELECT 1 FROM variants LIMIT 1").next();
  counts.has_shifts = database.query("SELECT 1 FROM shifts LIMIT 1").next();
  return counts;
}

// Above the limit an invoice names the customer: whoever buys at the counter and has left
// no address is asked for one, once.
bool asks_for_address(const Till& till, Money total) {
  const std::int64_t limit = till.settings.receipts.invoice_above;
  if (till.training || limit == 0 || !till.has_order() || total.minor <= limit) return false;
  const Order& order = till.in_hand();
  if (order.channel != "till" || till.without_address == order.id) return false;
  return !invoice_of(till.database, order).is_known();
}

// Copies how often what was sold to the catalogue; a store that cannot be
// written keeps it for the next rest.
void note_sales(Till& till) {
  if (till.sold.empty()) return;
  Transaction transaction(till.database);
  for (const auto& [variant, times] : till.sold) note_sold(till.database, {variant}, times);
  if (transaction.commit()) {
    till.sold.clear();
  } else {
    till.database.forget_error();
  }
}

// How far slip, mail and push of the last sale have got.
DoneSale with_states(Database& database, const LastSale& last) {
  DoneSale sale = last.sale;
  if (const auto job = load_print_job(database, last.print_job)) {
    sale.print_state = word(job->state);
  }
  if (const auto row = load_outbox(database, last.mail_row)) sale.mail_state = word(row->state);
  if (const auto row = load_outbox(database, last.push_row)) sale.push_state = word(row->state);
  if (const auto signing = signing_of_receipt(database, last.receipt_row)) {
    sale.signing_state = signing->outage           ? "missed"
                         : holds_receipt(*signing) ? "waiting"
                                                   : "signed";
  }
  return sale;
}

}  // namespace

Stored<std::unique_ptr<Register>> Register::open(const RegisterOptions& options,
                                                 const Clock& clock) {
  if (auto made = make_folder(options.folder); !made) return tl::unexpected(made.error());
  auto lock = StoreLock::take(options.folder);
  if (!lock) return tl::unexpected(lock.error());
  auto database = Database::open(options.folder / "till.db", Access::write, options.durability);
  if (!database) return tl::unexpected(database.error());
  auto parts =
      std::make_unique<Parts>(std::move(*lock), std::move(*database), clock, options.folder);
  Till& till = parts->till;
  till.settings = load_settings(till.database);
  for (const SettingEntry& entry : options.fixed_settings) {
    if (auto applied = apply(till.settings, entry.key, entry.value); !applied) {
      return tl::unexpected(StoreError{StoreFault::unwritable, applied.error()});
    }
  }
  if (auto failed = parts->anchoring.compare(till)) {
    return tl::unexpected(StoreError{StoreFault::unwritable, failed->detail});
  }
  till.training = is_training(till.database);
  till.roles = load_roles(till.database);
  till.staff = load_staff(till.database);
  till.pins = load_pin_records(till.database);
  till.clock_witnesses.last_receipt = last_trusted_receipt(till.database);
  till.draft = load_draft(till.database);
  till.parked = load_parked(till.database);
  till.shift = open_shift(till.database);
  if (till.shift) till.terminal_day = terminal_day_of(till.database, till.shift->row);
  doubt_open_attempts(till);
  doubt_open_slips(till);
  free_what_waits_too_long(till);
  set_up_signing(till);
  // What changed while the till was off.
  [[maybe_unused]] const auto turned = carry_out(till, TurnPrices{});
  if (!till.database.ok()) return tl::unexpected(*till.database.error());
  return std::unique_ptr<Register>(new Register(std::move(parts)));
}

Register::Register(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Register::~Register() {
  note_sales(parts_->till);
  parts_->anchoring.keep(parts_->till);
}

Effects Register::resume() {
  Till& till = parts_->till;
  Effects effects = next_slips(till, slips_at_once);
  if (till.attempt && till.attempt->phase == CardPhase::unknown) {
    effects.push_back(question_about(till, *till.attempt));
  }
  for (const CardAttempt& put_off : till.put_off) effects.push_back(question_about(till, put_off));
  for (TerminalSlip& slip : open_terminal_slips(till.database)) {
    effects.push_back(PrintTerminalSlip{std::move(slip)});
  }
  effects.push_back(WakeSync{});
  return effects;
}

Handled Register::handle(const Command& command, std::string_view approval) {
  Till& till = parts_->till;
  const OneState state(till.database);
  till.approver.reset();
  if (!approval.empty()) {
    auto who = approver(till, approval);
    if (!who) return tl::unexpected(who.error());
    till.approver = std::move(*who);
  }
  auto handled = till.training
                     ? handle_in_training(till, command)
                     : command.visit([&](const auto& said) { return carry_out(till, said); });
  till.approver.reset();
  return handled;
}

Snapshot Register::snapshot() {
  const Till& till = parts_->till;
  const OneState state(parts_->database);
  if (parts_->counted_at != till.orders_revision) {
    parts_->counts = count(parts_->database, till.now());
    parts_->counted_at = till.orders_revision;
  }
  Snapshot now;
  now.revision = till.revision;
  now.orders_revision = till.orders_revision;
  now.settings = till.settings;
  now.staff = till.staff;
  now.roles = till.roles;
  now.cashier = till.cashier;
  now.needs_sign_in = !till.staff.empty() && !till.cashier;
  now.may_see_reports = may_see_reports(till);
  now.training = till.training;
  now.pins = till.pins;
  const ApprovalLock lock = approval_lock(till);
  now.wrong_pins = lock.wrong;
  now.locked_until = lock.locked_until;
  now.guesses = guesses_to_tell(till);
  now.clock_doubt = doubt_of(till);
  now.collecting = till.collecting.has_value();
  if (till.collecting) {
    now.order = *till.collecting;
  } else if (till.draft) {
    now.order = *till.draft;
  } else {
    now.order.currency = till.settings.shop.currency;
  }
  now.totals = price(now.order);
  now.asks_for_address = asks_for_address(till, now.totals.total);
  now.paid = now.order.returns.empty() ? paid_sum(now.order) : tendered_sum(now.order);
  now.due = owed(now.order, now.totals.total);
  now.last_line = till.last_line;
  // A card that was declined is told of while its order is in hand: the next
  // one is not greeted by it.
  const bool is_over = till.attempt && till.attempt->kind == CardKind::sale &&
                       !holds_order(till.attempt->phase) && till.attempt->order != now.order.id;
  if (!is_over) now.attempt = till.attempt;
  now.put_off = till.put_off;
  now.parked = till.parked;
  if (till.last) now.done = with_states(parts_->database, *till.last);
  now.refunded = till.refunded;
  now.shift = till.shift;
  const auto no_device = needs_device(till);
  now.signing = {signs(till),           no_device ? no_device->text : "",
                 till.signing.client,   till.signing.device,
                 till.signing.stranger, till.signing.outage,
                 till.signing.outages};
  now.terminal_day = till.terminal_day;
  now.counts = parts_->counts;
  now.arrivals = till.arrivals;
  now.bulk = till.bulk;
  now.not_saved = till.not_saved;
  now.is_unclear = till.is_unclear;
  return now;
}

std::uint64_t Register::revision() const {
  return parts_->till.revision;
}
Result<ImportOutcome, Refusal> Register::import(ImportSource source, ImportOptions options) {
  Till& till = parts_->till;
  source.rates = till.settings.money.rates;
  if (!options.dry_run) {
    if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  }
  options.note = [&](const ImportOutcome& outcome) {
    const std::string content = fmt::format("{} new, {} updated, {} removed", outcome.created,
                                            outcome.updated, outcome.removed);
    till.journal.append({till.now(), till.actor(), "products imported", source.file, content});
  };
  auto outcome = import_catalogue(till.database, source, options);
  if (!outcome || !outcome->stored) till.journal.forget();
  if (outcome && outcome->stored) {
    ++till.revision;
    ++till.orders_revision;
  }
  if (outcome) return std::move(*outcome);
  return tl::unexpected(refuse(in_words(outcome.error()), "", RefusalKind::not_saved));
}

Database& Register::database() {
  return parts_->database;
}
bool Register::rest() {
  Till& till = parts_->till;
  if (till.not_saved) {
    if (!till.database.works_again()) return false;
    till.not_saved.reset();
    till.is_unclear = false;
    ++till.revision;
  }
  note_sales(till);
  const bool has_made = parts_->day_sums.make_one(till.database, day_rule(till.settings),
                                                  till.settings.shop.currency, till.now());
  parts_->database.checkpoint();
  parts_->anchoring.keep(till);
  return !has_made;
}

}  // namespace core
