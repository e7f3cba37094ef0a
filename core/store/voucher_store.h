// Vouchers in the store: what is on one is the sum of its history, which triggers hold to;
// they refuse what would bring it below zero, or below what unpaid orders hold of it.
//
// The writing functions are called inside a Transaction of the register.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/orders/receipt.h"
#include "core/store/database.h"
#include "core/vouchers/voucher.h"

namespace core {

// By its number as plain_voucher_number() gives it; with `holders`, without history.
std::optional<Voucher> find_voucher(Database& database, std::string_view number);
std::optional<Voucher> load_voucher(Database& database, std::int64_t row);
// With its history.
std::optional<Voucher> tell_voucher(Database& database, std::string_view number);
// The latest first, without histories.
std::vector<Voucher> vouchers(Database& database, std::int64_t limit);

// Whether a voucher or a line of an order that is not over has this number.
bool is_number_taken(Database& database, std::string_view number);

// Writes the voucher, with nothing on it, and sets its row; its first entry fills it.
void insert_voucher(Database& database, Voucher& voucher, std::int64_t order_row,
                    std::int64_t receipt_row);

struct NewEntry {
  std::int64_t voucher = 0;
  VoucherEvent event = VoucherEvent::issued;
  Money amount;
  Instant at;
  std::string actor, approver = {}, reason = {};
  std::int64_t order_row = 0, receipt_row = 0;  // 0: of none
  TransactionId payment = {};
  LineId line = {};
};
void insert_entry(Database& database, const NewEntry& entry);
// Whether the line has filled its voucher already.
bool has_filled(Database& database, LineId line);

// A part of what is on a voucher, for a payment of an order that is not placed yet.
struct VoucherHold {
  TransactionId payment;
  std::int64_t voucher = 0, order_row = 0;
  Money amount;
};
void insert_hold(Database& database, const VoucherHold& hold);
void delete_hold(Database& database, TransactionId payment);
std::vector<VoucherHold> holds_of(Database& database, std::int64_t order_row, Currency currency);

// The voucher that a payment took from; nothing: none that is known.
std::optional<Voucher> voucher_of_payment(Database& database, TransactionId payment);
// The rate at which what a payment took was taxed when its voucher was sold; nothing: it was not.
std::optional<Taxed> taxed_before(Database& database, TransactionId payment);

// What a receipt has done to vouchers, in the order of its doing.
std::vector<ReceiptVoucher> vouchers_of_receipt(Database& database, std::int64_t receipt_row);

// What has happened in [from, until).
VoucherSums voucher_sums(Database& database, Currency currency, Instant from, Instant until);
// What is owed to the holders of all vouchers.
Money voucher_liability(Database& database, Currency currency);

}  // namespace core
