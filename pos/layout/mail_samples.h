// The mails of an order as they would read, for an order that nobody has placed:
// to look at the templates before a customer does. Reads a template's file.
#pragma once

#include <optional>

#include "core/settings/settings.h"
#include "core/store/outbox_store.h"
#include "pos/layout/mail_body.h"

namespace pos {

// An order with goods, a download and a gift card, and a parcel.
core::Order sample_order(core::Instant now, core::Currency currency);

// Nothing: there is no template for this kind.
std::optional<syncing::MailContent> sample_mail(core::OutboxKind kind, const Words& words,
                                                const MailSources& sources, core::Instant now,
                                                core::Currency currency);

}  // namespace pos
