// Random days: whatever is sold, given back, exchanged, corrected and counted, in any order,
// money and goods are where they were put. The account is kept by hand beside the till: what
// lies in the drawer, what each tender brought, what is on each voucher and on each shelf.
// RANDOM_DAYS=10000 plays so many, RANDOM_DAYS_FROM=N begins with the day of that seed.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>

#include "core/catalogue/barcode.h"
#include "core/orders/account.h"
#include "core/orders/exchange.h"
#include "core/orders/pricing.h"
#include "core/reports/report.h"
#include "core/store/catalogue_store.h"
#include "core/store/report_store.h"
#include "core/store/voucher_store.h"
#include "tests/scenarios/shop_day.h"

namespace random_days_tests {

using namespace core;
using namespace tests;

namespace {

constexpr const char* water = "4000001000501";
constexpr const char* bottle = "4000001000502";

// To the nearest coin, half a coin up; what goes back as what came in.
std::int64_t in_coins(std::int64_t amount, std::int64_t step) {
  if (step <= 1) return amount;
  const std::int64_t whole = (std::abs(amount) + step / 2) / step * step;
  return amount < 0 ? -whole : whole;
}

class RandomDay {
 public:
  explicit RandomDay(unsigned seed)
      : dice_(seed), step_(pick<std::int64_t>({0, 0, 0, 5, 10})), shop_(eur, step_) {
    set_up();
  }

  void live(int steps) {
    while (--steps > 0) {
      act();
      check_drawer();
      check_vouchers();
    }
    finish();
    check_all();
  }

 private:
  // --- dice ---
  int up_to(int most) { return std::uniform_int_distribution<int>(0, most)(dice_); }
  bool one_in(int many) { return up_to(many - 1) == 0; }
  std::int64_t cents(std::int64_t most) { return 1 + up_to(static_cast<int>(most) - 1); }
  template <class T>
  T pick(std::initializer_list<T> of) {
    return of.begin()[up_to(static_cast<int>(of.size()) - 1)];
  }
  template <class T>
  const T& any_of(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(up_to(static_cast<int>(all.size()) - 1))];
  }
  const char* code() {
    return country_ == "AT" ? pick({"standard", "reduced", "food", "reduced_13"})
                            : pick({"standard", "reduced", "zero"});
  }

  // --- the till ---
  TillDriver& till() { return shop_.till; }
  Snapshot now() { return shop_.till.now(); }
  std::int64_t due() { return now().due.minor; }
  bool has_cart() {
    const Order order = now().order;
    return now().collecting || !is_empty(order);
  }
  bool does(const Command& command) {
    const auto handled = till().till().handle(command);
    if (!handled) refused_ = handled.error().text;
    return handled.has_value();
  }

  void set_up() {
    country_ = pick({"", "", "DE", "AT"});
    const auto set = [&](const char* key, const std::string& value) {
      till().must(ChangeSetting{key, value});
    };
    if (country_ == "DE") set("fiscal.device", "software");
    if (!country_.empty()) set("shop.country", country_);
    set("till.receipts", "never");
    set("deposits.slip", "29 SSSSS PPPPP C");
    set("vouchers.payout", "on");
    set("shift.difference_limit", "100000000");
    set("returns.limit", "100000");
    set("returns.cash_limit", std::to_string(up_to(3000)));
    set("receipts.partly_paid", pick({"goods_stay", "goods_along"}));
    set("receipts.tips", pick({"staff", "house"}));
    if (one_in(6)) set("tax.mode", "added");
    till().add_product("Water", 89, "standard", water);
    till().add_product("Bottle deposit", 25, "standard", bottle);
    till().must(SetDeposit{row_of(water), row_of(bottle)});
    for (const char* article : {brezel, krimi, riesling, cheese, water}) {
      const std::int64_t row = row_of(article);
      till().must(CountStock{row, pieces(1000), "first count"});
      shelf_[row] = 1'000'000;
    }
  }
  std::int64_t row_of(const char* article) {
    return find_by_barcode(till().database(), article)->id.row;
  }

  // --- one thing happens ---
  void act() {
    till().clock.advance(std::chrono::minutes(up_to(40)));
    if (one_in(25)) till().reopen();
    if (has_cart()) {
      settle();
      return;
    }
    switch (up_to(19)) {
      case 0:
        return move_cash();
      case 1:
        return refund();
      case 2:
        return refund();
      case 3:
        return correct();
      case 4:
        return collect();
      case 5:
        return recall();
      case 6:
        return pay_out_voucher();
      case 7:
        return one_in(2) ? interim() : practise();
      case 8:
        return one_in(3) ? close() : open();
      case 9:
        return move_stock();
      default:
        return sell();
    }
  }

  void open() {
    if (now().shift) return;
    const std::int64_t opening = one_in(2) ? drawer_ : up_to(30000);
    till().must(OpenShift{euros(opening)});
    drawer_ = opening;
  }
  // A sale opens the shift by itself, with what was kept.
  void move_cash() {
    const CashMoveKind kind =
        pick({CashMoveKind::paid_in, CashMoveKind::paid_out, CashMoveKind::safe_drop,
              CashMoveKind::bank, CashMoveKind::wages, CashMoveKind::expense,
              CashMoveKind::owner_in, CashMoveKind::owner_out, CashMoveKind::tip_payout});
    const std::int64_t amount = cents(5000);
    if (does(MoveCash{kind, euros(amount), "reason"})) {
      drawer_ += comes_in(kind) ? amount : -amount;
    }
  }
  void move_stock() {
    const std::int64_t row = row_of(pick({brezel, krimi, water}));
    const std::int64_t delta = 1 + up_to(20);
    till().must(MoveStock{row, pieces(delta), "delivered"});
    shelf_[row] += delta * 1000;
  }
  void interim() { does(PrintInterimReport{}); }
  void practise() {
    if (!does(StartTraining{})) return;
    till().must(AddOpenItem{"Learnt", euros(cents(900)), code()});
    till().scan(brezel);
    till().must(TakeCash{euros(100'000)});
    if (one_in(2)) {
      RefundOrder back{now().done->order, {}, "learnt", Tender::cash, {}, euros(1)};
      does(back);
    }
    till().must(EndTraining{});
  }

  void close() {
    if (!now().shift) return;
    const ShiftDocument x = shop_.x();
    check_tenders(x.report);
    const std::int64_t counted = one_in(2) ? std::max<std::int64_t>(0, drawer_) : up_to(50000);
    till().must(CountDrawer{euros(counted)});
    if (one_in(3)) till().reopen();
    const std::int64_t dropped = up_to(static_cast<int>(counted));
    if (!does(CloseShift{euros(dropped), "counted twice"})) return;
    const ShiftDocument z = shop_.z();
    CHECK(z.report.expected(z.shift.opening).minor == drawer_);
    check_tenders(z.report);
    CHECK(z.shift.z_number == ++closings_);
    turnover_ += z.report.turnover().minor;
    drawer_ = counted - dropped;
    CHECK(z.shift.left().minor == drawer_);
    tenders_.clear();
    sold_now_.clear();
  }

  // --- a sale ---
  void sell() {
    for (int lines = 1 + up_to(3); lines > 0; --lines) add_line();
    if (one_in(4)) bring_back();
    if (one_in(5) && has_cart()) {
      const Discount off = one_in(2) ? Discount{DiscountKind::percent, cents(3000), "Regular"}
                                     : Discount{DiscountKind::amount, cents(400), "Regular"};
      does(DiscountOrder{off});
    }
    if (one_in(8) && !now().order.lines.empty()) {
      does(VoidLine{any_of(now().order.lines).id, "keyed by mistake"});
    }
    if (has_cart()) settle();
  }
  void add_line() {
    switch (up_to(9)) {
      case 0:
        return sell_voucher();
      case 1:
      case 2:
        till().must(AddOpenItem{"Open item", euros(cents(9000)), code()});
        break;
      case 3:
        till().must(AddVariant{row_of(cheese), {cents(3000)}});
        break;
      default:
        till().scan(pick({brezel, krimi, riesling, water}));
    }
    const LineId line = now().last_line;
    if (one_in(4)) does(ChangeQuantity{line, pieces(1 + up_to(4))});
    if (one_in(5)) does(DiscountLine{line, Discount{DiscountKind::percent, cents(10'000), "Flaw"}});
    if (one_in(8)) does(OverridePrice{line, euros(cents(2000)), "dented"});
  }
  void sell_voucher() {
    const std::int64_t amount = cents(8000);
    const bool tops_up = one_in(4) && !vouchers_.empty();
    const Command sale = tops_up ? Command{TopUpVoucher{any_number(), euros(amount)}}
                                 : Command{SellVoucher{euros(amount), "", one_in(3) ? code() : ""}};
    if (does(sale)) worth_[now().last_line] = amount;
  }
  std::string any_number() { return any_of(numbers_); }
  void put_on(const std::string& number, std::int64_t amount) {
    if (vouchers_.count(number) == 0) numbers_.push_back(number);
    vouchers_[number] += amount;
  }

  void bring_back() {
    switch (up_to(4)) {
      case 0:
        does(TakeEmpties{row_of(pick({water, bottle})), pieces(1 + up_to(5))});
        return;
      case 1: {
        const std::string digits = fmt::format("29{:05}{:05}", ++slips_, cents(900));
        does(Scan{digits + check_digit(digits).value_or('?')});
        return;
      }
      case 2: {
        TakeBackUnproven back;
        if (one_in(2)) {
          back.title = "Old ware";
          back.tax_code = code();
          back.price = euros(cents(2500));
        } else {
          back.variant = row_of(pick({brezel, krimi, riesling}));
        }
        back.reason = "no receipt";
        back.shelf = pick({Shelf::restock, Shelf::damaged, Shelf::nowhere});
        if (!back.title.empty()) back.variant = 0;
        if (does(back)) till().must(SetCustomer{{"Jo Lang", "", "en"}});
        return;
      }
      default:
        take_back();
    }
  }
  void take_back() {
    if (orders_.empty()) return;
    const Order order = load(any_of(orders_));
    TakeBack back{order.id, {}, "too small"};
    for (const LineItem& line : order.lines) {
      if (!one_in(2)) continue;
      const Quantity most = refundable_quantity(order, line);
      const bool is_whole = one_in(2) || line.unit == Unit::kilogram;
      back.lines.push_back({line.id, is_whole ? most : pieces(1),
                            pick({Shelf::restock, Shelf::damaged, Shelf::nowhere})});
    }
    does(back);
  }

  // --- paying ---
  void settle() {
    if (one_in(15) && drop()) return;
    if (one_in(15) && does(ParkOrder{})) return;
    for (int tries = 0; has_cart(); ++tries) {
      const Order before = now().order;
      const std::int64_t open = due();
      const bool last_try = tries > 6;
      if (open > 0) {
        last_try ? cash(in_coins(open, step_), false) : pay(open);
      } else if (takes_back(before)) {
        give_back(open, last_try);
      } else {
        till().must(TakeCash{euros(0)});
      }
      if (!has_cart()) placed(before);
      // What a parked cart took back may have come back elsewhere meanwhile: it is given up.
      if (has_cart() && last_try && refused_.ends_with("meanwhile.") && drop()) return;
      REQUIRE_MESSAGE(tries < 12, refused_);
      if (has_cart() && !last_try && one_in(6)) undo();
      if (has_cart() && !last_try && one_in(8) && leave()) return;
    }
  }
  void pay(std::int64_t open) {
    switch (up_to(7)) {
      case 0:
        return cash(cents(open), false);
      case 1:
        return card(cents(open));
      case 2:
        return card(open);
      case 3: {
        const std::int64_t part = one_in(2) ? open : cents(open);
        if (does(TakeOther{Tender::other, euros(part), "Transfer"})) tenders_["other"] += part;
        return;
      }
      case 4:
      case 5:
        return redeem(open);
      default:
        return cash(open + up_to(5000), one_in(4));
    }
  }
  // Whether it is enough is the till's to say, and the drawer's to bear.
  void cash(std::int64_t given, bool with_tip) {
    const std::int64_t owed = in_coins(due(), step_);
    const std::int64_t tip = with_tip && given > owed ? cents(given - owed) : 0;
    if (!does(TakeCash{euros(given), euros(tip)})) return;
    const std::int64_t kept = std::min(given, owed) + tip;
    drawer_ += kept;
    tenders_["cash"] += kept;
    if (!has_cart() && given >= owed) CHECK(now().done->change.minor == given - kept);
  }
  void card(std::int64_t amount) {
    const std::int64_t tip = one_in(6) ? cents(amount) : 0;
    const auto handled = till().till().handle(StartCard{euros(amount), euros(tip)});
    if (!handled) return;
    const auto* asked = find_effect<AuthorizeCard>(*handled);
    REQUIRE(asked);
    const AttemptId id = asked->attempt.id;
    switch (up_to(5)) {
      case 0:
        till().must(CardAnswered{id, {CardPhase::declined, {}, "no funds", ""}});
        till().must(DismissCard{id});
        return;
      case 1:
        till().must(CardAnswered{id, {CardPhase::unknown, {}, "silent", ""}});
        if (one_in(2)) {
          till().must(ResolveCard{id, CardVerdict::not_paid, "looked at the slip"});
          return;
        }
        till().must(ResolveCard{id, CardVerdict::paid, "looked at the slip"});
        break;
      default:
        till().must(CardAnswered{id, approved(amount + tip)});
    }
    tenders_["card"] += amount + tip;
  }
  CardResult approved(std::int64_t amount) {
    CardResult result;
    result.phase = CardPhase::approved;
    result.amount = euros(amount);
    result.reference = "Visa •••• 4242";
    return result;
  }
  void redeem(std::int64_t open) {
    if (vouchers_.empty()) return;
    const std::string number = any_number();
    const std::int64_t wanted = std::min(vouchers_[number], one_in(2) ? open : cents(open));
    const bool takes_all = one_in(2);
    if (wanted <= 0) return;
    const std::size_t known = now().order.payments.size();
    const std::int64_t before = due();
    if (!does(TakeVoucher{number, euros(takes_all ? 0 : wanted)})) return;
    const std::int64_t taken = has_cart() ? before - due() : before;
    if (!takes_all) CHECK(taken == wanted);
    vouchers_[number] -= taken;
    if (has_cart()) held_[now().order.payments.at(known).id] = number;
  }
  void undo() {
    const Order order = now().order;
    for (const Payment& payment : order.payments) {
      if (payment.version <= order.version || !stands(order, payment) ||
          payment.kind != TransactionKind::sale) {
        continue;
      }
      if (!does(UndoTender{payment.id})) continue;
      taken_back(payment);
      return;
    }
  }
  void taken_back(const Payment& payment) {
    const std::int64_t amount = payment.amount.minor + payment.tip.minor;
    if (payment.tender == Tender::gift_card) {
      vouchers_[held_.at(payment.id)] += amount;
      return;
    }
    tenders_[std::string(word(payment.tender))] -= amount;
    if (payment.tender == Tender::cash) drawer_ -= amount;
  }
  bool leave() {
    const Order before = now().order;
    const Command left =
        one_in(3) ? Command{LeavePartiallyPaid{}} : Command{LeavePartiallyPaid{one_in(2)}};
    if (!does(left)) return false;
    placed(before);
    return true;
  }
  // The cart is given up, and what vouchers had paid is on them again.
  bool drop() {
    const Order before = now().order;
    if (now().collecting) return does(StopCollecting{});
    if (!does(VoidOrder{"changed their mind"})) return false;
    for (const Payment& payment : before.payments) {
      if (stands(before, payment)) taken_back(payment);
    }
    return true;
  }

  void give_back(std::int64_t open, bool last_try) {
    const std::int64_t owed = -open;
    const Tender by =
        last_try
            ? Tender::gift_card
            : pick({Tender::cash, Tender::cash, Tender::gift_card, Tender::card, Tender::other});
    const bool is_part = owed > 1 && one_in(4) && by != Tender::gift_card;
    const std::int64_t part =
        is_part ? in_coins(cents(owed - 1), by == Tender::cash ? step_ : 1) : 0;
    const auto handled = till().till().handle(GiveBack{by, euros(part), {}, "Transfer"});
    if (!handled) refused_ = handled.error().text;
    if (!handled) return;
    if (const auto* asked = find_effect<AuthorizeCard>(*handled)) {
      const std::int64_t amount = asked->attempt.amount.minor;
      CHECK(amount == (part > 0 ? part : owed));
      till().must(CardAnswered{asked->attempt.id, approved(amount)});
      tenders_["card"] -= amount;
      return;
    }
    const std::int64_t out = part > 0 ? part : (by == Tender::cash ? in_coins(owed, step_) : owed);
    tenders_[std::string(word(by))] -= out;
    if (by == Tender::cash) drawer_ -= out;
    if (by != Tender::gift_card || out == 0) return;
    std::int64_t filled = 0;
    const DoneSale done = now().done.value();
    for (const ReceiptVoucher& voucher : done.vouchers) {
      if (voucher.payment.is_nil() || voucher.amount.minor <= 0) continue;
      put_on(voucher.number, voucher.amount.minor);
      filled += voucher.amount.minor;
    }
    CHECK(filled == out);
  }

  // What was in hand is an order now, or is one still.
  void placed(const Order& before) {
    const OrderId id = now().done->order;
    const Order order = load(id);
    if (before.version == 0) {
      for (const LineItem& line : order.lines) {
        if (shelf_.count(line.variant) > 0) shelf_[line.variant] -= line.quantity.thousandths;
      }
      orders_.push_back(id);
    }
    // What a parked cart held on a voucher is of the shift that it is paid in.
    for (const Payment& payment : order.payments) {
      const bool is_new = payment.version == order.version && stands(order, payment);
      if (!is_new || payment.tender != Tender::gift_card) continue;
      if (payment.kind == TransactionKind::sale) tenders_["gift_card"] += payment.amount.minor;
    }
    for (const ReturnLine& line : order.returns) {
      if (line.shelf == Shelf::restock && shelf_.count(line.variant) > 0) {
        shelf_[line.variant] += line.quantity.thousandths;
      }
    }
    if (owed(order).minor > 0) {
      open_.push_back(id);
    } else {
      for (const LineItem& line : order.lines) {
        if (sells_voucher(line) && filled_.insert({line.id, true}).second) {
          put_on(line.voucher, worth_.at(line.id));
        }
      }
    }
    sold_now_.push_back(id);
  }

  // --- afterwards ---
  void collect() {
    if (open_.empty()) return;
    const OrderId id = open_.back();
    open_.pop_back();
    if (!does(CollectPayment{id})) return;
    open_.push_back(id);  // unless it is paid now
    settle();
    if (!has_cart() && owed(load(id)).minor <= 0) std::erase(open_, id);
  }
  void recall() {
    const auto parked = now().parked;
    if (!parked.empty()) does(RecallOrder{any_of(parked).id});
  }
  void refund() {
    if (orders_.empty()) return;
    const Order order = load(any_of(orders_));
    RefundOrder wish{order.id, {}, "brought back"};
    wish.tender =
        pick({Tender::cash, Tender::cash, Tender::other, Tender::card, Tender::gift_card});
    if (one_in(3)) {
      wish.lines = all_of(order, one_in(2)).lines;
    } else if (one_in(3) || order.lines.empty()) {
      wish.amount = euros(cents(500));
    } else {
      const LineItem& line = any_of(order.lines);
      const bool restock = one_in(2);
      wish.lines = {{line.id,
                     line.unit == Unit::kilogram ? refundable_quantity(order, line) : pieces(1),
                     {0, eur},
                     restock,
                     !restock && one_in(2)}};
    }
    if (one_in(4)) wish.to_voucher = std::min(voucher_part(order), euros(cents(2000)));
    const auto handled = till().till().handle(wish);
    if (!handled) return;
    if (const auto* asked = find_effect<AuthorizeCard>(*handled)) {
      till().must(CardAnswered{asked->attempt.id, approved(asked->attempt.amount.minor)});
    }
    refunded(order, load(order.id));
  }
  void refunded(const Order& before, const Order& after) {
    REQUIRE(after.refunds.size() == before.refunds.size() + 1);
    const Refund& refund = after.refunds.back();
    std::int64_t sum = 0, onto_vouchers = 0;
    for (std::size_t i = before.payments.size(); i < after.payments.size(); ++i) {
      const Payment& payment = after.payments[i];
      sum += payment.amount.minor;
      tenders_[std::string(word(payment.tender))] -= payment.amount.minor;
      if (payment.tender == Tender::cash) drawer_ -= payment.amount.minor;
      if (payment.tender == Tender::gift_card) onto_vouchers += payment.amount.minor;
      if (payment.tender == Tender::cash && step_ > 1) CHECK(payment.amount.minor % step_ == 0);
    }
    CHECK(sum == refund.amount.minor);
    CHECK(refundable_sum(after).minor >= 0);
    for (const RefundedLine& line : refund.lines) {
      const auto sold = std::ranges::find(after.lines, line.line, &LineItem::id);
      REQUIRE(sold != after.lines.end());
      if (line.restock && shelf_.count(sold->variant) > 0) {
        shelf_[sold->variant] += line.quantity.thousandths;
      }
    }
    const DoneRefund told = now().refunded.value();
    for (const ReceiptVoucher& voucher : told.vouchers) {
      put_on(voucher.number, voucher.amount.minor);
      if (!voucher.payment.is_nil()) onto_vouchers -= voucher.amount.minor;
    }
    CHECK(onto_vouchers == 0);
  }
  void correct() {
    if (sold_now_.empty()) return;
    const Order order = load(any_of(sold_now_));
    CorrectTender wish{
        order.id, {}, pick({Tender::cash, Tender::card, Tender::other}), "", "mistaken"};
    if (wish.tender == Tender::other) wish.label = "Transfer";
    if (!order.payments.empty() && one_in(2)) wish.payment = any_of(order.payments).id;
    if (!does(wish)) return;
    const Order after = load(order.id);
    REQUIRE(after.payments.size() == order.payments.size() + 2);
    for (std::size_t i = order.payments.size(); i < after.payments.size(); ++i) {
      const Payment& payment = after.payments[i];
      const bool is_back = payment.kind == TransactionKind::void_;
      const std::int64_t amount = payment.amount.minor + payment.tip.minor;
      tenders_[std::string(word(payment.tender))] += is_back ? -amount : amount;
      if (payment.tender == Tender::cash) drawer_ += is_back ? -amount : amount;
    }
  }
  void pay_out_voucher() {
    if (vouchers_.empty()) return;
    const std::string number = any_number();
    if (one_in(3)) {
      if (does(BlockVoucher{number, "lost"}) && one_in(2)) does(UnblockVoucher{number, "found"});
      return;
    }
    if (!does(PayOutVoucher{number, "small rest"})) return;
    drawer_ -= vouchers_[number];
    vouchers_[number] = 0;
  }

  // All that is open is paid, all that is parked given up, and the day closed.
  void finish() {
    if (has_cart() && !drop()) finish_cart();
    while (!open_.empty()) {
      const OrderId id = open_.back();
      open_.pop_back();
      if (does(CollectPayment{id})) finish_cart();
    }
    for (const ParkedOrder& parked : now().parked) {
      till().must(RecallOrder{parked.id});
      if (!drop()) finish_cart();
    }
    while (now().shift) close();
  }
  void finish_cart() {
    for (int tries = 0; has_cart(); ++tries) {
      REQUIRE_MESSAGE(tries < 12, refused_);
      const Order before = now().order;
      if (due() > 0) {
        cash(in_coins(due(), step_) + 50, false);
      } else if (takes_back(before)) {
        give_back(due(), true);
      } else {
        till().must(TakeCash{euros(0)});
      }
      if (!has_cart()) placed(before);
    }
  }

  // --- what must be true ---
  void check_drawer() {
    if (!now().shift) return;
    if (has_cart()) return;  // what was taken for it is in the drawer and on no receipt
    const ShiftDocument x = shop_.x();
    CHECK(x.report.expected(x.shift.opening).minor == drawer_);
  }
  void check_tenders(const ShiftReport& report) {
    std::map<std::string, std::int64_t> told;
    for (const TenderSum& sum : report.tenders) {
      told[std::string(word(sum.tender))] += sum.net().minor;
    }
    for (const char* tender : {"cash", "card", "other", "gift_card"}) {
      CAPTURE(tender);
      CHECK(told[tender] == tenders_[tender]);
    }
  }
  void check_vouchers() {
    for (const auto& [number, left] : vouchers_) {
      const auto voucher = find_voucher(till().database(), number);
      REQUIRE(voucher);
      CHECK(voucher->available().minor == left);
      CHECK(left >= 0);
    }
  }
  void check_all() {
    check_vouchers();
    std::int64_t owed_for = 0;
    for (const auto& [number, left] : vouchers_) owed_for += left;
    CHECK(voucher_liability(till().database(), eur).minor == owed_for);
    for (const auto& [row, left] : shelf_) {
      const auto variant = find_variant(till().database(), {row});
      REQUIRE(variant);
      CAPTURE(variant->product_title);
      CHECK(variant->stock.value_or(Quantity{0}).thousandths == left);
    }
    shop_.check_books();
    check_receipts();
    check_report();
  }
  // Its business cases sum to what was tendered: where redeeming a voucher is a line, by
  // everything else.
  void check_cases(const Receipt& receipt) {
    if (!has_order(receipt.kind) || receipt.kind == ReceiptKind::correction) return;
    CAPTURE(receipt.code);
    std::int64_t tenders = 0;
    for (const Payment& payment : receipt.payments) {
      const bool is_voucher = payment.tender == Tender::gift_card;
      if (is_voucher && is_line(receipt, payment)) continue;
      const bool is_out =
          receipt.kind == ReceiptKind::refund || payment.kind == TransactionKind::payout;
      tenders += (payment.amount.minor + payment.tip.minor) * (is_out ? -1 : 1);
    }
    CHECK(tendered(receipt).minor == tenders);
    CHECK(gross_of(business_case_lines(receipt), eur).minor == tenders);
  }
  bool is_line(const Receipt& receipt, const Payment& payment) {
    if (country_ != "AT") return true;
    const auto voucher = std::ranges::find(receipt.vouchers, payment.id, &ReceiptVoucher::payment);
    const bool is_taxed = voucher != receipt.vouchers.end() && !voucher->tax_code.empty();
    const bool is_credit = payment.kind != TransactionKind::sale && payment.original.is_nil();
    return is_taxed || is_credit;
  }
  // Gapless, and each order's receipts sum to what it cost.
  void check_receipts() {
    std::map<OrderId, std::int64_t> taxed;
    std::int64_t row = 1;
    for (; const auto receipt = load_receipt(till().database(), row); ++row) {
      CHECK(receipt->number == row);
      if (receipt->kind == ReceiptKind::training || receipt->kind == ReceiptKind::aborted) continue;
      std::int64_t gross = taxed_before(*receipt).minor;
      for (const TaxLine& line : receipt->taxes) {
        gross += line.gross.minor;
        CHECK(line.net + line.tax == line.gross);
      }
      if (has_order(receipt->kind)) taxed[receipt->order.id] += gross;
      check_cases(*receipt);
    }
    CHECK(row - 1 == static_cast<std::int64_t>(receipt_rows(till().database(), 0, 100'000).size()));
    for (const OrderId id : orders_) {
      const Order order = load(id);
      const Money let_off = std::min(euros(0), open_rounding(order));
      CHECK(refunded_sum(order) <= received_sum(order) - let_off);
      for (const LineItem& line : order.lines) {
        CHECK(returned_quantity(order, line) <= line.quantity);
      }
      if (!order.refunds.empty() || takes_back(order)) continue;
      CAPTURE(order.number);
      CHECK(taxed[id] == price(order).total.minor - order.cash_rounding.minor);
    }
  }
  void check_report() {
    const DayRule rule = day_rule(now().settings);
    const Day last = day_of(till().clock.now(), rule);
    const Report report =
        report_page(till().database(),
                    report_ask(days_of(last - std::chrono::days(3650), last + std::chrono::days(2)),
                               rule, eur, till().clock.now()))
            .report;
    CHECK(report.turnover().minor == turnover_);
    const ReportRow total = report.all(ReportPart::total);
    CHECK(report.all(ReportPart::tender).sum() ==
          total.sum() + report.all(ReportPart::rounding).sum() +
              report.all(ReportPart::voucher).sum() + report.all(ReportPart::receivable).sum() +
              report.all(ReportPart::tip).sum());
    for (const ReportPart part : {ReportPart::hour, ReportPart::day, ReportPart::tax,
                                  ReportPart::category, ReportPart::article, ReportPart::cashier}) {
      CAPTURE(word(part));
      CHECK(report.all(part).sum() == total.sum());
    }
  }
  Order load(OrderId id) { return find_order(till().database(), id).value(); }

  std::mt19937 dice_;
  std::int64_t step_;
  std::string country_;
  ShopDay shop_;

  // The account that is kept by hand, in cents and thousandths.
  std::int64_t drawer_ = 0, turnover_ = 0, closings_ = 0;
  std::map<std::string, std::int64_t> tenders_;   // of the shift, net
  std::map<std::string, std::int64_t> vouchers_;  // what can be spent, by number
  std::vector<std::string> numbers_;              // of them, in the order of their making
  std::map<std::int64_t, std::int64_t> shelf_;    // by variant
  std::map<TransactionId, std::string> held_;     // payments of open carts by voucher
  std::map<LineId, std::int64_t> worth_;          // of lines that sell vouchers
  std::map<LineId, bool> filled_;
  std::vector<OrderId> orders_, open_, sold_now_;
  int slips_ = 0;
  std::string refused_;  // why the till did not do what it was told last
};

int from_environment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text ? std::atoi(text) : otherwise;
}

}  // namespace

TEST_CASE("random days: Z reports, receipts, drawer, vouchers and stock conserve money and goods") {
  const int days = from_environment("RANDOM_DAYS", 30);
  const int first = from_environment("RANDOM_DAYS_FROM", 1);
  for (int seed = first; seed < first + days; ++seed) {
    CAPTURE(seed);
    RandomDay day(static_cast<unsigned>(seed));
    day.live(60);
  }
}

}  // namespace random_days_tests
