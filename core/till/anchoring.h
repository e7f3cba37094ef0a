// The till's own anchor, in a file beside its store (see store/anchor.h): written
// when the till rests, looked at when it starts. A store that does not hold it is an
// older copy, or was changed: that is written into the journal for good, and numbers
// go on behind the highest that were ever given out.
//
// Lives on the register thread.
#pragma once

#include <filesystem>

#include "core/till/till.h"

namespace core {

class Anchoring {
 public:
  explicit Anchoring(const std::filesystem::path& folder) : file_(anchor_file(folder)) {}

  // After opening. Not for a store whose anchor is missing: it may be a new till's.
  std::optional<Refusal> compare(Till& till) const;
  // Writes down how far the journal is; a disk that does not take it is tried again.
  void keep(Till& till);

 private:
  std::filesystem::path file_;
  std::int64_t kept_ = 0;  // the entry that is in the file
};

}  // namespace core
