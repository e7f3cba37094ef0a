// What the tax office gets of a German shop: its closings with all of their receipts, which
// agree with the Z reports to the cent.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <random>
#include <sstream>

#include "core/catalogue/csv.h"
#include "core/fiscal/dsfinvk/check.h"
#include "core/shift/export_record.h"
#include "core/store/export_closings.h"
#include "core/store/order_store.h"
#include "core/store/shift_store.h"
#include "tests/support/signing_shop.h"

using namespace std::chrono_literals;
using core::dsfinvk::File;

namespace {

using TableRow = std::map<std::string, std::string>;

// An export in memory.
struct TaxExport {
  std::array<std::string, core::dsfinvk::file_count> files;
  std::int64_t receipts = 0;

  core::dsfinvk::CheckReport check() const {
    core::dsfinvk::ExportCheck check;
    for (const File file : core::dsfinvk::ExportCheck::order()) {
      std::istringstream stream(files[core::dsfinvk::place_of(file)]);
      check.read(file, stream);
    }
    return check.finish();
  }
  std::vector<TableRow> rows(File file) const {
    std::istringstream stream(files[core::dsfinvk::place_of(file)]);
    core::CsvReader reader(stream);
    core::CsvRow names, fields;
    REQUIRE(reader.next(names).value());
    std::vector<TableRow> all;
    while (reader.next(fields).value()) {
      TableRow row;
      for (std::size_t i = 0; i < names.fields.size(); ++i) {
        row[names.fields[i]] = fields.fields[i];
      }
      all.push_back(std::move(row));
    }
    return all;
  }
  // Those of a receipt.
  std::vector<TableRow> rows(File file, const std::string& receipt) const {
    std::vector<TableRow> found = rows(file);
    std::erase_if(found, [&](TableRow& row) { return row["BON_ID"] != receipt; });
    return found;
  }
};

TaxExport export_of(core::Database& database, const std::vector<core::Shift>& closings) {
  TaxExport made;
  auto& files = made.files;
  core::dsfinvk::Writer writer(
      [&](File file, std::string_view row) { files[core::dsfinvk::place_of(file)] += row; });
  const auto same = [](std::string_view text) { return std::string(text); };
  core::ClosingsExport source(database, writer, {"Europe/Berlin", 0}, same);
  for (const core::Shift& closing : closings) {
    const auto written = source.write(closing);
    REQUIRE_MESSAGE(written, written.error());
    made.receipts += written->receipts;
  }
  writer.finish();
  for (const core::dsfinvk::Table& table : core::dsfinvk::tables()) {
    files[core::dsfinvk::place_of(table.file)].insert(0, writer.headings(table.file));
  }
  return made;
}

void check_sound(const TaxExport& made) {
  const auto report = made.check();
  for (const auto& finding : report.findings) {
    MESSAGE(finding.file << ", line " << finding.line << ": " << finding.says);
  }
  CHECK(report.is_good());
  CHECK(report.receipts == made.receipts);
}

// A German shop whose till is rung up by chance.
class ChanceShop {
 public:
  explicit ChanceShop(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }
  core::Money some(std::int64_t most) {
    return tests::euros(1 + static_cast<std::int64_t>(below(static_cast<std::size_t>(most))));
  }

  void day(int events) {
    shop.must(core::OpenShift{tests::euros(100'000)});
    for (int i = 0; i < events; ++i) {
      event();
      shop.till.clock.advance(3min);
      if (below(4) != 0) shop.work();
    }
    shop.device_is_seen();
    shop.work();
    const auto shift = core::open_shift(shop.till.database());
    REQUIRE(shift);
    const auto report = core::report_of(shop.till.database(), *shift);
    shop.must(core::CountDrawer{report.expected(shift->opening) + tests::euros(below(2) ? 35 : 0)});
    shop.must(core::CloseShift{tests::euros(0), "counted twice"});
    shop.work();
    shop.till.clock.advance(14h);
  }

  tests::SigningShop shop;

 private:
  void event() {
    switch (below(14)) {
      case 0:
        return give_back();
      case 1:
        return shop.must(core::MoveCash{core::CashMoveKind::paid_out, some(500), "Briefmarken"});
      case 2:
        return shop.must(core::MoveCash{core::CashMoveKind::owner_in, some(5000), "Wechselgeld"});
      case 3:
        fill();
        return shop.must(core::VoidOrder{"changed her mind"});
      case 4:
        shop.must(core::StartTraining{});
        fill();
        shop.pay();
        return shop.must(core::EndTraining{});
      case 5:
        return voucher();
      case 6:
        return part_payment();
      case 7:
        fill();
        return pay_by_card();
      case 8:
        return shop.must(core::SigningDeviceAway{"The device cannot be reached."});
      case 9:
        return shop.device_is_seen();
      default:
        fill();
        return pay();
    }
  }

  core::LineId last_line() { return shop.till.now().order.lines.back().id; }

  void fill() {
    static const std::array codes{tests::brezel, tests::krimi, tests::riesling};
    static const std::array taxes{"standard", "reduced"};
    for (std::size_t i = 0; i < 1 + below(4); ++i) {
      if (below(2) == 0) {
        shop.scan(codes[below(codes.size())]);
      } else {
        shop.must(core::AddOpenItem{"Ware; \"lose\"", some(3000), taxes[below(2)]});
      }
      if (below(4) == 0) shop.must(core::ChangeQuantity{last_line(), core::pieces(3)});
      if (below(6) == 0) shop.must(core::OverridePrice{last_line(), some(900), "Delle"});
      if (below(6) == 0) {
        shop.must(core::DiscountLine{last_line(),
                                     core::Discount{core::DiscountKind::percent, 1250, "Mängel"}});
      }
    }
    if (below(4) == 0) {
      shop.must(core::AddOpenItem{"Irrtum", some(3000), "standard"});
      shop.must(core::VoidLine{last_line(), "wrong"});
    }
    if (below(5) == 0) {
      shop.must(
          core::DiscountOrder{core::Discount{core::DiscountKind::percent, 700, "Stammkunde"}});
    }
  }

  void pay() {
    const core::Snapshot now = shop.till.now();
    sold_.push_back(now.order.id);
    const core::Money half = tests::euros(now.due.minor / 2);
    if (below(3) == 0 && !half.is_zero()) {
      shop.must(core::TakeOther{core::Tender::other, half, "Überweisung"});
    }
    shop.pay();
  }

  void pay_by_card() {
    const core::Money due = shop.till.now().due;
    if (due.is_zero()) return shop.pay();
    sold_.push_back(shop.till.now().order.id);
    core::Effects effects = shop.till.must(core::StartCard{due});
    const auto* asked = tests::find_effect<core::AuthorizeCard>(effects);
    REQUIRE(asked);
    const auto attempt = asked->attempt.id;
    shop.take(std::move(effects));
    shop.must(
        core::CardAnswered{attempt, {core::CardPhase::approved, due, "ok", "Visa •••• 4242"}});
  }

  void voucher() {
    shop.must(core::SellVoucher{tests::euros(2000)});
    shop.pay();
    const std::string number = shop.till.now().done->vouchers.at(0).number;
    fill();
    shop.must(core::TakeVoucher{number});
    if (!shop.till.now().order.lines.empty()) shop.pay();
  }

  void part_payment() {
    fill();
    const core::Money due = shop.till.now().due;
    if (due.minor < 2) return shop.pay();
    const core::OrderId order = shop.till.now().order.id;
    shop.must(core::TakeCash{tests::euros(due.minor / 2)});
    shop.must(core::LeavePartiallyPaid{below(2) == 0});
    shop.must(core::CollectPayment{order});
    shop.pay();
  }

  void give_back() {
    if (sold_.empty()) return;
    const core::OrderId order = sold_.back();
    sold_.pop_back();
    core::RefundOrder refund{order};
    refund.reason = "Mängel";
    const auto sold = core::find_order(shop.till.database(), order);
    REQUIRE(sold);
    for (const core::LineItem& line : sold->lines) {
      refund.lines.push_back({line.id, line.quantity, tests::euros(0), false, false});
    }
    shop.must(refund);
  }

  std::mt19937 random_;
  std::vector<core::OrderId> sold_;
};

// "12,50" of a column that has such amounts.
core::dsfinvk::Fine fine_at(TableRow& row, const char* name) {
  const auto amount = core::dsfinvk::read_decimal_comma(row[name], 5);
  REQUIRE(amount);
  return *amount;
}

void check_against_z_report(const TaxExport& made, core::Database& database,
                            const core::Shift& shift) {
  const core::ShiftReport report = core::report_of(database, shift);
  std::map<std::pair<std::string, int>, core::dsfinvk::Fine> said, found;
  const auto add = [&](core::BusinessCase what, core::Taxed taxed, core::Money gross) {
    const auto word = core::dsfinvk::word(core::export_case(what, gross));
    said[{std::string(word), core::export_key(taxed)}] += core::dsfinvk::fine_of(gross);
  };
  for (const core::CaseSum& sum : report.cases) add(sum.business_case, sum.taxed, sum.gross);
  core::Money cash = report.cash_sales() - report.cash_refunds(), paid{0, core::eur};
  for (const core::TenderSum& sum : report.tenders) {
    if (sum.tender != core::Tender::gift_card) paid += sum.net();
  }
  for (const core::CashMoveRow& move : report.moves) {
    add(core::case_of(move.movement.kind), {}, move.movement.amount);
    cash += move.movement.amount;
    paid += move.movement.amount;
  }
  const std::string number = std::to_string(shift.z_number);
  for (TableRow& row : made.rows(File::businesscases)) {
    if (row["Z_NR"] != number) continue;
    const int key = std::stoi(row["UST_SCHLUESSEL"]);
    found[{row["GV_TYP"], key}] += fine_at(row, "Z_UMS_BRUTTO");
  }
  std::erase_if(said, [](const auto& sum) { return sum.second == 0; });
  std::erase_if(found, [](const auto& sum) { return sum.second == 0; });
  CHECK(said == found);
  for (TableRow& row : made.rows(File::cashpointclosing)) {
    if (row["Z_NR"] != number) continue;
    CHECK(fine_at(row, "Z_SE_BARZAHLUNGEN") == core::dsfinvk::fine_of(cash));
    CHECK(fine_at(row, "Z_SE_ZAHLUNGEN") == core::dsfinvk::fine_of(paid));
  }
}

}  // namespace

TEST_CASE("germany: an export agrees with its Z reports") {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    ChanceShop chance(seed);
    for (int day = 0; day < 3; ++day) chance.day(25);
    auto& database = chance.shop.till.database();
    const auto closings = core::closings_by_number(database, 1, 99);
    REQUIRE(closings.size() == 3);
    const TaxExport made = export_of(database, closings);
    check_sound(made);
    // No number is missing.
    std::int64_t number = 0;
    for (TableRow& row : made.rows(File::transactions)) {
      CHECK(row["BON_NR"] == std::to_string(++number));
    }
    CHECK(core::receipts_not_closed(database) == 0);
    for (const core::Shift& shift : closings) check_against_z_report(made, database, shift);
  }
}

TEST_CASE("germany: an export says a sale as its slip and its signature do") {
  tests::SigningShop shop;
  shop.must(core::OpenShift{tests::euros(0)});
  shop.scan(tests::riesling);
  shop.scan(tests::brezel);
  shop.must(core::VoidLine{shop.till.now().order.lines.back().id, "wrong"});
  shop.pay();
  shop.work();
  shop.must(core::CountDrawer{tests::euros(890)});
  shop.must(core::CloseShift{tests::euros(0), ""});
  shop.work();
  auto& database = shop.till.database();
  const TaxExport made = export_of(database, core::closings_by_number(database, 1, 1));
  check_sound(made);
  auto heads = made.rows(File::transactions);
  REQUIRE(heads.size() >= 2);
  const auto sale = std::ranges::find_if(heads, [](TableRow& row) {
    return row["UMS_BRUTTO"] == "8,90" && row["BON_TYP"] == "Beleg";
  });
  REQUIRE(sale != heads.end());
  const std::string id = (*sale)["BON_ID"];
  CHECK((*sale)["BON_NOTIZ"].starts_with("TEST"));
  auto lines = made.rows(File::lines, id);
  // The bottle; and the pretzel that was taken off again, with its reverse.
  REQUIRE(lines.size() == 3);
  CHECK(lines[0]["ARTIKELTEXT"] == "Riesling");
  CHECK(lines[0]["MENGE"] == "1,000");
  CHECK(lines[0]["STK_BR"] == "8,90000");
  CHECK(lines[0]["P_STORNO"] == "0");
  CHECK(lines[1]["ARTIKELTEXT"] == "Laugenbrezel");
  CHECK(lines[2]["P_STORNO"] == "1");
  CHECK(lines[2]["MENGE"] == "-1,000");
  auto taxes = made.rows(File::transactions_vat, id);
  REQUIRE(taxes.size() == 2);
  CHECK(taxes[0]["BON_UST"] == "1,42000");
  CHECK(taxes[1]["BON_BRUTTO"] == "0,00000");
  CHECK(made.rows(File::lines_vat, id)[0]["POS_UST"] == "1,42101");
  auto paid = made.rows(File::datapayment, id);
  REQUIRE(paid.size() == 1);
  CHECK(paid[0]["ZAHLART_TYP"] == "Bar");
  auto signing = made.rows(File::transactions_tse, id);
  REQUIRE(signing.size() == 1);
  CHECK(signing[0]["TSE_VORGANGSDATEN"] == "Beleg^8.90_0.00_0.00_0.00_0.00^8.90:Bar");
  CHECK_FALSE(signing[0]["TSE_TA_SIG"].empty());
  CHECK(heads.back()["BON_NAME"] == "Kassenabschluss");
}

TEST_CASE("germany: an export tells of an outage, and of what a refund takes back") {
  tests::SigningShop shop;
  shop.must(core::OpenShift{tests::euros(5000)});
  shop.scan(tests::krimi);
  const core::OrderId order = shop.till.now().order.id;
  shop.pay();
  const auto sale = core::load_receipt(shop.till.database(), shop.last_receipt());
  REQUIRE(sale);
  shop.work();
  shop.must(core::SigningDeviceAway{"The device cannot be reached."});
  core::RefundOrder refund{order};
  refund.amount = tests::euros(300);
  refund.reason = "torn cover";
  shop.must(refund);
  shop.device_is_seen();
  shop.must(core::CountDrawer{tests::euros(6100)});
  shop.must(core::CloseShift{tests::euros(0), ""});
  shop.work();
  auto& database = shop.till.database();
  const TaxExport made = export_of(database, core::closings_by_number(database, 1, 1));
  check_sound(made);
  auto references = made.rows(File::references);
  REQUIRE(references.size() == 1);
  CHECK(references[0]["REF_TYP"] == "Transaktion");
  CHECK(references[0]["REF_BON_ID"] == sale->code);
  CHECK(references[0]["REF_Z_NR"] == "1");
  auto signing = made.rows(File::transactions_tse, references[0]["BON_ID"]);
  REQUIRE(signing.size() == 1);
  CHECK(signing[0]["TSE_TA_SIG"].empty());
  CHECK(signing[0]["TSE_TA_FEHLER"] == "TSE ausgefallen: The device cannot be reached.");
}

TEST_CASE("germany: an export has whole closings only, by number or by day") {
  ChanceShop chance(7);
  for (int day = 0; day < 3; ++day) chance.day(3);
  chance.shop.sell(tests::brezel);
  auto& database = chance.shop.till.database();
  CHECK(core::closings_by_number(database, 2, 3).size() == 2);
  CHECK(core::closings_by_number(database, 4, 9).empty());
  const auto all = core::closings_by_number(database, 1, 3);
  const core::DayRule rule{"Europe/Berlin", 0};
  const core::Day second = core::day_of(all[1].closed, rule);
  const auto of_day = core::closings_by_day(database, second, second, rule);
  CHECK(std::ranges::count(of_day, 2, &core::Shift::z_number) == 1);
  // The open shift's: its float by itself, and the sale.
  CHECK(core::receipts_not_closed(database) >= 1);
  check_sound(export_of(database, all));
}
