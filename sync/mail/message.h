// A mail as bytes: RFC 5322 headers and a multipart/alternative body (RFC 2046)
// of a text and an HTML part, UTF-8 in quoted-printable, lines ended by CRLF.
//
// Pure. The same input has the same bytes, so a mail that is sent again is the
// same mail. No header can be smuggled in: a control character in anything
// that reaches a header is refused, with a sentence that names the field.
#pragma once

#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/result.h"

namespace syncing {

// What a mail says; made by the layout of whoever sends it.
struct MailContent {
  std::string from_name;  // shown as the sender: the shop
  std::string subject;
  std::string text;
  std::string html;
  friend bool operator==(const MailContent&, const MailContent&) = default;
};

struct MailHeader {
  std::string from;  // one address each; a domain in other letters is sent as its ASCII form
  std::string to;
  core::Instant date;
  core::Uuid key;  // of the outbox row
};

// "<key@domain of the sender>": the same for every attempt, so that a server or
// a reader can tell a second copy.
std::string message_id(const core::Uuid& key, std::string_view from);

core::Result<std::string, std::string> message(const MailHeader& header,
                                               const MailContent& content);

}  // namespace syncing
