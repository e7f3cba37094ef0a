#include "core/fiscal/dsfinvk/columns.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/fiscal/dsfinvk/writer.h"

// Its names are its own, also where sources are joined.
namespace core::dsfinvk {

TEST_CASE("dsfinvk columns: 20 files, 219 columns, each name once in its file") {
  std::size_t columns = 0;
  for (const Table& table : tables()) {
    CHECK(&table_of(table.file) == &table);
    CHECK(file_named(table.name) == table.file);
    std::set<std::string_view> names;
    for (const auto part : {leading_columns(table), table.own}) {
      for (const Column& column : part) {
        CHECK(names.insert(column.name).second);
        ++columns;
      }
    }
  }
  CHECK(tables().size() == 20);
  CHECK(columns == 219);
  CHECK_FALSE(file_named("bonkopf.csv"));
}

TEST_CASE("dsfinvk columns: they are those of the published table") {
  if (!std::filesystem::exists(TRESEN_SOURCE "/../shared/data/dsfinvk/columns.tsv")) return;
  std::ifstream stream(TRESEN_SOURCE "/../shared/data/dsfinvk/columns.tsv");
  std::string line;
  std::getline(stream, line);
  std::size_t known = 0;
  while (std::getline(stream, line)) {
    std::istringstream words(line);
    std::vector<std::string> fields;
    for (std::string field; std::getline(words, field, '\t');) fields.push_back(field);
    const auto file = file_named(fields[0]);
    REQUIRE(file);
    const Table& table = table_of(*file);
    CHECK(table.module == fields[1]);
    std::vector<Column> all(leading_columns(table).begin(), leading_columns(table).end());
    all.insert(all.end(), table.own.begin(), table.own.end());
    const Column& column = all.at(std::stoul(fields[3]) - 1);
    CHECK(column.name == fields[4]);
    CHECK((column.form == Form::number) == (fields[5] == "Numeric"));
    CHECK(std::to_string(column.size) == fields[6]);
    CHECK(column.says == fields[8]);
    ++known;
  }
  CHECK(known == 219);
}

}  // namespace core::dsfinvk
