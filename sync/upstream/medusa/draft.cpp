#include "sync/upstream/medusa/draft.h"

#include <fmt/format.h>

#include "core/orders/pricing.h"
#include "sync/upstream/medusa/order.h"
#include "sync/upstream/medusa/reply.h"

namespace syncing::medusa {

namespace {

// How often an amount of so many pieces goes at which price: the rest of the
// division is one cent more on so many of them.
struct Priced {
  std::int64_t quantity;
  core::Money each;
};
std::vector<Priced> evenly(core::Money amount, std::int64_t pieces) {
  const std::int64_t base = amount.minor / pieces;
  const std::int64_t more = amount.minor % pieces;
  std::vector<Priced> parts;
  if (pieces - more > 0) parts.push_back({pieces - more, {base, amount.currency}});
  if (more > 0) parts.push_back({more, {base + 1, amount.currency}});
  return parts;
}

Json address_of(const Place& place) {
  return {{"first_name", place.shop}, {"last_name", "-"},
          {"address_1", "-"},         {"city", "-"},
          {"postal_code", "00000"},   {"country_code", place.country}};
}

Json tenders_of(const core::Order& order) {
  Json all = Json::array();
  for (const core::Payment& payment : order.payments) {
    all.push_back({{"kind", core::word(payment.kind)},
                   {"tender", core::word(payment.tender)},
                   {"amount", core::to_plain(payment.amount)},
                   {"at", core::to_iso(payment.at)}});
  }
  return all;
}

}  // namespace

std::int64_t pieces_of(core::Quantity quantity) {
  return quantity.is_whole() && quantity.thousandths > 0 ? quantity.thousandths / 1000 : 1;
}

std::string our_id(const core::Order& order) {
  return fmt::format("{}-{}", order.number, core::to_text(order.id).substr(24));
}

Json draft_of(const core::Order& order, const std::vector<core::UpstreamVariant>& variants,
              const Place& place, const std::optional<core::Anchor>& anchor) {
  const core::Totals totals = core::price(order);
  Json items = Json::array();
  const auto add = [&](const std::string& variant, core::Money amount, std::int64_t pieces,
                       Json metadata) {
    for (const Priced& part : evenly(amount, pieces)) {
      items.push_back({{"variant_id", variant},
                       {"quantity", part.quantity},
                       {"unit_price", number(part.each)},
                       {"metadata", metadata}});
    }
  };
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const core::LineItem& line = order.lines[i];
    core::Money amount = totals.lines[i].final();
    // What paying in cash adds or takes belongs to no line; Medusa has only lines.
    if (i == 0) amount += totals.rounding;
    const std::string known = i < variants.size() ? variants[i].upstream_id : "";
    Json metadata{{"pos_line", i}, {"title", line.title}};
    if (!line.quantity.is_whole()) metadata["weight"] = core::to_plain(line.quantity);
    if (totals.lines[i].final() != totals.lines[i].gross) {
      metadata["list_price"] = core::to_plain(line.unit_price);
      metadata["discount"] = core::to_plain(totals.lines[i].gross - totals.lines[i].final());
    }
    add(known.empty() ? place.misc_variant : known, amount, pieces_of(line.quantity),
        std::move(metadata));
  }
  for (const core::ExtraCharge& extra : order.extras) {
    add(place.misc_variant, extra.amount, 1, {{"title", extra.title}});
  }
  const bool has_mail = !order.customer.email.empty();
  return {{"region_id", place.region},
          {"sales_channel_id", place.channel},
          {"currency_code", region_currency(order.currency)},
          {"email", has_mail ? order.customer.email : "till@localhost.invalid"},
          {"no_notification_order", !(place.mails_receipts && has_mail)},
          {"shipping_address", address_of(place)},
          {"billing_address", address_of(place)},
          {"items", std::move(items)},
          {"metadata",
           {{"pos_order_id", our_id(order)},
            {"pos_number", order.number},
            {"sold_at", core::to_iso(order.placed)},
            {"cashier", order.cashier},
            {"note", order.note},
            {"journal", anchor ? core::printed(*anchor) : ""},
            {"tenders", tenders_of(order)}}}};
}

}  // namespace syncing::medusa
