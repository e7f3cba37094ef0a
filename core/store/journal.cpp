#include "core/store/journal.h"

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/store/receipt_store.h"

namespace core {

namespace {

// The hash of an entry covers the hash before it, and every field with its
// length, so that no text can pass from one field into the next.
std::string hash_of(std::string_view previous, std::int64_t seq, std::int64_t at,
                    std::string_view actor, std::string_view kind, std::string_view subject,
                    std::string_view content) {
  return sha256_hex(fmt::format("{}\n{}\n{}\n{}:{}\n{}:{}\n{}:{}\n{}:{}\n", previous, seq, at,
                                actor.size(), actor, kind.size(), kind, subject.size(), subject,
                                content.size(), content));
}

}  // namespace

Journal::Journal(Database& database) : database_(database) {
  forget();
}

void Journal::forget() {
  last_seq_ = 0;
  last_hash_.clear();
  auto query = database_.query("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
  if (!query.next()) return;
  last_seq_ = query.integer(0);
  last_hash_ = query.text(1);
}

void Journal::append(const JournalEntry& entry) {
  const std::int64_t at = entry.at.time_since_epoch().count();
  std::string hash =
      hash_of(last_hash_, last_seq_ + 1, at, entry.actor, entry.kind, entry.subject, entry.content);
  database_.query("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)")
      .with(last_seq_ + 1, at, entry.actor, entry.kind, entry.subject, entry.content, hash)
      .run();
  ++last_seq_;
  last_hash_ = std::move(hash);
}

std::vector<JournalRow> latest_entries(Database& database, std::int64_t limit) {
  auto query = database.query(
      "SELECT seq, at, actor, kind, subject, content FROM journal ORDER BY seq DESC LIMIT ?");
  query.with(limit);
  std::vector<JournalRow> rows;
  while (query.next()) {
    rows.push_back({query.integer(0), query.instant(1), query.text(2), query.text(3), query.text(4),
                    query.text(5)});
  }
  return rows;
}

namespace {

std::variant<JournalSound, JournalBroken> verify_chain(Database& database) {
  JournalSound sound;
  std::string previous;
  auto query = database.query(
      "SELECT seq, at, actor, kind, subject, content, hash FROM journal ORDER BY seq");
  while (query.next()) {
    const std::int64_t seq = query.integer(0);
    ++sound.entries;
    if (seq != sound.entries) {
      return JournalBroken{sound.entries,
                           fmt::format("entry {} is missing, {} follows", sound.entries, seq)};
    }
    const std::string hash = hash_of(previous, seq, query.integer(1), query.view(2), query.view(3),
                                     query.view(4), query.view(5));
    if (hash != query.view(6)) {
      return JournalBroken{
          seq, fmt::format("entry {} was changed ({} {})", seq, query.view(3), query.view(4))};
    }
    previous = hash;
  }
  if (!database.ok()) return JournalBroken{sound.entries, in_words(*database.error())};
  return sound;
}

// Every receipt must say what the journal says that it said.
std::optional<JournalBroken> verify_receipts(Database& database, JournalSound& sound) {
  auto query = database.query(
      "SELECT receipts.row, code, journal.seq, journal.content, "
      "receipts.total, receipts.paid_before, receipts.amount FROM receipts "
      "LEFT JOIN (SELECT seq, subject, content FROM journal WHERE kind = 'receipt') AS journal "
      "ON journal.subject = code ORDER BY receipts.row");
  while (query.next()) {
    ++sound.receipts;
    const std::string code = query.text(1);
    if (query.integer(0) != sound.receipts) {
      return JournalBroken{
          0, fmt::format("receipt {} is missing, {} follows", sound.receipts, query.integer(0))};
    }
    if (query.is_null(2)) {
      return JournalBroken{0, fmt::format("receipt {} is not in the journal", code)};
    }
    const auto receipt = load_receipt(database, query.integer(0));
    const bool same = receipt && canonical_text(*receipt) == query.view(3) &&
                      receipt->totals.total.minor == query.integer(4) &&
                      receipt->paid_before.minor == query.integer(5) &&
                      receipt->amount.minor == query.integer(6);
    if (!same) {
      return JournalBroken{query.integer(2),
                           fmt::format("receipt {} is not what the journal says", code)};
    }
  }
  return {};
}

}  // namespace

std::variant<JournalSound, JournalBroken> verify_journal(Database& database) {
  auto result = verify_chain(database);
  if (auto* sound = std::get_if<JournalSound>(&result)) {
    if (auto broken = verify_receipts(database, *sound)) return *broken;
    auto query = database.query("SELECT count(*) FROM journal WHERE kind = 'receipt'");
    if (query.next() && query.integer(0) != sound->receipts) {
      return JournalBroken{0, fmt::format("the journal names {} receipts, the store has {}",
                                          query.integer(0), sound->receipts)};
    }
  }
  return result;
}

}  // namespace core
