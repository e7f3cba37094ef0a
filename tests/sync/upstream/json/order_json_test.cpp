#include "sync/upstream/json/order_json.h"

#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "core/orders/pricing.h"
#include "tests/support/receipts.h"
#include "tests/support/utf16.h"

namespace {

using syncing::FieldFault;

const std::string small = R"({
  "format": "tresen-order/1",
  "number": "1001",
  "placed": "2026-11-21T14:44:05Z",
  "currency": "EUR",
  "lines": [
    {"title": "Bergkäse", "unit": "kilogram", "quantity": "0.252", "unit_price": "24.90",
     "tax_rate": "7"},
    {"title": "Riesling", "quantity": "2", "unit_price": "8.90", "tax_rate": "19"}
  ]
})";

std::string with(std::string text, const std::string& what, const std::string& other) {
  const auto at = text.find(what);
  REQUIRE(at != text.npos);
  return text.replace(at, what.size(), other);
}

core::Order read(const std::string& text) {
  const auto order = syncing::order_from_json(text);
  REQUIRE_MESSAGE(order, (order ? "" : syncing::in_words(order.error())));
  return *order;
}

std::vector<FieldFault> faults_of(const std::string& text) {
  const auto order = syncing::order_from_json(text);
  REQUIRE_FALSE(order);
  return order.error().faults;
}

core::Order online_order() {
  core::Order order = tests::discounted_sale().order;
  order.channel = "online";
  order.lines[0].digital = order.lines[1].gift_card = true;
  order.extras = {{"DHL Paket", {490, core::eur}, {1900}}};
  order.payments[0].amount = order.payments[0].given = {2000, core::eur};
  order.fulfilment = "in_progress";
  order.note = "Bitte\nklingeln";
  order.version = 3;
  return order;
}

}  // namespace

TEST_CASE("order json: an order read back is the order that was written") {
  core::Order order = online_order();
  CHECK(read(syncing::to_json(order)) == order);
  order.tax_mode = core::TaxMode::added;
  order.stage = core::Stage::archived;
  order.cash_rounding = {-2, core::eur};
  CHECK(read(syncing::to_json(order)) == order);
}

TEST_CASE("order json: the same order has the same bytes") {
  CHECK(syncing::to_json(online_order()) == syncing::to_json(online_order()));
}

TEST_CASE("order json: amounts are text in major units, and the sums are told") {
  const std::string json = syncing::to_json(tests::plain_sale().order);
  for (const char* part :
       {R"("payment_status": "paid")", R"("quantity": "0.252")", R"("unit_price": "24.90")",
        R"("tax_rate": "19")", R"("total": "24.97")", R"("due": "0.00")", R"("given": "50.00")"}) {
    CAPTURE(part);
    CHECK(json.find(part) != json.npos);
  }
}

TEST_CASE("order json: text that is not UTF-8 does not stop an order") {
  core::Order order = tests::plain_sale().order;
  order.note = "K\xE4se";
  CHECK(syncing::to_json(order).find("K\xEF\xBF\xBDse") != std::string::npos);
}

TEST_CASE("order json: a small order of another system is enough") {
  const core::Order order = read(small);
  CHECK(order.number == "1001");
  CHECK(order.channel == "online");
  CHECK(order.version == 1);
  CHECK(order.placed == core::Instant{std::chrono::milliseconds{1'795'272'245'000}});
  CHECK(core::price(order).total == core::Money{627 + 1780, core::eur});
  CHECK(order.lines[0].unit == core::Unit::kilogram);
  CHECK(core::payment_word(order, core::price(order).total) == "pending");
}

TEST_CASE("order json: the smallest order of the format's page is one") {
  std::ifstream page(TRESEN_SOURCE "/sync/upstream/folder/folder.md");
  std::ostringstream text;
  text << page.rdbuf();
  const auto begin = text.str().find("```json\n") + 8;
  const auto end = text.str().find("```", begin);
  CHECK(read(text.str().substr(begin, end - begin)).lines[0].title == "Feigensenf");
}

TEST_CASE("order json: ids that are missing are the same whenever the order is read") {
  const core::Order order = read(small);
  CHECK(order == read(small));
  CHECK(order.lines[0].id < order.lines[1].id);
  CHECK(order.id != read(with(small, "1001", "1002")).id);
}

TEST_CASE("order json: words of a status that we do not know are kept") {
  const core::Order order = read(with(
      small, "\"lines\"",
      R"("payment_status": "awaiting_cheque", "fulfilment_status": "in der Backstube", "lines")"));
  CHECK(order.upstream_payment == "awaiting_cheque");
  CHECK(order.fulfilment == "in der Backstube");
}

TEST_CASE("order json: a payment status that our own sums tell is left to them") {
  CHECK(read(with(small, "\"lines\"", R"("payment_status": "pending", "lines")"))
            .upstream_payment.empty());
  CHECK(read(with(small, "\"lines\"", R"("payment_status": "authorized", "lines")"))
            .upstream_payment == "authorized");
}

TEST_CASE("order json: a tender that we do not know keeps its name") {
  const core::Order order = read(with(
      small, "\"lines\"", R"("payments": [{"tender": "paypal", "amount": "10.00"}], "lines")"));
  CHECK(order.payments[0].tender == core::Tender::other);
  CHECK(order.payments[0].label == "paypal");
}

TEST_CASE("order json: what is not JSON says so, and may still be on its way") {
  for (const std::string text : {"", "{", "nonsense", "\xFF\xFE", "{\"a\": \"\xFF"}) {
    const auto order = syncing::order_from_json(text);
    REQUIRE_FALSE(order);
    CHECK(order.error().not_json);
  }
  CHECK_FALSE(syncing::order_from_json("[]").error().not_json);
}

TEST_CASE("order json: only what leaves no order is a fault, and all of it is told") {
  const std::string bad = R"({"format": "x", "number": "", "channel": "till", "lines": 7})";
  const std::vector<FieldFault> expected = {{"format", "is not \"tresen-order/1\"", "x"},
                                            {"number", "is empty"},
                                            {"channel", "is the name of the tills", "till"}};
  CHECK(faults_of(bad) == expected);
}

TEST_CASE("order json: no field's fault refuses a paid order, and each is named with its text") {
  struct Case {
    const char* what;
    const char* other;
    const char* told;  // empty: nothing is wrong
  };
  for (
      const Case& c :
      {Case{"\"lines\"", R"("note": "Ring\r\ntwice", "lines")", ""},
       Case{"\"lines\"", R"("customer": {"email": "a@example.de "}, "lines")", ""},
       Case{"\"1001\"", "1001", ""}, Case{"\"8.90\"", "8.90", ""},
       Case{"\"2\"", "\"0.3333\"",
            R"(Field "lines[1].quantity" is not a quantity like "2" or "0.252" ("0.3333"))"},
       Case{"\"2\"", "\"0\"",
            R"(Field "lines[1].quantity" is not a quantity like "2" or "0.252" ("0"))"},
       Case{"\"8.90\"", "\"-8.90\"", R"(Field "lines[1].unit_price" is negative ("-8.90"))"},
       Case{"\"19\"", "\"700\"",
            R"(Field "lines[1].tax_rate" is not a percentage like "19" ("700"))"},
       Case{"\"kilogram\"", "\"pound\"",
            R"(Field "lines[0].unit" is none of: piece, kilogram ("pound"))"},
       Case{"\"Riesling\"", "\"\"", R"(Field "lines[1].title" is missing)"},
       Case{"\"2026-11-21T14:44:05Z\"", "\"yesterday\"",
            R"(Field "placed" is not a time like "2026-11-21T14:44:05Z" ("yesterday"))"},
       Case{"\"EUR\"", "\"euro\"", R"(Field "currency" is not a currency like "EUR" ("euro"))"},
       Case{"\"lines\"", R"("customer": "Jule Harms", "lines")",
            R"(Field "customer" is not an object ("Jule Harms"))"},
       Case{"\"lines\"", R"("delivery": "drone", "lines")",
            R"(Field "delivery" is none of: counter, shipping, pickup, digital ("drone"))"},
       Case{"\"lines\"", R"("extras": [{"title": "Rabatt", "amount": "-2.00"}], "lines")",
            R"(Field "extras[0].amount" is negative ("-2.00"))"},
       Case{
           "\"lines\"", R"("version": 18446744073709551615, "lines")",
           R"(Field "version" is not a whole number from 1 to 1000000000 ("18446744073709551615"))"},
       Case{
           "\"lines\"", R"("payments": [{"kind": "gift", "amount": "1.00"}], "lines")",
           R"(Field "payments[0].kind" is none of: sale, authorization, capture, void, refund ("gift"))"}}) {
    CAPTURE(c.other);
    const core::Order order = read(with(small, c.what, c.other));
    CHECK(order.number == "1001");
    CHECK(order.lines.size() == 2);
    CHECK(order.attention == c.told);
  }
}

TEST_CASE("order json: all that is wrong with its fields is told, one behind the other") {
  const core::Order order = read(with(with(small, "\"8.90\"", "\"-8.90\""), "\"EUR\"", "\"euro\""));
  CHECK(order.attention == R"(Field "currency" is not a currency like "EUR" ("euro"); )"
                           R"(Field "lines[1].unit_price" is negative ("-8.90"))");
}

TEST_CASE("order json: money that cannot be read has not been paid") {
  const core::Order order = read(
      with(small, "\"lines\"",
           R"("payments": [{"kind": "gift", "amount": "24.07"}, {"amount": "-5.00"}], "lines")"));
  CHECK(core::paid_sum(order).is_zero());
  CHECK(order.payments.size() == 2);
}

TEST_CASE("order json: a total that the lines do not make is shown to a person, to the cent") {
  CHECK(read(with(small, "\"lines\"", R"("totals": {"total": "24.08"}, "lines")")).attention ==
        "Its prices do not add up.");
  const core::Order sound =
      read(with(small, "\"lines\"", R"("totals": {"total": "24.07"}, "lines")"));
  CHECK(sound.number == "1001");
  CHECK(sound.attention.empty());
}

TEST_CASE("order json: numbers beyond every bound are told, not wrapped") {
  CHECK(read(with(small, "8.90", "99999999999999999999")).attention ==
        R"(Field "lines[1].unit_price" is not an amount like "12.50" ("99999999999999999999"))");
  const std::string rich = with(with(small, "8.90", "10000000.00"), "\"2\"", "\"99999\"");
  CHECK(faults_of(rich).at(0) == FieldFault{"lines", "makes too large a total"});
}

TEST_CASE("order json: a time may have milliseconds or an offset") {
  const core::Instant at{std::chrono::milliseconds{1'795'272'245'000}};
  CHECK(syncing::instant_from("2026-11-21T14:44:05Z") == at);
  CHECK(syncing::instant_from("2026-11-21T14:44:05.123Z") == at + std::chrono::milliseconds{123});
  CHECK(syncing::instant_from("2026-11-21T15:44:05+01:00") == at);
  for (const char* bad :
       {"", "2026-11-21", "2026-13-21T14:44:05Z", "2026-11-21T14:44:05Z!", "2026-11-21T14:44:inZ",
        "2026-11-21T24:00:00Z", "2026-02-30T10:00:00Z", "2026-11-21T14:44:05.Z",
        "2026-11-21T14:44:05+0100", "-026-11-21T14:44:05Z"}) {
    CHECK_FALSE(syncing::instant_from(bad));
  }
}

TEST_CASE("order json: a file cut or changed anywhere is read or refused, never more") {
  const std::string whole = syncing::to_json(online_order());
  for (std::size_t cut = 0; cut + 2 < whole.size(); ++cut) {
    CHECK_FALSE(syncing::order_from_json(whole.substr(0, cut)));
  }
  constexpr std::mt19937::result_type seed = 4;
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 2'000; ++i) {
    std::string changed = whole;
    for (int n = 0; n < 3; ++n) {
      changed[random() % changed.size()] = static_cast<char>(random() % 256);
    }
    const auto order = syncing::order_from_json(changed);
    if (order) CHECK(core::price(*order).total.minor <= core::largest_minor);
  }
}

TEST_CASE("order json: blanks around a word, a number or a time change nothing") {
  const core::Order plain = read(small);
  CHECK(read(with(small, "\"1001\"", "\"\u00A01001 \"")) == plain);
  CHECK(read(with(small, "tresen-order/1", "tresen-order/1 ")) == plain);
  CHECK(read(with(small, "\"8.90\"", "\" 8.90\\t\"")) == plain);
  CHECK(read(with(small, "\"EUR\"", "\"EUR \"")) == plain);
  CHECK(read(with(small, "44:05Z", "44:05Z ")) == plain);
  CHECK(read(with(small, "\"lines\"", R"("channel": " ", "lines")")) == plain);
  CHECK(read(with(small, "\"Riesling\"", R"("Ries\r\nling")")).lines[1].title == "Ries ling");
}

TEST_CASE("order json: what names no line of the order is left out, and somebody looks") {
  for (
      const char* part :
      {R"("refunds": [{"amount": "3.00", "lines": [{"line": "x", "quantity": "1"}]}], "lines")",
       R"("refunds": [{"amount": "3.00", "lines": [{"quantity": "1"}]}], "lines")",
       R"("fulfilments": [{"state": "done", "lines": [{"line": 7}]}], "lines")",
       R"("fulfilments": [{"lines": [{"line": "0190a5d2-7b3c-7f00-8000-0000000000a1"}]}], "lines")"}) {
    CAPTURE(std::string(part));
    const core::Order order = read(with(small, "\"lines\"", part));
    CHECK(order.attention.find("lines[0].line") != order.attention.npos);
    for (const core::Refund& refund : order.refunds) CHECK(refund.lines.empty());
    for (const core::Fulfilment& done : order.fulfilments) CHECK(done.lines.empty());
  }
}

TEST_CASE("order json: a file with a byte order mark or of UTF-16 is the same order") {
  CHECK(read("\xEF\xBB\xBF" + small) == read(small));
  for (const bool is_big : {false, true}) {
    const std::string bytes = tests::utf16(small, is_big);
    CHECK(read(bytes) == read(small));
    // Not written to its end yet.
    const auto begun = syncing::order_from_json(bytes.substr(0, bytes.size() / 2));
    REQUIRE_FALSE(begun);
    CHECK(begun.error().not_json);
  }
}

TEST_CASE("order json: letters of another table cost no order") {
  const std::string note =
      "\"note\": \"Gr\xFC\xDF"
      "e\", \"lines\"";
  const core::Order order = read(with(small, "\"lines\"", note));
  CHECK(order.note == "Gr\uFFFD\uFFFDe");
  CHECK(order.attention == "Field \"note\" has letters that are not UTF-8 (\"Gr\uFFFD\uFFFDe\")");
  const core::Order half = read(with(small, "Riesling", "\\ud83c Wein \\ud83c\\udf77"));
  CHECK(half.lines[1].title == "\uFFFD Wein \U0001F377");
  CHECK(half.attention.starts_with(R"(Field "lines[1].title" has letters)"));
  // As it stands in a sound file it is the sender's own.
  CHECK(read(with(small, "Riesling", "Ries\uFFFDling")).attention.empty());
}
