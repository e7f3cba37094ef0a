#include "pos/cli/verify.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>

#include "pos/cli/progress.h"
#include "pos/runtime/queue.h"
#include "pos/runtime/worker.h"

namespace pos::cli {

namespace {

using Verdict = std::variant<core::JournalSound, core::JournalBroken>;

// Fewer are not worth another connection.
constexpr std::int64_t fewest_for_a_core = 10'000;
constexpr std::chrono::milliseconds glance{200};

std::int64_t cores_for(const core::JournalPart& part) {
  const std::int64_t cores = std::max(::sysconf(_SC_NPROCESSORS_ONLN), 1L);
  return std::clamp<std::int64_t>((part.last - part.after) / fewest_for_a_core, 1, cores);
}

Verdict verify_alone(const std::filesystem::path& file, const core::JournalPart& part,
                     const core::JournalTicks& ticks) {
  auto database = core::Database::open(file, core::Access::read);
  if (!database) return core::JournalBroken{0, core::in_words(database.error())};
  return core::verify_part(*database, part, ticks);
}

// As one: the first thing that is broken, or all that is sound.
Verdict together(const std::vector<Verdict>& verdicts) {
  core::JournalSound all;
  for (const Verdict& verdict : verdicts) {
    const auto* sound = std::get_if<core::JournalSound>(&verdict);
    if (!sound) return verdict;
    all.entries += sound->entries;
    all.receipts += sound->receipts;
  }
  all.gaps = std::get<core::JournalSound>(verdicts.front()).gaps;
  return all;
}

Verdict verify_on_all_cores(const std::filesystem::path& file,
                            const std::vector<core::JournalPart>& parts, std::int64_t work) {
  std::vector<Verdict> verdicts(parts.size());
  std::atomic<std::int64_t> done{0};
  Queue<std::size_t> ended;
  Progress progress("verifying the journal");
  std::vector<Worker> workers;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    workers.emplace_back("verify", [&, i] {
      verdicts[i] = verify_alone(file, parts[i], [&](std::int64_t more) { done += more; });
      ended.push(i);
    });
  }
  for (std::size_t left = parts.size(); left > 0;) {
    if (ended.pop(glance)) --left;
    progress.show(done, work);
  }
  workers.clear();
  return together(verdicts);
}

}  // namespace

Verified verify(core::Database& database, const std::filesystem::path& file,
                const std::vector<core::Anchor>& anchors, Extent extent) {
  if (extent == Extent::latest) return verify_latest(database, anchors);
  Verified verified;
  std::vector<core::JournalPart> parts;
  {
    const core::OneState state(database);
    verified.part = core::whole_journal(database);
    if (auto broken = core::verify_anchors(database, anchors)) {
      verified.verdict = *broken;
      return verified;
    }
    parts = core::split(database, verified.part, cores_for(verified.part));
  }
  verified.verdict = parts.size() == 1
                         ? core::verify_part(database, verified.part)
                         : verify_on_all_cores(file, parts, core::work_in(verified.part));
  return verified;
}

}  // namespace pos::cli
