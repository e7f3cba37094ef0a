#include "core/till/anchoring.h"

#include <fmt/format.h>

#include "core/base/text.h"

namespace core {

namespace {

void count_on_from(Database& database, std::string_view series, std::int64_t highest) {
  database
      .query(
          "INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET "
          "value = max(value, excluded.value)")
      .with(series, highest)
      .run();
}

}  // namespace

std::optional<Refusal> Anchoring::compare(Till& till) const {
  const auto known = read_anchor(file_);
  if (!known || holds(till.database, *known) == Held::yes) return {};
  const Anchor here = anchor_of(till.database);
  const bool lacks_receipts = known->receipts > here.receipts;
  Work work(till);
  work.note(gap_kind, lacks_receipts ? gap_subject(here.receipts + 1, known->receipts) : "",
            fmt::format("the till had written {}; this store had {}", trim(to_text(*known)),
                        trim(to_text(here))));
  count_on_from(till.database, "receipts before", known->receipts);
  count_on_from(till.database, "orders", known->orders);
  count_on_from(till.database, "closings before", known->closings);
  return work.commit();
}

void Anchoring::keep(Till& till) {
  if (kept_ == till.journal.last_seq()) return;
  const Anchor anchor = anchor_of(till.database);
  if (anchor.seq > 0 && write_anchor(file_, anchor)) kept_ = anchor.seq;
}

}  // namespace core
