#include "pos/cli/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/ensure.h"
#include "core/base/text.h"
#include "pos/cli/say.h"

namespace pos::cli {

namespace {

constexpr std::string_view gap = "  ";

std::size_t width_of(std::string_view text) {
  int columns = 0;
  for (const char32_t c : core::code_points(text)) columns += std::max(core::columns_of(c), 0);
  return static_cast<std::size_t>(columns);
}

std::string padded(std::string_view text, std::size_t width, Align align) {
  const std::string blanks(width - std::min(width, width_of(text)), ' ');
  return align == Align::left ? std::string(text) + blanks : blanks + std::string(text);
}

void end_line(std::string& text) {
  text.erase(text.find_last_not_of(' ') + 1);
  text += '\n';
}

}  // namespace

Cell time_cell(core::Instant at, std::string_view zone) {
  if (at == core::Instant{}) return {"", nullptr};
  const core::LocalTime local = core::local_time(at, zone);
  return {fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", local.year, local.month, local.day,
                      local.hour, local.minute),
          core::to_iso(at)};
}

void Table::add(std::vector<Cell> cells) {
  ENSURE(cells.size() == columns_.size());
  for (Cell& cell : cells) cell.text = printable(cell.text);
  rows_.push_back(std::move(cells));
}

std::string Table::as_text() const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    widths.push_back(width_of(columns_[i].heading));
    for (const auto& row : rows_) widths[i] = std::max(widths[i], width_of(row[i].text));
  }
  std::string text;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    text += padded(columns_[i].heading, widths[i], columns_[i].align);
    text += gap;
  }
  end_line(text);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      text += padded(row[i].text, widths[i], columns_[i].align);
      text += gap;
    }
    end_line(text);
  }
  return text;
}

Json Table::as_json() const {
  Json all = Json::array();
  for (const auto& row : rows_) {
    Json object = Json::object();
    for (std::size_t i = 0; i < columns_.size(); ++i) object[columns_[i].key] = row[i].json;
    all.push_back(std::move(object));
  }
  return all;
}

void print_table(const Table& table, Form form, std::string_view when_empty) {
  if (form == Form::json) {
    print_json(table.as_json());
  } else if (table.empty()) {
    print(when_empty);
  } else {
    std::string text = table.as_text();
    text.pop_back();
    print(text);
  }
}

void print_section(const Table& table) {
  if (table.empty()) return;
  print("");
  print_table(table, Form::text, "");
}

void print_json(const Json& json) {
  print(json.dump(2, ' ', false, Json::error_handler_t::replace));
}

}  // namespace pos::cli
