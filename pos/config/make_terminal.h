// The card terminal that the settings describe.
#pragma once

#include <memory>
#include <string>

#include "core/settings/settings.h"
#include "drivers/terminal/card_terminal.h"

namespace pos {

// What nobody may read: from secrets.toml, [terminal].
struct TerminalSecrets {
  std::string password;    // ZVT: six digits
  std::string passphrase;  // nexo: of the shared key
};

// Never null but for kind "none"; a wrong address makes a terminal that cannot
// be reached. `book` is where the simulated one notes what it booked.
std::unique_ptr<drivers::CardTerminal> make_terminal(const core::TerminalSettings& settings,
                                                     core::Currency currency,
                                                     const TerminalSecrets& secrets,
                                                     const std::string& book);

}  // namespace pos
