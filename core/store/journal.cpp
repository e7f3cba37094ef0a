#include "core/store/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/text.h"
#include "core/store/order_store.h"
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

// What the till wrote down of numbers that an older copy does not hold.
std::vector<JournalGap> gaps_in(Database& database) {
  std::vector<JournalGap> gaps;
  auto query = database.query("SELECT seq, at, subject FROM journal WHERE kind = ? ORDER BY seq");
  query.with(gap_kind);
  while (query.next()) {
    JournalGap gap{query.integer(0), query.instant(1), 0, 0};
    const std::string_view said = query.view(2);
    const auto dash = std::min(said.find('-'), said.size());
    std::from_chars(said.data(), said.data() + dash, gap.first);
    std::from_chars(said.data() + std::min(dash + 1, said.size()), said.data() + said.size(),
                    gap.last);
    gaps.push_back(gap);
  }
  return gaps;
}

bool says_the_same(Database& database, const Query& row) {
  const auto receipt = load_receipt(database, row.integer(0));
  return receipt && canonical_text(*receipt) == row.view(3) &&
         receipt->totals.total.minor == row.integer(4) &&
         receipt->paid_before.minor == row.integer(5) && receipt->amount.minor == row.integer(6);
}

// Every receipt must say what the journal says that it said.
std::optional<JournalBroken> verify_receipts(Database& database, JournalSound& sound) {
  std::int64_t last = 0;
  const auto is_on_record = [&](std::int64_t first, std::int64_t end) {
    return std::ranges::any_of(
        sound.gaps, [&](const JournalGap& gap) { return gap.first <= first && end <= gap.last; });
  };
  auto query = database.query(
      "SELECT receipts.row, code, seq, content, total, paid_before, amount FROM receipts "
      "LEFT JOIN journal ON seq = journal_seq AND kind = 'receipt' AND subject = code "
      "ORDER BY receipts.row");
  while (query.next()) {
    const std::int64_t number = query.integer(0);
    const std::string code = query.text(1);
    if (number != last + 1 && !is_on_record(last + 1, number - 1)) {
      return JournalBroken{0, fmt::format("receipt {} is missing, {} follows", last + 1, number)};
    }
    last = number;
    ++sound.receipts;
    if (query.is_null(2)) {
      return JournalBroken{0, fmt::format("receipt {} is not in the journal", code)};
    }
    if (!says_the_same(database, query)) {
      return JournalBroken{query.integer(2),
                           fmt::format("receipt {} is not what the journal says", code)};
    }
  }
  return {};
}

// The sums that lists and reports show are those of the order's lines and payments.
std::optional<JournalBroken> verify_sums(Database& database) {
  auto query = database.query("SELECT row, number, total, paid FROM orders WHERE version > 0");
  while (query.next()) {
    const auto order = load_order(database, query.integer(0));
    const bool same = order && price(*order).total.minor == query.integer(2) &&
                      paid_sum(*order).minor == query.integer(3);
    if (!same) {
      return JournalBroken{0, fmt::format("the sums of order {} are not those of its lines and "
                                          "payments",
                                          query.view(1))};
    }
  }
  return {};
}

std::optional<JournalBroken> verify_anchors(Database& database, const JournalSound& sound,
                                            const std::vector<Anchor>& anchors) {
  for (const Anchor& anchor : anchors) {
    const Held held = holds(database, anchor);
    if (held == Held::yes) continue;
    // What an older copy lacks was found out, and written down.
    const bool is_on_record = std::ranges::any_of(sound.gaps, [&](const JournalGap& gap) {
      return gap.seq <= anchor.seq && anchor.receipts <= gap.last && anchor.receipts >= gap.first;
    });
    if (is_on_record) continue;
    if (held == Held::cut_off) {
      return JournalBroken{anchor.seq,
                           fmt::format("the journal ends at entry {}, and had come to {}: its end "
                                       "was removed, or this is an older copy of the store",
                                       sound.entries, anchor.seq)};
    }
    return JournalBroken{anchor.seq,
                         fmt::format("entry {} is another one than was told outside: the journal "
                                     "was written anew",
                                     anchor.seq)};
  }
  return {};
}

std::variant<JournalSound, JournalBroken> verify_state(Database& database,
                                                       const std::vector<Anchor>& anchors) {
  auto result = verify_chain(database);
  auto* sound = std::get_if<JournalSound>(&result);
  if (!sound) return result;
  sound->gaps = gaps_in(database);
  if (auto broken = verify_anchors(database, *sound, anchors)) return *broken;
  if (auto broken = verify_receipts(database, *sound)) return *broken;
  auto query = database.query("SELECT count(*) FROM journal WHERE kind = 'receipt'");
  if (query.next() && query.integer(0) != sound->receipts) {
    return JournalBroken{0, fmt::format("the journal names {} receipts, the store has {}",
                                        query.integer(0), sound->receipts)};
  }
  if (auto broken = verify_sums(database)) return *broken;
  return result;
}

}  // namespace

std::string gap_subject(std::int64_t first, std::int64_t last) {
  return fmt::format("{}-{}", first, last);
}

std::variant<JournalSound, JournalBroken> verify_journal(Database& database,
                                                         const std::vector<Anchor>& anchors) {
  const OneState state(database);
  return verify_state(database, anchors);
}

}  // namespace core
