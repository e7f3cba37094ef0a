// Receipt printers in the local network, looked for when a person asks and never by
// themselves. Two questions to everybody (Epson's ENPC, function 0, to UDP 3289: "UB-E02
// Technical Reference", 4.7; SNMP v1, sysDescr.0, to UDP 161: RFC 1157, RFC 1213); then each
// address that was silent is tried at TCP 9100 with DLE EOT 1, the one question there that
// prints nothing ("ESC/POS Command Reference", DLE EOT). What says that it is another kind of
// device is left alone, and so is a printer that is in use.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "drivers/transport/transport.h"

namespace drivers {

struct NetworkPrinter {
  std::string product;  // what it calls itself; "ESC/POS" where it says no name
  std::string address;  // "192.168.0.9:9100"
  friend bool operator==(const NetworkPrinter&, const NetworkPrinter&) = default;
};

// IPv4, in the order of the bytes of this machine.
struct LocalNetwork {
  std::uint32_t own = 0, broadcast = 0;
  std::uint32_t first = 0, last = 0;  // that are tried one by one: at most 254
};
// Of this machine's cards; not of containers, bridges and tunnels.
std::vector<LocalNetwork> local_networks();

struct NetworkSearch {
  std::vector<LocalNetwork> networks = local_networks();
  std::vector<std::string> in_use = {};                     // addresses of printers
  std::function<bool()> is_stopped = [] { return false; };  // asked again and again
  Milliseconds listen{1500}, connect{300}, answer{500};
  std::uint16_t enpc = 3289, snmp = 161, raw = 9100;
};
// Blocks, for about as many seconds as there are networks and four more.
std::vector<NetworkPrinter> find_network_printers(const NetworkSearch& search);

// --- what is said; pure ---

Bytes enpc_question();
// Its model; nothing: it is no answer to that. Empty: it says none.
std::optional<std::string> enpc_model(ByteView answer);
Bytes snmp_question();
std::optional<std::string> snmp_description(ByteView answer);
// By the names under which makers sell them.
bool is_receipt_printer(std::string_view description);

}  // namespace drivers
