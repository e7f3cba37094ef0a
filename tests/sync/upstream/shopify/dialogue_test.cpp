#include "sync/upstream/shopify/dialogue.h"

#include <doctest/doctest.h>

#include "core/orders/refund.h"
#include "tests/support/shopify_answers.h"

namespace syncing::shopify {

namespace {

using core::OutboxFate;
using core::OutboxKind;
using syncing::Answer;
using syncing::Job;
using tests::shopify_did;
using tests::shopify_found;
using tests::shopify_money;
using tests::shopify_order;
using tests::shopify_refuses;
using tests::shopify_says;
using tests::shopify_transaction;

ShopFacts shop() {
  ShopFacts shop;
  shop.location = "gid://shopify/Location/1";
  return shop;
}

// A sale of 20.00, of which `paid` is paid in cash.
core::Order sale(std::int64_t paid = 2000) {
  core::Order order = tests::order_of({tests::item("Brot", 500, core::pieces(4))});
  if (paid > 0) order.payments = {tests::cash(paid, paid)};
  order.fulfilment = paid == 2000 ? "fulfilled" : "";
  return order;
}

core::Order online() {
  core::Order order = sale(0);
  order.channel = "online";
  order.upstream_id = "gid://shopify/Order/7001";
  order.delivery = core::Delivery::shipping;
  return order;
}

Job job(core::Order order, OutboxKind kind = OutboxKind::push_order, core::Uuid subject = {}) {
  Job job{1, std::move(order), kind, tests::uuid_of(50), subject};
  return job;
}

std::string asks(Dialogue& dialogue) {
  const auto next = dialogue.next();
  const auto* request = std::get_if<Request>(&next);
  return request ? std::string(request->operation->name) : "";
}
Json variables(Dialogue& dialogue) {
  return std::get<Request>(dialogue.next()).variables;
}
Answer answer(Dialogue& dialogue) {
  const auto next = dialogue.next();
  REQUIRE(std::holds_alternative<Answer>(next));
  return std::get<Answer>(next);
}
OutboxFate fate(Dialogue& dialogue) {
  return answer(dialogue).fate;
}
const Json nobody = {{"found", nullptr}};

Json lines_page(std::int64_t unfulfilled, const core::LineId& line) {
  return {{"order",
           {{"lineItems",
             {{"pageInfo", {{"hasNextPage", false}}},
              {"nodes", Json::array({{{"id", "gid://shopify/LineItem/1"},
                                      {"quantity", 4},
                                      {"unfulfilledQuantity", unfulfilled},
                                      {"refundableQuantity", 4},
                                      {"customAttributes",
                                       Json::array({{{"key", "_tresen_line"},
                                                     {"value", core::to_text(line)}}})}}})}}}}}};
}
// What left there already, in a parcel.
Json sent_page(std::int64_t quantity, const std::string& status = "SUCCESS") {
  return {{"order",
           {{"fulfillments",
             Json::array(
                 {{{"id", "gid://shopify/Fulfillment/9"},
                   {"status", status},
                   {"fulfillmentLineItems",
                    {{"nodes",
                      Json::array({{{"quantity", quantity},
                                    {"lineItem", {{"id", "gid://shopify/LineItem/1"}}}}})}}}}})}}}};
}
Json parcels_page(const std::string& status, std::int64_t remaining) {
  const Json actions =
      status == "OPEN" ? Json::array({{{"action", "CREATE_FULFILLMENT"}}}) : Json::array();
  return {
      {"order",
       {{"fulfillmentOrders",
         {{"pageInfo", {{"hasNextPage", false}}},
          {"nodes",
           Json::array(
               {{{"id", "gid://shopify/FulfillmentOrder/1"},
                 {"status", status},
                 {"supportedActions", actions},
                 {"lineItems",
                  {{"nodes",
                    Json::array({{{"id", "gid://shopify/FulfillmentOrderLineItem/1"},
                                  {"remainingQuantity", remaining},
                                  {"lineItem", {{"id", "gid://shopify/LineItem/1"}}}}})}}}}})}}}}}};
}

}  // namespace

TEST_CASE("shopify dialogue: an order is looked for before it is created") {
  const ShopFacts here = shop();
  Dialogue dialogue(job(sale()), here);
  CHECK(asks(dialogue) == "OrderByOurId");
  CHECK(variables(dialogue)["id"]["value"] == core::to_text(sale().id));
  dialogue.hear(shopify_says(nobody));
  CHECK(asks(dialogue) == "CreateOrder");
  dialogue.hear(shopify_did(shopify_order({2000, 2000})));
  CHECK(fate(dialogue) == OutboxFate::done);
  CHECK(answer(dialogue).reason.empty());
  CHECK(answer(dialogue).learnt.order_id == "gid://shopify/Order/7001");
  CHECK(answer(dialogue).learnt.order_number == "#1001");
}

TEST_CASE("shopify dialogue: an order that nobody can have told of is created without looking") {
  const ShopFacts here = shop();
  Job unheard_of = job(sale());
  unheard_of.is_unheard_of = true;
  Dialogue dialogue(unheard_of, here);
  CHECK(asks(dialogue) == "CreateOrder");
  dialogue.hear(shopify_says(
      {{"did", {{"order", nullptr}, {"userErrors", Json::array({{{"message", "is taken"}}})}}}}));
  CHECK(asks(dialogue) == "OrderByOurId");
}

TEST_CASE("shopify dialogue: an order that is there already is not created again") {
  const ShopFacts here = shop();
  Dialogue dialogue(job(sale()), here);
  dialogue.hear(shopify_found(shopify_order({2000, 2000})));
  CHECK(fate(dialogue) == OutboxFate::done);
}

TEST_CASE(
    "shopify dialogue: an answer to the creation that is lost is tried again, by looking first") {
  const ShopFacts here = shop();
  Dialogue first(job(sale()), here);
  first.hear(shopify_says(nobody));
  first.hear({0, {}, "", "The connection to the platform broke off.", true, {}});
  CHECK(fate(first) == OutboxFate::again);
  Dialogue second(job(sale()), here);
  CHECK(asks(second) == "OrderByOurId");
}

TEST_CASE("shopify dialogue: a total that differs by a cent parks the order with both totals") {
  const ShopFacts here = shop();
  Dialogue dialogue(job(sale()), here);
  dialogue.hear(shopify_found(shopify_order({2001, 2001})));
  CHECK(answer(dialogue) ==
        syncing::refused("Shopify's total of #1001 is 20.01 EUR, the till's is 20.00 EUR."));
}

TEST_CASE(
    "shopify dialogue: a refused creation is looked at once more, and then parked with the words") {
  const ShopFacts here = shop();
  Dialogue dialogue(job(sale()), here);
  dialogue.hear(shopify_says(nobody));
  dialogue.hear(shopify_refuses("Line items are not valid.", "INVALID"));
  CHECK(asks(dialogue) == "OrderByOurId");
  SUBCASE("it is not there: parked") {
    dialogue.hear(shopify_says(nobody));
    CHECK(answer(dialogue) == syncing::refused("Shopify says: Line items are not valid."));
  }
  SUBCASE("it is there, created by the try before: done") {
    dialogue.hear(shopify_found(shopify_order({2000, 2000})));
    CHECK(fate(dialogue) == OutboxFate::done);
  }
}

TEST_CASE("shopify dialogue: the rest of a part payment marks the order as paid") {
  const ShopFacts here = shop();
  Dialogue dialogue(job(sale()), here);
  dialogue.hear(shopify_found(shopify_order({2000, 1200, 0, "PARTIALLY_PAID"})));
  CHECK(asks(dialogue) == "PayRest");
  dialogue.hear(shopify_did(shopify_order({2000, 2000})));
  CHECK(fate(dialogue) == OutboxFate::done);
}

TEST_CASE("shopify dialogue: a second part payment waits here, and says so") {
  const ShopFacts here = shop();
  Dialogue dialogue(job(sale(1500)), here);
  dialogue.hear(shopify_found(shopify_order({2000, 1200, 0, "PARTIALLY_PAID", "UNFULFILLED"})));
  CHECK(fate(dialogue) == OutboxFate::done);
  CHECK(answer(dialogue).reason ==
        "3.00 of it waits here until the order is paid: Shopify takes a part only on its plan "
        "Plus.");
}

TEST_CASE("shopify dialogue: on the plan Plus a part payment is told with its amount") {
  ShopFacts plus = shop();
  plus.is_plus = true;
  Dialogue dialogue(job(sale(1500)), plus);
  dialogue.hear(shopify_found(shopify_order({2000, 1200, 0, "PARTIALLY_PAID", "UNFULFILLED"})));
  CHECK(asks(dialogue) == "PayPart");
  CHECK(variables(dialogue)["amount"]["amount"] == "3.00");
  CHECK(variables(dialogue)["method"] == "cash");
}

TEST_CASE("shopify dialogue: what Shopify has received by another way is not booked twice") {
  const ShopFacts here = shop();
  Dialogue dialogue(job(sale(1500)), here);
  dialogue.hear(shopify_found(shopify_order({2000, 2000, 0, "PAID", "UNFULFILLED"})));
  CHECK(fate(dialogue) == OutboxFate::done);
  CHECK(answer(dialogue).reason.empty());
}

TEST_CASE("shopify dialogue: an authorization is captured by what remains of it") {
  const ShopFacts here = shop();
  core::Order order = online();
  core::Payment capture = tests::card(2000);
  capture.kind = core::TransactionKind::capture;
  capture.state = core::TransactionState::pending;
  order.payments = {capture};
  Dialogue dialogue(job(order, OutboxKind::capture, capture.id.uuid), here);
  CHECK(asks(dialogue) == "OrderById");
  tests::ShopifyOrder there{2000, 500, 0, "PARTIALLY_PAID", "UNFULFILLED"};
  there.transactions = {shopify_transaction(1, "AUTHORIZATION", 2000),
                        shopify_transaction(2, "CAPTURE", 500, "shopify_payments", 1)};
  dialogue.hear(shopify_found(shopify_order(there)));
  CHECK(asks(dialogue) == "Capture");
  CHECK(variables(dialogue)["input"]["amount"] == "15.00");
  CHECK(variables(dialogue)["input"]["parentTransactionId"] == "gid://shopify/OrderTransaction/1");
  there.transactions.push_back(shopify_transaction(3, "CAPTURE", 1500, "shopify_payments", 1));
  dialogue.hear(shopify_says(
      {{"did",
        {{"transaction",
          {{"id", "gid://shopify/OrderTransaction/3"}, {"order", shopify_order(there)}}},
         {"userErrors", Json::array()}}}}));
  CHECK(fate(dialogue) == OutboxFate::done);
  CHECK(answer(dialogue).learnt.subject_id == "gid://shopify/OrderTransaction/3");
}

TEST_CASE("shopify dialogue: what is captured there already is done") {
  const ShopFacts here = shop();
  core::Order order = online();
  core::Payment capture = tests::card(2000);
  capture.kind = core::TransactionKind::capture;
  order.payments = {capture};
  Dialogue dialogue(job(order, OutboxKind::capture, capture.id.uuid), here);
  tests::ShopifyOrder there{2000, 2000};
  there.transactions = {shopify_transaction(1, "AUTHORIZATION", 2000),
                        shopify_transaction(2, "CAPTURE", 2000, "shopify_payments", 1)};
  dialogue.hear(shopify_found(shopify_order(there)));
  CHECK(fate(dialogue) == OutboxFate::done);
}

TEST_CASE("shopify dialogue: a voided authorization cannot be captured") {
  const ShopFacts here = shop();
  Dialogue dialogue(job(online(), OutboxKind::capture), here);
  tests::ShopifyOrder there{2000, 0, 0, "VOIDED", "UNFULFILLED"};
  there.transactions = {shopify_transaction(1, "AUTHORIZATION", 2000),
                        shopify_transaction(2, "VOID", 2000, "shopify_payments", 1)};
  dialogue.hear(shopify_found(shopify_order(there)));
  CHECK(answer(dialogue) ==
        syncing::refused("Nothing is left to capture: Shopify calls the order VOIDED."));
}

TEST_CASE("shopify dialogue: goods are fulfilled line by line with their tracking") {
  const ShopFacts here = shop();
  core::Order order = online();
  core::Fulfilment parcel;
  parcel.id = {tests::uuid_of(60)};
  parcel.lines = {{order.lines[0].id, core::pieces(3)}};
  parcel.carrier = "DHL";
  parcel.tracking_number = "JD01";
  order.fulfilments = {parcel};
  Dialogue dialogue(job(order, OutboxKind::fulfil, parcel.id.uuid), here);
  dialogue.hear(shopify_found(shopify_order({2000, 2000, 0, "PAID", "PARTIALLY_FULFILLED"})));
  CHECK(asks(dialogue) == "SentGoods");
  dialogue.hear(shopify_says(sent_page(1)));  // one of three is gone there
  CHECK(asks(dialogue) == "OrderLines");
  dialogue.hear(shopify_says(lines_page(3, order.lines[0].id)));
  CHECK(asks(dialogue) == "FulfilmentOrders");
  SUBCASE("the missing pieces are told") {
    dialogue.hear(shopify_says(parcels_page("OPEN", 3)));
    CHECK(asks(dialogue) == "Fulfil");
    const Json told = variables(dialogue)["fulfillment"];
    CHECK(told["lineItemsByFulfillmentOrder"][0]["fulfillmentOrderLineItems"][0]["quantity"] == 2);
    CHECK(told["trackingInfo"]["number"] == "JD01");
    CHECK(told["notifyCustomer"] == false);
  }
  SUBCASE("a fulfilment order on hold is a reason") {
    dialogue.hear(shopify_says(parcels_page("ON_HOLD", 3)));
    CHECK(answer(dialogue) == syncing::refused("Shopify does not let this be fulfilled: ON_HOLD."));
  }
}

TEST_CASE(
    "shopify dialogue: goods are sent again whose parcel was cancelled there, and no others") {
  const ShopFacts here = shop();
  core::Order order = online();
  core::Fulfilment before;
  before.id = {tests::uuid_of(61)};
  before.upstream_id = "gid://shopify/Fulfillment/9";
  before.lines = {{order.lines[0].id, core::pieces(2)}};
  core::Fulfilment parcel;
  parcel.id = {tests::uuid_of(60)};
  parcel.lines = {{order.lines[0].id, core::pieces(1)}};
  order.fulfilments = {before, parcel};
  Dialogue dialogue(job(order, OutboxKind::fulfil, parcel.id.uuid), here);
  dialogue.hear(shopify_found(shopify_order({2000, 2000, 0, "PAID", "UNFULFILLED"})));
  dialogue.hear(shopify_says(sent_page(2, "CANCELLED")));
  // One was taken out of the order meanwhile: it counts neither as sent nor as to send.
  dialogue.hear(shopify_says(lines_page(3, order.lines[0].id)));
  dialogue.hear(shopify_says(parcels_page("OPEN", 3)));
  CHECK(asks(dialogue) == "Fulfil");
  const Json told = variables(dialogue)["fulfillment"];
  CHECK(told["lineItemsByFulfillmentOrder"][0]["fulfillmentOrderLineItems"][0]["quantity"] == 1);
}

namespace {

// Three pieces of the one line wait to be told as sent.
core::Order with_queued_parcel() {
  core::Order order = online();
  core::Fulfilment parcel;
  parcel.id = {tests::uuid_of(60)};
  parcel.lines = {{order.lines[0].id, core::pieces(3)}};
  order.fulfilments = {parcel};
  return order;
}

// How the one line stands there, and what of it left.
struct LineThere {
  std::string status = "UNFULFILLED";
  std::int64_t current = 4, unfulfilled = 4, sent = 0;
};

void hear_goods(Dialogue& dialogue, const LineThere& there, const core::LineId& line) {
  dialogue.hear(shopify_found(shopify_order({2000, 2000, 0, "PAID", there.status})));
  dialogue.hear(shopify_says(sent_page(there.sent)));
  Json lines = lines_page(there.unfulfilled, line);
  lines["order"]["lineItems"]["nodes"][0]["currentQuantity"] = there.current;
  dialogue.hear(shopify_says(lines));
}

}  // namespace

TEST_CASE(
    "shopify dialogue: goods that were to be sent and were taken out there are put to a person") {
  const ShopFacts here = shop();
  const core::Order order = with_queued_parcel();
  struct Row {
    LineThere there;
    const char* reason;  // "": it goes on
  };
  for (const Row& row :
       {Row{{"UNFULFILLED", 2, 2, 0},
            "3 x Brot were to be sent, and 1 of them are no longer in the order at Shopify."},
        Row{{"FULFILLED", 2, 0, 2},
            "3 x Brot were to be sent, and 1 of them are no longer in the order at Shopify."},
        Row{{"UNFULFILLED", 0, 0, 0},
            "3 x Brot were to be sent, and 3 of them are no longer in the order at Shopify."},
        Row{{"UNFULFILLED", 3, 3, 0}, ""},
        // Somebody else sent them, some in a parcel that is too long to be read whole.
        Row{{"FULFILLED", 4, 0, 4}, ""}, Row{{"FULFILLED", 4, 0, 1}, ""}}) {
    CAPTURE(row.there.current);
    CAPTURE(row.there.sent);
    Dialogue dialogue(job(order, OutboxKind::fulfil, order.fulfilments[0].id.uuid), here);
    hear_goods(dialogue, row.there, order.lines[0].id);
    if (*row.reason != '\0') {
      CHECK(answer(dialogue) == syncing::refused(row.reason));
    } else if (row.there.unfulfilled > 0) {
      CHECK(asks(dialogue) == "FulfilmentOrders");
    } else {
      CHECK(fate(dialogue) == OutboxFate::done);
    }
  }
}

TEST_CASE("shopify dialogue: what waits for an order that was cancelled there is told why") {
  const ShopFacts here = shop();
  core::Order order = with_queued_parcel();
  tests::ShopifyOrder there{2000, 2000, 0, "PAID", "UNFULFILLED"};
  there.cancelled = there.closed = true;
  const auto no = syncing::refused("This order was cancelled at Shopify.");
  for (const std::int64_t unfulfilled : {0, 4}) {
    CAPTURE(unfulfilled);
    Dialogue parcel(job(order, OutboxKind::fulfil, order.fulfilments[0].id.uuid), here);
    parcel.hear(shopify_found(shopify_order(there)));
    parcel.hear(shopify_says(sent_page(0)));
    parcel.hear(shopify_says(lines_page(unfulfilled, order.lines[0].id)));
    CHECK(answer(parcel) == no);
  }
  Dialogue told(job(order, OutboxKind::fulfil, order.fulfilments[0].id.uuid), here);
  told.hear(shopify_found(shopify_order(there)));
  told.hear(shopify_says(sent_page(3)));  // its answer was lost before
  told.hear(shopify_says(lines_page(0, order.lines[0].id)));
  CHECK(fate(told) == OutboxFate::done);
  order.fulfilments[0].state = core::FulfilmentState::ready;
  Dialogue ready(job(order, OutboxKind::fulfil, order.fulfilments[0].id.uuid), here);
  ready.hear(shopify_found(shopify_order(there)));
  CHECK(answer(ready) == no);
  Dialogue money(job(order, OutboxKind::capture), here);
  there.financial = "VOIDED";
  there.transactions = {shopify_transaction(1, "AUTHORIZATION", 2000),
                        shopify_transaction(2, "VOID", 2000, "shopify_payments", 1)};
  money.hear(shopify_found(shopify_order(there)));
  CHECK(answer(money) == no);
}

TEST_CASE("shopify dialogue: an order without the read permission waits, and names it") {
  const ShopFacts here = shop();
  Dialogue dialogue(job(sale()), here);
  const Json error{
      {"message", "Access denied"},
      {"extensions",
       {{"code", "ACCESS_DENIED"}, {"requiredAccess", "`read_orders` access scope."}}}};
  dialogue.hear({200, {}, Json{{"errors", Json::array({error})}}.dump(), "", false, {}});
  CHECK(answer(dialogue) ==
        syncing::again("The Shopify app lacks a permission: `read_orders` access scope."));
}

TEST_CASE(
    "shopify dialogue: a refund goes once, with a key of its own and the payment it came from") {
  const ShopFacts here = shop();
  core::Order order = sale();
  core::Payment back = tests::cash(500, 500);
  back.id = {tests::uuid_of(102)};
  back.kind = core::TransactionKind::refund;
  order.payments.push_back(back);
  core::Refund refund;
  refund.id = {tests::uuid_of(70)};
  refund.amount = {500, core::eur};
  refund.reason = "zu hart";
  refund.lines = {{order.lines[0].id, core::pieces(1), {500, core::eur}, true}};
  refund.payments = {back.id};
  order.refunds = {refund};
  order.version = 2;
  tests::ShopifyOrder there{2000, 2000};
  there.transactions = Json::array({shopify_transaction(1, "SALE", 2000, "cash")});

  Dialogue dialogue(job(order), here);
  dialogue.hear(shopify_found(shopify_order(there)));
  CHECK(asks(dialogue) == "OrderLines");
  dialogue.hear(shopify_says(lines_page(0, order.lines[0].id)));
  CHECK(asks(dialogue) == "Refund");
  const Json told = variables(dialogue);
  CHECK(told["key"] == core::to_text(refund.id));
  CHECK(told["input"]["note"] == "zu hart " + refund_mark(refund));
  CHECK(told["input"]["transactions"][0]["amount"] == "5.00");
  CHECK(told["input"]["transactions"][0]["parentId"] == "gid://shopify/OrderTransaction/1");
  CHECK(told["input"]["refundLineItems"][0]["restockType"] == "RETURN");
  CHECK(told["input"]["refundLineItems"][0]["quantity"] == 1);

  // Begun again after a cut: it stands there already.
  there.refunds =
      Json::array({{{"id", "gid://shopify/Refund/1"}, {"note", "zu hart " + refund_mark(refund)}}});
  there.refunded = 500;
  Dialogue later(job(order), here);
  later.hear(shopify_found(shopify_order(there)));
  CHECK(fate(later) == OutboxFate::done);
}

TEST_CASE(
    "shopify dialogue: archive, reopen and cancel are told once, and what is so already is done") {
  const ShopFacts here = shop();
  struct Row {
    OutboxKind kind;
    bool closed, cancelled;
    const char* asks;
  };
  for (const Row& row :
       {Row{OutboxKind::archive, false, false, "Archive"},
        Row{OutboxKind::archive, true, false, ""},
        Row{OutboxKind::reopen, true, false, "Unarchive"},
        Row{OutboxKind::reopen, false, false, ""}, Row{OutboxKind::cancel, false, false, "Cancel"},
        Row{OutboxKind::cancel, true, true, ""}}) {
    Dialogue dialogue(job(online(), row.kind), here);
    tests::ShopifyOrder there{2000, 2000};
    there.closed = row.closed;
    there.cancelled = row.cancelled;
    dialogue.hear(shopify_found(shopify_order(there)));
    CHECK(asks(dialogue) == row.asks);
    if (*row.asks == '\0') CHECK(fate(dialogue) == OutboxFate::done);
  }
}

TEST_CASE("shopify dialogue: a change of stock is told under its own key, and is not looked for") {
  const ShopFacts here = shop();
  Job counted{1, {}, OutboxKind::adjust_stock, tests::uuid_of(50)};
  counted.stock.emplace();
  counted.stock->names = {"gid://shopify/ProductVariant/1", "gid://shopify/InventoryItem/1"};
  counted.stock->before = core::pieces(10);
  counted.stock->after = core::pieces(8);
  const auto made = shopify_says(
      {{"did",
        {{"inventoryAdjustmentGroup", {{"id", "gid://x/1"}}}, {"userErrors", Json::array()}}}});
  Dialogue dialogue(counted, here);
  CHECK(asks(dialogue) == "AdjustStock");
  const Json told = variables(dialogue);
  CHECK(told["key"] == core::to_text(tests::uuid_of(50)));
  CHECK(told["input"]["changes"][0]["delta"] == -2);
  CHECK(told["input"]["changes"][0]["locationId"] == here.location);
  dialogue.hear(made);
  CHECK(fate(dialogue) == OutboxFate::done);

  // A try that failed has spent its key; the next one is the same each time.
  Dialogue again(counted, here);
  asks(again);
  again.hear(shopify_refuses("Failed.", "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED"));
  CHECK(variables(again)["key"] == core::to_text(tests::uuid_of(50)) + "-1");
  again.hear(made);
  CHECK(fate(again) == OutboxFate::done);

  struct Row {
    const char* code;
    OutboxFate fate;
  };
  for (const Row& row : {Row{"IDEMPOTENCY_CONCURRENT_REQUEST", OutboxFate::again},
                         Row{"ITEM_NOT_STOCKED_AT_LOCATION", OutboxFate::refused}}) {
    Dialogue other(counted, here);
    asks(other);
    other.hear(shopify_refuses("No.", row.code));
    CHECK(fate(other) == row.fate);
  }
  counted.stock->names = {};
  Dialogue gone(counted, here);
  CHECK(fate(gone) == OutboxFate::refused);
}

}  // namespace syncing::shopify
