// Any bytes as a CSV file: rows and faults in order, and an end.
#include <sstream>

#include "core/base/ensure.h"
#include "core/base/text.h"
#include "core/catalogue/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  std::istringstream input(std::string(reinterpret_cast<const char*>(data), size));
  core::CsvReader reader(input, core::letters_of(input));
  core::CsvRow row;
  for (std::int64_t line = 0;;) {
    const auto got = reader.next(row);
    if (!got && core::ends_reading(got.error().fault)) return 0;
    if (!got) continue;
    if (!*got) return 0;
    ENSURE(row.line > line && !row.fields.empty());
    line = row.line;
    for (const std::string& field : row.fields) ENSURE(core::is_utf8(field));
  }
}
