#include "core/staff/staff.h"

#include <doctest/doctest.h>

#include "core/store/journal.h"
#include "tests/support/faulty_vfs.h"
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

namespace {

void guess(Team& team, std::int64_t cashier, int times) {
  for (int i = 0; i < times; ++i) {
    team.till.refused(SignIn{cashier, "0000"});
    team.till.clock.advance(lock_out(9));
  }
}

// A cashier who asks for something that needs approval, with a PIN.
Refusal approval_refused(Team& team, const char* pin) {
  return team.till.refused(OpenDrawerByHand{"change"}, pin);
}

constexpr const char* too_many = "Too many wrong PINs. Please wait a moment.";

}  // namespace

TEST_CASE("pins: wrong ones are counted for the person, whoever signs in between") {
  Team team;
  for (int i = 0; i < 2; ++i) team.till.refused(SignIn{1, "0000"});
  team.till.must(SignIn{2, "5678"});
  CHECK(team.till.refused(SignIn{1, "0000"}).text == "This PIN is not right.");
  CHECK(team.till.refused(SignIn{1, "1234"}).text == too_many);
  team.till.must(SignIn{2, "5678"});
  CHECK(record_of(team.till.now().pins, 1).wrong == 3);
  team.till.clock.advance(lock_out(3));
  team.till.must(SignIn{1, "1234"});
  CHECK(record_of(team.till.now().pins, 1).wrong == 0);
}

TEST_CASE("pins: a restart does not end a lock-out, and a clock set back does not prolong it") {
  Team team;
  for (int i = 0; i < 3; ++i) team.till.refused(SignIn{1, "0000"});
  team.till.reopen();
  CHECK(team.till.refused(SignIn{1, "1234"}).text == too_many);
  team.till.clock.advance(-std::chrono::hours(24 * 365));
  CHECK(team.till.refused(SignIn{1, "1234"}).text == too_many);
  CHECK(locked_for(record_of(team.till.now().pins, 1), team.till.clock.now()) <= lock_out(3));
}

TEST_CASE("pins: guessing at the approval is locked out, on disk and in the journal") {
  Team team;
  team.till.must(SignIn{2, "5678"});
  for (int i = 0; i < 3; ++i) {
    CHECK(approval_refused(team, "0000").text == "This PIN is not right.");
    CHECK(team.last_entry().kind == "wrong PIN");
    CHECK(team.last_entry().actor == "Nina");
    CHECK(team.last_entry().subject == "approval");
  }
  CHECK(approval_refused(team, "1234").text == too_many);
  CHECK(team.till.now().locked_until > team.till.clock.now());
  CHECK(team.till.now().wrong_pins == 3);
  team.till.reopen();
  team.till.must(SignIn{2, "5678"});
  CHECK(approval_refused(team, "1234").text == too_many);
  // The same person's PIN at sign-in, too.
  CHECK(team.till.refused(SignIn{1, "1234"}).text == too_many);
  team.till.clock.advance(lock_out(3));
  team.till.must(OpenDrawerByHand{"change"}, "1234");
  CHECK(team.till.now().wrong_pins == 0);
}

TEST_CASE("pins: a disk that is full is no free guess") {
  FaultyVfs vfs;
  Team team;
  vfs.fail_at(1, Fault::full);
  for (int i = 0; i < 3; ++i) team.till.refused(SignIn{1, "0000"});
  vfs.mend();
  CHECK(team.till.refused(SignIn{1, "1234"}).text == too_many);
}

TEST_CASE("pins: a manager who mistypes an approval locks no other manager") {
  Team team;
  team.till.must(AddCashier{"Mona", Role::manager, "4321", ""});
  team.till.must(SignIn{2, "5678"});
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 2; ++i) approval_refused(team, "0000");
    team.till.must(OpenDrawerByHand{"change"}, "1234");
  }
  for (std::int64_t manager : {1, 3}) CHECK(record_of(team.till.now().pins, manager).wrong == 0);
  team.till.must(SignIn{1, "1234"});
  CHECK(team.till.now().guesses.empty());
}

TEST_CASE("pins: a manager is told of guesses until they were read, a cashier is not") {
  Team team;
  guess(team, 1, 4);
  team.till.must(SignIn{2, "5678"});
  CHECK(team.till.now().guesses.empty());
  team.till.reopen();
  team.till.must(SignIn{1, "1234"});
  REQUIRE(team.till.now().guesses.size() == 1);
  CHECK(team.till.now().guesses[0].name == "Klara");
  CHECK(team.till.now().guesses[0].count == 4);
  team.till.must(NoteGuesses{});
  CHECK(team.till.now().guesses.empty());
  CHECK(team.last_entry().kind == "wrong PINs seen");
  team.till.reopen();
  team.till.must(SignIn{1, "1234"});
  CHECK(team.till.now().guesses.empty());
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
