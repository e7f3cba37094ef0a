#include "pos/screens/reports/journal_page.h"

#include <doctest/doctest.h>

#include "pos/screens/reports/reports_screen.h"
#include "tests/support/orders_scene.h"
#include "tests/support/ui_driver.h"

namespace journal_page_tests {

using namespace tests;
using pos::JournalGroup;

namespace {

struct JournalPlay {
  OrdersScene box;
  pos::ReportsInput input;
  pos::Reaction last;
  test::UiDriver ui;

  explicit JournalPlay(int width = 1280, int height = 800) : ui(width, height) {
    box.till.may_see_reports = true;
    box.till.staff = {{1, "Jana Wolf", core::Role::cashier, "", ""}};
    box.width = width;
    box.height = height;
    box.instant = noon;
    input.journal.emplace();
    core::FoundJournal found;
    found.rows = {{7, noon, "Jana Wolf (approved by Klara)", "void line", "T1-000482", "Krimi"},
                  {6, noon, "Jana Wolf", "receipt", "T1-R000031", "receipt T1-R000031 sale"},
                  {5, noon, "Jana Wolf", "no sale", "", "change"}};
    found.counts = {{"receipt", 31}, {"void line", 2}, {"void order", 1}, {"no sale", 4}};
    found.approved = 3;
    box.found.journal = std::move(found);
  }
  test::UiDriver::Draw draw() {
    return [this](pos::ui::Ui& on) {
      auto now = pos::run(on, box.scene(), input);
      if (!now.is_empty()) last = now;
    };
  }
  core::JournalSearch asked() {
    const auto questions = pos::wants(box.scene(), input);
    REQUIRE(questions.size() == 1);
    return std::get<core::AskJournal>(questions[0]).search;
  }
};

}  // namespace

TEST_CASE("journal: voids, price changes, no-sales and approvals of the day at a glance") {
  JournalPlay play;
  const auto view =
      pos::present(play.box.scene(), *play.input.journal,
                   core::span_of(core::SpanKind::day,
                                 core::day_of(noon, core::day_rule(play.box.till.settings))));
  REQUIRE(view.groups.size() == pos::journal_group_count);
  CHECK(view.groups[0].number == 38);
  CHECK(view.groups[static_cast<int>(JournalGroup::voids)].number == 3);
  CHECK(view.groups[static_cast<int>(JournalGroup::no_sales)].number == 4);
  CHECK(view.groups[static_cast<int>(JournalGroup::approvals)].number == 3);
}

TEST_CASE("journal: it is searched by person, by amount and by whatever else is typed") {
  JournalPlay play;
  play.input.journal->text = "jana";
  CHECK(play.asked().person == "jana");
  CHECK(play.asked().text.empty());
  play.input.journal->text = "12,50";
  REQUIRE(play.asked().amount);
  CHECK(*play.asked().amount == cents(1250));
  play.input.journal->text = "Krimi";
  CHECK(play.asked().text == "Krimi");
  CHECK_FALSE(play.asked().amount);
  play.input.journal->group = JournalGroup::approvals;
  CHECK(play.asked().is_approved);
  play.input.journal->group = JournalGroup::no_sales;
  CHECK(play.asked().kinds == std::vector<std::string>{"no sale"});
}

TEST_CASE("journal: a tap opens the order or the receipt, and nothing where there is none") {
  for (const auto& [width, height] : {std::pair(1280, 800), std::pair(1024, 600)}) {
    JournalPlay play(width, height);
    play.ui.draw(play.draw());
    play.ui.tap("journal-2", play.draw());
    CHECK(play.last.is_empty());
    play.ui.tap("journal-1", play.draw());
    REQUIRE(play.last.commands.size() == 1);
    CHECK(play.last.commands[0].get<core::OpenRecord>().code == "T1-R000031");
    play.ui.tap("Back", play.draw());
    CHECK_FALSE(play.input.journal);
  }
}

}  // namespace journal_page_tests
