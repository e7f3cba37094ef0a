// Mails of an order from templates: a text file whose first line is the subject
// and whose paragraphs become the text and the HTML part. {{name}} is a
// placeholder; whatever fills it is escaped in HTML and can begin no header.
// Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "pos/ui/translate.h"
#include "sync/mail/message.h"

namespace pos {

using Placeholders = std::map<std::string, std::string, std::less<>>;

// A paragraph whose placeholders are all empty is left out. A placeholder that
// is not known stays as it is, so that its author sees it.
syncing::MailContent fill_template(std::string_view text, const Placeholders& values,
                                   Language language);

}  // namespace pos
