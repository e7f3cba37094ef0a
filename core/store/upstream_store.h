// What the platform calls things, and how far each pull has come. The writing
// functions run in the caller's transaction; errors show in Database::error().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/catalogue/pulled_catalogue.h"
#include "core/store/database.h"

namespace core {

// Writes a part of the platform's catalogue. What was sold here and is not
// there yet is taken off the platform's stock, so that the tile tells the truth.
void put_pulled_catalogue(Database& database, const PulledCatalogue& pulled);

// A coming price whose time has come becomes the variant's price. True: one did.
bool turn_prices(Database& database, Instant now);
// For a reader whose store no till has opened since: what these cost by now.
void show_turned_prices(Database& database, std::vector<Variant>& variants, Instant now);
// When the next one turns; 0: none is coming.
Instant next_price_turn(Database& database);

std::vector<SyncCursor> cursors(Database& database);
void set_cursor(Database& database, const SyncCursor& cursor);

// The platform's ids of its own orders that are open here, latest first.
std::vector<std::string> open_upstream_orders(Database& database, std::int64_t limit);

// The platform's ids of a variant of the till; empty: it does not know it.
UpstreamVariant upstream_variant(Database& database, std::int64_t variant);

}  // namespace core
