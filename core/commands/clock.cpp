// The till's clock: what contradicts it, and a person who says that it is right.
#include <fmt/format.h>

#include "core/commands/all.h"
#include "core/store/order_store.h"
#include "core/till/till.h"

namespace core {

std::optional<ClockDoubt> doubt_of(const Till& till) {
  auto doubt = clock_doubt(till.now(), till.clock_witnesses);
  // Who was asked about this once is not asked again while the till runs.
  if (doubt && till.trusted_against == doubt->witness) return {};
  return doubt;
}

Handled carry_out(Till& till, const ClockSeen& command) {
  auto& ahead = command.witness == ClockWitness::terminal ? till.clock_witnesses.terminal_ahead
                                                          : till.clock_witnesses.platform_ahead;
  if (ahead == command.ahead) return Effects{};
  ahead = command.ahead;
  ++till.revision;
  return Effects{};
}

Handled carry_out(Till& till, const TrustClock&) {
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  const auto doubt = doubt_of(till);
  if (!doubt) return Effects{};
  Work work(till);
  work.note("clock said to be right", to_iso(till.now()),
            fmt::format("doubted by {}", to_iso(doubt->says)));
  // What was sold by a clock that was wrong is no witness of the right one.
  if (doubt->witness == ClockWitness::last_receipt) {
    till.database
        .query(
            "INSERT INTO counters (name, value) SELECT 'clock trusted after', max(row) FROM "
            "receipts WHERE true "
            "ON CONFLICT DO UPDATE SET value = excluded.value")
        .run();
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  if (doubt->witness == ClockWitness::last_receipt) {
    till.clock_witnesses.last_receipt.reset();
  } else {
    till.trusted_against = doubt->witness;
  }
  // Its time may have to be set, which waited for this.
  if (till.signing.outage) return Effects{ProbeSigningDevice{true}};
  return Effects{};
}

}  // namespace core
