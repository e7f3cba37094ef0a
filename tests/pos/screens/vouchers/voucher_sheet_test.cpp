#include "pos/screens/vouchers/voucher_sheet.h"

#include <doctest/doctest.h>

#include "pos/screens/order/refund_sheet.h"
#include "pos/screens/sell/sell_screen.h"
#include "tests/pos/screens/tender_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;
using namespace test;

namespace {

constexpr const char* shown_number = "GV23456789ABCDL";

core::Voucher spent_in_part() {
  core::Voucher voucher;
  voucher.row = 1;
  voucher.number = shown_number;
  voucher.value = euros(5000);
  voucher.balance = euros(2000);
  voucher.held = euros(0);
  voucher.order = order_id(7);
  voucher.receipt_row = 3;
  const auto entry = [&](core::VoucherEvent event, std::int64_t minor, const char* order) {
    core::VoucherEntry made;
    made.event = event;
    made.amount = euros(minor);
    made.actor = "Lena";
    made.order_number = order;
    voucher.history.push_back(std::move(made));
  };
  entry(core::VoucherEvent::issued, 5000, "T1-000001");
  entry(core::VoucherEvent::redeemed, -3000, "T1-000002");
  return voucher;
}

struct VoucherPage {
  VoucherPage() { stage.found.voucher = {shown_number, spent_in_part()}; }
  UiDriver::Draw draw() {
    return [this](ui::Ui& ui) {
      Reaction reaction = run(ui, stage.scene(), input);
      if (!reaction.is_empty()) last = std::move(reaction);
    };
  }
  void tap(std::string_view name) { ui.tap(name, draw()); }

  TenderScene stage;
  std::optional<VoucherInput> input = VoucherInput{shown_number};
  Reaction last;
  UiDriver ui;
};

}  // namespace

TEST_CASE("voucher page: what is on it and all that has happened, the latest first") {
  VoucherPage page;
  const VoucherView view = present(page.stage.scene(), *page.input);
  CHECK(view.number == "GV 2345 6789 ABCD L");
  CHECK(view.balance == "€20.00");
  REQUIRE(view.history.size() == 2);
  CHECK(view.history[0].title == "Redeemed");
  CHECK(view.history[0].amount == "−30.00");
  CHECK(view.history[1].amount == "+50.00");
}

TEST_CASE("voucher page: blocking asks for a reason, and closing takes the page away") {
  VoucherPage page;
  page.ui.draw(page.draw());
  page.tap("Block …");
  page.tap("Lost");
  page.tap("Block");
  const auto* blocked = only<core::BlockVoucher>(page.last);
  REQUIRE(blocked);
  CHECK(blocked->number == shown_number);
  CHECK(blocked->reason == "Lost");
  page.tap("Pay out …");
  CHECK(page.ui.refused() == "Vouchers are not paid out here.");
  page.tap("To the order");
  CHECK(page.last.go == Screen::order);
  CHECK_FALSE(page.input);
}

TEST_CASE("voucher page: until it is looked up nothing can be done with it") {
  VoucherPage page;
  page.stage.found.voucher = {};
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("One moment …"));
  CHECK_FALSE(page.ui.shows("Block …"));
}

TEST_CASE("refund: what a voucher has paid goes back onto it, and the rest in cash") {
  TenderScene stage;
  core::Order& order = stage.till.order;
  order.channel = "till";
  stage.pay(core::Tender::gift_card, 4783);
  order.payments.back().reference = "•••• ABCD";
  const auto labels = [&] {
    std::string all;
    for (const RefundWay& way : refund_ways(order, stage.scene().words)) all += way.label + "; ";
    return all;
  };
  CHECK(labels() == "Onto the voucher; Store credit; ");
  stage.pay(core::Tender::cash, 1000);
  CHECK(labels() == "Voucher, rest in cash; Store credit; ");
}

TEST_CASE("selling a voucher: an amount is enough, a card that is scanned gives its number") {
  TenderScene stage;
  SellInput input;
  input.sheet = VoucherSaleInput{};
  auto& sheet = std::get<VoucherSaleInput>(input.sheet);
  sheet.keyed = 2500;
  const VoucherSaleTap add{.foot = SheetTap::accept};
  const SheetResult plain = react(add, stage.scene(), sheet);
  const auto* sold = only<core::SellVoucher>(plain.reaction);
  REQUIRE(sold);
  CHECK(sold->number.empty());
  CHECK(take_code("]C04711", input));
  CHECK(sheet.number == "4711");
  const SheetResult result = react(add, stage.scene(), sheet);
  const auto* card = only<core::SellVoucher>(result.reaction);
  REQUIRE(card);
  CHECK(card->number == "4711");
  CHECK(card->amount == euros(2500));
  // One that is known is topped up.
  stage.found.voucher = {"4711", spent_in_part()};
  CHECK(present(stage.scene(), sheet).title == "Top up a voucher");
  const SheetResult topped_up = react(add, stage.scene(), sheet);
  CHECK(only<core::TopUpVoucher>(topped_up.reaction) != nullptr);
}
