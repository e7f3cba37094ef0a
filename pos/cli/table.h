// A table as people or programs read it: aligned text, or a JSON array of one
// object for each row. Pure but for `print_table`.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/money.h"

namespace pos::cli {

using Json = nlohmann::ordered_json;

enum class Align { left, right };

struct Column {
  std::string heading;  // for people
  std::string key;      // for programs
  Align align = Align::left;
};

// A value in both forms. Amounts are decimal texts in JSON, times ISO 8601 in UTC.
struct Cell {
  Cell(std::string_view said) : text(said), json(said) {}
  Cell(const std::string& said) : Cell(std::string_view(said)) {}
  Cell(const char* said) : Cell(std::string_view(said)) {}
  Cell(std::int64_t number) : text(std::to_string(number)), json(number) {}
  Cell(core::Money money) : text(core::to_plain(money)), json(text) {}
  Cell(core::Quantity quantity) : text(core::to_plain(quantity)), json(text) {}
  Cell(std::string shown, Json value) : text(std::move(shown)), json(std::move(value)) {}

  std::string text;
  Json json;
};

// "2026-11-21 15:44" in the shop's time zone; empty for the instant 0.
Cell time_cell(core::Instant at, std::string_view zone);

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void add(std::vector<Cell> cells);  // as many as there are columns
  bool empty() const { return rows_.empty(); }

  std::string as_text() const;
  Json as_json() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

enum class Form { text, json };

// On stdout; an empty table says `when_empty` in the text form.
void print_table(const Table& table, Form form, std::string_view when_empty);
void print_section(const Table& table);  // for people, below what is said already; nothing if empty
void print_json(const Json& json);

}  // namespace pos::cli
