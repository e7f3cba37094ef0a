#include "core/store/customer_store.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "core/base/text.h"
#include "core/store/search_words.h"

namespace core {

namespace {

// More than fit on any sheet; the rest is found by typing on.
constexpr std::int64_t most_looked_through = 500;

struct Known {
  std::int64_t row = 0;  // 0: nobody
  std::string upstream_id;
  Customer customer;
};

std::string words_of(const Customer& customer) {
  return fold(customer.name + " " + customer.email);
}

Known known_from(Query& query) {
  if (!query.next()) return {};
  return {query.integer(0), query.text(1), {query.text(2), query.text(3), query.text(4)}};
}

Known known_by_id(Database& database, std::string_view upstream_id) {
  auto query = database.query(
      "SELECT id, upstream_id, name, email, language FROM customers "
      "WHERE upstream_id = ? AND upstream_id <> ''");
  return known_from(query.with(upstream_id));
}

Known known_by_address(Database& database, std::string_view email) {
  auto query = database.query(
      "SELECT id, upstream_id, name, email, language FROM customers "
      "WHERE email = ? AND email <> ''");
  return known_from(query.with(email));
}

void forget(Database& database, std::int64_t row) {
  database.query("DELETE FROM customers WHERE id = ?").with(row).run();
}

// Over what was known; what was not said this time stays.
void put(Database& database, const Known& known, std::string_view upstream_id, Customer customer) {
  const Customer& before = known.customer;
  if (customer.name.empty()) customer.name = before.name;
  if (customer.email.empty()) customer.email = before.email;
  if (customer.language.empty()) customer.language = before.language;
  if (known.row == 0) {
    database
        .query(
            "INSERT INTO customers (upstream_id, name, email, language, words) "
            "VALUES (?, ?, ?, ?, ?)")
        .with(upstream_id, customer.name, customer.email, customer.language, words_of(customer))
        .run();
  } else if (customer != before || upstream_id != known.upstream_id) {
    database
        .query(
            "UPDATE customers SET upstream_id = ?, name = ?, email = ?, language = ?, words = ? "
            "WHERE id = ?")
        .with(upstream_id, customer.name, customer.email, customer.language, words_of(customer),
              known.row)
        .run();
  }
}

void put_pulled(Database& database, const PulledCustomer& pulled) {
  Known known = known_by_id(database, pulled.upstream_id);
  if (pulled.is_gone) {
    if (known.row != 0) forget(database, known.row);
    return;
  }
  const Known same_address = known_by_address(database, pulled.customer.email);
  if (known.row == 0) {
    known = same_address;
  } else if (same_address.row != 0 && same_address.row != known.row) {
    forget(database, same_address.row);
  }
  put(database, known, pulled.upstream_id, pulled.customer);
}

// "anna" or "ana" as the beginning of a word: ("anna"* OR "ana"*) AND ...
std::string expression(const WordChoices& words) {
  std::string text;
  for (const auto& spellings : words) {
    if (!text.empty()) text += " AND ";
    std::string choice;
    for (const std::string& spelling : spellings) {
      choice += (choice.empty() ? "\"" : " OR \"") + spelling + "\"*";
    }
    text += "(" + choice + ")";
  }
  return text;
}

}  // namespace

void remember_customer(Database& database, const Customer& customer) {
  if (customer.email.empty()) return;
  const Known known = known_by_address(database, customer.email);
  put(database, known, known.upstream_id, customer);
}

void put_pulled_customers(Database& database, const std::vector<PulledCustomer>& pulled) {
  for (const PulledCustomer& one : pulled) put_pulled(database, one);
}

std::vector<Customer> find_customers(Database& database, std::string_view text,
                                     std::int64_t limit) {
  const std::string folded = fold(text);
  const std::string wanted = expression(spellings_of(folded));
  if (wanted.empty()) return {};
  auto query = database.query(
      "SELECT c.name, c.email, c.language FROM customer_words AS w "
      "JOIN customers AS c ON c.id = w.rowid WHERE customer_words MATCH ? LIMIT ?");
  query.with(wanted, most_looked_through);
  // Who is called as was typed stands before who has it somewhere.
  struct Hit {
    bool begins_later;
    std::string name;
    Customer customer;
  };
  std::vector<Hit> hits;
  while (query.next()) {
    Customer customer{query.text(0), query.text(1), query.text(2)};
    std::string name = fold(customer.name);
    hits.push_back({!name.starts_with(folded), std::move(name), std::move(customer)});
  }
  std::ranges::sort(hits, {}, [](const Hit& hit) {
    return std::tie(hit.begins_later, hit.name, hit.customer.email);
  });
  std::vector<Customer> found;
  for (Hit& hit : hits) {
    if (std::ssize(found) == limit) break;
    found.push_back(std::move(hit.customer));
  }
  return found;
}

std::vector<Customer> customers(Database& database, std::int64_t limit) {
  std::vector<Customer> all;
  auto query = database.query(
      "SELECT name, email, language FROM customers ORDER BY name COLLATE NOCASE, email LIMIT ?");
  query.with(limit);
  while (query.next()) all.push_back({query.text(0), query.text(1), query.text(2)});
  return all;
}

}  // namespace core
