#include "core/store/aside_store.h"

namespace core {

std::vector<AsideRow> put_aside(Database& database, std::int64_t limit) {
  auto query = database.query(
      "SELECT source, name, reason, changed, since, wanted FROM put_aside "
      "ORDER BY since DESC, name LIMIT ?");
  query.with(limit);
  std::vector<AsideRow> rows;
  while (query.next()) {
    rows.push_back({query.text(0),
                    {query.text(1), query.text(2), query.instant(3)},
                    query.instant(4),
                    query.flag(5)});
  }
  return rows;
}

std::int64_t count_put_aside(Database& database) {
  auto query = database.query("SELECT count(*) FROM put_aside");
  return query.next() ? query.integer(0) : 0;
}

void keep_aside(Database& database, const AsideRow& row) {
  database
      .query(
          "INSERT INTO put_aside (source, name, reason, changed, since, wanted) "
          "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason, "
          "changed = excluded.changed, wanted = excluded.wanted")
      .with(row.source, row.what.name, row.what.reason, row.what.changed, row.since, row.is_wanted)
      .run();
}

void forget_aside(Database& database, std::string_view source, std::string_view name) {
  database.query("DELETE FROM put_aside WHERE source = ? AND name = ?").with(source, name).run();
}

void want_aside(Database& database, std::string_view source, std::string_view name) {
  database.query("UPDATE put_aside SET wanted = 1 WHERE ?1 = '' OR (source = ?2 AND name = ?1)")
      .with(name, source)
      .run();
}

}  // namespace core
