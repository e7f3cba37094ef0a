// The journal: an append-only, hash-chained record of what happened at the
// till. Each entry's hash covers its content and the hash before it, so that a
// changed, removed or reordered entry is found by `verify_journal`.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

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

 private:
  Database& database_;
  std::string last_hash_;
  std::int64_t last_seq_ = 0;
};

// An entry as it was read back.
struct JournalRow {
  std::int64_t seq = 0;
  Instant at;
  std::string actor, kind, subject, content;
};
std::vector<JournalRow> latest_entries(Database& database, std::int64_t limit);  // latest first

struct JournalSound {
  std::int64_t entries = 0, receipts = 0;
};
struct JournalBroken {
  std::int64_t seq = 0;
  std::string what;
};
// Walks the whole chain, and compares every receipt in the store with the text
// that was journalled for it, and their numbers with an unbroken count.
std::variant<JournalSound, JournalBroken> verify_journal(Database& database);

}  // namespace core
