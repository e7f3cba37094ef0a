// The migrations, numbered files that are compiled into the program.
#pragma once

#include <string_view>
#include <vector>

namespace core {

struct Migration {
  std::string_view name;  // "0001_first_sale.sql"
  std::string_view sql;
};

// In order; the file's number is the schema version that it leads to.
const std::vector<Migration>& migrations();

}  // namespace core
