// What came from outside and could not be taken is kept by name, told, and tried
// again when a person wants it.
#include "core/store/aside_store.h"

#include <algorithm>

#include "core/commands/all.h"

namespace core {

namespace {

bool is_in(const std::vector<PutAside>& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(),
                     [&](const PutAside& one) { return one.name == name; });
}

Handled noted_aside(Till& till, Work& work, Effects effects = {}) {
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return effects;
}

}  // namespace

Handled carry_out(Till& till, const NotePutAside& command) {
  const std::vector<AsideRow> known = put_aside(till.database);
  std::vector<AsideRow> gone, news;
  for (const AsideRow& row : known) {
    if (row.source != command.source || is_in(command.found, row.what.name)) continue;
    const bool was_asked_for = row.is_wanted && row.what.changed != Instant{};
    const bool is_settled = command.is_all || (command.was_tried && was_asked_for);
    if (is_settled) gone.push_back(row);
  }
  for (const PutAside& what : command.found) {
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const AsideRow& row) {
      return row.source == command.source && row.what == what &&
             !(row.is_wanted && command.was_tried);
    });
    if (!is_known) news.push_back({command.source, what, till.now(), false});
  }
  // What has not changed is not written.
  if (gone.empty() && news.empty()) return Effects{};
  Work work(till);
  for (const AsideRow& row : gone) forget_aside(till.database, row.source, row.what.name);
  for (const AsideRow& row : news) {
    keep_aside(till.database, row);
    work.note("put aside", row.what.name, row.what.reason);
  }
  return noted_aside(till, work);
}

Handled carry_out(Till& till, const TryAsideAgain& command) {
  if (auto no = forbidden(till, Permission::resend)) return tl::unexpected(*no);
  Work work(till);
  want_aside(till.database, command.source, command.name);
  return noted_aside(till, work, Effects{WakeSync{}});
}

}  // namespace core
