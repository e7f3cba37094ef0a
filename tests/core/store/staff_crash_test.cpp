// Whatever is killed: training counts nothing, roles and badges are whole, and a comparison
// with the terminal is there as it was confirmed or not at all.
#include <doctest/doctest.h>

#include "core/store/shift_store.h"
#include "core/store/terminal_day_store.h"
#include "tests/support/killed_till.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

constexpr const char* a_badge = "BADGE-4711-X";

// What a child has confirmed, one byte each.
enum Worked : char { manager = 'm', role = 'r', badge = 'b', trained = 't', day_compared = 'c' };

StaffRole night_role() {
  StaffRole made = copy_of(built_in_role(Role::cashier), "Night");
  set(made, Permission::refund, Allowed::yes);
  set(made, Permission::void_line, Allowed::no);
  made.limits.refund = 2'000;
  return made;
}

void work(AtWork& till) {
  till.must(OpenShift{euros(10'000)});
  till.must(SaveRole{night_role()});
  till.confirm(role);
  till.must(StartTraining{});
  till.must(AddOpenItem{"Ware", euros(1'200), "standard"});
  till.must(TakeCash{euros(1'200)});
  till.must(EndTraining{});
  till.confirm(trained);
  till.must(TerminalDayEnded{{.is_closed = true, .total = euros(300)}});
  till.confirm(day_compared);
  // Hashing a PIN takes its time: it comes last, so that few of the runs get so far.
  till.must(AddCashier{"Anna", Role::manager, "1111", ""});
  till.must(SignIn{1, "1111"});
  till.confirm(manager);
  till.must(SetBadge{1, a_badge});
  till.confirm(badge);
}

}  // namespace

TEST_CASE("crash: wherever the plug is pulled, roles are whole and training has counted nothing") {
  kill_everywhere(work, [](AfterKill& after) {
    Register& till = after.till;
    const Snapshot now = till.snapshot();
    CHECK(now.roles.size() >= (after.has(role) ? 3U : 2U));
    if (now.roles.size() == 3) {
      StaffRole wanted = night_role();
      wanted.role = now.roles.back().role;
      CHECK(now.roles.back() == wanted);
    }
    if (after.has(badge)) CHECK(now.staff.front().has_badge);
    if (const auto shift = open_shift(till.database())) {
      const ShiftReport report = report_of(till.database(), *shift);
      CHECK(report.turnover() == euros(0));
      CHECK(report.expected(shift->opening) == shift->opening);
      CHECK(report.trainings <= 1);
      CHECK(report.trainings >= static_cast<std::int64_t>(after.has(trained)));
      const auto day = terminal_day_of(till.database(), shift->row);
      CHECK(day.has_value() >= after.has(day_compared));
      if (day) CHECK(day->theirs == euros(300));
    }
    if (after.has(trained)) CHECK_FALSE(now.training);
  });
}
