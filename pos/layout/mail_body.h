// What the mails of this till say, in the language of whoever reads them: a
// receipt by its layout, the mails of an order by templates. Handed to the sync
// thread and to `tresen sync`, which know nothing of layout.
#pragma once

#include <filesystem>
#include <optional>

#include "core/settings/settings.h"
#include "core/store/outbox_store.h"
#include "pos/ui/translate.h"
#include "sync/runner.h"

namespace pos {

// Where mails come from: a file KIND.LANGUAGE.txt in `own` (the merchant's, in
// templates/ of the data folder) wins over the program's.
struct MailSources {
  core::ShopSettings shop;
  std::filesystem::path own;
};

// The template's text; nothing: there is none. Reads a file.
std::optional<std::string> mail_template(core::OutboxKind kind, Language language,
                                         const MailSources& sources);

// `translations` must outlive it.
syncing::MailBody mail_body(const Translations& translations, MailSources sources);

// The mail of this kind for an order, for a look at it. Nothing: there is no
// such template, or the store does not hold what it is about.
std::optional<syncing::MailContent> order_mail(core::Database& database, const core::OutboxRow& row,
                                               const Words& words, const MailSources& sources);

}  // namespace pos
