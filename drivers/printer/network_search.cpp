#include "drivers/printer/network_search.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <set>

#include "drivers/transport/descriptor.h"

namespace drivers {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::uint32_t most_addresses = 254;
constexpr std::size_t at_once = 32;

sockaddr_in ipv4(std::uint32_t host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(host);
  address.sin_port = htons(port);
  return address;
}
const sockaddr* generic(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

std::string text_of(std::uint32_t host, std::uint16_t port) {
  return fmt::format("{}.{}.{}.{}:{}", host >> 24, host >> 16 & 0xFF, host >> 8 & 0xFF, host & 0xFF,
                     port);
}

std::optional<std::uint32_t> ipv4_of(const sockaddr* address) {
  if (!address || address->sa_family != AF_INET) return {};
  return ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr);
}

bool is_of_the_house(std::string_view card) {
  constexpr const char* others[] = {"docker", "br-", "veth", "virbr", "tun", "tap", "wg", "zt"};
  return std::ranges::none_of(others, [&](const char* name) { return card.starts_with(name); });
}

// A socket that may ask everybody.
Descriptor broadcaster() {
  Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(socket.number(), SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes);
  return socket;
}

class Search {
 public:
  explicit Search(const NetworkSearch& how) : how_(how) {}

  std::vector<NetworkPrinter> run() {
    ask_everybody();
    for (const LocalNetwork& network : how_.networks) {
      for (std::uint32_t from = network.first; from <= network.last; from += at_once) {
        if (how_.is_stopped()) break;
        knock(network, from, std::min<std::uint32_t>(network.last - from + 1, at_once));
      }
    }
    std::vector<NetworkPrinter> printers;
    for (const auto& [host, product] : found_) {
      printers.push_back({product, text_of(host, how_.raw)});
    }
    return printers;
  }

 private:
  void ask_everybody() {
    const Descriptor epson = broadcaster(), snmp = broadcaster();
    for (const LocalNetwork& network : how_.networks) {
      ask(epson, network.broadcast, how_.enpc, enpc_question());
      ask(snmp, network.broadcast, how_.snmp, snmp_question());
    }
    const auto end = SteadyClock::now() + how_.listen;
    std::array<pollfd, 2> waited{{{epson.number(), POLLIN, 0}, {snmp.number(), POLLIN, 0}}};
    for (auto now = SteadyClock::now(); now < end && !how_.is_stopped(); now = SteadyClock::now()) {
      constexpr Milliseconds look_up_every{100};
      const auto left = std::chrono::ceil<Milliseconds>(end - now);
      ::poll(waited.data(), waited.size(), static_cast<int>(std::min(left, look_up_every).count()));
      for (const pollfd& one : waited) {
        if (one.revents & POLLIN) hear(one.fd, one.fd == epson.number());
      }
    }
  }

  static void ask(const Descriptor& socket, std::uint32_t host, std::uint16_t port,
                  const Bytes& question) {
    const sockaddr_in to = ipv4(host, port);
    ::sendto(socket.number(), question.data(), question.size(), MSG_NOSIGNAL, generic(to),
             sizeof to);  // a card without a cable takes nothing: nobody is there
  }

  void hear(int socket, bool is_epson) {
    std::array<std::uint8_t, 1500> bytes{};
    sockaddr_in from{};
    socklen_t size = sizeof from;
    const ssize_t count = ::recvfrom(socket, bytes.data(), bytes.size(), 0,
                                     reinterpret_cast<sockaddr*>(&from), &size);
    if (count <= 0) return;
    const ByteView answer(bytes.data(), static_cast<std::size_t>(count));
    const auto said = is_epson ? enpc_model(answer) : snmp_description(answer);
    if (!said) return;
    const std::uint32_t host = ntohl(from.sin_addr.s_addr);
    known_.insert(host);
    // An Epson that answers there is a receipt printer; who answers SNMP may be anything.
    if (is_epson) found_[host] = said->empty() ? "Epson" : *said;
    if (!is_epson && is_receipt_printer(*said)) found_.try_emplace(host, *said);
  }

  // Addresses that nothing is known of, all at the same time.
  void knock(const LocalNetwork& network, std::uint32_t from, std::uint32_t count) {
    struct Door {
      std::uint32_t host;
      Descriptor socket;
      bool is_asked = false;
    };
    std::vector<Door> doors;
    for (std::uint32_t host = from; host < from + count; ++host) {
      const bool is_in_use =
          std::ranges::find(how_.in_use, text_of(host, how_.raw)) != how_.in_use.end();
      if (host == network.own || known_.contains(host) || is_in_use) continue;
      Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
      const sockaddr_in to = ipv4(host, how_.raw);
      const int begun = ::connect(socket.number(), generic(to), sizeof to);
      if (begun != 0 && errno != EINPROGRESS) continue;
      doors.push_back({host, std::move(socket)});
    }
    auto end = SteadyClock::now() + how_.connect;
    while (!doors.empty() && SteadyClock::now() < end && !how_.is_stopped()) {
      std::vector<pollfd> waited;
      waited.reserve(doors.size());
      for (const Door& door : doors) {
        waited.push_back(
            {door.socket.number(), static_cast<short>(door.is_asked ? POLLIN : POLLOUT), 0});
      }
      const auto left = std::chrono::ceil<Milliseconds>(end - SteadyClock::now());
      ::poll(waited.data(), waited.size(),
             static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
      std::vector<Door> still;
      for (std::size_t i = 0; i < doors.size(); ++i) {
        Door& door = doors[i];
        if (waited[i].revents == 0) {
          still.push_back(std::move(door));
        } else if (!door.is_asked && opens(door.socket)) {
          door.is_asked = true;
          end = std::max(end, SteadyClock::now() + how_.answer);
          still.push_back(std::move(door));
        } else if (door.is_asked && is_printer(door.socket)) {
          found_.try_emplace(door.host, "ESC/POS");
        }
      }
      doors = std::move(still);
    }
  }

  // Asks DLE EOT 1.
  static bool opens(Descriptor& socket) {
    int fault = 0;
    socklen_t size = sizeof fault;
    ::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &fault, &size);
    constexpr std::array<std::uint8_t, 3> question{0x10, 0x04, 0x01};
    return fault == 0 && ::send(socket.number(), question.data(), question.size(), MSG_NOSIGNAL) ==
                             static_cast<ssize_t>(question.size());
  }
  // One byte in which bits 1 and 4 are set, 0 and 7 are not.
  static bool is_printer(Descriptor& socket) {
    const auto answer = socket.read(Milliseconds{0});
    return answer && answer->size() == 1 && (answer->front() & 0x93) == 0x12;
  }

  const NetworkSearch& how_;
  std::map<std::uint32_t, std::string> found_;
  std::set<std::uint32_t> known_;  // said what they are
};

}  // namespace

std::vector<LocalNetwork> local_networks() {
  ifaddrs* listed = nullptr;
  if (::getifaddrs(&listed) != 0) return {};
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> all(listed, ::freeifaddrs);
  std::vector<LocalNetwork> networks;
  for (const ifaddrs* one = listed; one; one = one->ifa_next) {
    const auto own = ipv4_of(one->ifa_addr), mask = ipv4_of(one->ifa_netmask);
    constexpr unsigned needed = IFF_UP | IFF_BROADCAST;
    if (!own || !mask || (one->ifa_flags & (needed | IFF_LOOPBACK)) != needed) continue;
    if (!is_of_the_house(one->ifa_name)) continue;
    // Of a larger network the part around this machine.
    const std::uint32_t narrow = std::max<std::uint32_t>(*mask, 0xFFFFFF00);
    const std::uint32_t net = *own & narrow;
    const std::uint32_t last = std::min(net + most_addresses, (net | ~narrow) - 1);
    networks.push_back({*own, *own | ~*mask, net + 1, last});
  }
  return networks;
}

std::vector<NetworkPrinter> find_network_printers(const NetworkSearch& search) {
  return Search(search).run();
}

}  // namespace drivers
