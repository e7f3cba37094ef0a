// Whatever is killed: training counts nothing, roles and badges are whole, and a comparison
// with the terminal is there as it was confirmed or not at all.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/store/journal.h"
#include "core/store/shift_store.h"
#include "core/store/terminal_day_store.h"
#include "tests/support/faulty_vfs.h"
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

void work(Register& till, int out) {
  const auto must = [&](const Command& command) {
    if (!till.handle(command)) _exit(96);
  };
  const auto confirm = [&](Worked step) {
    const char byte = step;
    if (::write(out, &byte, 1) != 1) _exit(97);
  };
  must(OpenShift{euros(10'000)});
  must(SaveRole{night_role()});
  confirm(role);
  must(StartTraining{});
  must(AddOpenItem{"Ware", euros(1'200), "standard"});
  must(TakeCash{euros(1'200)});
  must(EndTraining{});
  confirm(trained);
  must(TerminalDayEnded{{.is_closed = true, .total = euros(300)}});
  confirm(day_compared);
  // Hashing a PIN takes its time: it comes last, so that few of the runs get so far.
  must(AddCashier{"Anna", Role::manager, "1111", ""});
  must(SignIn{1, "1111"});
  confirm(manager);
  must(SetBadge{1, a_badge});
  confirm(badge);
}

}  // namespace

TEST_CASE("crash: wherever the plug is pulled, roles are whole and training has counted nothing") {
  for (int n = 1;; ++n) {
    CAPTURE(n);
    TempFolder folder;
    put_new_store(folder.path());
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      FakeClock clock;
      FaultyVfs vfs;
      vfs.fail_at(n, Fault::plug_pulled);
      auto till = Register::open({folder.path(), Durability::full, {}}, clock);
      if (!till) _exit(94);
      work(**till, ends[1]);
      _exit(0);
    }
    ::close(ends[1]);
    std::string confirmed;
    char byte = 0;
    while (::read(ends[0], &byte, 1) == 1) confirmed += byte;
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    CAPTURE(confirmed);

    FakeClock clock;
    auto opened = Register::open({folder.path(), Durability::full, {}}, clock);
    REQUIRE(opened);
    Register& till = **opened;
    const auto has = [&](Worked step) { return confirmed.find(step) != std::string::npos; };
    const Snapshot now = till.snapshot();
    CHECK(now.roles.size() >= (has(role) ? 3U : 2U));
    if (now.roles.size() == 3) {
      StaffRole wanted = night_role();
      wanted.role = now.roles.back().role;
      CHECK(now.roles.back() == wanted);
    }
    if (has(badge)) CHECK(now.staff.front().has_badge);
    if (const auto shift = open_shift(till.database())) {
      const ShiftReport report = report_of(till.database(), *shift);
      CHECK(report.turnover() == euros(0));
      CHECK(report.expected(shift->opening) == shift->opening);
      CHECK(report.trainings <= 1);
      CHECK(report.trainings >= static_cast<std::int64_t>(has(trained)));
      const auto day = terminal_day_of(till.database(), shift->row);
      CHECK(day.has_value() >= has(day_compared));
      if (day) CHECK(day->theirs == euros(300));
    }
    if (has(trained)) CHECK_FALSE(now.training);
    CHECK(std::holds_alternative<JournalSound>(verify_journal(till.database())));
    if (WEXITSTATUS(status) == 0) {
      CHECK(n > 10);
      break;
    }
    REQUIRE(WEXITSTATUS(status) == 99);
  }
}
