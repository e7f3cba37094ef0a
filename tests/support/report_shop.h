// A shop's day as a shopkeeper tells it: what is sold when and how it is paid, and what the
// report of a day says afterwards. Amounts are texts, "12.34".
#pragma once

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/orders/account.h"
#include "core/orders/refund.h"
#include "core/reports/report.h"
#include "core/store/order_store.h"
#include "core/store/report_store.h"
#include "tests/support/till_driver.h"

namespace tests {

// "Wine" for "40.00" at the reduced rate, three of it.
struct Sold {
  std::string what, price;
  std::string tax = "standard";
  int pieces = 1;
};

class ReportShop {
 public:
  explicit ReportShop(const std::string& currency = "EUR", const std::string& cash_step = "0")
      : currency_(core::currency_from(currency)) {
    till.must(core::ChangeSetting{"shop.currency", currency});
    till.must(core::ChangeSetting{"tax.cash_step", cash_step});
    till.must(core::ChangeSetting{"till.receipts", "never"});
    at("2026-11-21 10:00");
  }

  TillDriver till;

  core::Money money(const std::string& amount) const {
    const auto parsed = core::parse_plain(amount, currency_);
    REQUIRE(parsed);
    return *parsed;
  }

  // The shop's clock, in Berlin.
  void at(const std::string& moment) {
    const auto day = core::day_from(moment.substr(0, 10));
    REQUIRE(day);
    const auto hour = std::stoi(moment.substr(11, 2));
    till.clock.set(core::instant_at(*day, hour, "Europe/Berlin") +
                   std::chrono::minutes(std::stoi(moment.substr(14, 2))));
  }

  void ring_up(const std::vector<Sold>& goods) {
    for (const Sold& sold : goods) {
      till.must(core::AddOpenItem{sold.what, money(sold.price), sold.tax});
      if (sold.pieces == 1) continue;
      till.must(core::ChangeQuantity{till.now().last_line, core::pieces(sold.pieces)});
    }
  }
  void cash(const std::string& given) { till.must(core::TakeCash{money(given)}); }
  void exact_cash() { till.must(core::TakeCash{money("100000.00")}); }
  void card(const std::string& amount) {
    answer(till.must(core::StartCard{money(amount)}), money(amount));
  }
  void other(const std::string& label, const std::string& amount) {
    till.must(core::TakeOther{core::Tender::other, money(amount), label});
  }
  // What was in hand last.
  core::Order order() {
    const auto found = core::load_order(till.database(), core::last_order_row(till.database()));
    REQUIRE(found);
    return *found;
  }

  core::Order sells(const std::vector<Sold>& goods) {
    ring_up(goods);
    exact_cash();
    return order();
  }
  core::Order sells_by_card(const std::vector<Sold>& goods) {
    ring_up(goods);
    till.must(core::StartCard{till.now().due});
    answer(find_attempt(), till.now().due);
    return order();
  }

  // Everything, or so many of its n-th line.
  void gives_back(const core::Order& sold, core::Tender tender = core::Tender::cash) {
    const auto now = core::find_order(till.database(), sold.id);
    const core::RefundWish all = core::all_of(*now, true);
    refund({sold.id, all.lines, "returned", tender, {}, {}, all.with_extras});
  }
  void gives_back(const core::Order& sold, std::size_t line, int pieces) {
    refund({sold.id, {{sold.lines[line].id, core::pieces(pieces), {}, true}}, "returned"});
  }

  // The report of a day, or from one to another.
  core::ReportPage page(const std::string& first, const std::string& last = "") {
    const auto from = core::day_from(first), to = core::day_from(last.empty() ? first : last);
    REQUIRE((from && to));
    const core::Snapshot now = till.now();
    return core::report_page(
        till.database(), core::report_ask(core::days_of(*from, *to), core::day_rule(now.settings),
                                          currency_, till.clock.now()));
  }
  core::Report report(const std::string& first, const std::string& last = "") {
    return page(first, last).report;
  }

 private:
  void answer(const core::Effects& asked, core::Money amount) {
    const auto* card = find_effect<core::AuthorizeCard>(asked);
    REQUIRE(card);
    answer(card->attempt, amount);
  }
  void answer(const core::CardAttempt& attempt, core::Money amount) {
    core::CardResult result;
    result.phase = core::CardPhase::approved;
    result.amount = amount;
    result.reference = "Visa •••• 4242";
    till.must(core::CardAnswered{attempt.id, result});
  }
  core::CardAttempt find_attempt() {
    const auto attempt = till.now().attempt;
    REQUIRE(attempt);
    return *attempt;
  }
  void refund(const core::RefundOrder& command) {
    const core::Effects asked = till.must(command);
    if (const auto* card = find_effect<core::AuthorizeCard>(asked)) {
      answer(card->attempt, card->attempt.amount);
    }
  }

  core::Currency currency_;
};

// What a row says: "taken - given back = sum", or "" where there is none.
inline std::string said(const core::Report& report, core::ReportPart part,
                        const std::string& key = "") {
  for (const core::ReportRow& row : report[part]) {
    if (row.key != key && row.name != key) continue;
    if (row.given_back.is_zero()) return core::to_plain(row.taken);
    return core::to_plain(row.taken) + " " + core::to_plain(row.given_back) + " = " +
           core::to_plain(row.sum());
  }
  return "";
}
inline std::string turnover(const core::Report& report) {
  return core::to_plain(report.turnover());
}
inline std::string tax(const core::Report& report, const std::string& basis_points) {
  for (const core::ReportRow& row : report[core::ReportPart::tax]) {
    if (core::basis_points_text(core::taxed_from(row.key).rate) == basis_points) {
      return core::to_plain(row.tax);
    }
  }
  return "";
}

// Every breakdown sums to the turnover, and the tenders to that with rounding, vouchers and tips.
inline void check_sums(const core::Report& report) {
  using core::ReportPart;
  const core::ReportRow total = report.all(ReportPart::total);
  for (const ReportPart part :
       {ReportPart::hour, ReportPart::day, ReportPart::tax, ReportPart::channel,
        ReportPart::category, ReportPart::article, ReportPart::cashier}) {
    CAPTURE(core::word(part));
    CHECK(report.all(part).taken == total.taken);
    CHECK(report.all(part).given_back == total.given_back);
  }
  for (const core::ReportRow& row : report[ReportPart::tax]) CHECK(row.net + row.tax == row.sum());
  CHECK(report.all(ReportPart::tender).sum() ==
        total.sum() + report.all(ReportPart::rounding).sum() +
            report.all(ReportPart::voucher).sum() + report.all(ReportPart::receivable).sum() +
            report.all(ReportPart::tip).sum());
}

}  // namespace tests
