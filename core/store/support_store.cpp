#include "core/store/support_store.h"

namespace core {

namespace {

std::vector<NamedCount> counts_of(Query rows) {
  std::vector<NamedCount> counts;
  while (rows.next()) counts.push_back({rows.text(0), rows.integer(1)});
  return counts;
}

}  // namespace

std::vector<NamedCount> table_counts(Database& database) {
  return counts_of(
      database.query("SELECT 'card attempts', count(*) FROM card_attempts "
                     "UNION ALL SELECT 'cashiers', count(*) FROM cashiers "
                     "UNION ALL SELECT 'customers', count(*) FROM customers "
                     "UNION ALL SELECT 'fulfilments', count(*) FROM fulfilments "
                     "UNION ALL SELECT 'journal', count(*) FROM journal "
                     "UNION ALL SELECT 'orders', count(*) FROM orders "
                     "UNION ALL SELECT 'outbox', count(*) FROM outbox "
                     "UNION ALL SELECT 'print jobs', count(*) FROM print_jobs "
                     "UNION ALL SELECT 'put aside', count(*) FROM put_aside "
                     "UNION ALL SELECT 'receipts', count(*) FROM receipts "
                     "UNION ALL SELECT 'refunds', count(*) FROM refunds "
                     "UNION ALL SELECT 'shifts', count(*) FROM shifts "
                     "UNION ALL SELECT 'transactions', count(*) FROM transactions "
                     "UNION ALL SELECT 'variants', count(*) FROM variants "
                     "UNION ALL SELECT 'vouchers', count(*) FROM vouchers"));
}

std::vector<NamedCount> till_counters(Database& database) {
  return counts_of(database.query("SELECT name, value FROM counters ORDER BY name"));
}

std::string sqlite_version(Database& database) {
  auto version = database.query("SELECT sqlite_version()");
  return version.next() ? version.text(0) : "";
}

std::vector<std::string> words_of_people(Database& database) {
  std::vector<std::string> words;
  auto rows = database.query(
      "SELECT name FROM cashiers UNION SELECT name FROM customers "
      "UNION SELECT company FROM customers UNION SELECT street FROM customers "
      "UNION SELECT name FROM receipt_customers UNION SELECT customer_name FROM orders");
  while (rows.next()) {
    if (!rows.view(0).empty()) words.push_back(rows.text(0));
  }
  return words;
}

}  // namespace core
