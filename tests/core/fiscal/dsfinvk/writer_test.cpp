#include "core/fiscal/dsfinvk/writer.h"

#include <doctest/doctest.h>

#include <array>
#include <sstream>

#include "core/catalogue/csv.h"
#include "core/fiscal/dsfinvk/check.h"
#include "tests/support/fiscal_shop.h"

// Its names are its own, also where sources are joined.
namespace core::dsfinvk {

namespace {

Money euro(std::int64_t cents) {
  return {cents, eur};
}

// An export in memory: what each file holds.
struct Export {
  std::array<std::string, file_count> files;
  std::vector<ClosingSums> sums;

  std::string& operator[](File file) { return files[place_of(file)]; }
  std::vector<std::string> row(File file, std::size_t number) {
    std::istringstream stream((*this)[file]);
    CsvReader reader(stream);
    CsvRow row;
    for (std::size_t i = 0; i <= number; ++i) REQUIRE(reader.next(row).value());
    return row.fields;
  }
  std::size_t rows(File file) {
    std::istringstream stream((*this)[file]);
    CsvReader reader(stream);
    CsvRow row;
    std::size_t count = 0;
    while (reader.next(row).value()) ++count;
    return count - 1;
  }
  std::string field(File file, std::size_t number, std::string_view name) {
    const auto names = row(file, 0);
    const auto at =
        static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    return row(file, number).at(at);
  }
  CheckReport check() {
    ExportCheck check;
    for (const File file : ExportCheck::order()) {
      std::istringstream stream((*this)[file]);
      check.read(file, stream);
    }
    return check.finish();
  }
};

using Day = std::pair<Closing, std::vector<ReceiptRecord>>;

Export written(const std::vector<Day>& days) {
  Export made;
  std::array<std::string, file_count> rows;
  Writer writer([&](File file, std::string_view row) { rows[place_of(file)] += row; });
  for (const auto& [closing, receipts] : days) {
    writer.begin(closing);
    for (const ReceiptRecord& receipt : receipts) writer.add(receipt);
    made.sums.push_back(writer.end());
  }
  writer.finish();
  for (const Table& table : tables()) {
    made[table.file] = writer.headings(table.file) + rows[place_of(table.file)];
  }
  return made;
}

std::vector<Day> days_of(unsigned seed, int days, int receipts) {
  tests::FiscalShop shop(seed);
  std::vector<Day> all;
  for (int day = 1; day <= days; ++day) {
    Day made{shop.closing(day), {}};
    for (int i = 0; i < receipts; ++i) made.second.push_back(shop.receipt());
    all.push_back(made);
  }
  return all;
}

// The sale of the example: two rates, ten per cent off the order, cash.
ReceiptRecord example() {
  ReceiptRecord receipt;
  receipt.id = "b-1";
  receipt.number = 1;
  receipt.started = from_iso("2026-09-03T10:15:00Z").value();
  receipt.finished = from_iso("2026-09-03T10:15:40Z").value();
  receipt.cashier = "42";
  receipt.cashier_name = "Anna";
  receipt.gross = euro(2778);
  Line coffee;
  coffee.number = "1";
  coffee.text = "Kaffee 500 g";
  coffee.article = "4711";
  coffee.unit = "Stück";
  coffee.quantity = pieces(3);
  coffee.unit_price = euro(599);
  coffee.taxes = {{2, {700}, euro(1797)}};
  Line cup = coffee;
  cup.number = "2";
  cup.text = "Tasse";
  cup.quantity = pieces(1);
  cup.unit_price = euro(1290);
  cup.taxes = {{1, {1900}, euro(1290)}};
  Line off;
  off.number = "3";
  off.text = "Rabatt 10 %";
  off.what = BusinessCase::discount;
  off.taxes = {{2, {700}, euro(-180)}, {1, {1900}, euro(-129)}};
  receipt.lines = {coffee, cup, off};
  receipt.taxes = {{1, euro(1161), euro(976), euro(185)}, {2, euro(1617), euro(1511), euro(106)}};
  receipt.payments = {{PaymentKind::cash, "", euro(2778), {}}};
  Signing signing;
  signing.device = 1;
  signing.process =
      fiscal::receipt_data(fiscal::EventKind::receipt, {{1, euro(1161)}, {2, euro(1617)}},
                           {{fiscal::Means::cash, euro(2778)}})
          .value();
  signing.transaction = 17;
  signing.counter = 53;
  signing.started = receipt.started;
  signing.finished = receipt.finished;
  signing.signature = "ABC";
  receipt.signing = signing;
  return receipt;
}

Closing example_closing() {
  Closing closing = tests::FiscalShop(1).closing(1);
  closing.created = from_iso("2026-09-03T18:00:00Z").value();
  return closing;
}

}  // namespace

TEST_CASE("dsfinvk: a sale of two rates with ten per cent off, field for field") {
  Export made = written({{example_closing(), {example()}}});
  const std::string key = "KASSE-0001;2026-09-03T20:00:00+02:00;1;";
  const auto body = [&](File file) {
    const std::string& text = made[file];
    return text.substr(text.find("\r\n") + 2);
  };
  CHECK(body(File::transactions) ==
        key +
            "b-1;1;Beleg;;;0;2026-09-03T12:15:00+02:00;2026-09-03T12:15:40+02:00;42;Anna;27,78;"
            ";;;;;;;;\r\n");
  CHECK(body(File::transactions_vat) ==
        key + "b-1;1;11,61000;9,76000;1,85000\r\n" + key + "b-1;2;16,17000;15,11000;1,06000\r\n");
  CHECK(body(File::datapayment) == key + "b-1;Bar;;EUR;;27,78\r\n");
  CHECK(body(File::lines) ==
        key + "b-1;1;;Kaffee 500 g;;Umsatz;;;0;0;4711;;;;3,000;1,000;Stück;5,99000\r\n" + key +
            "b-1;2;;Tasse;;Umsatz;;;0;0;4711;;;;1,000;1,000;Stück;12,90000\r\n" + key +
            "b-1;3;;Rabatt 10 %;;Rabatt;;;0;0;;;;;;;;\r\n");
  CHECK(body(File::lines_vat) == key + "b-1;1;2;17,97000;16,79439;1,17561\r\n" + key +
                                     "b-1;2;1;12,90000;10,84034;2,05966\r\n" + key +
                                     "b-1;3;2;-1,80000;-1,68224;-0,11776\r\n" + key +
                                     "b-1;3;1;-1,29000;-1,08403;-0,20597\r\n");
  CHECK(body(File::businesscases) == key + "Umsatz;;0;1;12,90000;10,84034;2,05966\r\n" + key +
                                         "Umsatz;;0;2;17,97000;16,79439;1,17561\r\n" + key +
                                         "Rabatt;;0;1;-1,29000;-1,08403;-0,20597\r\n" + key +
                                         "Rabatt;;0;2;-1,80000;-1,68224;-0,11776\r\n");
  CHECK(body(File::payment) == key + "Bar;;27,78\r\n");
  CHECK(body(File::cash_per_currency) == key + "EUR;27,78\r\n");
  CHECK(
      body(File::cashpointclosing) ==
      key +
          ";2.4;b-1;b-1;Muster GmbH;Hauptstraße 1;10115;Berlin;DEU;11/222/33333;;27,78;27,78\r\n");
  CHECK(body(File::transactions_tse) ==
        key +
            "b-1;1;17;2026-09-03T10:15:00.000Z;2026-09-03T10:15:40.000Z;Kassenbeleg-V1;53;QUJD;;"
            "Beleg^11.61_16.17_0.00_0.00_0.00^27.78:Bar\r\n");
  CHECK(made[File::slaves] ==
        "Z_KASSE_ID;Z_ERSTELLUNG;Z_NR;TERMINAL_ID;TERMINAL_BRAND;TERMINAL_MODELL;"
        "TERMINAL_SERIENNR;TERMINAL_SW_BRAND;TERMINAL_SW_VERSION\r\n");
  CHECK(made.check().is_good());
}

TEST_CASE("dsfinvk: a voided line stands there, and its reverse below it") {
  ReceiptRecord receipt = example();
  Line line = receipt.lines[1];
  line.number = "4";
  line.is_void = true;
  receipt.lines.push_back(line);
  Export made = written({{example_closing(), {receipt}}});
  CHECK(made.rows(File::lines) == 5);
  CHECK(made.field(File::lines, 4, "P_STORNO") == "0");
  CHECK(made.field(File::lines, 5, "P_STORNO") == "1");
  CHECK(made.field(File::lines, 5, "POS_ZEILE") == "4-S");
  CHECK(made.field(File::lines, 5, "MENGE") == "-1,000");
  CHECK(made.field(File::lines_vat, 6, "POS_BRUTTO") == "-12,90000");
  CHECK(made.check().is_good());
}

TEST_CASE("dsfinvk: what failed to be signed says why, and is no less a receipt") {
  ReceiptRecord receipt = example();
  receipt.signing->signature.clear();
  receipt.signing->fault = "TSE nicht erreichbar";
  Export made = written({{example_closing(), {receipt}}});
  CHECK(made.field(File::transactions_tse, 1, "TSE_TA_FEHLER") == "TSE nicht erreichbar");
  CHECK(made.field(File::transactions_tse, 1, "TSE_TANR").empty());
  CHECK(made.check().is_good());
}

TEST_CASE("dsfinvk: a long certificate goes on in columns that are declared") {
  Closing closing = example_closing();
  closing.devices[0].certificate = std::string(2000, 'c');  // 2668 letters of BASE64
  Closing next = example_closing();
  next.number = 2;
  ReceiptRecord second = example();
  second.id = "b-2";
  Export made = written({{closing, {example()}}, {next, {second}}});
  CHECK(made.field(File::tse, 1, "TSE_ZERTIFIKAT_III").size() == 668);
  CHECK(made.field(File::tse, 2, "TSE_ZERTIFIKAT_I").size() == 936);
  CHECK(made.field(File::tse, 2, "TSE_ZERTIFIKAT_III").empty());
  CHECK(made.row(File::tse, 0).size() == 12);
  CHECK(index_xml_text(3).find("TSE_ZERTIFIKAT_III") != std::string::npos);
  CHECK(index_xml_text(2).find("TSE_ZERTIFIKAT_III") == std::string::npos);
  CHECK(made.check().is_good());
}

TEST_CASE("dsfinvk: for random shops all sums agree, to the cent") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const auto days = days_of(seed, 3, 25);
    Export made = written(days);
    const CheckReport report = made.check();
    REQUIRE_MESSAGE(report.is_good(), (report.is_good() ? "" : report.findings[0].says));
    CHECK(report.closings == 3);
    CHECK(report.receipts == 75);
    for (std::size_t day = 0; day < days.size(); ++day) {
      // From the receipts, by hand.
      Money total{0, eur}, cash{0, eur};
      for (const ReceiptRecord& receipt : days[day].second) {
        if (receipt.kind != fiscal::EventKind::receipt) continue;
        total += receipt.gross;
        for (const Payment& payment : receipt.payments) {
          if (payment.kind == PaymentKind::cash) cash += payment.amount;
        }
      }
      const ClosingSums& sums = made.sums[day];
      Fine cases = 0;
      for (const auto& [key, sum] : sums.cases) cases += sum.gross;
      CHECK(sums.payments == total);
      CHECK(sums.cash == cash);
      CHECK(cases == fine_of(total));
      CHECK(made.field(File::cashpointclosing, day + 1, "Z_SE_ZAHLUNGEN") ==
            decimal_comma(total.minor, 2, 2));
    }
  }
}

TEST_CASE("dsfinvk: read again, the receipts are the same") {
  const auto days = days_of(7, 2, 100);
  Export made = written(days);
  std::size_t number = 0, line_number = 0;
  std::istringstream heads(made[File::transactions]), lines(made[File::lines]);
  CsvReader head_reader(heads), line_reader(lines);
  CsvRow head, line;
  REQUIRE(head_reader.next(head).value());
  REQUIRE(line_reader.next(line).value());
  for (const auto& [closing, receipts] : days) {
    for (const ReceiptRecord& receipt : receipts) {
      REQUIRE(head_reader.next(head).value());
      CHECK(head.fields[3] == receipt.id);
      CHECK(head.fields[5] == fiscal::word(receipt.kind));
      CHECK(head.fields[13] == decimal_comma(receipt.gross.minor, 2, 2));
      for (const Line& each : receipt.lines) {
        for (int i = 0; i <= (each.is_void ? 1 : 0); ++i) {
          REQUIRE(line_reader.next(line).value());
          CHECK(line.fields[3] == receipt.id);
          CHECK(line.fields[6] == each.text);
          CHECK(line.fields[8] == word(each.what));
          ++line_number;
        }
      }
      ++number;
    }
  }
  CHECK_FALSE(head_reader.next(head).value());
  CHECK_FALSE(line_reader.next(line).value());
  CHECK(number == 200);
  CHECK(line_number == made.rows(File::lines));
}

TEST_CASE("dsfinvk: hostile names leave an export that reads as it should") {
  Closing closing = example_closing();
  ReceiptRecord receipt = example();
  const std::string hostile = std::string("=a;\"b\"\r\nc\0d^_|\xff\U0001F600", 19);
  for (std::string* text :
       {&closing.business.name, &closing.site.city, &closing.brand, &closing.rates[0].name,
        &receipt.kind_name, &receipt.cashier, &receipt.cashier_name, &receipt.note, &receipt.group,
        &receipt.customer.name, &receipt.customer.address.street, &receipt.lines[0].text,
        &receipt.lines[0].case_name, &receipt.lines[0].group, &receipt.payments[0].name}) {
    *text = hostile;
    for (int i = 0; i < 20; ++i) *text += "ä;\"";
  }
  receipt.lines[1].text = std::string(300, 'x');
  Export made = written({{closing, {receipt}}});
  const CheckReport report = made.check();
  CHECK_MESSAGE(report.is_good(), (report.is_good() ? "" : report.findings[0].says));
  CHECK(made.field(File::lines, 2, "ARTIKELTEXT") == std::string(255, 'x'));
}

TEST_CASE("dsfinvk check: what was changed afterwards is named") {
  const Export good = written(days_of(3, 2, 40));
  struct Change {
    File file;
    std::string from, to, says;
  };
  ReceiptRecord plain = example();
  const Export one = written({{example_closing(), {plain}}});
  for (const Change& change : std::vector<Change>{
           {File::transactions, ";27,78;", ";27,79;", "says 27,79, its tax sums 27,78"},
           {File::transactions, ";27,78;", ";27.78;", "UMS_BRUTTO is no number"},
           {File::transactions, ";Beleg;", ";Quittung;", "BON_TYP cannot be \"Quittung\""},
           {File::transactions, "12:15:40+02:00", "12:15:40", "BON_ENDE cannot be"},
           {File::transactions, "BON_TYP", "BONTYP", "column 6 must be BON_TYP"},
           {File::transactions, "b-1;1;Beleg", "b-9;1;Beleg", "no receipt b-1"},
           {File::lines_vat, "17,97000", "17,98000", "gross is not net and tax"},
           {File::lines_vat, "b-1;2;1;", "b-1;9;1;", "is not in lines.csv"},
           {File::lines_vat, ";1;12,90000", ";4;12,90000", "of a line of receipt b-1 is not in"},
           {File::lines, ";3;;Rabatt", ";2;;Rabatt", "stands there twice"},
           {File::datapayment, "27,78", "27,77", "its payments 27,77"},
           {File::transactions_vat, "11,61000;9,76000", "11,62000;9,77000", "its tax sums 27,79"},
           {File::transactions_tse, "11.61", "11.60", "what was signed of receipt b-1"},
           {File::transactions_tse, "b-1;1;17", "b-1;2;17", "TSE_ID is not in tse.csv"},
           {File::transactions_tse, "QUJD", "", "neither TSE_TA_SIG nor TSE_TA_FEHLER"},
           {File::businesscases, "Umsatz;;0;1;12,90000;10,84034", "Umsatz;;0;1;12,91000;10,85034",
            "Umsatz of key 1 says 12,91, the receipts 12,90"},
           {File::payment, "27,78", "27,77", "Bar says 27,77"},
           {File::cash_per_currency, "EUR;27,78", "USD;27,78", "EUR says 0,00"},
           {File::cashpointclosing, "27,78;27,78", "27,78;0,00", "Z_SE_BARZAHLUNGEN says 0,00"},
           {File::cashpointclosing, "11/222/33333", "", "neither STNR nor USTID"},
           {File::cashpointclosing, ";b-1;b-1;", ";b-0;b-1;", "first or last receipt"},
           {File::cashpointclosing, ";Muster GmbH;", ";;", "NAME is empty"},
           {File::vat, "\r\nKASSE-0001;2026-09-03T20:00:00+02:00;1;2;",
            "\r\nKASSE-0001;2026-09-03T20:00:00+02:00;1;44;", "key 2 is not in vat.csv"}}) {
    CAPTURE(change.from);
    CAPTURE(change.to);
    Export spoilt = one;
    std::string& text = spoilt[change.file];
    REQUIRE(text.find(change.from) != std::string::npos);
    text.replace(text.find(change.from), change.from.size(), change.to);
    const CheckReport report = spoilt.check();
    REQUIRE_FALSE(report.is_good());
    std::string said;
    for (const Finding& finding : report.findings) said += finding.says + "\n";
    CHECK_MESSAGE(said.find(change.says) != std::string::npos, said);
  }
  // A whole row gone.
  Export spoilt = good;
  std::string& text = spoilt[File::lines_vat];
  const std::size_t second = text.find("\r\n") + 2;
  text.erase(second, text.find("\r\n", second) + 2 - second);
  CHECK_FALSE(spoilt.check().is_good());
}

TEST_CASE("dsfinvk check: who gives goods back says of which receipt") {
  ReceiptRecord receipt = example();
  for (Line& line : receipt.lines) {
    if (line.quantity) line.quantity = Quantity{-line.quantity->thousandths};
    for (LineTax& tax : line.taxes) tax.gross = -tax.gross;
  }
  for (TaxSum& tax : receipt.taxes) tax = {tax.key, -tax.gross, -tax.net, -tax.tax};
  receipt.gross = -receipt.gross;
  receipt.payments[0].amount = -receipt.payments[0].amount;
  receipt.signing->process =
      fiscal::receipt_data(fiscal::EventKind::receipt, {{1, euro(-1161)}, {2, euro(-1617)}}, {})
          .value();
  CHECK(written({{example_closing(), {receipt}}}).check().findings.at(0).says ==
        "receipt b-1 gives back and does not say of which one");
  Reference to;
  to.receipt = "b-0";
  receipt.references = {to};
  CHECK(written({{example_closing(), {receipt}}}).check().is_good());
  // Or of which order, where no receipt of a till sold them.
  to.kind = ReferenceKind::other;
  to.name = "Bestellung";
  receipt.references = {to};
  CHECK(written({{example_closing(), {receipt}}}).check().is_good());
}

TEST_CASE("dsfinvk check: rubbish in every file ends in findings") {
  for (const std::string& rubbish :
       {std::string(), std::string("\r\n"), std::string("a;b\r\n1;2\r\n"), std::string("\"open"),
        std::string(5000, ';'), std::string("\xff\xfe\xff")}) {
    Export made;
    for (std::string& file : made.files) file = rubbish;
    CHECK(made.check().finding_count >= 20);
  }
}

}  // namespace core::dsfinvk
