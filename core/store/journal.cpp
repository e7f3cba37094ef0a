#include "core/store/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <tuple>
#include <utility>

#include "core/base/text.h"
#include "core/orders/account.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"

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
  database_
      .query(
          "INSERT INTO journal (seq, at, actor, kind, subject, content, hash) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)")
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

std::vector<JournalRow> find_entries(Database& database, const JournalSearch& search) {
  auto query = database.query(
      "SELECT seq, at, actor, kind, subject, content FROM journal "
      "WHERE (?1 = '' OR instr(folded(actor), folded(?1)) = 1 "
      "       OR instr(folded(actor), folded('approved by ' || ?1)) > 0) "
      "AND (?2 = '' OR kind = ?2) "
      "AND (?3 = '' OR instr(folded(subject || ' ' || content), folded(?3)) > 0) "
      "AND (?4 = '' OR subject IN (SELECT code FROM receipts WHERE amount = ?5 OR total = ?5) "
      "     OR ' ' || replace(replace(content, ',', ' '), char(10), ' ') || ' ' "
      "        LIKE '% ' || ?4 || ' %') "
      "AND at >= ?6 AND at < ?7 "
      "AND (?9 = '' OR instr(?9, char(10) || kind || char(10)) > 0) "
      "AND (?10 = 0 OR instr(actor, ' (approved by ') > 0) ORDER BY seq DESC LIMIT ?8");
  constexpr std::int64_t ever = std::numeric_limits<std::int64_t>::max();
  query.with(search.person, search.kind, search.text)
      .with(search.amount ? to_plain(*search.amount) : "",
            search.amount ? search.amount->minor : std::int64_t{0})
      .with(search.from ? search.from->time_since_epoch().count() : std::int64_t{0},
            search.until ? search.until->time_since_epoch().count() : ever, search.limit);
  std::string kinds;  // each between two line breaks, which no kind has
  for (const std::string& kind : search.kinds) kinds += '\n' + kind + '\n';
  query.with(kinds, search.is_approved);
  std::vector<JournalRow> rows;
  while (query.next()) {
    rows.push_back({query.integer(0), query.instant(1), query.text(2), query.text(3), query.text(4),
                    query.text(5)});
  }
  return rows;
}

std::int64_t count_approved(Database& database, Instant from, Instant until) {
  auto query = database.query(
      "SELECT count(*) FROM journal WHERE at >= ? AND at < ? "
      "AND instr(actor, ' (approved by ') > 0");
  query.with(from, until);
  return query.next() ? query.integer(0) : 0;
}

std::vector<JournalCount> count_entries(Database& database, Instant from, Instant until) {
  auto query = database.query(
      "SELECT kind, count(*) FROM journal WHERE at >= ? AND at < ? GROUP BY kind ORDER BY 2 DESC, "
      "1");
  query.with(from, until);
  std::vector<JournalCount> counts;
  while (query.next()) counts.push_back({query.text(0), query.integer(1)});
  return counts;
}

namespace {

// Receipts are read whole with their orders: so much more work than an entry.
constexpr std::int64_t work_of_receipt = 10;

std::int64_t single_number(Query query) {
  return query.next() ? query.integer(0) : 0;
}

// The last entry of a receipt up to `seq`, and that receipt's row; 0, 0: there is none.
std::pair<std::int64_t, std::int64_t> receipt_until(Database& database, std::int64_t seq) {
  auto query = database.query(
      "SELECT seq, subject FROM journal WHERE seq <= ? AND kind = 'receipt' "
      "ORDER BY seq DESC LIMIT 1");
  query.with(seq);
  if (!query.next()) return {0, 0};
  const auto receipt = find_receipt_by_code(database, query.view(1));
  return receipt ? std::pair(query.integer(0), receipt->row)
                 : std::pair<std::int64_t, std::int64_t>{};
}

// Tells of what is done in steps that cost nothing.
class Counted {
 public:
  explicit Counted(const JournalTicks& ticks) : ticks_(ticks) {}
  ~Counted() { tell(); }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  void add(std::int64_t work) {
    constexpr std::int64_t step = 1000;
    done_ += work;
    if (done_ >= step) tell();
  }

 private:
  void tell() {
    if (ticks_ && done_ > 0) ticks_(std::exchange(done_, 0));
  }
  const JournalTicks& ticks_;
  std::int64_t done_ = 0;
};

}  // namespace

JournalPart whole_journal(Database& database) {
  JournalPart part;
  part.last = single_number(database.query("SELECT max(seq) FROM journal"));
  part.last_receipt = single_number(database.query("SELECT max(row) FROM receipts"));
  part.last_order = last_order_row(database);
  return part;
}

JournalPart latest_part(Database& database, std::int64_t entries) {
  JournalPart part = whole_journal(database);
  std::tie(part.after, part.after_receipt) = receipt_until(database, part.last - entries);
  part.after_order = part.after == 0 ? 0 : std::max<std::int64_t>(part.last_order - entries, 0);
  return part;
}

std::vector<JournalPart> split(Database& database, const JournalPart& whole, std::int64_t parts) {
  std::vector<JournalPart> all{whole};
  for (std::int64_t i = 1; i < parts; ++i) {
    JournalPart& before = all.back();
    const auto [entry, receipt] =
        receipt_until(database, whole.after + (whole.last - whole.after) * i / parts);
    if (entry <= before.after || receipt <= before.after_receipt) continue;
    const std::int64_t order =
        whole.after_order + (whole.last_order - whole.after_order) * i / parts;
    JournalPart next = before;
    before.last = next.after = entry;
    before.last_receipt = next.after_receipt = receipt;
    before.last_order = next.after_order = order;
    all.push_back(next);
  }
  return all;
}

std::int64_t work_in(const JournalPart& part) {
  return part.last - part.after + (part.last_receipt - part.after_receipt) * work_of_receipt +
         part.last_order - part.after_order;
}

namespace {

std::variant<JournalSound, JournalBroken> verify_chain(Database& database, const JournalPart& part,
                                                       const JournalTicks& ticks) {
  JournalSound sound;
  Counted counted(ticks);
  std::string previous;
  if (part.after > 0) {
    auto before = database.query("SELECT hash FROM journal WHERE seq = ?");
    before.with(part.after);
    if (before.next()) previous = before.text(0);
  }
  std::int64_t receipts = 0;
  auto query = database.query(
      "SELECT seq, at, actor, kind, subject, content, hash FROM journal "
      "WHERE seq > ? AND seq <= ? ORDER BY seq");
  query.with(part.after, part.last);
  while (query.next()) {
    const std::int64_t seq = query.integer(0);
    const std::int64_t expected = part.after + ++sound.entries;
    counted.add(1);
    if (seq != expected) {
      return JournalBroken{expected, fmt::format("entry {} is missing, {} follows", expected, seq)};
    }
    const std::string hash = hash_of(previous, seq, query.integer(1), query.view(2), query.view(3),
                                     query.view(4), query.view(5));
    if (hash != query.view(6)) {
      return JournalBroken{
          seq, fmt::format("entry {} was changed ({} {})", seq, query.view(3), query.view(4))};
    }
    if (query.view(3) == "receipt") ++receipts;
    previous = hash;
  }
  if (!database.ok()) return JournalBroken{sound.entries, in_words(*database.error())};
  sound.receipts = receipts;
  return sound;
}

// What the till wrote down behind an entry of numbers that an older copy does not hold.
std::vector<JournalGap> gaps_behind(Database& database, std::int64_t entry) {
  std::vector<JournalGap> gaps;
  auto query = database.query(
      "SELECT seq, at, subject FROM journal WHERE kind = ? AND seq > ? ORDER BY seq");
  query.with(gap_kind, entry);
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

// The sums that lists and reports show are those of the order's lines and payments. What
// an older program listed is the price, whatever had come back, or less than nothing.
bool sums_are(const Order& order, std::int64_t total, std::int64_t paid) {
  const Money sold_for = price(order).total;
  const Money kept = paid_sum(order);
  const bool is_total = cost_now(order, sold_for).minor == total || sold_for.minor == total ||
                        (owed(order, sold_for) + kept).minor == total;
  return is_total && kept.minor == paid;
}

JournalBroken wrong_sums(std::string_view number) {
  return {0, fmt::format("the sums of order {} are not those of its lines and payments", number)};
}

// One receipt with what the journal says of it, and its order's sums.
constexpr const char* receipts_and_entries =
    "SELECT receipts.row, code, seq, content, receipts.total, paid_before, amount, "
    "orders.last_receipt = receipts.row, orders.version = order_version, orders.row, "
    "orders.number, orders.total, orders.paid FROM receipts "
    "LEFT JOIN journal ON seq = journal_seq AND journal.kind = 'receipt' AND subject = code "
    "LEFT JOIN orders ON orders.row = order_row "
    "WHERE receipts.row > ? AND receipts.row <= ? ORDER BY receipts.row";

std::optional<JournalBroken> verify_receipt(Database& database, const Query& row) {
  const std::string_view code = row.view(1);
  if (row.is_null(2)) {
    return JournalBroken{0, fmt::format("receipt {} is not in the journal", code)};
  }
  const auto receipt = load_receipt(database, row.integer(0));
  if (receipt && !has_order(receipt->kind)) {
    if (day_text(database, *receipt) == row.view(3)) return {};
    return JournalBroken{row.integer(2),
                         fmt::format("receipt {} is not what the journal says", code)};
  }
  const bool says_the_same = receipt && canonical_text(*receipt) == row.view(3) &&
                             receipt->totals.total.minor == row.integer(4) &&
                             receipt->paid_before.minor == row.integer(5) &&
                             receipt->amount.minor == row.integer(6);
  if (!says_the_same) {
    return JournalBroken{row.integer(2),
                         fmt::format("receipt {} is not what the journal says", code)};
  }
  // The sums are those of the order as it is: mostly as its last receipt has it.
  if (!row.flag(7)) return {};
  const std::int64_t total = row.integer(11), paid = row.integer(12);
  if (row.flag(8) && sums_are(receipt->order, total, paid)) return {};
  const auto order = load_order(database, row.integer(9));
  if (order && sums_are(*order, total, paid)) return {};
  return wrong_sums(row.view(10));
}

// Every receipt must say what the journal says that it said.
std::optional<JournalBroken> verify_receipts(Database& database, const JournalPart& part,
                                             JournalSound& sound, const JournalTicks& ticks) {
  const std::int64_t journalled = std::exchange(sound.receipts, 0);
  Counted counted(ticks);
  std::int64_t last = part.after_receipt;
  const auto is_on_record = [&](std::int64_t first, std::int64_t end) {
    return std::ranges::any_of(
        sound.gaps, [&](const JournalGap& gap) { return gap.first <= first && end <= gap.last; });
  };
  BuiltQuery query(database, receipts_and_entries);
  query.bind(1, part.after_receipt).bind(2, part.last_receipt);
  while (query.rows().next()) {
    const std::int64_t number = query.rows().integer(0);
    if (number != last + 1 && !is_on_record(last + 1, number - 1)) {
      return JournalBroken{0, fmt::format("receipt {} is missing, {} follows", last + 1, number)};
    }
    last = number;
    ++sound.receipts;
    if (auto broken = verify_receipt(database, query.rows())) return broken;
    counted.add(work_of_receipt);
  }
  if (sound.receipts == journalled) return {};
  return JournalBroken{0, fmt::format("the journal names {} receipts, the store has {}", journalled,
                                      sound.receipts)};
}

// Orders of a platform have sums as well, and no receipt of this till.
std::optional<JournalBroken> verify_orders(Database& database, const JournalPart& part,
                                           const JournalTicks& ticks) {
  Counted counted(ticks);
  auto query = database.query(
      "SELECT row, number, total, paid, last_receipt FROM orders "
      "WHERE version > 0 AND row > ? AND row <= ?");
  query.with(part.after_order, part.last_order);
  while (query.next()) {
    counted.add(1);
    if (query.integer(4) > 0) continue;
    const auto order = load_order(database, query.integer(0));
    if (!order || !sums_are(*order, query.integer(2), query.integer(3))) {
      return wrong_sums(query.view(1));
    }
  }
  return {};
}

std::variant<JournalSound, JournalBroken> verify_state(Database& database, const JournalPart& part,
                                                       const JournalTicks& ticks) {
  auto result = verify_chain(database, part, ticks);
  auto* sound = std::get_if<JournalSound>(&result);
  if (!sound) return result;
  sound->gaps = gaps_behind(database, part.after);
  if (auto broken = verify_receipts(database, part, *sound, ticks)) return *broken;
  if (auto broken = verify_orders(database, part, ticks)) return *broken;
  return result;
}

}  // namespace

std::optional<JournalBroken> verify_anchors(Database& database,
                                            const std::vector<Anchor>& anchors) {
  for (const Anchor& anchor : anchors) {
    const Held held = holds(database, anchor);
    if (held == Held::yes) continue;
    // What an older copy lacks was found out, and written down.
    const auto gaps = gaps_behind(database, 0);
    const bool is_on_record = std::ranges::any_of(gaps, [&](const JournalGap& gap) {
      return gap.seq <= anchor.seq && anchor.receipts <= gap.last && anchor.receipts >= gap.first;
    });
    if (is_on_record) continue;
    if (held == Held::cut_off) {
      return JournalBroken{anchor.seq,
                           fmt::format("the journal ends at entry {}, and had come to {}: its end "
                                       "was removed, or this is an older copy of the store",
                                       whole_journal(database).last, anchor.seq)};
    }
    return JournalBroken{anchor.seq,
                         fmt::format("entry {} is another one than was told outside: the journal "
                                     "was written anew",
                                     anchor.seq)};
  }
  return {};
}

std::string gap_subject(std::int64_t first, std::int64_t last) {
  return fmt::format("{}-{}", first, last);
}

std::variant<JournalSound, JournalBroken> verify_part(Database& database, const JournalPart& part,
                                                      const JournalTicks& ticks) {
  const OneState state(database);
  return verify_state(database, part, ticks);
}

std::variant<JournalSound, JournalBroken> verify_journal(Database& database,
                                                         const std::vector<Anchor>& anchors) {
  const OneState state(database);
  if (auto broken = verify_anchors(database, anchors)) return *broken;
  return verify_state(database, whole_journal(database), {});
}

}  // namespace core
