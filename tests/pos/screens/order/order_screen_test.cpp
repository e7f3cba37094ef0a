#include "pos/screens/order/order_screen.h"

#include <doctest/doctest.h>

#include "core/orders/pricing.h"
#include "pos/screens/parts/order_steps.h"
#include "pos/screens/parts/order_words.h"
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
    return reactions.back().commands[0].get<Command>();
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

TEST_CASE("order: a long name, a note on a line and an address are shown whole") {
  core::OrderDetail detail = online_detail();
  const std::string name =
      "Hamper “Christmas in the mountains” with cheese, mustard and ham, large";
  const std::string street = "Bürgermeister-Dr.-Nebelhuth-Straße 114 b, third floor on the left";
  detail.order.lines[0].title = name;
  detail.order.lines[0].note = "With a card written by hand: many happy returns of the day!";
  detail.order.address.street = street;
  OrderPage page(detail);
  page.ui.draw(page.draw());
  for (const std::string& words : {name, street, detail.order.lines[0].note}) {
    const auto* item = page.ui.find(words);
    REQUIRE(item);
    CHECK(item->rect.y1 - item->rect.y0 >= 40);
  }
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
  page.ui.tap("More", page.draw());
  page.ui.tap("E-mail the receipt", page.draw());
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

TEST_CASE("order: without a receipt, printing says why it cannot") {
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
  for (const auto& size : {std::pair{1280, 800}, {1024, 600}, {800, 1280}}) {
    for (const float text : {1.F, 1.5F}) {
      OrderPage page(till_detail(), size.first, size.second, {.text_scale = text});
      page.ui.draw(page.draw());
      INFO(size.first << " x " << size.second << " at " << text);
      page.ui.tap("Collect", page.draw());
      CHECK(page.reactions.back().go == pos::Screen::tender);
    }
  }
}

namespace {

// The new online order, to be sent as a parcel.
core::OrderDetail parcel_detail() {
  auto detail = online_detail();
  core::Order& order = detail.order;
  order.delivery = core::Delivery::shipping;
  order.address = {"Henrike Vogt", "", "Lindenallee 12", "", "50668", "Köln", "", "DE", ""};
  order.payments[0].expires = noon + std::chrono::hours(24 * 7 + 2);
  order.payments[0].id = {uuid_of(90)};
  detail.foreseen = order;
  return detail;
}

// The same, paid and gone.
core::OrderDetail finished_detail() {
  auto detail = parcel_detail();
  core::Order& order = detail.order;
  core::Payment capture = order.payments[0];
  capture.id = {uuid_of(91)};
  capture.kind = core::TransactionKind::capture;
  capture.original = order.payments[0].id;
  order.payments.push_back(capture);
  order.fulfilment = "fulfilled";
  detail.payment = "paid";
  detail.fulfilment = "fulfilled";
  detail.foreseen = order;
  return detail;
}

template <class Command>
const Command& command_of(const pos::Reaction& reaction, std::size_t i) {
  REQUIRE(reaction.commands.size() > i);
  return reaction.commands[i].get<Command>();
}

}  // namespace

TEST_CASE("order: F9 captures all that is authorised, F10 fulfils all that is open") {
  OrderPage page(parcel_detail());
  page.input.was_new = true;
  page.input.marked = page.input.order;
  page.ui.key(pos::ui::Key::f9, page.draw());
  const core::Money total = page.box.found.order.detail->totals.total;
  CHECK(page.last<core::CapturePayment>().amount == total);
  page.ui.key(pos::ui::Key::f10, page.draw());
  CHECK(page.last<core::FulfilOrder>().lines.empty());
  CHECK(page.last<core::FulfilOrder>().notify_customer);
}

TEST_CASE("order: one button does all three steps, in their order") {
  OrderPage page(parcel_detail());
  page.input.marked = page.input.order;
  page.ui.tap("all-steps", page.draw());
  const pos::Reaction& all = page.reactions.back();
  REQUIRE(all.commands.size() == 3);
  command_of<core::CapturePayment>(all, 0);
  command_of<core::FulfilOrder>(all, 1);
  command_of<core::ArchiveOrder>(all, 2);
}

TEST_CASE("order: it is archived with one tap once it is paid and fulfilled, and not before") {
  OrderPage page(parcel_detail());
  page.input.marked = page.input.order;
  page.ui.tap("archive", page.draw());
  CHECK(page.ui.refused() == "First it must be paid and fulfilled.");
  OrderPage done(finished_detail());
  done.input.marked = done.input.order;
  done.ui.tap("archive", done.draw());
  done.last<core::ArchiveOrder>();
}

TEST_CASE("order: what was added after some was given back is owed before it is archived") {
  auto detail = finished_detail();
  core::Order& order = detail.order;
  core::Payment back = order.payments.back();
  back.id = {uuid_of(92)};
  back.kind = core::TransactionKind::refund;
  back.amount = back.given = cents(100);
  order.payments.push_back(back);
  core::Refund refund;
  refund.id = {uuid_of(93)};
  refund.upstream_id = "refund_1";
  refund.amount = back.amount;
  refund.payments = {back.id};
  order.refunds = {refund};
  order.credited = back.amount;
  const auto steps = [&] {
    detail.foreseen = order;
    detail.totals = core::price(order);
    return pos::steps_of(detail);
  };
  CHECK(steps().can_archive);
  core::LineItem more = order.lines[0];
  more.id = {uuid_of(94)};
  order.lines.push_back(more);
  CHECK(steps().can_collect);
  CHECK_FALSE(steps().can_archive);
}

TEST_CASE("order: of a cancelled order nothing is left to capture, and nothing lapses") {
  auto detail = parcel_detail();
  core::Payment part = detail.order.payments[0];
  part.id = {uuid_of(91)};
  part.kind = core::TransactionKind::capture;
  part.original = detail.order.payments[0].id;
  part.amount = part.given = cents(100);
  detail.order.payments.push_back(part);
  detail.order.stage = core::Stage::cancelled;
  detail.foreseen = detail.order;
  OrderPage page(detail);
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("Already paid"));
  CHECK_FALSE(page.ui.shows("Left to capture"));
  CHECK(core::authorization_expiry(detail.order) == core::Instant{});
}

TEST_CASE("order: an authorisation says when it lapses, louder in the last days") {
  OrdersScene box;
  auto detail = parcel_detail();
  const auto words_at = [&](std::chrono::hours left) {
    detail.foreseen.payments[0].expires = box.instant + left;
    box.found.order = {detail.order.id, detail};
    OrderInput input;
    input.order = detail.order.id;
    return pos::present(box.scene(), input).expiry;
  };
  CHECK(words_at(std::chrono::hours(24 * 7)).title == "Expires Sat, 28 Nov · 7 days left");
  CHECK(words_at(std::chrono::hours(24 * 7)).state == pos::ui::State::warn);
  CHECK(words_at(std::chrono::hours(49)).title == "Expires Mon, 23 Nov · 2 days left");
  CHECK(words_at(std::chrono::hours(49)).state == pos::ui::State::bad);
  CHECK(words_at(std::chrono::hours(3)).title == "Expires 18:45: capture it today");
}

TEST_CASE("order: a part is captured by the number pad, never more than is authorised") {
  OrderPage page(parcel_detail());
  page.input.marked = page.input.order;
  page.ui.tap("More", page.draw());
  page.ui.tap("Capture a part …", page.draw());
  page.ui.key(pos::ui::Key::enter, page.draw());
  CHECK(page.ui.refused() == "Key an amount.");
  for (const char* digits : {"2", "0", "0", "0"}) page.ui.type(digits, page.draw());
  page.ui.tap("Capture €20.00", page.draw());
  CHECK(page.last<core::CapturePayment>().amount == cents(2000));
  page.input.sheet = pos::CaptureInput{999'999};
  page.reactions.clear();
  page.ui.tap("Capture €9,999.99", page.draw());
  CHECK(page.reactions.empty());
  CHECK(page.ui.refused().starts_with("No more than"));
}

TEST_CASE("order: a parcel takes some lines, a carrier and a tracking number") {
  OrderPage page(parcel_detail());
  page.input.marked = page.input.order;
  page.ui.tap("fulfil-some", page.draw());
  page.ui.tap("less-0", page.draw());
  page.ui.tap("less-1", page.draw());
  page.ui.tap("DHL", page.draw());
  page.ui.tap("parcel-number", page.draw());
  page.ui.type("0034 1", page.draw());
  page.ui.key(pos::ui::Key::enter, page.draw());
  REQUIRE(std::holds_alternative<pos::FulfilInput>(page.input.sheet));
  page.ui.tap("Fulfil 4 items", page.draw());
  const auto& fulfil = page.last<core::FulfilOrder>();
  REQUIRE(fulfil.lines.size() == 3);
  CHECK(fulfil.lines[0].quantity == core::pieces(1));
  CHECK(fulfil.carrier == "DHL");
  CHECK(fulfil.tracking_number == "0034 1");
}

TEST_CASE("order: goods for pick-up are made ready and handed over by name or code") {
  auto detail = finished_detail();
  detail.order.delivery = core::Delivery::pickup;
  detail.order.fulfilment.clear();
  detail.fulfilment = "unfulfilled";
  detail.foreseen = detail.order;
  OrderPage page(detail);
  page.input.marked = page.input.order;
  page.ui.draw(page.draw());
  CHECK(page.ui.find("fulfil-some") == nullptr);
  page.ui.tap("ready", page.draw());
  page.last<core::MarkReady>();
  page.ui.key(pos::ui::Key::f10, page.draw());
  page.ui.key(pos::ui::Key::enter, page.draw());
  CHECK(page.last<core::HandOver>().to == "Henrike Vogt");
}

TEST_CASE("order: what comes back is chosen by line, with reason, way and shelf") {
  auto detail = finished_detail();
  detail.foreseen.payments[1].reference = "Visa •••• 4242";
  OrderPage page(detail);
  page.input.marked = page.input.order;
  page.ui.tap("refund", page.draw());
  page.ui.tap("Refund €0.00", page.draw());
  CHECK(page.ui.refused() == "Choose at least one item.");
  page.ui.tap("more-0", page.draw());
  page.ui.tap("Damaged goods", page.draw());
  page.ui.tap("Put the goods back into stock", page.draw());
  page.ui.tap("Refund €12.80", page.draw());
  const auto& refund = page.last<core::RefundOrder>();
  REQUIRE(refund.lines.size() == 1);
  CHECK(refund.lines[0].quantity == core::pieces(1));
  CHECK_FALSE(refund.lines[0].restock);
  CHECK(refund.reason == "Damaged goods");
  CHECK(refund.tender == core::Tender::card);
  CHECK(refund.original == core::TransactionId{uuid_of(91)});
}

TEST_CASE("order: cancelling says what becomes of the money before it is done") {
  OrderPage page(parcel_detail());
  page.input.marked = page.input.order;
  page.ui.tap("More", page.draw());
  page.ui.tap("Cancel the order …", page.draw());
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("is given up; nothing is charged."));
  page.ui.tap("Out of stock", page.draw());
  CHECK(page.last<core::CancelOrder>().reason == "Out of stock");
  CHECK(page.last<core::CancelOrder>().restock);
}

TEST_CASE("order: what the platform refused is shown with both sides and a choice") {
  auto detail = parcel_detail();
  core::OutboxRow row;
  row.row = 5;
  row.kind = core::OutboxKind::capture;
  row.amount = cents(2000);
  row.state = core::OutboxState::refused;
  row.reason = "The authorisation has lapsed.";
  detail.intents = {row};
  detail.sync = "refused";
  detail.reason = row.reason;
  OrderPage page(detail);
  page.input.marked = page.input.order;
  page.ui.tap("Decide", page.draw());
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("Capture payment €20.00"));
  page.ui.tap("The platform is right", page.draw());
  CHECK(page.last<core::DropIntent>().row == 5);
  page.ui.tap("Decide", page.draw());
  page.ui.tap("Ask once more", page.draw());
  CHECK(page.last<core::Resend>().row == 5);
}

TEST_CASE("order: an intent that waits is shown as waiting") {
  auto detail = parcel_detail();
  core::OutboxRow row;
  row.kind = core::OutboxKind::fulfil;
  detail.intents = {row};
  OrderPage page(detail);
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("Fulfilment: Waiting"));
}

TEST_CASE("order: a note and the customer's address are corrected afterwards") {
  OrderPage page(parcel_detail());
  page.input.marked = page.input.order;
  page.ui.tap("Note", page.draw());
  page.ui.type("Rings twice", page.draw());
  page.ui.key(pos::ui::Key::enter, page.draw());
  CHECK(page.last<core::NoteOrder>().note == "Rings twice");
  page.input.sheet = pos::CustomerInput{.customer = {"Henrike Vogt", "vogt@example.de", ""},
                                        .of_order = page.input.order};
  page.ui.tap("Accept", page.draw());
  CHECK(page.last<core::SetOrderCustomer>().customer.email == "vogt@example.de");
}

TEST_CASE("order: every step can be reached at every size of window and text") {
  for (const auto& size : {std::pair{1280, 800}, {1024, 600}, {800, 1280}}) {
    for (const float text : {1.F, 1.5F}) {
      OrderPage page(parcel_detail(), size.first, size.second, {.text_scale = text});
      page.input.marked = page.input.order;
      INFO(size.first << " x " << size.second << " at " << text);
      for (const char* name : {"capture", "fulfil-some", "archive", "all-steps"}) {
        INFO(name);
        bool is_whole = false;
        for (float offset = 0; offset < 2000 && !is_whole; offset += 100) {
          page.ui.ui().scroll("order detail").offset = offset;
          page.ui.draw(page.draw());
          const auto* item = page.ui.find(name);
          is_whole = item && item->rect.y1 - item->rect.y0 >= 56 && item->rect.x1 <= size.first;
        }
        CHECK(is_whole);
      }
    }
  }
}

TEST_CASE("order: what a rule did is explained on the timeline") {
  OrdersScene box;
  auto detail = parcel_detail();
  detail.order.timeline = {{noon, "archived by rule", "fulfilled and paid", "rule"}};
  box.found.order = {detail.order.id, detail};
  OrderInput input;
  input.order = detail.order.id;
  const auto view = pos::present(box.scene(), input);
  REQUIRE(view.timeline.size() == 1);
  CHECK(view.timeline[0].title == "Archived by rule, because fulfilled and paid");
  CHECK(view.timeline[0].value == "Automatic");
}

TEST_CASE("order: what is wrong and what to do are two sentences") {
  CHECK(pos::joined_sentences("The e-mail address cannot be right: x y@", "Compare it.") ==
        "The e-mail address cannot be right: x y@. Compare it.");
  CHECK(pos::joined_sentences("It is gone.", "Compare it.") == "It is gone. Compare it.");
  CHECK(pos::joined_sentences("It is gone", "") == "It is gone");
}

TEST_CASE("order: what is wrong with it looks wrong, says what to do, and its steps ask first") {
  auto detail = parcel_detail();
  detail.sync = "done";
  detail.order.attention = detail.foreseen.attention = "Its prices do not add up.";
  OrderPage page(detail);
  page.input.marked = page.input.order;
  const pos::OrderView view = pos::present(page.box.scene(), page.input);
  CHECK(view.trouble_state == pos::ui::State::bad);
  CHECK(view.advice.starts_with("Compare it with the platform"));
  CHECK(view.main == pos::OrderView::Main::none);
  for (const char* step : {"capture", "fulfil"}) {
    INFO(step);
    page.reactions.clear();
    page.ui.tap(step, page.draw());
    CHECK(page.reactions.empty());
    CHECK(page.ui.shows("needs attention"));
    page.ui.key(pos::ui::Key::enter, page.draw());
    CHECK(page.reactions.empty());
  }
  page.ui.tap("capture", page.draw());
  page.ui.tap("Go on anyway", page.draw());
  CHECK(page.last<core::CapturePayment>().order == detail.order.id);
}

TEST_CASE("order: a sale at the counter that is paid and taken along waits for nothing") {
  auto detail = finished_detail();
  detail.order.channel = detail.foreseen.channel = "till";
  OrderPage page(detail);
  const pos::OrderView view = pos::present(page.box.scene(), page.input);
  CHECK(view.order.label == "Done");
  CHECK(view.steps_left == "Nothing left to do");
  CHECK(view.main == pos::OrderView::Main::none);
  CHECK(view.archive == "Archive");
}
