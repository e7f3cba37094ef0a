// Random shops: whatever was sold, paid in parts, given back and voided, by whichever clock,
// a report is what its receipts say, counted again one by one.
#include <doctest/doctest.h>

#include <map>
#include <random>

#include "core/orders/pricing.h"
#include "core/store/receipt_store.h"
#include "tests/support/report_shop.h"

namespace random_shop_tests {

using namespace core;
using namespace tests;

namespace {

constexpr int shops = 12, steps = 90;

class RandomShop {
 public:
  enum class Kind { any, keeps_all };  // keeps_all: prices with tax, and nothing comes back
  explicit RandomShop(unsigned seed, Kind kind = Kind::any)
      : dice_(seed), kind_(kind), shop_("EUR", pick({"0", "0", "5", "10"})) {
    TillDriver& till = shop_.till;
    till.must(ChangeSetting{"reports.day_start", std::to_string(up_to(12))});
    if (kind == Kind::any && up_to(3) == 0) till.must(ChangeSetting{"tax.mode", "added"});
  }

  void live() {
    for (int i = 0; i < steps; ++i) {
      pass_time();
      switch (up_to(9)) {
        case 0:
        case 1:
          collect();
          break;
        case 2:
        case 3:
          give_back();
          break;
        case 4:
          void_something();
          break;
        case 5:
          put_right();
          break;
        default:
          sell();
      }
      if (up_to(5) == 0) shop_.till.till().rest();
    }
    while (!open_.empty()) collect();
  }

  ReportShop& shop() { return shop_; }
  const std::vector<OrderId>& sold() const { return sold_; }

 private:
  template <class T>
  T pick(std::initializer_list<T> of) {
    return of.begin()[up_to(static_cast<int>(of.size()) - 1)];
  }
  const char* pick(std::initializer_list<const char*> of) {
    return of.begin()[up_to(static_cast<int>(of.size()) - 1)];
  }
  int up_to(int most) { return std::uniform_int_distribution<int>(0, most)(dice_); }

  // Mostly on, hours at a time; now and then the clock is set back.
  void pass_time() {
    shop_.till.clock.advance(std::chrono::minutes(up_to(300)));
    if (up_to(25) == 0) shop_.till.clock.advance(-std::chrono::hours(up_to(60)));
  }

  void fill_cart() {
    TillDriver& till = shop_.till;
    for (int lines = 1 + up_to(4); lines > 0; --lines) {
      if (up_to(2) == 0) {
        till.scan(pick({brezel, krimi, riesling}));
      } else {
        till.must(AddOpenItem{"Open item " + std::to_string(up_to(3)), euros(1 + up_to(9999)),
                              pick({"standard", "reduced", "zero"})});
      }
      const LineId line = till.now().last_line;
      if (up_to(4) == 0) till.must(ChangeQuantity{line, pieces(1 + up_to(6))});
      if (up_to(5) == 0) {
        till.must(DiscountLine{line, Discount{DiscountKind::percent, 1 + up_to(2000), "Goodwill"}});
      }
      if (up_to(8) == 0) till.must(OverridePrice{line, euros(1 + up_to(2000)), "dented"});
    }
    if (up_to(4) == 0) {
      till.must(DiscountOrder{Discount{DiscountKind::percent, 1 + up_to(2000), "Short date"}});
    }
  }

  // Pays it in up to three ways, or leaves a part open.
  void pay(bool must_be_all) {
    TillDriver& till = shop_.till;
    for (int parts = up_to(2); parts > 0; --parts) {
      const std::int64_t due = till.now().due.minor;
      if (due < 2) break;
      const std::int64_t part = 1 + up_to(static_cast<int>(due) - 2);
      switch (up_to(2)) {
        case 0:
          till.must(TakeCash{euros(part)});
          break;
        case 1:
          till.must(TakeOther{Tender::other, euros(part), pick({"Transfer", "Coupon"})});
          break;
        default:
          shop_.card(to_plain(euros(part)));
      }
      if (till.now().done) return;
      if (up_to(4) == 0 && !till.now().order.payments.empty()) {
        const Payment last = till.now().order.payments.back();
        if (last.tender != Tender::card) till.must(UndoTender{last.id});
      }
    }
    const Snapshot now = till.now();
    const bool has_paid = std::any_of(
        now.order.payments.begin(), now.order.payments.end(), [&](const Payment& payment) {
          return payment.version > now.order.version && stands(now.order, payment) &&
                 payment.kind == TransactionKind::sale;
        });
    if (!must_be_all && has_paid && up_to(1) == 0) {
      till.must(LeavePartiallyPaid{});
      return;
    }
    shop_.exact_cash();
  }

  void sell() {
    fill_cart();
    const OrderId id = shop_.till.now().order.id;
    pay(false);
    sold_.push_back(id);
    if (owed(load(id)).minor > 0) open_.push_back(id);
  }

  void collect() {
    if (open_.empty()) return;
    const OrderId id = open_.back();
    open_.pop_back();
    // Nothing is owed any more where enough of it came back.
    if (!shop_.till.till().handle(CollectPayment{id})) return;
    pay(true);
  }

  void give_back() {
    if (sold_.empty() || kind_ == Kind::keeps_all) return;
    const OrderId id = sold_[static_cast<std::size_t>(up_to(static_cast<int>(sold_.size()) - 1))];
    const Order order = load(id);
    RefundOrder wish{id, {}, "returned"};
    wish.tender = pick({Tender::cash, Tender::other});
    switch (up_to(3)) {
      case 0: {
        const RefundWish all = all_of(order, true);
        wish.lines = all.lines;
        break;
      }
      case 1:
        wish.amount = euros(1 + up_to(500));
        break;
      default: {
        const LineItem& line =
            order.lines[static_cast<std::size_t>(up_to(static_cast<int>(order.lines.size()) - 1))];
        wish.lines = {{line.id, pieces(1), {0, eur}, true}};
        if (up_to(3) == 0) wish.amount = euros(1 + up_to(300));
      }
    }
    // More than is left is refused, and is no refund.
    [[maybe_unused]] const auto handled = shop_.till.till().handle(wish);
  }

  // A wrong tender, where it is of the shift and in coins.
  void put_right() {
    if (sold_.empty()) return;
    const CorrectTender wish{sold_.back(), {}, pick({Tender::cash, Tender::card}), "", "mistaken"};
    [[maybe_unused]] const auto handled = shop_.till.till().handle(wish);
  }

  void void_something() {
    fill_cart();
    const auto lines = shop_.till.now().order.lines;
    if (up_to(1) == 0 && lines.size() > 1) {
      shop_.till.must(VoidLine{lines.front().id, "Keyed by mistake"});
    }
    shop_.till.must(VoidOrder{"Training"});
  }

  Order load(OrderId id) { return find_order(shop_.till.database(), id).value(); }

  std::mt19937 dice_;
  Kind kind_;
  ReportShop shop_;
  std::vector<OrderId> sold_, open_;
};

// What the receipts of a span say, read whole and added up without any of the report's code.
struct Recount {
  std::int64_t taken = 0, given_back = 0, amount = 0, sales = 0, refunds = 0;
  std::map<std::int64_t, std::int64_t> tax_by_rate, gross_by_rate;
  std::map<std::string, std::int64_t> by_tender, by_hour;
};

Recount recount(Database& database, Instant from, Instant to) {
  Recount sums;
  for (std::int64_t row = 1;; ++row) {
    const auto receipt = load_receipt(database, row);
    if (!receipt) break;
    if (receipt->finished < from || receipt->finished >= to) continue;
    const bool is_refund = receipt->kind == ReceiptKind::refund;
    std::int64_t gross = 0;
    for (const TaxLine& line : receipt->taxes) {
      gross += line.gross.minor;
      sums.tax_by_rate[line.rate.basis_points] += line.tax.minor;
      sums.gross_by_rate[line.rate.basis_points] += line.gross.minor;
    }
    (is_refund ? sums.given_back : sums.taken) += gross;
    sums.amount += receipt->amount.minor;
    if (is_refund) ++sums.refunds;
    if (receipt->kind == ReceiptKind::sale ||
        (receipt->kind == ReceiptKind::deposit && receipt->paid_before.is_zero())) {
      ++sums.sales;
    }
    for (const Payment& payment : receipt->payments) {
      const std::string name =
          payment.label.empty() ? std::string(word(payment.tender)) : payment.label;
      const bool goes_out = is_refund || payment.kind == TransactionKind::void_;
      sums.by_tender[name] += goes_out ? -payment.amount.minor : payment.amount.minor;
    }
    const int hour = local_time(receipt->finished, "Europe/Berlin").hour;
    sums.by_hour[(hour < 10 ? "0" : "") + std::to_string(hour)] += gross;
  }
  return sums;
}

void compare(const Report& report, const Recount& counted) {
  const ReportRow total = report.all(ReportPart::total);
  CHECK(total.taken.minor == counted.taken);
  CHECK(total.given_back.minor == counted.given_back);
  CHECK(total.sales == counted.sales);
  CHECK(total.refunds == counted.refunds);
  CHECK(report.all(ReportPart::tender).sum().minor == counted.amount);
  CHECK(report[ReportPart::tender].size() == counted.by_tender.size());
  for (const ReportRow& row : report[ReportPart::tender]) {
    const std::string& name = row.name.empty() ? row.key : row.name;
    REQUIRE(counted.by_tender.count(name) == 1);
    CHECK(row.sum().minor == counted.by_tender.at(name));
  }
  for (const ReportRow& row : report[ReportPart::tax]) {
    CHECK(row.tax.minor == counted.tax_by_rate.at(std::stoll(row.key)));
    CHECK(row.sum().minor == counted.gross_by_rate.at(std::stoll(row.key)));
  }
  for (const ReportRow& row : report[ReportPart::hour]) {
    CHECK(row.sum().minor == counted.by_hour.at(row.key));
  }
  check_sums(report);
}

}  // namespace

TEST_CASE("reports: of any span of a random shop a report is its receipts, to the cent") {
  for (unsigned seed = 1; seed <= shops; ++seed) {
    CAPTURE(seed);
    RandomShop random(seed);
    random.live();
    ReportShop& shop = random.shop();
    Database& database = shop.till.database();
    const DayRule rule = day_rule(shop.till.now().settings);
    const Day first = day_of(begin_of(day_from("2026-11-15").value(), rule), rule);
    const Day last = day_of(shop.till.clock.now(), rule) + std::chrono::days(4);
    std::vector<Report> live;
    std::vector<std::pair<Day, Day>> spans{{first, last}};
    for (Day day = first; day <= last; day += std::chrono::days(1)) spans.push_back({day, day});
    for (Day day = first; day + std::chrono::days(5) <= last; day += std::chrono::days(4)) {
      spans.push_back({day, day + std::chrono::days(5)});
    }
    for (const auto& span : spans) {
      live.push_back(shop.report(to_iso(span.first), to_iso(span.second)));
      compare(live.back(), recount(database, begin_of(span.first, rule),
                                   begin_of(span.second + std::chrono::days(1), rule)));
    }
    // Kept sums say the same as no sums, and as sums made anew.
    const auto all_as_before = [&] {
      for (std::size_t i = 0; i < spans.size(); ++i) {
        CHECK(shop.report(to_iso(spans[i].first), to_iso(spans[i].second)) == live[i]);
      }
    };
    REQUIRE(database.execute("DELETE FROM day_sums"));
    all_as_before();
    while (!shop.till.till().rest()) {
    }
    all_as_before();
  }
}

TEST_CASE(
    "reports: once all is paid each article has taken what its lines cost, in however many parts") {
  for (unsigned seed = 101; seed <= 100 + shops; ++seed) {
    CAPTURE(seed);
    RandomShop random(seed, RandomShop::Kind::keeps_all);
    random.live();
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> sold, told;
    for (const OrderId id : random.sold()) {
      const Order order = find_order(random.shop().till.database(), id).value();
      const Totals totals = price(order);
      for (std::size_t i = 0; i < order.lines.size(); ++i) {
        auto& sums = sold[order.lines[i].title];
        sums.first += totals.lines[i].final().minor;
        sums.second += order.lines[i].quantity.thousandths;
      }
    }
    const Report all = random.shop().report("2026-10-01", "2027-03-01");
    for (const ReportRow& row : all[ReportPart::article]) {
      auto& sums = told[row.name];
      sums.first += row.sum().minor;
      sums.second += row.quantity.thousandths;
    }
    CHECK(told == sold);
  }
}

}  // namespace random_shop_tests
