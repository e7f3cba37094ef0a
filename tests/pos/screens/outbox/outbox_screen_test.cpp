#include "pos/screens/outbox/outbox_screen.h"

#include <doctest/doctest.h>

#include <set>

#include "pos/screens/parts/slip_sheet.h"
#include "tests/support/orders_scene.h"
#include "tests/support/ui_driver.h"

using namespace tests;

namespace {

struct OutboxPage {
  OrdersScene box;
  pos::OutboxInput input;
  pos::Reaction reaction;
  test::UiDriver ui;

  explicit OutboxPage(int width = 1280, int height = 800, pos::ui::Look look = {})
      : ui(width, height, look) {}
  test::UiDriver::Draw draw() {
    return [this](pos::ui::Ui& on) {
      auto now = pos::run(on, box.scene(), input);
      if (!now.is_empty()) reaction = now;
    };
  }
  template <class Command>
  const Command& last() {
    REQUIRE(reaction.commands.size() == 1);
    return reaction.commands[0].get<Command>();
  }
};

}  // namespace

TEST_CASE("outbox: each row says what, since when, how often, why, and when it is tried next") {
  OrdersScene box;
  fill_outbox(box);
  const auto view = pos::present(box.scene(), pos::OutboxInput{});
  REQUIRE(view.stuck.rows.size() == 2);
  CHECK(view.stuck.rows[0].reason == "The house number is missing.");
  CHECK(view.stuck.rows[0].action == "Resend");
  CHECK(view.stuck.rows[0].other == "Mend");
  CHECK(view.stuck.rows[0].second == "since 15:43 · 1 attempt");
  CHECK(view.stuck.rows[1].reason == "The answer was lost: it may have arrived.");
  REQUIRE(view.open.rows.size() == 3);
  CHECK(view.open.rows[0].second == "since 15:41 · 3 attempts · next try 15:49");
  CHECK(view.open.rows[0].action.empty());
  CHECK(view.open.rows[1].second == "since 15:40 · is next");
  CHECK(view.open.rows[2].title == "Order T1-000485, changed");
  REQUIRE(view.done.rows.size() == 1);
  CHECK(view.done.rows[0].reason.empty());
}

TEST_CASE("outbox: a refused row is sent again, a slip is printed or dropped") {
  OutboxPage page;
  fill_outbox(page.box);
  page.ui.tap("resend-1", page.draw());
  CHECK(page.last<core::Resend>().row == 1);
  page.ui.tap("mend-1", page.draw());
  CHECK(page.reaction.go == pos::Screen::order);
  CHECK(page.reaction.order == core::OrderId{uuid_of(1)});
  page.ui.tap("print-11", page.draw());
  CHECK(page.last<core::RetryPrint>().job == 11);
  page.ui.tap("drop-12", page.draw());
  CHECK(page.last<core::DropPrint>().job == 12);
  page.ui.tap("Sync now", page.draw());
  CHECK(page.reaction.commands[0].is<core::SyncNow>());
  page.ui.tap("row-1", page.draw());
  CHECK(page.reaction.go == pos::Screen::order);
  CHECK(page.reaction.order == core::OrderId{uuid_of(1)});
}

TEST_CASE("outbox: a slip that may be on paper asks to look first") {
  OrdersScene box;
  fill_outbox(box);
  const auto view = pos::present(box.scene(), pos::OutboxInput{});
  REQUIRE(view.prints.rows.size() == 3);
  CHECK(view.prints.rows[0].reason == "The printer's cutter is stuck.");
  CHECK(view.prints.rows[1].reason.starts_with("The printer's cable came off. It may be on paper"));
}

TEST_CASE("outbox: a slip that waits for the printer cannot be asked for twice") {
  OrdersScene box;
  fill_outbox(box);
  const auto view = pos::present(box.scene(), pos::OutboxInput{});
  REQUIRE(view.prints.rows.size() == 3);
  // It can only be dropped: there is no other printer either.
  CHECK(view.prints.rows[2].first == pos::OutboxRowView::First::drop);
  CHECK(view.prints.rows[2].reason ==
        "The printer is out of paper. It is printed as soon as the printer is ready.");
}

TEST_CASE("outbox: a slip that does not come out goes another way with one tap") {
  OutboxPage page;
  fill_outbox(page.box);
  page.ui.draw(page.draw());
  CHECK_FALSE(page.ui.find("elsewhere-11"));
  CHECK_FALSE(page.ui.find("qr-11"));
  page.box.till.settings.printer2.kind = "tcp";
  page.box.till.settings.display.window = "on";
  page.ui.tap("elsewhere-11", page.draw());
  CHECK(page.last<core::PrintElsewhere>().job == 11);
  page.ui.tap("qr-12", page.draw());
  CHECK(page.last<core::DropPrint>().job == 12);
  CHECK(page.last<core::DropPrint>().instead == "shown as QR code");
  REQUIRE(page.reaction.to_be_read);
  CHECK(page.reaction.to_be_read->code == "T1-R000479");
  for (auto& row : page.box.found.prints.rows) row.receipt.order.customer.email = "a@example.de";
  page.ui.tap("mail-13", page.draw());
  CHECK(page.last<core::MailPrint>().job == 13);
  CHECK(page.last<core::MailPrint>().email == "a@example.de");
}

TEST_CASE("outbox: without an address a sheet asks where the receipt of a slip goes") {
  OutboxPage page;
  fill_outbox(page.box);
  for (auto& row : page.box.found.prints.rows) row.receipt.order.customer.email = "";
  page.ui.tap("mail-11", page.draw());
  REQUIRE(page.input.mail.is_open);
  page.input.mail.email = "b@example.de";
  page.ui.tap("Send", page.draw());
  CHECK(page.last<core::MailPrint>().job == 11);
  CHECK(page.last<core::MailPrint>().email == "b@example.de");
  CHECK_FALSE(page.input.mail.is_open);
}

TEST_CASE(
    "outbox: the way to the platform is told: contact, throughput, and how far a long pull is") {
  OrdersScene box;
  fill_outbox(box);
  auto& progress = box.devices.progress;
  auto view = pos::present(box.scene(), pos::OutboxInput{});
  REQUIRE(view.facts.size() == 4);
  CHECK(view.facts[1].value == "not yet");
  CHECK(view.work.empty());
  progress = {noon, 1200, "25,000 products"};
  view = pos::present(box.scene(), pos::OutboxInput{});
  CHECK(view.facts[1].value == "today 15:44");
  CHECK(view.facts[2].value == "1,200");
  CHECK(view.facts[3].value == "3");
  CHECK(view.work == "Fetching: 25,000 products");
}

TEST_CASE("outbox: every kind of row has its own words") {
  OrdersScene box;
  fill_outbox(box);
  auto& rows = box.found.outbox.rows;
  rows.resize(1);
  rows[0].recipient = "a@example.de";
  std::set<std::string> titles;
  const int last = static_cast<int>(core::OutboxKind::mail_fulfilment_service);
  for (int kind = 0; kind <= last; ++kind) {
    rows[0].kind = static_cast<core::OutboxKind>(kind);
    titles.insert(pos::present(box.scene(), pos::OutboxInput{}).stuck.rows.at(0).title);
  }
  CHECK(titles.size() == static_cast<std::size_t>(last) + 1);
}

TEST_CASE("outbox: when everything is done it says so") {
  OutboxPage page;
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("Everything is done"));
}

TEST_CASE("outbox: more rows are asked for when the end of a long list comes near") {
  OutboxPage page;
  fill_outbox(page.box);
  page.ui.draw(page.draw());
  CHECK(page.input.limit == 100);
  page.box.found.outbox.counts.done = 5000;
  page.box.found.outbox.rows.resize(100, page.box.found.outbox.rows[5]);
  page.ui.draw(page.draw());
  page.ui.ui().scroll("outbox").offset = 100'000;
  page.ui.draw(page.draw());
  CHECK(page.input.limit == 200);
  CHECK(page.ui.shows("100 of 5,005"));
}

TEST_CASE("outbox: the buttons of a row are inside every window") {
  for (const auto& size : {std::pair{1280, 800}, {1024, 600}, {800, 1280}}) {
    for (const float text : {1.F, 1.5F}) {
      OutboxPage page(size.first, size.second, {.text_scale = text});
      fill_outbox(page.box);
      page.box.till.settings.printer2.kind = "tcp";
      page.box.till.settings.display.window = "on";
      page.ui.draw(page.draw());
      // A low window shows the row once it is scrolled to.
      if (size.second == 600) page.ui.ui().scroll("outbox").offset = 200;
      page.ui.draw(page.draw());
      INFO(size.first << " x " << size.second << " at " << text);
      for (const char* name : {"print-11", "drop-11", "mail-11", "qr-11", "elsewhere-11"}) {
        const auto* item = page.ui.find(name);
        REQUIRE(item);
        CHECK(item->rect.x0 > 24);
        CHECK(item->rect.x1 < size.first - 24);
        CHECK(item->rect.y1 - item->rect.y0 == 56);
      }
    }
  }
}

TEST_CASE("slip: it is shown, copied as this very receipt, and closed") {
  OrdersScene box;
  std::optional<pos::SlipWish> wish = pos::SlipWish{till_detail().receipts[0]};
  pos::ui::Texture paper(pos::ui::Texture::Format::rgba32, 640, 2000);
  const pos::ui::Texture* picture = nullptr;
  pos::Reaction reaction;
  test::UiDriver ui;
  const auto draw = [&](pos::ui::Ui& on) {
    auto now = pos::run(on, box.scene(), wish, picture);
    if (!now.is_empty()) reaction = now;
  };
  ui.draw(draw);
  CHECK(ui.shows("Deposit receipt T1-R000479"));
  CHECK(ui.shows("The slip is being drawn …"));
  picture = &paper;
  ui.tap("Print a copy", draw);
  REQUIRE(reaction.commands.size() == 1);
  const auto& again = reaction.commands[0].get<core::PrintAgain>();
  CHECK(again.receipt == 7);
  CHECK(again.form == core::SlipForm::copy);
  REQUIRE(wish);
  ui.key(pos::ui::Key::escape, draw);
  CHECK_FALSE(wish);
}

TEST_CASE("outbox: a key that the platform does not accept can be entered there") {
  OutboxPage page;
  page.box.till.settings.upstream.kind = "medusa";
  page.box.till.settings.upstream.address = "https://shop.example";
  page.box.devices.sync = {pos::ui::State::warn,
                           "Medusa does not accept the key. Enter a new one."};
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("Medusa does not accept the key. Enter a new one."));
  page.ui.tap("Enter the key …", page.draw());
  page.ui.type("sk_2", page.draw());
  page.ui.key(pos::ui::Key::enter, page.draw());
  REQUIRE(page.reaction.trial);
  CHECK(page.reaction.trial->address == "https://shop.example");
  CHECK(page.reaction.trial->key == "sk_2");
  page.box.devices.trial = {pos::TrialState::good, "", {}};
  page.ui.tap("Use it", page.draw());
  CHECK(page.reaction.key_to_keep == "sk_2");
  CHECK(page.reaction.commands.back().is<core::SyncNow>());
}

TEST_CASE("outbox: trouble that no key mends offers none") {
  OutboxPage page;
  page.box.devices.sync = {pos::ui::State::warn, "There is no network."};
  page.ui.draw(page.draw());
  CHECK(page.ui.shows("There is no network."));
  CHECK(page.ui.find("Enter the key …") == nullptr);
}
