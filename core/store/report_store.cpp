#include "core/store/report_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/text.h"
#include "core/orders/case_lines.h"
#include "core/orders/exchange.h"
#include "core/orders/pricing.h"
#include "core/orders/receipt.h"
#include "core/store/fulfilment_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"

namespace core {

namespace {

using std::chrono::days;

constexpr std::int64_t no_end = std::numeric_limits<std::int64_t>::max();

// Rows of receipts, or entries of the journal: from `first` to before `end`.
struct Stretch {
  std::int64_t first = 0, end = 0;
};

// Where each run of receipts begins, and behind the last of them all.
std::vector<std::int64_t> run_bounds(Database& database) {
  std::vector<std::int64_t> bounds{0};
  auto runs = database.query("SELECT first_row FROM receipt_runs ORDER BY first_row");
  while (runs.next()) bounds.push_back(runs.integer(0));
  bounds.push_back(no_end);
  return bounds;
}

// The first receipt of the run at or behind `moment`, or where the run ends.
std::int64_t first_since(Database& database, Stretch run, Instant moment) {
  std::int64_t low = run.first, high = run.end;
  if (high == no_end) {
    auto last = database.query("SELECT max(row) FROM receipts");
    high = last.next() ? last.integer(0) + 1 : low;
  }
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    auto query = database.query(
        "SELECT row, finished FROM receipts WHERE row >= ? AND row < ? ORDER BY row LIMIT 1");
    query.with(middle, high);
    if (query.next() && query.instant(1) < moment) {
      low = query.integer(0) + 1;
    } else {
      high = middle;
    }
  }
  // Numbers that an older copy of the store does not hold are no place to end at.
  auto found = database.query("SELECT min(row) FROM receipts WHERE row >= ? AND row < ?");
  found.with(low, run.end);
  return found.next() && !found.is_null(0) ? found.integer(0) : run.end;
}

// The receipts from `from` on and before `to`, a stretch for each run; it may be empty.
std::vector<Stretch> stretches(Database& database, Instant from, Instant to) {
  std::vector<Stretch> all;
  const auto bounds = run_bounds(database);
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    const Stretch run{bounds[i], bounds[i + 1]};
    const std::int64_t first = first_since(database, run, from);
    all.push_back({first, first_since(database, {first, run.end}, to)});
  }
  return all;
}

// Where the journal carries the last receipt before `row`, or the first from there on.
std::int64_t entry_before(Database& database, std::int64_t row) {
  auto query =
      database.query("SELECT journal_seq FROM receipts WHERE row < ? ORDER BY row DESC LIMIT 1");
  query.with(row);
  return query.next() ? query.integer(0) : 0;
}
std::int64_t entry_at(Database& database, std::int64_t row) {
  auto query =
      database.query("SELECT journal_seq FROM receipts WHERE row >= ? ORDER BY row LIMIT 1");
  query.with(row);
  return query.next() ? query.integer(0) : no_end;
}

// What the journal says around these receipts, each entry once.
std::vector<Stretch> entries_around(Database& database, const std::vector<Stretch>& receipts) {
  std::vector<Stretch> all;
  all.reserve(receipts.size());
  for (const Stretch& rows : receipts) {
    all.push_back({entry_before(database, rows.first) + 1, entry_at(database, rows.end)});
  }
  std::sort(all.begin(), all.end(),
            [](const Stretch& a, const Stretch& b) { return a.first < b.first; });
  std::vector<Stretch> merged;
  for (const Stretch& one : all) {
    if (!merged.empty() && one.first <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, one.end);
    } else {
      merged.push_back(one);
    }
  }
  return merged;
}

// One line or extra charge of an order, and its share of what a receipt took at its rate.
struct Share {
  const LineItem* line = nullptr;  // null: an extra charge
  std::string_view title;
  Taxed taxed;
  std::int64_t weight = 0, taken = 0;
};

std::vector<Share> shares_of(const Order& order, const Totals& totals) {
  std::vector<Share> shares;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const LineItem& line = order.lines[i];
    if (is_taken_out(line)) continue;
    const std::int64_t weight = std::max<std::int64_t>(0, totals.lines[i].final().minor);
    shares.push_back({&line, line.title, line.taxed(), weight, 0});
  }
  for (const ExtraCharge& extra : order.extras) {
    shares.push_back(
        {nullptr, extra.title, extra.taxed(), std::max<std::int64_t>(0, extra.amount.minor), 0});
  }
  return shares;
}

// Divides what came in under one sum of taxes, after `before` of it had come already: all parts of
// an order sum to what each line cost.
void divide(std::vector<Share>& shares, Taxed taxed, std::int64_t before, std::int64_t now) {
  std::vector<std::int64_t> weights;
  std::vector<Share*> its;
  for (Share& share : shares) {
    if (share.taxed != taxed) continue;
    weights.push_back(share.weight);
    its.push_back(&share);
  }
  if (its.empty()) return;
  const auto until_now = split_by_weight(before + now, weights);
  const auto until_then = split_by_weight(before, weights);
  for (std::size_t i = 0; i < its.size(); ++i) its[i]->taken += until_now[i] - until_then[i];
}

// An article stays one when it is renamed; what has no number is known by its name.
std::string article_key(const LineItem& line) {
  if (line.variant == 0) return "=" + line.title;
  return fmt::format("{} {} {}", line.variant, static_cast<int>(line.unit), line.sku);
}

std::vector<TaxLine> taxes_from(std::string_view text, Currency currency) {
  std::vector<TaxLine> taxes;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_array()) return taxes;
  for (const auto& row : json) {
    if (!row.is_array() || row.size() < 4) continue;
    const auto number = [&](std::size_t at) {
      return row.size() > at && row[at].is_number_integer() ? row[at].get<std::int64_t>() : 0;
    };
    const auto money = [&](std::size_t at) { return Money{number(at), currency}; };
    taxes.push_back({rate_from_stored(number(0)), money(1), money(2), money(3), {number(4)}});
  }
  return taxes;
}

// Adds receipts to sums, each with its order as it was sold.
class ReceiptAdder {
 public:
  ReceiptAdder(Database& database, Day day, const std::string& zone, ReportSums& sums)
      : database_(database), day_(to_iso(day)), zone_(zone), sums_(sums) {}

  void add(const Stretch& rows) {
    auto query = database_.query(
        "SELECT r.row, r.kind, r.order_version, r.cashier, r.finished, r.amount, r.taxes, "
        "r.previous, coalesce(r.tax_added, o.tax_added), r.tax_added IS NOT NULL, r.order_row, "
        "o.channel, o.currency, o.discount_kind, o.discount_value, o.discount_reason, "
        "o.goods_along "
        "FROM receipts AS r JOIN orders AS o ON o.row = r.order_row "
        "WHERE r.row >= ? AND r.row < ? AND r.kind NOT IN (?, ?) ORDER BY r.row");
    query.with(rows.first, rows.end, static_cast<int>(ReceiptKind::training),
               static_cast<int>(ReceiptKind::aborted));
    while (query.next()) add(query);
  }

 private:
  // What the receipt is made of, beside its order.
  struct Facts {
    std::int64_t row = 0, previous = 0, version = 0;
    bool is_refund = false;
    bool is_deposit = false;     // given back for empties, which is no refund
    bool is_correction = false;  // of a tender: what was taken stays what it was
    bool opens = false;          // the first receipt of its order: what was sold is counted with it
    std::string cashier;
    Money amount;
    std::vector<TaxLine> taxes;
    Money vouchers;  // of the amount, paid for vouchers that are not taxed yet: no turnover
    Money prepaid;   // and paid by those that were taxed when they were sold
    Money claims;    // below 0: sold and owed for; above: what was owed was paid
    Money gross() const {
      Money sum = -vouchers;
      for (const TaxLine& tax : taxes) sum += tax.gross;
      return sum;
    }
  };

  // Money, in the column that it belongs to; `opens`, as a sale or a refund.
  void book(ReportPart part, std::string_view key, Money money, const Facts& facts) {
    book(sums_.row(part, key), money, facts);
  }
  static void book(ReportRow& row, Money money, const Facts& facts) {
    (facts.is_refund ? row.given_back : row.taken) += money;
    if (facts.is_refund && !facts.is_deposit) ++row.refunds;
    if (facts.opens) ++row.sales;
  }

  void add(const Query& query) {
    const Currency currency = currency_from(query.view(12));
    if (currency != sums_.currency()) {
      ++sums_.row(ReportPart::other_currency, query.view(12)).sales;
      return;
    }
    Facts facts;
    facts.row = query.integer(0);
    const auto kind = query.as<ReceiptKind>(1);
    facts.is_refund = kind == ReceiptKind::refund;
    facts.is_correction = kind == ReceiptKind::correction;
    const bool is_exchange = kind == ReceiptKind::exchange;
    facts.version = query.integer(2);
    facts.cashier = query.text(3);
    facts.amount = {query.integer(5), currency};
    facts.vouchers = facts.prepaid = facts.claims = {0, currency};
    facts.taxes = taxes_from(query.view(6), currency);
    facts.previous = query.integer(7);
    facts.opens = !facts.is_refund && facts.previous == 0;
    if (facts.is_correction) {
      ++sums_.row(ReportPart::correction, "").sales;
      add_tenders(facts, query.integer(10));
      return;
    }
    Order order;
    order.row = query.integer(10);
    order.channel = query.text(11);
    order.currency = currency;
    order.tax_mode = query.flag(8) ? TaxMode::added : TaxMode::included;
    if (!query.is_null(13)) {
      order.discount = Discount{query.as<DiscountKind>(13), query.integer(14), query.text(15)};
    }
    order.goods_along = query.flag(16);
    const bool has_own_lines = query.flag(9);
    if (has_own_lines) {
      take_lines_of_receipt(database_, order, facts.row);
    } else {
      load_lines(database_, order);
    }
    const bool has_gift_card = add_tenders(facts, order.row);
    if (has_gift_card || order.goods_along ||
        std::any_of(order.lines.begin(), order.lines.end(), sells_voucher)) {
      if (const auto receipt = load_receipt(database_, facts.row)) {
        facts.vouchers += paid_for_vouchers(*receipt);
        facts.prepaid += taxed_before(*receipt);
        facts.claims += receivables(*receipt);
      }
    }
    if (is_exchange) {
      add_exchange(facts, order, query.view(3), query.instant(4));
      return;
    }
    add_sums(facts, order, query.view(3), query.instant(4));
    facts.is_refund ? add_what_came_back(facts, order) : add_goods(facts, order);
  }

  // What was sold, and what came back for it, as if each had a receipt of its own.
  void add_exchange(const Facts& facts, const Order& order, std::string_view cashier, Instant at) {
    const Money worth = returned_worth(order);
    Facts sold = facts, back = facts;
    back.taxes = taxes_of_returns(order);
    for (TaxLine line : back.taxes) {
      line.net = -line.net;
      line.tax = -line.tax;
      line.gross = -line.gross;
      add_taxes(sold.taxes, {line});
    }
    sold.amount += worth;
    sold.opens = !order.lines.empty();
    if (sold.opens) {
      add_sums(sold, order, cashier, at);
      add_goods(sold, order);
    }
    back.is_refund = true;
    back.is_deposit = std::ranges::all_of(
        order.returns, [](const ReturnLine& line) { return line.kind == ReturnKind::deposit; });
    back.opens = false;
    back.amount = sold.opens ? -worth : facts.amount;
    back.vouchers = back.prepaid = {0, sums_.currency()};
    add_sums(back, order, cashier, at);
    for (const ReturnLine& line : order.returns) {
      LineItem item;
      item.variant = line.variant;
      item.title = line.title;
      item.sku = line.sku;
      item.unit = line.unit;
      item.category = line.category;
      add_quantity(item, -line.quantity.thousandths);
      book_line(&item, item.title, -line.amount, back);
    }
  }

  void add_sums(const Facts& facts, const Order& order, std::string_view cashier, Instant at) {
    const Money gross = facts.gross();
    book(ReportPart::total, "", gross, facts);
    book(ReportPart::hour, fmt::format("{:02}", local_time(at, zone_).hour), gross, facts);
    book(ReportPart::day, day_, gross, facts);
    book(ReportPart::channel, order.channel, gross, facts);
    book(ReportPart::cashier, cashier, gross, facts);
    if (!facts.vouchers.is_zero()) book(ReportPart::voucher, "sold", facts.vouchers, facts);
    if (!facts.prepaid.is_zero()) book(ReportPart::voucher, "prepaid", facts.prepaid, facts);
    if (!facts.claims.is_zero()) book(ReportPart::receivable, "", facts.claims, facts);
    const Money rounding = facts.amount - gross - facts.vouchers - facts.prepaid - facts.claims;
    if (!rounding.is_zero()) book(ReportPart::rounding, "", rounding, facts);
    for (TaxLine tax : facts.taxes) {
      if (!facts.vouchers.is_zero() && holds_vouchers(order, tax.taxed())) {
        tax.gross -= facts.vouchers;
        tax.net -= facts.vouchers;
        if (tax.gross.is_zero()) continue;
      }
      ReportRow& row = sums_.row(ReportPart::tax, to_text(tax.taxed()));
      book(row, tax.gross, facts);
      row.net += tax.net;
      row.tax += tax.tax;
    }
  }

  void add_tip(const Facts& facts, Money tip) {
    ReportRow& row = sums_.row(ReportPart::tip, facts.cashier);
    row.taken += tip;
    ++row.sales;
  }

  // As they stood with this receipt: what was taken back later is told by a later one.
  // Whether a gift card was among them.
  bool add_tenders(const Facts& facts, std::int64_t order_row) {
    auto query = database_.query(
        "SELECT p.kind, p.tender, p.amount + p.tip, p.label, p.tip FROM transactions AS p "
        "WHERE p.order_row = ?1 AND p.version = ?2 AND p.state = 0 "
        "AND NOT EXISTS (SELECT 1 FROM transactions AS v WHERE v.order_row = ?1 AND v.kind = 3 "
        "AND v.version <= ?2 AND v.original = p.id)");
    query.with(order_row, facts.version);
    bool has_gift_card = false;
    while (query.next()) {
      const auto kind = query.as<TransactionKind>(0);
      const bool is_taken_back = facts.is_correction && kind == TransactionKind::void_;
      const bool is_out = kind == TransactionKind::payout;
      const bool is_its = facts.is_refund
                              ? kind == TransactionKind::refund
                              : kind == TransactionKind::sale || is_out || is_taken_back;
      if (!is_its) continue;
      const Money amount{query.integer(2), sums_.currency()};
      const Money tip{query.integer(4), sums_.currency()};
      if (!tip.is_zero()) add_tip(facts, is_taken_back ? -tip : tip);
      const auto tender = query.as<Tender>(1);
      has_gift_card |= tender == Tender::gift_card;
      const bool has_name = tender == Tender::other && !query.view(3).empty();
      std::string key(word(tender));
      if (has_name) key += fmt::format(":{}", query.view(3));
      ReportRow& row = sums_.row(ReportPart::tender, key);
      if (has_name) row.name = query.text(3);
      if (facts.is_refund || is_out) {
        row.given_back -= amount;
        ++row.refunds;
      } else {
        row.taken += is_taken_back ? -amount : amount;
        row.sales += is_taken_back ? -1 : 1;
      }
    }
    return has_gift_card;
  }

  void book_line(const LineItem* line, std::string_view title, Money money, const Facts& facts) {
    const std::string key = line            ? article_key(*line)
                            : title.empty() ? std::string()
                                            : fmt::format("+{}", title);
    ReportRow& article = sums_.row(ReportPart::article, key);
    article.name = title;
    if (line) article.unit = line->unit;
    book(article, money, facts);
    book(ReportPart::category, line ? line->category : "", money, facts);
  }

  void add_goods(const Facts& facts, const Order& order) {
    const Totals totals = price(order);
    auto shares = shares_of(order, totals);
    const auto before = facts.previous == 0 ? std::vector<TaxLine>{} : taxes_before(facts);
    Money left = facts.gross();
    for (const TaxLine& tax : facts.taxes) {
      std::int64_t earlier = 0;
      for (const TaxLine& one : before) earlier += one.taxed() == tax.taxed() ? one.gross.minor : 0;
      divide(shares, tax.taxed(), earlier, tax.gross.minor);
    }
    for (const Share& share : shares) {
      if (share.line && is_owed_for(*share.line)) continue;
      const Money taken{share.taken, sums_.currency()};
      left -= taken;
      if (!facts.opens && taken.is_zero()) continue;
      book_line(share.line, share.title, taken, facts);
      if (facts.opens && share.line) add_quantity(*share.line, share.line->quantity.thousandths);
    }
    if (!left.is_zero()) book_line(nullptr, "", left, facts);
    if (facts.opens) add_reductions(order, totals);
  }

  void add_quantity(const LineItem& line, std::int64_t thousandths) {
    sums_.row(ReportPart::article, article_key(line)).quantity.thousandths += thousandths;
  }

  // The taxes on the order's receipts before this one.
  std::vector<TaxLine> taxes_before(const Facts& facts) {
    std::vector<TaxLine> all;
    for (std::int64_t row = facts.previous; row > 0;) {
      auto query = database_.query("SELECT kind, taxes, previous FROM receipts WHERE row = ?");
      query.with(row);
      if (!query.next()) break;
      if (query.as<ReceiptKind>(0) != ReceiptKind::refund) {
        const auto its = taxes_from(query.view(1), sums_.currency());
        all.insert(all.end(), its.begin(), its.end());
      }
      row = query.integer(2);
    }
    return all;
  }

  void add_reductions(const Order& order, const Totals& totals) {
    const auto reduce = [&](const Discount& discount, Money amount) {
      if (amount.is_zero()) return;
      ReportRow& row = sums_.row(ReportPart::discount, discount.reason);
      ++row.sales;
      row.given_back -= amount;
    };
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
      const LineItem& line = order.lines[i];
      if (line.discount) reduce(*line.discount, totals.lines[i].line_discount);
      if (!line.regular_price) continue;
      const Money change =
          price_of(line.unit_price, line.quantity) - price_of(*line.regular_price, line.quantity);
      ReportRow& row = sums_.row(ReportPart::price_change, "");
      ++row.sales;
      (change.minor < 0 ? row.given_back : row.taken) += change;
    }
    if (order.discount) reduce(*order.discount, totals.order_discount);
  }

  // As refund_taxes() has it: the lines, and the rest for none of them.
  void add_what_came_back(const Facts& facts, const Order& order) {
    Money rest = facts.gross();
    for (const Refund& refund : load_refunds(database_, order)) {
      if (refund.version != facts.version) continue;
      for (const RefundedLine& part : refund.lines) {
        const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                       [&](const LineItem& one) { return one.id == part.line; });
        if (line == order.lines.end() || is_owed_for(*line)) continue;
        add_quantity(*line, -part.quantity.thousandths);
        const bool is_counted = -rest >= part.amount;
        const Money back = is_counted ? -part.amount : Money{0, sums_.currency()};
        book_line(&*line, line->title, back, facts);
        rest -= back;
      }
    }
    if (!rest.is_zero()) book_line(nullptr, "", rest, facts);
  }

  Database& database_;
  const std::string day_, zone_;
  ReportSums& sums_;
};

// "2 x Laugenbrezel at 1.05, keyed by mistake": what the line was worth.
Money worth_of_line(std::string_view content, Currency currency) {
  const Money zero{0, currency};
  const auto times = content.find(" x ");
  if (times == content.npos) return zero;
  const auto quantity = parse_quantity(content.substr(0, times));
  if (!quantity) return zero;
  for (auto at = content.find(" at ", times); at != content.npos;
       at = content.find(" at ", at + 1)) {
    const std::string_view rest = content.substr(at + 4);
    const auto price = parse_plain(rest.substr(0, rest.find(',')), currency);
    if (price) return price_of(*price, *quantity);
  }
  return zero;
}

// "3 lines, 12.34, changed their mind".
Money worth_of_cart(std::string_view content, Currency currency) {
  const auto comma = content.find(", ");
  if (comma == content.npos) return {0, currency};
  const std::string_view rest = content.substr(comma + 2);
  const auto total = parse_plain(rest.substr(0, rest.find(',')), currency);
  return total ? *total : Money{0, currency};
}

void add_voids(Database& database, const Stretch& entries, Instant from, Instant to,
               ReportSums& sums) {
  auto query = database.query(
      "SELECT at, kind, content FROM journal WHERE seq >= ? AND seq < ? "
      "AND kind IN ('void line', 'void order')");
  query.with(entries.first, entries.end);
  while (query.next()) {
    if (query.instant(0) < from || query.instant(0) >= to) continue;
    const bool is_line = query.view(1) == "void line";
    ReportRow& row = sums.row(is_line ? ReportPart::voided_line : ReportPart::voided_cart, "");
    ++row.sales;
    row.given_back -= is_line ? worth_of_line(query.view(2), sums.currency())
                              : worth_of_cart(query.view(2), sums.currency());
  }
}

// What the receipts of a day say, and the journal around them.
void add_day(Database& database, Day day, const std::vector<Stretch>& receipts, Instant until,
             const DayRule& rule, ReportSums& sums) {
  ReceiptAdder adder(database, day, rule.zone, sums);
  for (const Stretch& rows : receipts) adder.add(rows);
  for (const Stretch& entries : entries_around(database, receipts)) {
    add_voids(database, entries, begin_of(day, rule), until, sums);
  }
}

// What sums were made of: other receipts, or other rules, and they are none.
std::string made_of(const std::vector<Stretch>& receipts, const DayRule& rule, Currency currency) {
  std::string text = fmt::format("{} {} {}", currency.text(), rule.zone, rule.start_hour);
  for (const Stretch& rows : receipts) {
    if (rows.first < rows.end) text += fmt::format(" {}-{}", rows.first, rows.end);
  }
  return text;
}

// The span before is compared by its figures: its articles are many, and nobody reads them.
enum class Depth { figures, articles };

bool add_kept(Database& database, Instant from, Instant to, const std::string& made, Depth depth,
              ReportSums& sums) {
  {
    auto query =
        database.query("SELECT sums FROM day_sums WHERE begins = ? AND ends = ? AND made_of = ?");
    query.with(from, to, made);
    if (!query.next() || !sums.add_text(query.view(0))) return false;
  }
  if (depth == Depth::figures) return true;
  auto query = database.query("SELECT articles FROM day_sums WHERE begins = ?");
  query.with(from);
  return query.next() && sums.add_text(query.view(0));
}

// Whole days up to `until`; of the last one perhaps a part, which no sums are kept of.
ReportSums sums_of(Database& database, const ReportAsk& ask, const Span& span, Instant until,
                   Depth depth) {
  ReportSums sums(ask.currency);
  for (Day day = span.first; day <= span.last; day += days(1)) {
    const Instant from = begin_of(day, ask.days);
    const Instant to = std::min(until, begin_of(day + days(1), ask.days));
    if (from >= to) break;
    const auto receipts = stretches(database, from, to);
    const std::string made = made_of(receipts, ask.days, ask.currency);
    if (add_kept(database, from, to, made, depth, sums)) continue;
    add_day(database, day, receipts, to, ask.days, sums);
  }
  return sums;
}

// Whether the payment is on a receipt of this till, and so in the sums already.
bool has_receipt(Database& database, std::int64_t last_receipt, std::int64_t version) {
  for (std::int64_t row = last_receipt; row > 0;) {
    auto query = database.query("SELECT order_version, previous FROM receipts WHERE row = ?");
    query.with(row);
    if (!query.next()) return false;
    if (query.integer(0) == version) return true;
    row = query.integer(1);
  }
  return false;
}

// What platforms took for their orders, by when they took it.
void add_online(Database& database, Instant from, Instant to, ReportSums& sums) {
  auto query = database.query(
      "SELECT p.kind, p.amount, p.version, o.channel, o.last_receipt "
      "FROM transactions AS p INDEXED BY transactions_outside_by_time "
      "JOIN orders AS o ON o.row = p.order_row "
      "WHERE p.outside = 1 AND p.at >= ? AND p.at < ? AND p.state = 0 AND p.kind IN (0, 2, 4) "
      "AND o.currency = ? AND NOT EXISTS (SELECT 1 FROM transactions AS v "
      "WHERE v.order_row = p.order_row AND v.kind = 3 AND v.original = p.id)");
  query.with(from, to, sums.currency().text());
  while (query.next()) {
    if (has_receipt(database, query.integer(4), query.integer(2))) continue;
    ReportRow& row = sums.row(ReportPart::online, query.view(3));
    const Money amount{query.integer(1), sums.currency()};
    if (query.as<TransactionKind>(0) == TransactionKind::refund) {
      row.given_back -= amount;
      ++row.refunds;
    } else {
      row.taken += amount;
      ++row.sales;
    }
  }
}

constexpr std::size_t most_low = 20;

// Articles that were sold and will not last for as much again, or are marked as few.
std::vector<LowStock> low_stock(Database& database, const Report& report) {
  std::vector<LowStock> low;
  for (const ReportRow& row : report[ReportPart::article]) {
    if (row.quantity.thousandths <= 0 || row.key.empty() || !is_digit(row.key.front())) continue;
    auto query = database.query(
        "SELECT stock, unit FROM variants WHERE id = ?1 AND stock <= max(low_stock, ?2)");
    query.with(std::int64_t{std::stoll(row.key)}, row.quantity.thousandths);
    if (!query.next()) continue;
    low.push_back({row.name, row.unit, {query.integer(0)}, row.quantity});
  }
  // How much of the span the rest would last for.
  std::stable_sort(low.begin(), low.end(), [](const LowStock& a, const LowStock& b) {
    return a.left.thousandths * b.sold.thousandths < b.left.thousandths * a.sold.thousandths;
  });
  if (low.size() > most_low) low.resize(most_low);
  return low;
}

}  // namespace

ReportPage report_page(Database& database, const ReportAsk& ask) {
  const OneState state(database);
  const Instant from = begin_of(ask.span.first, ask.days);
  const Instant to = begin_of(ask.span.last + days(1), ask.days);
  const Span before = span_before(ask.span);
  const Instant before_to = begin_of(before.last + days(1), ask.days);
  ReportPage page;
  page.asked = ask;
  ReportSums sums = sums_of(database, ask, ask.span, to, Depth::articles);
  add_online(database, from, to, sums);
  page.report = sums.report();
  page.before = sums_of(database, ask, before, before_to, Depth::figures).report();
  if (ask.now != Instant{}) {
    const Instant then = same_moment(ask.span, before, ask.now, ask.days);
    page.before_so_far = sums_of(database, ask, before, then, Depth::figures).report();
  }
  page.low = low_stock(database, page.report);
  return page;
}

namespace {

// When the earliest receipt was finished; nothing: there is none.
std::optional<Instant> earliest_receipt(Database& database) {
  auto query = database.query(
      "SELECT min(finished) FROM receipts WHERE row = (SELECT min(row) FROM receipts) "
      "OR row IN (SELECT first_row FROM receipt_runs)");
  if (!query.next() || query.is_null(0)) return {};
  return query.instant(0);
}

// How many days are looked at in one go, where nothing is to be made.
constexpr int most_looked_at = 60;

}  // namespace

bool DaySums::make_one(Database& database, const DayRule& rule, Currency currency, Instant now) {
  const Day yesterday = day_of(now, rule) - days(1);
  if (rule != rule_ || currency != currency_ || yesterday != newest_) {
    rule_ = rule;
    currency_ = currency;
    newest_ = yesterday;
    next_ = yesterday;
  }
  if (!next_) return false;
  database.forget_error();
  const auto earliest = earliest_receipt(database);
  const Day oldest = earliest ? day_of(*earliest, rule) : *next_ + days(1);
  for (int looked_at = 0; *next_ >= oldest; *next_ -= days(1)) {
    if (++looked_at > most_looked_at) return true;
    const Instant from = begin_of(*next_, rule), to = begin_of(*next_ + days(1), rule);
    const auto receipts = stretches(database, from, to);
    // While no receipt is behind it a clock that is set back could still add to the day.
    const bool is_over = receipts.back().end != no_end;
    const bool is_empty = std::all_of(receipts.begin(), receipts.end(),
                                      [](const Stretch& rows) { return rows.first == rows.end; });
    if (!is_over || is_empty) continue;
    const std::string made = made_of(receipts, rule, currency);
    ReportSums sums(currency);
    if (add_kept(database, from, to, made, Depth::figures, sums)) continue;
    add_day(database, *next_, receipts, to, rule, sums);
    if (!database.ok()) break;  // what was not read is not in the sums
    Transaction transaction(database);
    database
        .query(
            "INSERT OR REPLACE INTO day_sums (begins, ends, made_of, sums, articles) "
            "VALUES (?, ?, ?, ?, ?)")
        .with(from, to, made, sums.text(), sums.text_of_articles())
        .run();
    if (!transaction.commit()) break;
    *next_ -= days(1);
    return true;
  }
  database.forget_error();
  next_.reset();
  return false;
}

}  // namespace core
