// Whether what is told to the outside could be read on its way: http:// and mail
// without TLS. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/settings/settings.h"

namespace syncing {

// "127.0.0.1", "localhost", "::1": nothing leaves this machine.
bool is_this_machine(std::string_view host);
// Of "http://shop.example:9000/x" it is "shop.example".
std::string host_of(std::string_view url);

// What everybody on the way can read, as a sentence that says what to do. Nothing: it
// is encrypted, or does not leave this machine.
std::optional<std::string> given_away(const core::UpstreamSettings& upstream);
std::optional<std::string> given_away(const core::MailSettings& mail);

}  // namespace syncing
