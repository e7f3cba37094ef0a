#include "core/commands/pins.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/catalogue/gs1.h"
#include "core/commands/all.h"
#include "core/store/till_store.h"

namespace core {

namespace {

Refusal locked() {
  return refuse("Too many wrong PINs. Please wait a moment.");
}

bool is_locked(const Till& till, std::int64_t cashier) {
  return locked_for(record_of(till.pins, cashier), till.now()).count() > 0;
}

// Wrong ones at approvals since the last right one; on disk, as the records are.
int wrong_approvals(Database& database) {
  auto query = database.query("SELECT value FROM counters WHERE name = 'wrong approvals'");
  return query.next() ? query.small(0) : 0;
}

void set_wrong_approvals(Database& database, int count) {
  database
      .query(
          "INSERT INTO counters (name, value) VALUES ('wrong approvals', ?) ON CONFLICT DO UPDATE "
          "SET value = "
          "excluded.value")
      .with(count)
      .run();
}

// Whatever becomes of the commit it counts: a disk that is full is no free guess.
std::optional<Refusal> count_wrong(Till& till, Work& work, const std::vector<Cashier>& whose) {
  for (const Cashier& who : whose) {
    const PinRecord record = with_wrong_pin(record_of(till.pins, who.row), till.now());
    save_pin_record(till.database, record);
    keep_record(till, record);
  }
  if (auto failed = work.commit()) return failed;
  return refuse("This PIN is not right.");
}

bool may_approve(const Till& till, const Cashier& cashier) {
  return allowed(role_of(till.roles, cashier.role), Permission::approve) == Allowed::yes;
}

// What approves is a PIN, or the code of a badge: they never look alike.
bool is_theirs(Till& till, const Cashier& who, std::string_view proof) {
  if (is_pin(proof)) return pin_matches(proof, pin_hash_of(till.database, who.row));
  const std::string_view code = without_symbology(trim(proof));
  return who.has_badge && pin_matches(code, badge_hash_of(till.database, who.row));
}

// The right one proves that those before it were typed wrong, by somebody who knows it.
std::optional<Refusal> forgive(Till& till, const Cashier& approver, int typed) {
  if (typed == 0 && record_of(till.pins, approver.row).wrong == 0) return {};
  Work work(till);
  std::vector<PinRecord> records;
  for (const Cashier& who : till.staff) {
    if (!may_approve(till, who)) continue;
    const PinRecord record = record_of(till.pins, who.row);
    records.push_back(who.row == approver.row ? with_right_pin(record)
                                              : without_typing(record, typed));
    save_pin_record(till.database, records.back());
  }
  set_wrong_approvals(till.database, 0);
  if (auto failed = work.commit()) return failed;
  for (const PinRecord& record : records) keep_record(till, record);
  return {};
}

}  // namespace

void keep_record(Till& till, const PinRecord& record) {
  const auto at = std::ranges::find(till.pins, record.cashier, &PinRecord::cashier);
  if (at == till.pins.end()) {
    till.pins.push_back(record);
  } else {
    *at = record;
  }
}

std::optional<Refusal> wrong_pin(Till& till, const Cashier& who, std::string_view pin) {
  if (is_locked(till, who.row)) return locked();
  if (pin_matches(pin, pin_hash_of(till.database, who.row))) return {};
  Work work(till);
  work.note("wrong PIN", who.name, "sign in");
  return count_wrong(till, work, {who});
}

const Cashier* find_by_badge(Till& till, std::string_view scanned) {
  const std::string_view code = without_symbology(trim(scanned));
  if (!is_badge_code(code)) return nullptr;
  const auto found = std::ranges::find_if(till.staff, [&](const Cashier& who) {
    return who.has_badge && pin_matches(code, badge_hash_of(till.database, who.row));
  });
  return found == till.staff.end() ? nullptr : &*found;
}

PinRecord forget_wrong_pins(Till& till, std::int64_t cashier) {
  const PinRecord before = record_of(till.pins, cashier);
  const PinRecord record = with_right_pin(before);
  if (record != before) save_pin_record(till.database, record);
  return record;
}

Result<Cashier, Refusal> approver(Till& till, std::string_view proof) {
  std::vector<Cashier> tried;
  for (const Cashier& who : till.staff) {
    if (may_approve(till, who) && !is_locked(till, who.row)) tried.push_back(who);
  }
  const bool has_any =
      std::ranges::any_of(till.staff, [&](const Cashier& who) { return may_approve(till, who); });
  if (tried.empty()) {
    return tl::unexpected(has_any ? locked() : refuse("This PIN is not right."));
  }
  const int wrong = wrong_approvals(till.database);
  for (const Cashier& who : tried) {
    if (!is_theirs(till, who, proof)) continue;
    if (auto failed = forgive(till, who, wrong)) return tl::unexpected(*failed);
    return who;
  }
  Work work(till);
  work.note("wrong PIN", "approval", fmt::format("tried on {} managers", tried.size()));
  set_wrong_approvals(till.database, wrong + 1);
  return tl::unexpected(*count_wrong(till, work, tried));
}

ApprovalLock approval_lock(const Till& till) {
  std::optional<ApprovalLock> first;
  for (const Cashier& who : till.staff) {
    if (!may_approve(till, who)) continue;
    const PinRecord record = record_of(till.pins, who.row);
    const auto left = locked_for(record, till.now());
    const ApprovalLock lock{left.count() > 0 ? till.now() + left : Instant{}, record.wrong};
    if (!first || lock.locked_until < first->locked_until) first = lock;
  }
  return first.value_or(ApprovalLock{});
}

std::vector<PinGuesses> guesses_to_tell(const Till& till) {
  std::vector<PinGuesses> all;
  if (!till.cashier || forbidden(till, Permission::change_settings)) return all;
  for (const Cashier& who : till.staff) {
    const PinRecord record = record_of(till.pins, who.row);
    if (record.guesses > 0) all.push_back({who.name, record.guesses, record.last_guess});
  }
  return all;
}

Handled carry_out(Till& till, const NoteGuesses&) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  Work work(till);
  std::vector<PinRecord> records;
  for (PinRecord record : till.pins) {
    if (record.guesses == 0) continue;
    record.guesses = 0;
    save_pin_record(till.database, record);
    records.push_back(record);
  }
  if (records.empty()) return Effects{};
  work.note("wrong PINs seen", till.actor());
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  for (const PinRecord& record : records) keep_record(till, record);
  return Effects{};
}

}  // namespace core
