#include "core/shift/export_record.h"

#include <doctest/doctest.h>

#include "tests/support/receipts.h"

// Its names are its own, also where sources are joined.
namespace export_records {

using core::BusinessCase;
namespace dsfinvk = core::dsfinvk;

core::Receipt sale_of(std::vector<core::LineItem> lines, std::vector<core::Payment> payments) {
  auto receipt = tests::receipt_of(tests::order_of(std::move(lines)), std::move(payments));
  receipt.shop.country = "DE";
  receipt.cashier_number = 3;
  return receipt;
}

core::LineItem taxed_item(std::string title, std::int64_t minor, std::int64_t basis_points,
                          std::int64_t key, core::Quantity quantity = {}) {
  core::LineItem line = tests::item(std::move(title), minor, quantity, basis_points);
  line.tax_key = {key};
  return line;
}

core::Money euro(std::int64_t minor) {
  return {minor, core::eur};
}

}  // namespace export_records

namespace er = export_records;

TEST_CASE("export record: former rates have keys of their own, the shop's go by their rate") {
  CHECK(core::export_key({{1900}, {1}}) == 1);
  CHECK(core::export_key({{0}, {8}}) == 8);
  CHECK(core::export_key({{1600}, {}}) == 21);
  CHECK(core::export_key({{500}, {}}) == 22);
  CHECK(core::export_key({{700}, {}}) == 2);
  CHECK(core::export_key({{1900}, {1001}}) == 1);
  CHECK(core::export_key({{0}, {}}) == 5);
  CHECK(core::export_key({{810}, {1002}}) == 5);
}

TEST_CASE("export record: a sale has its lines, printed taxes and payments") {
  const auto receipt = er::sale_of(
      {er::taxed_item("Brot", 333, 700, 2, {3000}), er::taxed_item("Wein", 890, 1900, 1)},
      {tests::cash(1889, 2000)});
  const auto record = core::record_of(receipt, {});
  CHECK(record.id == "T1-R000482");
  CHECK(record.kind == core::fiscal::EventKind::receipt);
  CHECK(record.cashier == "3");
  CHECK(record.gross == er::euro(1889));
  REQUIRE(record.lines.size() == 2);
  CHECK(record.lines[0].number == "1");
  CHECK(record.lines[0].quantity == core::Quantity{3000});
  CHECK(record.lines[0].unit_price == er::euro(333));
  CHECK(record.lines[0].taxes[0].gross == er::euro(999));
  REQUIRE(record.taxes.size() == 2);
  CHECK(record.taxes[0].key == 1);
  CHECK(record.taxes[0].tax == er::euro(142));
  CHECK(record.taxes[1].net == er::euro(934));
  REQUIRE(record.payments.size() == 1);
  CHECK(record.payments[0].kind == er::dsfinvk::PaymentKind::cash);
  CHECK(record.payments[0].amount == er::euro(1889));
  CHECK_FALSE(record.signing);
}

TEST_CASE("export record: a cart that was given up takes back each of its lines") {
  auto receipt = er::sale_of({er::taxed_item("Brot", 333, 700, 2)}, {});
  receipt.kind = core::ReceiptKind::aborted;
  const auto record = core::record_of(receipt, {});
  CHECK(record.kind == core::fiscal::EventKind::aborted);
  REQUIRE(record.lines.size() == 1);
  CHECK(record.lines[0].is_void);
  CHECK(record.gross.is_zero());
  REQUIRE(record.taxes.size() == 1);
  CHECK(record.taxes[0].gross.is_zero());
}

TEST_CASE("export record: a changed price is told with the one of the shelf") {
  core::LineItem item = er::taxed_item("Vase", 1500, 1900, 1, {2000});
  item.regular_price = er::euro(2000);
  const auto record = core::record_of(er::sale_of({item}, {tests::cash(3000, 3000)}), {});
  const auto& price = record.lines.at(0).price;
  REQUIRE(price.size() == 2);
  CHECK(price[0].amount.gross == er::euro(4000));
  CHECK(price[1].kind == er::dsfinvk::AmountKind::discount);
  CHECK(price[1].amount.gross == er::euro(-1000));
}

TEST_CASE("export record: a line that was voided is there, and in no sum") {
  auto receipt = er::sale_of({er::taxed_item("Brot", 333, 700, 2)}, {tests::cash(333, 333)});
  receipt.order.voided.push_back(
      {er::taxed_item("Wein", 890, 1900, 1), tests::noon, "Jana Wolf", "", "wrong"});
  const auto record = core::record_of(receipt, {});
  REQUIRE(record.lines.size() == 2);
  CHECK(record.lines[1].is_void);
  CHECK(record.gross == er::euro(333));
  REQUIRE(record.taxes.size() == 2);
  CHECK(record.taxes[0].gross.is_zero());
}

TEST_CASE("export record: cash that moves is in no tax, and says why in German") {
  core::Receipt receipt;
  receipt.kind = core::ReceiptKind::cash_movement;
  receipt.order.currency = core::eur;
  receipt.amount = er::euro(-2000);
  const core::CashMovement movement{core::CashMoveKind::bank, er::euro(-2000), "", ""};
  const auto record = core::record_of(receipt, {movement, {}, "TSE ausgefallen"});
  REQUIRE(record.lines.size() == 1);
  CHECK(record.lines[0].text == "Geldtransit");
  CHECK(record.lines[0].what == er::dsfinvk::BusinessCase::cash_transit);
  CHECK(record.lines[0].taxes[0].key == 5);
  CHECK(record.gross == er::euro(-2000));
  CHECK(record.payments.at(0).amount == er::euro(-2000));
  CHECK(record.signing.value().fault == "TSE ausgefallen");
}

TEST_CASE("export record: coins that are rounded are named beside their case") {
  CHECK(core::export_case(er::BusinessCase::rounding, er::euro(-2)) ==
        er::dsfinvk::BusinessCase::discount);
  CHECK(core::export_case(er::BusinessCase::rounding, er::euro(2)) ==
        er::dsfinvk::BusinessCase::surcharge);
}

TEST_CASE("export record: a closing has a postcode though it stands before the city") {
  core::Receipt z;
  z.master.name = "Feinkost Lindner";
  z.master.city = "50668 Köln";
  z.master.serial = "TRESEN-1";
  z.master.make = "Tresen";
  core::Shift shift;
  shift.z_number = 7;
  core::SigningDeviceFacts device;
  device.row = 2;
  device.certificates =
      "-----BEGIN CERTIFICATE-----\nYWJj\nZGVm\n-----END CERTIFICATE-----\n"
      "-----BEGIN CERTIFICATE-----\neHl6\n-----END CERTIFICATE-----\n";
  const auto closing = core::closing_record(shift, z, {device}, "2026-11-30");
  CHECK(closing.business.postcode == "50668");
  CHECK(closing.business.city == "Köln");
  CHECK(closing.business.street == "k. A.");
  CHECK(closing.tax_number == "k. A.");
  CHECK(closing.number == 7);
  CHECK(closing.booking_day == "2026-11-30");
  REQUIRE(closing.devices.size() == 1);
  CHECK(closing.devices[0].certificate == "abcdef");
}
