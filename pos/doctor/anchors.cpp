#include "pos/doctor/anchors.h"

#include "sync/upstream/pushed_anchors.h"

namespace pos {

std::vector<core::Anchor> known_anchors(const std::filesystem::path& data,
                                        const core::Settings& settings) {
  std::vector<core::Anchor> anchors;
  if (settings.upstream.kind == "folder") {
    anchors = syncing::pushed_anchors(data / "upstream" / "outbox", settings.till.id);
  }
  if (auto own = core::read_anchor(core::anchor_file(data))) anchors.push_back(*own);
  return anchors;
}

std::string in_words(const core::JournalGap& gap, const Words& words) {
  const std::string entry = std::to_string(gap.seq), at = core::to_iso(gap.at);
  if (gap.first == 0) {
    return words.fill("the store was not the one that this till had written, see entry {} of {}",
                      {entry, at});
  }
  return words.fill(
      "receipts {} to {} are missing: the store was put back to an older copy, see entry {} of {}",
      {std::to_string(gap.first), std::to_string(gap.last), entry, at});
}

}  // namespace pos
