// The journal: an append-only, hash-chained record of what happened at the
// till. Each entry's hash covers its content and the hash before it, so that a
// changed, removed or reordered entry is found by `verify_journal`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/money.h"
#include "core/reports/journal_search.h"
#include "core/store/anchor.h"
#include "core/store/database.h"

namespace core {

struct JournalEntry {
  Instant at;
  std::string_view actor;
  std::string_view kind;     // "receipt", "void line", "sign in", ...
  std::string_view subject;  // number of the order or receipt
  std::string_view content;
};

// Writes entries and knows the last hash. Lives on the register thread.
class Journal {
 public:
  explicit Journal(Database& database);
  // Inside a transaction; `forget` after one that failed.
  void append(const JournalEntry& entry);
  void forget();
  std::int64_t last_seq() const { return last_seq_; }
  const std::string& last_hash() const { return last_hash_; }

 private:
  Database& database_;
  std::string last_hash_;
  std::int64_t last_seq_ = 0;
};

std::vector<JournalRow> latest_entries(Database& database, std::int64_t limit);  // latest first

std::vector<JournalRow> find_entries(Database& database, const JournalSearch& search);
// How often each kind stands in it in that time, the commonest first: a day at a glance.
std::vector<JournalCount> count_entries(Database& database, Instant from, Instant until);
// And how many of them somebody approved.
std::int64_t count_approved(Database& database, Instant from, Instant until);

// Numbers of receipts that this store does not hold because it is an older copy,
// as the till wrote down when it found out.
struct JournalGap {
  std::int64_t seq = 0;  // the entry that says so
  Instant at;
  std::int64_t first = 0, last = 0;
};
// The `kind` of that entry, and its `subject` ("21-25").
inline constexpr std::string_view gap_kind = "older copy";
std::string gap_subject(std::int64_t first, std::int64_t last);

// A stretch of the journal: from behind one entry to another, with the receipts that
// were written in it, and orders that have none. `after` is a receipt's entry, or 0.
struct JournalPart {
  std::int64_t after = 0, last = 0;                  // entries
  std::int64_t after_receipt = 0, last_receipt = 0;  // their rows
  std::int64_t after_order = 0, last_order = 0;      // rows of orders
  friend bool operator==(const JournalPart&, const JournalPart&) = default;
};
JournalPart whole_journal(Database& database);
// The latest `entries`, or a few more.
JournalPart latest_part(Database& database, std::int64_t entries);
// Parts of about equal size that are the whole together, at most so many. Each may be
// verified on a connection of its own, at the same time.
std::vector<JournalPart> split(Database& database, const JournalPart& whole, std::int64_t parts);
// What verifying it costs, in the units that JournalTicks counts.
std::int64_t work_in(const JournalPart& part);
using JournalTicks = std::function<void(std::int64_t)>;  // so much more is done

struct JournalSound {
  std::int64_t entries = 0, receipts = 0;
  std::vector<JournalGap> gaps = {};
};
struct JournalBroken {
  std::int64_t seq = 0;
  std::string what;
};
// Walks the whole chain, of one state of the store whatever is written meanwhile;
// compares every receipt in the store with the text that was journalled for it and
// their numbers with an unbroken count, every placed order's sums with its lines and
// payments, and the end with what is known outside.
std::variant<JournalSound, JournalBroken> verify_journal(Database& database,
                                                         const std::vector<Anchor>& anchors = {});
// The same for a part: whoever has changed what lies before it is not found out.
std::variant<JournalSound, JournalBroken> verify_part(Database& database, const JournalPart& part,
                                                      const JournalTicks& ticks = {});
// Whether the store holds all of them, or has a reason on record. Nothing: it does.
std::optional<JournalBroken> verify_anchors(Database& database, const std::vector<Anchor>& anchors);

}  // namespace core
