#include "pos/doctor/journal_check.h"

namespace pos {

core::JournalPart latest_part_of(core::Database& database) {
  // Of a store of any size these are read in a fraction of a second.
  constexpr std::int64_t latest_entries = 10'000;
  return core::latest_part(database, latest_entries);
}

Verified verify_latest(core::Database& database, const std::vector<core::Anchor>& anchors) {
  Verified verified;
  {
    const core::OneState state(database);
    verified.part = latest_part_of(database);
    if (auto broken = core::verify_anchors(database, anchors)) {
      verified.verdict = *broken;
      return verified;
    }
  }
  verified.verdict = core::verify_part(database, verified.part);
  return verified;
}

}  // namespace pos
