#include "core/fiscal/signing.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "core/fiscal/signing_warnings.h"
#include "core/orders/receipt_event.h"
#include "core/store/verify_signatures.h"
#include "tests/support/signing_shop.h"

using namespace std::chrono_literals;
using namespace core;

TEST_CASE("signing: the next step is the one that the others wait for") {
  SigningTransaction one;
  CHECK(next_step(one) == SigningVerb::start);
  one.start = StepState::lost;
  CHECK(next_step(one) == SigningVerb::start);
  one.start = StepState::answered;
  CHECK_FALSE(next_step(one));
  CHECK(is_open(one));
  one.finish = StepState::wanted;
  CHECK(next_step(one) == SigningVerb::finish);
  CHECK(holds_receipt(one));
  one.outage = 1;
  CHECK_FALSE(holds_receipt(one));
  one.finish = StepState::missed;
  CHECK(next_step(one) == SigningVerb::abort);
  one.abort = StepState::answered;
  CHECK_FALSE(next_step(one));
  CHECK_FALSE(is_open(one));
}

TEST_CASE("signing: what was never begun has nothing to end") {
  SigningTransaction one;
  one.start = StepState::missed;
  one.finish = StepState::missed;
  CHECK_FALSE(next_step(one));
  CHECK_FALSE(is_open(one));
}

TEST_CASE("signing: the till has one serial for ever") {
  tests::TillDriver till;
  const std::string serial = till.now().signing.client;
  CHECK(!serial.empty());
  CHECK(serial.size() <= 30);
  till.reopen();
  CHECK(till.now().signing.client == serial);
  CHECK_FALSE(till.database().execute("UPDATE till_serial SET serial = 'another'"));
}

TEST_CASE("signing: an event's sums are those of its receipt, by the kind of tax") {
  Receipt receipt;
  receipt.order.currency = eur;
  const auto add_tax = [&](std::int64_t rate, std::int64_t gross) {
    TaxLine line;
    line.rate = {rate};
    line.gross = {gross, eur};
    receipt.taxes.push_back(line);
  };
  const auto pay = [&](Tender tender, std::int64_t amount, std::int64_t tip = 0) {
    Payment payment;
    payment.tender = tender;
    payment.amount = {amount, eur};
    payment.tip = {tip, eur};
    receipt.payments.push_back(payment);
  };
  SUBCASE("with a tip on the card, which bears no tax") {
    add_tax(1900, 1190);
    pay(Tender::card, 1190, 100);
    CHECK(event_of(receipt).data == "Beleg^11.90_0.00_0.00_0.00_1.00^12.90:Unbar");
  }
  SUBCASE("by several tenders, cash first") {
    add_tax(700, 1000);
    add_tax(1900, 500);
    pay(Tender::other, 300);
    pay(Tender::card, 200);
    pay(Tender::cash, 1000);
    CHECK(event_of(receipt).data == "Beleg^5.00_10.00_0.00_0.00_0.00^10.00:Bar_5.00:Unbar");
  }
  SUBCASE("of nothing") {
    CHECK(event_of(receipt).data == "Beleg^0.00_0.00_0.00_0.00_0.00^");
  }
  SUBCASE("of rates of former years and of farms") {
    add_tax(1600, 100);
    add_tax(500, 200);
    add_tax(780, 300);
    add_tax(550, 400);
    add_tax(0, 500);
    pay(Tender::cash, 1500);
    CHECK(event_of(receipt).data == "Beleg^1.00_2.00_3.00_4.00_5.00^15.00:Bar");
  }
}

TEST_CASE("signing: warnings come in time, and those that stop the shop are grave") {
  const Instant now{std::chrono::milliseconds{1'795'272'240'000}};
  SigningDeviceFacts device;
  device.adopted = device.archived = now;
  device.certificate_end = now + std::chrono::days{400};
  CHECK(signing_warnings(device, now).empty());
  const auto only = [&] {
    const auto all = signing_warnings(device, now);
    REQUIRE(all.size() == 1);
    return all.front();
  };
  SUBCASE("certificate") {
    device.certificate_end = now + std::chrono::days{91} + 1h;
    CHECK(signing_warnings(device, now).empty());
    device.certificate_end = now + std::chrono::days{90};
    CHECK(only() == SigningWarning{SigningWarningKind::certificate_ends, 90, false});
    device.certificate_end = now + std::chrono::days{7};
    CHECK(only().is_grave);
    device.certificate_end = now - 1h;
    CHECK(only().kind == SigningWarningKind::certificate_over);
  }
  SUBCASE("room and signatures") {
    device.bytes_used = 80;
    device.bytes_in_all = 100;
    CHECK(signing_warnings(device, now).empty());
    device.bytes_used = 81;
    CHECK(only() == SigningWarning{SigningWarningKind::store_full, 81, false});
    device.bytes_used = 0;
    device.signatures_made = 91;
    device.signatures_left = 9;
    CHECK(only() == SigningWarning{SigningWarningKind::signatures_used_up, 9, false});
  }
  SUBCASE("clock, self-test and export") {
    device.ahead = 30s;
    CHECK(signing_warnings(device, now).empty());
    device.ahead = -31s;
    CHECK(only() == SigningWarning{SigningWarningKind::clock_off, 31, false});
    device.ahead = 0s;
    device.self_test_due = now + 30min;
    CHECK(only().kind == SigningWarningKind::self_test_due);
    device.self_test_due.reset();
    device.adopted = now - std::chrono::days{3};
    device.archived = now - std::chrono::days{2};
    CHECK(only() == SigningWarning{SigningWarningKind::archive_old, 2, false});
  }
}

TEST_CASE("signing: verifying names the first receipt that is wrong") {
  tests::SigningShop shop;
  for (int i = 0; i < 3; ++i) shop.sell(tests::krimi);
  shop.work();
  shop.must(SigningDeviceAway{"The device cannot be reached."});
  shop.sell(tests::brezel);
  const auto all_good = [](const ReceiptSigning&) { return std::string(); };
  Database& database = shop.till.database();
  {
    const auto found = verify_signatures(database, all_good);
    REQUIRE(std::holds_alternative<SignaturesSound>(found));
    CHECK(std::get<SignaturesSound>(found).is_signed == 3);
    CHECK(std::get<SignaturesSound>(found).missed == 1);
  }
  const auto broken = [&](const ProveSignature& prove) {
    const auto found = verify_signatures(database, prove);
    REQUIRE(std::holds_alternative<SignaturesBroken>(found));
    return std::get<SignaturesBroken>(found);
  };
  SUBCASE("a signature that does not hold") {
    CHECK(broken([](const ReceiptSigning&) { return std::string("no"); }).receipt == "T1-R000001");
  }
  SUBCASE("a signature that was edited") {
    REQUIRE(database.execute("DROP TRIGGER signatures_stay"));
    REQUIRE(database.execute(
        "UPDATE signatures SET counter = counter + 100 WHERE row = (SELECT max(s.row) FROM "
        "signatures AS s JOIN signing_transactions AS t ON t.row = s.transaction_row "
        "WHERE t.receipt_row = 2)"));
    const auto found = broken(all_good);
    CHECK(found.receipt == "T1-R000002");
    CHECK(found.what == "has another signature than the journal says");
  }
  SUBCASE("an amount that was edited in what was signed") {
    REQUIRE(database.execute("DROP TRIGGER signing_transactions_stay"));
    REQUIRE(
        database.execute("UPDATE signing_transactions SET process_data = "
                         "'Beleg^0.00_1.00_0.00_0.00_0.00^1.00:Bar' WHERE receipt_row = 3"));
    CHECK(broken(all_good).what == "says something else than was signed");
  }
  SUBCASE("a transaction that is gone") {
    REQUIRE(database.execute("DROP TRIGGER signing_transactions_remain"));
    REQUIRE(database.execute("DELETE FROM signing_transactions WHERE receipt_row = 4"));
    CHECK(broken(all_good).receipt == "T1-R000004");
  }
}
