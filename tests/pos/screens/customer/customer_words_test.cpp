// What the customer is shown on two lines.
#include "pos/screens/customer/customer_words.h"

#include <doctest/doctest.h>

#include "core/base/ids.h"

namespace {

core::LineItem line_of(const char* title, std::int64_t minor, core::Quantity quantity) {
  core::LineItem line;
  line.title = title;
  line.unit_price = {minor, core::eur};
  line.quantity = quantity;
  return line;
}

}  // namespace

TEST_CASE("customer: nobody buys, so the shop's name stands there") {
  const pos::Translations translations = pos::Translations::load(TRESEN_LOCALE);
  core::Snapshot till;
  const auto text = pos::display_text(till, translations(pos::Language::german));
  CHECK(text.top == "Feinkost Lindner");
}

TEST_CASE("customer: weighed goods show weight and unit price, others the total") {
  const pos::Translations translations = pos::Translations::load(TRESEN_LOCALE);
  const pos::Words& words = translations(pos::Language::german);
  core::Snapshot till;
  till.order.lines = {line_of("Brezel", 105, core::pieces(1))};
  till.due = {105, core::eur};
  CHECK(pos::display_text(till, words).top == "Brezel          1,05");
  till.order.lines.push_back(line_of("Bergkäse", 2490, {252}));
  till.order.lines.back().unit = core::Unit::kilogram;
  core::IdSource ids;
  till.last_line = till.order.lines.back().id = {ids.next(core::Instant{})};
  const auto text = pos::display_text(till, words);
  CHECK(text.top == "Bergkäse        6,27");
  CHECK(text.bottom == "0,252 kg x 24,90/kg");
}
