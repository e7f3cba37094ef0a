#include "core/staff.h"

#include <doctest/doctest.h>

#include "core/store/journal.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

namespace {

// A manager (signed in) and a cashier.
struct Team {
  Team() {
    till.must(AddCashier{"Klara", Role::manager, "1234", ""});
    till.must(SignIn{1, "1234"});
    till.must(AddCashier{"Nina", Role::cashier, "5678", "de"});
  }
  JournalRow last_entry() { return latest_entries(till.database(), 1).front(); }
  TillDriver till;
};

}  // namespace

TEST_CASE("staff: a changed cashier signs in under the new name with the new PIN") {
  Team team;
  team.till.must(ChangeCashier{{2, "Nina Roth", Role::manager, "en", "dark"}, "9999"});
  CHECK(team.till.now().staff[1] == Cashier{2, "Nina Roth", Role::manager, "en", "dark"});
  CHECK(team.last_entry().kind == "cashier changed");
  CHECK(team.last_entry().actor == "Klara");
  CHECK(team.last_entry().content ==
        "name: Nina -> Nina Roth; role: cashier -> manager; language: de -> en; "
        "appearance:  -> dark; new PIN");
  team.till.refused(SignIn{2, "5678"});
  team.till.must(SignIn{2, "9999"});
  team.till.reopen();
  CHECK(team.till.now().staff[1].name == "Nina Roth");
}

TEST_CASE("staff: the PIN stays where no new one is given") {
  Team team;
  team.till.must(ChangeCashier{{2, "Nina", Role::cashier, "en", ""}, ""});
  team.till.must(SignIn{2, "5678"});
  CHECK(team.till.now().cashier->language == "en");
}

TEST_CASE("staff: a change that is not possible changes nothing") {
  Team team;
  const auto before = team.till.now().staff;
  team.till.refused(ChangeCashier{{2, "Klara", Role::cashier, "", ""}, ""});
  team.till.refused(ChangeCashier{{2, " ", Role::cashier, "", ""}, ""});
  team.till.refused(ChangeCashier{{2, "Nina", Role::cashier, "", ""}, "12"});
  team.till.refused(ChangeCashier{{7, "Nobody", Role::cashier, "", ""}, ""});
  team.till.refused(ChangeCashier{{1, "Klara", Role::cashier, "", ""}, ""});
  CHECK(team.till.now().staff == before);
}

TEST_CASE("staff: a cashier may change nobody, and needs a manager's PIN") {
  Team team;
  team.till.must(SignIn{2, "5678"});
  const ChangeCashier change{{2, "Nina", Role::manager, "", ""}, ""};
  team.till.refused(change);
  team.till.refused(RemoveCashier{1});
  CHECK(team.till.now().staff[1].role == Role::cashier);
}

TEST_CASE("staff: whoever is removed is gone, what they sold keeps their name") {
  Team team;
  team.till.must(SignIn{2, "5678"});
  team.till.scan(krimi);
  team.till.must(TakeCash{euros(1400)});
  team.till.must(SignIn{1, "1234"});
  team.till.must(RemoveCashier{2});
  CHECK(team.till.now().staff.size() == 1);
  CHECK(team.last_entry().kind == "cashier removed");
  CHECK(std::holds_alternative<JournalSound>(verify_journal(team.till.database())));
  team.till.refused(SignIn{2, "5678"});
}

TEST_CASE("staff: nobody removes themselves, nor the last manager") {
  Team team;
  team.till.refused(RemoveCashier{1});
  team.till.must(ChangeCashier{{2, "Nina", Role::manager, "", ""}, ""});
  team.till.must(SignIn{2, "5678"});
  team.till.must(RemoveCashier{1});
  team.till.refused(RemoveCashier{2});
  CHECK(team.till.now().staff.size() == 1);
}

TEST_CASE("staff: how somebody likes the screens is kept, and may be changed by themselves") {
  Team team;
  team.till.must(SignIn{2, "5678"});
  const Cashier liked{2, "Nina", Role::cashier, "en", "dark", 150, "left"};
  team.till.must(ChangeCashier{liked, ""});
  CHECK(team.till.now().cashier->text_percent == 150);
  team.till.reopen();
  CHECK(team.till.now().staff[1] == liked);
  team.till.must(SignIn{2, "5678"});
  team.till.refused(ChangeCashier{{2, "Nina", Role::manager, "en", "dark", 150, "left"}, ""});
  team.till.refused(ChangeCashier{liked, "9999"});
  team.till.refused(ChangeCashier{{1, "Klara", Role::manager, "en", "", 0, ""}, ""});
  team.till.refused(ChangeCashier{{2, "Nina", Role::cashier, "en", "dark", 300, "left"}, ""});
}
