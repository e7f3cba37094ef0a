#include "core/base/masking.h"

#include <doctest/doctest.h>

#include "core/base/text.h"
#include "core/orders/receive.h"
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

TEST_CASE("masking: however a card number is spaced, it is one") {
  for (const char* gap : {" ", "-", "  ", " - ", "\u00A0", "\u202F", "\u2011", "\u2013", "\t"}) {
    CAPTURE(std::string(gap));
    const std::string g(gap);
    const std::string text = "Karte 4111" + g + "1111" + g + "1111" + g + "1111";
    if (g == " - ") {
      CHECK(without_card_numbers(text) == text);  // three signs are a sentence
    } else {
      CHECK(without_card_numbers(text) == "Karte ****" + g + "****" + g + "****" + g + "1111");
    }
  }
}

TEST_CASE("masking: an article's number and a telephone number are no card, whatever they pass") {
  // Each of them passes the check of a card.
  for (const char* text : {"EAN 4012345000092", "+4915112345672", "Tel. +49 1511 2345672"}) {
    CHECK(without_card_numbers(text) == text);
  }
  CHECK(without_card_numbers("+4111111111111111") == "+************1111");
}

TEST_CASE("masking: every text of an order is looked at, and put in order") {
  Order order;
  order.customer = {"Jule\r\nHarms ", "4111111111111111", ""};
  order.address.city = order.address.postcode = "4111 1111 1111 1111";
  order.address.phone = "+4915112345672";
  order.upstream_payment = "4111111111111111";
  LineItem line;
  line.title = "Senf\r\nscharf";
  line.sku = " S-1\u00A0";
  line.note = "eins\nzwei";
  order.lines = {line};
  const Order safe = made_safe(order);
  CHECK(safe.customer.name == "Jule Harms");
  CHECK(safe.customer.email == "************1111");
  CHECK(safe.address.city == "**** **** **** 1111");
  CHECK(safe.address.postcode == "**** **** **** 1111");
  CHECK(safe.address.phone == "+4915112345672");
  CHECK(safe.upstream_payment == "************1111");
  CHECK(safe.lines[0].title == "Senf scharf");
  CHECK(safe.lines[0].sku == "S-1");
  CHECK(safe.lines[0].note == "eins\nzwei");
  CHECK(made_safe(safe) == safe);
}
