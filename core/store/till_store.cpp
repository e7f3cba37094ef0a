#include "core/store/till_store.h"

#include <algorithm>
#include <charconv>

#include "core/store/order_store.h"

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

std::string stored_setting(Database& database, std::string_view key) {
  auto query = database.query("SELECT value FROM settings WHERE key = ?");
  query.with(key);
  return query.next() ? query.text(0) : "";
}

void save_setting(Database& database, std::string_view key, std::string_view value) {
  database
      .query(
          "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = "
          "excluded.value")
      .with(key, value)
      .run();
}

namespace {

// The two that every shop has are kept by their words, the others by their numbers.
std::string stored_text(Role role) {
  if (role == Role::cashier || role == Role::manager) return std::string(word(role));
  return std::to_string(static_cast<std::int64_t>(role));
}

Role stored_role(std::string_view text) {
  if (text == word(Role::manager)) return Role::manager;
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number > 0 ? Role{number} : Role::cashier;
}

}  // namespace

bool is_training(Database& database) {
  auto query = database.query("SELECT value FROM counters WHERE name = 'training'");
  return query.next() && query.integer(0) != 0;
}

void save_training(Database& database, bool on) {
  database
      .query(
          "INSERT INTO counters (name, value) VALUES ('training', ?) ON CONFLICT DO UPDATE SET "
          "value = excluded.value")
      .with(on ? 1 : 0)
      .run();
}

std::vector<Cashier> load_staff(Database& database) {
  auto query = database.query(
      "SELECT row, name, role, language, appearance, text_percent, hand, badge_hash <> '' "
      "FROM cashiers ORDER BY row");
  std::vector<Cashier> staff;
  while (query.next()) {
    staff.push_back({query.integer(0), query.text(1), stored_role(query.view(2)), query.text(3),
                     query.text(4), query.integer(5), query.text(6), query.flag(7)});
  }
  return staff;
}

std::string pin_hash_of(Database& database, std::int64_t cashier) {
  auto query = database.query("SELECT pin_hash FROM cashiers WHERE row = ?");
  query.with(cashier);
  return query.next() ? query.text(0) : "";
}

void insert_cashier(Database& database, const Cashier& cashier, const std::string& pin_hash) {
  // Receipts tell cashiers by it, those who left as well.
  const std::int64_t number = next_number(database, "cashiers");
  database
      .query(
          "INSERT INTO cashiers (row, name, role, pin_hash, language, appearance) "
          "VALUES (?, ?, ?, ?, ?, ?)")
      .with(number, cashier.name, stored_text(cashier.role), pin_hash, cashier.language,
            cashier.appearance)
      .run();
}

void update_cashier(Database& database, const Cashier& cashier) {
  database
      .query(
          "UPDATE cashiers SET name = ?, role = ?, language = ?, appearance = ?, "
          "text_percent = ?, hand = ? WHERE row = ?")
      .with(cashier.name, stored_text(cashier.role), cashier.language, cashier.appearance,
            cashier.text_percent, cashier.hand, cashier.row)
      .run();
}

void set_pin_hash(Database& database, std::int64_t cashier, const std::string& pin_hash) {
  database.query("UPDATE cashiers SET pin_hash = ? WHERE row = ?").with(pin_hash, cashier).run();
}

std::string badge_hash_of(Database& database, std::int64_t cashier) {
  auto query = database.query("SELECT badge_hash FROM cashiers WHERE row = ?");
  query.with(cashier);
  return query.next() ? query.text(0) : "";
}

void set_badge_hash(Database& database, std::int64_t cashier, const std::string& badge_hash) {
  database.query("UPDATE cashiers SET badge_hash = ? WHERE row = ?")
      .with(badge_hash, cashier)
      .run();
}

std::vector<StaffRole> load_roles(Database& database) {
  std::vector<StaffRole> roles;
  auto query = database.query(
      "SELECT row, name, base, discount_limit, refund_limit, cash_out_limit FROM roles "
      "ORDER BY row");
  while (query.next()) {
    const auto limit = [&](int column) {
      return query.is_null(column) ? std::nullopt : std::optional(query.integer(column));
    };
    roles.push_back({Role{query.integer(0)},
                     query.text(1),
                     stored_role(query.view(2)),
                     {},
                     {limit(3), limit(4), limit(5)}});
  }
  auto own = database.query("SELECT role, permission, allowed FROM role_permissions");
  while (own.next()) {
    const auto role = std::ranges::find(roles, Role{own.integer(0)}, &StaffRole::role);
    // A newer version may have left a word that this one does not know.
    const auto permission = permission_from(own.view(1));
    if (role != roles.end() && permission) role->own[*permission] = own.as<Allowed>(2);
  }
  return roles;
}

void save_role(Database& database, StaffRole& role) {
  const bool is_new = role.role == Role{};
  std::optional<std::int64_t> number;
  if (!is_new) number = static_cast<std::int64_t>(role.role);
  const RoleLimits& limits = role.limits;
  auto query = database.query(
      "INSERT INTO roles (row, name, base, discount_limit, refund_limit, cash_out_limit) "
      "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (row) DO UPDATE SET name = excluded.name, "
      "discount_limit = excluded.discount_limit, refund_limit = excluded.refund_limit, "
      "cash_out_limit = excluded.cash_out_limit");
  query.with(number, role.name, word(role.base));
  query.with(limits.discount, limits.refund, limits.cash_out);
  query.run();
  if (is_new) role.role = Role{database.last_row()};
  const auto row = static_cast<std::int64_t>(role.role);
  database.query("DELETE FROM role_permissions WHERE role = ?").with(row).run();
  for (const auto& [permission, allowed] : role.own) {
    database.query("INSERT INTO role_permissions (role, permission, allowed) VALUES (?, ?, ?)")
        .with(row, word(permission), static_cast<int>(allowed))
        .run();
  }
}

void delete_role(Database& database, Role role) {
  const auto row = static_cast<std::int64_t>(role);
  database.query("DELETE FROM role_permissions WHERE role = ?").with(row).run();
  database.query("DELETE FROM roles WHERE row = ?").with(row).run();
}

void delete_cashier(Database& database, std::int64_t cashier) {
  database.query("DELETE FROM cashiers WHERE row = ?").with(cashier).run();
}

std::vector<PinRecord> load_pin_records(Database& database) {
  auto query = database.query(
      "SELECT row, wrong_pins, locked_until, guesses, last_guess FROM cashiers "
      "WHERE wrong_pins > 0 OR guesses > 0");
  std::vector<PinRecord> records;
  while (query.next()) {
    records.push_back(
        {query.integer(0), query.small(1), query.instant(2), query.small(3), query.instant(4)});
  }
  return records;
}

void save_pin_record(Database& database, const PinRecord& record) {
  database
      .query(
          "UPDATE cashiers SET wrong_pins = ?, locked_until = ?, guesses = ?, last_guess = ? "
          "WHERE row = ?")
      .with(record.wrong, record.locked_until, record.guesses, record.last_guess, record.cashier)
      .run();
}

void insert_attempt(Database& database, std::int64_t order_row, CardAttempt& attempt) {
  database
      .query(
          "INSERT INTO card_attempts (id, order_row, amount, phase, started, kind, original, tip) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .with(attempt.id, order_row, attempt.amount.minor, static_cast<int>(attempt.phase),
            attempt.started, static_cast<int>(attempt.kind), attempt.original, attempt.tip.minor)
      .run();
  attempt.number = database.last_row();
}

void update_attempt(Database& database, const CardAttempt& attempt) {
  database
      .query(
          "UPDATE card_attempts SET phase = ?, says = ?, reference = ?, asked = ?, step = ?, "
          "terminal = ?, key = ?, ticket = ?, booked = ? WHERE id = ?")
      .with(static_cast<int>(attempt.phase), attempt.says, attempt.reference, attempt.asked,
            static_cast<int>(attempt.step), attempt.terminal, attempt.key, attempt.ticket,
            attempt.booked.minor, attempt.id)
      .run();
}

void dismiss_attempt(Database& database, AttemptId attempt) {
  database.query("UPDATE card_attempts SET dismissed = 1 WHERE id = ?").with(attempt).run();
}

namespace {

#define TRESEN_ATTEMPT_COLUMNS                                                                  \
  "a.id, orders.id, amount, currency, phase, says, a.reference, started, asked, a.kind, step, " \
  "a.row, terminal, key, ticket, booked, original, coalesce((SELECT o.ticket FROM "             \
  "card_attempts AS o WHERE o.payment = a.original), ''), orders.number, a.tip FROM "           \
  "card_attempts AS a "                                                                         \
  "JOIN orders ON orders.row = a.order_row "

CardAttempt attempt_at(const Query& query) {
  CardAttempt attempt;
  attempt.id = {query.uuid(0)};
  attempt.order = {query.uuid(1)};
  const Currency currency = currency_from(query.view(3));
  attempt.amount = {query.integer(2), currency};
  attempt.phase = query.as<CardPhase>(4);
  attempt.says = query.text(5);
  attempt.reference = query.text(6);
  attempt.started = query.instant(7);
  attempt.asked = query.small(8);
  attempt.kind = query.as<CardKind>(9);
  attempt.step = query.as<CardStep>(10);
  attempt.number = query.integer(11);
  attempt.terminal = query.text(12);
  attempt.key = query.text(13);
  attempt.ticket = query.text(14);
  attempt.booked = {query.integer(15), currency};
  if (!query.is_null(16)) attempt.original = {query.uuid(16)};
  attempt.original_ticket = query.text(17);
  attempt.order_number = query.text(18);
  attempt.tip = {query.integer(19), currency};
  return attempt;
}

// One line of a slip: its looks as a digit, then its text.
std::string written(const std::vector<TerminalLine>& lines) {
  std::string text;
  for (const TerminalLine& line : lines) {
    text += static_cast<char>('0' + line.centred + 2 * line.wide + 4 * line.tall);
    text += line.text;
    text += '\n';
  }
  return text;
}

std::vector<TerminalLine> lines_of(std::string_view text) {
  std::vector<TerminalLine> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const int looks = line.front() - '0';
    lines.push_back(
        {std::string(line.substr(1)), (looks & 1) != 0, (looks & 2) != 0, (looks & 4) != 0});
  }
  return lines;
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

void note_attempt_payment(Database& database, AttemptId attempt, TransactionId payment) {
  database.query("UPDATE card_attempts SET payment = ? WHERE id = ?").with(payment, attempt).run();
}

std::optional<CardAttempt> attempt_of_payment(Database& database, TransactionId payment) {
  auto query = database.query("SELECT " TRESEN_ATTEMPT_COLUMNS "WHERE a.payment = ?");
  query.with(payment);
  if (!query.next()) return {};
  return attempt_at(query);
}

std::string last_ticket(Database& database) {
  auto query = database.query(
      "SELECT ticket FROM card_attempts WHERE ticket <> '' ORDER BY row DESC LIMIT 1");
  return query.next() ? query.text(0) : "";
}

std::vector<std::string> other_tickets(Database& database, AttemptId attempt) {
  auto query = database.query(
      "SELECT ticket FROM card_attempts WHERE ticket <> '' AND id <> ? ORDER BY row DESC LIMIT 50");
  query.with(attempt);
  std::vector<std::string> tickets;
  while (query.next()) tickets.push_back(query.text(0));
  return tickets;
}

void insert_terminal_slip(Database& database, TerminalSlip& slip, Instant now) {
  database
      .query(
          "INSERT INTO terminal_slips (attempt, copy, signature, lines, state, created) VALUES "
          "(?, ?, ?, ?, 0, ?)")
      .with(slip.attempt, static_cast<int>(slip.copy), slip.needs_signature, written(slip.lines),
            now)
      .run();
  slip.row = database.last_row();
}

void set_terminal_slip_state(Database& database, std::int64_t row, int state,
                             std::string_view reason) {
  database.query("UPDATE terminal_slips SET state = ?, reason = ? WHERE row = ?")
      .with(state, reason, row)
      .run();
}

bool is_terminal_slip_state(Database& database, std::int64_t row, int state,
                            std::string_view reason) {
  auto query =
      database.query("SELECT 1 FROM terminal_slips WHERE row = ? AND state = ? AND reason = ?");
  return query.with(row, state, reason).next();
}

std::vector<TerminalSlip> open_terminal_slips(Database& database) {
  auto query = database.query(
      "SELECT row, attempt, copy, signature, lines FROM terminal_slips WHERE state = 0 ORDER BY "
      "row");
  std::vector<TerminalSlip> slips;
  while (query.next()) {
    slips.push_back({query.integer(0),
                     {query.uuid(1)},
                     query.as<SlipCopy>(2),
                     query.flag(3),
                     lines_of(query.view(4))});
  }
  return slips;
}

namespace {

#define TRESEN_TERMINAL_SLIPS                                                             \
  "SELECT s.row, s.attempt, s.copy, s.signature, s.lines, s.state, s.reason, s.created, " \
  "coalesce(o.number, '') FROM terminal_slips AS s "                                      \
  "LEFT JOIN card_attempts AS a ON a.id = s.attempt LEFT JOIN orders AS o ON o.row = a.order_row "
// In the words of the index terminal_slips_open, or it would not be used.
#define TRESEN_OPEN_TERMINAL_SLIPS "state IN (0, 2, 3)"

TerminalSlipRow slip_at(const Query& query) {
  return {{query.integer(0),
           {query.uuid(1)},
           query.as<SlipCopy>(2),
           query.flag(3),
           lines_of(query.view(4))},
          query.as<PrintState>(5),
          query.text(6),
          query.instant(7),
          query.text(8)};
}

std::vector<TerminalSlipRow> slips_of(Query query) {
  std::vector<TerminalSlipRow> rows;
  while (query.next()) rows.push_back(slip_at(query));
  return rows;
}

}  // namespace

std::optional<TerminalSlipRow> load_terminal_slip(Database& database, std::int64_t row) {
  auto query = database.query(TRESEN_TERMINAL_SLIPS "WHERE s.row = ?");
  query.with(row);
  if (!query.next()) return {};
  return slip_at(query);
}

std::vector<TerminalSlipRow> unprinted_terminal_slips(Database& database, std::int64_t limit) {
  auto query = database.query(TRESEN_TERMINAL_SLIPS "WHERE s." TRESEN_OPEN_TERMINAL_SLIPS
                                                    " ORDER BY s.row LIMIT ?");
  query.with(limit);
  return slips_of(std::move(query));
}

std::vector<TerminalSlipRow> terminal_slips(Database& database, std::int64_t limit) {
  auto query = database.query(TRESEN_TERMINAL_SLIPS "ORDER BY s.row DESC LIMIT ?");
  query.with(limit);
  return slips_of(std::move(query));
}

OpenPrints count_open_terminal_slips(Database& database) {
  OpenPrints open;
  auto count =
      database.query("SELECT count(*) FROM terminal_slips WHERE " TRESEN_OPEN_TERMINAL_SLIPS);
  if (count.next()) open.count = count.integer(0);
  if (open.count == 0) return open;
  auto reason = database.query("SELECT reason FROM terminal_slips WHERE " TRESEN_OPEN_TERMINAL_SLIPS
                               " AND reason <> '' ORDER BY row LIMIT 1");
  if (reason.next()) open.reason = reason.text(0);
  return open;
}

}  // namespace core
