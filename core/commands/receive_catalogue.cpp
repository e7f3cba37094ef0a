// A part of the platform's catalogue and customers, with how far the pull has
// come: one transaction. And prices that it told beforehand.
#include "core/base/masking.h"
#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/store/aside_store.h"
#include "core/store/customer_store.h"
#include "core/store/upstream_store.h"

namespace core {

namespace {

// A name from outside reaches slips, mails and terminals.
void clean(std::string& text) {
  if (has_control_character(text)) text = without_control_characters(text);
}

PulledCatalogue cleaned(PulledCatalogue catalogue) {
  for (PulledProduct& product : catalogue.products) {
    clean(product.title);
    for (PulledVariant& pulled : product.variants) {
      Variant& variant = pulled.variant;
      for (std::string* text :
           {&variant.product_title, &variant.title, &variant.sku, &variant.category}) {
        clean(*text);
      }
    }
  }
  return catalogue;
}

std::vector<PulledCustomer> cleaned(std::vector<PulledCustomer> customers) {
  for (PulledCustomer& pulled : customers) {
    clean(pulled.customer.name);
    pulled.customer.name = without_card_data(pulled.customer.name);
  }
  return customers;
}

}  // namespace

Handled carry_out(Till& till, const ReceiveCatalogue& command) {
  Work work(till);
  put_pulled_catalogue(till.database, cleaned(command.catalogue));
  put_pulled_customers(till.database, cleaned(command.customers), till.now());
  for (const PulledProduct& product : command.catalogue.products) {
    forget_aside(till.database, till.settings.upstream.kind, product.title);
  }
  for (const SyncCursor& cursor : command.cursors) set_cursor(till.database, cursor);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  // The tiles that are shown are asked for again.
  if (!command.catalogue.is_empty()) ++till.orders_revision;
  return Effects{};
}

Handled carry_out(Till& till, const TurnPrices&) {
  Work work(till);
  if (!turn_prices(till.database, till.now())) return Effects{};
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return Effects{};
}

}  // namespace core
