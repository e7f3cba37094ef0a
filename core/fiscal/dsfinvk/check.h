// Reads an export again, whoever wrote it, and says what in it disagrees: forms, lengths and
// words of every field, then what must be the same sum in two places. Nothing is repaired.
//
//   of each receipt    printed total = tax sums = lines = payments = what was signed
//   of each closing    businesscases = lines; payment, cash_per_currency and
//                      cashpointclosing = payments; first and last receipt exist
//   of all             keys stand in vat.csv, devices in tse.csv; what is given back says
//                      of which receipt, or what else it was sold by
//
// Memory grows with the number of receipts and lines (some 200 and 40 bytes each).
#pragma once

#include <cstdint>
#include <istream>
#include <memory>
#include <string>
#include <vector>

#include "core/fiscal/dsfinvk/columns.h"

namespace core::dsfinvk {

struct Finding {
  std::string file;
  std::int64_t line = 0;  // 0: of no line
  std::string says;       // English
  friend bool operator==(const Finding&, const Finding&) = default;
};

struct CheckReport {
  std::int64_t closings = 0;
  std::int64_t receipts = 0;  // records of any kind
  std::int64_t signed_ones = 0;
  std::int64_t rows = 0;
  std::int64_t finding_count = 0;
  std::vector<Finding> findings;  // the first hundred
  bool is_good() const { return finding_count == 0; }
};

class ExportCheck {
 public:
  ExportCheck();
  ExportCheck(ExportCheck&&) noexcept;
  ExportCheck& operator=(ExportCheck&&) noexcept;
  ~ExportCheck();

  // The files in the order in which they must be read; each once.
  static std::vector<File> order();
  void read(File file, std::istream& bytes);
  void miss(std::string_view file);  // it is not there
  CheckReport finish();

 private:
  class Books;
  std::unique_ptr<Books> books_;
};

}  // namespace core::dsfinvk
