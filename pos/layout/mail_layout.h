// A receipt as a mail: a text part that reads well in any program and an HTML
// part that looks well in those that draw it (tables and inline styles, 600
// pixels, light and dark). Pure. Whatever comes from people is escaped.
#pragma once

#include <string>
#include <string_view>

#include "core/orders/receipt.h"
#include "pos/ui/translate.h"
#include "sync/mail/message.h"

namespace pos {

syncing::MailContent receipt_mail(const core::Receipt& receipt, const Words& words);

// Text as HTML: no mark-up, no attribute and no entity can begin in it.
// Control characters, which HTML forbids, become blanks.
std::string escape_html(std::string_view text);

}  // namespace pos
