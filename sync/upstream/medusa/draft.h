// A sale as the draft order that Medusa is told: what each line costs there, to
// the cent. Pure. Why so, stands in decisions.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/catalogue/pulled_catalogue.h"
#include "core/orders/order.h"
#include "core/store/anchor.h"
#include "sync/upstream/json/json_values.h"

namespace syncing::medusa {

// The ids of the shop that every order needs; found once, by `Introduction`.
struct Place {
  std::string shop, region, channel, location, misc_variant;
  core::Currency currency = core::eur;
  std::string country = "de";  // of the shop: taxes follow from it
  core::Instant server_time;
  bool mails_receipts = false;   // Medusa does, by whatever the shop made it mail with
  bool refuses_doubles = false;  // a second order with our_id() of another; see decisions.md
  bool has_drafts = false;       // that tills began some time ago and did not finish
  friend bool operator==(const Place&, const Place&) = default;
};

// Our key of an order at Medusa: the number that people know, and enough of the
// id that a till which was set up anew never meets its own old numbers.
std::string our_id(const core::Order& order);

// The body of the draft order. Amounts are the line's share of what is paid, in
// whole cents a piece, so that Medusa's sum is the till's. `anchor`: of its receipt.
Json draft_of(const core::Order& order, const std::vector<core::UpstreamVariant>& variants,
              const Place& place, const std::optional<core::Anchor>& anchor = {});

// Pieces as Medusa counts them: what is weighed is one.
std::int64_t pieces_of(core::Quantity quantity);

}  // namespace syncing::medusa
