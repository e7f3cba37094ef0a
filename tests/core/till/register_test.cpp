#include "core/register.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/store/order_store.h"
#include "core/store/outbox_store.h"
#include "core/store/receipt_store.h"
#include "tests/support/till_driver.h"

using namespace core;
using namespace tests;

TEST_CASE("sale: exact cash places the order, opens the drawer, then prints, then syncs") {
  TillDriver till;
  till.scan(brezel);
  till.scan(brezel);
  till.scan(riesling);
  CHECK(till.now().order.lines.size() == 2);
  CHECK(till.now().due == euros(1100));
  const auto effects = till.must(TakeCash{euros(1100)});
  REQUIRE(effects.size() == 3);
  CHECK(std::holds_alternative<OpenDrawer>(effects[0]));
  CHECK(std::holds_alternative<PrintSlip>(effects[1]));
  CHECK(std::holds_alternative<WakeSync>(effects[2]));
  const auto now = till.now();
  CHECK(now.order.lines.empty());
  REQUIRE(now.done);
  CHECK(now.done->total == euros(1100));
  const auto page = order_page(till.database(), {});
  REQUIRE(page.rows.size() == 1);
  CHECK(page.rows[0].payment == "paid");
  CHECK(page.rows[0].fulfilment == "fulfilled");
  CHECK(page.rows[0].sync == "waiting");
}

TEST_CASE("sale: a note that is larger than the total gives change") {
  TillDriver till;
  till.scan(krimi);
  till.must(TakeCash{euros(2000)});
  CHECK(till.now().done->change == euros(600));
  CHECK(till.now().done->given == euros(2000));
}

TEST_CASE("sale: with an e-mail address a receipt is queued in the same transaction") {
  TillDriver till;
  till.scan(krimi);
  till.must(SetCustomer{{"Marlene Brandt", "brandt@example.de", ""}});
  till.must(TakeCash{euros(1400)});
  const auto rows = outbox_page(till.database(), 0, 10);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].kind == OutboxKind::mail_receipt);
  CHECK(rows[0].recipient == "brandt@example.de");
}

TEST_CASE("settings: a receipt that the platform mails is not mailed by the till") {
  TillDriver till;
  till.must(ChangeSetting{"mails.receipt", "platform"});
  till.scan(krimi);
  till.must(SetCustomer{{"Marlene Brandt", "brandt@example.de", ""}});
  till.must(TakeCash{euros(1400)});
  const auto mails = [&] {
    const auto rows = outbox_page(till.database(), 0, 10);
    return std::count_if(rows.begin(), rows.end(),
                         [](const OutboxRow& row) { return row.kind == OutboxKind::mail_receipt; });
  };
  CHECK(mails() == 0);
  // What a cashier asks for is mailed here.
  till.must(EmailReceipt{till.now().done->order, "brandt@example.de"});
  CHECK(mails() == 1);
}

TEST_CASE("settings: money that is given back is mailed by the till where the platform cannot") {
  for (const auto& [platform, expected] : {std::pair{"medusa", 1}, {"shopify", 0}}) {
    TillDriver till;
    till.must(ChangeSetting{"mails.receipt", "platform"});
    till.must(ChangeSetting{"upstream.kind", platform});
    till.scan(krimi);
    till.must(SetCustomer{{"Marlene Brandt", "brandt@example.de", ""}});
    till.must(TakeCash{euros(1400)});
    till.must(RefundOrder{.order = till.now().done->order, .reason = "late", .amount = euros(500)});
    const auto rows = outbox_page(till.database(), 0, 10);
    CHECK(std::count_if(rows.begin(), rows.end(), [](const OutboxRow& row) {
            return row.kind == OutboxKind::mail_receipt;
          }) == expected);
  }
}

TEST_CASE("part payment: what is left is collected later, with a receipt of its own") {
  TillDriver till;
  till.scan(krimi);
  till.scan(riesling);
  till.must(TakeCash{euros(1000)});
  till.must(LeavePartiallyPaid{});
  CHECK(till.now().done->still_due == euros(1290));
  const auto page = order_page(till.database(), {.tab = OrderTab::partially_paid});
  REQUIRE(page.rows.size() == 1);
  CHECK(page.rows[0].payment == "partially_paid");
  till.must(CollectPayment{page.rows[0].id});
  CHECK(till.now().due == euros(1290));
  till.must(TakeCash{euros(1290)});
  const auto order = find_order(till.database(), page.rows[0].id);
  CHECK(payment_word(*order, price(*order).total) == "paid");
  const auto receipts = receipts_of_order(till.database(), order->row);
  REQUIRE(receipts.size() == 2);
  CHECK(load_receipt(till.database(), receipts[0])->kind == ReceiptKind::deposit);
  CHECK(load_receipt(till.database(), receipts[1])->kind == ReceiptKind::balance);
  Money tax{};
  for (const auto& line : receipted_taxes(till.database(), order->row)) tax += line.tax;
  CHECK(tax == price(*order).tax);
}

TEST_CASE("split: cash and card complete one order with one receipt") {
  TillDriver till;
  till.scan(krimi);
  till.must(TakeCash{euros(400)});
  const auto effects = till.must(StartCard{euros(1000)});
  const auto* asked = find_effect<AuthorizeCard>(effects);
  REQUIRE(asked);
  till.must(
      CardAnswered{asked->attempt.id, {CardPhase::approved, euros(1000), "ok", "Visa •••• 4242"}});
  const auto now = till.now();
  REQUIRE(now.done);
  CHECK_FALSE(now.attempt);
  const auto rows = receipt_rows(till.database(), 0, 10);
  REQUIRE(rows.size() == 1);
  CHECK(load_receipt(till.database(), rows[0].row)->payments.size() == 2);
}

TEST_CASE("card: while its answer is unknown the order can go nowhere else") {
  TillDriver till;
  till.scan(krimi);
  const auto effects = till.must(StartCard{euros(1400)});
  const AttemptId id = find_effect<AuthorizeCard>(effects)->attempt.id;
  CHECK(till.refused(TakeCash{euros(1400)}).text == "A card payment is not settled yet.");
  till.must(CardAnswered{id, {CardPhase::unknown, {}, "line lost", ""}});
  CHECK(till.refused(ParkOrder{}).kind == RefusalKind::rule);
  CHECK(till.refused(VoidOrder{"x"}).kind == RefusalKind::rule);
  CHECK(till.refused(StartCard{euros(1400)}).kind == RefusalKind::rule);
  CHECK(find_effect<ProbeCard>(till.must(AskTerminal{id})) != nullptr);
  till.must(ResolveCard{id, CardVerdict::paid, "slip of the terminal seen"});
  CHECK(till.now().done->total == euros(1400));
}

TEST_CASE("card: an attempt that was open when the till stopped is unknown, and is asked for") {
  TillDriver till;
  till.scan(krimi);
  till.must(StartCard{euros(1400)});
  const auto effects = till.reopen();
  REQUIRE(till.now().attempt);
  CHECK(till.now().attempt->phase == CardPhase::unknown);
  CHECK(find_effect<ProbeCard>(effects));
  CHECK(till.now().order.lines.size() == 1);
}

TEST_CASE("card: an answer that comes after the attempt was settled is written down") {
  TillDriver till;
  till.scan(krimi);
  const AttemptId id = find_effect<AuthorizeCard>(till.must(StartCard{euros(1400)}))->attempt.id;
  till.must(CardAnswered{id, {CardPhase::unknown, {}, "", ""}});
  till.must(ResolveCard{id, CardVerdict::not_paid, "customer left"});
  till.must(DismissCard{id});
  till.refused(CardAnswered{id, {CardPhase::approved, euros(1400), "", "Visa •••• 4242"}});
  auto query =
      till.database().query("SELECT count(*) FROM journal WHERE kind = 'card answered late'");
  REQUIRE(query.next());
  CHECK(query.integer(0) == 1);
}

TEST_CASE("cart: it survives a kill, and parking brings it back") {
  TillDriver till;
  till.scan(krimi);
  till.must(DiscountOrder{Discount{DiscountKind::percent, 1000, "Stammkundin"}});
  till.reopen();
  CHECK(till.now().due == euros(1260));
  till.must(ParkOrder{});
  CHECK(till.now().order.lines.empty());
  till.scan(brezel);
  const auto parked = till.now().parked;
  REQUIRE(parked.size() == 1);
  till.must(RecallOrder{parked[0].id});
  CHECK(till.now().due == euros(1260));
  CHECK(till.now().parked.size() == 1);
}

TEST_CASE("cart: a voided line stays in the journal with its reason") {
  TillDriver till;
  till.scan(krimi);
  till.must(VoidLine{till.now().order.lines[0].id, "wrong book"});
  CHECK(till.now().order.lines.empty());
  auto query = till.database().query("SELECT content FROM journal WHERE kind = 'void line'");
  REQUIRE(query.next());
  CHECK(query.text(0) == "1 x Krimi at 14.00, wrong book");
}

TEST_CASE("tender: cash that was taken by mistake is taken back before the order is placed") {
  TillDriver till;
  till.scan(krimi);
  till.must(TakeCash{euros(500)});
  till.must(UndoTender{till.now().order.payments[0].id});
  CHECK(till.now().due == euros(1400));
  till.must(TakeCash{euros(1400)});
  CHECK(load_receipt(till.database(), 1)->payments.size() == 1);
}

TEST_CASE("permission: the register refuses what a cashier may not, and notes who approved") {
  TillDriver till;
  till.must(AddCashier{"Chefin", Role::manager, "1234", ""});
  auto staff = till.now().staff;
  CHECK(till.refused(AddCashier{"Jana", Role::cashier, "1111", ""}).kind ==
        RefusalKind::not_allowed);
  till.must(SignIn{staff[0].row, "1234"});
  till.must(AddCashier{"Jana", Role::cashier, "1111", ""});
  till.must(SignIn{till.now().staff[1].row, "1111"});
  till.scan(krimi);
  const LineId line = till.now().order.lines[0].id;
  CHECK(till.refused(OverridePrice{line, euros(1), "friend"}).kind == RefusalKind::needs_approval);
  CHECK(till.now().due == euros(1400));
  till.must(OverridePrice{line, euros(1000), "damaged"}, "1234");
  CHECK(till.now().due == euros(1000));
  auto query = till.database().query("SELECT actor FROM journal WHERE kind = 'price override'");
  REQUIRE(query.next());
  CHECK(query.text(0) == "Jana (approved by Chefin)");
}

TEST_CASE("cash rounding: it is its own amount and never in a tax line") {
  TillDriver till;
  till.must(ChangeSetting{"tax.cash_step", "5"});
  till.scan(brezel);
  till.must(OverridePrice{till.now().order.lines[0].id, euros(103), "old"});
  till.must(TakeCash{euros(105)});
  const auto receipt = load_receipt(till.database(), 1);
  REQUIRE(receipt);
  CHECK(receipt->totals.rounding == euros(2));
  CHECK(receipt->totals.total == euros(105));
  CHECK(receipt->taxes[0].gross == euros(103));
}

TEST_CASE("unknown code: it is refused in words and changes nothing") {
  TillDriver till;
  const auto before = till.now().revision;
  CHECK(till.refused(Scan{"9999999999994"}).kind == RefusalKind::not_found);
  CHECK(till.now().revision == before);
}

TEST_CASE("receipt: scanning its barcode shows its order") {
  TillDriver till;
  till.scan(krimi);
  till.must(TakeCash{euros(1400)});
  const auto effects = till.must(Scan{"T1-R000001"});
  const auto* shown = find_effect<ShowOrder>(effects);
  REQUIRE(shown);
  CHECK(shown->order == load_receipt(till.database(), 1)->order.id);
}
