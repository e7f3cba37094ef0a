// A shop that sells vouchers and takes them, in the words of its day.
#pragma once

#include <string>

#include "core/orders/account.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "core/store/voucher_store.h"
#include "tests/support/till_driver.h"

namespace tests {

// Midnight, when a day begins there.
inline core::Instant start_of_day(int year, unsigned month, unsigned day, std::string_view zone) {
  const auto date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  return core::instant_at(std::chrono::sys_days(date), 0, zone);
}

class VoucherShop : public TillDriver {
 public:
  // Onto the cart, tax included.
  void goods(std::int64_t cents, const char* tax = "standard") {
    must(core::AddOpenItem{"Ware", euros(cents), tax});
  }
  void cash(std::int64_t given) { must(core::TakeCash{euros(given)}); }
  void voucher(const std::string& number, std::int64_t cents = 0) {
    must(core::TakeVoucher{number, euros(cents)});
  }
  // Sold for cash, alone; returns its number.
  std::string sell(std::int64_t cents, const std::string& tax = "") {
    must(core::SellVoucher{euros(cents), "", tax});
    cash(cents);
    return now().done->vouchers.at(0).number;
  }
  // The clock is right, whatever is thought of it.
  void at(core::Instant time) {
    clock.set(time);
    must(core::TrustClock{});
  }
  core::OrderId last() { return now().done->order; }

  core::Voucher told(const std::string& number) {
    const auto voucher = core::tell_voucher(database(), core::plain_voucher_number(number));
    REQUIRE(voucher);
    return *voucher;
  }
  core::Money on(const std::string& number) { return told(number).balance; }
  core::Money liability() { return core::voucher_liability(database(), core::eur); }

  core::Receipt receipt(core::OrderId id) {
    const auto order = core::find_order(database(), id);
    REQUIRE(order);
    const auto receipt =
        core::load_receipt(database(), core::receipts_of_order(database(), order->row).back());
    REQUIRE(receipt);
    return *receipt;
  }
  // What an X report says now.
  core::ShiftReport day() {
    const auto shift = core::open_shift(database());
    REQUIRE(shift);
    return core::report_of(database(), *shift);
  }
  core::VoucherSums sums() {
    return core::voucher_sums(database(), core::eur, {}, clock.now() + std::chrono::hours(1));
  }
};

// What stays in the drawer of these receipts.
inline core::Money in_cash(const core::Receipt& receipt) {
  core::Money sum = euros(0);
  for (const auto& payment : receipt.payments) {
    if (payment.tender != core::Tender::cash) continue;
    sum += payment.kind == core::TransactionKind::refund ? -payment.amount : payment.amount;
  }
  return sum;
}

inline core::Money tax_at(const core::Receipt& receipt, std::int64_t basis_points) {
  for (const auto& tax : receipt.taxes) {
    if (tax.rate.basis_points == basis_points) return tax.tax;
  }
  return euros(0);
}

}  // namespace tests
