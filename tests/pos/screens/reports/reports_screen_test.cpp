#include "pos/screens/reports/reports_screen.h"

#include <doctest/doctest.h>

#include "tests/support/orders_scene.h"
#include "tests/support/report_sample.h"
#include "tests/support/ui_driver.h"

namespace reports_screen_tests {

using namespace tests;
using Kind = pos::ReportsTap::Kind;

namespace {

const pos::Translations& translations() {
  static const pos::Translations loaded = pos::Translations::load(TRESEN_LOCALE);
  return loaded;
}

struct ReportsPage {
  OrdersScene box;
  pos::ReportsInput input;
  pos::Reaction reaction;
  test::UiDriver ui;

  explicit ReportsPage(int width = 1280, int height = 800, pos::ui::Look look = {})
      : ui(width, height, look) {
    box.till.may_see_reports = true;
    box.width = width;
    box.height = height;
    box.found.report = core::FoundReport{report_sample()};
    box.instant = noon;  // on that day
  }
  pos::ReportsView view() { return pos::present(box.scene(), input); }
  test::UiDriver::Draw draw() {
    return [this](pos::ui::Ui& on) {
      auto now = pos::run(on, box.scene(), input);
      if (!now.is_empty()) reaction = now;
    };
  }
  core::ReportAsk asked() {
    const auto questions = pos::wants(box.scene(), input);
    REQUIRE(questions.size() == 1);
    return std::get<core::AskReport>(questions[0]).what;
  }
};

std::string span_text(const core::Span& span) {
  return core::to_iso(span.first) + " " + core::to_iso(span.last);
}

}  // namespace

TEST_CASE("reports: the figures, each against the week before") {
  ReportsPage page;
  page.box.words = &translations()(pos::Language::german);
  const auto view = page.view();
  REQUIRE(view.figures.size() == 4);
  CHECK(view.figures[0].value == "1.842,60\u00A0€");
  CHECK(view.figures[0].note == "+12,0\u00A0% zur Vorwoche");
  CHECK(view.figures[0].state == pos::ui::State::ok);
  CHECK(view.figures[1].value == "87");
  CHECK(view.figures[1].note == "+6 zur Vorwoche");
  CHECK(view.figures[2].note == "+5,4\u00A0% zur Vorwoche");
  CHECK(view.figures[3].value == "2");
  CHECK(view.figures[3].note == "−18,90\u00A0€");
  CHECK(view.chart.bars.size() == 9);
  CHECK(view.chart.bars.front().label == "9");
  CHECK(view.chart.highest == "308,10");
  CHECK(view.chart.heights == std::vector<std::string>{"0", "100", "200", "300"});
}

TEST_CASE("reports: the lines of a chart stand at round amounts under its highest bar") {
  CHECK(pos::chart_step(30'810, 100) == 10'000);
  CHECK(pos::chart_step(0, 100) == 100);
  CHECK(pos::chart_step(331, 100) == 200);
  CHECK(pos::chart_step(330, 100) == 100);
  CHECK(pos::chart_step(1'000'000'000, 100) == 500'000'000);
}

TEST_CASE("reports: days, weeks, months and spans are chosen, and today stays today") {
  ReportsPage page;
  CHECK(span_text(page.asked().span) == "2026-11-21 2026-11-21");
  page.ui.tap("Earlier", page.draw());
  CHECK(span_text(page.asked().span) == "2026-11-20 2026-11-20");
  page.ui.tap("Week", page.draw());
  CHECK(span_text(page.asked().span) == "2026-11-16 2026-11-22");
  page.ui.tap("Later", page.draw());
  CHECK(page.ui.refused() == "That is still to come.");
  page.ui.tap("Month", page.draw());
  CHECK(span_text(page.asked().span) == "2026-11-01 2026-11-30");
  page.ui.tap("Earlier", page.draw());
  CHECK(span_text(page.asked().span) == "2026-10-01 2026-10-31");
  page.ui.tap("October 2026", page.draw());
  page.ui.tap("day-2026-10-05", page.draw());
  page.ui.tap("day-2026-10-09", page.draw());
  page.ui.tap("show-span", page.draw());
  CHECK(span_text(page.asked().span) == "2026-10-05 2026-10-09");
  CHECK_FALSE(page.input.sheet);
  page.ui.tap("5 Oct", page.draw());
  page.ui.tap("Yesterday", page.draw());
  CHECK(span_text(page.asked().span) == "2026-11-20 2026-11-20");
  page.ui.tap("Later", page.draw());
  CHECK_FALSE(page.input.span);
  page.box.instant += std::chrono::hours(24);
  CHECK(span_text(page.asked().span) == "2026-11-22 2026-11-22");
}

TEST_CASE("reports: the sheet wants a day, and is left by Escape") {
  ReportsPage page;
  page.ui.tap("Today", page.draw());
  REQUIRE(page.input.sheet);
  page.ui.tap("show-span", page.draw());
  CHECK(page.ui.refused() == "Please tap the first day and the last one.");
  page.ui.tap("month-later", page.draw());
  CHECK(page.ui.shows("December 2026"));
  page.ui.key(pos::ui::Key::escape, page.draw());
  CHECK_FALSE(page.input.sheet);
}

TEST_CASE("reports: printing is a command, the file is written by the reader") {
  ReportsPage page;
  page.ui.tap("Print", page.draw());
  REQUIRE(page.reaction.commands.size() == 1);
  CHECK(page.reaction.commands[0].get<core::PrintReport>().what == page.asked());
  page.reaction = {};
  page.ui.tap("CSV", page.draw());
  REQUIRE(page.reaction.report_file);
  CHECK(*page.reaction.report_file == page.asked());
  page.box.till.settings.printer.kind = "none";
  page.ui.tap("Print", page.draw());
  CHECK(page.ui.refused() == "No printer is set up.");
}

TEST_CASE("reports: who may not see them reads nothing of them, and can ask") {
  ReportsPage page;
  page.box.till.may_see_reports = false;
  CHECK(pos::wants(page.box.scene(), page.input).empty());
  page.ui.draw(page.draw());
  CHECK_FALSE(page.ui.shows("1,842.60"));
  page.ui.tap("Ask for approval", page.draw());
  REQUIRE(page.reaction.commands.size() == 1);
  CHECK(page.reaction.commands[0].is<core::OpenReports>());
}

TEST_CASE("reports: a day without a receipt says so, one that was not read yet says nothing") {
  ReportsPage page;
  page.box.found.report->page.report = core::ReportSums(core::eur).report();
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("Nothing was sold"));
  page.box.found.report.reset();
  page.ui.draw(page.draw());
  CHECK_FALSE(page.ui.shows("Nothing was sold"));
}

TEST_CASE("reports: every amount can be read whole, in every size, language and theme") {
  struct Look {
    int width, height;
    float text;
  };
  for (const Look& look : {Look{1280, 800, 1}, Look{1024, 600, 1}, Look{800, 1280, 1},
                           Look{1280, 800, 1.5F}, Look{1024, 600, 1.5F}, Look{800, 1280, 1.5F}}) {
    for (const pos::Language language : pos::languages) {
      CAPTURE(look.width);
      CAPTURE(look.text);
      pos::ui::Look shown;
      shown.text_scale = look.text;
      if (language == pos::Language::german) shown.appearance = pos::ui::Appearance::dark;
      ReportsPage page(look.width, look.height, shown);
      page.box.words = &translations()(language);
      page.ui.draw(page.draw());
      const bool is_german = language == pos::Language::german;
      CHECK(page.ui.shows(is_german ? "1.842,60" : "1,842.60"));
      const int tall = look.height;
      for (const pos::ui::Item& item : page.ui.ui().log().items()) {
        CAPTURE(item.label);
        CHECK(item.rect.x1 <= look.width);
        CHECK(item.rect.y1 <= tall);
        const bool is_tapped =
            item.kind == pos::ui::ItemKind::button || item.kind == pos::ui::ItemKind::chip;
        if (is_tapped) CHECK(item.rect.y1 - item.rect.y0 >= 56);
      }
      page.ui.save("reports-" + std::to_string(look.width) + "-" +
                       std::to_string(static_cast<int>(look.text * 100)) + "-" +
                       std::string(pos::code_of(language)),
                   page.draw());
    }
  }
}

}  // namespace reports_screen_tests
