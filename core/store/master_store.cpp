#include "core/store/master_store.h"

namespace core {

namespace {

#define TRESEN_MASTER_COLUMNS                                                           \
  "row, since, name, street, postcode, city, country, tax_number, vat_id, site, till, " \
  "serial, make, model, software, currency "

MasterData master_at(const Query& query) {
  MasterData master;
  master.row = query.integer(0);
  master.since = query.instant(1);
  int column = 2;
  for (std::string* text :
       {&master.name, &master.street, &master.postcode, &master.city, &master.country,
        &master.tax_number, &master.vat_id, &master.site, &master.till, &master.serial,
        &master.make, &master.model, &master.software, &master.currency}) {
    *text = query.text(column++);
  }
  return master;
}

}  // namespace

std::string till_serial(Database& database) {
  auto query = database.query("SELECT serial FROM till_serial");
  return query.next() ? query.text(0) : "";
}

MasterData master_data(Database& database, const ShopSettings& shop, const std::string& till) {
  MasterData master;
  master.name = shop.name;
  master.street = shop.street;
  master.postcode = shop.postcode;
  master.city = shop.city;
  master.country = shop.country;
  master.tax_number = shop.tax_number;
  master.vat_id = shop.vat_id;
  master.site = shop.site;
  master.till = till;
  master.serial = till_serial(database);
  master.make = master.model = "Tresen";
  master.software = TRESEN_VERSION;
  master.currency = shop.currency.text();
  return master;
}

std::int64_t keep_master_data(Database& database, const MasterData& now, Instant at) {
  {
    auto latest = database.query("SELECT " TRESEN_MASTER_COLUMNS
                                 "FROM master_data ORDER BY row DESC LIMIT 1");
    if (latest.next()) {
      const MasterData known = master_at(latest);
      if (is_same(known, now)) return known.row;
    }
  }
  auto query = database.query(
      "INSERT INTO master_data (since, name, street, postcode, city, country, tax_number, vat_id, "
      "site, till, serial, make, model, software, currency) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.with(at, now.name, now.street, now.postcode, now.city, now.country, now.tax_number,
             now.vat_id);
  query.with(now.site, now.till, now.serial, now.make, now.model, now.software, now.currency);
  return query.run() ? database.last_row() : 0;
}

std::optional<MasterData> load_master_data(Database& database, std::int64_t row) {
  auto query = database.query("SELECT " TRESEN_MASTER_COLUMNS "FROM master_data WHERE row = ?");
  query.with(row);
  if (!query.next()) return {};
  return master_at(query);
}

std::vector<MasterData> master_data_versions(Database& database) {
  auto query = database.query("SELECT " TRESEN_MASTER_COLUMNS "FROM master_data ORDER BY row");
  std::vector<MasterData> all;
  while (query.next()) all.push_back(master_at(query));
  return all;
}

}  // namespace core
