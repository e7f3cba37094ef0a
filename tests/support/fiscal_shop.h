// A made-up shop's days for the tests of exports: closings with receipts of every kind, the
// same for the same seed.
#pragma once

#include <fmt/format.h>

#include <random>

#include "core/fiscal/dsfinvk/writer.h"
#include "core/fiscal/tax_keys.h"

namespace tests {

namespace dsfinvk = core::dsfinvk;

class FiscalShop {
 public:
  explicit FiscalShop(unsigned seed) : random_(seed) {}

  dsfinvk::Closing closing(std::int64_t number) {
    dsfinvk::Closing closing;
    closing.till = "KASSE-0001";
    closing.created = at(number, 20 * 3600);
    closing.number = number;
    closing.business = {"Muster GmbH", "Hauptstraße 1", "10115", "Berlin", "DEU"};
    closing.site = {"Filiale; \"Mitte\"", "Hauptstraße 1", "10115", "Berlin", "DEU"};
    closing.tax_number = "11/222/33333";
    closing.brand = "Tresen";
    closing.software = "Tresen";
    closing.software_version = "0.1";
    for (const auto& known : core::fiscal::known_keys()) {
      closing.rates.push_back({known.key, known.rate, std::string(known.name)});
    }
    dsfinvk::SecurityDevice device;
    device.id = 1;
    device.serial = std::string(64, 'a');
    device.algorithm = "ecdsa-plain-SHA256";
    device.time_format = "unixTime";
    device.public_key = std::string(65, '\4');
    device.certificate = std::string(700, 'c');
    closing.devices.push_back(device);
    day_ = number;
    return closing;
  }

  dsfinvk::ReceiptRecord receipt() {
    ++number_;
    switch (below(20)) {
      case 0:
        return aborted();
      case 1:
        return training();
      case 2:
        return cash_movement();
      case 3:
        return refund();
      default:
        return sale();
    }
  }

  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

 private:
  static core::Money euro(std::int64_t cents) { return {cents, core::eur}; }
  static core::Instant at(std::int64_t day, std::int64_t seconds) {
    return core::Instant{std::chrono::seconds{1'795'910'400 + day * 86'400 + seconds}};
  }

  dsfinvk::ReceiptRecord begun(core::fiscal::EventKind kind) {
    dsfinvk::ReceiptRecord receipt;
    receipt.id = fmt::format("K1-{}", number_);
    receipt.number = number_;
    receipt.kind = kind;
    receipt.started = at(day_, 8 * 3600 + number_ % 30'000);
    receipt.finished = receipt.started + std::chrono::seconds{30};
    receipt.cashier = "7";
    receipt.cashier_name = "Anna";
    return receipt;
  }

  static core::Rate rate_of(int key) {
    for (const auto& known : core::fiscal::known_keys()) {
      if (known.key == key) return known.rate;
    }
    return {};
  }

  dsfinvk::Line goods(dsfinvk::ReceiptRecord& receipt, int sign) {
    static constexpr int keys[] = {1, 2, 2, 1, 5, 6, 8, 3, 21};
    const int key = keys[below(9)];
    dsfinvk::Line line;
    line.number = std::to_string(receipt.lines.size() + 1);
    line.text = fmt::format("Artikel {}", below(500));
    line.article = std::to_string(4000 + below(500));
    line.unit = "Stück";
    line.quantity =
        core::Quantity{sign * (below(4) == 0 ? 1 + below(3000) : 1000 * (1 + below(5)))};
    line.unit_price = euro(1 + below(5000));
    core::Money gross = core::price_of(line.unit_price, *line.quantity);
    if (below(6) == 0) {  // a discount of the line
      const core::Money full = gross;
      gross = core::share_of(gross, core::Rate{9000});
      line.price = {{dsfinvk::AmountKind::base_amount, {key, rate_of(key), full}},
                    {dsfinvk::AmountKind::discount, {key, rate_of(key), gross - full}}};
    }
    line.taxes = {{key, rate_of(key), gross}};
    line.is_void = sign > 0 && below(10) == 0;
    return line;
  }

  // A discount of the whole order, split over its keys.
  void discount(dsfinvk::ReceiptRecord& receipt) {
    std::map<int, std::int64_t> by_key;
    for (const auto& line : receipt.lines) {
      if (!line.is_void) by_key[line.taxes[0].key] += line.taxes[0].gross.minor;
    }
    std::vector<std::int64_t> weights;
    std::int64_t total = 0;
    for (const auto& [key, sum] : by_key) {
      weights.push_back(sum);
      total += sum;
    }
    const auto shares = core::split_by_weight(-total / 10, weights);
    dsfinvk::Line line;
    line.number = std::to_string(receipt.lines.size() + 1);
    line.text = "Rabatt 10 %";
    line.what = dsfinvk::BusinessCase::discount;
    std::size_t i = 0;
    for (const auto& [key, sum] : by_key) {
      line.taxes.push_back({key, rate_of(key), euro(shares[i++])});
    }
    if (!line.taxes.empty()) receipt.lines.push_back(line);
  }

  void special(dsfinvk::ReceiptRecord& receipt, dsfinvk::BusinessCase what, std::int64_t cents) {
    dsfinvk::Line line;
    line.number = std::to_string(receipt.lines.size() + 1);
    line.text = std::string(dsfinvk::word(what));
    line.what = what;
    line.taxes = {{5, {}, euro(cents)}};
    receipt.lines.push_back(line);
  }

  void total(dsfinvk::ReceiptRecord& receipt) {
    std::map<int, std::int64_t> by_key;
    for (const auto& line : receipt.lines) {
      for (const auto& tax : line.taxes) by_key[tax.key] += line.is_void ? 0 : tax.gross.minor;
    }
    for (const auto& [key, sum] : by_key) {
      const core::Money tax = core::tax_inside(euro(sum), rate_of(key));
      receipt.taxes.push_back({key, euro(sum), euro(sum) - tax, tax});
      receipt.gross += euro(sum);
    }
  }

  void pay(dsfinvk::ReceiptRecord& receipt) {
    const core::Money due = receipt.gross;
    using Kind = dsfinvk::PaymentKind;
    switch (below(5)) {
      case 0:
        receipt.payments = {{Kind::other, "Karte", due, {}}};
        break;
      case 1: {
        const core::Money half = euro(due.minor / 2);
        receipt.payments = {{Kind::cash, "", half, {}},
                            {Kind::debit_card, "girocard", due - half, {}}};
        break;
      }
      case 2:
        receipt.payments = {
            {Kind::cash, "Dollar", due, core::Money{due.minor + due.minor / 10, core::usd}}};
        break;
      default:
        receipt.payments = {{Kind::cash, "", due, {}}};
    }
    if (due.is_zero()) receipt.payments = {{Kind::none, "", due, {}}};
  }

  void sign(dsfinvk::ReceiptRecord& receipt) {
    dsfinvk::Signing signing;
    std::vector<core::fiscal::GrossOfKey> gross;
    for (const auto& tax : receipt.taxes) gross.push_back({tax.key, tax.gross});
    std::vector<core::fiscal::Paid> paid;
    for (const auto& payment : receipt.payments) {
      paid.push_back({payment.kind == dsfinvk::PaymentKind::cash ? core::fiscal::Means::cash
                                                                 : core::fiscal::Means::other,
                      payment.foreign.value_or(payment.amount)});
    }
    signing.process = core::fiscal::receipt_data(receipt.kind, gross, paid).value();
    if (below(10) == 0) {
      signing.fault = "TSE nicht erreichbar";
    } else {
      signing.device = 1;
      signing.transaction = number_;
      signing.counter = 2 * number_;
      signing.started = receipt.started;
      signing.finished = receipt.finished;
      signing.signature = std::string(64, 's');
    }
    receipt.signing = signing;
  }

  dsfinvk::ReceiptRecord sale() {
    auto receipt = begun(core::fiscal::EventKind::receipt);
    for (int i = below(6); i >= 0; --i) receipt.lines.push_back(goods(receipt, 1));
    if (below(4) == 0) discount(receipt);
    if (below(12) == 0) special(receipt, dsfinvk::BusinessCase::tip_employee, 200);
    if (below(12) == 0) special(receipt, dsfinvk::BusinessCase::multi_voucher_sold, 5000);
    if (below(12) == 0) special(receipt, dsfinvk::BusinessCase::multi_voucher_redeemed, -1000);
    if (below(15) == 0) special(receipt, dsfinvk::BusinessCase::receivable_set, -700);
    if (below(5) == 0) receipt.group = "Tisch 4";
    total(receipt);
    pay(receipt);
    sign(receipt);
    if (receipt.gross.minor < 0) refer(receipt);
    return receipt;
  }

  void refer(dsfinvk::ReceiptRecord& receipt) {
    dsfinvk::Reference to;
    to.closing_created = at(1, 20 * 3600);
    to.till = "KASSE-0001";
    to.closing_number = 1;
    to.receipt = "K1-1";
    receipt.references.push_back(to);
  }

  dsfinvk::ReceiptRecord refund() {
    auto receipt = begun(core::fiscal::EventKind::receipt);
    for (int i = below(3); i >= 0; --i) receipt.lines.push_back(goods(receipt, -1));
    total(receipt);
    pay(receipt);
    sign(receipt);
    refer(receipt);
    return receipt;
  }

  dsfinvk::ReceiptRecord aborted() {
    auto receipt = begun(core::fiscal::EventKind::aborted);
    receipt.lines.push_back(goods(receipt, 1));
    sign(receipt);
    return receipt;
  }

  dsfinvk::ReceiptRecord training() {
    auto receipt = sale();
    receipt.kind = core::fiscal::EventKind::training;
    return receipt;
  }

  dsfinvk::ReceiptRecord cash_movement() {
    auto receipt = begun(core::fiscal::EventKind::receipt);
    special(receipt, dsfinvk::BusinessCase::cash_transit, -(1 + below(20'000)));
    total(receipt);
    receipt.payments = {{dsfinvk::PaymentKind::cash, "", receipt.gross, {}}};
    sign(receipt);
    return receipt;
  }

  std::mt19937 random_;
  std::int64_t number_ = 0, day_ = 0;
};

}  // namespace tests
