#include "pos/screens/orders/orders_screen.h"

#include <doctest/doctest.h>

#include "pos/screens/orders/orders_filter_sheet.h"
#include "pos/screens/parts/badges.h"
#include "tests/support/orders_scene.h"
#include "tests/support/ui_driver.h"

using namespace tests;
using pos::NextStep;
using pos::OrdersInput;

namespace {

struct OrdersPage {
  OrdersScene box;
  OrdersInput input;
  pos::Reaction reaction;
  test::UiDriver ui;

  explicit OrdersPage(int width = 1280, int height = 800, pos::ui::Look look = {})
      : ui(width, height, look) {
    fill_orders(box);
  }
  test::UiDriver::Draw draw() {
    return [this](pos::ui::Ui& on) {
      auto now = pos::run(on, box.scene(), input);
      if (!now.is_empty()) reaction = now;
    };
  }
};

}  // namespace

TEST_CASE("orders: a row says what is next, as one tap") {
  OrdersScene box;
  fill_orders(box);
  const auto view = pos::present(box.scene(), OrdersInput{});
  REQUIRE(view.rows.size() == 10);
  CHECK(view.rows[0].step == NextStep::capture);
  CHECK(view.rows[0].step_label == "Capture 86.40");
  CHECK(view.rows[0].is_main);
  // A sale at the counter waits for nothing, though it may be archived.
  CHECK(view.rows[1].step == NextStep::open);
  CHECK(view.rows[1].facts.step == NextStep::archive);
  CHECK(view.rows[1].order.label == "Done");
  CHECK(view.rows[0].is_new);
  CHECK(view.rows[0].order.label == "New");
  CHECK(view.rows[2].step == NextStep::collect);
  CHECK(view.rows[2].step_label == "Collect 72.50");
  CHECK(view.rows[2].detail == "40.00 of 112.50");
  CHECK_FALSE(view.rows[2].is_main);
  CHECK(view.rows[3].step == NextStep::mend);
  CHECK(view.rows[3].detail == "The house number is missing.");
  CHECK(view.rows[4].step == NextStep::fulfil);
  CHECK(view.rows[8].step == NextStep::open);
  CHECK(view.rows[6].customer == "Walk-in customer");
  CHECK(view.rows[7].needs_attention);
}

TEST_CASE("orders: a long word of another system stays in its column") {
  OrdersPage page;
  page.box.till.settings.upstream.kind = "medusa";
  page.box.found.orders.page.rows[0].fulfilment = "awaiting_stock_confirmation";
  page.ui.draw(page.draw());
  const auto* word = page.ui.find("Awaiting stock confirmation");
  const auto* sync = page.ui.find("In sync");
  REQUIRE(word);
  REQUIRE(sync);
  CHECK(word->rect.x1 <= sync->rect.x0);
}

TEST_CASE("orders: what lies in a folder is not called in step with a platform") {
  const pos::Words& words = english();
  const auto of_folder = pos::sync_badge({"done", "", true}, words);
  CHECK(of_folder.label == "In a folder");
  CHECK(of_folder.state == pos::ui::State::neutral);
  CHECK(pos::sync_badge({"done", "", false}, words).label == "In sync");
  CHECK(pos::sync_badge({"refused", "", true}, words).label == "Refused");
}

TEST_CASE("orders: a word of another system is shown as it is") {
  OrdersScene box;
  fill_orders(box);
  const auto view = pos::present(box.scene(), OrdersInput{});
  CHECK(view.rows[9].fulfilment.label == "Partly packed");
  CHECK(view.rows[5].origin.starts_with("Marketplace"));
}

TEST_CASE("orders: the day of an order is told as far as it is needed") {
  OrdersScene box;
  fill_orders(box);
  const auto view = pos::present(box.scene(), OrdersInput{});
  CHECK(view.rows[0].origin == "Online shop · 15:41");
  CHECK(view.rows[7].origin == "Till T1 · 20 Nov");
  CHECK(view.rows[9].origin == "Online shop · 1 Oct 2025");
}

TEST_CASE("orders: only a window of a long list is asked for, in steps") {
  OrdersScene box;
  OrdersInput input;
  const auto at = [&](std::int64_t first) {
    input.first = first;
    return std::get<core::AskOrders>(pos::wants(box.scene(), input)[0]).filter;
  };
  CHECK(at(0).offset == 0);
  CHECK(at(5) == at(0));
  CHECK(at(999'990).offset == 999'936);
  CHECK(at(999'990).limit == 128);
  input.filter.text = "  4242 ";
  CHECK(at(0).text == "4242");
}

TEST_CASE("orders: rows of another list are not shown while the right ones are fetched") {
  OrdersScene box;
  fill_orders(box);
  OrdersInput input;
  input.filter.tab = core::OrderTab::archived;
  const auto view = pos::present(box.scene(), input);
  CHECK(view.rows.empty());
  CHECK(view.emptiness.title.empty());
}

TEST_CASE("orders: an empty tab says why, and a search that finds nothing can be taken off") {
  OrdersPage page;
  page.box.found.orders.page = {{.text = "Müller", .limit = 128}, {}, 0};
  page.input.filter.text = "Müller";
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("Nothing found for “Müller”"));
  page.ui.tap("Show all", page.draw());
  CHECK(page.input.filter.text.empty());
}

TEST_CASE("orders: a tap on the row opens the order, a tap on its button does the next step") {
  OrdersPage page;
  page.ui.tap("order-T1-000479", page.draw());
  CHECK(page.reaction.go == pos::Screen::order);
  CHECK(page.reaction.order == core::OrderId{uuid_of(3)});
  CHECK(page.reaction.commands.empty());
  page.ui.tap("step-T1-000479", page.draw());
  CHECK(page.reaction.go == pos::Screen::tender);
  REQUIRE(page.reaction.commands.size() == 1);
  CHECK(page.reaction.commands[0].get<core::CollectPayment>().order == core::OrderId{uuid_of(3)});
  page.ui.tap("step-#1044", page.draw());
  CHECK(page.reaction.go == pos::Screen::outbox);
}

TEST_CASE("orders: F3 goes to the search, and what is typed is searched from the top") {
  OrdersPage page;
  page.ui.key(pos::ui::Key::f3, page.draw());
  page.ui.type("4242", page.draw());
  CHECK(page.input.filter.text == "4242");
  CHECK(page.input.first == 0);
}

TEST_CASE("orders: tabs, filters and the sync button do what they say") {
  OrdersPage page;
  page.ui.tap("Partially paid", page.draw());
  page.ui.tap("Sync now", page.draw());
  REQUIRE(page.reaction.commands.size() == 1);
  CHECK(page.reaction.commands[0].is<core::SyncNow>());
  page.ui.tap("Filter", page.draw());
  page.ui.tap("Payment-authorized", page.draw());
  CHECK(page.input.filter.payment == "authorized");
  CHECK(page.input.filters_open);
  page.ui.tap("Clear filter", page.draw());
  CHECK(page.input.filter.payment.empty());
  page.ui.key(pos::ui::Key::enter, page.draw());
  CHECK_FALSE(page.input.filters_open);
}

TEST_CASE("orders: scrolling tells which rows are visible") {
  OrdersPage page;
  page.box.found.orders.page.total = 1'000'000;
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("1–7 of 1,000,000"));
  page.ui.key(pos::ui::Key::page_down, page.draw());
  CHECK(page.input.first >= 6);
}

TEST_CASE("orders: every button of a row can be reached at every size of window and text") {
  for (const auto& size : {std::pair{1280, 800}, {1024, 600}, {800, 1280}}) {
    for (const float text : {1.F, 1.5F}) {
      OrdersPage page(size.first, size.second, {.text_scale = text});
      page.ui.draw(page.draw());
      INFO(size.first << " x " << size.second << " at " << text);
      const auto* item = page.ui.find("step-#1047");
      REQUIRE(item);
      CHECK(item->rect.y1 - item->rect.y0 >= 56);
      CHECK(item->rect.x1 <= size.first);
      CHECK(page.ui.shows("Paid"));
      CHECK(page.ui.shows("86.40"));
    }
  }
}

TEST_CASE("orders: one tap on the row's button captures, fulfils and archives, and says so") {
  OrdersPage page;
  page.ui.tap("step-#1047", page.draw());
  REQUIRE(page.reaction.commands.size() == 1);
  CHECK(page.reaction.commands[0].get<core::CapturePayment>().amount == cents(8640));
  CHECK(page.reaction.toast == "#1047 is being captured.");
  page.ui.tap("step-#1045", page.draw());
  CHECK(page.reaction.commands.at(0).is<core::FulfilOrder>());
  page.box.found.orders.page.rows[1].channel = "online";
  page.ui.tap("step-T1-000482", page.draw());
  CHECK(page.reaction.commands.at(0).is<core::ArchiveOrder>());
}

TEST_CASE("orders: chosen orders are taken further together, those that it fits") {
  OrdersPage page;
  page.ui.tap("Choose orders", page.draw());
  page.ui.tap("bulk-0", page.draw());
  CHECK(page.ui.refused() == "Tap the orders first.");
  page.ui.tap("order-#1045", page.draw());
  page.ui.tap("order-#1041", page.draw());
  page.ui.tap("order-T1-000482", page.draw());
  page.ui.tap("order-T1-000482", page.draw());
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("2 chosen"));
  page.ui.tap("Fulfil 2", page.draw());
  REQUIRE(page.reaction.commands.size() == 1);
  const auto& bulk = page.reaction.commands[0].get<core::BulkCommand>();
  CHECK(bulk.verb == core::BulkVerb::fulfil);
  CHECK(bulk.orders.size() == 2);
  CHECK_FALSE(page.input.is_choosing);
}

TEST_CASE("orders: all shown are chosen at once") {
  OrdersPage page;
  page.ui.tap("Choose orders", page.draw());
  page.ui.tap("All shown", page.draw());
  CHECK(page.input.chosen.size() == 10);
  page.ui.tap("end-choosing", page.draw());
  CHECK(page.input.chosen.empty());
}

TEST_CASE("orders: what is wrong with an order, and what lapses soon, stands in its row") {
  OrdersScene box;
  fill_orders(box);
  auto& rows = box.found.orders.page.rows;
  rows[4].attention = "The prices do not add up.";
  rows[0].expires = box.instant + std::chrono::hours(30);
  const auto view = pos::present(box.scene(), OrdersInput{});
  CHECK(view.rows[4].needs_attention);
  CHECK(view.rows[4].detail == "The prices do not add up.");
  CHECK(view.rows[4].step == NextStep::open);
  CHECK(view.rows[0].detail == "Expires in 1 day");
}

TEST_CASE("orders: goods that were added after some was given back are collected, not archived") {
  OrdersScene box;
  fill_orders(box);
  auto& row = box.found.orders.page.rows[4];
  row.channel = "online";
  row.stage = "open";
  row.payment = "partially_refunded";
  row.fulfilment = "fulfilled";
  row.total = cents(40635);
  row.paid = cents(32834);
  const auto view = pos::present(box.scene(), OrdersInput{});
  CHECK(view.rows[4].step == NextStep::collect);
  CHECK(view.rows[4].step_label == "Collect 78.01");
  row.paid = row.total;
  CHECK(pos::present(box.scene(), OrdersInput{}).rows[4].step == NextStep::archive);
}

TEST_CASE("orders: what the platform holds of an order that is paid in part is not collected") {
  OrdersScene box;
  fill_orders(box);
  auto& row = box.found.orders.page.rows[2];
  CHECK(pos::present(box.scene(), OrdersInput{}).rows[2].step == NextStep::collect);
  row.expires = box.instant + std::chrono::hours(150);
  CHECK(pos::present(box.scene(), OrdersInput{}).rows[2].step == NextStep::open);
  row.payment = "partially_refunded";
  row.channel = "online";
  CHECK(pos::present(box.scene(), OrdersInput{}).rows[2].step == NextStep::open);
}

TEST_CASE("orders: one that was cancelled before anybody saw it says so") {
  OrdersScene box;
  fill_orders(box);
  auto& row = box.found.orders.page.rows[0];
  row.is_new = true;
  CHECK(pos::present(box.scene(), OrdersInput{}).rows[0].order.label == "New");
  row.stage = "cancelled";
  CHECK(pos::present(box.scene(), OrdersInput{}).rows[0].order.label == "Cancelled");
}
