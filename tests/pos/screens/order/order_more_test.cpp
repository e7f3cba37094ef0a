// What else an order's page does: mails again, downloads, amounts without goods,
// the label of a parcel, and money on its way back to a card.
#include <doctest/doctest.h>

#include "pos/screens/order/card_refund_sheet.h"
#include "pos/screens/order/order_screen.h"
#include "pos/screens/settings/settings_screen.h"
#include "tests/pos/screens/tender_scene.h"
#include "tests/support/orders_scene.h"
#include "tests/support/ui_driver.h"

using namespace tests;

namespace {

// A download and goods, paid, the goods to be sent.
core::OrderDetail paid_parcel() {
  auto detail = online_detail();
  core::Order& order = detail.order;
  order.is_new = false;
  order.delivery = core::Delivery::shipping;
  order.address.city = "Köln";
  order.lines[0].digital = true;
  order.payments[0].kind = core::TransactionKind::sale;
  order.payments[0].id = {uuid_of(90)};
  detail.payment = "paid";
  detail.looks.resize(order.lines.size());
  detail.looks[0].download = "https://laden.example/d/1";
  detail.foreseen = order;
  return detail;
}

struct MorePage {
  OrdersScene box;
  pos::OrderInput input;
  std::vector<pos::Reaction> reactions;
  test::UiDriver ui{1280, 800};

  explicit MorePage(const core::OrderDetail& detail) {
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
    return reactions.back().commands[0].get<Command>();
  }
};

void at_terminal(MorePage& page, core::CardPhase phase) {
  core::CardAttempt attempt;
  attempt.id = {uuid_of(70)};
  attempt.order = page.input.order;
  attempt.kind = core::CardKind::refund;
  attempt.amount = cents(1280);
  attempt.phase = phase;
  page.box.till.attempt = attempt;
}

}  // namespace

TEST_CASE("order page: any of its mails is sent again") {
  auto detail = paid_parcel();
  core::Fulfilment parcel;
  parcel.state = core::FulfilmentState::done;
  detail.order.fulfilments = {parcel};
  MorePage page(detail);
  page.ui.tap("More", page.draw());
  page.ui.tap("Send a mail again …", page.draw());
  page.ui.tap("Downloads and gift codes", page.draw());
  CHECK(page.last<core::ResendMail>().kind == core::OutboxKind::mail_downloads);
  page.ui.tap("More", page.draw());
  page.ui.tap("Send a mail again …", page.draw());
  page.ui.tap("Order confirmation", page.draw());
  CHECK(page.last<core::ResendMail>().kind == core::OutboxKind::mail_confirmation);
}

TEST_CASE("order page: a mail about goods that have not left says why it cannot go") {
  MorePage page(paid_parcel());
  page.ui.tap("More", page.draw());
  page.ui.tap("Send a mail again …", page.draw());
  page.ui.tap("It is on its way", page.draw());
  CHECK(page.ui.refused() == "Nothing has left of this order yet.");
}

TEST_CASE("order page: a download's link is shown, and set for its product") {
  MorePage page(paid_parcel());
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("https://laden.example/d/1"));
  page.ui.tap("More", page.draw());
  page.ui.tap("Download of Trüffelhonig 120 g …", page.draw());
  page.ui.type("?v=2", page.draw());
  page.ui.key(pos::ui::Key::enter, page.draw());
  CHECK(page.last<core::SetDownload>().sku == "TRH-120");
  CHECK(page.last<core::SetDownload>().link == "https://laden.example/d/1?v=2");
}

TEST_CASE("order page: an amount without goods is given back, never more than was paid") {
  MorePage page(paid_parcel());
  page.ui.tap("refund", page.draw());
  page.ui.tap("Another amount …", page.draw());
  page.ui.tap("Refund €0.00", page.draw());
  CHECK(page.ui.refused() == "Key an amount.");
  for (const char* key : {"5", "00"}) page.ui.tap(key, page.draw());
  page.ui.tap("Refund €5.00", page.draw());
  CHECK(page.ui.refused() == "Choose a reason first.");
  page.ui.tap("Goodwill", page.draw());
  page.ui.tap("Refund €5.00", page.draw());
  CHECK(page.last<core::RefundOrder>().lines.empty());
  CHECK(page.last<core::RefundOrder>().amount == cents(500));
}

TEST_CASE("order page: an item that is tapped comes back, one of it, or goes into the cart") {
  MorePage page(paid_parcel());
  const core::Order order = page.box.found.order.detail->order;
  page.ui.tap("line-0", page.draw());
  page.ui.tap("Goodwill", page.draw());
  page.ui.key(pos::ui::Key::enter, page.draw());
  REQUIRE(page.last<core::RefundOrder>().lines.size() == 1);
  CHECK(page.last<core::RefundOrder>().lines[0].line == order.lines[0].id);
  CHECK(page.last<core::RefundOrder>().lines[0].quantity == core::pieces(1));
  page.ui.tap("line-0", page.draw());
  page.ui.tap("Into the cart", page.draw());
  CHECK(page.last<core::TakeBack>().lines.at(0).quantity == core::pieces(1));
  CHECK(page.last<core::TakeBack>().reason == "Exchange");
  CHECK(page.reactions.back().go == pos::Screen::sell);
}

TEST_CASE("order page: a wrong tender of the open shift is put right by the one that it was") {
  core::OrderDetail detail = paid_parcel();
  core::Order& order = detail.order;
  order.channel = "till";
  order.placed = noon;
  core::Payment payment = order.payments.at(0);
  payment.kind = core::TransactionKind::sale;
  payment.tender = core::Tender::card;
  order.payments = {payment};
  MorePage page(detail);
  page.ui.tap("More", page.draw());
  CHECK_FALSE(page.ui.shows("It was paid in cash"));
  page.ui.tap("Close", page.draw());
  core::Shift shift;
  shift.opened = noon;
  page.box.till.shift = shift;
  page.ui.tap("More", page.draw());
  CHECK_FALSE(page.ui.shows("It was paid by card"));
  page.ui.tap("It was paid in cash", page.draw());
  CHECK(page.last<core::CorrectTender>().tender == core::Tender::cash);
  CHECK(page.last<core::CorrectTender>().reason == "Wrong tender");
}

TEST_CASE("order page: the scanned label of a parcel is its tracking number") {
  MorePage page(paid_parcel());
  const auto scene = [&] { return page.box.scene(); };
  CHECK(pos::take_label(scene(), "JD014600003806152477", page.input));
  CHECK(page.input.parcel.tracking_number == "JD014600003806152477");
  CHECK_FALSE(pos::take_label(scene(), "4006381333931", page.input));  // a product
  CHECK_FALSE(pos::take_label(scene(), page.box.till.settings.till.id + "-R000479", page.input));
  CHECK(page.input.parcel.tracking_number == "JD014600003806152477");
  page.input.sheet = pos::EntryInput{pos::OrderEntry::tracking, {}};
  CHECK(pos::take_label(scene(), "1Z999AA10123456784", page.input));
  CHECK(std::get<pos::EntryInput>(page.input.sheet).text.value == "1Z999AA10123456784");
}

TEST_CASE("order page: money on its way back to a card is shown, and cleared up by a person") {
  MorePage page(paid_parcel());
  at_terminal(page, core::CardPhase::requested);
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("Refund to the card"));
  CHECK(page.ui.shows("€12.80"));
  page.ui.tap("Cancel at the terminal", page.draw());
  CHECK(page.last<core::CancelCard>().attempt == core::AttemptId{uuid_of(70)});
  at_terminal(page, core::CardPhase::unknown);
  page.ui.tap("Ask the terminal", page.draw());
  CHECK(page.last<core::AskTerminal>().attempt == core::AttemptId{uuid_of(70)});
  page.ui.tap("It was given back", page.draw());
  page.ui.tap("Slip of the terminal seen", page.draw());
  page.ui.key(pos::ui::Key::enter, page.draw());
  CHECK(page.last<core::ResolveCard>().verdict == core::CardVerdict::paid);
  CHECK(page.last<core::ResolveCard>().reason == "Slip of the terminal seen");
  at_terminal(page, core::CardPhase::declined);
  page.ui.tap("Close", page.draw());
  CHECK(page.last<core::DismissCard>().attempt == core::AttemptId{uuid_of(70)});
}

TEST_CASE("settings: a test mail goes to the address that is typed, and says how it went") {
  test::TenderScene stage;
  pos::SettingsInput input;
  pos::Reaction last;
  test::UiDriver ui;
  const test::UiDriver::Draw draw = [&](pos::ui::Ui& on) {
    pos::Reaction reaction = pos::run(on, stage.scene(), input);
    if (!reaction.is_empty()) last = std::move(reaction);
  };
  input.section = pos::Section::mail;
  ui.tap("Send a test mail …", draw);
  ui.key(pos::ui::Key::enter, draw);
  REQUIRE(last.mail_trial);
  CHECK(*last.mail_trial == stage.till.settings.mails.to);
  stage.devices.mail_trial = {pos::TrialState::bad, "The server says no.", {}};
  ui.draw(draw);
  CHECK(ui.shows("The test mail was not sent: The server says no."));
}
