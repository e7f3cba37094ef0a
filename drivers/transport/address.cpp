#include "drivers/transport/address.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "drivers/transport/file.h"
#include "drivers/transport/serial.h"
#include "drivers/transport/tcp.h"
#include "drivers/transport/usb_lp.h"

namespace drivers {

namespace {

constexpr int raw_printing_port = 9100;
constexpr int usual_baud = 9600;

using Found = core::Result<std::unique_ptr<Transport>, AddressError>;

std::optional<int> number_in(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

struct Place {
  std::string name;
  std::optional<std::string_view> number;  // what stands behind the last colon
};

Place split(std::string_view text) {
  // The colons inside "[...]" belong to an IPv6 address.
  if (const auto bracket = text.find(']'); text.starts_with('[') && bracket != text.npos) {
    Place place{std::string(text.substr(1, bracket - 1)), {}};
    if (bracket + 1 < text.size()) place.number = text.substr(std::min(bracket + 2, text.size()));
    return place;
  }
  const auto colon = text.rfind(':');
  if (colon == text.npos) return {std::string(text), {}};
  return {std::string(text.substr(0, colon)), text.substr(colon + 1)};
}

Found tcp_at(std::string_view text) {
  const Place place = split(text);
  const auto port = place.number ? number_in(*place.number) : raw_printing_port;
  if (place.name.empty()) return tl::unexpected(AddressError::no_place);
  if (!port || *port < 1 || *port > 65535) return tl::unexpected(AddressError::bad_number);
  return std::make_unique<TcpTransport>(place.name, static_cast<std::uint16_t>(*port));
}

Found serial_at(std::string_view text) {
  const Place place = split(text);
  const auto baud = place.number ? number_in(*place.number) : usual_baud;
  if (place.name.empty()) return tl::unexpected(AddressError::no_place);
  if (!baud || *baud < 1) return tl::unexpected(AddressError::bad_number);
  return std::make_unique<SerialTransport>(place.name, *baud);
}

}  // namespace

Found transport_at(std::string_view address) {
  const auto colon = address.find(':');
  if (colon == address.npos) return tl::unexpected(AddressError::unknown_kind);
  const std::string_view kind = address.substr(0, colon);
  const std::string_view rest = address.substr(colon + 1);
  if (kind == "tcp") return tcp_at(rest);
  if (kind == "serial") return serial_at(rest);
  if (kind != "usb" && kind != "file") return tl::unexpected(AddressError::unknown_kind);
  if (rest.empty()) return tl::unexpected(AddressError::no_place);
  if (kind == "usb") return std::make_unique<UsbLpTransport>(std::string(rest));
  return std::make_unique<FileTransport>(std::string(rest));
}

}  // namespace drivers
