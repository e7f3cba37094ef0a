#include "pos/screens/order_screen.h"

#include <doctest/doctest.h>

#include "tests/support/orders_scene.h"
#include "tests/support/ui_driver.h"

using namespace tests;
using pos::OrderInput;

namespace {

struct OrderPage {
  OrdersScene box;
  OrderInput input;
  std::vector<pos::Reaction> reactions;
  test::UiDriver ui;

  explicit OrderPage(const core::OrderDetail& detail, int width = 1280, int height = 800,
                     pos::ui::Look look = {})
      : ui(width, height, look) {
    fill_orders(box);
    box.found.order = {detail.order.id, detail};
    pos::open_order(input, detail.order.id);
  }
  test::UiDriver::Draw draw() {
    return [this](pos::ui::Ui& on) {
      auto now = pos::run(on, box.scene(), input);
      if (!now.is_empty()) reactions.push_back(now);
    };
  }
  template <class Command>
  const Command& last() {
    REQUIRE_FALSE(reactions.empty());
    REQUIRE_FALSE(reactions.back().commands.empty());
    return std::get<Command>(reactions.back().commands[0]);
  }
};

}  // namespace

TEST_CASE("order: what is paid and still due is shown, and F9 collects the rest") {
  OrderPage page(till_detail());
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("T1-000479"));
  CHECK(page.ui.shows("Already paid"));
  CHECK(page.ui.shows("26.28"));
  page.ui.key(pos::ui::Key::f9, page.draw());
  CHECK(page.last<core::CollectPayment>().order == core::OrderId{uuid_of(3)});
  CHECK(page.reactions.back().go == pos::Screen::tender);
}

TEST_CASE("order: what is authorised elsewhere is not collected a second time") {
  OrderPage page(online_detail());
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("Authorised"));
  CHECK(page.ui.find("Collect") == nullptr);
}

TEST_CASE("order: opening a new one marks it as seen once and keeps its badge") {
  OrderPage page(online_detail());
  page.ui.draw(page.draw());
  page.ui.draw(page.draw());
  REQUIRE(page.reactions.size() == 1);
  CHECK(page.last<core::MarkSeen>().order == core::OrderId{uuid_of(1)});
  page.box.found.order.detail->order.is_new = false;
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("New"));
  CHECK(page.reactions.size() == 1);
}

TEST_CASE("order: the timeline says what happened in words, and foreign words as they are") {
  OrdersScene box;
  const auto detail = till_detail();
  box.found.order = {detail.order.id, detail};
  OrderInput input;
  input.order = detail.order.id;
  const auto view = pos::present(box.scene(), input);
  REQUIRE(view.timeline.size() == 4);
  CHECK(view.timeline[0].title == "packed by robot: shelf 7");
  CHECK(view.timeline[1].title == "Receipt goes to ahrens@example.de");
  CHECK(view.timeline[2].title == "€35.00 paid as a part");
  CHECK(view.timeline[2].value == "Jana Wolf");
  CHECK(view.timeline[3].title == "Order placed");
}

TEST_CASE("order: a receipt shows its slip, and a copy can be printed") {
  OrderPage page(till_detail());
  page.ui.tap("receipt-T1-R000479", page.draw());
  REQUIRE(page.reactions.back().slip);
  CHECK(page.reactions.back().slip->receipt.code == "T1-R000479");
  page.ui.tap("Print", page.draw());
  CHECK(page.last<core::PrintAgain>().form == core::SlipForm::copy);
}

TEST_CASE("order: a receipt is mailed to an address that is one") {
  OrderPage page(till_detail());
  page.ui.tap("E-mail", page.draw());
  REQUIRE(page.input.mail.is_open);
  CHECK(page.input.mail.email == "ahrens@example.de");
  page.input.mail.email = "nobody";
  page.reactions.clear();
  page.ui.tap("Send", page.draw());
  CHECK(page.reactions.empty());
  CHECK(page.ui.refused() == "This is not an e-mail address.");
  page.input.mail.email = " new@example.de ";
  page.ui.tap("Send", page.draw());
  CHECK(page.last<core::EmailReceipt>().email == "new@example.de");
  CHECK_FALSE(page.input.mail.is_open);
}

TEST_CASE("order: without a receipt, print and e-mail say why they cannot") {
  OrderPage page(online_detail());
  page.ui.tap("Print", page.draw());
  CHECK(page.ui.refused() == "This order has no receipt of this till.");
}

TEST_CASE("order: leafing follows the list, also when the list has lost the order") {
  OrderPage page(till_detail());
  page.ui.draw(page.draw());
  CHECK(page.input.place == 2);
  page.ui.tap("Next order", page.draw());
  CHECK(page.reactions.back().order == core::OrderId{uuid_of(4)});
  page.ui.tap("Previous order", page.draw());
  CHECK(page.reactions.back().order == core::OrderId{uuid_of(2)});
  auto& rows = page.box.found.orders.page.rows;
  rows.erase(rows.begin() + 2);
  page.ui.tap("Next order", page.draw());
  CHECK(page.reactions.back().order == core::OrderId{uuid_of(4)});
}

TEST_CASE("order: the reason of a refusal is shown with the way to mend it") {
  auto detail = online_detail();
  detail.sync = "refused";
  detail.reason = "The house number is missing.";
  OrderPage page(detail);
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("The house number is missing."));
  page.ui.tap("Mend", page.draw());
  CHECK(page.reactions.back().go == pos::Screen::outbox);
}

TEST_CASE("order: one that is not there says so, and Escape leads back") {
  OrderPage page(till_detail());
  page.box.found.order.detail.reset();
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("This order is not there."));
  page.ui.key(pos::ui::Key::escape, page.draw());
  CHECK(page.reactions.back().go == pos::Screen::orders);
}

TEST_CASE("order: collecting can be reached at every size of window and text") {
  for (const auto& [width, height] : {std::pair{1280, 800}, {1024, 600}, {800, 1280}}) {
    for (const float text : {1.F, 1.5F}) {
      OrderPage page(till_detail(), width, height, {.text_scale = text});
      page.ui.draw(page.draw());
      INFO(width << " x " << height << " at " << text);
      page.ui.tap("Collect", page.draw());
      CHECK(page.reactions.back().go == pos::Screen::tender);
    }
  }
}
