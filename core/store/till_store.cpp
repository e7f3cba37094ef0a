#include "core/store/till_store.h"

namespace core {

Settings load_settings(Database& database) {
  Settings settings;
  auto query = database.query("SELECT key, value FROM settings");
  while (query.next()) {
    // An older store may hold a word that this version does not know.
    [[maybe_unused]] const auto applied = apply(settings, query.view(0), query.view(1));
  }
  return settings;
}

void save_setting(Database& database, std::string_view key, std::string_view value) {
  database
      .query("INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value")
      .with(key, value)
      .run();
}

std::vector<Cashier> load_staff(Database& database) {
  auto query =
      database.query("SELECT row, name, role, language, appearance FROM cashiers ORDER BY row");
  std::vector<Cashier> staff;
  while (query.next()) {
    staff.push_back({query.integer(0), query.text(1),
                     query.view(2) == "manager" ? Role::manager : Role::cashier, query.text(3),
                     query.text(4)});
  }
  return staff;
}

std::string pin_hash_of(Database& database, std::int64_t cashier) {
  auto query = database.query("SELECT pin_hash FROM cashiers WHERE row = ?");
  query.with(cashier);
  return query.next() ? query.text(0) : "";
}

void insert_cashier(Database& database, const Cashier& cashier, const std::string& pin_hash) {
  database
      .query(
          "INSERT INTO cashiers (name, role, pin_hash, language, appearance) VALUES (?, ?, ?, ?, "
          "?)")
      .with(cashier.name, word(cashier.role), pin_hash, cashier.language, cashier.appearance)
      .run();
}

void update_cashier(Database& database, const Cashier& cashier) {
  database
      .query("UPDATE cashiers SET name = ?, role = ?, language = ?, appearance = ? WHERE row = ?")
      .with(cashier.name, word(cashier.role), cashier.language, cashier.appearance, cashier.row)
      .run();
}

void set_pin_hash(Database& database, std::int64_t cashier, const std::string& pin_hash) {
  database.query("UPDATE cashiers SET pin_hash = ? WHERE row = ?").with(pin_hash, cashier).run();
}

void delete_cashier(Database& database, std::int64_t cashier) {
  database.query("DELETE FROM cashiers WHERE row = ?").with(cashier).run();
}

void insert_attempt(Database& database, std::int64_t order_row, const CardAttempt& attempt) {
  database
      .query(
          "INSERT INTO card_attempts (id, order_row, amount, phase, started) VALUES (?, ?, ?, ?, "
          "?)")
      .with(attempt.id, order_row, attempt.amount.minor, static_cast<int>(attempt.phase),
            attempt.started)
      .run();
}

void update_attempt(Database& database, const CardAttempt& attempt) {
  database
      .query("UPDATE card_attempts SET phase = ?, says = ?, reference = ?, asked = ? WHERE id = ?")
      .with(static_cast<int>(attempt.phase), attempt.says, attempt.reference, attempt.asked,
            attempt.id)
      .run();
}

void dismiss_attempt(Database& database, AttemptId attempt) {
  database.query("UPDATE card_attempts SET dismissed = 1 WHERE id = ?").with(attempt).run();
}

namespace {

#define TRESEN_ATTEMPT_COLUMNS                                                                    \
  "a.id, orders.id, amount, currency, phase, says, reference, started, asked FROM card_attempts " \
  "AS a JOIN orders ON orders.row = a.order_row "

CardAttempt attempt_at(const Query& query) {
  return {{query.uuid(0)},
          {query.uuid(1)},
          {query.integer(2), currency_from(query.view(3))},
          static_cast<CardPhase>(query.small(4)),
          query.text(5),
          query.text(6),
          query.instant(7),
          query.small(8)};
}

}  // namespace

std::optional<CardAttempt> find_attempt(Database& database, AttemptId attempt) {
  auto query = database.query("SELECT " TRESEN_ATTEMPT_COLUMNS "WHERE a.id = ?");
  query.with(attempt);
  if (!query.next()) return {};
  return attempt_at(query);
}

std::vector<CardAttempt> open_attempts(Database& database) {
  auto query =
      database.query("SELECT " TRESEN_ATTEMPT_COLUMNS "WHERE phase IN (0, 4) ORDER BY a.row");
  std::vector<CardAttempt> attempts;
  while (query.next()) attempts.push_back(attempt_at(query));
  return attempts;
}

}  // namespace core
