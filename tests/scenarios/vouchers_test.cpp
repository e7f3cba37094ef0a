// A shop's day with vouchers: each case is a row of the list of what others got wrong, with
// its numbers, and once more with other ones.
#include <doctest/doctest.h>

#include "core/store/journal.h"
#include "tests/support/voucher_shop.h"

using namespace core;
using namespace tests;

TEST_CASE("V1: a voucher that is sold is no turnover and bears no tax, it is owed for") {
  for (const std::int64_t amount : {10'000, 4'250}) {
    VoucherShop shop;
    shop.sell(amount);
    const Receipt receipt = shop.receipt(shop.last());
    CHECK(turnover(receipt.order, receipt.totals) == euros(0));
    CHECK(receipt.totals.tax == euros(0));
    CHECK(in_cash(receipt) == euros(amount));
    CHECK(shop.liability() == euros(amount));
    CHECK(shop.sums().issued == euros(amount));
    const ShiftReport day = shop.day();
    CHECK(day.turnover() == euros(0));
    CHECK(day.taxes.empty());
    CHECK(day.vouchers.sold == euros(amount));
    CHECK(day.expected(euros(0)) == euros(amount));
  }
}

TEST_CASE("V2: goods that a voucher pays keep their tax, and nothing is due") {
  struct Case {
    std::int64_t full, reduced, voucher, tax_full, tax_reduced;
  };
  for (const Case& c : {Case{3'000, 2'000, 5'000, 479, 131}, Case{1'190, 535, 1'725, 190, 35}}) {
    VoucherShop shop;
    const std::string number = shop.sell(c.voucher);
    shop.goods(c.full);
    shop.goods(c.reduced, "reduced");
    shop.voucher(number);
    CHECK(shop.now().due == euros(0));
    const Receipt receipt = shop.receipt(shop.last());
    CHECK(tax_at(receipt, 1900) == euros(c.tax_full));
    CHECK(tax_at(receipt, 700) == euros(c.tax_reduced));
    CHECK(turnover(receipt.order, receipt.totals) == euros(c.full + c.reduced));
    CHECK(shop.on(number) == euros(0));
  }
}

TEST_CASE("V3: a voucher covers what it says, tax included") {
  for (const std::int64_t amount : {1'000, 3'333}) {
    VoucherShop shop;
    const std::string number = shop.sell(amount);
    shop.goods(amount);
    shop.voucher(number);
    CHECK(shop.receipt(shop.last()).amount == euros(amount));
    CHECK(shop.on(number) == euros(0));
  }
}

TEST_CASE("V4: no discount touches a voucher") {
  struct Case {
    std::int64_t voucher, goods, percent, pay;
  };
  for (const Case& c : {Case{5'000, 2'000, 1000, 6'800}, Case{1'500, 999, 2000, 2'299}}) {
    VoucherShop shop;
    shop.must(SellVoucher{euros(c.voucher)});
    const LineId line = shop.now().last_line;
    shop.goods(c.goods);
    shop.must(DiscountOrder{Discount{DiscountKind::percent, c.percent, "Aktion"}});
    CHECK(shop.now().due == euros(c.pay));
    const Discount own{DiscountKind::percent, 1000, "Aktion"};
    CHECK(shop.refused(DiscountLine{line, own}).text.starts_with("A voucher costs"));
    CHECK(shop.refused(OverridePrice{line, euros(1), "Aktion"}).text.starts_with("A voucher"));
    CHECK(shop.refused(ChangeQuantity{line, pieces(3)}).text.starts_with("A voucher costs"));
    shop.cash(c.pay);
    CHECK(shop.on(shop.now().done->vouchers.at(0).number) == euros(c.voucher));
  }
}

TEST_CASE("V4: a cart of vouchers alone cannot be discounted") {
  VoucherShop shop;
  shop.must(SellVoucher{euros(5'000)});
  shop.refused(DiscountOrder{Discount{DiscountKind::percent, 1000, "Aktion"}});
  CHECK(shop.now().due == euros(5'000));
}

TEST_CASE("V5: a voucher that is spent is worth nothing, today and tomorrow") {
  for (const std::int64_t amount : {5'000, 120}) {
    VoucherShop shop;
    const std::string number = shop.sell(amount);
    shop.goods(amount);
    shop.voucher(number);
    CHECK(shop.on(number) == euros(0));
    CHECK(shop.day().turnover() == euros(amount));
    CHECK(shop.day().vouchers.redeemed == euros(amount));
    shop.must(CountDrawer{euros(amount)});
    shop.must(CloseShift{euros(0), ""});
    CHECK(shop.on(number) == euros(0));
    shop.clock.advance(std::chrono::hours(24));
    shop.reopen();
    CHECK(shop.on(number) == euros(0));
    shop.goods(100);
    CHECK(shop.refused(TakeVoucher{number}).text == "Nothing is left on this voucher.");
  }
}

TEST_CASE("V6: the same voucher scanned twice pays once") {
  struct Case {
    std::int64_t voucher, total, due;
  };
  for (const Case& c : {Case{2'000, 5'000, 3'000}, Case{750, 1'999, 1'249}}) {
    VoucherShop shop;
    const std::string number = shop.sell(c.voucher);
    shop.goods(c.total);
    shop.scan(number);
    CHECK(shop.refused(Scan{number}).text == "This voucher pays for this sale already.");
    CHECK(shop.now().due == euros(c.due));
  }
}

TEST_CASE("V7: a printed card is sold once") {
  for (const char* number : {"4711", "CARD-0000-9"}) {
    VoucherShop shop;
    shop.must(SellVoucher{euros(2'500), number});
    // It is in this cart, ...
    CHECK(shop.refused(SellVoucher{euros(100), number}).text ==
          "This voucher has been sold already.");
    shop.must(ParkOrder{});
    // ... in a parked one, ...
    shop.refused(SellVoucher{euros(100), number});
    shop.must(RecallOrder{shop.now().parked.at(0).id});
    shop.cash(2'500);
    // ... and sold.
    CHECK(shop.refused(SellVoucher{euros(100), number}).text ==
          "This voucher has been sold already.");
    CHECK(shop.on(number) == euros(2'500));
  }
}

TEST_CASE("V7: a card whose cart was voided can be sold, and an article's code is no card") {
  VoucherShop shop;
  shop.must(SellVoucher{euros(2'500), "4711"});
  shop.must(VoidOrder{"wrong card"});
  shop.must(SellVoucher{euros(1'000), "4711"});
  CHECK(shop.refused(SellVoucher{euros(1'000), brezel}).text == "A product has this code.");
}

TEST_CASE("V8: a parked cart holds what is on a voucher, and gives it back") {
  struct Case {
    std::int64_t voucher, cart;
  };
  for (const Case& c : {Case{3'000, 4'500}, Case{1'234, 9'999}}) {
    VoucherShop shop;
    const std::string number = shop.sell(c.voucher);
    shop.goods(c.cart);
    shop.voucher(number);
    const std::string cart = shop.now().order.number;
    shop.must(ParkOrder{});
    CHECK(shop.now().parked.at(0).held == euros(c.voucher));
    CHECK(shop.told(number).held == euros(c.voucher));
    CHECK(shop.told(number).available() == euros(0));
    shop.reopen();
    shop.goods(500);
    const Refusal refusal = shop.refused(TakeVoucher{number});
    CHECK(refusal.text == "What is on this voucher is held for another cart.");
    CHECK(refusal.detail == cart);
    shop.must(VoidOrder{"other customer"});
    shop.must(RecallOrder{shop.now().parked.at(0).id});
    CHECK(shop.now().due == euros(c.cart - c.voucher));
    shop.must(VoidOrder{"changed mind"});
    CHECK(shop.told(number).available() == euros(c.voucher));
    CHECK(shop.on(number) == euros(c.voucher));
  }
}

TEST_CASE("V9: what a voucher does not pay stays on it, and no cash is handed out") {
  struct Case {
    std::int64_t voucher, cart, left;
  };
  for (const Case& c : {Case{15'000, 700, 14'300}, Case{2'000, 1'999, 1}}) {
    VoucherShop shop;
    const std::string number = shop.sell(c.voucher);
    shop.goods(c.cart);
    const Effects effects = shop.must(TakeVoucher{number});
    CHECK(find_effect<OpenDrawer>(effects) == nullptr);
    const Receipt receipt = shop.receipt(shop.last());
    CHECK(receipt.change == euros(0));
    REQUIRE(receipt.vouchers.size() == 1);
    CHECK(receipt.vouchers[0].amount == euros(-c.cart));
    CHECK(receipt.vouchers[0].left == euros(c.left));
    CHECK(shop.on(number) == euros(c.left));
  }
}

TEST_CASE("V10: goods that a voucher paid come back onto it, where it is blocked, onto a new one") {
  for (const std::int64_t amount : {2'000, 4'999}) {
    VoucherShop shop;
    const std::string number = shop.sell(amount);
    const auto buy = [&] {
      shop.goods(amount);
      shop.voucher(number);
      return shop.last();
    };
    const auto give_back = [&](OrderId order) {
      const auto bought = find_order(shop.database(), order);
      shop.must(RefundOrder{.order = order,
                            .lines = all_of(*bought, true).lines,
                            .reason = "changed mind",
                            .to_voucher = euros(amount)});
    };
    give_back(buy());
    CHECK(shop.on(number) == euros(amount));
    const OrderId order = buy();
    shop.must(BlockVoucher{number, "lost"});
    give_back(order);
    CHECK(shop.on(number) == euros(0));
    const auto refunded = shop.now().refunded;
    REQUIRE(refunded);
    const std::string fresh = refunded->vouchers.at(0).number;
    CHECK(fresh != number);
    CHECK(shop.on(fresh) == euros(amount));
    CHECK(refunded->vouchers[0].is_new);
  }
}

TEST_CASE("V11: the rest is paid out where the owner allows it") {
  struct Case {
    std::int64_t voucher, cart, rest;
  };
  for (const Case& c : {Case{1'000, 977, 23}, Case{5'000, 4'850, 150}}) {
    VoucherShop shop;
    const std::string number = shop.sell(c.voucher);
    shop.goods(c.cart);
    shop.voucher(number);
    CHECK(shop.refused(PayOutVoucher{number, "rest"}).text == "Vouchers are not paid out here.");
    shop.must(ChangeSetting{"vouchers.payout", "on"});
    CHECK(find_effect<OpenDrawer>(shop.must(PayOutVoucher{number, "rest"})) != nullptr);
    CHECK(shop.on(number) == euros(0));
    CHECK(shop.sums().paid_out == euros(-c.rest));
    CHECK(shop.day().moved(CashMoveKind::voucher_payout) == euros(c.rest));
    CHECK(shop.day().expected(euros(0)) == euros(c.voucher - c.rest));
    shop.refused(PayOutVoucher{number, "again"});
  }
}

namespace {

Instant local(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
  return start_of_day(year, month, day, "Europe/Berlin") + std::chrono::hours(hour) +
         std::chrono::minutes(minute);
}

}  // namespace

TEST_CASE("V12: in Germany a voucher is good to the end of the third year after its sale") {
  struct Case {
    Instant sold, last, first_bad;
  };
  for (const Case& c :
       {Case{local(2023, 3, 14, 10), local(2026, 12, 31, 23, 59), local(2027, 1, 1)},
        Case{local(2024, 12, 31, 23, 59), local(2027, 12, 31, 23, 59), local(2028, 1, 1)}}) {
    VoucherShop shop;
    shop.at(c.sold);
    const std::string number = shop.sell(3'000);
    shop.at(c.last);
    shop.goods(1'000);
    shop.voucher(number);
    CHECK(shop.on(number) == euros(2'000));
    shop.at(c.first_bad);
    shop.goods(1'000);
    CHECK(shop.refused(TakeVoucher{number}).text == "This voucher has expired.");
    // Time is a defence, and no duty: the owner may take it all the same.
    shop.must(ChangeSetting{"vouchers.expired", "accept"});
    shop.voucher(number);
    CHECK(shop.on(number) == euros(1'000));
    const auto history = shop.told(number).history;
    CHECK(history.at(history.size() - 2).event == VoucherEvent::accepted_expired);
  }
}

TEST_CASE("V12: where the country has no such rule a voucher stays good") {
  VoucherShop shop;
  shop.must(ChangeSetting{"vouchers.expiry", "none"});
  const std::string number = shop.sell(3'000);
  CHECK(shop.told(number).expires == Instant{});
  shop.at(local(2056, 6, 1));
  shop.goods(3'000);
  shop.voucher(number);
  CHECK(shop.on(number) == euros(0));
}

TEST_CASE("V13: nothing brings a voucher below zero") {
  for (const std::int64_t amount : {1'000, 75}) {
    VoucherShop shop;
    const std::string number = shop.sell(amount);
    shop.goods(20'000);
    CHECK(shop.refused(TakeVoucher{number, euros(amount + 1)}).text ==
          "There is less on this voucher.");
    shop.refused(TakeVoucher{number, euros(-1)});
    shop.refused(SellVoucher{euros(-500)});
    shop.refused(SellVoucher{euros(0)});
    shop.refused(TopUpVoucher{number, euros(-500)});
    CHECK(shop.on(number) == euros(amount));
    // Nor does the store take it from whoever goes round the till.
    Database& store = shop.database();
    CHECK_FALSE(store.execute("UPDATE vouchers SET balance = balance - 1"));
    store.forget_error();
    CHECK_FALSE(
        store.execute("INSERT INTO voucher_entries (voucher, event, amount, at, actor, "
                      "approver, reason) SELECT row, 1, -balance - 1, 0, '', '', '' "
                      "FROM vouchers"));
    store.forget_error();
    CHECK_FALSE(store.execute("UPDATE voucher_entries SET amount = 0"));
    store.forget_error();
    CHECK_FALSE(store.execute("DELETE FROM voucher_entries"));
    store.forget_error();
    CHECK(shop.on(number) == euros(amount));
  }
}

TEST_CASE("R13: what a voucher has paid goes back onto it, and only the rest in cash") {
  struct Case {
    std::int64_t total, voucher, cash;
  };
  for (const Case& c : {Case{5'000, 3'000, 2'000}, Case{7'777, 1'111, 6'666}}) {
    VoucherShop shop;
    const std::string number = shop.sell(c.voucher);
    shop.goods(c.total);
    shop.voucher(number);
    shop.cash(c.cash);
    const OrderId order = shop.last();
    RefundOrder all{.order = order,
                    .lines = all_of(*find_order(shop.database(), order), true).lines,
                    .reason = "changed mind"};
    CHECK(shop.refused(all).text == "What was paid by voucher goes back onto the voucher.");
    all.to_voucher = euros(c.voucher);
    shop.must(all);
    CHECK(shop.on(number) == euros(c.voucher));
    const Receipt receipt = shop.receipt(order);
    CHECK(in_cash(receipt) == euros(-c.cash));
    CHECK(receipt.amount == euros(-c.total));
    CHECK(receipt.taxes.at(0).gross == euros(-c.total));
    CHECK(shop.day().expected(euros(0)) == euros(c.voucher));
    CHECK(shop.day().vouchers.refunded == euros(c.voucher));
    shop.refused(all);
    CHECK(std::holds_alternative<JournalSound>(verify_journal(shop.database())));
  }
}

TEST_CASE("R17: goods come back for store credit, and no money leaves") {
  for (const std::int64_t amount : {3'500, 1'990}) {
    VoucherShop shop;
    shop.goods(amount);
    shop.must(SetCustomer{{"Marlene Brandt", "", ""}});
    shop.cash(amount);
    const OrderId order = shop.last();
    const Effects effects =
        shop.must(RefundOrder{.order = order,
                              .lines = all_of(*find_order(shop.database(), order), true).lines,
                              .reason = "changed mind",
                              .tender = Tender::gift_card});
    CHECK(find_effect<OpenDrawer>(effects) == nullptr);
    CHECK(in_cash(shop.receipt(order)) == euros(0));
    CHECK(shop.sums().credit_issued == euros(amount));
    CHECK(shop.day().vouchers.credit == euros(amount));
    CHECK(shop.day().turnover() == euros(0));
    CHECK(shop.day().cash_refunds() == euros(0));
    const auto refunded = shop.now().refunded;
    REQUIRE(refunded->vouchers.size() == 1);
    const Voucher credit = shop.told(refunded->vouchers[0].number);
    CHECK(credit.kind == VoucherKind::store_credit);
    CHECK(credit.holder == "Marlene Brandt");
    CHECK(credit.balance == euros(amount));
    // It is spent as any voucher is.
    shop.goods(amount);
    shop.voucher(credit.number);
    CHECK(shop.on(credit.number) == euros(0));
  }
}

TEST_CASE("vouchers: one for goods of one rate is taxed when it is sold, and never again") {
  struct Case {
    std::int64_t voucher, tax, goods, rest, rest_tax;
  };
  for (const Case& c : {Case{6'000, 958, 7'500, 1'500, 239}, Case{1'190, 190, 2'380, 1'190, 190}}) {
    VoucherShop shop;
    const std::string number = shop.sell(c.voucher, "standard");
    const Receipt sold = shop.receipt(shop.last());
    CHECK(turnover(sold.order, sold.totals) == euros(c.voucher));
    CHECK(tax_at(sold, 1900) == euros(c.tax));
    shop.goods(500, "reduced");
    CHECK(shop.refused(TakeVoucher{number}).text ==
          "This voucher is for goods of another tax rate.");
    shop.goods(c.goods);
    shop.voucher(number);
    CHECK(shop.now().due == euros(c.rest + 500));
    shop.cash(c.rest + 500);
    const OrderId order = shop.last();
    const Receipt bought = shop.receipt(order);
    CHECK(tax_at(bought, 1900) == euros(c.rest_tax));
    CHECK(tax_at(bought, 700) == euros(33));
    const ShiftReport day = shop.day();
    CHECK(day.turnover() == euros(c.goods + 500));
    CHECK(day.vouchers.prepaid == euros(c.voucher));
    CHECK(day.rounding == euros(0));
    // Given back, the tax on what the voucher had paid stays paid.
    shop.must(RefundOrder{.order = order,
                          .lines = all_of(*find_order(shop.database(), order), true).lines,
                          .reason = "changed mind",
                          .to_voucher = euros(c.voucher)});
    CHECK(tax_at(shop.receipt(order), 1900) == euros(-c.rest_tax));
    CHECK(shop.on(number) == euros(c.voucher));
  }
}

TEST_CASE("vouchers: one is good once it is paid, in whatever parts") {
  VoucherShop shop;
  shop.must(SellVoucher{euros(5'000), "4711"});
  shop.cash(2'000);
  shop.must(LeavePartiallyPaid{});
  const OrderId order = shop.last();
  CHECK_FALSE(find_voucher(shop.database(), "4711"));
  shop.must(CollectPayment{order});
  shop.cash(3'000);
  CHECK(shop.on("4711") == euros(5'000));
  CHECK(shop.told("4711").history.size() == 1);
}

TEST_CASE("vouchers: one cannot be bought with another, nor with paper") {
  VoucherShop shop;
  const std::string number = shop.sell(5'000);
  shop.must(SellVoucher{euros(2'000)});
  CHECK(shop.refused(TakeVoucher{number}).text == "A voucher cannot be bought with a voucher.");
  CHECK(shop.refused(TakeOther{Tender::gift_card, euros(2'000), "paper 12"}).text ==
        "A voucher cannot be bought with a voucher.");
  shop.goods(1'500);
  shop.voucher(number);
  CHECK(shop.now().due == euros(2'000));
  CHECK(shop.on(number) == euros(5'000));
  shop.cash(2'000);
  CHECK(shop.on(number) == euros(3'500));
}

TEST_CASE("vouchers: one that was bought is given back unspent, or not at all") {
  VoucherShop shop;
  const std::string number = shop.sell(5'000);
  const OrderId sold = shop.last();
  RefundOrder back{.order = sold,
                   .lines = all_of(*find_order(shop.database(), sold), false).lines,
                   .reason = "changed mind"};
  RefundOrder money{.order = sold, .reason = "goodwill", .amount = euros(5'000)};
  CHECK(shop.refused(money).text == "What was paid for a voucher goes back with the voucher only.");
  shop.goods(1'000);
  shop.voucher(number);
  CHECK(shop.refused(back).text == "This voucher has been spent, so it cannot be given back.");
  const std::string other = shop.sell(2'000);
  back = {.order = shop.last(),
          .lines = all_of(*find_order(shop.database(), shop.last()), false).lines,
          .reason = "changed mind"};
  shop.must(back);
  CHECK(shop.on(other) == euros(0));
  CHECK(shop.sums().taken_back == euros(-2'000));
}

TEST_CASE("vouchers: what a tender took is on the voucher again when it is taken back") {
  VoucherShop shop;
  const std::string number = shop.sell(3'000);
  shop.goods(5'000);
  shop.voucher(number, 1'000);
  CHECK(shop.told(number).available() == euros(2'000));
  shop.must(UndoTender{shop.now().order.payments.at(0).id});
  CHECK(shop.told(number).available() == euros(3'000));
  CHECK(shop.now().due == euros(5'000));
  shop.voucher(number);
  CHECK(shop.now().due == euros(2'000));
}

TEST_CASE("vouchers: a top-up is paid for like a voucher") {
  VoucherShop shop;
  const std::string number = shop.sell(1'000);
  shop.must(TopUpVoucher{number, euros(2'500)});
  CHECK(shop.on(number) == euros(1'000));
  shop.cash(2'500);
  CHECK(shop.on(number) == euros(3'500));
  CHECK(shop.sums().topped_up == euros(2'500));
  CHECK(shop.told(number).value == euros(1'000));
}

TEST_CASE("vouchers: paper that no till knows is taken as the owner says") {
  VoucherShop shop;
  shop.goods(2'000);
  CHECK(shop.refused(TakeOther{Tender::gift_card, euros(500), ""}).text ==
        "Please give the number of the voucher.");
  shop.must(TakeOther{Tender::gift_card, euros(500), "paper 12"});
  shop.must(ChangeSetting{"vouchers.unknown", "refuse"});
  CHECK(shop.refused(TakeOther{Tender::gift_card, euros(500), "paper 13"}).text ==
        "This voucher is not known here.");
  CHECK(shop.refused(TakeVoucher{"paper 13"}).text == "This voucher is not known here.");
}

TEST_CASE("vouchers: with cashiers it takes a manager to block, pay out or take unknown ones") {
  VoucherShop shop;
  const std::string number = shop.sell(3'000);
  shop.must(ChangeSetting{"vouchers.payout", "on"});
  shop.must(ChangeSetting{"vouchers.expired", "approval"});
  shop.must(AddCashier{"Lena", Role::manager, "2468", "de"});
  shop.must(SignIn{shop.now().staff.at(0).row, "2468"});
  shop.must(AddCashier{"Tom", Role::cashier, "1357", "de"});
  shop.must(SignOut{});
  for (const Cashier& one : shop.now().staff) {
    if (one.name == "Tom") shop.must(SignIn{one.row, "1357"});
  }
  CHECK(shop.refused(BlockVoucher{number, "lost"}).kind == RefusalKind::needs_approval);
  CHECK(shop.refused(PayOutVoucher{number, "rest"}).kind == RefusalKind::needs_approval);
  shop.goods(1'000);
  const TakeOther paper{Tender::gift_card, euros(500), "paper 12"};
  CHECK(shop.refused(paper).kind == RefusalKind::needs_approval);
  shop.must(paper, "2468");
  shop.at(local(2031, 1, 1));
  CHECK(shop.refused(TakeVoucher{number}).kind == RefusalKind::needs_approval);
  shop.must(TakeVoucher{number}, "2468");
  shop.must(BlockVoucher{number, "lost"}, "2468");
  const auto history = shop.told(number).history;
  CHECK(history.back().event == VoucherEvent::blocked);
  CHECK(history.back().actor == "Tom");
  CHECK(history.back().approver == "Lena");
  CHECK(history.back().reason == "lost");
}

TEST_CASE("vouchers: a scan pays, or shows what is on it, and never sells an article") {
  VoucherShop shop;
  const std::string number = shop.sell(3'000);
  // Whatever a shop calls its articles.
  shop.add_product("Falle", 100, "standard", number);
  const Effects shown = shop.must(Scan{shown_voucher_number(number)});
  REQUIRE(find_effect<ShowVoucher>(shown) != nullptr);
  CHECK(shop.now().order.lines.empty());
  shop.goods(5'000);
  shop.scan(number);
  CHECK(shop.now().due == euros(2'000));
  VoucherPicks picks{};
  CHECK(shop.refused(Scan{voucher_number(picks)}).text == "This voucher is not known here.");
  CHECK(shop.now().order.lines.size() == 1);
}

TEST_CASE("vouchers: an article that is a gift card sells vouchers, each with a number") {
  VoucherShop shop;
  Variant card;
  card.product_title = "Gutschein 25 €";
  card.sku = "GU-102";
  card.barcodes = {"2000000002590"};
  card.price = euros(2'500);
  card.tax_code = "zero";
  card.gift_card = true;
  Transaction transaction(shop.database());
  put_product(shop.database(), {"gutschein", "Gutschein", {card}}, "test");
  REQUIRE(transaction.commit());
  shop.scan("2000000002590");
  shop.scan("2000000002590");
  REQUIRE(shop.now().order.lines.size() == 2);
  CHECK(shop.now().order.lines[0].voucher != shop.now().order.lines[1].voucher);
  const Effects effects = shop.must(TakeCash{euros(5'000)});
  const auto sold = shop.now().done->vouchers;
  REQUIRE(sold.size() == 2);
  CHECK(shop.on(sold[1].number) == euros(2'500));
  // The receipt, and the slips of the vouchers as a job of its own.
  int slips = 0;
  for (const Effect& effect : effects) {
    const auto* slip = std::get_if<PrintSlip>(&effect);
    slips += slip && slip->form == SlipForm::voucher && slip->receipt.vouchers.size() == 2;
  }
  CHECK(slips == 1);
  const Effects again = shop.must(PrintAgain{shop.last(), SlipForm::voucher});
  CHECK(find_effect<PrintSlip>(again)->form == SlipForm::voucher_copy);
}
