// A shop's day as a shopkeeper would tell it: sales by their price, cash in and out,
// the count and the Z report. Amounts are texts as on a slip ("12.50").
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/store/journal.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "tests/support/till_driver.h"

namespace tests {

class ShopDay {
 public:
  explicit ShopDay(core::Currency currency = core::eur, std::int64_t cash_step = 0)
      : currency_(currency) {
    till.must(core::ChangeSetting{"shop.currency", std::string(currency.text())});
    till.must(core::ChangeSetting{"tax.cash_step", std::to_string(cash_step)});
    till.must(core::ChangeSetting{"printer.kind", "none"});
  }

  core::Money money(const std::string& text) const {
    const auto parsed = core::parse_plain(text, currency_);
    REQUIRE_MESSAGE(parsed, text);
    return *parsed;
  }

  void open(const std::string& opening) { till.must(core::OpenShift{money(opening)}); }
  void count(const std::string& counted) { till.must(core::CountDrawer{money(counted)}); }
  // Counts, closes, and gives the Z report.
  core::ShiftDocument close(const std::string& counted, const std::string& drop = "0") {
    count(counted);
    till.must(core::CloseShift{money(drop), "counted twice"});
    return z();
  }
  core::ShiftDocument z() {
    const auto latest = core::shifts(till.database(), 1);
    REQUIRE(latest.size() == 1);
    return {latest.front(), core::report_of(till.database(), latest.front())};
  }
  // The sums of the open shift.
  core::ShiftDocument x() {
    const auto shift = core::open_shift(till.database());
    REQUIRE(shift);
    return {*shift, core::report_of(till.database(), *shift)};
  }

  void paid_in(const std::string& amount, const std::string& reason) {
    till.must(core::MoveCash{core::CashMoveKind::paid_in, money(amount), reason});
  }
  void paid_out(const std::string& amount, const std::string& reason) {
    till.must(core::MoveCash{core::CashMoveKind::paid_out, money(amount), reason});
  }
  void safe_drop(const std::string& amount) {
    till.must(core::MoveCash{core::CashMoveKind::safe_drop, money(amount), ""});
  }

  void put_in_cart(const std::string& price, const std::string& tax = "standard") {
    till.must(core::AddOpenItem{"Goods", money(price), tax});
  }
  // In exactly the money that is due, with its rounding.
  core::OrderId pay_cash() {
    const core::Snapshot now = till.now();
    const core::OrderId order = now.order.id;
    till.must(core::TakeCash{now.due + core::cash_rounding(now.due, now.settings.money.cash_step)});
    return order;
  }
  core::OrderId sell_cash(const std::string& price, const std::string& tax = "standard") {
    put_in_cart(price, tax);
    return pay_cash();
  }
  core::OrderId sell_by(core::Tender tender, const std::string& price) {
    put_in_cart(price);
    return pay_by(tender, price);
  }
  core::OrderId pay_by(core::Tender tender, const std::string& amount) {
    const core::OrderId order = till.now().order.id;
    if (tender == core::Tender::card) {
      pay_card(amount);
    } else {
      till.must(core::TakeOther{tender, money(amount), "label"});
    }
    return order;
  }
  void give_back_cash(core::OrderId order, const std::string& amount = "0") {
    core::RefundOrder refund{order};
    refund.reason = "brought back";
    refund.tender = core::Tender::cash;
    refund.amount = money(amount);
    if (refund.amount.is_zero()) {
      const auto sold = core::find_order(till.database(), order);
      REQUIRE(sold);
      for (const core::LineItem& line : sold->lines) {
        refund.lines.push_back({line.id, line.quantity, {0, currency_}, false});
      }
    }
    till.must(refund);
  }

  std::string text(core::Money amount) const { return core::to_plain(amount); }
  // What a tender brought, net of change and of what was given back.
  std::string tender(const core::ShiftDocument& day, core::Tender tender) const {
    core::Money sum{0, currency_};
    for (const core::TenderSum& each : day.report.tenders) {
      if (each.tender == tender) sum += each.net();
    }
    return text(sum);
  }
  std::string expected(const core::ShiftDocument& day) const {
    return text(day.report.expected(day.shift.opening));
  }
  std::string closing_difference(const core::ShiftDocument& day) const {
    return text(day.shift.counted.value_or(core::Money{}) - day.report.expected(day.shift.opening));
  }
  std::string opening_difference(const core::ShiftDocument& day) const {
    return text(day.shift.opening_difference());
  }

  // Turnover and rounding are what the tenders brought, and by the business cases, as exports
  // have them, the same as by the report; the receipts are gapless and say what the journal says.
  void check_books() {
    for (const core::Shift& shift : core::shifts(till.database(), 1000)) {
      const core::ShiftReport report = core::report_of(till.database(), shift);
      core::Money tenders{0, currency_};
      for (const core::TenderSum& sum : report.tenders) tenders += sum.net();
      CHECK(text(report.turnover() + report.for_vouchers() + report.tips + report.rounding +
                 report.receivables) == text(tenders));
      core::Money cases{0, currency_};
      for (const core::CaseSum& sum : report.cases) cases += sum.gross;
      CHECK(text(cases) == text(report.tendered));
      core::Money taxed{0, currency_};
      for (const core::TaxLine& tax : report.taxes) taxed += tax.gross;
      CHECK(text(taxed) == text(report.turnover()));
      check_cases(report);
    }
    const auto verified = core::verify_journal(till.database());
    const auto* broken = std::get_if<core::JournalBroken>(&verified);
    CHECK_MESSAGE(!broken, (broken ? broken->what : ""));
  }

  TillDriver till;

 private:
  void check_cases(const core::ShiftReport& report) {
    using enum core::BusinessCase;
    std::map<core::BusinessCase, core::Money> cases;
    std::map<core::Taxed, core::Money> turnover;
    for (const core::CaseSum& sum : report.cases) {
      cases[sum.business_case] += sum.gross;
      const bool is_turnover =
          sum.business_case <= extra_charge || sum.business_case == taxed_voucher_sold ||
          sum.business_case == taxed_voucher_redeemed || sum.business_case == down_payment ||
          sum.business_case == down_payment_released;
      if (is_turnover) turnover[sum.taxed] += sum.gross;
    }
    for (const core::TaxLine& tax : report.taxes) turnover[tax.taxed()] -= tax.gross;
    for (const auto& left_over : turnover) {
      CAPTURE(core::to_text(left_over.first));
      CHECK(text(left_over.second) == text({0, currency_}));
    }
    const core::VoucherFigures& vouchers = report.vouchers;
    CHECK(text(cases[voucher_sold]) == text(vouchers.sold - vouchers.taken_back + vouchers.credit));
    if (till.now().settings.shop.country == "AT") return;  // there redeeming one is a tender
    CHECK(text(cases[voucher_redeemed] + cases[taxed_voucher_redeemed]) ==
          text(vouchers.refunded - vouchers.redeemed));
  }

  void pay_card(const std::string& amount) {
    const core::Effects effects = till.must(core::StartCard{money(amount)});
    const auto* asked = find_effect<core::AuthorizeCard>(effects);
    REQUIRE(asked);
    till.must(core::CardAnswered{
        asked->attempt.id, {core::CardPhase::approved, money(amount), "ok", "Visa •••• 4242"}});
  }

  core::Currency currency_;
};

}  // namespace tests
