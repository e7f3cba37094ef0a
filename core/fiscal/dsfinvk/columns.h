// The files and columns of DSFinV-K 2.4 (BZSt, Anhang G): the one place that knows them.
// Writer, index.xml and checker all read this table; another version is another table.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace core::dsfinvk {

inline constexpr std::string_view version = "2.4";

// In the order in which index.xml names them.
enum class File {
  cashpointclosing,
  location,
  cashregister,
  slaves,
  pa,
  tse,
  vat,
  businesscases,
  payment,
  cash_per_currency,
  transactions,
  datapayment,
  lines,
  itemamounts,
  subitems,
  transactions_tse,
  transactions_vat,
  lines_vat,
  allocation_groups,
  references,
};
inline constexpr std::size_t file_count = 20;
constexpr std::size_t place_of(File file) {
  return static_cast<std::size_t>(file);
}

enum class Form { text, number };
enum class Need { must, may };
struct Column {
  std::string_view name;
  Form form;
  int size;  // of a text its most letters, of a number its decimals
  Need need;
  std::string_view says;  // German, as index.xml describes it
};

struct Table {
  File file;
  std::string_view name;    // "lines.csv"
  std::string_view module;  // "Bonpos"
  // Of a record, which begins with its receipt; all begin with their closing.
  bool is_record;
  std::span<const Column> own;
};

// Till, time and number of the closing, then the receipt: what every row begins with.
std::span<const Column> leading_columns(const Table& table);
const Table& table_of(File file);
std::span<const Table> tables();
std::optional<File> file_named(std::string_view name);

// A certificate takes columns of 1000 letters each; the standard has two of them, and lets
// more be added at the end.
inline constexpr std::size_t certificate_columns = 2;
inline constexpr std::size_t most_certificate_columns = 7;
inline constexpr int certificate_letters = 1000;
const Column& further_certificate_column(std::size_t part);  // from 2 on: the third

}  // namespace core::dsfinvk
