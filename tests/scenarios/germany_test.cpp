// A German shop's day: every receipt is signed, and the customer waits for none of it.
#include <doctest/doctest.h>

#include <chrono>

#include "core/fiscal/signing_warnings.h"
#include "core/store/journal.h"
#include "core/store/outbox_store.h"
#include "core/store/shift_store.h"
#include "tests/support/signing_shop.h"

using namespace std::chrono_literals;
using core::ReceiptSigning;
using tests::SigningShop;
using tests::TseFault;

TEST_CASE("germany: the start is signed while she scans, the end before the slip comes out") {
  SigningShop shop;
  shop.scan(tests::riesling);
  REQUIRE(shop.steps.size() == 1);
  shop.work();
  REQUIRE(shop.tse.log().size() == 1);
  CHECK(shop.tse.log()[0].type.empty());
  CHECK(shop.tse.log()[0].data.empty());
  shop.scan(tests::brezel);
  CHECK(shop.steps.empty());

  shop.pay();
  CHECK(shop.till.now().done->signing_state == "waiting");
  CHECK(shop.slips.empty());
  shop.work();
  CHECK(shop.till.now().done->signing_state == "signed");
  shop.print();
  REQUIRE(shop.printed.size() == 1);
  const ReceiptSigning signing = *shop.printed.begin()->second.signing;
  CHECK(signing.state == ReceiptSigning::State::is_signed);
  CHECK(signing.process_type == "Kassenbeleg-V1");
  CHECK(signing.process_data == "Beleg^8.90_1.05_0.00_0.00_0.00^9.95:Bar");
  CHECK(signing.start->number == signing.finish->number);
  CHECK(signing.start->counter < signing.finish->counter);
  CHECK(!signing.client.empty());
  CHECK(signing.client.size() <= 30);
}

TEST_CASE(
    "germany: the drawer and the next customer do not wait for a signature, slips keep order") {
  SigningShop shop;
  for (const char* code : {tests::brezel, tests::krimi, tests::riesling}) shop.sell(code);
  CHECK(shop.till.now().order.lines.empty());
  CHECK(shop.slips.empty());
  shop.work();
  shop.print();
  REQUIRE(shop.order_of_paper.size() == 3);
  CHECK(std::ranges::is_sorted(shop.order_of_paper));
}

TEST_CASE("germany: without a device the till sells nothing, and says how to set one up") {
  tests::TillDriver till;
  till.must(core::ChangeSetting{"shop.country", "DE"});
  CHECK(till.refused(core::Scan{tests::brezel}).text.starts_with("Germany asks for a security"));
  till.must(core::ChangeSetting{"fiscal.device", "epson"});
  CHECK(till.refused(core::Scan{tests::brezel}).text.find("never reached") != std::string::npos);
  CHECK_FALSE(till.now().signing.needs_device.empty());
}

TEST_CASE("germany: a shop that has chosen no country signs nothing") {
  tests::TillDriver till;
  till.scan(tests::brezel);
  const auto effects = till.must(core::TakeCash{tests::euros(200)});
  CHECK_FALSE(tests::find_effect<core::SignStep>(effects));
  CHECK(tests::find_effect<core::PrintSlip>(effects));
  CHECK_FALSE(core::has_signed(till.database()));
}

TEST_CASE("germany: the country stays once something was signed") {
  SigningShop shop;
  shop.sell(tests::brezel);
  CHECK(shop.refused(core::ChangeSetting{"shop.country", ""}).text ==
        "The country stays: there are signed receipts.");
}

TEST_CASE("germany: a parked cart keeps its transaction, a cancelled one ends it as aborted") {
  SigningShop shop;
  shop.scan(tests::riesling);
  shop.must(core::ParkOrder{});
  shop.sell(tests::brezel);
  shop.work();
  CHECK(shop.tse.open().size() == 1);
  const core::OrderId parked = shop.till.now().parked.at(0).id;
  shop.must(core::RecallOrder{parked});
  shop.must(core::VoidOrder{"changed her mind"});
  shop.work();
  CHECK(shop.tse.open().empty());
  CHECK(shop.tse.log().back().data == "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^");
  CHECK(shop.tse.log().back().signature.number == 1);
}

TEST_CASE(
    "germany: a cart that was emptied goes on with its transaction, and is ended at closing") {
  SigningShop shop;
  shop.must(core::OpenShift{tests::euros(0)});
  shop.scan(tests::riesling);
  shop.must(core::VoidLine{shop.till.now().order.lines.at(0).id, "wrong"});
  shop.scan(tests::brezel);
  shop.work();
  CHECK(shop.tse.log().size() == 1);
  shop.must(core::VoidLine{shop.till.now().order.lines.at(0).id, "wrong"});
  shop.must(core::CountDrawer{tests::euros(0)});
  shop.must(core::CloseShift{tests::euros(0), ""});
  shop.work();
  CHECK(shop.tse.open().empty());
}

TEST_CASE("germany: only a customer chosen and nothing scanned starts nothing") {
  SigningShop shop;
  shop.must(core::SetCustomer{{"Frau Weber", "", "", 0}});
  CHECK(shop.steps.empty());
}

TEST_CASE("germany: part payment, balance, refund, cash and closing are signed each") {
  SigningShop shop;
  shop.must(core::OpenShift{tests::euros(10'000)});
  shop.scan(tests::krimi);
  shop.must(core::TakeCash{tests::euros(400)});
  shop.must(core::LeavePartiallyPaid{});
  shop.work();
  CHECK(shop.tse.log().back().data == "Beleg^0.00_4.00_0.00_0.00_0.00^4.00:Bar");
  const core::OrderId order = shop.till.now().done->order;
  shop.must(core::CollectPayment{order});
  shop.must(core::TakeOther{core::Tender::other, tests::euros(1000), "Überweisung"});
  shop.work();
  CHECK(shop.tse.log().back().data == "Beleg^0.00_10.00_0.00_0.00_0.00^10.00:Unbar");
  core::RefundOrder refund{order};
  refund.amount = tests::euros(300);
  refund.tender = core::Tender::cash;
  refund.reason = "torn cover";
  shop.must(refund);
  shop.work();
  CHECK(shop.tse.log().back().data == "Beleg^0.00_-3.00_0.00_0.00_0.00^-3.00:Bar");
  shop.must(core::MoveCash{core::CashMoveKind::paid_out, tests::euros(550), "stamps"});
  shop.work();
  CHECK(shop.tse.log().back().data == "Beleg^0.00_0.00_0.00_0.00_-5.50^-5.50:Bar");
  shop.must(core::CountDrawer{tests::euros(9550)});
  shop.must(core::CloseShift{tests::euros(0), ""});
  shop.work();
  CHECK(shop.tse.log().back().type == "SonstigerVorgang");
  CHECK(shop.tse.open().empty());
  // The float, and five more.
  CHECK(shop.tse.log().size() == 12);
  shop.print();
  for (const auto& [row, receipt] : shop.printed) {
    CHECK(receipt.signing->state == ReceiptSigning::State::is_signed);
  }
}

TEST_CASE("germany: a balance is begun when it is asked for, and signed with its own start") {
  SigningShop shop;
  shop.scan(tests::riesling);
  shop.must(core::TakeCash{tests::euros(300)});
  shop.must(core::LeavePartiallyPaid{});
  shop.work();
  const core::OrderId order = shop.till.now().done->order;
  const std::size_t before = shop.tse.log().size();
  const core::Instant begun = shop.till.clock.now();
  shop.must(core::CollectPayment{order});
  shop.work();
  REQUIRE(shop.tse.log().size() == before + 1);
  CHECK(shop.tse.log().back().verb == core::SigningVerb::start);
  CHECK(shop.tse.open().size() == 1);
  // Left again: it ends as aborted, and the next one has a start of its own.
  shop.must(core::StopCollecting{});
  shop.work();
  CHECK(shop.tse.open().empty());
  CHECK(shop.tse.log().back().data.starts_with("AVBelegabbruch"));
  shop.till.clock.advance(1min);
  shop.must(core::CollectPayment{order});
  shop.work();
  shop.till.clock.advance(2min);
  // A look at the device, as every quarter of an hour, ends nothing that goes on.
  shop.device_is_seen();
  shop.work();
  CHECK(shop.tse.open().size() == 1);
  shop.pay();
  shop.work();
  const ReceiptSigning signing = shop.signing(shop.last_receipt());
  REQUIRE(signing.state == ReceiptSigning::State::is_signed);
  CHECK(signing.start->time == begun + 1min);
  CHECK(signing.finish->time == begun + 3min);
  CHECK(signing.start->number == signing.finish->number);
  CHECK(shop.tse.open().empty());
}

TEST_CASE("germany: a balance that was being collected when the till was killed is aborted") {
  SigningShop shop;
  shop.scan(tests::riesling);
  shop.must(core::TakeCash{tests::euros(300)});
  shop.must(core::LeavePartiallyPaid{});
  shop.work();
  shop.must(core::CollectPayment{shop.till.now().done->order});
  shop.work();
  CHECK(shop.tse.open().size() == 1);
  shop.restart();
  shop.work();
  CHECK(shop.tse.open().empty());
}

TEST_CASE("germany: a device's clock that is off by years asks before a sale, and is told") {
  SigningShop shop;
  const auto answer_with = [&](std::chrono::milliseconds ahead) {
    shop.scan(tests::krimi);
    const core::SignStep step = shop.steps.front();
    shop.steps.pop_front();
    shop.must(core::SigningBegins{step.transaction, step.verb});
    shop.tell({step.transaction, step.verb, shop.tse.sign(step), ahead});
  };
  SUBCASE("an hour is a warning that is grave") {
    answer_with(1h);
    const auto doubt = shop.till.now().clock_doubt;
    REQUIRE(doubt);
    CHECK(doubt->witness == core::ClockWitness::signing_device);
    CHECK_FALSE(doubt->is_grave);
    const auto warnings =
        core::signing_warnings(*shop.till.now().signing.device, shop.till.clock.now());
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0] == core::SigningWarning{core::SigningWarningKind::clock_off, 60 * 60, true});
    shop.pay();
    // Its clock was set: the next look says so.
    shop.device_is_seen();
    CHECK_FALSE(shop.till.now().clock_doubt);
  }
  SUBCASE("ten years ask first") {
    for (const auto ahead : {24h * 3650, -24h * 3650}) {
      answer_with(ahead);
      CHECK(shop.refused(core::TakeCash{shop.till.now().due}).text ==
            "The clock seems to be wrong. Set it, or say above that it is right.");
      CHECK(shop.refused(core::SigningSetsTime{shop.tse.serial, true})
                .text.starts_with("The till's clock may be wrong"));
      shop.must(core::TrustClock{});
      shop.pay();
      shop.work();
      shop.device_is_seen();
      shop.till.reopen();
    }
  }
}

TEST_CASE("germany: a device's clock is not set back behind its last signature by itself") {
  SigningShop shop;
  shop.sell(tests::krimi);
  shop.work();
  shop.must(core::SigningSetsTime{shop.tse.serial});
  shop.till.clock.advance(-1h);
  CHECK(shop.refused(core::SigningSetsTime{shop.tse.serial})
            .text.starts_with("The till's clock is behind the last signature"));
  // A person who tests it knows better.
  shop.must(core::SigningSetsTime{shop.tse.serial, true});
  shop.till.clock.advance(2h);
  shop.must(core::SigningSetsTime{shop.tse.serial});
}

TEST_CASE("germany: a voucher is sold without tax, and what it pays is no payment") {
  SigningShop shop;
  shop.must(core::SellVoucher{tests::euros(2000)});
  shop.pay();
  shop.work();
  CHECK(shop.tse.log().back().data == "Beleg^0.00_0.00_0.00_0.00_20.00^20.00:Bar");
  const std::string voucher = shop.till.now().done->vouchers.at(0).number;
  shop.scan(tests::krimi);
  shop.must(core::TakeVoucher{voucher});
  shop.work();
  CHECK(shop.tse.log().back().data == "Beleg^0.00_14.00_0.00_0.00_-14.00^");
}

TEST_CASE("germany: an outage that begins in the middle of a cart, with the next sale at no wait") {
  SigningShop shop;
  shop.scan(tests::riesling);
  shop.work();
  shop.pay();
  // The cable is out.
  shop.work_one(TseFault::away);
  REQUIRE(shop.till.now().signing.outage);
  CHECK(shop.till.now().done->signing_state == "missed");
  shop.print();
  CHECK(shop.printed.rbegin()->second.signing->state == ReceiptSigning::State::missed);
  CHECK(shop.printed.rbegin()->second.signing->start);

  shop.till.clock.advance(5min);
  shop.sell(tests::brezel);
  CHECK(shop.steps.empty());
  shop.print();
  CHECK(shop.printed.size() == 2);
  CHECK_FALSE(shop.printed.rbegin()->second.signing->start);

  shop.till.clock.advance(5min);
  shop.device_is_seen();
  CHECK_FALSE(shop.till.now().signing.outage);
  shop.work();
  // What was open in the device is ended, and what was missed is not made up.
  CHECK(shop.tse.open().empty());
  CHECK(shop.tse.log().size() == 2);
  CHECK(shop.tse.log().back().data.starts_with("AVBelegabbruch"));
  const auto gaps = core::outages(shop.till.database(), -1);
  REQUIRE(gaps.size() == 1);
  CHECK(*gaps[0].ended - gaps[0].began == 10min);
  CHECK(gaps[0].events == 2);
  CHECK(gaps[0].reason == "The device cannot be reached.");
}

TEST_CASE("germany: an outage that ends in the middle of a cart, whose receipt stays unsigned") {
  SigningShop shop;
  shop.must(core::SigningDeviceAway{"The device cannot be reached."});
  shop.scan(tests::riesling);
  shop.device_is_seen();
  shop.pay();
  shop.work();
  CHECK(shop.tse.log().empty());
  shop.print();
  CHECK(shop.printed.rbegin()->second.signing->state == ReceiptSigning::State::missed);
  shop.sell(tests::brezel);
  shop.work();
  CHECK(shop.tse.log().size() == 2);
}

TEST_CASE("germany: an outage over a closing and over midnight is one") {
  SigningShop shop;
  shop.must(core::OpenShift{tests::euros(0)});
  shop.work();
  shop.must(core::SigningDeviceAway{"The device cannot be reached."});
  shop.sell(tests::krimi);
  shop.must(core::CountDrawer{tests::euros(1400)});
  shop.must(core::CloseShift{tests::euros(0), ""});
  shop.till.clock.advance(12h);
  shop.restart();
  CHECK(shop.gaps() == 1);
  shop.sell(tests::brezel);
  shop.work();
  shop.print();
  CHECK(shop.printed.rbegin()->second.signing->state == ReceiptSigning::State::is_signed);
}

TEST_CASE("germany: a device that flaps has one entry for each gap") {
  SigningShop shop;
  for (int i = 0; i < 50; ++i) {
    shop.must(core::SigningDeviceAway{"The device cannot be reached."});
    shop.must(core::SigningDeviceAway{"The device cannot be reached."});
    shop.till.clock.advance(10s);
    shop.device_is_seen();
    shop.device_is_seen();
  }
  CHECK(shop.gaps() == 50);
}

TEST_CASE("germany: a slow answer lets the slip go after five seconds, and is kept when it comes") {
  SigningShop shop;
  shop.scan(tests::riesling);
  shop.work();
  shop.pay();
  const core::SignStep step = shop.steps.front();
  shop.steps.clear();
  shop.must(core::SigningBegins{step.transaction, step.verb});
  shop.till.clock.advance(5s);
  shop.must(core::SigningOverdue{step.transaction, step.verb});
  CHECK(shop.till.now().done->signing_state == "missed");
  shop.print();
  CHECK(shop.printed.size() == 1);
  // Twenty seconds later it is signed after all.
  shop.tell({step.transaction, step.verb, shop.tse.sign(step)});
  shop.tell({step.transaction, step.verb, shop.tse.recover(step)});
  shop.device_is_seen();
  shop.work();
  CHECK(shop.tse.open().empty());
  CHECK(shop.tse.log().size() == 2);
  CHECK(shop.signing(shop.last_receipt()).state == ReceiptSigning::State::missed);
  CHECK(shop.signing(shop.last_receipt()).finish);
}

TEST_CASE("germany: an answer that is not ours is an outage in the right words") {
  const std::pair<TseFault, const char*> cases[] = {
      {TseFault::wrong_number, "The security device answered for another transaction."},
      {TseFault::wrong_counter, "The security device counts its signatures backwards."},
      {TseFault::wrong_serial, "Another security device answers than the one that was set up."}};
  for (const auto& [fault, words] : cases) {
    SigningShop shop;
    shop.sell(tests::krimi);
    shop.work();
    shop.scan(tests::riesling);
    shop.work();
    shop.pay();
    shop.work_one(fault);
    REQUIRE(shop.till.now().signing.outage);
    CHECK(shop.till.now().signing.outage->reason == words);
    shop.print();
    CHECK(shop.printed.rbegin()->second.signing->state == ReceiptSigning::State::missed);
  }
}

TEST_CASE("germany: another device is signed with only when a person says so") {
  SigningShop shop;
  shop.sell(tests::krimi);
  shop.work();
  shop.scan(tests::brezel);
  shop.work();
  const std::string old = shop.tse.serial;
  shop.tse = tests::PaperTse();
  shop.tse.serial = std::string(64, 'c');
  shop.device_is_seen();
  REQUIRE(shop.till.now().signing.outage);
  REQUIRE(shop.till.now().signing.stranger);
  shop.must(core::AdoptSigningDevice{shop.tse.serial});
  shop.device_is_seen();
  CHECK_FALSE(shop.till.now().signing.outage);
  // The cart that the old one began begins anew with the new one.
  shop.pay();
  shop.work();
  CHECK(shop.tse.log().size() == 2);
  CHECK(shop.signing(shop.last_receipt()).device.serial == shop.tse.serial);
  CHECK(shop.signing(1).device.serial == old);
  CHECK(core::signing_devices(shop.till.database()).size() == 2);
}

TEST_CASE("germany: what the device holds open and nobody knows of is ended as aborted") {
  SigningShop shop;
  shop.tse.sign({.verb = core::SigningVerb::start});
  shop.restart();
  shop.work();
  CHECK(shop.tse.open().empty());
  CHECK(shop.tse.log().back().data.starts_with("AVBelegabbruch"));
}

TEST_CASE("germany: a copy and a mail wait for the signature like the slip itself") {
  SigningShop shop;
  shop.must(core::SetCustomer{{"Frau Weber", "weber@example.org", "", 0}});
  shop.sell(tests::krimi);
  const core::OrderId order = shop.till.now().done->order;
  shop.must(core::PrintAgain{order, core::SlipForm::copy});
  CHECK(shop.slips.empty());
  const auto due = [&] {
    return core::due_outbox(shop.till.database(), core::OutboxWay::mail, shop.till.clock.now() + 1h,
                            10)
        .size();
  };
  CHECK(due() == 0);
  shop.work();
  CHECK(shop.slips.size() == 2);
  CHECK(due() == 1);
}

TEST_CASE("germany: the journal tells of every signature, and verifies") {
  SigningShop shop;
  shop.sell(tests::krimi);
  shop.work();
  shop.must(core::SigningDeviceAway{"The device cannot be reached."});
  shop.sell(tests::brezel);
  const auto entries = core::latest_entries(shop.till.database(), 100);
  const auto count = [&](std::string_view kind) {
    return std::ranges::count(entries, kind, &core::JournalRow::kind);
  };
  CHECK(count("signature") == 1);
  CHECK(count("unsigned") == 1);
  CHECK(count("signing outage") == 1);
  CHECK(std::holds_alternative<core::JournalSound>(core::verify_journal(shop.till.database())));
  core::Transaction transaction(shop.till.database());
  CHECK_FALSE(shop.till.database().execute("UPDATE signatures SET counter = 7"));
  CHECK_FALSE(shop.till.database().execute("DELETE FROM signatures"));
  CHECK_FALSE(shop.till.database().execute("UPDATE signing_transactions SET process_data = 'x'"));
}
