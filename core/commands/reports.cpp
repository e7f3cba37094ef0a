// Looking at the reports, and printing one.
#include "core/commands/all.h"
#include "core/store/report_store.h"

namespace core {

Handled carry_out(Till& till, const OpenReports&) {
  if (auto no = forbidden(till, Permission::see_reports)) return tl::unexpected(*no);
  if (till.reports_are_open) return Effects{};
  // Who may is not written down every time; who was let in is.
  if (till.approver) {
    Work work(till);
    work.note("reports opened", till.actor());
    if (auto failed = work.commit()) return tl::unexpected(*failed);
  }
  till.reports_are_open = true;
  ++till.revision;
  return Effects{};
}

Handled carry_out(Till& till, const PrintReport& command) {
  if (!may_see_reports(till)) {
    if (auto no = forbidden(till, Permission::see_reports)) return tl::unexpected(*no);
  }
  if (till.settings.printer.kind == "none") return tl::unexpected(refuse("No printer is set up."));
  ReportPage page = report_page(till.database, command.what);
  if (!till.database.ok()) {
    const std::string why = till.database.error()->detail;
    till.database.forget_error();
    return tl::unexpected(refuse("The report could not be read.", why));
  }
  return Effects{PrintReportSlip{till.settings.shop, till.settings.till.id, till.actor(),
                                 till.now(), std::move(page)}};
}

}  // namespace core
