#include "sync/upstream/medusa/dialogue.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "sync/upstream/json/order_json.h"
#include "sync/upstream/medusa/order.h"
#include "sync/upstream/medusa/pull.h"
#include "tests/support/fake_medusa.h"
#include "tests/support/receipts.h"

namespace {

using namespace syncing;
using medusa::Api;
using medusa::Dialogue;
using medusa::Place;
using tests::FakeMedusa;

const Api api{"https://medusa.test", "sk_test"};
const Place place{"Laden", "reg_1", "sc_pos", "sloc_1", "variant_misc", core::eur, "de", {}};

const medusa::PriceLists no_lists;
const medusa::Reading reading{place, no_lists, {}};

core::Order placed_order(std::vector<std::pair<std::int64_t, std::int64_t>> prices_and_pieces) {
  core::Order order;
  order.id = {*core::uuid_from("018f0000-0000-7000-8000-00000000abcd")};
  order.number = "T1-000007";
  order.channel = "till";
  order.stage = core::Stage::open;
  order.fulfilment = "fulfilled";
  order.version = 1;
  for (std::size_t i = 0; i < prices_and_pieces.size(); ++i) {
    core::LineItem line;
    line.id.uuid.bytes[15] = static_cast<std::uint8_t>(i + 1);
    line.title = "Ware";
    line.unit_price = {prices_and_pieces[i].first, core::eur};
    line.quantity = core::pieces(prices_and_pieces[i].second);
    line.tax_rate = {1900};
    order.lines.push_back(line);
  }
  return order;
}

core::Payment cash_of(std::int64_t minor, std::uint8_t id) {
  core::Payment payment;
  payment.id.uuid.bytes[0] = id;
  payment.amount = payment.given = {minor, core::eur};
  payment.version = 1;
  return payment;
}

void give_back(core::Order& order, std::int64_t minor) {
  core::Payment back = cash_of(minor, 2);
  back.kind = core::TransactionKind::refund;
  order.payments.push_back(back);
  core::Refund refund;
  refund.id.uuid.bytes[0] = refund.id.uuid.bytes[15] = static_cast<std::uint8_t>(minor);
  refund.amount = back.amount;
  refund.payments = {back.id};
  order.refunds.push_back(refund);
}

enum class Cut { none, before, after };

// Holds a dialogue with the shop; the nth request is cut before or after it is done.
Answer hold_dialogue(FakeMedusa& shop, Job job, int nth = -1, Cut cut = Cut::none,
                     const Place& where = place) {
  Dialogue dialogue(std::move(job), api, where);
  for (int n = 0;; ++n) {
    REQUIRE(n < 100);
    auto next = dialogue.next();
    if (auto* answer = std::get_if<Answer>(&next)) return *answer;
    const auto& request = std::get<HttpRequest>(next);
    const auto is_asked = [&](std::string_view what) {
      return request.method == "POST" && request.url.find(what) != std::string::npos;
    };
    CHECK(request.alone == (is_asked("/convert-to-order") || is_asked("/fulfillments?") ||
                            is_asked("/cancel") || is_asked("/confirm")));
    if (n == nth) {
      if (cut == Cut::after) shop.answer(request);
      dialogue.hear({0, {}, "", "The connection broke off.", true, {}});
    } else {
      dialogue.hear(shop.answer(request));
    }
  }
}

Job push_of(const core::Order& order) {
  Job job{1, order, core::OutboxKind::push_order, {}, {}, {}, "", false};
  job.variants.resize(order.lines.size());
  return job;
}

}  // namespace

TEST_CASE("medusa: a sale is there once, whatever request is cut before or after it is done") {
  core::Order order = placed_order({{1799, 2}, {333, 3}});
  order.payments = {cash_of(4597, 1)};
  for (const Cut cut : {Cut::before, Cut::after}) {
    for (int nth = 0; nth < 12; ++nth) {
      FakeMedusa shop;
      Answer answer = hold_dialogue(shop, push_of(order), nth, cut);
      if (answer.fate != core::OutboxFate::done) {
        CHECK(answer.link_down);
        answer = hold_dialogue(shop, push_of(order));
      }
      CAPTURE(nth);
      CHECK(answer.fate == core::OutboxFate::done);
      CHECK(answer.learnt.order_id == "order_1");
      CHECK(answer.learnt.order_number == "#12");
      CHECK(shop.received().minor == 4597);
      CHECK(shop.writes["create"] == 1);
      CHECK(shop.writes["pay"] == 1);
      CHECK(shop.writes["fulfil"] == 1);
    }
  }
}

TEST_CASE("medusa: an order that nobody can have told of is not looked for, but after a refusal") {
  core::Order order = placed_order({{1799, 2}, {333, 3}});
  order.payments = {cash_of(4597, 1)};
  Job job = push_of(order);
  job.is_unheard_of = true;
  FakeMedusa shop;
  Dialogue dialogue(job, api, place);
  auto first = std::get<HttpRequest>(dialogue.next());
  CHECK(first.method == "POST");
  CHECK(first.url.find("/admin/draft-orders?") != std::string::npos);

  // There is one already after all: Medusa refuses the second, which is then found.
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  dialogue.hear(
      {422, {}, R"({"type":"invalid_data","message":"custom_display_id exists"})", "", false, {}});
  CHECK(std::get<HttpRequest>(dialogue.next()).method == "GET");
  CHECK(shop.writes["create"] == 1);
}

TEST_CASE("medusa: where Medusa refuses doubles an order is created at once, and there once") {
  core::Order order = placed_order({{1799, 2}, {333, 3}});
  order.payments = {cash_of(4597, 1)};
  Place strict = place;
  strict.refuses_doubles = true;
  for (const Cut cut : {Cut::before, Cut::after}) {
    for (int nth = -1; nth < 8; ++nth) {
      CAPTURE(nth);
      FakeMedusa shop;
      Answer answer = hold_dialogue(shop, push_of(order), nth, cut, strict);
      CHECK(shop.reads == 0);
      // A refusal because it is there already is no refusal of what follows: this
      // conversion is done while the dialogue still sees a draft.
      shop.converts_after_look = cut == Cut::after && nth == 0;
      if (nth >= 0) answer = hold_dialogue(shop, push_of(order), -1, Cut::none, strict);
      CHECK(answer.fate == core::OutboxFate::done);
      CHECK(shop.received().minor == 4597);
      CHECK(shop.writes["create"] == 1);
      CHECK(shop.writes["pay"] == 1);
    }
  }
}

TEST_CASE("medusa: an order that was cut off half way is gone on with by its name, not searched") {
  core::Order order = placed_order({{1799, 2}, {333, 3}});
  order.payments = {cash_of(4597, 1)};
  FakeMedusa shop;
  constexpr int paying = 4;  // behind two looks, the creation and the conversion
  const Answer cut = hold_dialogue(shop, push_of(order), paying, Cut::before);
  CHECK(cut.fate == core::OutboxFate::again);
  CHECK(cut.learnt.order_id == "order_1");
  CHECK(cut.learnt.order_number == "#12");

  order.upstream_id = cut.learnt.order_id;
  Dialogue dialogue(push_of(order), api, place);
  CHECK(std::get<HttpRequest>(dialogue.next()).url.find("/admin/orders/order_1?") !=
        std::string::npos);
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  CHECK(shop.writes["create"] == 1);
  CHECK(shop.writes["pay"] == 1);
  // A draft can be gone on with only by our id.
  FakeMedusa other;
  order.upstream_id.clear();
  CHECK(hold_dialogue(other, push_of(order), paying - 1, Cut::after).learnt.order_id.empty());
  // Nor while nobody knows whether it still is one: its conversion was refused.
  Dialogue refused(push_of(order), api, place);
  FakeMedusa third;
  for (int n = 0; n < paying - 1; ++n) {
    refused.hear(third.answer(std::get<HttpRequest>(refused.next())));
  }
  CHECK(std::get<HttpRequest>(refused.next()).alone);
  refused.hear(FakeMedusa::bad("no stock"));
  REQUIRE(std::holds_alternative<HttpRequest>(refused.next()));
  refused.hear({0, {}, "", "The connection broke off.", true, {}});
  CHECK(std::get<Answer>(refused.next()).learnt.order_id.empty());
}

TEST_CASE("medusa: the last sale there shows whether Medusa refuses doubles") {
  const auto found = [](const Json& last_sales, const Json& drafts = Json::array()) {
    medusa::Introduction introduction(api, {}, {});
    for (int n = 0; n < 30; ++n) {
      const auto next = introduction.next();
      if (const auto* end = std::get_if<medusa::Introduction::Found>(&next)) return *end;
      const Json said{{"stores", {{{"name", "Laden"}}}},
                      {"regions", {{{"id", "reg_1"}, {"currency_code", "eur"}}}},
                      {"sales_channels", {{{"id", "sc_pos"}}}},
                      {"stock_locations", {{{"id", "sloc_1"}}}},
                      {"variants", {{{"id", "variant_misc"}, {"sku", ""}}}},
                      {"orders", last_sales},
                      {"draft_orders", drafts}};
      Heard heard = FakeMedusa::good(said);
      heard.date = *instant_from("2026-11-30T12:00:00Z");
      introduction.hear(heard);
    }
    return medusa::Introduction::Found{};
  };
  const Json ours{{"pos_order_id", "T1-000007-abcd"}};
  const auto unique = found({{{"custom_display_id", "T1-000007-abcd"}, {"metadata", ours}}});
  CHECK(unique.check.works);
  CHECK(unique.check.trouble.empty());
  CHECK(unique.place.refuses_doubles);
  const auto loose = found({{{"custom_display_id", nullptr}, {"metadata", ours}}});
  CHECK_FALSE(loose.place.refuses_doubles);
  REQUIRE(loose.check.trouble.size() == 1);
  CHECK(loose.check.trouble[0].find("unique") != std::string::npos);
  const auto none = found(Json::array());
  CHECK(none.check.trouble.empty());
  CHECK_FALSE(none.place.refuses_doubles);
  // A person's order in the same channel says nothing about it, and hides nothing.
  const Json persons{{"custom_display_id", nullptr}, {"metadata", nullptr}};
  const Json loose_sale{{"custom_display_id", nullptr}, {"metadata", ours}};
  CHECK(found({persons, persons, loose_sale}).check.trouble.size() == 1);

  // Drafts that were begun long ago are named; one of this minute may be on its way.
  const auto draft = [&](const char* made, const Json& metadata) {
    return Json{
        {"status", "draft"}, {"display_id", 7}, {"created_at", made}, {"metadata", metadata}};
  };
  const auto left = found(Json::array(),
                          {draft("2026-11-30T10:00:00Z", ours), draft("2026-11-30T11:59:00Z", ours),
                           draft("2026-11-30T10:00:00Z", nullptr)});
  CHECK(left.place.has_drafts);
  REQUIRE(left.check.trouble.size() == 1);
  CHECK(left.check.trouble[0].find("1 drafts that a till began and did not finish (#7)") !=
        std::string::npos);
}

TEST_CASE("medusa: a part payment leaves a collection open, and its rest settles the order") {
  core::Order order = placed_order({{10'000, 1}});
  order.payments = {cash_of(6000, 1)};
  FakeMedusa shop;
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  CHECK(shop.received().minor == 6000);
  const auto& open = shop.order["payment_collections"][1];
  CHECK(open["status"] == "not_paid");
  CHECK(rounded_money(open["amount"], core::eur).minor == 4000);

  order.payments.push_back(cash_of(2500, 2));
  order.payments.push_back(cash_of(1500, 3));
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  CHECK(shop.received().minor == 10'000);
  CHECK(shop.writes["pay"] == 3);
  CHECK(shop.writes["create"] == 1);
}

TEST_CASE("medusa: a total that is not ours parks the order before any payment is told") {
  core::Order order = placed_order({{1000, 1}});
  order.payments = {cash_of(1000, 1)};
  FakeMedusa shop;
  (void)hold_dialogue(shop, push_of(order), 4, Cut::before);  // created and converted
  shop.order["total"] = 11.9;
  const Answer answer = hold_dialogue(shop, push_of(order));
  CHECK(answer.fate == core::OutboxFate::refused);
  CHECK(answer.reason.find("11.90") != std::string::npos);
  CHECK(answer.reason.find("10.00") != std::string::npos);
  CHECK(shop.writes["pay"] == 0);
}

TEST_CASE("medusa: a refund is booked once") {
  core::Order order = placed_order({{1000, 1}});
  order.payments = {cash_of(1000, 1)};
  FakeMedusa shop;
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  give_back(order, 400);
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  CHECK(shop.writes["refund"] == 1);
  CHECK(medusa::order_state(shop.order).refunded().minor == 400);
}

TEST_CASE("medusa: a refund without goods does not make the order's total differ") {
  core::Order order = placed_order({{1000, 1}});
  order.payments = {cash_of(1000, 1)};
  FakeMedusa shop;
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  give_back(order, 400);
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  CHECK(shop.order["credit_lines"].size() == 1);
  order.stage = core::Stage::archived;
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  CHECK(shop.order["status"] == "archived");
}

TEST_CASE("medusa: goods that come back are received once, whatever request is cut") {
  core::Order order = placed_order({{1799, 2}, {500, 1}});
  order.payments = {cash_of(4098, 1)};
  core::Order later = order;
  give_back(later, 1799);
  later.refunds[0].lines = {{order.lines[0].id, core::pieces(1), {1799, core::eur}, true}};
  for (const Cut cut : {Cut::before, Cut::after}) {
    for (int nth = 0; nth < 14; ++nth) {
      CAPTURE(nth);
      FakeMedusa shop;
      CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
      Answer answer = hold_dialogue(shop, push_of(later), nth, cut);
      if (answer.fate != core::OutboxFate::done) answer = hold_dialogue(shop, push_of(later));
      CHECK(answer.fate == core::OutboxFate::done);
      CHECK(answer.reason == "");
      CHECK(shop.order["items"][0]["detail"]["return_received_quantity"] == 1);
      CHECK(shop.writes["received"] == 1);
      CHECK(shop.writes["refund"] == 1);
      // The goods settle what was given back: nothing is credited on top.
      CHECK(shop.order["credit_lines"].empty());
      CHECK(rounded_money(shop.order["total"], core::eur).minor == 4098 - 1799);
    }
  }
}

TEST_CASE("medusa: a capture whose answer was lost is not booked a second time") {
  FakeMedusa shop;
  shop.order = {{"id", "order_9"},
                {"status", "pending"},
                {"currency_code", "eur"},
                {"total", 66.87},
                {"payment_collections",
                 Json::array({{{"id", "pc"},
                               {"status", "authorized"},
                               {"amount", 66.87},
                               {"payments", Json::array({{{"id", "pay_1"},
                                                          {"amount", 66.87},
                                                          {"captures", Json::array()}}})}}})}};
  core::Order order = placed_order({});
  order.channel = "online";
  order.upstream_id = "order_9";
  Job job = push_of(order);
  job.kind = core::OutboxKind::capture;
  job.amount = {2000, core::eur};
  for (int nth = 0; nth < 3; ++nth) (void)hold_dialogue(shop, job, nth, Cut::after);
  const Answer answer = hold_dialogue(shop, job);
  CHECK(answer.fate == core::OutboxFate::done);
  CHECK(answer.learnt.amount == 2000);
  CHECK(shop.received().minor == 2000);
  CHECK(shop.writes["capture"] == 1);
}

TEST_CASE("medusa: what waits for an order that a person cancelled there is told why") {
  core::Order order = placed_order({{1999, 2}});
  FakeMedusa shop;
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  shop.order["status"] = "canceled";
  shop.order["items"][0]["detail"]["fulfilled_quantity"] = 0;
  shop.order["fulfillments"] = Json::array();
  shop.order["payment_collections"] = Json::array();
  order.channel = "online";
  order.upstream_id = shop.order["id"];
  order.lines[0].upstream_id = shop.order["items"][0]["id"];
  order.fulfilments.resize(1);
  order.fulfilments[0].id.uuid = tests::uuid_of(7);
  order.fulfilments[0].lines = {{order.lines[0].id, core::pieces(1)}};
  for (const auto kind : {core::OutboxKind::capture, core::OutboxKind::fulfil}) {
    Job job = push_of(order);
    job.kind = kind;
    job.amount = {3998, core::eur};
    if (kind == core::OutboxKind::fulfil) job.subject = tests::uuid_of(7);
    const Answer answer = hold_dialogue(shop, job);
    CHECK(answer.fate == core::OutboxFate::refused);
    CHECK(answer.reason == "This order was cancelled at Medusa.");
  }
}

TEST_CASE("medusa: goods that were to be sent and were taken out there are put to a person") {
  core::Order order = placed_order({{1999, 3}});
  FakeMedusa shop;
  CHECK(hold_dialogue(shop, push_of(order)).fate == core::OutboxFate::done);
  const int fulfilled_before = shop.writes["fulfil"];
  Json& item = shop.order["items"][0];
  order.channel = "online";
  order.upstream_id = shop.order["id"];
  order.lines[0].title = "Tee";
  order.lines[0].upstream_id = item["id"];
  order.fulfilments.resize(1);
  order.fulfilments[0].id.uuid = tests::uuid_of(7);
  order.fulfilments[0].lines = {{order.lines[0].id, core::pieces(3)}};
  Job job = push_of(order);
  job.kind = core::OutboxKind::fulfil;
  job.subject = tests::uuid_of(7);
  shop.order["fulfillments"] = Json::array();
  // What others sent of them need not be sent.
  item["detail"]["fulfilled_quantity"] = 3;
  CHECK(hold_dialogue(shop, job).fate == core::OutboxFate::done);
  item["detail"]["fulfilled_quantity"] = 0;
  item["quantity"] = 2;
  const Answer fewer = hold_dialogue(shop, job);
  CHECK(fewer.fate == core::OutboxFate::refused);
  CHECK(fewer.reason ==
        "3 x Tee were to be sent, and 1 of them are no longer in the order at Medusa.");
  shop.order["items"] = Json::array();
  CHECK(hold_dialogue(shop, job).reason ==
        "3 x Tee were to be sent, and 3 of them are no longer in the order at Medusa.");
  CHECK(shop.writes["fulfil"] == fulfilled_before);
}

TEST_CASE("medusa: a receipt that the platform mails is asked of Medusa") {
  core::Order order = placed_order({{1000, 1}});
  Place mailing = place;
  const auto is_asked = [&] {
    return medusa::draft_of(order, std::vector<core::UpstreamVariant>(1),
                            mailing)["no_notification_order"] == false;
  };
  order.customer.email = "brandt@post.example";
  CHECK_FALSE(is_asked());
  mailing.mails_receipts = true;
  CHECK(is_asked());
  order.customer.email = "";
  CHECK_FALSE(is_asked());  // nobody to mail to
}

TEST_CASE("medusa: discounts and odd divisions make whole cents a piece and the same total") {
  core::Order order = placed_order({{1000, 3}, {199, 7}});
  order.lines[0].discount = core::Discount{core::DiscountKind::amount, 100, "Aktion"};
  order.discount = core::Discount{core::DiscountKind::percent, 500, "Stammkundin"};
  const Json draft = medusa::draft_of(order, std::vector<core::UpstreamVariant>(2), place);
  std::int64_t sum = 0;
  for (const Json& item : draft["items"]) {
    const core::Money each = rounded_money(item["unit_price"], core::eur);
    CHECK(medusa::number(each) == item["unit_price"]);
    sum += each.minor * item["quantity"].get<std::int64_t>();
  }
  CHECK(sum == core::price(order).total.minor);
}

TEST_CASE("medusa: an open item without an article for it is refused with what to do") {
  Place bare = place;
  bare.misc_variant.clear();
  Dialogue dialogue(push_of(placed_order({{100, 1}})), api, bare);
  for (int n = 0; n < 2; ++n) {
    (void)dialogue.next();
    dialogue.hear(FakeMedusa::good({{"orders", Json::array()}, {"draft_orders", Json::array()}}));
  }
  const auto next = dialogue.next();
  REQUIRE(std::holds_alternative<Answer>(next));
  CHECK(std::get<Answer>(next).fate == core::OutboxFate::refused);
  CHECK(std::get<Answer>(next).reason.find("upstream.misc_sku") != std::string::npos);
}

TEST_CASE("medusa: what answers in its place is told in words") {
  const auto reason = [](Heard heard) {
    Dialogue dialogue(push_of(placed_order({{100, 1}})), api, place);
    (void)dialogue.next();
    dialogue.hear(heard);
    return std::get<Answer>(dialogue.next()).reason;
  };
  CHECK(reason({200, {}, "<html>Login</html>", "", false, {}}).find("web page") !=
        std::string::npos);
  CHECK(reason({200, {}, "{\"orders\":[", "", false, {}}).find("cut off") != std::string::npos);
  CHECK(reason({401, {}, "{}", "", false, {}}).find("key") != std::string::npos);
  CHECK(reason({503, std::chrono::seconds{7}, "", "", false, {}}).find("503") != std::string::npos);
}

TEST_CASE("medusa: a refused order is parked with Medusa's words, and holds up nobody") {
  Dialogue dialogue(push_of(placed_order({{100, 1}})), api, place);
  Answer answer;
  for (int n = 0; n < 20; ++n) {
    auto next = dialogue.next();
    if (auto* done = std::get_if<Answer>(&next)) {
      answer = *done;
      break;
    }
    const auto& request = std::get<HttpRequest>(next);
    dialogue.hear(
        request.method == "GET"
            ? FakeMedusa::good({{"orders", Json::array()}, {"draft_orders", Json::array()}})
            : FakeMedusa::bad("Some variant does not have the required inventory"));
  }
  CHECK(answer.fate == core::OutboxFate::refused);
  CHECK_FALSE(answer.link_down);
  CHECK(answer.reason.find("required inventory") != std::string::npos);
}

TEST_CASE("medusa: an order of the web shop is read with its money, goods and words") {
  const Json json =
      Json::parse(R"({"id":"order_5","display_id":5,"status":"pending","currency_code":"eur",
    "total":44.88,"email":"a@example.com","created_at":"2026-11-25T10:00:00.000Z",
    "payment_status":"something_new","fulfillment_status":"not_fulfilled",
    "items":[{"id":"ordli_b","product_title":"Tee","variant_title":"Standard","variant_sku":"TEE","quantity":2,
      "unit_price":19.99,"is_tax_inclusive":true,"requires_shipping":true,"tax_lines":[{"rate":19}]}],
    "shipping_address":{"first_name":"Marlene","last_name":"Brandt","address_1":"Hauptstr. 1","city":"Berlin"},
    "shipping_methods":[{"name":"Paket","amount":4.9,"total":4.9,"tax_lines":[{"rate":19}]}],
    "payment_collections":[{"id":"pc","payments":[{"id":"pay_1","amount":44.88,"provider_id":"pp",
      "captures":[{"id":"cap","amount":20}]}]}]})");
  const core::Order order = medusa::order_from(json);
  CHECK(order.upstream_id == "order_5");
  CHECK(order.number == "5");
  CHECK(order.version == 0);
  CHECK(order.delivery == core::Delivery::shipping);
  CHECK(core::price(order).total.minor == 4488);
  CHECK(order.attention.empty());
  CHECK(order.upstream_payment == "something_new");
  CHECK(core::paid_sum(order).minor == 2000);
  CHECK(order.customer.name == "Marlene Brandt");
  CHECK(medusa::order_from(json).lines == order.lines);

  Json wrong = json;
  wrong["total"] = 50;
  CHECK(medusa::order_from(wrong).attention == "Its prices do not add up.");
}

TEST_CASE("medusa: an order whose authorized money an edit let go waits to be paid") {
  Json json =
      Json::parse(R"({"id":"order_6","display_id":6,"status":"pending","currency_code":"eur",
    "total":26.89,"payment_status":"not_paid",
    "items":[{"id":"ordli_b","product_title":"Buch","quantity":1,"unit_price":26.89,
      "is_tax_inclusive":true,"tax_lines":[{"rate":19}]}],
    "payment_collections":[{"id":"pc","payments":[{"id":"pay_1","amount":66.87,"provider_id":"pp",
      "canceled_at":"2026-11-25T10:00:00.000Z"}]}]})");
  const auto word_of = [&] {
    const core::Order order = medusa::order_from(json);
    return core::payment_word(order, core::price(order).total);
  };
  CHECK(word_of() == "pending");
  CHECK(core::still_owed(medusa::order_from(json), {2689, core::eur}).minor == 2689);
  json["status"] = json["payment_status"] = "canceled";
  CHECK(word_of() == "voided");
}

TEST_CASE(
    "medusa: orders that a till made are not pulled, a person's in its channel are, and a page "
    "tells where the next begins") {
  const auto row = [](const char* id, const char* at, const char* till_id) {
    Json order{{"id", id},   {"updated_at", at},       {"sales_channel_id", "sc_pos"},
               {"total", 0}, {"currency_code", "eur"}, {"status", "pending"}};
    if (*till_id != 0) order["metadata"] = {{"pos_order_id", till_id}};
    return order;
  };
  const Json json{{"orders", Json::array({row("order_1", "2026-11-25T10:00:00.000Z", "T1-1-abcd"),
                                          row("order_2", "2026-11-25T10:00:05.000Z", "")})}};
  const medusa::Page page = medusa::page_of(medusa::Part::orders, {}, json, reading);
  REQUIRE(page.pulled.orders.size() == 1);
  CHECK(page.pulled.orders[0].upstream_id == "order_2");
  CHECK(page.is_last);
  CHECK(page.next.since == "2026-11-25T10:00:05.000Z");
}

TEST_CASE("medusa: the platform's customers come with name and address") {
  const Json json{{"customers", Json::array({{{"id", "cus_1"},
                                              {"email", "anna@example.de"},
                                              {"first_name", "Anna"},
                                              {"last_name", nullptr},
                                              {"updated_at", "2026-11-25T10:00:00.000Z"}},
                                             {{"id", "cus_2"},
                                              {"email", "kasse@example.de"},
                                              {"company_name", "Hof Berg"},
                                              {"updated_at", "2026-11-25T10:00:05.000Z"}}})}};
  const medusa::Page page = medusa::page_of(medusa::Part::customers, {}, json, reading);
  const std::vector<core::PulledCustomer> expected{
      {"cus_1", {"Anna", "anna@example.de", ""}, false},
      {"cus_2", {"Hof Berg", "kasse@example.de", ""}, false}};
  CHECK(page.pulled.customers == expected);
  CHECK(page.next.since == "2026-11-25T10:00:05.000Z");
  CHECK(medusa::url_of(medusa::Part::customers, page.next, {}, place).find("/admin/customers?") ==
        0);
}

TEST_CASE("json values: amounts are read by their digits and rounded to the minor unit") {
  const auto cents = [](const char* text) {
    return rounded_money(Json::parse(text), core::eur).minor;
  };
  CHECK(cents("35.98") == 3598);
  CHECK(cents("5.7447058823529416") == 574);
  CHECK(cents("28.999999999999996") == 2900);
  CHECK(cents("-0.005") == -1);
  CHECK(cents("1e3") == 100'000);
  CHECK(cents("\"19.9\"") == 1990);
  CHECK(cents("null") == 0);
  CHECK(cents("2.5e-1") == 25);
}

TEST_CASE("http: a wish to wait is read as seconds or as a date") {
  const core::Instant now{std::chrono::seconds{1'000'000'000}};
  CHECK(retry_after_from("120", now) == std::chrono::seconds{120});
  CHECK(retry_after_from("Sun, 09 Sep 2001 01:47:10 GMT", now) == std::chrono::seconds{30});
  CHECK_FALSE(retry_after_from("soon", now));
  CHECK_FALSE(retry_after_from("-3", now));
}
