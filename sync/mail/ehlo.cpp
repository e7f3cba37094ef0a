#include "sync/mail/ehlo.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace syncing {

namespace {

bool is_label(std::string_view label) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, fits);
}

// At least two labels; names that mean "here" or "in this house" are known to nobody else.
bool is_full_name(std::string_view name) {
  constexpr std::string_view local[] = {".localdomain", ".local", ".localhost"};
  if (name.size() > 253 || name.find('.') == name.npos) return false;
  if (std::ranges::any_of(local, [&](std::string_view end) { return name.ends_with(end); })) {
    return false;
  }
  while (!name.empty()) {
    const auto end = std::min(name.find('.'), name.size());
    if (!is_label(name.substr(0, end)) || end + 1 == name.size()) return false;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return true;
}

std::string address_of(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
  } else if (address.sa_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    if (!IN6_IS_ADDR_LINKLOCAL(&v6.sin6_addr)) {
      inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    }
  }
  return text.data();
}

bool is_v6(std::string_view address) {
  return address.find(':') != address.npos;
}

}  // namespace

Machine this_machine() {
  Machine machine;
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) == 0) machine.name = name.data();
  ifaddrs* found = nullptr;
  if (::getifaddrs(&found) != 0) return machine;
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> list(found, ::freeifaddrs);
  for (const ifaddrs* each = found; each; each = each->ifa_next) {
    const bool counts =
        each->ifa_addr && (each->ifa_flags & IFF_UP) != 0 && (each->ifa_flags & IFF_LOOPBACK) == 0;
    if (!counts) continue;
    if (std::string text = address_of(*each->ifa_addr); !text.empty()) {
      machine.addresses.push_back(std::move(text));
    }
  }
  std::stable_partition(machine.addresses.begin(), machine.addresses.end(),
                        [](const std::string& address) { return !is_v6(address); });
  return machine;
}

std::string ehlo_name(const Machine& machine) {
  if (is_full_name(machine.name)) return machine.name;
  if (machine.addresses.empty()) return "[127.0.0.1]";
  const std::string& address = machine.addresses.front();
  return is_v6(address) ? "[IPv6:" + address + "]" : "[" + address + "]";
}

}  // namespace syncing
