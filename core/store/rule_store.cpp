#include "core/store/rule_store.h"

#include "core/orders/step.h"
#include "core/store/intents.h"
#include "core/store/order_store.h"

namespace core {

namespace {

void add_rows(std::vector<std::int64_t>& rows, Query query) {
  while (query.next()) rows.push_back(query.integer(0));
}

// The step as it would turn out; ids do not matter in a dry run.
Step pretended(const Order& order, const RuleStep& rule, Instant now) {
  Step step;
  if (rule.verb == RuleVerb::capture) {
    step.verb = OutboxKind::capture;
    Payment payment;
    payment.kind = TransactionKind::capture;
    payment.amount = payment.given = capturable_sum(order);
    if (const Payment* open = open_authorization(order)) payment.original = open->id;
    step.payment = payment;
  } else if (rule.verb == RuleVerb::fulfil) {
    step.verb = OutboxKind::fulfil;
    Fulfilment fulfilment;
    fulfilment.lines = rule.lines;
    fulfilment.at = now;
    step.fulfilment = fulfilment;
  } else {
    step.verb = OutboxKind::archive;
  }
  return step;
}

// Sales of a till are archived with their completion, unless the rule was off:
// the tally says how many are left, mostly none, and no more are looked for.
Query sales_to_archive(Database& database) {
  return database.query(
      "SELECT row FROM orders WHERE version > 0 AND stage = 'open' AND payment = 'paid' "
      "AND fulfilment = 'fulfilled' AND channel = 'till' ORDER BY placed DESC LIMIT max(0, "
      "(SELECT coalesce(sum(number), 0) FROM tally WHERE what = 'orders' AND stage = 'open' "
      "AND payment = 'paid' AND fulfilment = 'fulfilled') - "
      "(SELECT count(*) FROM orders WHERE version > 0 AND stage = 'open' AND payment = 'paid' "
      "AND fulfilment = 'fulfilled' AND channel <> 'till'))");
}

}  // namespace

std::vector<std::int64_t> rule_candidates(Database& database, const RuleSettings& rules) {
  std::vector<std::int64_t> rows;
  if (rules.capture != "by_hand") {
    add_rows(rows, database.query("SELECT row FROM orders WHERE version > 0 AND stage = 'open' "
                                  "AND payment <> 'paid' AND expires > 0 UNION "
                                  "SELECT row FROM orders WHERE version > 0 AND stage = 'open' "
                                  "AND payment <> 'paid' AND payment = 'authorized'"));
  }
  if (rules.fulfil != "by_hand") {
    add_rows(rows, database.query("SELECT row FROM orders WHERE version > 0 AND stage = 'open' "
                                  "AND fulfilment <> 'fulfilled' AND payment = 'paid'"));
  }
  if (rules.archive == "on" && rules.platform_archive != "on") {
    add_rows(rows, database.query("SELECT row FROM orders WHERE version > 0 AND stage = 'open' "
                                  "AND payment = 'paid' AND fulfilment = 'fulfilled' "
                                  "AND channel <> 'till'"));
    add_rows(rows, sales_to_archive(database));
  }
  return rows;
}

std::vector<std::int64_t> expiring_orders(Database& database, Instant until) {
  auto query = database.query("SELECT row FROM orders WHERE expires > 0 AND expires <= ?");
  query.with(until);
  std::vector<std::int64_t> rows;
  add_rows(rows, std::move(query));
  return rows;
}

std::vector<WouldDo> dry_run(Database& database, const RuleSettings& rules, Instant now) {
  constexpr int most_steps = 8;
  std::vector<WouldDo> all;
  for (const std::int64_t row : rule_candidates(database, rules)) {
    auto order = load_order(database, row);
    if (!order) continue;
    Order later = foreseen(database, *order);
    for (int i = 0; i < most_steps; ++i) {
      const auto rule = next_step(later, rules);
      if (!rule) break;
      const bool is_capture = rule->verb == RuleVerb::capture;
      all.push_back({later.id, later.number, later.customer.name, rule->verb, rule->because,
                     is_capture ? capturable_sum(later) : Money{0, later.currency}});
      apply_step(later, pretended(later, *rule, now));
    }
  }
  return all;
}

Instant first_contact(Database& database, std::string_view upstream, Instant now) {
  const std::string name = "first contact " + std::string(upstream);
  database.query("INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING")
      .with(name, now)
      .run();
  auto query = database.query("SELECT value FROM counters WHERE name = ?");
  query.with(name);
  return query.next() ? query.instant(0) : now;
}

}  // namespace core
