// A receipt, a closing and a security device as an export for the tax office has them
// (DSFinV-K 2.4; core/fiscal/dsfinvk/records.h). Pure; texts are German, as their reader is.
//
// What a receipt says here is what its signature says: its lines are its business cases, their
// sums by key are those of the processData (core/orders/receipt_event.h), and the payments too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/fiscal/dsfinvk/records.h"
#include "core/orders/receipt.h"
#include "core/shift/cash.h"
#include "core/shift/shift.h"

namespace core {

// What only the store knows of a receipt.
struct RecordFacts {
  std::optional<CashMovement> movement = {};        // of a cash movement
  std::vector<dsfinvk::Reference> references = {};  // what it takes back or goes on with
  std::string fault = {};                           // why it was not signed
};

// The key of an export for a way of taxing. Former rates have keys of their own; what has none,
// and a key of the shop's own, goes by its rate, as in what was signed.
int export_key(Taxed taxed);

dsfinvk::ReceiptRecord record_of(const Receipt& receipt, const RecordFacts& facts);

// The business that closed it, as it stood then. `z` is the receipt of its Z report.
// `booking_day`: as an ISO date, where it is another than that of the closing.
dsfinvk::Closing closing_record(const Shift& shift, const Receipt& z,
                                const std::vector<SigningDeviceFacts>& devices,
                                std::string booking_day);

dsfinvk::BusinessCase export_case(BusinessCase business_case, Money gross);

}  // namespace core
