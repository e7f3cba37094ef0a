#include "pos/layout/report_layout.h"

#include <doctest/doctest.h>

#include "core/base/text.h"
#include "drivers/printer/layout.h"
#include "drivers/printer/profiles.h"
#include "pos/layout/report_csv.h"
#include "pos/layout/report_words.h"
#include "tests/support/report_sample.h"

namespace report_layout_tests {

using core::ReportPart;

namespace {

const pos::Translations& translations() {
  static const pos::Translations loaded = pos::Translations::load(TRESEN_LOCALE);
  return loaded;
}

// The text on the paper, a line each.
std::string printed(const core::PrintReportSlip& slip, pos::Language language,
                    std::string_view profile) {
  const drivers::Profile& paper = drivers::profile(profile);
  std::string text;
  const auto add = [&](const auto& block) {
    for (const drivers::PrintedLine& line : drivers::lines_of(block, paper)) {
      CHECK(drivers::columns_of(line) <= paper.columns);
      for (const drivers::Span& span : line.spans) {
        for (const char32_t c : span.text) core::append_utf8(text, c);
      }
      text += '\n';
    }
  };
  for (const drivers::Block& block : pos::report_slip(slip, translations()(language)).blocks) {
    if (const auto* line = std::get_if<drivers::TextLine>(&block)) add(*line);
    if (const auto* row = std::get_if<drivers::Row>(&block)) add(*row);
  }
  return text;
}

}  // namespace

TEST_CASE("report slip: fits wide and narrow paper, in both languages, and is no receipt") {
  core::PrintReportSlip slip;
  slip.till = "T1";
  slip.actor = "Jana Wolf";
  slip.at = tests::noon;
  slip.page = tests::report_sample();
  for (const char* profile : {"generic-80", "generic-58"}) {
    const std::string german = printed(slip, pos::Language::german, profile);
    CAPTURE(german);
    for (const char* said : {"Feinkost Lindner", "Bericht", "Sa, 21.11.2026", "Umsatz", "1.842,60",
                             "Karte", "1.240,05", "Meistverkauft", "Bergkäse", "Erstattungen",
                             "Rundung bar", "Dies ist kein Beleg."}) {
      CAPTURE(said);
      CHECK(german.find(said) != german.npos);
    }
    const std::string english = printed(slip, pos::Language::english, profile);
    CHECK(english.find("Turnover") != english.npos);
    CHECK(english.find("This is no receipt.") != english.npos);
  }
}

TEST_CASE("report csv: quotes what needs it, and lets nothing be a formula") {
  core::ReportSums sums(core::eur);
  core::ReportRow& row = sums.row(ReportPart::article, "7 0 =1+1");
  row.name = "Tea, \"green\"";
  row.taken = {-1250, core::eur};
  row.quantity = {2500};
  row.unit = core::Unit::kilogram;
  core::ReportPage page = tests::report_sample();
  page.report = sums.report();
  const std::string text = pos::report_csv(page);
  CHECK(text.find("2026-11-21,2026-11-21,article,'=1+1,\"Tea, \"\"green\"\"\",0,0,2.5,kg,-12.50,"
                  "0.00,-12.50,,,EUR\r\n") != text.npos);
  CHECK(pos::report_file_name(page.asked.span) == "report-2026-11-21.csv");
}

TEST_CASE("report words: spans as people say them") {
  const auto day = [](const char* text) { return core::day_from(text).value(); };
  const pos::Words& german = translations()(pos::Language::german);
  const pos::Words& english = translations()(pos::Language::english);
  const auto week = core::span_of(core::SpanKind::week, day("2026-11-21"));
  CHECK(pos::span_words(core::span_of(core::SpanKind::day, day("2026-11-21")), german) ==
        "Sa, 21.11.2026");
  CHECK(pos::span_words(week, german) == "16.11. – 22.11.2026");
  CHECK(pos::span_words(week, english) == "16 Nov – 22 Nov 2026");
  CHECK(pos::span_words(core::span_of(core::SpanKind::month, day("2026-03-21")), german) ==
        "März 2026");
  CHECK(pos::span_words(core::days_of(day("2026-12-30"), day("2027-01-02")), german) ==
        "30.12.2026 – 02.01.2027");
}

TEST_CASE("report sums: their text keeps all of them, and one of another version is refused") {
  const core::ReportPage page = tests::report_sample();
  core::ReportSums sums(core::eur), again(core::eur);
  for (std::size_t i = 0; i < core::report_parts; ++i) {
    for (const auto& row : page.report.parts[i]) sums.add(static_cast<ReportPart>(i), row);
  }
  REQUIRE(again.add_text(sums.text()));
  REQUIRE(again.add_text(sums.text_of_articles()));
  CHECK(again.report() == sums.report());
  CHECK(again.report() == page.report);
  CHECK_FALSE(again.add_text("0\n"));
  CHECK_FALSE(again.add_text(""));
  core::ReportSums odd(core::eur);
  odd.row(ReportPart::category,
          "A\nB\x1f"
          "C")
      .sales = 3;
  core::ReportSums back(core::eur);
  REQUIRE(back.add_text(odd.text()));
  CHECK(back.report() == odd.report());
  CHECK(back.report()[ReportPart::category].front().key == "A B C");
}

}  // namespace report_layout_tests
