// Which article is charged as the deposit of another, and which slips of the machine have
// been taken.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/clock.h"
#include "core/catalogue/catalogue.h"
#include "core/store/catalogue_writer.h"
#include "core/store/database.h"

namespace core {

std::optional<VariantId> deposit_of(Database& database, VariantId article);
// Whether it is charged as the deposit of any.
bool is_deposit(Database& database, VariantId article);
bool has_deposits(Database& database);
// Row 0: it bears none any more.
void set_deposit(Database& database, VariantId article, VariantId deposit);
// The article that is charged where a deposit is so much: one that is charged so already,
// else the one with that name, else a new one, "Deposit 0.25". Row 0: it cannot be made.
// `writer`: of the change that this belongs to; its finish() is still to come.
VariantId deposit_worth(Database& database, CatalogueWriter& writer, Money amount,
                        const DepositName& name);

// When a slip with this code was last taken, or lies in a cart; nothing: never.
std::optional<Instant> slip_taken(Database& database, std::string_view code);

}  // namespace core
