#include "pos/layout/receipt_layout.h"

#include <doctest/doctest.h>

#include <map>
#include <string_view>
#include <variant>

#include "core/base/text.h"
#include "drivers/printer/layout.h"
#include "drivers/printer/profiles.h"
#include "pos/layout/day_layout.h"
#include "tests/support/golden.h"
#include "tests/support/receipts.h"

namespace {

using core::SlipForm;

const pos::Translations& translations() {
  static const pos::Translations loaded = pos::Translations::load();
  return loaded;
}

std::string mark_of(const drivers::TextStyle& style) {
  return std::string(style.bold ? "*" : "") + (style.double_width ? "W" : "") +
         (style.double_height ? "H" : "");
}

// A line as it stands on the paper; its style in front.
std::string text_of(const drivers::PrintedLine& line, int columns) {
  std::string text;
  std::string style;
  for (const drivers::Span& span : line.spans) {
    for (const char32_t c : span.text) core::append_utf8(text, c);
    style = mark_of(span.style);
  }
  const int spare = columns - drivers::columns_of(line);
  const int before = line.align == drivers::Align::centre  ? spare / 2
                     : line.align == drivers::Align::right ? spare
                                                           : 0;
  const std::string margin = style + std::string(4 - std::min<std::size_t>(style.size(), 4), ' ');
  std::string whole = margin + "|" + std::string(static_cast<std::size_t>(before), ' ') + text;
  whole.erase(whole.find_last_not_of(' ') + 1);
  return whole + "\n";
}

template <class Lines>
std::string text_of_lines(const Lines& block, const drivers::Profile& paper) {
  std::string text;
  for (const auto& line : drivers::lines_of(block, paper)) text += text_of(line, paper.columns);
  return text;
}

struct AsText {
  const drivers::Profile& paper;
  std::string operator()(const drivers::TextLine& b) const { return text_of_lines(b, paper); }
  std::string operator()(const drivers::Row& b) const { return text_of_lines(b, paper); }
  std::string operator()(const drivers::Rule& b) const { return text_of_lines(b, paper); }
  std::string operator()(const drivers::Blank& b) const {
    return std::string(static_cast<std::size_t>(b.lines), '\n');
  }
  std::string operator()(const drivers::Qr& b) const { return "[qr " + b.text + "]\n"; }
  std::string operator()(const drivers::Barcode& b) const { return "[barcode " + b.text + "]\n"; }
  std::string operator()(const drivers::Logo&) const { return "[logo]\n"; }
  std::string operator()(drivers::Cut) const { return "[cut]\n"; }
  std::string operator()(drivers::DrawerPulse) const { return "[pulse]\n"; }
};

std::string printed(const core::Receipt& receipt, SlipForm form, pos::Language language,
                    std::string_view profile) {
  const drivers::Profile& paper = drivers::profile(profile);
  const auto slip = pos::receipt_slip(receipt, form, translations()(language), paper.columns);
  std::string text;
  for (const drivers::Block& block : slip.blocks) text += std::visit(AsText{paper}, block);
  return text;
}

// One golden file holds the slip on both papers and in both languages.
void check_slip(const std::string& name, const core::Receipt& receipt, SlipForm form) {
  std::string text;
  for (const auto language : {pos::Language::german, pos::Language::english}) {
    for (const std::string_view paper : {"generic-80", "generic-58"}) {
      text += "== " + std::string(pos::code_of(language)) + ", " + std::string(paper) + " ==\n";
      text += printed(receipt, form, language, paper);
    }
  }
  tests::check_golden("slip_" + name + ".txt", text);
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("slip: a sale paid in cash shows what was given and the change") {
  check_slip("sale", tests::plain_sale(), SlipForm::original);
}

TEST_CASE("slip: discounts, a weighed line and an overridden price each say why") {
  check_slip("discount", tests::discounted_sale(), SlipForm::original);
}

TEST_CASE("slip: a deposit says what is still due and divides its tax") {
  check_slip("deposit", tests::deposit(), SlipForm::original);
}

TEST_CASE("slip: a balance names what was paid before") {
  check_slip("balance", tests::balance(), SlipForm::original);
}

TEST_CASE("slip: cash rounding is a line of its own, outside the taxes") {
  check_slip("rounding", tests::rounded_sale(), SlipForm::original);
}

TEST_CASE("slip: a copy is marked above and below") {
  check_slip("copy", tests::plain_sale(), SlipForm::copy);
}

TEST_CASE("slip: training is marked above and below, whatever form it has") {
  core::Receipt receipt = tests::plain_sale();
  receipt.kind = core::ReceiptKind::training;
  for (const auto form : {SlipForm::original, SlipForm::copy, SlipForm::gift}) {
    const std::string german = printed(receipt, form, pos::Language::german, "generic-80");
    const std::string english = printed(receipt, form, pos::Language::english, "generic-58");
    for (const auto& [text, mark] :
         {std::pair(german, "*** TRAININGSBUCHUNG ***"), std::pair(english, "*** TRAINING ***")}) {
      const auto first = text.find(mark);
      REQUIRE(first != text.npos);
      CHECK(text.find(mark, first + 1) != text.npos);
    }
  }
}

TEST_CASE(
    "slip: the Z report tells the terminal's sums beside ours, and X in a blind shift no cash") {
  core::Receipt head;
  head.kind = core::ReceiptKind::z_report;
  head.code = "T1-R000009";
  core::ShiftDocument day{{}, core::empty_report(core::eur)};
  day.shift.opening = day.shift.kept = {10000, core::eur};
  day.shift.counted = core::Money{10000, core::eur};
  core::TerminalComparison terminal;
  terminal.is_open = false;
  terminal.ours = {10000, core::eur};
  terminal.theirs = {9700, core::eur};
  terminal.differences = {{core::Mismatch::other_amount,
                           {4000, core::eur},
                           {3700, core::eur},
                           "Visa •••• 4242",
                           "T1-000012"}};
  day.terminal = terminal;
  const auto said = [&](pos::Language language) {
    const drivers::Profile& paper = drivers::profile("generic-80");
    const auto slip = pos::day_slip(head, day, SlipForm::original, translations()(language), "qr");
    std::string text;
    for (const drivers::Block& block : slip.blocks) text += std::visit(AsText{paper}, block);
    return text;
  };
  const std::string german = said(pos::Language::german);
  CHECK(contains(german, "Am Terminal gebucht"));
  CHECK(contains(german, "97,00"));
  CHECK(contains(german, "T1-000012: 40,00 hier, 37,00 dort"));
  CHECK(contains(german, "-3,00"));  // printers have the plain sign
  day.terminal.reset();
  head.kind = core::ReceiptKind::x_report;
  CHECK(contains(said(pos::Language::english), "Expected"));
  day.is_blind = true;
  CHECK_FALSE(contains(said(pos::Language::english), "Expected  "));
  CHECK_FALSE(contains(said(pos::Language::english), "100.00"));
}

TEST_CASE("slip: an invoice names the customer with address and VAT id, a receipt does not") {
  core::Receipt receipt = tests::plain_sale();
  const auto plain = printed(receipt, SlipForm::original, pos::Language::german, "generic-80");
  CHECK_FALSE(contains(plain, "Rechnung an"));
  receipt.invoice.customer = 12;
  receipt.invoice.address.name = "Anna Müller";
  receipt.invoice.address.company = "Bäckerei Vogt GmbH";
  receipt.invoice.address.street = "Lindenallee 4";
  receipt.invoice.address.postcode = "50668";
  receipt.invoice.address.city = "Köln";
  receipt.invoice.vat_id = "DE123456789";
  const auto invoice = printed(receipt, SlipForm::original, pos::Language::german, "generic-80");
  for (const std::string_view line :
       {"Rechnung an", "Bäckerei Vogt GmbH", "Lindenallee 4", "50668 Köln", "DE123456789"}) {
    CHECK(contains(invoice, line));
  }
  // Whoever is given the goods does not learn who bought them.
  CHECK_FALSE(contains(printed(receipt, SlipForm::gift, pos::Language::german, "generic-80"),
                       "Lindenallee 4"));
}

TEST_CASE("slip: a gift receipt names the goods and no price") {
  check_slip("gift", tests::discounted_sale(), SlipForm::gift);
  const auto text =
      printed(tests::plain_sale(), SlipForm::gift, pos::Language::german, "generic-80");
  for (const std::string_view price : {"24,90", "8,90", "6,27", "€", "24,97"}) {
    CHECK_FALSE(contains(text, price));
  }
}

TEST_CASE("slip: a sale with vouchers shows their ends, and what is left on them") {
  check_slip("voucher_sale", tests::voucher_sale(), SlipForm::original);
}

TEST_CASE("slip: a voucher has its number, a code, its amount and its last day") {
  check_slip("voucher", tests::voucher_sale(), SlipForm::voucher);
  const auto copy =
      printed(tests::voucher_sale(), SlipForm::voucher_copy, pos::Language::german, "generic-80");
  CHECK(contains(copy, "*** KOPIE ***"));
}

TEST_CASE("slip: taxes that are added stand above the total") {
  core::Order order = tests::order_of({tests::item("Coffee beans", 1200, {}, 825)});
  order.tax_mode = core::TaxMode::added;
  order.currency = core::usd;
  order.lines[0].unit_price.currency = core::usd;
  core::Payment payment = tests::card(1299);
  payment.amount.currency = payment.given.currency = core::usd;
  const auto receipt = tests::receipt_of(order, {payment});
  const auto text = printed(receipt, SlipForm::original, pos::Language::english, "generic-80");
  CHECK(contains(text, "plus 8.25% tax"));
  CHECK(contains(text, "$12.99"));
}

TEST_CASE("slip: no line is wider than the paper, whatever the names are") {
  core::Receipt receipt = tests::discounted_sale();
  const std::string endless(300, 'x');
  receipt.shop.name = receipt.shop.footer = endless;
  receipt.order.lines[0].title = endless;
  receipt.order.lines[1].note = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik";
  receipt.order.discount->reason = endless;
  receipt.payments[0].reference = endless;
  for (const std::string_view name : {"generic-80", "generic-58", "epson-tm-t88"}) {
    const drivers::Profile& paper = drivers::profile(name);
    const auto slip = pos::receipt_slip(receipt, SlipForm::original,
                                        translations()(pos::Language::german), paper.columns);
    for (const drivers::Block& block : slip.blocks) {
      if (const auto* row = std::get_if<drivers::Row>(&block)) {
        for (const auto& line : drivers::lines_of(*row, paper)) {
          CHECK(drivers::columns_of(line) <= paper.columns);
        }
      }
    }
  }
}

TEST_CASE("slip: a logo stands above everything") {
  const drivers::Logo logo{8, 1, {0xFF}};
  const auto slip = pos::receipt_slip(tests::plain_sale(), SlipForm::original,
                                      translations()(pos::Language::german), 48, "qr", &logo);
  CHECK(std::get<drivers::Logo>(slip.blocks.front()) == logo);
}

TEST_CASE("slip: the time is that of the shop, summer and winter") {
  core::Receipt receipt = tests::plain_sale();
  CHECK(contains(printed(receipt, SlipForm::original, pos::Language::german, "generic-80"),
                 "15:44:05"));
  receipt.shop.time_zone = "America/New_York";
  CHECK(contains(printed(receipt, SlipForm::original, pos::Language::german, "generic-80"),
                 "09:44:05"));
}
