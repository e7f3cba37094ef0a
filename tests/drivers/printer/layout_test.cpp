#include "drivers/printer/layout.h"

#include <doctest/doctest.h>

#include "core/base/text.h"

using namespace drivers;

namespace {

const Profile& narrow() {
  return profile("generic-58");
}

std::vector<std::string> texts(const std::vector<PrintedLine>& lines) {
  std::vector<std::string> result;
  for (const PrintedLine& line : lines) {
    std::string text;
    for (const Span& span : line.spans) {
      for (const char32_t c : span.text) core::append_utf8(text, c);
    }
    result.push_back(text);
  }
  return result;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("layout: a long text breaks between words, a long word anywhere") {
  CHECK(texts(lines_of(text_line("Umtausch innerhalb von 14 Tagen mit Beleg"), narrow())) ==
        Lines{"Umtausch innerhalb von 14 Tagen", "mit Beleg"});
  CHECK(texts(lines_of(text_line(std::string(40, 'x')), narrow())) ==
        Lines{std::string(32, 'x'), std::string(8, 'x')});
}

TEST_CASE("layout: an indent stays, a newline breaks, an empty text is an empty line") {
  CHECK(texts(lines_of(text_line("  2 × 3,50"), narrow())) == Lines{"  2 × 3,50"});
  CHECK(texts(lines_of(text_line("eins\nzwei"), narrow())) == Lines{"eins", "zwei"});
  CHECK(texts(lines_of(text_line(""), narrow())) == Lines{""});
}

TEST_CASE("layout: double width takes two columns for each character") {
  const auto lines = lines_of(centred("Käse und Köstliches", large), narrow());
  CHECK(texts(lines) == Lines{"Käse und", "Köstliches"});
  CHECK(columns_of(lines[1]) == 20);
  CHECK(is_tall(lines[1]));
}

TEST_CASE("layout: an amount stands on the first line of a wrapped name") {
  CHECK(texts(lines_of(amount_row("Das große Buch vom Brotbacken", "34,00 A"), narrow())) ==
        Lines{"Das große Buch vom       34,00 A", "Brotbacken"});
}

TEST_CASE("layout: a row whose name would be squeezed puts the amount below") {
  CHECK(texts(lines_of(amount_row("SUMME", "1.234.567,89 €", large), narrow())) ==
        Lines{"SUMME", "  1.234.567,89 €"});
}

TEST_CASE("layout: a name that fits is not moved, however short the rest is") {
  CHECK(texts(lines_of(amount_row("EUR", "1.234.567,89", large), narrow())) ==
        Lines{"EUR 1.234.567,89"});
}

TEST_CASE("layout: cells of fixed width stand below each other") {
  const Row row{{{"A 7 %", Cell::the_rest, Align::left},
                 {"37,96", 8, Align::right},
                 {"2,66", 7, Align::right},
                 {"40,62", 8, Align::right}}};
  CHECK(texts(lines_of(row, narrow())) == Lines{"A 7 %     37,96    2,66    40,62"});
}

TEST_CASE("layout: nothing is ever wider than the paper, and no word is lost") {
  for (const Profile& each : profiles()) {
    for (std::size_t length = 0; length < 120; ++length) {
      const std::string name = std::string(length / 2, 'n') + " " + std::string(length / 3, 'm');
      for (const TextStyle style : {plain, large}) {
        std::size_t printed = 0;
        for (const PrintedLine& line : lines_of(amount_row(name, "-12,34 A", style), each)) {
          CHECK(columns_of(line) <= each.columns);
          for (const Span& span : line.spans) {
            for (const char32_t c : span.text) printed += c == U'n' || c == U'm' ? 1 : 0;
          }
        }
        CHECK(printed == length / 2 + length / 3);
      }
    }
  }
}
