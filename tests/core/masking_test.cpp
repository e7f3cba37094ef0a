#include "core/base/masking.h"

#include <doctest/doctest.h>

#include "core/base/text.h"
#include "core/store/order_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

TEST_CASE("masking: with a card number goes what belongs to it") {
  CHECK(without_card_data("Visa 4111111111111111 12/28") == "Visa ************1111 **/**");
  CHECK(without_card_data("4111 1111 1111 1111, 12 / 2028, CVC2: 123") ==
        "**** **** **** 1111, ** / ****, CVC2: ***");
  CHECK(without_card_data("4111-1111-1111-1111 cvv 1234") == "****-****-****-1111 cvv ****");
}

TEST_CASE("masking: a text without a card number stays as it is") {
  for (const char* text : {"Visa **** 1111 12/28", "CVC 123", "ab 12/28 Tel. 0221 555 01 20", "",
                           "Bestellung 4111111111111112"}) {
    CHECK(without_card_data(text) == text);
  }
}

TEST_CASE("text: a control character of a platform's name never reaches slip or terminal") {
  CHECK_FALSE(has_control_character("Käse\n\tBrot"));
  CHECK(without_control_characters("B\x1B[31mrot\x7F") == "B\xEF\xBF\xBD[31mrot\xEF\xBF\xBD");
  TillDriver till;
  PulledProduct product{"gid", "brot", "B\x1Brot", {{"v", "", {}, false}}, true};
  product.variants[0].variant.product_title = "B\x1Brot";
  product.variants[0].variant.sku = "BROT";
  product.variants[0].variant.price = euros(100);
  till.must(ReceiveCatalogue{{{product}, {}, {}}, {}, {}});
  const auto found = find_by_sku(till.database(), "BROT");
  REQUIRE(found);
  CHECK_FALSE(has_control_character(found->product_title));
}

TEST_CASE("masking: no text of an order from outside brings a card number into the store") {
  TillDriver till;
  const std::string card = "Visa 4111111111111111 12/28";
  Order order;
  order.id.uuid.bytes[15] = 7;
  order.number = "1001";
  order.channel = "online";
  order.version = 1;
  order.currency = eur;
  order.placed = till.clock.now();
  order.note = order.customer.name = order.address.extra = card;
  LineItem line;
  line.id.uuid.bytes[15] = 8;
  line.title = line.note = card;
  line.sku = "4111111111111111";
  line.unit_price = euros(500);
  line.quantity = {1000};
  line.discount = Discount{DiscountKind::amount, 100, card};
  order.lines = {line};
  order.extras = {{card, euros(100), {1900}}};
  Payment payment;
  payment.id.uuid.bytes[15] = 9;
  payment.tender = Tender::card;
  payment.amount = payment.given = euros(500);
  payment.label = payment.reference = card;
  order.payments = {payment};
  till.must(ReceiveOrder{order});
  const auto stored = find_order(till.database(), order.id);
  REQUIRE(stored);
  const std::string masked = "Visa ************1111 **/**";
  for (const std::string& text :
       {stored->note, stored->customer.name, stored->address.extra, stored->lines[0].title,
        stored->lines[0].note, stored->lines[0].discount->reason, stored->extras[0].title,
        stored->payments[0].label, stored->payments[0].reference}) {
    CHECK(text == masked);
  }
  // A code of goods is none.
  CHECK(stored->lines[0].sku == "4111111111111111");
}
