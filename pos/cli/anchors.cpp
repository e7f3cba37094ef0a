#include "pos/cli/anchors.h"

#include <fmt/format.h>

#include "sync/upstream/pushed_anchors.h"

namespace pos::cli {

std::vector<core::Anchor> known_anchors(const Common& common, const core::Settings& settings) {
  std::vector<core::Anchor> anchors;
  if (settings.upstream.kind == "folder") {
    anchors = syncing::pushed_anchors(common.data / "upstream" / "outbox", settings.till.id);
  }
  if (auto own = core::read_anchor(core::anchor_file(common.data))) anchors.push_back(*own);
  return anchors;
}

std::string words_for(const core::JournalGap& gap) {
  const std::string since = fmt::format("entry {} of {}", gap.seq, core::to_iso(gap.at));
  if (gap.first == 0) {
    return fmt::format("the store was not the one that this till had written, see {}", since);
  }
  return fmt::format(
      "receipts {} to {} are missing: the store was put back to an older copy, "
      "see {}",
      gap.first, gap.last, since);
}

}  // namespace pos::cli
