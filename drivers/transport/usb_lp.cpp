#include "drivers/transport/usb_lp.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>

namespace drivers {

namespace {

// The first word of a file of the kernel's; empty: there is none.
std::string word_in(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string word;
  stream >> word;
  return word;
}

std::string line_in(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

bool has_name(const std::filesystem::path& device, const std::string& name) {
  if (name.starts_with("serial:")) return word_in(device / "serial") == name.substr(7);
  return word_in(device / "idVendor") + ":" + word_in(device / "idProduct") == name.substr(3);
}

}  // namespace

std::optional<std::string> usb_printer_path(const std::string& name, const std::string& classes) {
  if (!name.starts_with("serial:") && !name.starts_with("id:")) return name;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(classes, fault)) {
    // "device" is the interface; what it hangs on is the printer.
    const auto interface = std::filesystem::canonical(entry.path() / "device", fault);
    if (!fault && has_name(interface.parent_path(), name)) {
      return "/dev/usb/" + entry.path().filename().string();
    }
  }
  return {};
}

std::vector<UsbPrinter> usb_printers(const std::string& classes) {
  std::vector<UsbPrinter> printers;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(classes, fault)) {
    const std::string number = entry.path().filename().string();
    if (!number.starts_with("lp")) continue;
    const auto interface = std::filesystem::canonical(entry.path() / "device", fault);
    if (fault) continue;
    const auto device = interface.parent_path();
    const std::string serial = word_in(device / "serial");
    const std::string kind = word_in(device / "idVendor") + ":" + word_in(device / "idProduct");
    // Cheap ones have no serial number; two of a kind then share a name.
    std::string name = !serial.empty() ? "serial:" + serial
                       : kind != ":"   ? "id:" + kind
                                       : "/dev/usb/" + number;
    std::string product = line_in(device / "manufacturer");
    if (const std::string model = line_in(device / "product"); !model.empty()) {
      product += (product.empty() ? "" : " ") + model;
    }
    printers.push_back({product.empty() ? number : product, std::move(name)});
  }
  std::ranges::sort(printers, {}, &UsbPrinter::product);
  return printers;
}

bool has_usb_printer_of_wrong_class(const std::string& devices) {
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(devices, fault)) {
    if (has_name(entry.path(), "id:04b8:0202")) return true;
  }
  return false;
}

core::Result<core::Done, LinkError> UsbLpTransport::open(Milliseconds) {
  if (device_.is_open()) return core::Done{};
  const auto path = usb_printer_path(name_);
  if (!path) return tl::unexpected(LinkError::missing);
  auto opened = open_file(*path, O_RDWR);
  can_read_ = opened.has_value();
  if (!opened && opened.error() == LinkError::no_permission) opened = open_file(*path, O_WRONLY);
  if (!opened) return tl::unexpected(opened.error());
  device_ = std::move(*opened);
  return core::Done{};
}

core::Result<std::size_t, LinkError> UsbLpTransport::write(ByteView bytes, Milliseconds patience) {
  return device_.write(bytes, patience);
}

core::Result<Bytes, LinkError> UsbLpTransport::read(Milliseconds patience) {
  if (!device_.is_open()) return tl::unexpected(LinkError::cut);
  // usblp reports "readable" and then reads 0 bytes when the printer has
  // nothing to say: that is silence, not the end. The end is a hang-up.
  constexpr Milliseconds pause{20};
  std::array<std::uint8_t, 64> buffer{};
  for (Milliseconds waited{0};; waited += pause) {
    const ssize_t count = ::read(device_.number(), buffer.data(), buffer.size());
    if (count > 0) return Bytes(buffer.begin(), buffer.begin() + count);
    const bool quiet = count == 0 || errno == EAGAIN || errno == EINTR;
    if (!quiet) break;
    if (waited >= patience) return tl::unexpected(LinkError::timed_out);
    constexpr short hang_up_only = 0;
    if (wait_for(device_.number(), hang_up_only, pause)) break;
  }
  device_.reset();
  return tl::unexpected(LinkError::cut);
}

}  // namespace drivers
