// Who is there: the ids that every order needs, and what the owner should know.
#include <fmt/format.h>

#include <algorithm>

#include "sync/upstream/medusa/pull.h"

namespace syncing::medusa {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::minutes tolerable_clock = 5min;
// A till's last sale may stand behind many orders that people made in its channel.
constexpr std::int64_t sales_a_look = 50;
constexpr std::int64_t most_sales_looked_at = 500;
// A draft that is older was not begun a moment ago by another till.
constexpr std::chrono::hours unfinished_after = 1h;
constexpr std::size_t most_drafts_named = 5;

}  // namespace

std::variant<HttpRequest, Introduction::Found> Introduction::next() {
  switch (found_.trouble ? 99 : step_) {
    case 0:
      return api_->get("/admin/stores?fields=id,name,*supported_currencies");
    case 1:
      return api_->get("/admin/regions?limit=100&fields=id,name,currency_code,*countries");
    case 2:
      return api_->get("/admin/sales-channels?limit=100&fields=id,name,is_disabled");
    case 3:
      return api_->get("/admin/stock-locations?limit=100&fields=id,name,*address");
    case 4:
      return api_->get("/admin/product-variants?limit=5&fields=id,sku&sku=" +
                       url_escaped(wanted_.misc_sku));
    case 5:
      return api_->get(
          fmt::format("/admin/orders?limit={}&offset={}&order=-created_at&"
                      "sales_channel_id%5B%5D={}&fields=id,custom_display_id,metadata",
                      sales_a_look, sales_seen_, url_escaped(found_.place.channel)));
    case 6:
      return api_->get(
          fmt::format("/admin/draft-orders?limit=200&order=created_at&sales_channel_id%5B%5D={}"
                      "&fields=id,status,display_id,created_at,metadata",
                      url_escaped(found_.place.channel)));
    default:
      break;
  }
  found_.check.works = !found_.trouble;
  if (found_.trouble) found_.check.trouble.push_back(found_.trouble->reason);
  return found_;
}

void Introduction::hear(const Heard& heard) {
  const Reply reply = reply_of(heard);
  if (reply.trouble) {
    found_.trouble = reply.trouble;
  } else if (reply.refused) {
    found_.trouble =
        link_is_down(reply.refused->status == 404 ? "There is no Medusa at this address."
                                                  : "Medusa says: " + reply.refused->message);
  } else {
    if (heard.date) found_.place.server_time = *heard.date;
    take(reply.json);
    ++step_;
  }
}

std::string Introduction::choose(const Json& list, const std::string& wanted,
                                 std::string_view what) {
  for (const Json& one : list) {
    if (!wanted.empty() && text_at(one, "id") != wanted) continue;
    found_.check.found.push_back(fmt::format("{}: {}", what, text_at(one, "name")));
    return text_at(one, "id");
  }
  found_.trouble = link_is_down(
      wanted.empty() ? fmt::format("Medusa has no {} yet. Create one there.", what)
                     : fmt::format("Medusa has no {} \"{}\". Choose another one.", what, wanted));
  return "";
}

void Introduction::take(const Json& json) {
  Place& place = found_.place;
  switch (step_) {
    case 0:
      if (list_at(json, "stores").empty()) {
        found_.trouble = link_is_down("There is no Medusa at this address.");
        return;
      }
      place.shop = text_at(list_at(json, "stores").front(), "name");
      found_.check.found.push_back(fmt::format("Shop: {}", place.shop));
      if (now_ != core::Instant{} && place.server_time != core::Instant{} &&
          std::chrono::abs(now_ - place.server_time) > tolerable_clock) {
        found_.check.trouble.emplace_back("The till's clock and Medusa's differ by minutes.");
      }
      return;
    case 1:
      place.region = choose(list_at(json, "regions"), wanted_.region, "region");
      for (const Json& region : list_at(json, "regions")) {
        if (text_at(region, "id") != place.region) continue;
        const std::string code = text_at(region, "currency_code");
        std::string upper = code;
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        place.currency = core::currency_from(upper);
        found_.check.found.push_back(fmt::format("currency: {}", upper));
        for (const Json& country : list_at(region, "countries")) {
          place.country = text_at(country, "iso_2");
          break;
        }
      }
      return;
    case 2:
      place.channel = choose(list_at(json, "sales_channels"), wanted_.channel, "sales channel");
      return;
    case 3:
      place.location = choose(list_at(json, "stock_locations"), wanted_.location, "stock location");
      for (const Json& one : list_at(json, "stock_locations")) {
        const std::string country = text_at(one, "address.country_code");
        if (text_at(one, "id") == place.location && !country.empty()) place.country = country;
      }
      return;
    case 4:
      for (const Json& one : list_at(json, "variants")) {
        if (text_at(one, "sku") == wanted_.misc_sku) place.misc_variant = text_at(one, "id");
      }
      if (place.misc_variant.empty()) {
        found_.check.trouble.push_back(fmt::format(
            "Medusa has no article with the SKU {}: open items cannot be told.", wanted_.misc_sku));
      }
      return;
    case 5:
      take_last_sale(list_at(json, "orders"));
      return;
    default:
      take_drafts(list_at(json, "draft_orders"));
  }
}

// The last sale of a till shows whether our ids are unique there. Without one it
// cannot be known yet.
void Introduction::take_last_sale(const Json& orders) {
  sales_seen_ += static_cast<std::int64_t>(orders.size());
  for (const Json& one : orders) {
    const std::string ours = text_at(one, "metadata.pos_order_id");
    if (ours.empty()) continue;
    found_.place.refuses_doubles = text_at(one, "custom_display_id") == ours;
    if (!found_.place.refuses_doubles) {
      found_.check.trouble.emplace_back(
          "Medusa does not keep the till's numbers unique: set the option of its order "
          "module.");
    }
    return;
  }
  const bool is_all = static_cast<std::int64_t>(orders.size()) < sales_a_look;
  if (!is_all && sales_seen_ < most_sales_looked_at) --step_;  // behind these
}

void Introduction::take_drafts(const Json& drafts) {
  std::string names;
  std::size_t count = 0;
  for (const Json& one : drafts) {
    if (text_at(one, "metadata.pos_order_id").empty() || text_at(one, "status") != "draft") {
      continue;
    }
    if (time_at(one, "created_at") + unfinished_after > found_.place.server_time) continue;
    if (++count > most_drafts_named) continue;
    names += fmt::format("{}#{}", names.empty() ? "" : ", ", number_at(one, "display_id"));
  }
  if (count == 0) return;
  found_.place.has_drafts = true;
  found_.check.trouble.push_back(
      fmt::format("Medusa holds {} drafts that a till began and did not finish ({}). The till "
                  "that began one finishes or removes it; of a till that is no longer there, "
                  "delete it in Medusa.",
                  count, count > most_drafts_named ? names + ", ..." : names));
}

}  // namespace syncing::medusa
