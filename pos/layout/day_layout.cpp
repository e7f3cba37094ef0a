#include "pos/layout/day_layout.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "core/store/anchor.h"
#include "pos/layout/fiscal_layout.h"
#include "pos/layout/receipt_layout.h"
#include "pos/layout/receipt_words.h"
#include "pos/layout/tax_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::Money;
using drivers::Document;

void add(Document& slip, std::string_view label, std::string value,
         drivers::TextStyle style = drivers::plain) {
  slip.add(drivers::amount_row(std::string(label), std::move(value), style));
}

void add_title(Document& slip, std::string_view title) {
  slip.add(drivers::Rule{});
  slip.add(drivers::text_line(std::string(title), drivers::bold));
}

void add_head(Document& slip, const ReceiptWords& said, const std::string& title) {
  for (std::size_t i = 0; i < said.shop.size(); ++i) {
    slip.add(drivers::centred(said.shop[i], i == 0 ? drivers::tall : drivers::plain));
  }
  if (!said.tax_number.empty()) slip.add(drivers::centred(said.tax_number));
  slip.add(drivers::Blank{});
  slip.add(drivers::text_line(title, drivers::tall));
  add(slip, said.date, said.time);
  add(slip, said.receipt.label, said.receipt.value);
}

void add_journal(Document& slip, const core::Receipt& receipt, const Words& words) {
  slip.add(drivers::Rule{});
  if (!receipt.journal_hash.empty()) {
    add(slip, words("Journal"), core::printed({receipt.journal_entry, receipt.journal_hash}));
  }
}

std::string when(core::Instant at, std::string_view zone, Language language) {
  const core::LocalTime local = core::local_time(at, zone);
  return date_text(local, language) + " " + time_text(local);
}

void add_movement(Document& slip, const core::Receipt& receipt, const core::CashMovement& movement,
                  const Words& words) {
  const Language language = words.language();
  add(slip, words("Till"), receipt.till);
  add(slip, words("Cashier"), receipt.cashier);
  slip.add(drivers::Rule{});
  const bool is_float = movement.kind == core::CashMoveKind::opening;
  add(slip, words("Amount"),
      is_float ? money_text(movement.amount, language) : signed_text(movement.amount, language),
      drivers::tall);
  if (!movement.reason.empty()) add(slip, words("Reason"), movement.reason);
  if (!movement.approver.empty()) add(slip, words("Approved by"), movement.approver);
  if (movement.amount.minor < 0) {  // whoever got it signs for it
    slip.add(drivers::Blank{2});
    slip.add(drivers::Rule{});
    slip.add(drivers::text_line(std::string(words("Signature"))));
  }
}

void add_period(Document& slip, const core::Receipt& receipt, const core::Shift& shift,
                const core::ShiftReport& report, const Words& words) {
  const Language language = words.language();
  const std::string& zone = receipt.shop.time_zone;
  add(slip, words("Till"), receipt.till);
  add(slip, words("Opened"), when(shift.opened, zone, language));
  add(slip, "",
      shift.opened_itself ? std::string(words("by itself, with the first sale")) : shift.opened_by);
  add(slip, receipt.kind == core::ReceiptKind::z_report ? words("Closed") : words("As of"),
      when(receipt.finished, zone, language));
  add(slip, "", receipt.cashier);
  if (!report.first_code.empty()) {
    add(slip, words("First receipt"), report.first_code);
    add(slip, words("Last receipt"), report.last_code);
  }
}

void add_turnover(Document& slip, const core::ShiftReport& report, const Words& words) {
  const Language language = words.language();
  add_title(slip, words("Turnover"));
  add(slip, words.fill("Sales ({})", {number_text(report.sales, language)}),
      amount_text(report.sold, language));
  if (report.refunds > 0) {
    add(slip, words.fill("Refunds ({})", {number_text(report.refunds, language)}),
        signed_text(-report.given_back, language));
  }
  if (!report.deposits.is_zero()) {
    add(slip, words("Deposits given back"), signed_text(-report.deposits, language));
  }
  add(slip, words("Turnover"), money_text(report.turnover(), language), drivers::tall);
  if (!report.rounding.is_zero()) {
    add(slip, words("Cash rounding"), signed_text(report.rounding, language));
  }
  if (!report.receivables.is_zero()) {
    add(slip, words("Receivables"), signed_text(report.receivables, language));
  }
  if (!report.tips.is_zero()) add(slip, words("Tips"), amount_text(report.tips, language));
  if (report.discounts > 0) {
    add(slip, words.fill("Discounts given ({})", {number_text(report.discounts, language)}),
        amount_text(report.discounted, language));
  }
}

// Owed to their holders, and no turnover.
void add_vouchers(Document& slip, const core::ShiftReport& report, const Words& words) {
  const Language language = words.language();
  const core::VoucherFigures& vouchers = report.vouchers;
  const std::array<std::pair<std::string_view, Money>, 6> all{{
      {words("Vouchers sold"), vouchers.sold},
      {words("Vouchers taken back"), -vouchers.taken_back},
      {words("Vouchers redeemed"), vouchers.redeemed},
      {words("Given back onto vouchers"), vouchers.refunded},
      {words("Store credit issued"), vouchers.credit},
      {words("Taxed when the voucher was sold"), vouchers.prepaid},
  }};
  bool is_first = true;
  for (const auto& [label, sum] : all) {
    if (sum.is_zero()) continue;
    if (std::exchange(is_first, false)) add_title(slip, words("Vouchers"));
    add(slip, label, amount_text(sum, language));
  }
}

void add_taxes(Document& slip, const core::ShiftReport& report, const Words& words) {
  if (report.taxes.empty()) return;
  const Language language = words.language();
  constexpr int width = 10;
  const auto row = [&](std::string rate, std::string net, std::string tax, std::string gross) {
    slip.add(drivers::Row{{{std::move(rate), drivers::Cell::the_rest, drivers::Align::left},
                           {std::move(net), width, drivers::Align::right},
                           {std::move(tax), width, drivers::Align::right},
                           {std::move(gross), width, drivers::Align::right}},
                          {}});
  };
  add_title(slip, words.with("receipt", "Tax"));
  row(std::string(words.with("receipt", "Tax rate")), std::string(words("Net")),
      std::string(words.with("receipt", "Tax")), std::string(words("Gross")));
  for (const core::TaxLine& tax : report.taxes) {
    row(percent_text(tax.rate, language), amount_text(tax.net, language),
        amount_text(tax.tax, language), amount_text(tax.gross, language));
    const std::string note = tax_note(tax.taxed(), words);
    if (!note.empty()) slip.add(drivers::text_line("  " + note));
  }
}

// By what it was in business, and under which key of the country.
void add_cases(Document& slip, const core::ShiftReport& report, const Words& words) {
  if (report.cases.empty()) return;
  const Language language = words.language();
  add_title(slip, words("Business cases"));
  for (const core::CaseSum& sum : report.cases) {
    add(slip,
        fmt::format("{} {}", case_name(sum.business_case, words), tax_words(sum.taxed, words)),
        signed_text(sum.gross, language));
  }
}

void add_tenders(Document& slip, const core::ShiftReport& report, const Words& words) {
  if (report.tenders.empty()) return;
  const Language language = words.language();
  add_title(slip, words("Payments"));
  for (const core::TenderSum& sum : report.tenders) {
    const std::string name = tender_name(sum.tender, sum.label, words);
    add(slip, name + " (" + number_text(sum.count, language) + ")",
        amount_text(sum.net(), language));
    if (!sum.given_back.is_zero()) {
      add(slip, "  " + std::string(words("of which given back")),
          signed_text(-sum.given_back, language));
    }
  }
}

// Only what was: a line of noughts tells nobody anything.
void add_if(Document& slip, std::string_view label, Money amount, Language language) {
  if (!amount.is_zero()) add(slip, label, signed_text(amount, language));
}

void add_drawer(Document& slip, const core::Shift& shift, const core::ShiftReport& report,
                bool is_closing, const Words& words) {
  const Language language = words.language();
  add_title(slip, words("Cash drawer"));
  if (!shift.opening_difference().is_zero()) {
    add(slip, words("Left by the last closing"), amount_text(shift.kept, language));
    add(slip, words("Difference at the opening"),
        signed_text(shift.opening_difference(), language));
  }
  add(slip, words("Opening float"), amount_text(shift.opening, language));
  add_if(slip, words("Cash taken"), report.cash_sales(), language);
  add_if(slip, words("Cash given back"), -report.cash_refunds(), language);
  for (const core::CashMoveRow& move : report.moves) {
    const auto kind = move.movement.kind;
    if (kind == core::CashMoveKind::opening || kind == core::CashMoveKind::difference ||
        kind == core::CashMoveKind::closing_drop) {
      continue;
    }
    const std::string name(name_of(kind, words));
    add(slip, move.movement.reason.empty() ? name : name + ": " + move.movement.reason,
        signed_text(move.movement.amount, language));
  }
  const Money expected = report.expected(shift.opening);
  add(slip, words("Expected"), money_text(expected, language), drivers::bold);
  if (!is_closing || !shift.counted) return;
  for (const core::CoinCount& coin : shift.coins) {
    const Money value{coin.value, expected.currency};
    add(slip, "  " + number_text(coin.number, language) + " × " + amount_text(value, language),
        amount_text({coin.value * coin.number, expected.currency}, language));
  }
  add(slip, words("Counted"), money_text(*shift.counted, language), drivers::bold);
  add(slip, words("Difference"), signed_text(*shift.counted - expected, language), drivers::tall);
  if (!shift.note.empty()) slip.add(drivers::text_line("  " + shift.note));
  if (!shift.approver.empty()) add(slip, words("Approved by"), shift.approver);
  add_if(slip, words("Taken out at the closing"), -shift.dropped, language);
  add(slip, words("Left for the next float"), money_text(shift.left(), language));
}

// The terminal's own sums beside ours, and what only one of them has.
void add_terminal(Document& slip, const core::TerminalComparison& comparison, const Words& words) {
  const Language language = words.language();
  add_title(slip, words("Card terminal"));
  if (comparison.is_open) {
    slip.add(drivers::text_line(
        std::string(words("Not compared: the terminal did not close its day."))));
    if (!comparison.says.empty()) {
      slip.add(drivers::text_line("  " + std::string(words(comparison.says))));
    }
    return;
  }
  if (!comparison.says.empty()) {
    slip.add(drivers::text_line(std::string(words(comparison.says))));
  }
  add(slip, words("Booked here"), amount_text(comparison.ours, language));
  add(slip, words("Booked by the terminal"), amount_text(comparison.theirs, language));
  add(slip, words("Difference"), signed_text(comparison.difference(), language), drivers::bold);
  for (const core::BookingDifference& each : comparison.differences) {
    add(slip, "  " + mismatch_text(each, words), signed_text(each.difference(), language));
    if (!each.reference.empty()) slip.add(drivers::text_line("    " + each.reference));
  }
  if (!comparison.unexplained().is_zero()) {
    add(slip, "  " + std::string(words("No payment explains")),
        signed_text(comparison.unexplained(), language));
  }
}

void add_events(Document& slip, const core::ShiftReport& report, const Words& words) {
  const Language language = words.language();
  const core::ShiftEvents& events = report.events;
  const std::array<std::pair<std::string_view, std::int64_t>, 6> all{{
      {words("Voided lines"), events.voided_lines},
      {words("Voided carts"), events.voided_carts},
      {words("Prices changed"), events.price_overrides},
      {words("Drawer opened without a sale"), events.no_sales},
      {words("Receipts printed again"), events.reprints},
      {words("Tenders taken back"), events.tenders_taken_back},
  }};
  add_title(slip, words("Besides"));
  for (const auto& [label, count] : all) add(slip, label, number_text(count, language));
  if (report.trainings > 0) {
    add(slip, words("Training receipts"), number_text(report.trainings, language));
  }
}

void add_cashiers(Document& slip, const core::ShiftReport& report, const Words& words) {
  if (report.cashiers.size() < 2) return;
  add_title(slip, words("By cashier"));
  for (const core::CashierSum& sum : report.cashiers) {
    add(slip, sum.cashier + " (" + number_text(sum.sales, words.language()) + ")",
        amount_text(sum.turnover, words.language()));
  }
}

void add_shift(Document& slip, const core::Receipt& receipt, const core::ShiftDocument& document,
               const Words& words) {
  const auto& [shift, report, terminal, is_blind] = document;
  add_period(slip, receipt, shift, report, words);
  add_turnover(slip, report, words);
  add_vouchers(slip, report, words);
  add_taxes(slip, report, words);
  if (is_blind) {
    add_title(slip, words("Cash drawer"));
    slip.add(drivers::text_line(
        std::string(words("What is expected is shown once the drawer is counted."))));
  } else {
    if (receipt.text >= core::receipt_text_with_cases) add_cases(slip, report, words);
    add_tenders(slip, report, words);
    add_drawer(slip, shift, report, receipt.kind == core::ReceiptKind::z_report, words);
  }
  if (terminal) add_terminal(slip, *terminal, words);
  add_cashiers(slip, report, words);
  add_events(slip, report, words);
}

std::string title_of(const core::Receipt& receipt, const core::DayDocument& document,
                     const Words& words) {
  if (const auto* movement = std::get_if<core::CashMovement>(&document)) {
    return std::string(name_of(movement->kind, words));
  }
  if (receipt.kind == core::ReceiptKind::x_report) return std::string(words("X report"));
  const core::Shift& shift = std::get<core::ShiftDocument>(document).shift;
  return words.fill("Z report {}", {number_text(shift.z_number, words.language())});
}

}  // namespace

std::string mismatch_text(const core::BookingDifference& difference, const Words& words) {
  std::string text;
  switch (difference.kind) {
    case core::Mismatch::only_till:
      text = words("Only here");
      break;
    case core::Mismatch::only_terminal:
      text = words("Only at the terminal");
      break;
    case core::Mismatch::other_amount:
      text = words.fill("{} here, {} there", {amount_text(difference.ours, words.language()),
                                              amount_text(difference.theirs, words.language())});
      break;
  }
  return difference.order.empty() ? text : difference.order + ": " + text;
}

std::string_view name_of(core::CashMoveKind kind, const Words& words) {
  switch (kind) {
    case core::CashMoveKind::opening:
      return words("Opening float");
    case core::CashMoveKind::paid_in:
      return words("Paid in");
    case core::CashMoveKind::paid_out:
      return words("Paid out");
    case core::CashMoveKind::safe_drop:
      return words("Safe drop");
    case core::CashMoveKind::bank:
      return words("To the bank");
    case core::CashMoveKind::wages:
      return words("Wages");
    case core::CashMoveKind::expense:
      return words("Expense");
    case core::CashMoveKind::owner_in:
      return words("Owner puts in");
    case core::CashMoveKind::owner_out:
      return words("Owner takes out");
    case core::CashMoveKind::difference:
      return words("Difference");
    case core::CashMoveKind::closing_drop:
      return words("Taken out at the closing");
    case core::CashMoveKind::voucher_payout:
      return words("Voucher paid out");
    case core::CashMoveKind::tip_payout:
      return words("Tip paid out");
  }
  return words("Cash movement");
}

std::string_view case_name(core::BusinessCase business_case, const Words& words) {
  using enum core::BusinessCase;
  switch (business_case) {
    case goods:
      return words("Goods");
    case deposit:
      return words("Bottle deposit");
    case deposit_back:
      return words("Bottle deposit back");
    case discount:
      return words("Discount");
    case extra_charge:
      return words("Extra charge");
    case tip_staff:
      return words("Tips of the staff");
    case tip_house:
      return words("Tips of the shop");
    case voucher_sold:
    case taxed_voucher_sold:
      return words("Vouchers sold");
    case voucher_redeemed:
    case taxed_voucher_redeemed:
      return words("Vouchers redeemed");
    case down_payment:
      return words("Down payments");
    case down_payment_released:
      return words("Down payments released");
    case receivable:
      return words("Receivables");
    case receivable_released:
      return words("Receivables released");
    case rounding:
      return words("Cash rounding");
    case opening_float:
      return words("Opening float");
    case money_transit:
      return words("Safe drop");
    case paid_in:
      return words("Paid in");
    case paid_out:
      return words("Paid out");
    case wages:
      return words("Wages");
    case owner_in:
      return words("Owner puts in");
    case owner_out:
      return words("Owner takes out");
    case count_difference:
      return words("Difference");
  }
  return words("Goods");
}

Document day_slip(const core::Receipt& receipt, const core::DayDocument& document,
                  core::SlipForm form, const Words& words, std::string_view code) {
  const ReceiptWords said = words_of(receipt, words);
  Document slip;
  const bool is_copy = form == core::SlipForm::copy;
  const auto mark = drivers::centred(std::string(words("*** COPY ***")), drivers::tall);
  if (is_copy) slip.add(mark);
  add_test_mark(slip, receipt, words);
  add_head(slip, said, title_of(receipt, document, words));
  if (const auto* movement = std::get_if<core::CashMovement>(&document)) {
    add_movement(slip, receipt, *movement, words);
  } else {
    add_shift(slip, receipt, std::get<core::ShiftDocument>(document), words);
  }
  add_fiscal_block(slip, receipt, code, words);
  add_journal(slip, receipt, words);
  slip.add(drivers::Blank{});
  slip.add(drivers::Barcode{drivers::BarcodeKind::code128, receipt.code});
  if (is_copy) slip.add(mark);
  return slip.add(drivers::Cut{});
}

Document slip_document(const core::PrintSlip& slip, const Words& words, int columns,
                       const drivers::Logo* logo) {
  if (slip.day) return day_slip(slip.receipt, *slip.day, slip.form, words, slip.code);
  return receipt_slip(slip.receipt, slip.form, words, columns, slip.code, logo);
}

}  // namespace pos
