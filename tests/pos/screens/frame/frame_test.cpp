#include "pos/screens/frame/frame.h"
#include "pos/screens/frame/approval_sheet.h"

#include <doctest/doctest.h>

#include "pos/screens/parts/page.h"
#include "tests/support/shop_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;

namespace {

struct Framed {
  test::ShopScene shop;
  FrameInput input;
  Reaction said;
  test::UiDriver ui;

  explicit Framed(int width = 1280, int height = 800) : ui(width, height) {
    shop.width = width;
    shop.height = height;
  }
  test::UiDriver::Draw drawn() {
    return [this](ui::Ui& frame) {
      for (Reaction reaction :
           {run(frame, shop.scene(), input, Screen::sell), run_above(frame, shop.scene(), input)})
        if (!reaction.is_empty()) said = std::move(reaction);
    };
  }
  void tap(std::string_view name) {
    said = {};
    ui.tap(name, drawn());
  }
};

}  // namespace

TEST_CASE("frame: the navigation leads to the screens and counts what is new") {
  Framed frame;
  frame.shop.till.counts.new_orders = 3;
  frame.tap("Orders");
  CHECK(frame.said.go == Screen::orders);
  CHECK(frame.ui.shows("3"));
  frame.tap("Settings");
  CHECK(frame.said.go == Screen::settings);
}

TEST_CASE("frame: a tap on the cashier locks the till") {
  Framed frame;
  core::Cashier cashier;
  cashier.name = "Jana Wolf";
  frame.shop.till.cashier = cashier;
  frame.tap("lock");
  REQUIRE(frame.said.commands.size() == 1);
  CHECK(frame.said.commands.front().is<core::SignOut>());
}

TEST_CASE("frame: what waits is counted in the strip and leads to the outbox") {
  Framed frame;
  frame.shop.till.counts.outbox_waiting = 2;
  frame.tap("Sync: 2 wait");
  CHECK(frame.said.go == Screen::outbox);
}

TEST_CASE("frame: a lamp is what was seen last, with its age, and green only where it was") {
  Framed frame;
  const auto lamp = [&](std::size_t index) {
    const StripView view = present(frame.shop.scene(), frame.input, Screen::sell).devices[index];
    return view.word + (view.state == ui::State::ok ? " +" : "");
  };
  Devices& devices = frame.shop.devices;
  const core::Instant now = test::ShopScene::now();
  CHECK(lamp(1) == "Terminal ready +");
  devices.terminal.seen = now - std::chrono::minutes{1};
  CHECK(lamp(1) == "Terminal ready +");
  devices.terminal.seen = now - std::chrono::minutes{12};
  CHECK(lamp(1) == "Terminal ready · 12 min ago +");
  devices.terminal.seen = now - std::chrono::hours{5};
  CHECK(lamp(1) == "Terminal ready · 5 h ago +");
  devices.terminal = {ui::State::bad, "Terminal not reached", true, now - std::chrono::hours{50}};
  CHECK(lamp(1) == "Terminal not reached · 2 days ago");
  devices = {};
  CHECK(lamp(0) == "Printer not tried yet");
  CHECK(lamp(1) == "Terminal not tried yet");
  CHECK(lamp(2) == "Sync not tried yet");
  for (DeviceState* device : {&devices.printer, &devices.terminal, &devices.sync}) {
    *device = {ui::State::ok, "Terminal ready", true, now, true};
  }
  CHECK(lamp(0) == "Printer simulated");
  CHECK(lamp(1) == "Terminal simulated");
  CHECK(lamp(2) == "Sync: a folder only");
  devices.sync.state = ui::State::warn;
  CHECK(lamp(2) == "Sync trouble");
  for (DeviceState* device : {&devices.printer, &devices.terminal, &devices.sync}) {
    device->is_there = false;
  }
  CHECK(lamp(0) == "No printer");
  CHECK(lamp(1) == "No terminal");
  CHECK(lamp(2) == "No platform");
}

TEST_CASE("frame: where no key can arrive, the screen says so") {
  Framed frame;
  Scene scene = frame.shop.scene();
  scene.nobody_can_work = "No keyboard or touch screen is connected.";
  const FrameView view = present(scene, frame.input, Screen::sell);
  CHECK(view.banner.words == "No keyboard or touch screen is connected.");
  CHECK(view.banner.state == ui::State::bad);
}

TEST_CASE("frame: a security device out of order is a red badge in words, and leads to its page") {
  Framed frame;
  frame.shop.till.signing.is_wanted = true;
  core::SigningOutage outage;
  outage.began = frame.shop.scene().instant;
  outage.reason = "The security device does not answer in time.";
  frame.shop.till.signing.outage = outage;
  const FrameView view = present(frame.shop.scene(), frame.input, Screen::sell);
  CHECK(view.banner.state == ui::State::bad);
  CHECK(view.banner.words.find("does not answer in time. Selling goes on.") != std::string::npos);
  REQUIRE(view.devices.size() == 4);
  CHECK(view.devices[2].word == "TSE out of order");
  frame.tap("Show");
  CHECK(frame.said.go == Screen::settings);
}

TEST_CASE("frame: a shop that must sign and cannot says how to set it up") {
  Framed frame;
  frame.shop.till.signing.is_wanted = true;
  frame.shop.till.signing.needs_device =
      "Germany asks for a security device (TSE), and none is set up. Set one up under Settings, "
      "Fiscal.";
  const FrameView view = present(frame.shop.scene(), frame.input, Screen::sell);
  CHECK(view.banner.words == frame.shop.till.signing.needs_device);
}

TEST_CASE("frame: paper out is a banner with its count and one action") {
  Framed frame;
  frame.shop.till.counts.prints_waiting = 2;
  frame.shop.till.counts.print_trouble = "Paper is out.";
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("Paper is out. 2 receipts wait."));
  frame.tap("Show");
  CHECK(frame.said.go == Screen::outbox);
}

TEST_CASE("frame: a banner that was put away comes back when it gets worse") {
  Framed frame;
  frame.shop.till.counts.prints_waiting = 1;
  frame.shop.till.counts.print_trouble = "Paper is out.";
  frame.tap("Close");
  frame.ui.draw(frame.drawn());
  CHECK_FALSE(frame.ui.shows("Paper is out. 1 receipt waits."));
  frame.shop.till.counts.prints_waiting = 2;
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("Paper is out. 2 receipts wait."));
}

TEST_CASE("frame: not saved comes before every other trouble and cannot be put away") {
  Framed frame;
  frame.shop.till.counts.prints_waiting = 2;
  frame.shop.till.counts.print_trouble = "Paper is out.";
  frame.shop.till.not_saved = "The disk is full.";
  const FrameView view = present(frame.shop.scene(), frame.input, Screen::sell);
  CHECK(view.banner.trouble == Trouble::not_saved);
  CHECK(view.banner.state == ui::State::bad);
  CHECK(view.close_word.empty());
}

TEST_CASE("frame: an unclear card payment leads to the tender screen") {
  Framed frame;
  core::CardAttempt attempt;
  attempt.phase = core::CardPhase::unknown;
  attempt.amount = {4783, core::eur};
  frame.shop.till.attempt = attempt;
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("Card payment of €47.83 is unclear."));
  frame.tap("Clear up");
  CHECK(frame.said.go == Screen::tender);
}

TEST_CASE("frame: a refused command goes out again with the PIN of who approves it") {
  Framed frame;
  ask_approval(frame.input, core::VoidOrder{"Training"}, "A manager has to approve this.");
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("Void cart"));
  CHECK(frame.ui.shows("Training"));
  for (const char* digit : {"4", "7", "1", "1"}) frame.ui.type(digit, frame.drawn());
  frame.tap("Approve");
  REQUIRE(frame.said.commands.size() == 1);
  CHECK(frame.said.commands.front().get<core::VoidOrder>().reason == "Training");
  CHECK(frame.said.approval == "4711");
  close_approval(frame.input);
  CHECK_FALSE(frame.input.pending);
}

TEST_CASE("frame: the approval says what it is for: amount, article, reason and who asks") {
  Framed frame;
  core::Cashier cashier;
  cashier.name = "Jana Wolf";
  frame.shop.till.cashier = cashier;
  const core::LineId line = frame.shop.add_line("Blumenvase", 230).id;
  frame.shop.refresh();
  const core::Discount half{core::DiscountKind::percent, 5000, "Goodwill"};
  ask_approval(frame.input, core::DiscountLine{line, half}, "This needs approval.");
  frame.ui.draw(frame.drawn());
  for (const char* words :
       {"Discount on Blumenvase", "50%", "€2.30 → €1.15", "Goodwill", "Jana Wolf asks for it."}) {
    INFO(words);
    CHECK(frame.ui.shows(words));
  }
}

TEST_CASE("frame: after a wrong PIN the approval stays, and no digit goes anywhere else") {
  Framed frame;
  ask_approval(frame.input, core::VoidOrder{"Training"}, "");
  frame.ui.draw(frame.drawn());
  const auto key_pin = [&](std::string_view digits) {
    for (const char digit : digits) frame.ui.type(std::string(1, digit), frame.drawn());
  };
  key_pin("0000");
  frame.ui.key(ui::Key::enter, frame.drawn());
  REQUIRE(frame.said.approval == "0000");
  // Until the till has answered nothing is taken, and the sheet is there.
  frame.said = {};
  key_pin("12");
  frame.ui.key(ui::Key::enter, frame.drawn());
  CHECK(frame.said.commands.empty());
  CHECK(frame.ui.shows("The PIN is being checked"));
  refuse_approval(frame.input, "This PIN is not right.");
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("This PIN is not right."));
  REQUIRE(frame.input.pending);
  key_pin("4711");
  frame.ui.key(ui::Key::enter, frame.drawn());
  CHECK(frame.said.approval == "4711");
  CHECK(frame.said.commands.front().get<core::VoidOrder>().reason == "Training");
}

TEST_CASE("frame: the approval waits as long as PINs are locked out, and says how long") {
  Framed frame;
  ask_approval(frame.input, core::VoidOrder{"Training"}, "");
  frame.shop.till.locked_until = test::ShopScene::now() + std::chrono::seconds(8);
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("Too many wrong PINs. Please wait 8 s."));
  frame.ui.type("4", frame.drawn());
  CHECK(frame.input.pin.empty());
}

TEST_CASE("frame: leaving the approval forgets the command and the PIN") {
  Framed frame;
  ask_approval(frame.input, core::VoidOrder{"Training"}, "");
  frame.ui.type("47", frame.drawn());
  frame.ui.key(ui::Key::escape, frame.drawn());
  CHECK_FALSE(frame.input.pending);
  CHECK(frame.input.pin.empty());
  CHECK(frame.said.is_empty());
}

TEST_CASE("frame: a toast goes by itself when it has been read") {
  Framed frame;
  tell(frame.input, "This code is not known.");
  frame.ui.draw(frame.drawn());
  CHECK(frame.ui.shows("This code is not known."));
  frame.ui.pass(10);
  frame.ui.draw(frame.drawn());
  CHECK_FALSE(frame.ui.shows("This code is not known."));
}

TEST_CASE("frame: a sheet stands below the strip of the toasts where it leaves that much") {
  CHECK(pos::sheet_top(800, 544) == 128);
  CHECK(pos::sheet_top(600, 536) == ui::measure::strip);
  CHECK(pos::sheet_top(600, 592) == 4);
}

TEST_CASE("frame: a toast lies in the status strip and covers nothing of the page") {
  for (const auto& size : {std::pair{1280, 800}, {1024, 600}, {800, 1280}}) {
    Framed frame(size.first, size.second);
    announce(frame.input, "7 new online orders have arrived.", "Show", Screen::orders);
    frame.ui.draw(frame.drawn());
    const ui::Item* toast = frame.ui.find("7 new online orders have arrived.");
    REQUIRE(toast);
    // Two lines of words have a box a little higher than their ground, which is the strip.
    CHECK(toast->rect.y1 <= ui::measure::strip + 2);
    frame.tap("Show");
    CHECK(frame.said.go == Screen::orders);
  }
}

TEST_CASE("frame: a banner and a toast have a place each, and both are tapped") {
  for (const auto& size : {std::pair{1280, 800}, {1024, 600}, {800, 1280}}) {
    CAPTURE(size.first);
    Framed frame(size.first, size.second);
    core::ClockDoubt doubt;
    doubt.is_grave = true;
    doubt.witness = core::ClockWitness::program;
    frame.shop.till.clock_doubt = doubt;
    announce(frame.input, "7 new online orders have arrived.", "Show", Screen::orders);
    frame.ui.draw(frame.drawn());
    frame.ui.draw(frame.drawn());
    const ui::Item* toast = frame.ui.find("Show");
    const ui::Item* clock = frame.ui.find("The clock is right");
    REQUIRE(toast);
    REQUIRE(clock);
    CHECK(clock->rect.x1 <= toast->rect.x0);
    if (size.first == 1280) CHECK(frame.ui.shows("It cannot be before"));
    frame.tap("The clock is right");
    REQUIRE(frame.said.commands.size() == 1);
    CHECK(frame.said.commands.front().is<core::TrustClock>());
    frame.tap("Show");
    CHECK(frame.said.go == Screen::orders);
  }
}

TEST_CASE(
    "frame: beside a toast a banner keeps its action and its cross, if it has room for no more") {
  Framed frame(1024, 600);
  frame.shop.till.counts.put_aside = 2;
  frame.shop.till.counts.aside_name = "d.json";
  announce(frame.input, "7 new online orders have arrived.", "Look", Screen::orders);
  frame.ui.draw(frame.drawn());
  frame.ui.draw(frame.drawn());
  const ui::Item* show = frame.ui.find("Show");
  REQUIRE(show);
  CHECK(show->rect.x0 >= ui::measure::navigation);
  CHECK(show->rect.x1 <= frame.ui.find("Look")->rect.x0);
  frame.tap("Show");
  CHECK(frame.said.go == Screen::outbox);
}

TEST_CASE("frame: a toast leaves a sheet its title, also where the sheet fills the window") {
  Framed frame(1024, 600);
  tell(frame.input, "No product has this code.", ui::State::bad);
  const auto draw = [&](ui::Ui& ui) {
    run(ui, frame.shop.scene(), frame.input, Screen::sell);
    const ui::Sheet sheet(ui, {100, 4, 824, 592}, {.title = "Customer"});
    run_above(ui, frame.shop.scene(), frame.input);
  };
  frame.ui.draw(draw);
  frame.ui.draw(draw);
  const ui::Item* toast = frame.ui.find("No product has this code.");
  const ui::Item* title = frame.ui.find("Customer");
  REQUIRE(toast);
  REQUIRE(title);
  CHECK(toast->rect.x0 > 124 + 60);
}
