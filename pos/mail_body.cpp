#include "pos/mail_body.h"

#include "core/store/receipt_store.h"
#include "pos/layout/mail_layout.h"

namespace pos {

syncing::MailBody mail_body(const Translations& translations) {
  return [&translations](core::Database& database,
                         const core::OutboxRow& row) -> std::optional<syncing::MailContent> {
    const auto receipt = core::load_receipt(database, row.receipt_row);
    if (!receipt) return {};
    const std::string& wanted = receipt->order.customer.language;
    return receipt_mail(
        *receipt, translations(language_from(wanted.empty() ? receipt->shop.language : wanted)));
  };
}

}  // namespace pos
