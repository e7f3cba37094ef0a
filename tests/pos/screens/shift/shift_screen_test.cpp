#include "pos/screens/shift/shift_screen.h"

#include <doctest/doctest.h>

#include "pos/screens/frame/approval_words.h"
#include "pos/screens/outbox/outbox_screen.h"
#include "pos/screens/parts/slip_sheet.h"
#include "tests/support/orders_scene.h"
#include "tests/support/ui_driver.h"

using namespace tests;
using pos::ui::Key;

namespace {

core::CashMoveRow move(std::int64_t row, core::CashMoveKind kind, std::int64_t minor,
                       std::string reason) {
  return {row,
          "T1-R00000" + std::to_string(row),
          {kind, cents(minor), std::move(reason), ""},
          noon - std::chrono::minutes(30),
          "Jana Wolf"};
}

// The Shift screen of a shop whose day is under way: 150.00 at the start, 562.55 of
// sales in cash and 1,240.05 by card, 4.00 given back, 60.00 in the safe: 648.55 expected.
struct ShiftPlay {
  OrdersScene box;
  pos::ShiftInput input;
  pos::Reaction last;
  test::UiDriver ui;

  explicit ShiftPlay(int width = 1280, int height = 800, pos::ui::Look look = {})
      : ui(width, height, look) {
    box.width = width;
    box.height = height;
    box.till.settings.terminal.end_of_day = "by_hand";
  }

  void leave(std::int64_t minor) {
    box.found.shift = core::FoundShift{};
    box.found.shift->kept = cents(minor);
    box.found.shift->next_z_number = 143;
    box.found.closings.emplace();
  }

  void open() {
    core::Shift shift;
    shift.row = 4;
    shift.opened = noon - std::chrono::hours(7);
    shift.opened_by = "Jana Wolf";
    shift.kept = shift.opening = cents(15000);
    box.till.shift = shift;
    core::FoundShift found;
    found.shift = shift;
    found.next_z_number = 143;
    found.report = core::empty_report(core::eur);
    found.report.sales = 48;
    found.report.sold = cents(180660);
    found.report.given_back = cents(400);
    found.report.tenders = {{core::Tender::cash, "", 31, cents(56255), cents(400)},
                            {core::Tender::card, "", 18, cents(124005), cents(0)}};
    found.report.moves = {move(1, core::CashMoveKind::opening, 15000, ""),
                          move(2, core::CashMoveKind::safe_drop, -6000, "")};
    box.found.shift = std::move(found);
  }

  // The register has carried out what was asked for last.
  void carry_out_count() {
    const auto& count = command<core::CountDrawer>();
    box.till.shift->counted = count.counted;
    box.till.shift->coins = count.coins;
    last = {};
  }

  test::UiDriver::Draw draw() {
    return [this](pos::ui::Ui& on) {
      pos::Reaction reaction = pos::run(on, box.scene(), input);
      if (!reaction.is_empty()) last = std::move(reaction);
    };
  }
  void show() { ui.draw(draw()); }
  void tap(std::string_view name) { ui.tap(name, draw()); }
  // A pad takes one letter a frame.
  void type(std::string_view keys) {
    for (const char letter : keys) ui.type({&letter, 1}, draw());
  }
  void key(Key key) { ui.key(key, draw()); }
  template <class Command>
  const Command& command(std::size_t index = 0) {
    REQUIRE(last.commands.size() > index);
    REQUIRE(last.commands[index].is<Command>());
    return last.commands[index].get<Command>();
  }
  pos::CountView counted() { return pos::present(box.scene(), input.count); }
  void count_coin(std::int64_t value, const std::string& number) {
    tap("coin-" + std::to_string(value));
    type(number);
    tap("Done");
    carry_out_count();
  }
};

}  // namespace

TEST_CASE("shift: it is opened with what was left, in one tap on its page") {
  ShiftPlay play;
  play.leave(15000);
  play.show();
  CHECK(play.ui.shows("€150.00"));
  CHECK_FALSE(play.ui.shows("Too little"));
  play.tap("Open the shift");
  CHECK(play.command<core::OpenShift>().opening == cents(15000));
}

TEST_CASE("shift: a float that is keyed is compared with what was left at once") {
  ShiftPlay play;
  play.leave(10000);
  play.type("5000");
  CHECK(play.ui.shows("Too little"));
  CHECK(play.ui.shows("−50.00"));
  CHECK_FALSE(pos::takes_scan(play.input));
  play.key(Key::enter);
  CHECK(play.command<core::OpenShift>().opening == cents(5000));
  // Nothing keyed is nothing in the drawer.
  play.type("0");
  CHECK(play.ui.shows("−100.00"));
  play.key(Key::enter);
  CHECK(play.command<core::OpenShift>().opening == cents(0));
}

TEST_CASE("shift: the float can be counted by note and coin") {
  ShiftPlay play;
  play.leave(10000);
  play.show();
  play.tap("By note and coin");
  play.tap("Open the shift");
  CHECK(play.ui.refused() == "Count the drawer first.");
  play.tap("coin-5000");
  play.type("2");
  play.key(Key::enter);
  play.type("1");
  play.tap("more-coin-100");
  CHECK(play.ui.shows("€121.00"));
  CHECK(play.ui.shows("+21.00"));
  play.tap("Open the shift");
  CHECK(play.command<core::OpenShift>().coins ==
        std::vector<core::CoinCount>{{5000, 2}, {2000, 1}, {100, 1}});
  CHECK(play.command<core::OpenShift>().opening == cents(12100));
}

TEST_CASE("shift: it cannot be opened before what was left is known") {
  ShiftPlay play;
  play.open();
  play.box.till.shift.reset();  // closed just now; what was found is of before
  play.show();
  play.tap("Open the shift");
  CHECK(play.last.commands.empty());
  CHECK(play.ui.refused() == "What was left is being looked up …");
}

TEST_CASE("shift: the open one says since when, by whom, what it took and what should be there") {
  ShiftPlay play;
  play.open();
  play.show();
  CHECK(play.ui.shows("open since today 08:44 · Jana Wolf"));
  CHECK(play.ui.shows("€1,802.60"));
  CHECK(play.ui.shows("€648.55"));
  CHECK(play.ui.shows("Cash (31)"));
  CHECK(play.ui.shows("558.55"));
  CHECK(play.ui.shows("Safe drop"));
  CHECK(play.ui.shows("−60.00"));
  play.tap("X report");
  play.command<core::PrintInterimReport>();
  play.tap("move-2");
  REQUIRE(play.last.slip);
  CHECK(play.last.slip->receipt.row == 2);
  CHECK(play.last.slip->receipt.kind == core::ReceiptKind::cash_movement);
}

TEST_CASE("shift: one that opened by itself, or long ago, says so") {
  ShiftPlay play;
  play.open();
  play.box.till.shift->opened_itself = true;
  play.show();
  CHECK(play.ui.shows("open since today 08:44 · by itself"));
  CHECK(pos::present_overview(play.box.scene()).notice.starts_with("Nobody opened the shift"));
  play.box.till.shift->opened = noon - std::chrono::hours(72);
  CHECK(
      pos::present_overview(play.box.scene()).notice.starts_with("The shift has been open since"));
}

TEST_CASE("shift: cash out is booked with one tap on its reason, once there is an amount") {
  ShiftPlay play;
  play.open();
  play.show();
  play.tap("Pay out");
  play.tap("Stamps");
  CHECK(play.last.commands.empty());
  CHECK(play.ui.refused() == "Key in the amount first.");
  play.type("1250");
  play.tap("Stamps");
  const auto& booked = play.command<core::MoveCash>();
  CHECK(booked.kind == core::CashMoveKind::paid_out);
  CHECK(booked.amount == cents(1250));
  CHECK(booked.reason == "Stamps");
  CHECK(std::holds_alternative<std::monostate>(play.input.sheet));
}

TEST_CASE("shift: cash in of the owner, for a reason of its own") {
  ShiftPlay play;
  play.open();
  play.show();
  play.key(Key::f5);
  play.type("20000");
  play.tap("Owner puts in");
  play.key(Key::enter);
  play.type("for the holidays");
  play.key(Key::enter);
  const auto& booked = play.command<core::MoveCash>();
  CHECK(booked.kind == core::CashMoveKind::owner_in);
  CHECK(booked.amount == cents(20000));
  CHECK(booked.reason == "for the holidays");
}

TEST_CASE("shift: what goes to safe or bank needs no reason") {
  ShiftPlay play;
  play.open();
  play.show();
  play.tap("Safe or bank");
  play.type("6000");
  play.tap("To the bank");
  CHECK(play.command<core::MoveCash>().kind == core::CashMoveKind::bank);
  CHECK(play.command<core::MoveCash>().amount == cents(6000));
  play.key(Key::f7);
  play.type("7000");
  play.key(Key::enter);
  CHECK(play.command<core::MoveCash>().kind == core::CashMoveKind::safe_drop);
}

TEST_CASE("shift: the drawer is opened without a sale for a reason") {
  ShiftPlay play;
  play.open();
  play.show();
  play.tap("Open drawer");
  CHECK(play.last.commands.empty());
  play.tap("Wrong change was given");
  CHECK(play.command<core::OpenDrawerByHand>().reason == "Wrong change was given");
}

TEST_CASE("shift: it is closed in three taps: Shift, Close, and the count is right") {
  ShiftPlay play;
  play.open();
  play.box.till.shift->counted = cents(64970);
  play.show();
  play.tap("Close the shift");
  CHECK(play.ui.shows("€649.70"));
  CHECK(play.ui.shows("Too much"));
  CHECK(play.ui.shows("+1.15"));
  CHECK(play.ui.shows("prints Z report 143"));
  CHECK(play.counted().difference->state == pos::ui::State::warn);
  play.tap("Close the shift");
  CHECK(play.command<core::CloseShift>().dropped == cents(0));
}

TEST_CASE("shift: what was not counted is not 0.00, and 0.00 is a count") {
  ShiftPlay play;
  play.open();
  play.input.page = pos::ShiftPage::count;
  play.input.shift = 4;
  play.show();
  CHECK(play.ui.shows("not counted yet"));
  CHECK_FALSE(play.counted().difference);
  play.tap("Close the shift");
  CHECK(play.last.commands.empty());
  CHECK(play.ui.refused() == "Count the drawer first.");
  play.count_coin(5000, "0");
  play.show();
  CHECK(play.ui.shows("−648.55"));
  CHECK(play.counted().difference->state == pos::ui::State::bad);
}

TEST_CASE("shift: each row is kept as it is left, and the next is keyed with Enter") {
  ShiftPlay play;
  play.open();
  play.input = {.page = pos::ShiftPage::count, .shift = 4};
  play.show();
  play.tap("coin-20000");
  play.key(Key::enter);
  CHECK(play.command<core::CountDrawer>().counted == cents(0));
  play.carry_out_count();
  play.type("1");
  play.key(Key::enter);
  CHECK(play.command<core::CountDrawer>().counted == cents(10000));
  play.carry_out_count();
  play.type("5");
  play.tap("more-coin-200");  // another row: what was keyed is kept with it
  REQUIRE(play.last.commands.size() == 1);
  CHECK(play.command<core::CountDrawer>().counted == cents(35200));
  CHECK(play.command<core::CountDrawer>().coins ==
        std::vector<core::CoinCount>{{20000, 0}, {10000, 1}, {5000, 5}, {200, 1}});
  // Two taps before the store has answered are two.
  play.tap("more-coin-200");
  CHECK(play.command<core::CountDrawer>().counted == cents(35400));
  play.carry_out_count();
  play.show();
  CHECK(play.ui.shows("€354.00"));
  play.tap("Clear the count");
  CHECK_FALSE(play.command<core::CountDrawer>().counted);
}

TEST_CASE("shift: a number is left as it was with Escape, and letters are refused") {
  ShiftPlay play;
  play.open();
  play.input = {.page = pos::ShiftPage::count, .shift = 4};
  play.tap("coin-2000");
  play.type("7x");
  CHECK(play.last.refused.starts_with("This key does not fit here."));
  play.last = {};
  play.key(Key::escape);
  CHECK(play.last.is_empty());
  CHECK(play.input.count.pad.coin == 0);
  CHECK(play.input.page == pos::ShiftPage::count);
}

TEST_CASE("shift: a sum is compared while it is keyed, and kept with the closing") {
  ShiftPlay play;
  play.open();
  play.input = {.page = pos::ShiftPage::count, .shift = 4};
  play.show();
  play.tap("As a sum");
  play.type("64855");
  CHECK(play.ui.shows("It is right"));
  play.key(Key::enter);
  REQUIRE(play.last.commands.size() == 2);
  CHECK(play.command<core::CountDrawer>().counted == cents(64855));
  CHECK(play.command<core::CountDrawer>().coins.empty());
  play.command<core::CloseShift>(1);
}

TEST_CASE("shift: a blind count shows the difference once it is confirmed, and asks why") {
  ShiftPlay play;
  play.box.till.settings.shift.blind = "on";
  play.open();
  play.show();
  CHECK_FALSE(play.ui.shows("648.55"));
  CHECK_FALSE(play.ui.shows("1,802.60"));  // with what cards brought it could be worked out
  CHECK_FALSE(play.ui.shows("1,240.05"));
  play.box.till.cashier = core::Cashier{7, "Mia", core::Role::cashier, "", "", 0, ""};
  // Its slip does not say what is expected either.
  play.tap("X report");
  play.command<core::PrintInterimReport>();
  play.last = {};
  play.box.till.shift->counted = cents(64855);
  play.input.page = pos::ShiftPage::count;
  play.show();
  CHECK_FALSE(play.ui.shows("Too"));
  CHECK_FALSE(play.ui.shows("Expected"));
  // What is right is closed at once.
  play.tap("Confirm the count");
  play.command<core::CloseShift>();

  ShiftPlay other;
  other.box.till.settings.shift.blind = "on";
  other.open();
  other.box.till.shift->counted = cents(64700);
  other.input = {.page = pos::ShiftPage::count, .shift = 4};
  other.show();
  other.tap("Confirm the count");
  // What was counted before the difference is known stays on record.
  REQUIRE(other.last.commands.size() == 1);
  CHECK(other.command<core::CountDrawer>().is_settled);
  CHECK(other.ui.shows("Why is there a difference?"));
  CHECK(other.ui.shows("Too little: −1.55"));
  other.tap("Wrong change was given");
  other.tap("Accept");
  other.tap("Close the shift");
  CHECK(other.command<core::CloseShift>().note == "Wrong change was given");
}

TEST_CASE("shift: the terminal closes its day first, and the shift follows by itself") {
  ShiftPlay play;
  play.box.till.settings.terminal.end_of_day = "with_shift";
  play.open();
  play.box.till.shift->counted = cents(64855);
  play.input = {.page = pos::ShiftPage::count, .shift = 4};
  play.show();
  CHECK(play.ui.shows("closes its day, too"));
  play.tap("Close the shift");
  play.command<core::EndTerminalDay>();
  play.last = {};
  play.show();
  CHECK(play.last.commands.empty());  // it has not answered yet
  core::TerminalComparison comparison;
  comparison.is_open = false;
  comparison.ours = cents(10000);
  comparison.theirs = cents(9700);
  play.box.till.terminal_day = comparison;
  play.show();
  play.command<core::CloseShift>();
}

TEST_CASE("shift: a terminal that does not answer is left out by a second tap") {
  ShiftPlay play;
  play.box.till.settings.terminal.end_of_day = "with_shift";
  play.open();
  play.box.till.shift->counted = cents(64855);
  play.input = {.page = pos::ShiftPage::count, .shift = 4};
  play.show();
  play.tap("Close the shift");
  play.command<core::EndTerminalDay>();
  play.tap("Close the shift");
  play.command<core::CloseShift>();
}

TEST_CASE("shift: an unclear card payment keeps it open and is decided from here") {
  ShiftPlay play;
  play.open();
  play.box.till.shift->counted = cents(64855);
  core::CardAttempt attempt;
  attempt.phase = core::CardPhase::unknown;
  play.box.till.put_off.push_back(attempt);
  play.box.till.parked.resize(2);
  play.box.till.counts.outbox_waiting = 3;
  play.input = {.page = pos::ShiftPage::count, .shift = 4};
  play.show();
  CHECK(play.ui.shows("2 stay"));
  CHECK(play.ui.shows("3 go on"));
  play.tap("Close the shift");
  CHECK(play.last.commands.empty());
  CHECK(play.ui.refused() == "1 card payment is unclear.");
  play.tap("Clear up");
  CHECK(play.last.go == pos::Screen::unresolved);
}

TEST_CASE("shift: what may be taken out is suggested in notes, so that the float stays") {
  using pos::suggested_drop;
  const std::vector<core::CoinCount> coins{{20000, 0}, {10000, 1}, {5000, 5}, {2000, 7},
                                           {1000, 6},  {500, 9},   {200, 14}, {100, 17}};
  CHECK(suggested_drop(cents(64970), coins, cents(15000)) == cents(49500));
  CHECK(suggested_drop(cents(64970), {}, cents(15000)) == cents(49500));
  CHECK(suggested_drop(cents(14000), {}, cents(15000)) == cents(0));
  CHECK(suggested_drop(cents(16000), {{10000, 1}, {100, 60}}, cents(15000)) == cents(0));

  ShiftPlay play;
  play.open();
  play.box.till.shift->counted = cents(64970);
  play.input = {.page = pos::ShiftPage::count, .shift = 4};
  play.show();
  CHECK(play.ui.shows("Suggested: €495.00"));
  play.tap("Take out: nothing");
  play.tap("Take €495.00, leave €154.70");
  play.show();
  CHECK(play.ui.shows("€154.70 stay for the next float"));
  play.tap("Close the shift");
  CHECK(play.command<core::CloseShift>().dropped == cents(49500));
}

TEST_CASE("shift: after the closing its Z report is shown, and can be printed again") {
  ShiftPlay play;
  play.open();
  play.input = {.page = pos::ShiftPage::count, .shift = 4};
  play.show();
  core::FoundClosings found;
  core::FoundClosings::Closing closing{*play.box.till.shift, play.box.found.shift->report, {}};
  closing.shift.state = core::ShiftState::closed;
  closing.shift.counted = cents(64970);
  closing.shift.dropped = cents(49500);
  closing.shift.closed = noon;
  closing.shift.closed_by = "Berta Kern";
  closing.shift.z_number = 143;
  closing.receipt.row = 99;
  closing.receipt.kind = core::ReceiptKind::z_report;
  found.rows = {{closing.shift, cents(180260), cents(115)}};
  found.chosen = closing;
  play.box.found.closings = std::move(found);
  play.box.till.shift.reset();
  play.show();
  CHECK(play.input.page == pos::ShiftPage::closings);
  CHECK(play.ui.shows("The shift is closed. Its Z report is being printed."));
  CHECK(play.ui.shows("Z report 143"));
  CHECK(play.ui.shows("€1,802.60"));
  CHECK(play.ui.shows("+1.15"));
  CHECK(play.ui.shows("154.70"));
  CHECK(play.ui.shows("Opened by Jana Wolf"));
  play.tap("Print again");
  CHECK(play.command<core::PrintDayReceiptAgain>().receipt == 99);
  play.tap("Show the slip");
  REQUIRE(play.last.slip);
  CHECK(play.last.slip->receipt.row == 99);
  play.tap("Open the next shift");
  CHECK(play.input.page == pos::ShiftPage::overview);
  play.show();
  CHECK(play.ui.shows("In the drawer"));
  play.tap("z-143");
  CHECK(play.input.closings.z_number == 143);
}

TEST_CASE("shift: an approval says what of the shift it is for") {
  ShiftPlay play;
  play.open();
  play.box.till.shift->counted = cents(60000);
  const auto scene = play.box.scene();
  const auto close = pos::approval_words(scene, core::CloseShift{cents(0), "robbed"});
  CHECK(close.what == "Close the shift");
  CHECK(close.amount == "Too little −48.55 · expected €648.55, counted €600.00");
  CHECK(close.reason == "robbed");
  const auto out =
      pos::approval_words(scene, core::MoveCash{core::CashMoveKind::wages, cents(20000), "Mia"});
  CHECK(out.what == "Wages");
  CHECK(out.amount == "€200.00");
  CHECK(out.reason == "Mia");
}

TEST_CASE("shift: its slips are named where they wait, and go to no customer") {
  OrdersScene box;
  core::PrintRow row;
  row.job.state = core::PrintState::refused;
  row.receipt.kind = core::ReceiptKind::z_report;
  row.receipt.code = "T1-R000144";
  box.found.prints.rows.push_back(row);
  box.till.settings.display.window = "on";
  const auto view = pos::present(box.scene(), pos::OutboxInput{});
  REQUIRE(view.prints.rows.size() == 1);
  CHECK(view.prints.rows[0].title == "Receipt T1-R000144");
  CHECK(view.prints.rows[0].second.starts_with("Z report · since"));
  CHECK(view.prints.rows[0].mail.empty());
  CHECK(view.prints.rows[0].qr.empty());
  std::optional<pos::SlipWish> wish = pos::SlipWish{row.receipt};
  const auto again = pos::react(pos::SlipTap::print, box.scene(), wish);
  REQUIRE(again.commands.size() == 1);
  CHECK(again.commands[0].is<core::PrintDayReceiptAgain>());
}

TEST_CASE("shift: everything to do can be reached at every size of window and text") {
  for (const auto& size : {std::pair{1280, 800}, {1024, 600}, {800, 1280}}) {
    for (const float text : {1.F, 1.5F}) {
      for (const bool left : {false, true}) {
        INFO(size.first << " x " << size.second << " at " << text << " left: " << left);
        ShiftPlay play(size.first, size.second, {.text_scale = text, .is_left_handed = left});
        const auto reach = [&](std::initializer_list<const char*> names) {
          play.show();
          for (const std::string name : names) {
            INFO(name);
            const auto* item = play.ui.find(name);
            REQUIRE(item);
            CHECK(item->rect.y1 - item->rect.y0 >= 56);
            CHECK(item->rect.x1 - item->rect.x0 >= 56);
            CHECK(item->rect.x1 <= size.first);
            CHECK(item->rect.y1 <= size.second);
          }
        };
        play.leave(15000);
        reach({"Open the shift", "7", "backspace"});
        play.open();
        reach({"Pay in", "Pay out", "Safe or bank", "X report", "Open drawer", "Close the shift",
               "Closed shifts"});
        play.input = {.page = pos::ShiftPage::count, .shift = 4};
        play.box.till.shift->counted = cents(64970);
        reach({"Take out: nothing", "Close the shift", "As a sum"});
        play.input.count.by_coin = true;
        play.input.count.pad.coin = 2000;
        reach({"Done", "Next: €10", "7"});
        play.input = {.page = pos::ShiftPage::overview, .shift = 4};
        play.input.sheet = pos::MoveInput{pos::CashWay::out};
        reach({"Stamps", "Tip payout", "Other reason …", "Owner takes out", "7"});
        play.input.sheet = pos::DropInput{cents(64970), cents(49500), {}};
        reach({"Accept", "Leave all of it", "7"});
      }
    }
  }
}
