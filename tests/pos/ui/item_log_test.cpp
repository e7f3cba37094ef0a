#include "pos/ui/item_log.h"

#include <doctest/doctest.h>

using namespace pos::ui;

namespace {

Item item(std::string label, ItemKind kind = ItemKind::button, int left = 0) {
  return {std::move(label), "", kind, {left, 0, left + 10, 10}};
}

}  // namespace

TEST_CASE("item log: the exact label is found before one that only begins with it") {
  ItemLog log;
  log.add(item("Bar 47,83"));
  log.add(item("Bar"));
  CHECK(log.find("Bar")->label == "Bar");
  CHECK(log.find("Bar 4")->label == "Bar 47,83");
  CHECK(log.find("47,83")->label == "Bar 47,83");
  CHECK(log.find("Karte") == nullptr);
}

TEST_CASE("item log: of equal labels the second is named with a number") {
  ItemLog log;
  log.add(item("Stornieren", ItemKind::button, 1));
  log.add(item("Stornieren", ItemKind::button, 2));
  CHECK(log.find("Stornieren")->rect.x0 == 1);
  CHECK(log.find("Stornieren#2")->rect.x0 == 2);
  CHECK(log.find("Stornieren#3") == nullptr);
}

TEST_CASE("item log: an order number is a name, not a count") {
  ItemLog log;
  log.add(item("#1047"));
  log.add(item("Order#2"));
  CHECK(log.find("#1047")->label == "#1047");
  CHECK(log.find("Order#2")->label == "Order#2");
}

TEST_CASE("item log: what can be tapped comes before the words on it") {
  ItemLog log;
  log.add(item("Kunden", ItemKind::text));
  log.add(item("Kunden", ItemKind::entry));
  CHECK(log.find("Kunden")->kind == ItemKind::entry);
  CHECK(log.find("Kunden", ItemKind::text)->kind == ItemKind::text);
}

TEST_CASE("item log: what lies outside the clip is not shown") {
  ItemLog log;
  log.add({"Weit unten", "", ItemKind::row, {0, 900, 10, 800}});
  CHECK(log.find("Weit unten") == nullptr);
  CHECK_FALSE(log.shows("unten"));
}

TEST_CASE("item log: an upper layer comes first") {
  ItemLog log;
  Item upper = item("Abbrechen", ItemKind::button, 5);
  upper.layer = 1;
  log.add(item("Abbrechen"));
  log.add(upper);
  CHECK(log.find("Abbrechen")->rect.x0 == 5);
}
