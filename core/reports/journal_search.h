// What an owner looks for in the journal, and what is found. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"

namespace core {

// An entry as it was read back.
struct JournalRow {
  std::int64_t seq = 0;
  Instant at;
  std::string actor, kind, subject, content;
};

// What is left empty matches everything.
struct JournalSearch {
  std::string person = {};            // who did it, or approved it; the beginning of the name
  std::string kind = {};              // "void line", "no sale"
  std::string text = {};              // an article, a number, a reason; in any case of letters
  std::optional<Money> amount = {};   // of a receipt, or said in the entry
  std::optional<Instant> from = {};   // on or after
  std::optional<Instant> until = {};  // before
  std::int64_t limit = 50;
  std::vector<std::string> kinds = {};  // one of these
  bool is_approved = false;             // only what somebody approved
  friend bool operator==(const JournalSearch&, const JournalSearch&) = default;
};

// How often a kind stands in it.
struct JournalCount {
  std::string kind;
  std::int64_t number = 0;
};

}  // namespace core
