// The link or code that is sent when a digital product is fulfilled.
#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/store/fulfilment_store.h"

namespace core {

Handled carry_out(Till& till, const SetDownload& command) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  const std::string sku(trim(command.sku));
  const std::string link(trim(command.link));
  if (sku.empty()) return tl::unexpected(refuse("Please name the product's SKU."));
  if (link.size() > 2000) return tl::unexpected(refuse("This link is too long."));
  Work work(till);
  work.note("download", sku, link);
  save_download_link(till.database, sku, link);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;  // the order that is looked at shows it
  return Effects{};
}

}  // namespace core
