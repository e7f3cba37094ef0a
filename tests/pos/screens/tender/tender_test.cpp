#include "pos/screens/tender/tender_screen.h"

#include <doctest/doctest.h>

#include "tests/pos/screens/tender_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;
using namespace test;

namespace {

// The screen as the cashier meets it: every reaction is kept.
struct Screenplay {
  explicit Screenplay(Language language = Language::english) : stage(language) {}

  UiDriver::Draw draw() {
    return [this](ui::Ui& ui) {
      Reaction reaction = run(ui, stage.scene(), input);
      if (!reaction.is_empty()) last = std::move(reaction);
    };
  }
  void tap(std::string_view name) { ui.tap(name, draw()); }
  void type(std::string_view digits) {
    ui.type(digits, draw());
    for (std::size_t i = 0; i < digits.size(); ++i) show();  // one digit a frame
  }
  void show() { ui.draw(draw()); }

  TenderScene stage;
  TenderInput input;
  Reaction last;
  UiDriver ui;
};

}  // namespace

TEST_CASE("tender: an empty amount is the rest, keyed digits are minor units") {
  TenderScene stage;
  TenderInput input;
  follow(stage.scene(), input);
  CHECK(present(stage.scene(), input).main == "Take cash €47.83");
  for (const auto key : {ui::PadKey::d2, ui::PadKey::d0, ui::PadKey::double_zero}) {
    react({.kind = TenderTap::Kind::key, .key = key}, stage.scene(), input);
  }
  CHECK(present(stage.scene(), input).main == "Take cash €20.00");
  CHECK(present(stage.scene(), input).most == "27.83 remain");
}

TEST_CASE("tender: a tip is keyed beside the amount, in cash and by card") {
  Screenplay play;
  play.show();
  play.tap("Tip");
  play.show();
  play.input.text.value = "2,17";
  play.show();
  play.tap("Done");
  play.show();
  CHECK(play.ui.shows("Tip 2.17"));
  play.tap("Take cash €50.00");
  REQUIRE(only<core::TakeCash>(play.last));
  CHECK(only<core::TakeCash>(play.last)->given == euros(5000));
  CHECK(only<core::TakeCash>(play.last)->tip == euros(217));

  TenderInput input;
  input.method = TenderMethod::card;
  follow(play.stage.scene(), input);
  input.method = TenderMethod::card;
  input.tip = euros(217);
  CHECK(present(play.stage.scene(), input).main == "Start card €50.00");
  play.stage.till.revision = 9;
  const Reaction card = react({.kind = TenderTap::Kind::take}, play.stage.scene(), input);
  REQUIRE(only<core::StartCard>(card));
  CHECK(only<core::StartCard>(card)->amount == euros(4783));
  CHECK(only<core::StartCard>(card)->tip == euros(217));
}

TEST_CASE("tender: cash and then card is three taps from the cart, digits not counted") {
  Screenplay play;
  play.show();  // the first tap was on Sell
  play.type("2000");
  play.tap("Take cash €20.00");
  REQUIRE(only<core::TakeCash>(play.last));
  CHECK(only<core::TakeCash>(play.last)->given == euros(2000));
  play.stage.pay(core::Tender::cash, 2000);
  play.show();
  play.tap("Start card €27.83");
  REQUIRE(only<core::StartCard>(play.last));
  CHECK(only<core::StartCard>(play.last)->amount == euros(2783));
}

TEST_CASE("tender: more cash than is due shows the change, more by card is refused in words") {
  TenderScene stage;
  TenderInput input;
  follow(stage.scene(), input);
  input.keyed = 5000;
  CHECK(present(stage.scene(), input).change == "Change €2.17");
  CHECK(present(stage.scene(), input).can_take);
  input.method = TenderMethod::card;
  CHECK_FALSE(present(stage.scene(), input).can_take);
  CHECK(present(stage.scene(), input).why_not == "This is more than is still due.");
  react({.kind = TenderTap::Kind::method, .index = 0}, stage.scene(), input);
  CHECK(present(stage.scene(), input).main == "Start card €47.83");
}

TEST_CASE("tender: a part of a split is followed by the next part by the same tender") {
  TenderScene stage;
  TenderInput input;
  follow(stage.scene(), input);
  react({.kind = TenderTap::Kind::part, .index = 1}, stage.scene(), input);
  CHECK(amount_to_take(stage.scene(), input) == euros(1595));
  stage.pay(core::Tender::cash, 1595);
  follow(stage.scene(), input);
  CHECK(input.method == TenderMethod::cash);
  CHECK(amount_to_take(stage.scene(), input) == euros(1594));
  stage.pay(core::Tender::cash, 1594);
  follow(stage.scene(), input);
  CHECK(amount_to_take(stage.scene(), input) == euros(1594));
}

TEST_CASE("tender: n parts are chosen in a sheet") {
  Screenplay play;
  play.show();
  play.tap("n parts …");
  CHECK(play.ui.shows("9.57 each"));
  play.tap("5 parts");
  CHECK(play.input.sheet == TenderSheet::none);
  CHECK(amount_to_take(play.stage.scene(), play.input) == euros(957));
}

TEST_CASE("tender: leaving it partly paid needs a payment of this session, and says so") {
  Screenplay play;
  play.show();
  play.tap("Leave partially paid");
  CHECK(play.ui.refused() == "Nothing has been paid yet: park it instead.");
  CHECK(play.last.is_empty());
  play.stage.pay(core::Tender::cash, 2000);
  play.show();
  play.tap("Leave partially paid");
  CHECK(play.last.is_empty());
  play.show();
  play.tap("The goods go along");
  const auto* left = only<core::LeavePartiallyPaid>(play.last);
  REQUIRE(left);
  CHECK(left->goods_along == true);
}

TEST_CASE("tender: the usual way for the goods is the first, and a later part does not ask") {
  Screenplay play;
  play.stage.till.settings.receipts.partly_paid = "goods_along";
  play.stage.pay(core::Tender::cash, 2000);
  play.show();
  play.tap("Leave partially paid");
  play.show();
  CHECK(present(play.stage.scene(), play.input).goods->main == "The goods go along");
  play.tap("The goods stay here");
  CHECK(only<core::LeavePartiallyPaid>(play.last)->goods_along == false);
}

TEST_CASE("tender: an earlier payment of a placed order can be seen but not taken back") {
  TenderScene stage;
  stage.pay(core::Tender::cash, 2000);
  stage.till.order.version = 1;
  stage.till.collecting = true;
  TenderInput input;
  follow(stage.scene(), input);
  TenderView view = present(stage.scene(), input);
  REQUIRE(view.payments.size() == 2);
  CHECK_FALSE(view.payments[0].can_undo);
  CHECK_FALSE(view.can_leave);
  stage.pay(core::Tender::other, 500);
  view = present(stage.scene(), input);
  CHECK(view.payments[1].can_undo);
  CHECK(view.can_leave);
  const Reaction undone = react({.kind = TenderTap::Kind::undo, .index = 1}, stage.scene(), input);
  REQUIRE(only<core::UndoTender>(undone));
  CHECK(only<core::UndoTender>(undone)->payment == stage.till.order.payments[1].id);
}

TEST_CASE("tender: of an online order only money that moved is shown, what went back as such") {
  TenderScene stage;
  stage.pay(core::Tender::other, 2000);
  core::Payment& held = stage.till.order.payments.back();
  held.kind = core::TransactionKind::authorization;
  core::Payment taken = held;
  taken.id.uuid.bytes[15] = 91;
  taken.kind = core::TransactionKind::capture;
  core::Payment back = taken;
  back.id.uuid.bytes[15] = 92;
  back.kind = core::TransactionKind::refund;
  back.amount.minor = 500;
  stage.till.order.payments.push_back(taken);
  stage.till.order.payments.push_back(back);
  const auto payments = present(stage.scene(), TenderInput{}).payments;
  REQUIRE(payments.size() >= 2);
  CHECK(payments[0].id == taken.id);
  CHECK(payments[1].id == back.id);
  CHECK(payments[1].second.starts_with("Refunded"));
}

TEST_CASE("tender: a card payment has no undo") {
  TenderScene stage;
  stage.pay(core::Tender::card, 2000);
  CHECK_FALSE(present(stage.scene(), TenderInput{}).payments[0].can_undo);
}

TEST_CASE("tender: back from collecting puts the placed order aside again") {
  TenderScene stage;
  TenderInput input;
  CHECK(react({.kind = TenderTap::Kind::back}, stage.scene(), input).go == Screen::sell);
  stage.till.collecting = true;
  const Reaction back = react({.kind = TenderTap::Kind::back}, stage.scene(), input);
  CHECK(back.go == Screen::orders);
  CHECK(only<core::StopCollecting>(back));
}

TEST_CASE("tender: a completed order leads to Sell, an order that is still to come does not") {
  TenderScene stage;
  TenderInput input;
  const core::Order order = stage.till.order;
  stage.complete();  // the sale before; the order to collect is on its way
  CHECK(follow(stage.scene(), input).is_empty());
  stage.till.order = order;
  CHECK(follow(stage.scene(), input).is_empty());
  stage.complete();
  CHECK(follow(stage.scene(), input).go == Screen::sell);
}

TEST_CASE("tender: a trembling finger takes cash once") {
  Screenplay play;
  play.show();
  play.tap("Take cash €47.83");
  CHECK(only<core::TakeCash>(play.last));
  play.last = {};
  play.tap("Take cash €47.83");
  CHECK(play.last.is_empty());
  play.stage.later = 2;  // it was refused, say
  play.tap("Take cash €47.83");
  CHECK(only<core::TakeCash>(play.last));
}

TEST_CASE("tender: another tender has to say what it is") {
  Screenplay play;
  play.show();
  play.tap("Other");
  play.tap("Take €47.83");
  CHECK(play.ui.refused() == "Please choose what it is.");
  play.tap("Invoice");
  play.tap("Take €47.83");
  const auto* taken = only<core::TakeOther>(play.last);
  REQUIRE(taken);
  CHECK(taken->tender == core::Tender::other);
  CHECK(taken->label == "Invoice");
}

TEST_CASE("tender: paper that no till knows is recorded with its number") {
  Screenplay play;
  play.show();
  play.tap("Voucher");
  play.type("GS-1");
  play.tap("Done");
  play.tap("Take voucher €47.83");
  CHECK(play.ui.refused() == "One moment …");
  play.stage.found.voucher = {"GS-1", {}};
  play.show();
  play.type("500");
  play.tap("Take voucher €5.00");
  const auto* taken = only<core::TakeOther>(play.last);
  REQUIRE(taken);
  CHECK(taken->tender == core::Tender::gift_card);
  CHECK(taken->label == "GS-1");
  CHECK(taken->amount == euros(500));
}

namespace {

core::Voucher voucher_of(std::int64_t balance) {
  core::Voucher voucher;
  voucher.number = "GV23456789ABCDL";
  voucher.value = voucher.balance = euros(balance);
  voucher.held = euros(0);
  return voucher;
}

}  // namespace

TEST_CASE("tender: what is on a voucher is shown before anything is taken, and no more can be") {
  Screenplay play;
  play.show();
  play.tap("Voucher");
  CHECK(play.last.commands.empty());
  play.type("GV23456789ABCDL");
  play.tap("Done");
  play.stage.found.voucher = {"GV23456789ABCDL", voucher_of(3000)};
  play.show();
  CHECK(play.ui.shows("Take voucher €30.00"));
  play.type("3100");
  play.tap("Take voucher €31.00");
  CHECK(play.ui.refused() == "There is less on this voucher.");
  play.input.keyed = {};
  play.show();
  play.tap("Take voucher €30.00");
  const auto* taken = only<core::TakeVoucher>(play.last);
  REQUIRE(taken);
  CHECK(taken->number == "GV23456789ABCDL");
  CHECK(taken->amount == euros(3000));
}

TEST_CASE("tender: a voucher that is scanned pays at once, and nothing else is taken") {
  Screenplay play;
  play.show();
  REQUIRE(take_code(play.stage.scene(), "GV23456789ABCDL", play.input));
  play.stage.found.voucher = {"GV23456789ABCDL", voucher_of(3000)};
  play.show();
  const auto* taken = only<core::TakeVoucher>(play.last);
  REQUIRE(taken);
  CHECK(taken->number == "GV23456789ABCDL");
  REQUIRE(take_code(play.stage.scene(), "4000001000013", play.input));
  play.stage.found.voucher = {"4000001000013", {}};
  play.show();
  CHECK(play.last.commands.empty());
  CHECK(play.last.refused == "Please finish the payment first. The scan was not taken.");
}

TEST_CASE("tender: without a terminal the card is there, and says why it cannot be used") {
  Screenplay play;
  play.stage.till.settings.terminal.kind = "none";
  play.show();
  play.tap("Card");
  CHECK(play.ui.refused() == "No card terminal is set up.");
  play.stage.pay(core::Tender::cash, 1000);
  play.show();
  CHECK(play.input.method == TenderMethod::cash);
}

TEST_CASE("tender: in a currency without small coins the rest in cash is rounded") {
  TenderScene stage;
  stage.till.settings.money.cash_step = 5;
  TenderInput input;
  follow(stage.scene(), input);
  CHECK(amount_to_take(stage.scene(), input) == euros(4785));
  input.method = TenderMethod::card;
  CHECK(amount_to_take(stage.scene(), input) == euros(4783));
}

TEST_CASE("tender: the quick amounts are the rest, and what is likely to be handed over") {
  const auto cash = quick_amounts(euros(2783), TenderMethod::cash);
  CHECK(cash == std::vector<core::Money>{euros(2783), euros(3000), euros(4000)});
  const auto card = quick_amounts(euros(2783), TenderMethod::card);
  CHECK(card == std::vector<core::Money>{euros(2783), euros(1392), euros(1000)});
}

TEST_CASE("tender: with nothing to pay it leads to the sale") {
  Screenplay play;
  play.stage.till.order = {};
  play.show();
  play.tap("To the sale");
  CHECK(play.last.go == Screen::sell);
}

TEST_CASE("tender: the whole order is reduced before anything is paid, and not after") {
  Screenplay play;
  play.show();
  play.tap("Discount on all");
  play.show();
  REQUIRE(play.input.discount);
  play.tap("10%");
  play.tap("Goodwill");
  play.ui.key(ui::Key::enter, play.draw());
  const auto* reduced = only<core::DiscountOrder>(play.last);
  REQUIRE(reduced);
  REQUIRE(reduced->discount);
  CHECK(reduced->discount->value == 1000);
  CHECK_FALSE(play.input.discount);
  play.stage.till.paid = {100, core::eur};
  CHECK_FALSE(present(play.stage.scene(), play.input).discount_why_not.empty());
}

TEST_CASE("tender: far more cash than anybody hands over is asked about once more") {
  Screenplay play;
  play.show();
  play.type("999999999");
  play.ui.key(ui::Key::enter, play.draw());
  CHECK(play.last.commands.empty());
  CHECK(play.ui.shows("Was it really that much?"));
  // A key that bounces goes back, and what was keyed is still there.
  play.ui.key(ui::Key::enter, play.draw());
  CHECK(play.last.commands.empty());
  CHECK(play.ui.shows("Take cash €9,999,999.99"));
  play.ui.key(ui::Key::enter, play.draw());
  play.ui.key(ui::Key::f9, play.draw());
  REQUIRE(only<core::TakeCash>(play.last));
  CHECK(only<core::TakeCash>(play.last)->given == euros(999'999'999));
}

TEST_CASE("tender: an amount with a decimal sign is what it says") {
  Screenplay play;
  play.show();
  play.type("50,5");
  CHECK(play.ui.shows("Take cash €50.50"));
  play.type("x");
  play.ui.key(ui::Key::enter, play.draw());
  CHECK(play.last.commands.empty());
}
