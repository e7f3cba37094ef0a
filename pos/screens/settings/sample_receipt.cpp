#include "core/orders/receipt.h"
#include "core/tax/country.h"

#include "pos/screens/settings/settings_screen.h"

namespace pos {

namespace {

core::LineItem sample_line(const char* title, std::int64_t minor, core::Currency currency,
                           const core::Settings& settings, const char* code) {
  core::LineItem line;
  line.title = title;
  line.unit_price = {minor, currency};
  line.quantity = core::pieces(1);
  const std::string date = "9999-12-31";  // the rates that were set last
  line.tax_rate = core::rate_on(settings.money.rates, code, date);
  line.tax_key = core::key_of(core::country_from(settings.shop.country), settings.money.rates, code,
                              line.tax_rate);
  return line;
}

}  // namespace

core::Receipt sample_receipt(const Scene& scene) {
  const core::Settings& settings = scene.till.settings;
  const core::Currency currency = settings.shop.currency;
  core::Receipt receipt;
  receipt.shop = settings.shop;
  receipt.till = settings.till.id;
  receipt.cashier = scene.till.cashier ? scene.till.cashier->name : "";
  receipt.code = settings.till.id + "-TEST";
  receipt.started = receipt.finished = scene.instant;
  core::Order& order = receipt.order;
  order.number = settings.till.id + "-TEST";
  order.currency = currency;
  order.tax_mode = settings.money.tax_mode;
  order.cash_rounding = {0, currency};
  order.lines = {sample_line("Weißwurst süß-sauer, 250 g", 649, currency, settings, "reduced"),
                 sample_line("Öl „Extra“ À la carte €", 1290, currency, settings, "standard")};
  order.lines[1].quantity = core::pieces(2);
  order.version = 1;
  const core::Money total = core::price(order).total;
  core::Payment cash;
  cash.tender = core::Tender::cash;
  cash.amount = total;
  cash.given = core::Money{(total.minor / 1000 + 1) * 1000, currency};
  cash.at = scene.instant;
  cash.version = 1;
  order.payments = {cash};
  core::complete_receipt(receipt);
  receipt.taxes = receipt.totals.taxes;
  return receipt;
}

}  // namespace pos
