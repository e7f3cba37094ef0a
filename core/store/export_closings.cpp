#include "core/store/export_closings.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "core/shift/export_record.h"
#include "core/store/master_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "core/store/signing_store.h"

namespace core {

namespace {

using dsfinvk::Reference;
using dsfinvk::ReferenceKind;

std::vector<SigningDeviceFacts> devices_between(Database& database, std::int64_t after,
                                                std::int64_t last) {
  auto used = database.query(
      "SELECT DISTINCT device_row FROM signing_transactions JOIN signatures "
      "ON transaction_row = signing_transactions.row WHERE receipt_row > ? AND receipt_row <= ?");
  used.with(after, last);
  std::vector<std::int64_t> rows;
  while (used.next()) rows.push_back(used.integer(0));
  std::vector<SigningDeviceFacts> devices;
  if (rows.empty()) return devices;
  for (SigningDeviceFacts& device : signing_devices(database)) {
    if (std::ranges::count(rows, device.row) > 0) devices.push_back(std::move(device));
  }
  std::ranges::sort(devices, {}, &SigningDeviceFacts::row);
  return devices;
}

// A receipt that another goes on with, or takes back.
std::optional<Reference> reference_to(Database& database, std::int64_t row,
                                      const std::string& till) {
  auto query = database.query("SELECT code FROM receipts WHERE row = ?");
  query.with(row);
  if (!query.next()) return {};
  Reference to;
  to.receipt = query.text(0);
  to.till = till;
  const auto shift = shift_of_receipt(database, row);
  if (shift && shift->state == ShiftState::closed && row <= shift->last_receipt) {
    to.closing_created = shift->closed;
    to.closing_number = shift->z_number;
  }
  return to;
}

Reference outside(std::string name, std::string number) {
  Reference to;
  to.kind = ReferenceKind::other;
  to.name = std::move(name);
  to.receipt = std::move(number);
  return to;
}

// The rows of the receipts that it takes back or goes on with.
std::vector<std::int64_t> earlier_receipts(Database& database, const Receipt& receipt) {
  if (receipt.kind == ReceiptKind::refund) {
    auto query = database.query("SELECT coalesce(reverses, 0) FROM receipts WHERE row = ?");
    query.with(receipt.row);
    if (query.next() && query.integer(0) > 0) return {query.integer(0)};
  }
  std::vector<std::int64_t> rows;
  for (const std::int64_t row : receipts_of_order(database, receipt.order.row)) {
    if (row < receipt.row) rows.push_back(row);
  }
  // Of a refund the latest one had the goods.
  if (receipt.kind == ReceiptKind::refund && rows.size() > 1) return {rows.back()};
  return rows;
}

std::vector<std::int64_t> receipts_of_returns(Database& database, const Receipt& receipt) {
  std::vector<std::int64_t> rows;
  for (const ReturnLine& back : receipt.order.returns) {
    if (back.order.is_nil()) continue;
    auto query = database.query("SELECT row FROM orders WHERE id = ?");
    query.with(back.order);
    if (!query.next()) continue;
    const SoldBy sold = sold_by(database, query.integer(0));
    if (sold.row > 0 && std::ranges::count(rows, sold.row) == 0) rows.push_back(sold.row);
  }
  return rows;
}

bool takes_goods_back(const Receipt& receipt) {
  return receipt.kind == ReceiptKind::refund ||
         std::ranges::any_of(receipt.order.returns, [](const ReturnLine& back) {
           return back.kind != ReturnKind::deposit;
         });
}

}  // namespace

std::vector<Shift> closings_by_number(Database& database, std::int64_t from, std::int64_t to) {
  std::vector<Shift> closings = shifts(database, -1);
  std::erase_if(closings, [&](const Shift& shift) {
    return shift.state != ShiftState::closed || shift.z_number < from || shift.z_number > to;
  });
  std::ranges::sort(closings, {}, &Shift::z_number);
  return closings;
}

std::vector<Shift> closings_by_day(Database& database, Day from, Day to, const DayRule& rule) {
  std::vector<Shift> closings =
      closings_by_number(database, 1, std::numeric_limits<std::int64_t>::max());
  std::erase_if(closings, [&](const Shift& shift) {
    const Day day = day_of(shift.closed, rule);
    return day < from || day > to;
  });
  return closings;
}

std::int64_t receipts_not_closed(Database& database) {
  auto query = database.query(
      "SELECT count(*) FROM receipts WHERE row > coalesce((SELECT max(last_receipt) FROM shifts "
      "WHERE state = 2), 0)");
  return query.next() ? query.integer(0) : 0;
}

ClosingsExport::ClosingsExport(Database& database, dsfinvk::Writer& writer, DayRule rule,
                               German german)
    : database_(database), writer_(writer), rule_(std::move(rule)), german_(std::move(german)) {}

// What was written between two shifts belongs to the later one, so that no number is missing.
std::int64_t ClosingsExport::begin_of(const Shift& closing) {
  auto query =
      database_.query("SELECT max(last_receipt) FROM shifts WHERE z_number > 0 AND z_number < ?");
  query.with(closing.z_number);
  const bool is_first = !query.next() || query.is_null(0);
  return is_first ? closing.after_receipt : query.integer(0);
}

std::string ClosingsExport::fault_of(const Receipt& receipt) {
  // An X report moves nothing and is not signed.
  if (receipt.kind == ReceiptKind::x_report) return "";
  if (!receipt.signing) return "Ohne Sicherheitseinrichtung aufgezeichnet";
  if (receipt.signing->state == ReceiptSigning::State::is_signed) return "";
  const auto transaction = signing_of_receipt(database_, receipt.row);
  if (!transaction || !transaction->outage) return "Die Signatur steht noch aus";
  auto query = database_.query("SELECT reason FROM signing_outages WHERE row = ?");
  query.with(*transaction->outage);
  std::string reason = query.next() ? german_(query.view(0)) : "";
  return fmt::format("TSE ausgefallen{}{}{}", reason.empty() ? "" : ": ", reason,
                     receipt.signing->finish ? " Die Signatur kam erst nach dem Beleg." : "");
}

std::vector<Reference> ClosingsExport::references_of(const Receipt& receipt) {
  if (!has_order(receipt.kind)) return {};
  std::vector<std::int64_t> rows;
  const bool goes_on = receipt.kind == ReceiptKind::refund ||
                       receipt.kind == ReceiptKind::balance ||
                       receipt.kind == ReceiptKind::correction;
  if (goes_on) rows = earlier_receipts(database_, receipt);
  for (const std::int64_t row : receipts_of_returns(database_, receipt)) rows.push_back(row);
  std::vector<Reference> references;
  for (const std::int64_t row : rows) {
    if (auto to = reference_to(database_, row, receipt.master.serial)) {
      references.push_back(std::move(*to));
    }
  }
  if (!references.empty() || !takes_goods_back(receipt)) return references;
  if (receipt.kind == ReceiptKind::refund) {
    references.push_back(outside("Bestellung", receipt.order.number));
  } else {
    references.push_back(outside("Rückgabe ohne Kassenbeleg", receipt.code));
  }
  return references;
}

Result<ExportedClosing, std::string> ClosingsExport::write(const Shift& closing) {
  const OneState state(database_);
  const std::int64_t after = begin_of(closing);
  auto z = load_receipt(database_, closing.last_receipt);
  if (!z) {
    return tl::unexpected(fmt::format("the Z report {} cannot be read", closing.z_number));
  }
  // Of before there were versions: as it is said on the slip.
  if (z->master.row == 0) z->master = master_data(database_, z->shop, z->till);
  const auto devices = devices_between(database_, after, closing.last_receipt);
  std::string booking_day = to_iso(day_of(closing.closed, rule_));
  if (booking_day == to_iso(day_of(closing.closed, {z->shop.time_zone, 0}))) booking_day.clear();
  writer_.begin(closing_record(closing, *z, devices, std::move(booking_day)));
  ExportedClosing exported;
  exported.is_test = std::ranges::any_of(devices, &SigningDeviceFacts::is_test);
  std::vector<std::int64_t> rows;
  {
    auto query =
        database_.query("SELECT row FROM receipts WHERE row > ? AND row <= ? ORDER BY row");
    query.with(after, closing.last_receipt);
    while (query.next()) rows.push_back(query.integer(0));
  }
  for (const std::int64_t row : rows) {
    const auto receipt = load_receipt(database_, row);
    if (!receipt) return tl::unexpected(fmt::format("receipt {} cannot be read", row));
    RecordFacts facts;
    if (receipt->kind == ReceiptKind::cash_movement) {
      facts.movement = load_cash_movement(database_, row, receipt->order.currency);
    }
    facts.references = references_of(*receipt);
    facts.fault = fault_of(*receipt);
    writer_.add(record_of(*receipt, facts));
    ++exported.receipts;
  }
  exported.sums = writer_.end();
  return exported;
}

}  // namespace core
