// What the till calls itself to a mail server (RFC 5321 sections 2.3.5 and 4.1.3):
// its full name, or its address in brackets where it has none. Many servers turn
// away who greets with a bare "kasse1".
#pragma once

#include <string>
#include <vector>

namespace syncing {

struct Machine {
  std::string name;                    // as the system has it
  std::vector<std::string> addresses;  // of its networks, "192.168.0.5"; the first one counts
};

// What the system says, now.
Machine this_machine();

// "kasse1.laden.example", "[192.168.0.5]", "[IPv6:2001:db8::5]"; "[127.0.0.1]" where
// there is no network. Pure.
std::string ehlo_name(const Machine& machine);

}  // namespace syncing
