#include "pos/layout/order_mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/orders/pricing.h"
#include "pos/layout/packing_layout.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

std::string amount_of(const core::LineItem& line, core::Quantity quantity, Language language) {
  return quantity_text(quantity, line.unit == core::Unit::kilogram ? "kg" : "", language);
}

std::string all_lines(const core::Order& order, const core::Totals& totals, Language language) {
  std::string text;
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    if (is_taken_out(order.lines[i])) continue;
    const core::LineItem& line = order.lines[i];
    text += fmt::format("{} × {}: {}\n", amount_of(line, line.quantity, language), line.title,
                        money_text(totals.lines[i].final(), language));
  }
  for (const core::ExtraCharge& extra : order.extras) {
    text += fmt::format("{}: {}\n", extra.title, money_text(extra.amount, language));
  }
  return text;
}

std::string parcel_lines(const core::Order& order, const core::Fulfilment* fulfilment,
                         Language language) {
  std::string text;
  for (const core::LineItem& line : order.lines) {
    core::Quantity quantity = fulfilment ? core::Quantity{0} : line.quantity;
    if (fulfilment) {
      for (const core::LineQuantity& part : fulfilment->lines) {
        if (part.line == line.id) quantity = part.quantity;
      }
    }
    if (quantity.thousandths <= 0) continue;
    text += fmt::format("{} × {}\n", amount_of(line, quantity, language), line.title);
  }
  return text;
}

std::string download_lines(const core::Order& order, const std::vector<Download>& downloads) {
  std::string text;
  for (const Download& download : downloads) {
    const auto line =
        std::find_if(order.lines.begin(), order.lines.end(),
                     [&](const core::LineItem& item) { return item.id == download.line; });
    if (line == order.lines.end()) continue;
    text += download.link.empty() ? line->title + "\n"
                                  : fmt::format("{}: {}\n", line->title, download.link);
  }
  return text;
}

std::string tracking_of(const core::Fulfilment* fulfilment) {
  if (!fulfilment) return {};
  std::string text = fulfilment->carrier;
  if (!fulfilment->tracking_number.empty()) {
    text += (text.empty() ? "" : " ") + fulfilment->tracking_number;
  }
  if (!fulfilment->tracking_url.empty()) text += "\n" + fulfilment->tracking_url;
  return text;
}

// A payment status as its reader says it; a word of another system stays as it is.
std::string payment_name(std::string_view word, const Words& words) {
  struct Name {
    std::string_view word, english;
  };
  constexpr std::array<Name, 8> names{{{"pending", "Pending"},
                                       {"authorized", "Authorised"},
                                       {"partially_paid", "Partially paid"},
                                       {"paid", "Paid"},
                                       {"partially_refunded", "Partly refunded"},
                                       {"refunded", "Refunded"},
                                       {"voided", "Voided"},
                                       {"expired", "Expired"}}};
  for (const Name& name : names) {
    if (name.word == word) return std::string(words.with("state", name.english));
  }
  return std::string(word);
}

std::string greeting(const core::Customer& customer, const Words& words) {
  return customer.name.empty() ? std::string(words("Hello"))
                               : words.fill("Hello {}", {customer.name});
}

std::string day_of(core::Instant at, const core::ShopSettings& shop, Language language) {
  if (at == core::Instant{}) return {};
  return date_text(core::local_time(at, shop.time_zone), language);
}

}  // namespace

Placeholders placeholders(const core::Order& order, const core::ShopSettings& shop,
                          const core::Fulfilment* fulfilment,
                          const std::vector<Download>& downloads, const Words& words) {
  const Language language = words.language();
  const core::Totals totals = core::price(order);
  return {{"number", order.number},
          {"channel", order.channel},
          {"date", day_of(order.placed, shop, language)},
          {"customer", order.customer.name},
          {"greeting", greeting(order.customer, words)},
          {"email", order.customer.email},
          {"lines", all_lines(order, totals, language)},
          {"parcel", parcel_lines(order, fulfilment, language)},
          {"total", money_text(totals.total, language)},
          {"payment", payment_name(core::payment_word(order, totals.total), words)},
          {"authorized", money_text(core::capturable_sum(order), language)},
          {"expires", day_of(core::authorization_expiry(order), shop, language)},
          {"address", fmt::format("{}", fmt::join(address_lines(order.address), "\n"))},
          {"tracking", tracking_of(fulfilment)},
          {"downloads", download_lines(order, downloads)},
          {"note", order.note},
          {"shop", shop.name},
          {"shop_street", shop.street},
          {"shop_city", shop.postcode.empty() ? shop.city : shop.postcode + " " + shop.city},
          {"shop_phone", shop.phone}};
}

}  // namespace pos
