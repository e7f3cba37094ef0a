// What the mails of this till say: the receipt in its own language. Handed to
// the sync thread and to `tresen sync`, which know nothing of layout.
#pragma once

#include "pos/ui/translate.h"
#include "sync/runner.h"

namespace pos {

// `translations` must outlive it.
syncing::MailBody mail_body(const Translations& translations);

}  // namespace pos
